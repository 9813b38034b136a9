/* Tests of core/platform/clock_*.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/platform/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

/* The day in UTC, also when midnight passes between the questions. */
static void today_is_utc(void **state)
{
    day_t before = day_from_unix(time(NULL));
    day_t today = clock_today();

    (void)state;
    assert_true(today == before || today == day_from_unix(time(NULL)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(today_is_utc),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
