/* What the detail pages say, as text with named styles.
 *
 * Every colour stands beside a mark and a word, and comes from the style sheet.
 *
 * SPDX-License-Identifier: MIT
 */
#include "details.h"

#include "core/limits.h"
#include "core/report/parts.h"

#include <string.h>

/* How a result is shown. The order is that of the page: what needs a person comes first. */
static const struct {
    enum rule_result result;
    const char *tag; /* also the style sheet's colour: word_<tag> */
    const char *mark;
    const char *word;
} results[] = {
    {RESULT_FAIL, "fail", "\u2718", "Failed"},
    {RESULT_WARN, "warn", "\u25b2", "Warning"},
    {RESULT_UNKNOWN, "unknown", "?", "Unknown"},
    {RESULT_PASS, "pass", "\u2714", "Passed"},
    {RESULT_NOT_APPLICABLE, "aside", "\u2013", "Not applicable"},
};

/* Tags of a paragraph's shape; those of results carry colour only. */
static const struct {
    const char *tag;
    int margin, above, below;
    gboolean bold;
} shapes[] = {
    {"head", 0, 12, 2, TRUE},
    {"body", 24, 1, 1, FALSE},
    {"note", 24, 1, 1, FALSE},
    {"lead", 0, 8, 4, FALSE},
};

static GtkTextTag *tag_named(GtkTextBuffer *buffer, const char *name)
{
    GtkTextTag *tag = gtk_text_tag_table_lookup(gtk_text_buffer_get_tag_table(buffer), name);

    return tag ? tag : gtk_text_buffer_create_tag(buffer, name, NULL);
}

/* The window carries the kind of theme as a class. */
static const char *theme_of(GtkWidget *view)
{
    GtkStyleContext *style = gtk_widget_get_style_context(gtk_widget_get_toplevel(view));

    if (gtk_style_context_has_class(style, "contrast"))
        return "contrast_";
    return gtk_style_context_has_class(style, "dark") ? "dark_" : "";
}

static void color_tag(GtkTextBuffer *buffer, GtkStyleContext *style, const char *theme,
                      const char *name)
{
    g_autofree char *color_name = g_strdup_printf("%sword_%s", theme, name);
    GdkRGBA color;

    if (gtk_style_context_lookup_color(style, color_name, &color))
        g_object_set(tag_named(buffer, name), "foreground-rgba", &color, NULL);
    else
        g_object_set(tag_named(buffer, name), "foreground-set", FALSE, NULL);
}

void details_make_tags(GtkTextBuffer *buffer, GtkWidget *view)
{
    GtkStyleContext *style = gtk_widget_get_style_context(view);
    const char *theme = theme_of(view);

    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++) {
        GtkTextTag *tag = tag_named(buffer, shapes[i].tag);

        g_object_set(tag, "left-margin", 12 + shapes[i].margin, "right-margin", 12,
                     "pixels-above-lines", shapes[i].above, "pixels-below-lines", shapes[i].below,
                     NULL);
        if (shapes[i].bold)
            g_object_set(tag, "weight", PANGO_WEIGHT_BOLD, NULL);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(results); i++)
        color_tag(buffer, style, theme, results[i].tag);
    color_tag(buffer, style, theme, "note");
    g_object_set(tag_named(buffer, "strong"), "weight", PANGO_WEIGHT_BOLD, NULL);
}

/* Text in up to two styles; further ones do not occur. */
static void put(GtkTextBuffer *buffer, const char *text, const char *shape, const char *style)
{
    GtkTextIter end;

    gtk_text_buffer_get_end_iter(buffer, &end);
    gtk_text_buffer_insert_with_tags_by_name(buffer, &end, text, -1, shape, style, NULL);
}

static void put_line(GtkTextBuffer *buffer, const char *shape, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void put_line(GtkTextBuffer *buffer, const char *shape, const char *format, ...)
{
    g_autofree char *text = NULL, *line = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    line = g_strconcat(text, "\n", NULL);
    put(buffer, line, shape, NULL);
}

static void put_fact_source(GtkTextBuffer *buffer, const struct machine *machine,
                            const struct fact *fact)
{
    struct strbuf text = STRBUF_EMPTY;

    part_source(machine, fact, &text);
    strbuf_adds(&text, "\n");
    if (fact->note) {
        strbuf_adds(&text, fact->note);
        strbuf_adds(&text, "\n");
    }
    put(buffer, strbuf_text(&text), "note", NULL);
    strbuf_free(&text);
}

static void put_conflict(GtkTextBuffer *buffer, const struct machine *machine,
                         const struct conflict *conflict)
{
    put(buffer, "\u2718 Conflict  ", "head", "fail");
    put_line(buffer, "head", "%s", fact_field_title(conflict->field));
    put_line(buffer, "body", "%s", conflict->what);
    for (size_t i = 0; i < conflict->n_values; i++) {
        const struct fact *fact = conflict->values[i];

        put(buffer, fact->value, "body", "strong");
        put_line(buffer, "body", ", says %s (%s)", fact_witness_name(fact->witness),
                 fact_grade_name(fact->grade));
        put_fact_source(buffer, machine, fact);
    }
}

static void put_finding(GtkTextBuffer *buffer, const struct finding *finding, size_t shown)
{
    const struct rule *rule = finding->rule;
    g_autofree char *word = g_strdup_printf("%s %s  ", results[shown].mark, results[shown].word);

    put(buffer, word, "head", results[shown].tag);
    put_line(buffer, "head", "%s", rule->title);
    if (finding->detail[0])
        put_line(buffer, "body", "%s", finding->detail);
    if (finding->policy)
        put_line(buffer, "body", "The policy decides here.");
    if (finding->result == RESULT_UNKNOWN && rule->absent)
        put_line(buffer, "body", "%s", rule->absent);
    if ((finding->result == RESULT_FAIL || finding->result == RESULT_WARN) && rule->remedy)
        put_line(buffer, "body", "What to do: %s", rule->remedy);
    put_line(buffer, "note", "Rule %s, severity %s. Source: %s", rule->id,
             severity_name(rule->severity), rule->source ? rule->source : "-");
}

void details_write_findings(GtkTextBuffer *buffer, const struct machine *machine,
                            const struct assessment *assessment)
{
    for (size_t i = 0; i < assessment->n_conflicts; i++)
        put_conflict(buffer, machine, &assessment->conflicts[i]);
    for (size_t shown = 0; shown < G_N_ELEMENTS(results); shown++)
        for (size_t i = 0; i < assessment->n_findings; i++)
            if (assessment->findings[i].result == results[shown].result)
                put_finding(buffer, &assessment->findings[i], shown);
}

static gboolean in_conflict(const struct assessment *assessment, const struct fact *fact)
{
    for (size_t i = 0; i < assessment->n_conflicts; i++)
        for (size_t j = 0; j < assessment->conflicts[i].n_values; j++)
            if (assessment->conflicts[i].values[j] == fact)
                return TRUE;
    return FALSE;
}

/* Fields of which a machine has many: two of them do not contradict each other. */
static gboolean field_is_a_list(enum fact_field field)
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
        return TRUE;
    default:
        return FALSE;
    }
}

/* Whether the sources of one field say the same. */
enum agreement { AGREEMENT_NONE, AGREEMENT_ALONE, AGREEMENT_SAME, AGREEMENT_DIFFERENT };

static const struct {
    const char *tag, *words;
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
static void put_fact(GtkTextBuffer *buffer, const struct machine *machine,
                     const struct assessment *assessment, const struct fact *fact,
                     enum agreement agreement)
{
    const char *state = fact->package && fact->package->state != PACKAGE_STATE_NONE
                            ? package_state_name(fact->package->state)
                            : NULL;
    g_autofree char *said =
        g_strdup_printf("%s%s  %s, grade %s", state ? ", " : "", state ? state : "",
                        fact_witness_name(fact->witness), fact_grade_name(fact->grade));

    if (fact->status == FACT_STATED)
        put(buffer, fact->value, "body", "strong");
    else
        put(buffer, fact_status_name(fact->status), "body", NULL);
    put(buffer, said, "body", NULL);
    if (in_conflict(assessment, fact))
        put(buffer, "  \u2718 contradicted", "body", "fail");
    else if (fact->status == FACT_STATED && agreement != AGREEMENT_NONE)
        put(buffer, agreements[agreement].words, "body", agreements[agreement].tag);
    put(buffer, "\n", "body", NULL);
    put_fact_source(buffer, machine, fact);
}

void details_write_facts(GtkTextBuffer *buffer, const struct machine *machine,
                         const struct assessment *assessment)
{
    for (int field = FIELD_NONE + 1; field < FIELD_COUNT; field++) {
        enum agreement agreement = agreement_on(&machine->facts, (enum fact_field)field);
        gboolean headed = FALSE;

        facts_each (fact, &machine->facts) {
            if ((int)fact->field != field)
                continue;
            if (!headed)
                put_line(buffer, "head", "%s", fact_field_title(fact->field));
            headed = TRUE;
            put_fact(buffer, machine, assessment, fact, agreement);
        }
    }
    if (machine->facts.dropped)
        put_line(buffer, "lead", "%lu more facts were not kept: the limit is %d.",
                 (unsigned long)machine->facts.dropped, LIMIT_FACTS);
}

static void put_step(GtkTextBuffer *buffer, const struct plan_step *step)
{
    char date[DAY_TEXT_SIZE];

    if (step->step)
        put_line(buffer, "head", "%u.  %s", step->step, step->title);
    else
        put_line(buffer, "head", "\u2022  %s", step->title);
    if (step->why && step->why[0])
        put_line(buffer, "body", "%s", step->why);
    day_to_text(step->date, date);
    if (step->kb && date[0])
        put_line(buffer, "note", "KB%u of %s. Source: %s", step->kb, date,
                 step->source ? step->source : "-");
    else if (step->kb)
        put_line(buffer, "note", "KB%u. Source: %s", step->kb, step->source ? step->source : "-");
    else if (step->source && step->source[0])
        put_line(buffer, "note", "Source: %s", step->source);
}

void details_write_plan(GtkTextBuffer *buffer, const struct machine *machine,
                        const struct assessment *assessment)
{
    (void)machine;
    if (!assessment->n_plan)
        put_line(buffer, "lead", "There is no step to take on what this evidence shows.");
    for (size_t i = 0; i < assessment->n_plan; i++)
        put_step(buffer, &assessment->plan[i]);
}

static void put_piece(GtkTextBuffer *buffer, const struct evidence *evidence)
{
    g_autofree char *size =
        g_format_size_full((guint64)MAX(evidence->bytes, 0), G_FORMAT_SIZE_LONG_FORMAT);

    put_line(buffer, "head", "%s", evidence->name);
    if (evidence->reader)
        put_line(buffer, "body", "Read as %s, %s", evidence->reader, size);
    else
        put_line(buffer, "body", "Not recognised, nothing was taken from it");
    if (evidence->sha256)
        put_line(buffer, "note", "SHA-256 %s", evidence->sha256);
    for (unsigned i = 0; i < evidence->n_problems; i++) {
        put(buffer, "\u25b2 Problem  ", "body", "warn");
        put_line(buffer, "body", "%s", evidence->problems[i]);
    }
    if (evidence->n_problems_dropped)
        put_line(buffer, "body", "and %u more problems", evidence->n_problems_dropped);
}

void details_write_evidence(GtkTextBuffer *buffer, const struct machine *machine,
                            const struct assessment *assessment)
{
    if (assessment->settle)
        put_line(buffer, "lead", "What would help most: %s", assessment->settle);
    for (unsigned i = 0; i < machine->n_evidence; i++)
        put_piece(buffer, &machine->evidence[i]);
}
