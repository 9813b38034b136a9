/* Lists of installed updates: wmic qfe, Get-HotFix, and one line for each update
 * ("KB4486553: 2019-02 Cumulative Update ... (KB4486553)").
 *
 * A list is known by its header or property names, or by a line whose title repeats its KB: text
 * that merely speaks of updates does not look like that. What is listed is installed; what is not
 * may have been superseded, so a list proves nothing by what it lacks.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "../ascii.h"
#include "../limits.h"
#include "records.h"
#include "shapes.h"

#include <string.h>

enum property {
    HOTFIX_ID,
    INSTALLED_ON,
    CS_NAME,
    SOURCE,
    PS_COMPUTER_NAME,
    NODE,
    SP_IN_EFFECT,
    N_PROPERTIES
};

static const char *const names[N_PROPERTIES] = {
    [HOTFIX_ID] = "HotFixID",
    [INSTALLED_ON] = "InstalledOn",
    [CS_NAME] = "CSName",
    [SOURCE] = "Source",
    [PS_COMPUTER_NAME] = "PSComputerName",
    [NODE] = "Node",
    [SP_IN_EFFECT] = "ServicePackInEffect",
};

static bool is_header(unsigned long stated, size_t others)
{
    (void)others;
    return (stated & (1UL << HOTFIX_ID)) != 0;
}

static const struct record_class qfe_class = {names, N_PROPERTIES, is_header};

struct hotfix {
    struct text_scan *scan;
    struct records *records;
    const char *computer; /* the one last said */
    unsigned long listed;
    unsigned long first_line;
};

/* "KB4493471", "KB915800-v9", and of some Vista updates "943729". 0 for the rest: Q numbers,
 * component ids in braces, "File 1" of XP. */
static uint32_t kb_of(struct span id)
{
    bool prefixed = span_starts(id, "KB");
    struct span rest = span_from(id, prefixed ? 2 : 0);
    uint32_t kb = 0;
    size_t digits = 0;

    while (digits < rest.length && digits < 8 && ascii_is_digit(rest.text[digits]))
        kb = kb * 10 + (uint32_t)(rest.text[digits++] - '0');
    if (digits < 6 || digits > 7)
        return 0;
    if (digits < rest.length && (!prefixed || rest.text[digits] != '-'))
        return 0;
    return kb;
}

static void say_package(struct hotfix *hotfix, const struct text_line *line, uint32_t kb,
                        const char *installed_on, const char *service_pack)
{
    struct text_scan *scan = hotfix->scan;
    struct package package = {.kb = kb, .version = VERSION_NONE};
    struct source source;
    struct fact *fact;

    if (scan->machine->facts.count >= LIMIT_FACTS) {
        scan->machine->facts.dropped++;
        return;
    }
    source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_HOTFIX_LIST, "hotfix list");
    if (installed_on && *installed_on)
        package.installed_on = installed_on;
    fact = facts_add_package(&scan->machine->facts, &source, &package);
    if (service_pack && *service_pack)
        fact->note = arena_printf(scan->machine->arena, "service pack in effect: %.40s",
                                  text_clean(scan->machine->arena, service_pack));
}

static void say_computer(struct hotfix *hotfix, const struct record *record)
{
    static const enum property places[] = {CS_NAME, SOURCE, PS_COMPUTER_NAME, NODE};
    struct text_scan *scan = hotfix->scan;

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        const char *name = record->values[places[i]];
        const struct text_line line = {.number = record->lines[places[i]]};
        struct source source;

        if (!name || !*name)
            continue;
        if (scan->machine->facts.count >= LIMIT_FACTS)
            return;
        if (hotfix->computer && ascii_equal(hotfix->computer, name))
            return;
        hotfix->computer = arena_strdup(scan->machine->arena, name);
        source =
            recogniser_source(scan, &line, GRADE_TOOL, WITNESS_HOTFIX_LIST, names[places[i]]);
        facts_add_text(&scan->machine->facts, &source, FIELD_COMPUTER_NAME, name);
        return;
    }
}

static bool is_id(struct span id)
{
    return kb_of(id) || span_is(id, "File 1") ||
           (id.length > 6 && (id.text[0] == '{' || ascii_lower(id.text[0]) == 'q') &&
            (id.text[0] == '{' || ascii_is_digit(id.text[1]))) ||
           (span_starts(id, "KB") && id.length > 5 && ascii_is_digit(id.text[2]));
}

static bool taken(void *data, const struct record *record)
{
    struct hotfix *hotfix = data;
    struct text_line line = {.number = record->lines[HOTFIX_ID]};
    struct span id = span_of(record->values[HOTFIX_ID] ? record->values[HOTFIX_ID] : "");
    uint32_t kb = kb_of(id);

    if (!is_id(id))
        return false;
    if (hotfix->listed++ == 0)
        hotfix->first_line = line.number;
    hotfix->scan->statements++;
    say_computer(hotfix, record);
    if (kb)
        say_package(hotfix, &line, kb, record->values[INSTALLED_ON],
                    record->values[SP_IN_EFFECT]);
    return true;
}

/* "KB4486553: title (KB4486553)": what a query of the update agent prints. */
static bool titled_line(struct hotfix *hotfix, const struct text_line *line, struct span text)
{
    char again[12] = "KB";
    size_t colon = span_find(text, ": ");
    struct span id = {text.text, colon};
    uint32_t kb;

    if (!span_starts(text, "KB") || colon > 9)
        return false;
    kb = kb_of(id);
    if (!kb)
        return false;
    span_copy(id, again, sizeof(again));
    if (!span_has(span_from(text, colon + 2), again))
        return false;
    hotfix->scan->statements++;
    say_package(hotfix, line, kb, NULL, NULL);
    return true;
}

static void *begin(struct text_scan *scan)
{
    struct hotfix *hotfix = arena_alloc(scan->machine->arena, sizeof(*hotfix));

    hotfix->scan = scan;
    hotfix->records = records_new(scan->machine->arena, &qfe_class, taken, hotfix);
    return hotfix;
}

static bool line_shown(struct text_scan *scan, void *state, const struct text_line *line)
{
    struct hotfix *hotfix = state;
    const char *text = recogniser_uncomment(line->text);

    (void)scan;
    switch (records_line(hotfix->records, line, text)) {
    case RECORD_TABLE:
    case RECORD_CSV:
        return true;
    case RECORD_LIST:
        return (records_names(hotfix->records) & (1UL << HOTFIX_ID)) != 0;
    case RECORD_NO_FORM:
        break;
    }
    return titled_line(hotfix, line, span_trim(span_of(text)));
}

static void end(struct text_scan *scan, void *state)
{
    struct hotfix *hotfix = state;
    const struct text_line line = {.number = hotfix->first_line};
    struct source source;

    records_end(hotfix->records);
    if (hotfix->listed == 0)
        return;
    source = recogniser_source(scan, &line, GRADE_TOOL, WITNESS_HOTFIX_LIST, "hotfix list");
    facts_add_text(&scan->machine->facts, &source, FIELD_PACKAGE_LIST, "complete")->note =
        arena_printf(scan->machine->arena, "%lu entries", hotfix->listed);
}

const struct recogniser recogniser_hotfix = {
    .id = "hotfix",
    .begin = begin,
    .line = line_shown,
    .end = end,
};
