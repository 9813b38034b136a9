/* The tables of knowledge: that they are whole and in order, that lookups find what is there and
 * nothing else, and that the facts that the rules stand on follow from them.
 *
 * What a table may hold at all is checked when it is made: see test_tsv2c.py.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/knowledge.h"
#include "core/knowledge_tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define GDR_FIRST 16384
#define GDR_LAST 20479
#define LDR_FIRST 20480
#define LDR_LAST 24575

static day_t day(const char *text)
{
    day_t value = day_from_text(text);

    assert_int_not_equal(value, DAY_NONE);
    return value;
}

/* Months since year 0 of the day, and the day of the month. */
static int month_of(day_t value, int *day_of_month)
{
    char text[DAY_TEXT_SIZE];
    int year, month, dom;

    assert_int_equal(sscanf(day_to_text(value, text), "%d-%d-%d", &year, &month, &dom), 3);
    if (day_of_month)
        *day_of_month = dom;
    return year * 12 + month - 1;
}

static const struct release *release_of(const char *id)
{
    const struct release *release = release_by_id(id);

    assert_non_null(release);
    return release;
}

static const struct known_package *package_of(uint32_t kb)
{
    const struct known_package *package = known_package_by_kb(kb);

    assert_non_null(package);
    assert_int_equal(package->kb, kb);
    return package;
}

static const struct lifecycle_phase *phase_of(const char *id)
{
    for (size_t i = 0; i < n_lifecycle; i++) {
        if (strcmp(lifecycle[i].id, id) == 0)
            return &lifecycle[i];
    }
    fail_msg("no phase %s", id);
    return NULL;
}

static const struct branch *branch_of(const char *name, int32_t build)
{
    for (size_t i = 0; i < n_branches; i++) {
        if (strcmp(branches[i].branch, name) == 0 && branches[i].build == build)
            return &branches[i];
    }
    fail_msg("no branch %s of %d", name, (int)build);
    return NULL;
}

static const struct esu_item *esu_of(const char *kind, const char *item)
{
    for (size_t i = 0; i < n_esu_items; i++) {
        if (strcmp(esu_items[i].kind, kind) == 0 && strcmp(esu_items[i].item, item) == 0)
            return &esu_items[i];
    }
    fail_msg("no %s %s", kind, item);
    return NULL;
}

/* The newest release that every licensed machine could have. */
static const struct release *last_public(void)
{
    const struct release *last = NULL;

    for (size_t i = 0; i < n_releases; i++) {
        if (releases[i].programme == PROGRAMME_PUBLIC)
            last = &releases[i];
    }
    assert_non_null(last);
    return last;
}

/* --- the tables */

static void every_row_has_a_source(void **state)
{
    (void)state;
    assert_true(n_knowledge_tables >= 10);
    for (size_t i = 0; i < n_knowledge_tables; i++) {
        const struct knowledge_table *table = &knowledge_tables[i];
        const struct knowledge_column *source = NULL;

        assert_true(table->n_rows > 0);
        for (size_t c = 0; c < table->n_columns; c++) {
            if (strcmp(table->columns[c].name, "source") == 0)
                source = &table->columns[c];
        }
        assert_non_null(source);
        for (size_t r = 0; r < table->n_rows; r++) {
            const char *row = (const char *)table->rows + r * table->row_len;

            assert_true(strlen(*(const char *const *)(row + source->member_off)) > 3);
        }
    }
}

static void tables_are_named_once(void **state)
{
    size_t n = 0;

    (void)state;
    for (const char *name; (name = knowledge_table_name(n)); n++) {
        assert_true(strlen(knowledge_table_title(n)) > 0);
        for (size_t other = 0; other < n; other++)
            assert_string_not_equal(name, knowledge_table_name(other));
    }
    assert_int_equal(n, n_knowledge_tables);
    assert_null(knowledge_table_title(n));
}

static size_t count_of(const char *text, char c)
{
    size_t n = 0;

    for (; *text; text++)
        n += *text == c;
    return n;
}

static void tables_print(void **state)
{
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    for (size_t i = 0; i < n_knowledge_tables; i++) {
        const struct knowledge_table *table = &knowledge_tables[i];

        strbuf_clear(&out);
        assert_true(knowledge_print(table->name, &out));
        assert_int_equal(count_of(strbuf_text(&out), '\n'), table->n_rows + 1);
        assert_int_equal(count_of(strbuf_text(&out), '\t'),
                         (table->n_rows + 1) * (table->n_columns - 1));
    }
    strbuf_clear(&out);
    assert_false(knowledge_print("nonsense", &out));
    assert_int_equal(out.length, 0);
    assert_true(knowledge_print("releases", &out));
    assert_non_null(strstr(strbuf_text(&out),
                           "\n2019-04\tApril 2019\t2019-04-09\tpatch-tuesday\t6003\t20489\t20489\t"
                           "20491\t20489\tno\tKB4493471\tKB4493458\tpublic\t"));
    strbuf_clear(&out);
    assert_true(knowledge_print("packages", &out));
    /* Unknown numbers and days print nothing. */
    assert_non_null(strstr(strbuf_text(&out), "\nKB5032384\tssu\t\t\t\t\t\t\tno\t\t"));
    strbuf_free(&out);
}

/* What is printed is the file, without its opening comment. Runs where the source is at hand. */
static void printed_tables_are_the_files(void **state)
{
    const char *folder = getenv("WINVER6003_KNOWLEDGE");
    struct strbuf printed = STRBUF_EMPTY, path = STRBUF_EMPTY;

    (void)state;
    if (!folder) {
        print_message("WINVER6003_KNOWLEDGE is not set: the files are not compared\n");
        skip();
    }
    for (size_t i = 0; i < n_knowledge_tables; i++) {
        const char *rest;
        char line[4096];
        FILE *file;

        strbuf_clear(&path);
        strbuf_addf(&path, "%s/%s.tsv", folder, knowledge_tables[i].name);
        strbuf_clear(&printed);
        assert_true(knowledge_print(knowledge_tables[i].name, &printed));
        rest = strbuf_text(&printed);
        file = fopen(strbuf_text(&path), "rb");
        if (!file)
            fail_msg("cannot open %s", strbuf_text(&path));
        while (fgets(line, sizeof(line), file)) {
            size_t length = strlen(line);

            if (rest == strbuf_text(&printed) && line[0] == '#')
                continue;
            if (strncmp(rest, line, length) != 0)
                fail_msg("%s prints differently: %s", knowledge_tables[i].name, line);
            rest += length;
        }
        fclose(file);
        assert_string_equal(rest, "");
    }
    strbuf_free(&path);
    strbuf_free(&printed);
}

/* --- releases */

static void releases_are_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_releases; i++) {
        const struct release *release = &releases[i];

        assert_true(release->revision_min <= release->revision);
        assert_true(release->revision <= release->revision_max);
        assert_ptr_equal(release_of(release->id), release);
        if (i == 0)
            continue;
        assert_true(releases[i - 1].date < release->date);
        assert_true(releases[i - 1].build <= release->build);
        if (releases[i - 1].build == release->build)
            assert_true(releases[i - 1].revision_min < release->revision_min);
    }
    assert_string_equal(releases[0].id, "rtm");
    assert_ptr_equal(release_final(), &releases[n_releases - 1]);
}

static void every_month_has_its_patch_tuesday(void **state)
{
    int expected = month_of(day("2018-09-01"), NULL);

    (void)state;
    for (size_t i = 0; i < n_releases; i++) {
        int day_of_month;

        if (releases[i].kind != RELEASE_PATCH_TUESDAY)
            continue;
        /* The second Tuesday; 1970-01-01 was a Thursday. */
        assert_int_equal(month_of(releases[i].date, &day_of_month), expected);
        assert_int_equal((releases[i].date + 4) % 7, 2);
        assert_in_range(day_of_month, 8, 14);
        assert_int_not_equal(releases[i].kb_rollup, 0);
        assert_int_not_equal(releases[i].kb_security_only, 0);
        expected++;
    }
    assert_int_equal(expected, month_of(day("2026-02-01"), NULL));
}

static void revisions_rise_in_6003(void **state)
{
    const struct release *before = NULL;
    int n = 0;

    (void)state;
    for (size_t i = 0; i < n_releases; i++) {
        const struct release *release = &releases[i];

        /* The preview's number is Microsoft's example and stands above April: see releases.tsv. */
        if (release->build != 6003 || release->kind == RELEASE_PREVIEW)
            continue;
        if (before)
            assert_true(before->revision < release->revision);
        before = release;
        n++;
    }
    assert_int_equal(n, 84);
}

static void kernel_lies_between_packages(void **state)
{
    int widest = 0, n = 0;

    (void)state;
    for (size_t i = 1; i < n_releases; i++) {
        const struct release *release = &releases[i];

        if (release->date < day("2021-05-01"))
            continue;
        assert_true(release->package_level);
        if (release->kernel_revision == NOT_KNOWN)
            continue;
        assert_true(releases[i - 1].revision < release->kernel_revision);
        assert_true(release->kernel_revision <= release->revision);
        if (widest < release->revision - release->kernel_revision)
            widest = release->revision - release->kernel_revision;
        n++;
    }
    assert_int_equal(widest, 12);
    assert_true(n > 40);
}

static void releases_agree_with_packages(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_releases; i++) {
        const struct release *release = &releases[i];
        const uint32_t kbs[] = {release->kb_rollup, release->kb_security_only};

        for (int k = 0; k < 2; k++) {
            const struct known_package *package;

            if (kbs[k] == 0)
                continue;
            package = package_of(kbs[k]);
            assert_int_equal(package->date, release->date);
            assert_int_equal(package->build, release->build);
            assert_in_range(package->revision, release->revision_min, release->revision);
            assert_int_equal(package->programme, release->programme);
            assert_int_equal(package->kernel_revision, release->kernel_revision);
            assert_int_equal(package->kind, release->kind == RELEASE_PREVIEW ? PACKAGE_PREVIEW
                                            : k == 0 ? PACKAGE_MONTHLY_ROLLUP
                                                     : PACKAGE_SECURITY_ONLY);
            assert_ptr_equal(release_by_kb(kbs[k]), release);
        }
    }
}

static void programmes_agree_with_lifecycle(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_releases; i++) {
        const struct release *release = &releases[i];
        const struct lifecycle_phase *phase;

        if (release->programme == PROGRAMME_PUBLIC) {
            assert_true(release->date <= phase_of("extended")->last);
            continue;
        }
        phase = phase_of(programme_name(release->programme));
        assert_false(phase->free);
        assert_in_range(release->date, phase->first, phase->last);
    }
}

static void lifecycle_is_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_lifecycle; i++) {
        assert_true(lifecycle[i].first < lifecycle[i].last);
        if (i > 0)
            assert_true(lifecycle[i - 1].last < lifecycle[i].last);
    }
    assert_int_equal(phase_of("mainstream")->last, day("2015-01-13"));
    assert_int_equal(phase_of("extended")->first, phase_of("mainstream")->last + 1);
    assert_int_equal(phase_of("extended")->last, day("2020-01-14"));
    assert_int_equal(phase_of("esu-year1")->first, phase_of("extended")->last + 1);
    assert_int_equal(phase_of("esu-year2")->first, phase_of("esu-year1")->last + 1);
    assert_int_equal(phase_of("esu-year3")->first, phase_of("esu-year2")->last + 1);
    assert_int_equal(phase_of("esu-year3")->last, day("2023-01-10"));
    assert_int_equal(phase_of("azure-year4")->first, day("2023-02-14"));
    assert_int_equal(phase_of("premium-assurance")->first, phase_of("extended")->last + 1);
    assert_int_equal(phase_of("premium-assurance")->last, day("2026-01-13"));
}

static void counts_belong_to_releases(void **state)
{
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < n_releases; i++) {
        const struct cve_count *count = cve_count_of(&releases[i]);
        bool counted = releases[i].kind == RELEASE_PATCH_TUESDAY ||
                       releases[i].kind == RELEASE_OUT_OF_BAND;

        assert_int_equal(count != NULL, counted);
        if (!count)
            continue;
        assert_string_equal(count->release, releases[i].id);
        assert_true(count->cves_total >= count->cves_os);
        assert_true(count->kev_os <= count->cves_os);
        n++;
    }
    assert_int_equal(n, n_cve_counts);
    assert_int_equal(cve_count_of(release_final())->cves_total, 26);
    assert_int_equal(cve_count_of(release_of("2021-07-oob"))->kev_os, 1);
}

/* --- lookups */

static void packages_are_found_by_kb(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_known_packages; i++) {
        const struct known_package *found = package_of(known_packages[i].kb);

        assert_true(found <= &known_packages[i]);
        if (i > 0)
            assert_true(known_packages[i - 1].kb <= known_packages[i].kb);
    }
    assert_null(known_package_by_kb(0));
    assert_null(known_package_by_kb(1));
    assert_null(known_package_by_kb(4493472));
    assert_null(known_package_by_kb(UINT32_MAX));
}

static void rereleased_package_gives_its_first_edition(void **state)
{
    const struct known_package *sha2 = package_of(4474419);

    (void)state;
    assert_int_equal(sha2->date, day("2019-05-14"));
    assert_int_equal(sha2[1].kb, 4474419);
    assert_int_equal(sha2[1].date, day("2019-06-11"));
    assert_int_equal(sha2[2].kb, 4474419);
    assert_int_equal(sha2[2].date, day("2019-09-10"));
    assert_int_not_equal(sha2[3].kb, 4474419);
    assert_int_equal(sha2->build, NOT_KNOWN);
}

static void service_pack_is_a_package(void **state)
{
    const struct known_package *pack = package_of(948465);

    (void)state;
    assert_int_equal(pack->kind, PACKAGE_SERVICE_PACK);
    assert_int_equal(pack->build, 6002);
    assert_int_equal(pack->revision, release_of("sp2")->revision);
    assert_int_equal(pack->date, release_of("sp2")->date);
    assert_false(known_package_moves_to_6003(pack));
}

static void other_kbs_have_no_release(void **state)
{
    (void)state;
    assert_null(release_by_kb(0));
    assert_null(release_by_kb(4493730)); /* servicing stack */
    assert_null(release_by_kb(4493460)); /* preview of April 2019: neither day nor number */
    assert_null(release_by_kb(4498206)); /* Internet Explorer */
    assert_null(release_by_kb(UINT32_MAX));
    assert_null(release_by_id(""));
    assert_null(release_by_id("2018-08"));
}

static void skus_are_found(void **state)
{
    static const struct {
        int32_t sku;
        const char *edition;
        bool server, core;
    } wanted[] = {
        {1, "Ultimate", false, false},          {6, "Business", false, false},
        {7, "ServerStandard", true, false},     {8, "ServerDatacenter", true, false},
        {10, "ServerEnterprise", true, false},  {12, "ServerDatacenterCore", true, true},
        {13, "ServerStandardCore", true, true}, {14, "ServerEnterpriseCore", true, true},
        {17, "ServerWeb", true, false},         {18, "ServerComputeCluster", true, false},
        {33, "ServerWinFoundation", true, false}, {36, "ServerStandardV", true, false},
        {37, "ServerDatacenterV", true, false}, {38, "ServerEnterpriseV", true, false},
        {39, "ServerDatacenterVCore", true, true}, {41, "ServerEnterpriseVCore", true, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        const struct known_sku *sku = known_sku_by_number(wanted[i].sku);

        assert_non_null(sku);
        assert_string_equal(sku->edition, wanted[i].edition);
        assert_int_equal(sku->server, wanted[i].server);
        assert_int_equal(sku->core, wanted[i].core);
    }
    for (size_t i = 0; i < n_known_skus; i++) {
        assert_ptr_equal(known_sku_by_number(known_skus[i].sku), &known_skus[i]);
        assert_true(known_skus[i].server || !known_skus[i].core);
        assert_int_equal(known_skus[i].server, strncmp(known_skus[i].edition, "Server", 6) == 0);
    }
    assert_null(known_sku_by_number(0));
    assert_null(known_sku_by_number(48)); /* Professional: NT 6.1 */
    assert_null(known_sku_by_number(-1));
    assert_null(known_sku_by_number(INT32_MAX));
}

/* The definition, against which the binary search is held. */
static const struct release *slow_release_by_revision(int32_t build, int32_t revision, bool kernel)
{
    const struct release *best = NULL;

    for (size_t i = 0; i < n_releases; i++) {
        const struct release *release = &releases[i];
        bool below = release->revision_min <= revision;

        if (kernel && release->kernel_revision != NOT_KNOWN)
            below = below || release->kernel_revision <= revision;
        if (release->build == build && below)
            best = release;
    }
    return best;
}

static void revision_gives_the_newest_release_proven(void **state)
{
    (void)state;
    for (int32_t build = 6000; build <= 6004; build++) {
        for (int32_t revision = 15000; revision < 26000; revision++) {
            for (int kernel = 0; kernel < 2; kernel++)
                assert_ptr_equal(release_by_revision(build, revision, kernel),
                                 slow_release_by_revision(build, revision, kernel));
        }
    }
    assert_null(release_by_revision(6003, NOT_KNOWN, false));
    assert_null(release_by_revision(NOT_KNOWN, 20489, false));
    assert_null(release_by_revision(6003, INT32_MIN, true));
    assert_ptr_equal(release_by_revision(6003, INT32_MAX, true), release_final());
}

static void assert_level(int32_t build, int32_t revision, bool kernel, const char *id)
{
    const struct release *release = release_by_revision(build, revision, kernel);

    assert_non_null(release);
    assert_string_equal(release->id, id);
}

static void levels_of_real_numbers(void **state)
{
    (void)state;
    assert_level(6001, 18000, false, "rtm");
    assert_level(6002, 18005, false, "sp2");
    assert_level(6002, 19858, false, "sp2"); /* the highest GDR seen */
    assert_null(release_by_revision(6002, 17506, false)); /* escrow compile before the release */
    assert_level(6002, 24564, false, "2019-03");
    assert_level(6002, 24566, true, "2019-03");
    assert_null(release_by_revision(6003, 20479, false));
    assert_level(6003, 20484, false, "2019-03-preview"); /* servicing stack KB4493730 */
    assert_level(6003, 20489, true, "2019-04");
    assert_level(6003, 20491, false, "2019-04");
    assert_level(6003, 20509, false, "2019-04"); /* Microsoft DNS 6.0.6003 (1773501D) */
    assert_level(6003, 20512, true, "2019-05");
    assert_level(6003, 20706, false, "2020-01"); /* a UBR */
    assert_level(6003, 21372, false, "2022-02"); /* security-only; the rollup has 21374 */
    assert_level(6003, 22262, false, "2023-09");
    assert_level(6003, 22464, false, "2024-01"); /* UBR of the machine with the next one */
    assert_level(6003, 22918, false, "2024-10"); /* BuildLabEx */
    assert_level(6003, 23267, true, "2025-05");  /* kernel 12 below the package */
    assert_level(6003, 23267, false, "2025-04");
    assert_level(6003, 23317, false, "2025-05-oob");
    assert_level(6003, 23717, true, "2026-01");
}

/* --- the facts of the rules */

static void ranges_of_revisions(void **state)
{
    const struct branch *gdr = branch_of("[any GDR]", NOT_KNOWN);
    const struct branch *ldr = branch_of("[any LDR]", NOT_KNOWN);
    const struct branch *escrow = branch_of("vistasp2_ldr_escrow", 6003);
    int32_t last_6002 = 0, last_6003 = 0;

    (void)state;
    assert_int_equal(gdr->revision_min, GDR_FIRST);
    assert_int_equal(gdr->revision_max, GDR_LAST);
    assert_int_equal(ldr->revision_min, LDR_FIRST);
    assert_int_equal(ldr->revision_max, LDR_LAST);
    for (size_t i = 0; i < n_releases; i++) {
        if (releases[i].build == 6002 && last_6002 < releases[i].revision_max)
            last_6002 = releases[i].revision_max;
        if (releases[i].build == 6003 && last_6003 < releases[i].revision_max)
            last_6003 = releases[i].revision_max;
        if (releases[i].build == 6003)
            assert_in_range(releases[i].revision_min, LDR_FIRST, LDR_LAST);
    }
    /* The reason for 6003: nine numbers were left to 6002. */
    assert_int_equal(last_6002, 24566);
    assert_int_equal(LDR_LAST - last_6002, 9);
    assert_int_equal(branch_of("vistasp2_ldr_escrow", 6002)->revision_max, last_6002);
    assert_int_equal(last_6003, 23717);
    assert_int_equal(escrow->revision_min, 20484);
    assert_int_equal(escrow->revision_max, last_6003);
    assert_int_equal(LDR_LAST - last_6003, 858);
    assert_int_equal(release_of("2019-03-preview")->revision_min, LDR_FIRST);
}

static void statements_lie_in_the_ranges(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_known_revisions; i++) {
        const struct known_revision *statement = &known_revisions[i];
        const struct release *release = statement->kb ? release_by_kb(statement->kb) : NULL;

        if (statement->build == 6003)
            assert_in_range(statement->revision, LDR_FIRST, 23717);
        else
            assert_in_range(statement->revision, LDR_FIRST, 24566);
        if (statement->kb)
            assert_int_equal(statement->kind, package_of(statement->kb)->kind);
        else
            assert_int_equal(statement->kind, PACKAGE_KIND_NONE);
        if (release) {
            assert_int_equal(statement->build, release->build);
            assert_true(statement->revision <= release->revision_max);
        }
        if (i > 0)
            assert_true(strcmp(known_revisions[i - 1].month, statement->month) <= 0);
    }
}

static bool is_stated(uint32_t kb, int32_t build, int32_t revision)
{
    for (size_t i = 0; i < n_known_revisions; i++) {
        if (known_revisions[i].kb == kb && known_revisions[i].build == build &&
            known_revisions[i].revision == revision)
            return true;
    }
    return false;
}

static void sources_that_differ_are_rows_of_their_own(void **state)
{
    (void)state;
    assert_true(is_stated(4489880, 6002, 24564));
    assert_true(is_stated(4489880, 6002, 24565));
    assert_true(is_stated(4489880, 6002, 24566));
    assert_true(is_stated(4489887, 6003, 20491));
    assert_true(is_stated(4493471, 6003, 20489));
    assert_true(is_stated(5010403, 6003, 21372));
    assert_true(is_stated(0, 6003, 20706));
    assert_true(is_stated(0, 6003, 20509));
    assert_false(is_stated(0, 6003, 23718));
}

static void public_and_paid(void **state)
{
    const struct release *last = last_public();

    (void)state;
    assert_string_equal(last->id, "2020-01");
    assert_int_equal(last->revision, 20705);
    assert_int_equal(last->revision_max, 20706);
    assert_int_equal(last[1].revision, 20731);
    assert_int_equal(last[1].programme, PROGRAMME_ESU_YEAR1);
    assert_string_equal(release_final()->id, "2026-01");
    assert_int_equal(release_final()->date, day("2026-01-13"));
    assert_int_equal(release_final()->revision, 23717);
    assert_int_equal(release_final()->programme, PROGRAMME_PREMIUM_ASSURANCE);
    for (size_t i = 0; i < n_known_packages; i++) {
        const struct known_package *package = &known_packages[i];

        if (package->kind == PACKAGE_MONTHLY_ROLLUP || package->kind == PACKAGE_SECURITY_ONLY ||
            package->kind == PACKAGE_PREVIEW)
            assert_int_equal(package->esu_required, strcmp(package->month, "2020-02") >= 0);
        if (package->kind == PACKAGE_SSU || package->kind == PACKAGE_ESU_PREP)
            assert_false(package->esu_required);
    }
}

static void cause_of_6003(void **state)
{
    const struct known_package *preview = package_of(4489887);
    size_t n = 0;

    (void)state;
    assert_int_equal(preview->kind, PACKAGE_PREVIEW);
    assert_int_equal(preview->date, day("2019-03-19"));
    assert_int_equal(package_of(4493471)->date, day("2019-04-09"));
    assert_int_equal(package_of(4493458)->date, day("2019-04-09"));
    for (size_t i = 0; i < n_known_packages; i++) {
        if (!known_package_moves_to_6003(&known_packages[i]))
            continue;
        n++;
        assert_true(known_packages[i].date == DAY_NONE ||
                    known_packages[i].date >= preview->date);
        assert_int_not_equal(known_packages[i].kind, PACKAGE_SSU);
    }
    /* 82 months and two out-of-band days with a pair each, and eight previews. */
    assert_int_equal(n, 82 * 2 + 2 * 2 + 8);
    assert_true(known_package_moves_to_6003(preview));
    assert_true(known_package_moves_to_6003(package_of(4493471)));
    assert_true(known_package_moves_to_6003(package_of(4499180)));
    assert_false(known_package_moves_to_6003(package_of(4489880))); /* March 2019, 6002 */
    assert_false(known_package_moves_to_6003(package_of(4493435))); /* Internet Explorer */
}

static void servicing_stack_is_not_a_cause(void **state)
{
    const struct known_package *stack = package_of(4493730);

    (void)state;
    assert_int_equal(stack->kind, PACKAGE_SSU);
    assert_int_equal(stack->date, day("2019-04-09"));
    assert_int_equal(stack->build, 6003);
    assert_int_equal(stack->revision, 20484);
    assert_false(known_package_moves_to_6003(stack));
}

static void preparation_came_eleven_months_later(void **state)
{
    const struct known_package *preparation = package_of(4538484);
    const struct esu_item *sha2 = esu_of("date", "SHA-2 required for updates");

    (void)state;
    assert_int_equal(preparation->kind, PACKAGE_ESU_PREP);
    assert_int_equal(preparation->date, day("2020-02-11"));
    assert_int_equal(month_of(preparation->date, NULL) -
                         month_of(package_of(4489887)->date, NULL), 11);
    assert_int_equal(esu_of("kb-esu-prep", "KB4538484")->first, preparation->date);
    for (size_t i = 0; i < n_known_packages; i++) {
        if (known_packages[i].kind == PACKAGE_ESU_PREP)
            assert_true(known_packages[i].kb >= 4538484);
    }
    /* Nor did the first packages of 6003 need SHA-2. */
    assert_int_equal(sha2->first, day("2019-07-16"));
    assert_true(package_of(4499180)->date < sha2->first);
    assert_string_equal(esu_of("prerequisite", "SHA-2 code signing")->value, "KB4474419");
    assert_string_equal(esu_of("prerequisite", "servicing stack (SHA-2 capable)")->value,
                        "KB4493730");
}

static void rollups_supersede_their_predecessor(void **state)
{
    const struct release *before = NULL;

    (void)state;
    for (size_t i = 0; i < n_releases; i++) {
        const struct known_package *rollup;
        char kb[16];

        if (releases[i].kind != RELEASE_PATCH_TUESDAY && releases[i].kind != RELEASE_OUT_OF_BAND)
            continue;
        rollup = package_of(releases[i].kb_rollup);
        /* MSRC lists nothing for the out-of-band rollup of May 2025, and goes on from the one
         * before it. */
        if (before && rollup->kb != 5061198) {
            snprintf(kb, sizeof(kb), "KB%u", (unsigned)before->kb_rollup);
            assert_non_null(strstr(rollup->supersedes, kb));
        }
        if (rollup->kb != 5061198)
            before = &releases[i];
    }
}

static void labs_fit_branches_and_releases(void **state)
{
    int tied = 0;

    (void)state;
    for (size_t i = 0; i < n_known_labs; i++) {
        const struct known_lab *lab = &known_labs[i];
        const struct release *release;
        int year, month, dom;
        bool known = lab->branch[0] == '\0';
        day_t compiled;

        for (size_t b = 0; b < n_branches; b++) {
            /* A path of the build share writes its folder in other case. */
            if (strcmp(lab->kind, "trace-path") == 0 ||
                (strcmp(branches[b].branch, lab->branch) == 0 && branches[b].build == lab->build))
                known = true;
        }
        if (!known)
            fail_msg("%s: no such branch of that build", lab->string);
        if (lab->build == 6003)
            assert_string_equal(lab->branch, "vistasp2_ldr_escrow");
        if (sscanf(lab->timestamp, "%2d%2d%2d-", &year, &month, &dom) != 3)
            continue;
        compiled = day_from_ymd(2000 + year, month, dom);
        assert_int_not_equal(compiled, DAY_NONE);
        assert_true(compiled < release_final()->date);
        release = release_by_revision(lab->build, lab->revision, true);
        if (release && release->kernel_revision == lab->revision) {
            assert_true(compiled < release->date);
            tied++;
        }
    }
    assert_true(tied >= 8);
    assert_int_equal(branch_of("vistasp2_ldr_escrow", 6003)->first, day("2019-03-20"));
    assert_int_equal(branch_of("vistasp2_ldr_escrow", 6003)->last, day("2025-12-11"));
}

static void upgrade_goes_by_hops(void **state)
{
    (void)state;
    assert_string_equal(upgrade_hops[0].from, "Windows Server 2008 SP2");
    assert_string_equal(upgrade_hops[0].to, "Windows Server 2012");
    for (size_t i = 1; i < n_upgrade_hops; i++)
        assert_string_equal(upgrade_hops[i].from, upgrade_hops[i - 1].to);
    assert_string_equal(upgrade_hops[n_upgrade_hops - 1].to, "Windows Server 2025");
}

/* --- names */

static void names_go_round(void **state)
{
    (void)state;
    for (int i = 0; i < RELEASE_KIND_COUNT; i++)
        assert_int_equal(release_kind_from_name(release_kind_name((enum release_kind)i)), i);
    for (int i = 0; i < PROGRAMME_COUNT; i++)
        assert_int_equal(programme_from_name(programme_name((enum programme)i)), i);
    for (int i = 0; i < PACKAGE_KIND_COUNT; i++)
        assert_int_equal(package_kind_from_name(package_kind_name((enum package_kind)i)), i);
    assert_string_equal(programme_name(PROGRAMME_ESU_YEAR1), "esu-year1");
    assert_string_equal(package_kind_name(PACKAGE_SSU), "ssu");
    assert_int_equal(programme_from_name("Public"), PROGRAMME_NONE);
    assert_int_equal(release_kind_from_name("rtm "), RELEASE_NONE);
    assert_int_equal(package_kind_from_name("rollup"), PACKAGE_KIND_NONE);
    assert_string_equal(programme_name(PROGRAMME_COUNT), "");
    assert_string_equal(release_kind_name((enum release_kind)-1), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_has_a_source),
        cmocka_unit_test(tables_are_named_once),
        cmocka_unit_test(tables_print),
        cmocka_unit_test(printed_tables_are_the_files),
        cmocka_unit_test(releases_are_in_order),
        cmocka_unit_test(every_month_has_its_patch_tuesday),
        cmocka_unit_test(revisions_rise_in_6003),
        cmocka_unit_test(kernel_lies_between_packages),
        cmocka_unit_test(releases_agree_with_packages),
        cmocka_unit_test(programmes_agree_with_lifecycle),
        cmocka_unit_test(lifecycle_is_in_order),
        cmocka_unit_test(counts_belong_to_releases),
        cmocka_unit_test(packages_are_found_by_kb),
        cmocka_unit_test(rereleased_package_gives_its_first_edition),
        cmocka_unit_test(service_pack_is_a_package),
        cmocka_unit_test(other_kbs_have_no_release),
        cmocka_unit_test(skus_are_found),
        cmocka_unit_test(revision_gives_the_newest_release_proven),
        cmocka_unit_test(levels_of_real_numbers),
        cmocka_unit_test(ranges_of_revisions),
        cmocka_unit_test(statements_lie_in_the_ranges),
        cmocka_unit_test(sources_that_differ_are_rows_of_their_own),
        cmocka_unit_test(public_and_paid),
        cmocka_unit_test(cause_of_6003),
        cmocka_unit_test(servicing_stack_is_not_a_cause),
        cmocka_unit_test(preparation_came_eleven_months_later),
        cmocka_unit_test(rollups_supersede_their_predecessor),
        cmocka_unit_test(labs_fit_branches_and_releases),
        cmocka_unit_test(upgrade_goes_by_hops),
        cmocka_unit_test(names_go_round),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
