/* systeminfo's items and hotfix list: see the header.
 *
 * SPDX-License-Identifier: MIT
 */
#include "systeminfo.h"

#include "../ascii.h"

#include <string.h>

/* A computer's DNS label. */
#define HOST_BYTES 64

struct source systeminfo_source(struct text_scan *scan, const struct text_line *line,
                                struct span label)
{
    char what[LABEL_BYTES];

    return recogniser_source(scan, line, GRADE_TOOL, WITNESS_SYSTEMINFO,
                             span_copy(label, what, sizeof(what)));
}

void systeminfo_version(struct text_scan *scan, const struct source *source,
                        const struct shape_os *os)
{
    struct facts *facts = &scan->machine->facts;

    scan->statements++;
    facts_add_version(facts, source, &os->version);
    if (os->build_again != os->version.build)
        facts_add_number(facts, source, FIELD_BUILD, os->build_again);
    if (os->service_pack != VERSION_UNKNOWN)
        facts_add_number(facts, source, FIELD_SERVICE_PACK, os->service_pack);
}

void systeminfo_product(struct text_scan *scan, const struct source *source, struct span name)
{
    if (!span_has(name, "Windows"))
        return;
    recogniser_add(scan, source, FIELD_PRODUCT_NAME, name);
    if (shape_wine_product(name))
        facts_add_text(&scan->machine->facts, source, FIELD_IMITATION,
                       "a product name that only Wine has");
}

void systeminfo_product_id(struct text_scan *scan, const struct source *source, struct span id)
{
    recogniser_add(scan, source, FIELD_PRODUCT_ID, id);
    if (shape_wine_product_id(id))
        facts_add_text(&scan->machine->facts, source, FIELD_IMITATION,
                       "the product id that every Wine has");
}

bool systeminfo_is_host(struct span name)
{
    return name.length > 0 && name.length < HOST_BYTES && !memchr(name.text, ' ', name.length);
}

bool systeminfo_is_build_type(struct span value)
{
    return span_ends(value, " Free") || span_ends(value, " Checked");
}

/* The hotfix list: "7 Hotfix(s) Installed.", then "[01]: KB4493730" and so on. */

void hotfix_list_begin(struct hotfix_list *list, struct source source, int32_t claimed)
{
    list->open = true;
    list->claimed = claimed;
    list->entries = 0;
    list->cut = false;
    list->source = source;
    list->source.witness = WITNESS_HOTFIX_LIST;
}

void hotfix_list_end(struct text_scan *scan, struct hotfix_list *list)
{
    struct fact *fact;
    bool complete = !list->cut && list->claimed == list->entries;

    if (!list->open)
        return;
    list->open = false;
    fact = facts_add_text(&scan->machine->facts, &list->source, FIELD_PACKAGE_LIST,
                          complete ? "complete" : "cut");
    fact->number = list->claimed < 0 ? list->entries : list->claimed;
    if (!complete)
        fact->note = arena_printf(scan->machine->arena, "%d entries of %d are there",
                                  (int)list->entries, (int)fact->number);
}

bool hotfix_list_is_entry(struct span entry)
{
    int32_t number;

    return shape_kb(entry) || span_starts(entry, "KB") || span_starts(entry, "{") ||
           span_is(entry, "File 1") ||
           (entry.length == 7 && ascii_lower(*entry.text) == 'q' &&
            shape_numbers(span_from(entry, 1), &number, 1)) ||
           ((entry.length == 6 || entry.length == 7) && shape_numbers(entry, &number, 1));
}

/* Entries that are no KB (old Q numbers, "File 1", component ids) are counted only. */
void hotfix_list_entry(struct text_scan *scan, struct hotfix_list *list, struct source source,
                       struct span entry)
{
    struct package package = {.kb = shape_kb(entry), .version = VERSION_NONE};

    list->entries++;
    if (!package.kb)
        return;
    source.witness = WITNESS_HOTFIX_LIST;
    facts_add_package(&scan->machine->facts, &source, &package);
}

/* A list within one value: "7 Hotfix(s) Installed.,[01]: KB2305420,[02]: KB2999226". */
void hotfix_list_value(struct text_scan *scan, struct hotfix_list *list, struct source source,
                       struct span value)
{
    size_t at = span_find(value, "[");

    hotfix_list_begin(list, source, shape_first_number((struct span){value.text, at}));
    while (at < value.length) {
        struct span rest = span_from(value, at + 1), entry;
        size_t next = span_find(rest, "[");
        int32_t number;

        if (shape_entry((struct span){value.text + at, next + 1}, &number, &entry)) {
            if (span_ends(entry, ","))
                entry.length--;
            hotfix_list_entry(scan, list, source, span_trim(entry));
        }
        at += next + 1;
    }
}
