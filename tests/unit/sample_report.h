/* A machine and an assessment made up for the tests of the reports: every member filled, nothing
 * judged, so that a report is tested apart from the judge.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_SAMPLE_REPORT_H
#define WINVER6003_SAMPLE_REPORT_H

#include "core/report/report.h"

#include <string.h>

struct sample {
    struct machine *machine;
    struct assessment assessment;
    struct finding findings[3];
    struct conflict conflict;
    const struct fact *values[2];
    struct plan_step plan[2];
};

static const struct rule sample_rules[] = {
    {.id = "build-agrees", .title = "One build", .good = "g", .bad = "b", .absent = "a",
     .remedy = "r", .source = "rule source", .severity = SEVERITY_HIGH},
    {.id = "esu", .title = "Entitlement", .good = "g", .bad = "b", .absent = "a", .remedy = "r",
     .source = "rule source", .severity = SEVERITY_LOW},
    {.id = "hive-clean", .title = "Clean hive", .good = "g", .bad = "b", .absent = "a",
     .remedy = "r", .source = "rule source", .severity = SEVERITY_MEDIUM},
};

static const struct release sample_release = {
    .id = "2019-04", .name = "April 2019", .build = 6003, .revision = 20489,
    .kind = RELEASE_PATCH_TUESDAY, .source = "s",
};

static const struct fact *sample_best(const struct sample *sample, enum fact_field field)
{
    return facts_best(&sample->machine->facts, field);
}

/* name is that of the computer and may be anything a machine could state. */
static void sample_make(struct sample *sample, const char *name)
{
    static struct release release;
    struct source source = {GRADE_TOOL, WITNESS_SYSTEMINFO, 0, "OS Version, line 4"};
    struct package package = {.kb = 4493471, .state = PACKAGE_INSTALLED,
                              .version = VERSION_NONE};
    struct assessment *a = &sample->assessment;

    memset(sample, 0, sizeof(*sample));
    release = sample_release;
    release.date = day_from_ymd(2019, 4, 9);
    sample->machine = machine_new("server.txt");
    machine_add_evidence(sample->machine, "server.txt");
    sample->machine->evidence[0].reader = "text";
    sample->machine->evidence[0].bytes = 1234;
    machine_add_problem(sample->machine, 0, "line 7: value cut");
    facts_add_number(&sample->machine->facts, &source, FIELD_BUILD, 6003);
    facts_add_number(&sample->machine->facts, &source, FIELD_SERVICE_PACK, 2);
    facts_add_text(&sample->machine->facts, &source, FIELD_COMPUTER_NAME, name);
    facts_add_package(&sample->machine->facts, &source, &package);
    facts_add_missing(&sample->machine->facts, &source, FIELD_ESU, FACT_NOT_RECORDED,
                      "the list is cut");
    source.grade = GRADE_REGISTRY;
    source.witness = WITNESS_CURRENT_BUILD;
    source.where = "CurrentBuild";
    facts_add_number(&sample->machine->facts, &source, FIELD_BUILD, 6002);
    source.witness = WITNESS_BUILD_LAB_EX;
    source.where = "BuildLabEx";
    facts_add_text(&sample->machine->facts, &source, FIELD_BUILD_LAB_EX,
                   "6003.20489.amd64fre.vistasp2_ldr_escrow.190320-1700");

    a->state = STATE_CONFLICT;
    a->exit_code = 2;
    a->headline = "Sources disagree, \"6002\" against 6003 | both stated.";
    a->display = "Version 6.0 (Build 6003: Service Pack 2)";
    a->version = (struct version){6, 0, 6003, VERSION_UNKNOWN};
    a->service_pack = 2;
    a->lab = sample_best(sample, FIELD_BUILD_LAB_EX);
    build_lab_parse(a->lab->value, &a->lab_parts);
    a->identity.name = sample_best(sample, FIELD_COMPUTER_NAME);
    a->identity.product_plain = "Windows Server 2008 Standard";
    a->level.release = &release;
    a->level.by = a->lab;
    a->level.text = "at least April 2019";
    a->level.releases_behind = 83;
    a->level.days_behind = 2471;
    a->level.cves_since = NOT_KNOWN;
    a->level.kev_since = NOT_KNOWN;
    a->support.on = day_from_ymd(2026, 6, 1);
    a->support.ended = true;
    a->support.text = "Support has ended.";
    for (size_t i = 0; i < 3; i++) {
        sample->findings[i].rule = &sample_rules[i];
        sample->findings[i].detail = "What is so on this machine.";
    }
    sample->findings[0].result = RESULT_FAIL;
    sample->findings[1].result = RESULT_WARN;
    sample->findings[1].policy = true;
    sample->findings[2].result = RESULT_PASS;
    a->findings = sample->findings;
    a->n_findings = 3;
    sample->values[0] = facts_by_witness(&sample->machine->facts, FIELD_BUILD,
                                         WITNESS_SYSTEMINFO);
    sample->values[1] = facts_by_witness(&sample->machine->facts, FIELD_BUILD,
                                         WITNESS_CURRENT_BUILD);
    sample->conflict = (struct conflict){FIELD_BUILD, "two builds", sample->values, 2};
    a->conflicts = &sample->conflict;
    a->n_conflicts = 1;
    sample->plan[0] = (struct plan_step){1, 4493730, "Install the servicing stack",
                                         "It comes first.", day_from_ymd(2019, 4, 9), "s"};
    sample->plan[1] = (struct plan_step){0, 0, "Isolate the server", "No updates come.",
                                         DAY_NONE, "s"};
    a->plan = sample->plan;
    a->n_plan = 2;
    a->settle = "ntoskrnl.exe";
}

static void sample_free(struct sample *sample)
{
    machine_free(sample->machine);
}

#endif
