/* The report as JSON: one indented object a machine (json), or one line a machine (jsonl).
 *
 * resources/schema/report-1.json says what each member means. Every member is always there, null
 * where it is not known, in this order; a change that breaks a reader of it makes it report-2.
 *
 * SPDX-License-Identifier: MIT
 */
#include "formats.h"
#include "json_write.h"
#include "parts.h"

#include "core/report/version.h"

#include <stdio.h>

#define SCHEMA "winver6003-report-1"

/* null for anything below zero: the ways in which versions and counts say "not known". */
static void count_or_null(struct json_writer *json, const char *key, int64_t value)
{
    if (value < 0)
        json_write_null(json, key);
    else
        json_write_integer(json, key, value);
}

static void day_or_null(struct json_writer *json, const char *key, day_t day)
{
    char text[DAY_TEXT_SIZE];

    json_write_string(json, key, day == DAY_NONE ? NULL : day_to_text(day, text));
}

static void text_or_null(struct json_writer *json, const char *key, const char *value)
{
    json_write_string(json, key, value && value[0] ? value : NULL);
}

static void kb_or_null(struct json_writer *json, uint32_t kb)
{
    char text[16];

    snprintf(text, sizeof(text), "KB%lu", (unsigned long)kb);
    json_write_string(json, "kb", kb ? text : NULL);
}

static void source(struct json_writer *json, const char *key, const struct machine *machine,
                   const struct fact *fact)
{
    struct strbuf text = STRBUF_EMPTY;

    if (fact)
        part_source(machine, fact, &text);
    json_write_string(json, key, fact ? strbuf_text(&text) : NULL);
    strbuf_free(&text);
}

static void add_tool(struct json_writer *json)
{
    json_write_object(json, "tool");
    json_write_string(json, "name", "winver6003");
    json_write_string(json, "version", WINVER6003_VERSION);
    json_write_object_end(json);
}

static void add_machine(struct json_writer *json, const struct machine *machine,
                        const struct assessment *assessment)
{
    const struct identity *identity = &assessment->identity;

    json_write_object(json, "machine");
    json_write_string(json, "name", part_name(machine, assessment));
    text_or_null(json, "product", part_product(assessment));
    json_write_string(json, "product_as_written", part_value(identity->product));
    json_write_string(json, "product_type", part_value(identity->product_type));
    json_write_string(json, "edition", part_value(identity->edition));
    json_write_string(json, "installation_type", part_value(identity->installation_type));
    json_write_string(json, "arch", part_value(identity->arch));
    json_write_string(json, "owner", part_value(identity->owner));
    json_write_string(json, "organization", part_value(identity->organization));
    json_write_string(json, "product_id", part_value(identity->product_id));
    count_or_null(json, "memory_kb", identity->memory_kb ? identity->memory_kb->number : -1);
    json_write_string(json, "install_date", part_value(identity->install_date));
    json_write_object_end(json);
}

static void add_version(struct json_writer *json, const struct assessment *assessment)
{
    const struct version *version = &assessment->version;

    json_write_object(json, "version");
    json_write_string(json, "display", assessment->display);
    count_or_null(json, "major", version->major);
    count_or_null(json, "minor", version->minor);
    count_or_null(json, "build", version->build);
    count_or_null(json, "revision", version->revision);
    count_or_null(json, "service_pack", assessment->service_pack);
    json_write_object_end(json);
}

static void add_lab(struct json_writer *json, const struct assessment *assessment)
{
    const struct build_lab *lab = &assessment->lab_parts;
    char compiled[DAY_TEXT_SIZE + 8];

    if (!assessment->lab) {
        json_write_null(json, "lab");
        return;
    }
    json_write_object(json, "lab");
    json_write_string(json, "string", assessment->lab->value);
    count_or_null(json, "build", lab->build);
    count_or_null(json, "revision", lab->revision);
    text_or_null(json, "arch", lab->arch);
    text_or_null(json, "flavour", lab->flavour);
    text_or_null(json, "branch", lab->branch);
    day_to_text(lab->day, compiled);
    if (compiled[0] && lab->minute >= 0 && lab->minute < 24 * 60)
        snprintf(compiled + 10, sizeof(compiled) - 10, "T%02u:%02u", (unsigned)lab->minute / 60,
                 (unsigned)lab->minute % 60);
    text_or_null(json, "compiled", compiled);
    json_write_object_end(json);
}

static void add_verdict(struct json_writer *json, const struct assessment *assessment)
{
    json_write_object(json, "verdict");
    json_write_string(json, "state", verdict_state_name(assessment->state));
    json_write_integer(json, "exit_code", assessment->exit_code);
    json_write_string(json, "headline", assessment->headline ? assessment->headline : "");
    json_write_object_end(json);
}

static void add_level(struct json_writer *json, const struct machine *machine,
                      const struct level *level)
{
    if (!level->release) {
        json_write_null(json, "level");
        return;
    }
    json_write_object(json, "level");
    json_write_string(json, "release", level->release->id);
    json_write_string(json, "name", level->release->name);
    day_or_null(json, "date", level->release->date);
    count_or_null(json, "build", level->release->build);
    count_or_null(json, "revision", level->release->revision);
    source(json, "by", machine, level->by);
    json_write_string(json, "text", level->text ? level->text : "");
    json_write_boolean(json, "final", level->final);
    count_or_null(json, "releases_behind", level->releases_behind);
    count_or_null(json, "days_behind", level->days_behind);
    count_or_null(json, "cves_since", level->cves_since);
    count_or_null(json, "kev_since", level->kev_since);
    json_write_object_end(json);
}

static void add_support(struct json_writer *json, const struct support *support)
{
    const struct lifecycle_phase *phase = support->phase;

    json_write_object(json, "support");
    day_or_null(json, "on", support->on);
    json_write_string(json, "phase", phase ? phase->id : NULL);
    json_write_string(json, "name", phase ? phase->name : NULL);
    json_write_boolean(json, "ended", support->ended);
    day_or_null(json, "until", phase ? phase->last : DAY_NONE);
    json_write_string(json, "text", support->text ? support->text : "");
    json_write_object_end(json);
}

static void add_findings(struct json_writer *json, const struct assessment *assessment)
{
    json_write_array(json, "findings");
    for (size_t i = 0; i < assessment->n_findings; i++) {
        const struct finding *finding = &assessment->findings[i];

        json_write_object(json, NULL);
        json_write_string(json, "rule", finding->rule->id);
        json_write_string(json, "result", rule_result_name(finding->result));
        json_write_string(json, "severity", severity_name(finding->rule->severity));
        json_write_string(json, "title", finding->rule->title);
        json_write_string(json, "detail", finding->detail);
        json_write_string(json, "source", finding->rule->source);
        json_write_boolean(json, "policy", finding->policy);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void add_conflicts(struct json_writer *json, const struct machine *machine,
                          const struct assessment *assessment)
{
    json_write_array(json, "conflicts");
    for (size_t i = 0; i < assessment->n_conflicts; i++) {
        const struct conflict *conflict = &assessment->conflicts[i];

        json_write_object(json, NULL);
        json_write_string(json, "field", fact_field_name(conflict->field));
        json_write_string(json, "what", conflict->what);
        json_write_array(json, "values");
        for (size_t j = 0; j < conflict->n_values; j++) {
            const struct fact *fact = conflict->values[j];

            json_write_object(json, NULL);
            json_write_string(json, "value", fact->value);
            source(json, "source", machine, fact);
            json_write_string(json, "grade", fact_grade_name(fact->grade));
            json_write_string(json, "witness", fact_witness_name(fact->witness));
            json_write_object_end(json);
        }
        json_write_array_end(json);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void add_package(struct json_writer *json, const struct package *package)
{
    struct strbuf version = STRBUF_EMPTY;

    if (!package) {
        json_write_null(json, "package");
        return;
    }
    part_version(&package->version, &version);
    json_write_object(json, "package");
    kb_or_null(json, package->kb);
    /* A plain list states none. */
    json_write_string(json, "state",
                package->state == PACKAGE_STATE_NONE ? NULL : package_state_name(package->state));
    text_or_null(json, "version", strbuf_text(&version));
    json_write_string(json, "identity", package->identity);
    json_write_string(json, "installed_on", package->installed_on);
    json_write_object_end(json);
    strbuf_free(&version);
}

static void add_facts(struct json_writer *json, const struct machine *machine)
{
    json_write_array(json, "facts");
    facts_each(fact, &machine->facts)
    {
        json_write_object(json, NULL);
        json_write_string(json, "field", fact_field_name(fact->field));
        json_write_string(json, "value", fact->value);
        source(json, "source", machine, fact);
        json_write_string(json, "grade", fact_grade_name(fact->grade));
        json_write_string(json, "witness", fact_witness_name(fact->witness));
        json_write_string(json, "status", fact_status_name(fact->status));
        if (fact->number == FACT_NO_NUMBER)
            json_write_null(json, "number");
        else
            json_write_integer(json, "number", fact->number);
        json_write_string(json, "note", fact->note);
        add_package(json, fact->package);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_integer(json, "facts_dropped", (int64_t)machine->facts.dropped);
}

static void add_plan(struct json_writer *json, const struct assessment *assessment)
{
    json_write_array(json, "plan");
    for (size_t i = 0; i < assessment->n_plan; i++) {
        const struct plan_step *step = &assessment->plan[i];

        json_write_object(json, NULL);
        json_write_integer(json, "step", step->step);
        kb_or_null(json, step->kb);
        json_write_string(json, "title", step->title ? step->title : "");
        json_write_string(json, "why", step->why);
        day_or_null(json, "date", step->date);
        json_write_string(json, "source", step->source);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void add_evidence(struct json_writer *json, const struct machine *machine)
{
    json_write_array(json, "evidence");
    for (unsigned i = 0; i < machine->n_evidence; i++) {
        const struct evidence *evidence = &machine->evidence[i];

        json_write_object(json, NULL);
        json_write_string(json, "name", evidence->name ? evidence->name : "");
        json_write_string(json, "reader", evidence->reader);
        count_or_null(json, "bytes", evidence->bytes);
        json_write_string(json, "sha256", evidence->sha256);
        json_write_array(json, "problems");
        for (unsigned j = 0; j < evidence->n_problems; j++)
            json_write_string(json, NULL, evidence->problems[j]);
        json_write_array_end(json);
        json_write_integer(json, "problems_dropped", evidence->n_problems_dropped);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void add_report(struct json_writer *json, const struct machine *machine,
                       const struct assessment *assessment)
{
    json_write_object(json, NULL);
    json_write_string(json, "schema", SCHEMA);
    add_tool(json);
    day_or_null(json, "as_of", assessment->support.on);
    add_machine(json, machine, assessment);
    add_version(json, assessment);
    add_lab(json, assessment);
    add_verdict(json, assessment);
    json_write_string(json, "settle", assessment->settle);
    add_level(json, machine, &assessment->level);
    add_support(json, &assessment->support);
    add_findings(json, assessment);
    add_conflicts(json, machine, assessment);
    add_facts(json, machine);
    add_plan(json, assessment);
    add_evidence(json, machine);
    json_write_object_end(json);
    strbuf_addc(json->out, '\n');
}

static void print_json(const struct machine *machine, const struct assessment *assessment,
                       const struct report_options *options, struct strbuf *out)
{
    struct json_writer json = JSON_WRITER(out, true);

    (void)options;
    add_report(&json, machine, assessment);
}

static void print_jsonl(const struct machine *machine, const struct assessment *assessment,
                        const struct report_options *options, struct strbuf *out)
{
    struct json_writer json = JSON_WRITER(out, false);

    (void)options;
    add_report(&json, machine, assessment);
}

const struct report_format report_json = {
    .name = "json",
    .title = "one JSON object a machine",
    .verbatim = true,
    .machine = print_json,
};

const struct report_format report_jsonl = {
    .name = "jsonl",
    .title = "one line of JSON a machine",
    .verbatim = true,
    .machine = print_jsonl,
};
