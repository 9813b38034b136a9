/* Tests of cli/inventory_judge.c: a row becomes a machine with a verdict, a damaged one a machine
 * of which nothing is known.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/inventory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct inventory_cell cell(const char *text)
{
    return (struct inventory_cell){text, strlen(text)};
}

static struct inventory_row row_of(const char *host, const char *version, const char *product)
{
    return (struct inventory_row){{cell(host), cell(version), cell("2"), cell(product), cell("")},
                                  NULL};
}

static const struct inventory_place place = {"fleet.csv", "line 7", 41};

static void test_sound_row(void **state)
{
    const struct judge_options options = {.as_of = day_from_text("2026-02-01")};
    struct inventory_row row = row_of("SRV01", "6.0.6003", "Windows Server 2008 Standard");
    struct machine *machine = machine_new("of before");
    struct assessment assessment;

    (void)state;
    assert_true(inventory_judge(machine, &place, &row, &options, false, &assessment));
    assert_int_equal(assessment.state, STATE_TRANSITIONED);
    assert_int_equal(assessment.version.build, 6003);
    assert_string_equal(assessment.identity.name->value, "SRV01");
    assert_string_equal(assessment.identity.name->where, "line 7");
    assert_string_equal(machine->label, "fleet.csv, line 7");
    assert_int_equal(machine->n_evidence, 1);
    assert_string_equal(machine->evidence[0].name, "fleet.csv");
    assert_string_equal(machine->evidence[0].reader, "inventory");
    assert_int_equal(machine->evidence[0].bytes, 41);
    assert_int_equal(machine->evidence[0].n_problems, 0);
    machine_free(machine);
}

static void test_unreadable_row(void **state)
{
    const struct judge_options options = {.as_of = day_from_text("2026-02-01")};
    struct inventory_row rows[] = {
        row_of("SRV02", "6.0.6003", "Windows Server 2008 Standard"),
        row_of("SRV02", "sixty", "Windows Server 2008 Standard"),
    };
    struct machine *machine = machine_new("");
    struct assessment assessment;

    (void)state;
    rows[0].problem = "it has 3 of the header's 5 columns";
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_false(inventory_judge(machine, &place, &rows[i], &options, false, &assessment));
        assert_int_equal(assessment.state, STATE_UNKNOWN);
        assert_int_equal(assessment.exit_code, 3);
        assert_non_null(strstr(assessment.headline, "cannot be read (line 7): "));
        assert_int_equal(machine->evidence[0].n_problems, 1);
        assert_string_equal(assessment.identity.name->value, "SRV02");
    }
    assert_non_null(strstr(assessment.headline, "sixty"));
    machine_free(machine);
}

static void test_redacted(void **state)
{
    const struct judge_options options = {.as_of = day_from_text("2026-02-01")};
    struct inventory_row row = row_of("SRV01", "6.0.6003", "Windows Server 2008 Standard");
    struct machine *machine = machine_new("");
    struct assessment assessment;

    (void)state;
    inventory_judge(machine, &place, &row, &options, true, &assessment);
    assert_string_not_equal(assessment.identity.name->value, "SRV01");
    assert_int_equal(assessment.state, STATE_TRANSITIONED);
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound_row),
        cmocka_unit_test(test_unreadable_row),
        cmocka_unit_test(test_redacted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
