/* Tests of core/readers/report_json.c: facts out of an earlier report. That the same is judged of
 * them as before is tests/reports.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machines.h"

#define FACT(field, value, number, source)                                                         \
    "{\"field\": \"" field "\", \"value\": \"" value "\", \"source\": \"" source "\", \"grade\": " \
    "\"registry\", \"witness\": \"UBR\", \"status\": \"stated\", \"number\": " number              \
    ", \"note\": \"n\", \"package\": null}"

#define REPORT(facts, evidence)                                                                    \
    "{\"schema\": \"winver6003-report-1\", \"machine\": {\"name\": \"S1\"}, \"facts\": [" facts    \
    "], \"facts_dropped\": 3, \"evidence\": [" evidence "]}\n"

#define PIECE(name)                                                                                \
    "{\"name\": \"" name                                                                           \
    "\", \"reader\": \"reg\", \"bytes\": 12, \"sha256\": null, \"problems\": "                     \
    "[\"cut off\"], \"problems_dropped\": 2}"

static void test_facts(void **state)
{
    struct machines machines =
        machines_of("/tmp/r.json", REPORT(FACT("revision", "20489", "20489", "b.reg: HKLM: UBR"),
                                          PIECE("a.txt") "," PIECE("b.reg")));
    const struct machine *machine = machines.items[0];
    const struct fact *fact;

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_int_equal(machine->facts.count, 1);
    assert_int_equal(machine->facts.dropped, 3);
    fact = &machine->facts.items[0];
    assert_int_equal(fact->field, FIELD_REVISION);
    assert_int_equal(fact->grade, GRADE_REGISTRY);
    assert_int_equal(fact->witness, WITNESS_UBR);
    assert_int_equal(fact->number, 20489);
    assert_int_equal(fact->evidence, 1);
    assert_string_equal(fact->where, "HKLM: UBR");
    assert_string_equal(fact->note, "n");
    assert_int_equal(machine->n_evidence, 2);
    assert_string_equal(machine->evidence[0].name, "a.txt (in r.json)");
    assert_string_equal(machine->evidence[1].name, "b.reg (in r.json)");
    assert_string_equal(machine->evidence[0].reader, "report");
    assert_int_equal(machine->evidence[0].bytes, 12);
    assert_string_equal(machine->evidence[1].problems[0], "cut off");
    assert_int_equal(machine->evidence[1].n_problems_dropped, 2);
    machines_free(&machines);
}

static void test_packages(void **state)
{
    struct machines machines = machines_of(
        "r.json",
        REPORT("{\"field\": \"package\", \"value\": \"KB4493471\", \"source\": \"\", \"grade\": "
               "\"component\", \"witness\": \"cbs\", \"status\": \"stated\", \"number\": null, "
               "\"note\": null, \"package\": {\"kb\": \"KB4493471\", \"state\": "
               "\"install-pending\", \"version\": \"6.0.6003.20489\", \"identity\": \"P~1\", "
               "\"installed_on\": \"4/10/2019\"}},"
               "{\"field\": \"esu\", \"value\": \"\", \"source\": \"\", \"grade\": \"registry\", "
               "\"witness\": \"registry\", \"status\": \"absent\", \"number\": null, \"note\": "
               "\"looked\", \"package\": null}",
               ""));
    const struct fact *facts = machines.items[0]->facts.items;

    (void)state;
    assert_int_equal(machines.items[0]->facts.count, 2);
    assert_int_equal(facts[0].package->kb, 4493471);
    assert_int_equal(facts[0].package->state, PACKAGE_INSTALL_PENDING);
    assert_int_equal(facts[0].package->version.revision, 20489);
    assert_string_equal(facts[0].package->identity, "P~1");
    assert_string_equal(facts[0].package->installed_on, "4/10/2019");
    assert_int_equal(facts[1].status, FACT_ABSENT);
    assert_string_equal(facts[1].note, "looked");
    /* No piece: the report itself is the evidence. */
    assert_string_equal(machines.items[0]->evidence[0].name, "r.json");
    machines_free(&machines);
}

/* Names of pieces that begin alike, and colons in them. */
static void test_sources(void **state)
{
    struct machines machines = machines_of(
        "r.json", REPORT(FACT("build", "6003", "6003", "c: d: UBR") "," FACT(
                             "build", "6003", "6003",
                             "c: x") "," FACT("build", "6003", "6003",
                                              "c: d") "," FACT("build", "6003", "6003", "e: x"),
                         PIECE("c") "," PIECE("c: d")));
    const struct fact *facts = machines.items[0]->facts.items;

    (void)state;
    assert_int_equal(facts[0].evidence, 1);
    assert_string_equal(facts[0].where, "UBR");
    assert_int_equal(facts[1].evidence, 0);
    assert_string_equal(facts[1].where, "x");
    assert_int_equal(facts[2].evidence, 1);
    assert_string_equal(facts[2].where, "");
    assert_int_equal(facts[3].evidence, 0);
    assert_string_equal(facts[3].where, "e: x");
    machines_free(&machines);
}

/* What no reader would have stated is left out, and counted. */
static void test_not_taken(void **state)
{
    struct machines machines = machines_of(
        "r.json",
        REPORT(FACT("moon", "full", "null", "a") "," FACT("build", "x", "null", "a") "," FACT(
                   "build", "-1", "-1", "a") "," FACT("build", "9", "99999999999", "a") ","
                                                                                        "7, [8]",
               PIECE("a")));

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_int_equal(machines.items[0]->facts.count, 0);
    assert_non_null(strstr(machines.items[0]->evidence[0].problems[1], "4 of the report's facts"));
    machines_free(&machines);
}

static void test_several(void **state)
{
    struct machines machines =
        machines_of("r.json", REPORT(FACT("build", "6003", "6003", "a"), PIECE("a"))
                                  REPORT(FACT("build", "6002", "6002", "b"), PIECE("b")));

    (void)state;
    assert_int_equal(machines.count, 2);
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    assert_value(machines.items[1], FIELD_BUILD, "6002");
    assert_string_equal(machines.items[1]->evidence[0].name, "b (in r.json)");
    assert_string_equal(machines.items[1]->label, "r.json, S1");
    machines_free(&machines);
}

/* Where one machine is asked for, the pieces of a second report leave nothing behind. */
static void test_only(void **state)
{
    static const char two[] = REPORT(FACT("build", "6003", "6003", "a"), PIECE("a") "," PIECE("b"))
        REPORT(FACT("build", "6002", "6002", "b"), PIECE("b"));
    struct machine *machine = machine_new("folder");
    const char *message;
    struct input input;

    (void)state;
    input_from_memory(&input, "r.json", two, strlen(two));
    assert_int_equal(evidence_read_input(machine, &input, NULL, &message), EVIDENCE_UNRECOGNISED);
    assert_non_null(strstr(message, "2 machines"));
    assert_int_equal(machine->n_evidence, 1);
    assert_string_equal(machine->evidence[0].name, "r.json");
    assert_int_equal(machine->facts.count, 0);
    input_close(&input);
    machine_free(machine);
}

static void test_refused(void **state)
{
    struct machines machines = machines_of("r.json", "{\"schema\": \"winver6003-report-2\"}");

    (void)state;
    assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
    assert_non_null(strstr(machines.message, "another version"));
    machines_free(&machines);

    machines = machines_of("r.json", "{\"schema\": \"winver6003-report-1\", \"machine\"");
    assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
    machines_free(&machines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts),   cmocka_unit_test(test_packages),
        cmocka_unit_test(test_sources), cmocka_unit_test(test_not_taken),
        cmocka_unit_test(test_several), cmocka_unit_test(test_only),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
