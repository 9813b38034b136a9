/* systeminfo /fo csv and /fo table: all items in one line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "systeminfo.h"

#include <string.h>

/* One record of CSV or of the table: all items in one line. */

static void record(struct text_scan *scan, const struct text_line *line, const struct span *items,
                   unsigned n_items)
{
    struct source source = systeminfo_source(scan, line, SPAN("systeminfo"));
    struct facts *facts = &scan->machine->facts;
    struct shape_os os;
    struct hotfix_list list = {0};
    const char *text;

    shape_systeminfo_version(items[ITEM_VERSION], &os);
    if (systeminfo_is_host(items[ITEM_HOST]))
        recogniser_add(scan, &source, FIELD_COMPUTER_NAME, items[ITEM_HOST]);
    systeminfo_product(scan, &source, items[ITEM_PRODUCT]);
    systeminfo_version(scan, &source, &os);
    if (n_items <= ITEM_SYSTEM_TYPE || !systeminfo_is_build_type(items[ITEM_BUILD_TYPE])) {
        machine_add_problem(scan->machine, scan->evidence,
                            "line %lu: the record ends after %u items", line->number, n_items);
        return;
    }
    text = shape_product_type(items[ITEM_CONFIGURATION]);
    if (text)
        facts_add_text(facts, &source, FIELD_PRODUCT_TYPE, text);
    recogniser_add(scan, &source, FIELD_BUILD_TYPE, items[ITEM_BUILD_TYPE]);
    recogniser_add(scan, &source, FIELD_OWNER, items[ITEM_OWNER]);
    recogniser_add(scan, &source, FIELD_ORGANIZATION, items[ITEM_ORGANIZATION]);
    if (shape_product_id(items[ITEM_PRODUCT_ID]))
        systeminfo_product_id(scan, &source, items[ITEM_PRODUCT_ID]);
    if (shape_first_number(items[ITEM_INSTALL_DATE]) >= 0)
        recogniser_add(scan, &source, FIELD_INSTALL_DATE, items[ITEM_INSTALL_DATE]);
    text = shape_system_type(items[ITEM_SYSTEM_TYPE]);
    if (text)
        facts_add_text(facts, &source, FIELD_ARCH, text);
    if (n_items > ITEM_LOCALE && shape_locale(items[ITEM_LOCALE]))
        recogniser_add(scan, &source, FIELD_LANGUAGE, items[ITEM_LOCALE]);
    if (n_items > ITEM_MEMORY && shape_memory_kb(items[ITEM_MEMORY]) >= 0)
        facts_add_number(facts, &source, FIELD_MEMORY_KB, shape_memory_kb(items[ITEM_MEMORY]));
    if (n_items > ITEM_HOTFIXES && span_has(items[ITEM_HOTFIXES], "[01]:")) {
        hotfix_list_value(scan, &list, source, items[ITEM_HOTFIXES]);
        list.cut = line->cut || span_ends(items[ITEM_HOTFIXES], "...");
        hotfix_list_end(scan, &list);
    } else {
        facts_add_missing(facts, &source, FIELD_PACKAGE_LIST, FACT_NOT_RECORDED,
                          "the record has no list of hotfixes");
    }
}

/* Takes the quoted fields of a CSV line; a doubled quote inside one is left as it is, because no
 * item that is read here has any. */
static unsigned csv_fields(struct span line, struct span *fields, unsigned max)
{
    unsigned n = 0;

    while (n < max && line.length > 0 && *line.text == '"') {
        size_t end = 1;

        while (end < line.length &&
               (line.text[end] != '"' || (end + 1 < line.length && line.text[end + 1] == '"')))
            end += line.text[end] == '"' ? 2 : 1;
        if (end > line.length)
            end = line.length;
        fields[n++] = span_trim((struct span){line.text + 1, end - 1});
        line = span_from(line, end + 1);
        if (line.length == 0 || *line.text != ',')
            break;
        line = span_from(line, 1);
    }
    return n;
}

static bool csv_line(struct text_scan *scan, const struct text_line *line, struct span text)
{
    struct span fields[ITEM_COUNT];
    struct shape_os os;
    unsigned n;

    if (text.length == 0 || *text.text != '"')
        return false;
    n = csv_fields(text, fields, ITEM_COUNT);
    if (n < ITEM_OWNER || !shape_systeminfo_version(fields[ITEM_VERSION], &os))
        return false;
    record(scan, line, fields, n);
    return true;
}

/* Counts in characters, as the program pads; ideographs take two cells on a screen but one here. */
static size_t character_offset(struct span text, unsigned characters)
{
    size_t i = 0;

    while (i < text.length && characters > 0) {
        i++;
        while (i < text.length && ((unsigned char)text.text[i] & 0xc0) == 0x80)
            i++;
        characters--;
    }
    return i;
}

/* "==================== ======" under the table's header: where its columns begin. */
static bool table_rule(struct systeminfo_columns *columns, struct span text)
{
    unsigned n = 0;

    if (text.length < ITEM_COUNT || *text.text != '=')
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] != '=' && text.text[i] != ' ')
            return false;
        if (text.text[i] == '=' && (i == 0 || text.text[i - 1] == ' ') && n < ITEM_COUNT)
            columns->begin[n++] = (unsigned)i;
    }
    columns->begin[n] = (unsigned)text.length + 1;
    columns->count = n;
    return n > ITEM_OWNER;
}

static bool table_line(struct text_scan *scan, struct systeminfo_columns *columns,
                       const struct text_line *line, struct span text)
{
    struct span fields[ITEM_COUNT];
    struct shape_os os;

    if (columns->count <= ITEM_OWNER)
        return false;
    for (unsigned i = 0; i < columns->count; i++) {
        size_t from = character_offset(text, columns->begin[i]);
        size_t to = character_offset(text, columns->begin[i + 1]);

        fields[i] = span_trim((struct span){text.text + from, to - from});
    }
    if (!shape_systeminfo_version(fields[ITEM_VERSION], &os)) {
        columns->count = 0;
        return false;
    }
    record(scan, line, fields, columns->count);
    return true;
}

bool systeminfo_record(struct text_scan *scan, struct systeminfo_columns *columns,
                       const struct text_line *line, struct span text)
{
    return csv_line(scan, line, text) || table_line(scan, columns, line, text) ||
           table_rule(columns, text);
}
