/* Sorts the facts of one machine by what they say, once, for all rules.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

#include "../path.h"
#include "../strbuf.h"

#include <stdlib.h>
#include <string.h>

/* More would not be read. */
#define PHRASE_FACTS 5

void fact_list_add(struct examination *examination, struct fact_list *list,
                   const struct fact *fact)
{
    /* Grows at powers of two; the arena forgets the old places with the machine. */
    if ((list->count & (list->count + 1)) == 0) {
        const struct fact **items =
            arena_alloc(examination->arena, (list->count * 2 + 2) * sizeof(*items));

        if (list->count)
            memcpy(items, list->items, list->count * sizeof(*items));
        list->items = items;
    }
    list->items[list->count++] = fact;
}

const char *fact_phrase(const struct examination *examination, const struct fact *fact)
{
    const struct machine *machine = examination->machine;
    const char *where = path_last_part(fact->where);
    const char *piece = machine->n_evidence > 1
                            ? path_last_part(machine->evidence[fact->evidence].name)
                            : "";
    const char *state = "";

    if (fact->package && fact->package->state != PACKAGE_STATE_NONE)
        state = arena_printf(examination->arena, " %s",
                             package_state_name(fact->package->state));
    if (!*where && !*piece)
        return arena_printf(examination->arena, "%s%s", fact->value, state);
    return arena_printf(examination->arena, "%s%s (%s%s%s)", fact->value, state, where,
                        *where && *piece ? ", " : "", piece);
}

const char *facts_phrase(const struct examination *examination, const struct fact_list *list)
{
    struct strbuf out = STRBUF_EMPTY;
    const char *text;

    for (size_t i = 0; i < list->count && i < PHRASE_FACTS; i++)
        strbuf_addf(&out, "%s%s", i ? ", " : "", fact_phrase(examination, list->items[i]));
    if (list->count > PHRASE_FACTS)
        strbuf_addf(&out, " and %lu more", (unsigned long)(list->count - PHRASE_FACTS));
    text = arena_strdup(examination->arena, strbuf_text(&out));
    strbuf_free(&out);
    return text;
}

const char *values_phrase(const struct examination *examination, const struct fact_list *list)
{
    struct strbuf out = STRBUF_EMPTY;
    const char *text;

    for (size_t i = 0; i < list->count; i++) {
        bool seen = false;

        for (size_t j = 0; j < i; j++)
            seen = seen || !strcmp(list->items[j]->value, list->items[i]->value);
        if (!seen)
            /* Without ", line 4". */
            strbuf_addf(&out, "%s%s by %.*s", i ? ", " : "", list->items[i]->value,
                        (int)strcspn(path_last_part(list->items[i]->where), ","),
                        path_last_part(list->items[i]->where));
    }
    text = arena_strdup(examination->arena, strbuf_text(&out));
    strbuf_free(&out);
    return text;
}

void conflict_add(struct examination *examination, enum fact_field field,
                  const struct fact_list *values, const char *what)
{
    struct assessment *assessment = examination->assessment;

    if (assessment->n_conflicts == examination->conflicts_size) {
        size_t size = examination->conflicts_size ? examination->conflicts_size * 2 : 4;
        struct conflict *conflicts = arena_alloc(examination->arena, size * sizeof(*conflicts));

        if (assessment->n_conflicts)
            memcpy(conflicts, assessment->conflicts,
                   assessment->n_conflicts * sizeof(*conflicts));
        assessment->conflicts = conflicts;
        examination->conflicts_size = size;
    }
    assessment->conflicts[assessment->n_conflicts++] = (struct conflict){
        .field = field,
        .what = what,
        .values = values->items,
        .n_values = values->count,
    };
}

bool package_is_in(const struct fact *fact)
{
    switch (fact->package->state) {
    case PACKAGE_STATE_NONE:
    case PACKAGE_INSTALLED:
    case PACKAGE_SUPERSEDED:
        return true;
    default:
        return false;
    }
}

const struct fact *package_in(const struct examination *examination, const uint32_t *kbs)
{
    facts_each(fact, examination->facts)
    {
        if (fact->field != FIELD_PACKAGE || !fact->package || !package_is_in(fact))
            continue;
        for (const uint32_t *kb = kbs; *kb; kb++)
            if (fact->package->kb == *kb)
                return fact;
    }
    return NULL;
}

bool is_candidate(const struct examination *examination)
{
    return examination->product == PRODUCT_SERVER_2008 ||
           examination->product == PRODUCT_NOT_KNOWN ||
           examination->product == PRODUCT_CONTRADICTORY;
}

static void sort_package(struct examination *examination, const struct fact *fact)
{
    const struct known_package *known = known_package_by_kb(fact->package->kb);

    examination->packages_seen = true;
    if (fact->grade == GRADE_COMPONENT || fact->witness == WITNESS_CBS)
        examination->components_seen = true;
    if (!known)
        return;
    if (known->kind == PACKAGE_ESU_PREP && package_is_in(fact))
        fact_list_add(examination, &examination->esu, fact);
    if (!known_package_moves_to_6003(known))
        return;
    switch (fact->package->state) {
    case PACKAGE_INSTALL_PENDING:
    case PACKAGE_RESOLVED:
    case PACKAGE_FAILED:
        fact_list_add(examination, &examination->movers_waiting, fact);
        break;
    case PACKAGE_STAGED:
        /* Staged is on the way in while something is pending, else it was taken out. */
        fact_list_add(examination,
                      examination->pendings.count ? &examination->movers_waiting
                                                  : &examination->movers_gone,
                      fact);
        break;
    case PACKAGE_ABSENT:
        fact_list_add(examination, &examination->movers_gone, fact);
        break;
    case PACKAGE_UNINSTALL_PENDING:
        fact_list_add(examination, &examination->movers_leaving, fact);
        break;
    default:
        fact_list_add(examination, &examination->movers_in, fact);
    }
}

/* First pass: everything that does not depend on other facts. */
static void sort_facts(struct examination *examination)
{
    facts_each(fact, examination->facts)
    {
        if (fact->status != FACT_STATED)
            continue;
        switch (fact->field) {
        case FIELD_BUILD:
            if (fact->witness != WITNESS_API && fact->number != FACT_NO_NUMBER)
                fact_list_add(examination, &examination->builds, fact);
            break;
        case FIELD_REVISION:
            if (fact->number != FACT_NO_NUMBER)
                fact_list_add(examination, &examination->revisions, fact);
            break;
        case FIELD_IMITATION:
            fact_list_add(examination,
                          examination->options->trust_imitation ? &examination->set_aside
                                                                : &examination->imitations,
                          fact);
            break;
        case FIELD_PENDING:
            fact_list_add(examination, &examination->pendings, fact);
            break;
        case FIELD_ESU:
            fact_list_add(examination, &examination->esu, fact);
            break;
        case FIELD_PACKAGE_LIST:
            examination->packages_seen = true;
            if (!strcmp(fact->value, "cut"))
                examination->packages_cut = true;
            break;
        default:
            break;
        }
    }
    facts_each(fact, examination->facts)
    {
        if (fact->field == FIELD_PACKAGE && fact->status == FACT_STATED && fact->package)
            sort_package(examination, fact);
    }
}

/* The best-graded statement of the major or minor version. */
static int32_t best_number(const struct examination *examination, enum fact_field field)
{
    const struct fact *fact = facts_best(examination->facts, field);

    return fact && fact->number >= 0 && fact->number <= INT32_MAX ? (int32_t)fact->number
                                                                  : VERSION_UNKNOWN;
}

/* What one fact says of the product; PRODUCT_NOT_KNOWN when it says nothing. */
static enum product product_of_fact(const struct fact *fact)
{
    const struct known_sku *sku;

    switch (fact->field) {
    case FIELD_PRODUCT_TYPE:
        /* NT 6.0 is Server 2008 or Vista; other versions were told apart before. */
        return !strcmp(fact->value, "workstation") ? PRODUCT_VISTA : PRODUCT_SERVER_2008;
    case FIELD_SKU:
        sku = known_sku_by_number((int32_t)fact->number);
        if (!sku)
            return PRODUCT_NOT_KNOWN;
        return sku->server ? PRODUCT_SERVER_2008 : PRODUCT_VISTA;
    case FIELD_FOUNDATION:
        if (strstr(fact->value, "6.0.6001.18000"))
            return PRODUCT_SERVER_2008;
        return strstr(fact->value, "6.0.6000.16386") ? PRODUCT_VISTA : PRODUCT_NOT_KNOWN;
    case FIELD_PRODUCT_NAME:
        return product_from_name(fact->value);
    case FIELD_EDITION:
        if (!strncmp(fact->value, "Server", 6))
            return PRODUCT_SERVER_2008;
        return PRODUCT_NOT_KNOWN;
    case FIELD_VISTA_MARK:
        return PRODUCT_VISTA;
    default:
        return PRODUCT_NOT_KNOWN;
    }
}

static const char *product_word(enum product product)
{
    switch (product) {
    case PRODUCT_SERVER_2008:
        return "a Windows Server 2008";
    case PRODUCT_VISTA:
        return "a Windows Vista";
    case PRODUCT_OTHER:
        return "another Windows";
    default:
        return "an undetermined Windows";
    }
}

/* Foundation package and bypass marks decide over names: they cannot be edited by accident. */
static bool is_decisive(const struct fact *fact)
{
    return fact->field == FIELD_FOUNDATION || fact->field == FIELD_VISTA_MARK;
}

static void find_product(struct examination *examination)
{
    struct fact_list by_product[PRODUCT_CONTRADICTORY + 1] = {{0}};
    const struct fact *decisive = NULL;
    struct fact_list both = {0};

    facts_each(fact, examination->facts)
    {
        enum product product;

        if (fact->status != FACT_STATED)
            continue;
        product = product_of_fact(fact);
        if (product == PRODUCT_NOT_KNOWN)
            continue;
        fact_list_add(examination, &by_product[product], fact);
        if (is_decisive(fact) && (!decisive || product == PRODUCT_VISTA))
            decisive = fact;
    }

    if (examination->major != VERSION_UNKNOWN &&
        (examination->major != 6 || examination->minor > 0)) {
        examination->product = PRODUCT_OTHER;
        examination->product_why =
            arena_printf(examination->arena, "its version is %d.%d, and Windows Server 2008 is 6.0",
                         (int)examination->major,
                         examination->minor == VERSION_UNKNOWN ? 0 : (int)examination->minor);
        return;
    }
    if (examination->build != VERSION_UNKNOWN && examination->build < 6001 &&
        examination->major == 6 && !by_product[PRODUCT_SERVER_2008].count) {
        examination->product = PRODUCT_VISTA;
        examination->product_why =
            arena_printf(examination->arena,
                         examination->build == 6000
                             ? "build 6000 is Windows Vista RTM; the server began at 6001"
                             : "build %d is a pre-release of Windows Vista",
                         (int)examination->build);
        return;
    }
    if (decisive) {
        examination->product = product_of_fact(decisive);
        examination->vista_disguised = examination->product == PRODUCT_VISTA &&
                                       by_product[PRODUCT_SERVER_2008].count > 0;
        examination->product_why = fact_phrase(examination, decisive);
        return;
    }
    for (int product = PRODUCT_SERVER_2008; product <= PRODUCT_OTHER; product++) {
        if (!by_product[product].count)
            continue;
        for (size_t i = 0; i < by_product[product].count; i++)
            fact_list_add(examination, &both, by_product[product].items[i]);
        if (examination->product == PRODUCT_NOT_KNOWN) {
            examination->product = (enum product)product;
            examination->product_why = facts_phrase(examination, &by_product[product]);
        } else {
            examination->product = PRODUCT_CONTRADICTORY;
        }
    }
    if (examination->product == PRODUCT_CONTRADICTORY) {
        examination->product_why =
            arena_printf(examination->arena, "the sources name different products: %s",
                         facts_phrase(examination, &both));
        conflict_add(examination, FIELD_PRODUCT_NAME, &both,
                     by_product[PRODUCT_OTHER].count
                         ? "The sources name products that cannot be one machine."
                         : arena_printf(examination->arena,
                                        "Some sources describe %s, others %s.",
                                        product_word(PRODUCT_SERVER_2008),
                                        product_word(PRODUCT_VISTA)));
    }
}

/* Whether differing builds are those of a machine that waits for its restart: what runs still
 * says the old build, the kernel file (and what servicing wrote) already says 6003. */
static bool reboot_explains(const struct examination *examination)
{
    bool new_file = false;

    for (size_t i = 0; i < examination->builds.count; i++) {
        const struct fact *fact = examination->builds.items[i];
        bool written_by_servicing = fact->witness == WITNESS_KERNEL_FILE ||
                                    fact->witness == WITNESS_BUILD_LAB ||
                                    fact->witness == WITNESS_BUILD_LAB_EX;

        if (fact->number != 6003 && fact->number != 6002 && fact->number != 6001)
            return false;
        if (fact->number == 6003) {
            if (!written_by_servicing)
                return false;
            new_file = new_file || fact->witness == WITNESS_KERNEL_FILE;
        } else if (fact->witness == WITNESS_KERNEL_FILE) {
            return false;
        }
    }
    return new_file || examination->movers_in.count || examination->movers_waiting.count;
}

static void find_build(struct examination *examination)
{
    const struct fact *best = NULL;

    for (size_t i = 0; i < examination->builds.count; i++) {
        const struct fact *fact = examination->builds.items[i];

        if (!best || fact->grade < best->grade)
            best = fact;
        if (fact->number != examination->builds.items[0]->number)
            examination->builds_differ = true;
    }
    examination->build = VERSION_UNKNOWN;
    if (!best || best->number < 0 || best->number > INT32_MAX)
        return;
    examination->build = (int32_t)best->number;
    if (!examination->builds_differ)
        return;
    examination->reboot_explains = reboot_explains(examination);
    if (!examination->reboot_explains)
        return;
    /* What runs is what is not 6003 yet. */
    for (size_t i = 0; i < examination->builds.count; i++)
        if (examination->builds.items[i]->number != 6003)
            examination->build = (int32_t)examination->builds.items[i]->number;
}

void examine(struct examination *examination)
{
    sort_facts(examination);
    examination->major = best_number(examination, FIELD_MAJOR);
    examination->minor = best_number(examination, FIELD_MINOR);
    find_build(examination);
    find_product(examination);
}

int32_t build_of_revision(const struct examination *examination, const struct fact *revision)
{
    for (size_t i = 0; i < examination->builds.count; i++) {
        const struct fact *build = examination->builds.items[i];

        if (build->witness == revision->witness && build->evidence == revision->evidence &&
            !strcmp(build->where, revision->where))
            return (int32_t)build->number;
    }
    return examination->build;
}

const char *revision_out_of_range(const struct examination *examination, int32_t build,
                                  int64_t revision)
{
    const struct release *final = release_final();

    if (build == 6003 && (revision < REVISION_6003_FIRST || revision > final->revision))
        return arena_printf(examination->arena, "6003 was used from %d to %d", REVISION_6003_FIRST,
                            (int)final->revision);
    if (build == 6002 && (revision < 16384 || revision > 24566))
        return "6002 was used from 16384 to 24566";
    if (build == 6001 && (revision < 16384 || revision > 24575))
        return "revisions of NT 6.0 run from 16384 to 24575";
    return NULL;
}
