/* Tests of cli/tally.c: the exit code of several machines is that of the worst.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/tally.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* As the judge orders states, so their codes are ordered. */
static void test_order_is_the_judges(void **state)
{
    (void)state;
    for (int a = STATE_TRANSITIONED; a < STATE_COUNT; a++) {
        for (int b = STATE_TRANSITIONED; b < STATE_COUNT; b++) {
            enum verdict_state worse = verdict_worse((enum verdict_state)a, (enum verdict_state)b);
            struct report_tally tally = {0};

            tally_add(&tally, verdict_exit_code((enum verdict_state)a), 1);
            tally_add(&tally, verdict_exit_code((enum verdict_state)b), 1);
            assert_int_equal(tally.exit_code, verdict_exit_code(worse));
        }
    }
}

static void test_counts(void **state)
{
    struct report_tally tally = {0};

    (void)state;
    tally_add(&tally, 2, 0);
    assert_int_equal(tally.machines, 0);
    assert_int_equal(tally.exit_code, 0);
    tally_add(&tally, 4, 7);
    assert_int_equal(tally.exit_code, 4);
    tally_add(&tally, 0, 100);
    tally_add(&tally, 3, 1);
    assert_int_equal(tally.machines, 108);
    assert_int_equal(tally.exit_code, 3);
    assert_int_equal(tally.codes[4], 7);
    assert_int_equal(tally.codes[0], 100);
    assert_int_equal(tally.codes[2], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_is_the_judges),
        cmocka_unit_test(test_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
