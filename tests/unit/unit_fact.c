/* Facts: kept as stated, named both ways, cleaned where text enters.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/fact.h"
#include "core/limits.h"
#include "core/machine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int start(void **state)
{
    *state = machine_new("test");
    machine_add_evidence(*state, "a.txt");
    return 0;
}

static int stop(void **state)
{
    machine_free(*state);
    return 0;
}

static const struct source source = {GRADE_REGISTRY, WITNESS_CURRENT_BUILD, 0, "CurrentBuild"};

static void names_go_both_ways(void **state)
{
    (void)state;
    for (int i = 0; i < FIELD_COUNT; i++) {
        assert_int_equal(fact_field_from_name(fact_field_name((enum fact_field)i)), i);
        assert_true(fact_field_title((enum fact_field)i)[0]);
    }
    for (int i = 0; i < GRADE_COUNT; i++)
        assert_int_equal(fact_grade_from_name(fact_grade_name((enum fact_grade)i)), i);
    for (int i = 0; i < WITNESS_COUNT; i++)
        assert_int_equal(fact_witness_from_name(fact_witness_name((enum fact_witness)i)), i);
    for (int i = 0; i < FACT_STATUS_COUNT; i++)
        assert_int_equal(fact_status_from_name(fact_status_name((enum fact_status)i)), i);
    for (int i = 0; i < PACKAGE_STATE_COUNT; i++)
        assert_int_equal(package_state_from_name(package_state_name((enum package_state)i)), i);
    assert_int_equal(fact_field_from_name("no such"), FIELD_NONE);
    assert_int_equal(fact_grade_from_name("no such"), GRADE_NONE);
}

static void values_are_cleaned(void **state)
{
    static const char *const rows[][2] = {
        {"  Windows  ", "Windows"},
        {"a\x01" "b", "a b"},
        {"a\xe2\x80\xae" "b", "a b"},          /* right-to-left override */
        {"a\xff" "b", "a\xef\xbf\xbd" "b"},    /* never UTF-8 */
        {"a\xed\xa0\x80" "b", "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" "b"}, /* surrogate */
        {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"}, /* overlong */
        {"\xd0\x92\xd0\xb5", "\xd0\x92\xd0\xb5"},
        {"a\xc2\x9b" "31m", "a 31m"}, /* C1 control */
    };
    struct machine *machine = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct fact *fact =
            facts_add_text(&machine->facts, &source, FIELD_OWNER, rows[i][0]);

        assert_string_equal(fact->value, rows[i][1]);
        assert_int_equal(fact->status, FACT_STATED);
    }
}

static void empty_is_absent(void **state)
{
    struct machine *machine = *state;

    assert_int_equal(facts_add_text(&machine->facts, &source, FIELD_OWNER, " ")->status,
                     FACT_ABSENT);
    assert_null(facts_best(&machine->facts, FIELD_OWNER));
}

static void the_best_grade_wins_and_the_first_of_equals(void **state)
{
    struct machine *machine = *state;
    struct source tool = {GRADE_TOOL, WITNESS_VER, 0, "line 1"};
    struct source other = {GRADE_REGISTRY, WITNESS_CURRENT_BUILD_NUMBER, 0, "x"};

    facts_add_number(&machine->facts, &tool, FIELD_BUILD, 6001);
    facts_add_number(&machine->facts, &source, FIELD_BUILD, 6002);
    facts_add_number(&machine->facts, &other, FIELD_BUILD, 6003);
    assert_int_equal(facts_best(&machine->facts, FIELD_BUILD)->number, 6002);
    assert_int_equal(facts_by_witness(&machine->facts, FIELD_BUILD, WITNESS_VER)->number, 6001);
    assert_null(facts_by_witness(&machine->facts, FIELD_BUILD, WITNESS_WMI));
}

static void a_lab_string_states_more_than_itself(void **state)
{
    struct machine *machine = *state;
    struct facts *facts = &machine->facts;

    facts_add_build_lab(facts, &source, FIELD_BUILD_LAB_EX,
                        "6003.22918.amd64fre.vistasp2_ldr_escrow.240927-1811");
    assert_int_equal(facts_by_witness(facts, FIELD_BUILD, WITNESS_BUILD_LAB_EX)->number, 6003);
    assert_int_equal(facts_by_witness(facts, FIELD_REVISION, WITNESS_BUILD_LAB_EX)->number, 22918);
    assert_string_equal(facts_by_witness(facts, FIELD_ARCH, WITNESS_BUILD_LAB_EX)->value, "x64");
    assert_int_equal(facts->count, 4);

    facts_add_build_lab(facts, &source, FIELD_BUILD_LAB, "nonsense");
    assert_int_equal(facts->count, 5);
    assert_non_null(facts->items[4].note);
}

static void the_limit_counts_what_it_drops(void **state)
{
    struct machine *machine = *state;

    for (int i = 0; i < LIMIT_FACTS + 3; i++)
        assert_non_null(facts_add_number(&machine->facts, &source, FIELD_SKU, i));
    assert_int_equal(machine->facts.count, LIMIT_FACTS);
    assert_int_equal(machine->facts.dropped, 3);
}

static void packages_keep_what_they_are_given(void **state)
{
    struct machine *machine = *state;
    struct package package = {.kb = 4493471,
                              .state = PACKAGE_INSTALLED,
                              .version = {6, 0, 6003, 20489},
                              .identity = "Package_for_KB4493471~31bf3856ad364e35~x86~~6.0.1.0"};
    const struct fact *fact = facts_add_package(&machine->facts, &source, &package);

    assert_string_equal(fact->value, "KB4493471");
    assert_int_equal(fact->package->state, PACKAGE_INSTALLED);
    assert_string_equal(fact->package->identity, package.identity);
    assert_ptr_not_equal(fact->package->identity, package.identity);
}

static void problems_are_limited(void **state)
{
    struct machine *machine = *state;

    for (int i = 0; i < LIMIT_PROBLEMS + 2; i++)
        machine_add_problem(machine, 0, "line %d: bad\x1b[31m", i);
    assert_int_equal(machine->evidence[0].n_problems, LIMIT_PROBLEMS);
    assert_int_equal(machine->evidence[0].n_problems_dropped, 2);
    assert_string_equal(machine->evidence[0].problems[0], "line 0: bad [31m");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_go_both_ways),
        cmocka_unit_test_setup_teardown(values_are_cleaned, start, stop),
        cmocka_unit_test_setup_teardown(empty_is_absent, start, stop),
        cmocka_unit_test_setup_teardown(the_best_grade_wins_and_the_first_of_equals, start, stop),
        cmocka_unit_test_setup_teardown(a_lab_string_states_more_than_itself, start, stop),
        cmocka_unit_test_setup_teardown(the_limit_counts_what_it_drops, start, stop),
        cmocka_unit_test_setup_teardown(packages_keep_what_they_are_given, start, stop),
        cmocka_unit_test_setup_teardown(problems_are_limited, start, stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
