/* The report for people at a terminal and in tickets.
 *
 * It opens with the line that winver shows, then the verdict in one sentence. What is in order is
 * left out unless asked for. A colour only repeats what a word says.
 *
 * SPDX-License-Identifier: MIT
 */
#include "formats.h"
#include "page.h"
#include "parts.h"

#include <string.h>

/* Where the texts of labelled lines begin. */
#define LABEL_COLUMN 10
/* Longer values have the rest of their line beneath. */
#define VALUE_COLUMNS 28
/* "component" */
#define GRADE_COLUMNS 9
/* Where a terminal leaves less for a place, it goes beneath. */
#define PLACE_COLUMNS 30

static enum page_color state_color(enum verdict_state state)
{
    switch (state) {
    case STATE_TRANSITIONED:
        return PAGE_GREEN;
    case STATE_INCOMPLETE:
    case STATE_CONFLICT:
    case STATE_IMITATION:
        return PAGE_RED;
    case STATE_NOT_TRANSITIONED:
    case STATE_UNKNOWN:
        return PAGE_YELLOW;
    default:
        return PAGE_PLAIN;
    }
}

static enum page_color result_color(enum rule_result result)
{
    switch (result) {
    case RESULT_PASS:
        return PAGE_GREEN;
    case RESULT_WARN:
        return PAGE_YELLOW;
    case RESULT_FAIL:
        return PAGE_RED;
    default:
        return PAGE_PLAIN;
    }
}

static const char *result_word(enum rule_result result)
{
    return result == RESULT_NOT_APPLICABLE ? "n/a" : rule_result_name(result);
}

static void section(struct page *page, const char *title)
{
    page_line(page);
    page_words(page, title);
    page_line(page);
}

/* "Level     at least April 2019": the label, then words that stay to the right of it. */
static void labelled(struct page *page, const char *label, const char *text)
{
    page->indent = LABEL_COLUMN;
    page_words(page, label);
    page_tab(page, LABEL_COLUMN);
    page_words(page, text);
    page_line(page);
    page->indent = 0;
}

static void add_heading(struct page *page, const struct machine *machine,
                        const struct assessment *assessment,
                        const struct report_options *options)
{
    if (options->number > 0) {
        if (options->number > 1)
            page_line(page);
        page_word(page, "=== ", PAGE_PLAIN);
        page_word(page, part_name(machine, assessment), PAGE_PLAIN);
        if (strcmp(part_name(machine, assessment), machine->label) != 0) {
            page_word(page, " (", PAGE_PLAIN);
            page_word(page, machine->label, PAGE_PLAIN);
            page_word(page, ")", PAGE_PLAIN);
        }
        page_word(page, " ===", PAGE_PLAIN);
        page_line(page);
    }
    if (assessment->display) {
        page_word(page, assessment->display, PAGE_PLAIN);
        page_line(page);
    }
}

static void add_verdict(struct page *page, const struct assessment *assessment)
{
    page_word(page, verdict_state_word(assessment->state), state_color(assessment->state));
    page_word(page, ":", PAGE_PLAIN);
    if (assessment->headline)
        page_more(page, assessment->headline);
    page_line(page);
    if (assessment->settle) {
        page_words(page, assessment->state == STATE_UNKNOWN ? "To settle:" : "Better evidence:");
        page_more(page, assessment->settle);
        page_line(page);
    }
}

static void add_identity(struct page *page, const struct assessment *assessment)
{
    const struct identity *identity = &assessment->identity;
    const char *parts[] = {
        part_value(identity->name),
        part_product(assessment),
        part_value(identity->installation_type),
        part_value(identity->product_type),
        part_value(identity->arch),
    };
    struct strbuf text = STRBUF_EMPTY;

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (!parts[i])
            continue;
        if (text.length > 0)
            strbuf_adds(&text, ", ");
        strbuf_adds(&text, parts[i]);
    }
    if (text.length > 0) {
        page_line(page);
        labelled(page, "Machine", strbuf_text(&text));
    }
    strbuf_free(&text);
}

/* The name of a piece of evidence, without that of the folder that was given as the machine. */
static const char *evidence_name(const struct machine *machine, unsigned evidence)
{
    size_t folder = strlen(machine->label);
    const char *name;

    if (evidence >= machine->n_evidence)
        return "";
    name = machine->evidence[evidence].name;
    if (folder > 0 && strncmp(name, machine->label, folder) == 0) {
        if (name[folder] == '/' && name[folder + 1])
            return name + folder + 1;
        if (machine->label[folder - 1] == '/' && name[folder])
            return name + folder;
    }
    return name;
}

static void add_remark(struct page *page, const char *text)
{
    if (!text[0])
        return;
    page_tab(page, page->indent);
    page_words(page, text);
}

/* Value, grade and place in columns from column on; a value that is too wide for its column has
 * the rest on the next line. Beneath stands a remark. */
static void add_statement(struct page *page, const struct fact *fact, const char *value,
                          const char *place, unsigned column, unsigned value_columns)
{
    unsigned grade_column = column + value_columns + 2;

    page_tab(page, column);
    page_word(page, value, PAGE_PLAIN);
    if (page->column + 1 > grade_column)
        page_line(page);
    page_tab(page, grade_column);
    page_word(page, fact_grade_name(fact->grade), PAGE_PLAIN);
    page->indent = grade_column + GRADE_COLUMNS + 2;
    if (page->width > 0 && page->indent + PLACE_COLUMNS > page->width) {
        page->indent = column + 2;
        page_line(page);
    }
    add_remark(page, place);
    if (fact->note) {
        page->indent = column + 2;
        if (page->column > 0)
            page_line(page);
        add_remark(page, fact->note);
    }
    if (page->column > 0)
        page_line(page);
    page->indent = 0;
}

static void widen(unsigned *columns, const char *text)
{
    unsigned needed = page_columns(text);

    if (needed > *columns && needed <= VALUE_COLUMNS)
        *columns = needed;
}

static void add_conflict(struct page *page, const struct machine *machine,
                         const struct conflict *conflict)
{
    struct strbuf place = STRBUF_EMPTY;
    unsigned columns = 0;

    page_tab(page, 2);
    page->indent = 4;
    page_words(page, fact_field_title(conflict->field));
    page_word(page, ":", PAGE_PLAIN);
    page_more(page, conflict->what ? conflict->what : "");
    page_line(page);
    for (size_t i = 0; i < conflict->n_values; i++)
        widen(&columns, conflict->values[i]->value);
    for (size_t i = 0; i < conflict->n_values; i++) {
        const struct fact *fact = conflict->values[i];

        strbuf_clear(&place);
        strbuf_adds(&place, evidence_name(machine, fact->evidence));
        if (fact->where[0])
            strbuf_addf(&place, ": %s", fact->where);
        add_statement(page, fact, fact->value, strbuf_text(&place), 4, columns);
    }
    strbuf_free(&place);
}

static void add_conflicts(struct page *page, const struct machine *machine,
                          const struct assessment *assessment)
{
    if (assessment->n_conflicts > 0)
        section(page, "Conflicts");
    for (size_t i = 0; i < assessment->n_conflicts; i++)
        add_conflict(page, machine, &assessment->conflicts[i]);
}

static bool is_shown(const struct finding *finding, bool verbose)
{
    return verbose || (finding->result != RESULT_PASS && finding->result != RESULT_NONE &&
                       finding->result != RESULT_NOT_APPLICABLE);
}

static void add_findings(struct page *page, const struct assessment *assessment, bool verbose)
{
    struct strbuf name = STRBUF_EMPTY;
    bool any = false;

    for (size_t i = 0; i < assessment->n_findings; i++) {
        const struct finding *finding = &assessment->findings[i];

        if (!is_shown(finding, verbose))
            continue;
        if (!any)
            section(page, "Findings");
        any = true;
        page->indent = 2 + LABEL_COLUMN;
        page_tab(page, 2);
        page_word(page, result_word(finding->result), result_color(finding->result));
        page_tab(page, page->indent);
        page_words(page, finding->rule->title);
        strbuf_clear(&name);
        strbuf_addf(&name, finding->policy ? "(%s, policy)" : "(%s)", finding->rule->id);
        page_more(page, strbuf_text(&name));
        page_line(page);
        page_tab(page, page->indent);
        page_words(page, finding->detail);
        page_line(page);
        page->indent = 0;
    }
    strbuf_free(&name);
}

static bool is_said(const char *text)
{
    return text && text[0];
}

static void add_level(struct page *page, const struct assessment *assessment)
{
    const char *level = assessment->level.text;
    const char *support = assessment->support.text;

    if (is_said(level) || is_said(support))
        page_line(page);
    if (is_said(level))
        labelled(page, "Level", level);
    if (is_said(support))
        labelled(page, "Support", support);
}

static void add_step(struct page *page, const struct plan_step *step)
{
    char day[DAY_TEXT_SIZE];
    struct strbuf text = STRBUF_EMPTY;

    page->indent = 6;
    page_tab(page, 2);
    if (step->step)
        strbuf_addf(&text, "%2u.", step->step);
    else
        strbuf_adds(&text, " -");
    page_word(page, strbuf_text(&text), PAGE_PLAIN);
    page_tab(page, page->indent);
    strbuf_clear(&text);
    if (step->kb) {
        strbuf_addf(&text, "KB%lu", (unsigned long)step->kb);
        if (step->title && strstr(step->title, strbuf_text(&text)))
            strbuf_clear(&text);
        else
            strbuf_adds(&text, ": ");
    }
    strbuf_adds(&text, step->title ? step->title : "");
    if (step->date != DAY_NONE)
        strbuf_addf(&text, " (%s)", day_to_text(step->date, day));
    page_words(page, strbuf_text(&text));
    page_line(page);
    if (step->why) {
        page_tab(page, 6);
        page_words(page, step->why);
        page_line(page);
    }
    page->indent = 0;
    strbuf_free(&text);
}

static void add_plan(struct page *page, const struct assessment *assessment)
{
    bool steps = false;
    bool advice = false;

    for (size_t i = 0; i < assessment->n_plan; i++) {
        const struct plan_step *step = &assessment->plan[i];

        if (step->step && !steps)
            section(page, "Plan");
        if (!step->step && !advice)
            section(page, steps ? "Beyond that" : "Advice");
        steps = steps || step->step;
        advice = advice || !step->step;
        add_step(page, step);
    }
}

/* The value, with the state of a package; valid until the next call. */
static const char *fact_text(const struct fact *fact, struct strbuf *text)
{
    if (fact->status != FACT_STATED)
        return fact_status_name(fact->status);
    if (!fact->package || fact->package->state == PACKAGE_STATE_NONE)
        return fact->value;
    strbuf_clear(text);
    strbuf_addf(text, "%s %s", fact->value, package_state_name(fact->package->state));
    return strbuf_text(text);
}

/* By piece of evidence, since each was read at one go. */
static void add_facts(struct page *page, const struct machine *machine)
{
    unsigned titles = 0;
    unsigned values = 0;
    const struct fact *before = NULL;
    struct strbuf text = STRBUF_EMPTY;

    if (machine->facts.count == 0)
        return;
    facts_each(fact, &machine->facts)
    {
        widen(&titles, fact_field_title(fact->field));
        widen(&values, fact_text(fact, &text));
    }
    section(page, "Facts");
    facts_each(fact, &machine->facts)
    {
        if (!before || before->evidence != fact->evidence) {
            page_tab(page, 2);
            page_word(page, evidence_name(machine, fact->evidence), PAGE_PLAIN);
            page_line(page);
        }
        page_tab(page, 4);
        page_word(page, fact_field_title(fact->field), PAGE_PLAIN);
        add_statement(page, fact, fact_text(fact, &text), fact->where, titles + 6, values);
        before = fact;
    }
    if (machine->facts.dropped > 0) {
        strbuf_clear(&text);
        strbuf_addf(&text, "and %lu more that were not kept",
                    (unsigned long)machine->facts.dropped);
        page_tab(page, 2);
        page_words(page, strbuf_text(&text));
        page_line(page);
    }
    strbuf_free(&text);
}

static void add_problems(struct page *page, const struct evidence *evidence)
{
    for (unsigned i = 0; i < evidence->n_problems; i++) {
        page_tab(page, 4);
        page->indent = 6;
        page_words(page, evidence->problems[i]);
        page_line(page);
    }
    if (evidence->n_problems_dropped > 0) {
        struct strbuf text = STRBUF_EMPTY;

        strbuf_addf(&text, "and %u more problems", evidence->n_problems_dropped);
        page_tab(page, 4);
        page_words(page, strbuf_text(&text));
        page_line(page);
        strbuf_free(&text);
    }
    page->indent = 0;
}

/* Damaged and unrecognised pieces are always told, the sound ones on demand. */
static void add_evidence(struct page *page, const struct machine *machine, bool verbose)
{
    bool any = false;

    for (unsigned i = 0; i < machine->n_evidence; i++) {
        const struct evidence *evidence = &machine->evidence[i];
        struct strbuf text = STRBUF_EMPTY;

        if (!verbose && evidence->reader && evidence->n_problems == 0)
            continue;
        if (!any)
            section(page, "Evidence");
        any = true;
        strbuf_adds(&text, evidence_name(machine, i));
        strbuf_addf(&text, ": %s", evidence->reader ? evidence->reader : "not recognised");
        if (evidence->bytes >= 0) {
            strbuf_adds(&text, ", ");
            part_integer(&text, evidence->bytes);
            strbuf_adds(&text, " bytes");
        }
        if (evidence->sha256)
            strbuf_addf(&text, ", SHA-256 %s", evidence->sha256);
        page_tab(page, 2);
        page->indent = 4;
        page_words(page, strbuf_text(&text));
        page_line(page);
        add_problems(page, evidence);
        strbuf_free(&text);
    }
}

static void print(const struct machine *machine, const struct assessment *assessment,
                  const struct report_options *options, struct strbuf *out)
{
    struct page page = {.out = out, .width = options->width, .color = options->color};

    add_heading(&page, machine, assessment, options);
    add_verdict(&page, assessment);
    add_identity(&page, assessment);
    add_conflicts(&page, machine, assessment);
    add_findings(&page, assessment, options->verbose);
    add_level(&page, assessment);
    add_plan(&page, assessment);
    if (options->verbose)
        add_facts(&page, machine);
    add_evidence(&page, machine, options->verbose);
}

const struct report_format report_text = {
    .name = "text",
    .title = "for people: verdict, conflicts, findings, plan",
    .machine = print,
};
