/* The report as CSV: a header and one row a machine, for spreadsheets and for a million rows.
 *
 * RFC 4180 with LF as line end. A text that a spreadsheet would take for a formula (it opens with
 * = + - @, a tab or a carriage return) gets an apostrophe in front, because names come from
 * evidence that anybody may have written. Counts and numbers that are not known are empty.
 *
 * SPDX-License-Identifier: MIT
 */
#include "formats.h"
#include "parts.h"

#include <string.h>

static void begin(struct strbuf *out)
{
    strbuf_adds(out, "name,state,exit_code,version,build,revision,service_pack,product,"
                     "product_type,arch,level,level_date,support,conflicts,warnings,fails,"
                     "headline,source\n");
}

/* One value without what stands around it. NULL is empty. */
static void add_text(struct strbuf *out, const char *text)
{
    size_t length;

    if (!text)
        return;
    length = strcspn(text, "\",\r\n");
    if (!text[length]) {
        if (part_is_formula(text))
            strbuf_addc(out, '\'');
        strbuf_add(out, text, length);
        return;
    }
    strbuf_addc(out, '"');
    if (part_is_formula(text))
        strbuf_addc(out, '\'');
    while (text[length]) {
        strbuf_add(out, text, length);
        if (text[length] == '"')
            strbuf_addc(out, '"');
        strbuf_addc(out, text[length]);
        text += length + 1;
        length = strcspn(text, "\",\r\n");
    }
    strbuf_add(out, text, length);
    strbuf_addc(out, '"');
}

static void text_column(struct strbuf *out, const char *text)
{
    add_text(out, text);
    strbuf_addc(out, ',');
}

static void number_column(struct strbuf *out, int64_t number)
{
    if (number >= 0)
        part_integer(out, number);
    strbuf_addc(out, ',');
}

/* The names of all evidence, with "; " between them. */
static void add_evidence(struct strbuf *out, const struct machine *machine)
{
    struct strbuf names = STRBUF_EMPTY;

    if (machine->n_evidence == 1) {
        add_text(out, machine->evidence[0].name);
        return;
    }
    for (unsigned i = 0; i < machine->n_evidence; i++) {
        if (i > 0)
            strbuf_adds(&names, "; ");
        strbuf_adds(&names, machine->evidence[i].name);
    }
    add_text(out, strbuf_text(&names));
    strbuf_free(&names);
}

static const char *support_word(const struct support *support)
{
    if (support->phase)
        return support->phase->id;
    return support->ended ? "ended" : NULL;
}

static void print(const struct machine *machine, const struct assessment *assessment,
                  const struct report_options *options, struct strbuf *out)
{
    const struct release *level = assessment->level.release;
    char day[DAY_TEXT_SIZE];

    (void)options;
    text_column(out, part_name(machine, assessment));
    text_column(out, verdict_state_name(assessment->state));
    number_column(out, assessment->exit_code);
    part_version(&assessment->version, out);
    strbuf_addc(out, ',');
    number_column(out, assessment->version.build);
    number_column(out, assessment->version.revision);
    number_column(out, assessment->service_pack);
    text_column(out, part_product(assessment));
    text_column(out, part_value(assessment->identity.product_type));
    text_column(out, part_value(assessment->identity.arch));
    text_column(out, level ? level->id : NULL);
    text_column(out, level ? day_to_text(level->date, day) : NULL);
    text_column(out, support_word(&assessment->support));
    number_column(out, (int64_t)assessment->n_conflicts);
    number_column(out, part_count(assessment, RESULT_WARN));
    number_column(out, part_count(assessment, RESULT_FAIL));
    text_column(out, assessment->headline);
    add_evidence(out, machine);
    strbuf_addc(out, '\n');
}

const struct report_format report_csv = {
    .name = "csv",
    .title = "a header and one row a machine",
    .verbatim = true,
    .begin = begin,
    .machine = print,
};
