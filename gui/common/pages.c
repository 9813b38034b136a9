/* Writes what the detail pages say.
 *
 * SPDX-License-Identifier: MIT
 */
#include "pages.h"

#include "core/limits.h"
#include "core/report/parts.h"
#include "summary.h"

#include <stdlib.h>
#include <string.h>

const struct pages_result pages_results[PAGES_RESULTS] = {
    {RESULT_FAIL, "fail", "\u2718", "Failed"},
    {RESULT_WARN, "warn", "\u25b2", "Warning"},
    {RESULT_UNKNOWN, "unknown", "?", "Unknown"},
    {RESULT_PASS, "pass", "\u2714", "Passed"},
    {RESULT_NOT_APPLICABLE, "aside", "\u2013", "Not applicable"},
};

static void put(const struct pages_sink *sink, const char *text, const char *shape,
                const char *style)
{
    sink->put(sink->data, text, shape, style);
}

static void put_line(const struct pages_sink *sink, const char *shape, const char *format, ...)
    PRINTF_LIKE(3, 4);

static void put_line(const struct pages_sink *sink, const char *shape, const char *format, ...)
{
    struct strbuf line = STRBUF_EMPTY;
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length > 0) {
        va_start(args, format);
        vsnprintf(strbuf_reserve(&line, (size_t)length), (size_t)length + 1, format, args);
        va_end(args);
        line.length += (size_t)length;
    }
    strbuf_addc(&line, '\n');
    put(sink, strbuf_text(&line), shape, NULL);
    strbuf_free(&line);
}

static void put_fact_source(const struct pages_sink *sink, const struct machine *machine,
                            const struct fact *fact)
{
    struct strbuf text = STRBUF_EMPTY;

    part_source(machine, fact, &text);
    strbuf_adds(&text, "\n");
    if (fact->note) {
        strbuf_adds(&text, fact->note);
        strbuf_adds(&text, "\n");
    }
    put(sink, strbuf_text(&text), "note", NULL);
    strbuf_free(&text);
}

static void put_conflict(const struct pages_sink *sink, const struct machine *machine,
                         const struct conflict *conflict)
{
    put(sink, "\u2718 Conflict  ", "head", "fail");
    put_line(sink, "head", "%s", fact_field_title(conflict->field));
    put_line(sink, "body", "%s", conflict->what);
    for (size_t i = 0; i < conflict->n_values; i++) {
        const struct fact *fact = conflict->values[i];

        put(sink, fact->value, "body", "strong");
        put_line(sink, "body", ", says %s (%s)", fact_witness_name(fact->witness),
                 fact_grade_name(fact->grade));
        put_fact_source(sink, machine, fact);
    }
}

static void put_finding(const struct pages_sink *sink, const struct finding *finding, size_t shown)
{
    const struct rule *rule = finding->rule;
    const struct pages_result *result = &pages_results[shown];
    struct strbuf word = STRBUF_EMPTY;

    strbuf_addf(&word, "%s %s  ", result->mark, result->word);
    put(sink, strbuf_text(&word), "head", result->style);
    strbuf_free(&word);
    put_line(sink, "head", "%s", rule->title);
    if (finding->detail[0])
        put_line(sink, "body", "%s", finding->detail);
    if (finding->policy)
        put_line(sink, "body", "The policy decides here.");
    if (finding->result == RESULT_UNKNOWN && rule->absent)
        put_line(sink, "body", "%s", rule->absent);
    if ((finding->result == RESULT_FAIL || finding->result == RESULT_WARN) && rule->remedy)
        put_line(sink, "body", "What to do: %s", rule->remedy);
    put_line(sink, "note", "Rule %s, severity %s. Source: %s", rule->id,
             severity_name(rule->severity), rule->source ? rule->source : "-");
}

void pages_write_findings(const struct pages_sink *sink, const struct machine *machine,
                          const struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->n_conflicts; i++)
        put_conflict(sink, machine, &assessment->conflicts[i]);
    for (size_t shown = 0; shown < PAGES_RESULTS; shown++)
        for (size_t i = 0; i < assessment->n_findings; i++)
            if (assessment->findings[i].result == pages_results[shown].result)
                put_finding(sink, &assessment->findings[i], shown);
}

static bool in_conflict(const struct assessment *assessment, const struct fact *fact)
{
    for (size_t i = 0; i < assessment->n_conflicts; i++)
        for (size_t j = 0; j < assessment->conflicts[i].n_values; j++)
            if (assessment->conflicts[i].values[j] == fact)
                return true;
    return false;
}

/* Fields of which a machine has many: two of them do not contradict each other. */
static bool field_is_a_list(enum fact_field field)
{
    switch (field) {
    case FIELD_OS_FILE:
    case FIELD_PACKAGE:
    case FIELD_PACKAGE_LIST:
    case FIELD_PENDING:
    case FIELD_ESU:
    case FIELD_IMITATION:
    case FIELD_VISTA_MARK:
    case FIELD_LOOKALIKE:
    case FIELD_HIVE:
    case FIELD_ENCODING:
    case FIELD_EVIDENCE_DATE:
        return true;
    default:
        return false;
    }
}

/* Whether the sources of one field say the same. */
enum agreement { AGREEMENT_NONE, AGREEMENT_ALONE, AGREEMENT_SAME, AGREEMENT_DIFFERENT };

static const struct {
    const char *style, *words;
} agreements[] = {
    [AGREEMENT_NONE] = {"note", ""},
    [AGREEMENT_ALONE] = {"note", "  \u2013 only source"},
    [AGREEMENT_SAME] = {"pass", "  \u2714 others agree"},
    [AGREEMENT_DIFFERENT] = {"warn", "  \u25b2 others differ"},
};

static enum agreement agreement_on(const struct facts *facts, enum fact_field field)
{
    enum agreement agreement = AGREEMENT_NONE;
    const char *value = NULL;

    if (field_is_a_list(field))
        return AGREEMENT_NONE;
    facts_each (fact, facts) {
        if (fact->field != field || fact->status != FACT_STATED)
            continue;
        if (value && strcmp(value, fact->value))
            return AGREEMENT_DIFFERENT;
        agreement = value ? AGREEMENT_SAME : AGREEMENT_ALONE;
        value = fact->value;
    }
    return agreement;
}

/* In few pieces: a machine may have thousands of facts, and each piece has its price. */
static void put_fact(const struct pages_sink *sink, const struct machine *machine,
                     const struct assessment *assessment, const struct fact *fact,
                     enum agreement agreement)
{
    const char *state = fact->package && fact->package->state != PACKAGE_STATE_NONE
                            ? package_state_name(fact->package->state)
                            : NULL;
    struct strbuf said = STRBUF_EMPTY;

    strbuf_addf(&said, "%s%s  %s, grade %s", state ? ", " : "", state ? state : "",
                fact_witness_name(fact->witness), fact_grade_name(fact->grade));
    if (fact->status == FACT_STATED)
        put(sink, fact->value, "body", "strong");
    else
        put(sink, fact_status_name(fact->status), "body", NULL);
    put(sink, strbuf_text(&said), "body", NULL);
    strbuf_free(&said);
    if (in_conflict(assessment, fact))
        put(sink, "  \u2718 contradicted", "body", "fail");
    else if (fact->status == FACT_STATED && agreement != AGREEMENT_NONE)
        put(sink, agreements[agreement].words, "body", agreements[agreement].style);
    put(sink, "\n", "body", NULL);
    put_fact_source(sink, machine, fact);
}

void pages_write_facts(const struct pages_sink *sink, const struct machine *machine,
                       const struct assessment *assessment)
{
    for (int field = FIELD_NONE + 1; field < FIELD_COUNT; field++) {
        enum agreement agreement = agreement_on(&machine->facts, (enum fact_field)field);
        bool headed = false;

        facts_each (fact, &machine->facts) {
            if ((int)fact->field != field)
                continue;
            if (!headed)
                put_line(sink, "head", "%s", fact_field_title(fact->field));
            headed = true;
            put_fact(sink, machine, assessment, fact, agreement);
        }
    }
    if (machine->facts.dropped)
        put_line(sink, "lead", "%lu more facts were not kept: the limit is %d.",
                 (unsigned long)machine->facts.dropped, LIMIT_FACTS);
}

static void put_step(const struct pages_sink *sink, const struct plan_step *step)
{
    char date[DAY_TEXT_SIZE];

    if (step->step)
        put_line(sink, "head", "%u.  %s", step->step, step->title);
    else
        put_line(sink, "head", "\u2022  %s", step->title);
    if (step->why && step->why[0])
        put_line(sink, "body", "%s", step->why);
    day_to_text(step->date, date);
    if (step->kb && date[0])
        put_line(sink, "note", "KB%u of %s. Source: %s", step->kb, date,
                 step->source ? step->source : "-");
    else if (step->kb)
        put_line(sink, "note", "KB%u. Source: %s", step->kb, step->source ? step->source : "-");
    else if (step->source && step->source[0])
        put_line(sink, "note", "Source: %s", step->source);
}

void pages_write_plan(const struct pages_sink *sink, const struct machine *machine,
                      const struct assessment *assessment)
{
    (void)machine;
    if (!assessment->n_plan)
        put_line(sink, "lead", "There is no step to take on what this evidence shows.");
    for (size_t i = 0; i < assessment->n_plan; i++)
        put_step(sink, &assessment->plan[i]);
}

static void put_piece(const struct pages_sink *sink, const struct evidence *evidence)
{
    char *bytes = summary_number(evidence->bytes > 0 ? evidence->bytes : 0);

    put_line(sink, "head", "%s", evidence->name);
    if (evidence->reader && evidence->bytes > 0)
        put_line(sink, "body", "Read as %s, %s %s", evidence->reader, bytes,
                 evidence->bytes == 1 ? "byte" : "bytes");
    else if (evidence->reader)
        put_line(sink, "body", "Read as %s", evidence->reader);
    else
        put_line(sink, "body", "Not recognised, nothing was taken from it");
    if (evidence->sha256)
        put_line(sink, "note", "SHA-256 %s", evidence->sha256);
    for (unsigned i = 0; i < evidence->n_problems; i++) {
        put(sink, "\u25b2 Problem  ", "body", "warn");
        put_line(sink, "body", "%s", evidence->problems[i]);
    }
    if (evidence->n_problems_dropped)
        put_line(sink, "body", "and %u more problems", evidence->n_problems_dropped);
    free(bytes);
}

void pages_write_evidence(const struct pages_sink *sink, const struct machine *machine,
                          const struct assessment *assessment)
{
    if (assessment->settle)
        put_line(sink, "lead", "What would help most: %s", assessment->settle);
    for (unsigned i = 0; i < machine->n_evidence; i++)
        put_piece(sink, &machine->evidence[i]);
}
