/* Questions to the tables of knowledge. The tables themselves are made by the build from
 * resources/knowledge/, sorted and checked there, so that every lookup here is a binary search.
 *
 * SPDX-License-Identifier: MIT
 */
#include "knowledge.h"

#include "knowledge_tables.h"

#include <string.h>

const struct known_package *known_package_by_kb(uint32_t kb)
{
    size_t low = 0, high = n_known_packages;

    /* The first edition of a re-released package. */
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (known_packages[middle].kb < kb)
            low = middle + 1;
        else
            high = middle;
    }
    if (kb == 0 || low == n_known_packages || known_packages[low].kb != kb)
        return NULL;
    return &known_packages[low];
}

const struct known_sku *known_sku_by_number(int32_t sku)
{
    size_t low = 0, high = n_known_skus;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (known_skus[middle].sku < sku)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n_known_skus && known_skus[low].sku == sku ? &known_skus[low] : NULL;
}

const struct release *release_by_id(const char *id)
{
    for (size_t i = 0; i < n_releases; i++) {
        if (strcmp(releases[i].id, id) == 0)
            return &releases[i];
    }
    return NULL;
}

const struct release *release_by_kb(uint32_t kb)
{
    size_t low = 0, high = n_kbs_of_releases;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (kbs_of_releases[middle].kb < kb)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == n_kbs_of_releases || kbs_of_releases[low].kb != kb)
        return NULL;
    return &releases[kbs_of_releases[low].release];
}

/* From this revision on the release is proven. */
static int32_t release_floor(const struct release *release, bool kernel)
{
    if (kernel && release->kernel_revision != NOT_KNOWN &&
        release->kernel_revision < release->revision_min)
        return release->kernel_revision;
    return release->revision_min;
}

const struct release *release_by_revision(int32_t build, int32_t revision, bool kernel)
{
    size_t low = 0, high = n_releases;

    /* Builds and floors rise with the releases (tsv2c.py sees to it): low becomes the first
     * release that this revision does not prove. */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct release *release = &releases[middle];

        if (release->build < build ||
            (release->build == build && release_floor(release, kernel) <= revision))
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && releases[low - 1].build == build ? &releases[low - 1] : NULL;
}

const struct release *release_final(void)
{
    return &releases[n_releases - 1];
}

const struct cve_count *cve_count_of(const struct release *release)
{
    int32_t index = cve_count_of_release[release - releases];

    return index < 0 ? NULL : &cve_counts[index];
}

bool known_package_moves_to_6003(const struct known_package *package)
{
    /* A servicing stack also says 6003, of itself only. */
    return package->build == 6003 &&
           (package->kind == PACKAGE_MONTHLY_ROLLUP || package->kind == PACKAGE_SECURITY_ONLY ||
            package->kind == PACKAGE_PREVIEW);
}

static const char *const release_kind_names[RELEASE_KIND_COUNT] = {
    [RELEASE_NONE] = "",
    [RELEASE_RTM] = "rtm",
    [RELEASE_PATCH_TUESDAY] = "patch-tuesday",
    [RELEASE_PREVIEW] = "preview",
    [RELEASE_OUT_OF_BAND] = "out-of-band",
};

static const char *const programme_names[PROGRAMME_COUNT] = {
    [PROGRAMME_NONE] = "",
    [PROGRAMME_PUBLIC] = "public",
    [PROGRAMME_ESU_YEAR1] = "esu-year1",
    [PROGRAMME_ESU_YEAR2] = "esu-year2",
    [PROGRAMME_ESU_YEAR3] = "esu-year3",
    [PROGRAMME_AZURE_YEAR4] = "azure-year4",
    [PROGRAMME_PREMIUM_ASSURANCE] = "premium-assurance",
};

static const char *const package_kind_names[PACKAGE_KIND_COUNT] = {
    [PACKAGE_KIND_NONE] = "",
    [PACKAGE_MONTHLY_ROLLUP] = "monthly-rollup",
    [PACKAGE_SECURITY_ONLY] = "security-only",
    [PACKAGE_PREVIEW] = "preview",
    [PACKAGE_IE_CUMULATIVE] = "ie-cumulative",
    [PACKAGE_SSU] = "ssu",
    [PACKAGE_ESU_PREP] = "esu-prep",
    [PACKAGE_HOTFIX] = "hotfix",
    [PACKAGE_SERVICE_PACK] = "service-pack",
};

static const char *name_at(const char *const *names, size_t n_names, size_t index)
{
    return index < n_names ? names[index] : "";
}

/* 0, not known, for a word that is none of the names. */
static size_t index_of_name(const char *const *names, size_t n_names, const char *name)
{
    for (size_t i = 1; i < n_names; i++) {
        if (strcmp(names[i], name) == 0)
            return i;
    }
    return 0;
}

const char *release_kind_name(enum release_kind kind)
{
    return name_at(release_kind_names, RELEASE_KIND_COUNT, (size_t)kind);
}

enum release_kind release_kind_from_name(const char *name)
{
    return (enum release_kind)index_of_name(release_kind_names, RELEASE_KIND_COUNT, name);
}

const char *programme_name(enum programme programme)
{
    return name_at(programme_names, PROGRAMME_COUNT, (size_t)programme);
}

enum programme programme_from_name(const char *name)
{
    return (enum programme)index_of_name(programme_names, PROGRAMME_COUNT, name);
}

const char *package_kind_name(enum package_kind kind)
{
    return name_at(package_kind_names, PACKAGE_KIND_COUNT, (size_t)kind);
}

enum package_kind package_kind_from_name(const char *name)
{
    return (enum package_kind)index_of_name(package_kind_names, PACKAGE_KIND_COUNT, name);
}

const char *knowledge_table_name(size_t index)
{
    return index < n_knowledge_tables ? knowledge_tables[index].name : NULL;
}

const char *knowledge_table_title(size_t index)
{
    return index < n_knowledge_tables ? knowledge_tables[index].title : NULL;
}

static void print_cell(const void *member, enum column_kind kind, struct strbuf *out)
{
    char day[DAY_TEXT_SIZE];

    switch (kind) {
    case COLUMN_TEXT:
        strbuf_adds(out, *(const char *const *)member);
        break;
    case COLUMN_NUMBER:
        if (*(const int32_t *)member != NOT_KNOWN)
            strbuf_addf(out, "%d", (int)*(const int32_t *)member);
        break;
    case COLUMN_KB:
        if (*(const uint32_t *)member != 0)
            strbuf_addf(out, "KB%u", (unsigned)*(const uint32_t *)member);
        break;
    case COLUMN_DAY:
        strbuf_adds(out, day_to_text(*(const day_t *)member, day));
        break;
    case COLUMN_BOOL:
        strbuf_adds(out, *(const bool *)member ? "yes" : "no");
        break;
    case COLUMN_RELEASE_KIND:
        strbuf_adds(out, release_kind_name(*(const enum release_kind *)member));
        break;
    case COLUMN_PROGRAMME:
        strbuf_adds(out, programme_name(*(const enum programme *)member));
        break;
    case COLUMN_PACKAGE_KIND:
        strbuf_adds(out, package_kind_name(*(const enum package_kind *)member));
        break;
    case COLUMN_NONE:
        break;
    }
}

static void print_table(const struct knowledge_table *table, struct strbuf *out)
{
    for (size_t column = 0; column < table->n_columns; column++) {
        strbuf_adds(out, column ? "\t" : "");
        strbuf_adds(out, table->columns[column].name);
    }
    strbuf_addc(out, '\n');
    for (size_t row = 0; row < table->n_rows; row++) {
        const char *start = (const char *)table->rows + row * table->row_len;

        for (size_t column = 0; column < table->n_columns; column++) {
            strbuf_adds(out, column ? "\t" : "");
            print_cell(start + table->columns[column].member_off, table->columns[column].kind, out);
        }
        strbuf_addc(out, '\n');
    }
}

bool knowledge_print(const char *table, struct strbuf *out)
{
    for (size_t i = 0; i < n_knowledge_tables; i++) {
        if (strcmp(knowledge_tables[i].name, table) == 0) {
            print_table(&knowledge_tables[i], out);
            return true;
        }
    }
    return false;
}
