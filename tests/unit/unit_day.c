/* Calendar days: real dates in, the same dates out, and nothing else accepted.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(day_from_ymd(1970, 1, 1), 0);
    assert_int_equal(day_from_ymd(1969, 12, 31), -1);
    assert_int_equal(day_from_ymd(2000, 3, 1), 11017);
    assert_int_equal(day_from_ymd(2019, 3, 19), 17974);
    assert_int_equal(day_from_ymd(2026, 1, 13) - day_from_ymd(2020, 1, 14), 2191);
    /* Where FILETIME begins. */
    assert_int_equal(day_from_ymd(1601, 1, 1), -134774);
}

static void leap_years(void **state)
{
    (void)state;
    assert_int_not_equal(day_from_ymd(2020, 2, 29), DAY_NONE);
    assert_int_not_equal(day_from_ymd(2000, 2, 29), DAY_NONE);
    assert_int_equal(day_from_ymd(2019, 2, 29), DAY_NONE);
    assert_int_equal(day_from_ymd(1900, 2, 29), DAY_NONE);
    assert_int_equal(day_from_ymd(2100, 2, 29), DAY_NONE);
    assert_int_equal(day_from_ymd(2020, 3, 1) - day_from_ymd(2020, 2, 28), 2);
}

static void impossible_dates(void **state)
{
    (void)state;
    assert_int_equal(day_from_ymd(1600, 12, 31), DAY_NONE);
    assert_int_equal(day_from_ymd(10000, 1, 1), DAY_NONE);
    assert_int_equal(day_from_ymd(2019, 0, 1), DAY_NONE);
    assert_int_equal(day_from_ymd(2019, 13, 1), DAY_NONE);
    assert_int_equal(day_from_ymd(2019, -1, 1), DAY_NONE);
    assert_int_equal(day_from_ymd(2019, 4, 0), DAY_NONE);
    assert_int_equal(day_from_ymd(2019, 4, 31), DAY_NONE);
    assert_int_equal(day_from_ymd(2019, 4, -5), DAY_NONE);
}

static void texts(void **state)
{
    static const char *const wrong[] = {
        "",           "2019-03",     "2019-3-19",  "19-03-2019", "2019/03/19",
        "2019-03-1x", "2019-03-190", "2019-02-30", " 2019-03-19", "2019-03-19 ",
        "+019-03-19", "0000-00-00",  "2019-03-00", "2019_03_19",
    };

    (void)state;
    assert_int_equal(day_from_text("2019-03-19"), day_from_ymd(2019, 3, 19));
    assert_int_equal(day_from_text("9999-12-31"), day_from_ymd(9999, 12, 31));
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(day_from_text(wrong[i]), DAY_NONE);
}

static void every_day_of_eight_centuries(void **state)
{
    day_t last = day_from_ymd(2401, 1, 1);
    char text[DAY_TEXT_SIZE], before[DAY_TEXT_SIZE] = "";

    (void)state;
    for (day_t day = day_from_ymd(1601, 1, 1); day <= last; day++) {
        assert_int_equal(day_from_text(day_to_text(day, text)), day);
        assert_true(strcmp(before, text) < 0);
        memcpy(before, text, sizeof(before));
    }
}

static void no_text_outside(void **state)
{
    char text[DAY_TEXT_SIZE] = "x";

    (void)state;
    assert_string_equal(day_to_text(DAY_NONE, text), "");
    assert_string_equal(day_to_text(day_from_ymd(1601, 1, 1) - 1, text), "");
    assert_string_equal(day_to_text(day_from_ymd(9999, 12, 31) + 1, text), "");
    assert_string_equal(day_to_text(INT32_MAX, text), "");
    assert_string_equal(day_to_text(day_from_ymd(1601, 1, 1), text), "1601-01-01");
    assert_string_equal(day_to_text(day_from_ymd(9999, 12, 31), text), "9999-12-31");
}

static void unix_seconds(void **state)
{
    (void)state;
    assert_int_equal(day_from_unix(0), 0);
    assert_int_equal(day_from_unix(86399), 0);
    assert_int_equal(day_from_unix(86400), 1);
    assert_int_equal(day_from_unix(-1), -1);
    assert_int_equal(day_from_unix(-86400), -1);
    assert_int_equal(day_from_unix(-86401), -2);
    /* InstallDate of a machine: 2009-06-01 12:00. */
    assert_int_equal(day_from_unix(1243857600), day_from_ymd(2009, 6, 1));
    assert_int_equal(day_from_unix(INT64_MAX), DAY_NONE);
    assert_int_equal(day_from_unix(INT64_MIN), DAY_NONE);
}

static void moments(void **state)
{
    char text[MOMENT_TEXT_SIZE];

    (void)state;
    assert_string_equal(moment_to_text(1557309607, text), "2019-05-08 10:00:07 UTC");
    assert_string_equal(moment_to_text(0, text), "1970-01-01 00:00:00 UTC");
    assert_string_equal(moment_to_text(-1, text), "1969-12-31 23:59:59 UTC");
    assert_string_equal(moment_to_text(INT64_MAX, text), "");
    assert_string_equal(moment_to_text(INT64_MIN, text), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days),
        cmocka_unit_test(leap_years),
        cmocka_unit_test(impossible_dates),
        cmocka_unit_test(texts),
        cmocka_unit_test(every_day_of_eight_centuries),
        cmocka_unit_test(no_text_outside),
        cmocka_unit_test(unix_seconds),
        cmocka_unit_test(moments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
