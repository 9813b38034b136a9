/* Tests of core/report/nagios.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/report/formats.h"
#include "sample_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_single(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {0};
    struct sample sample;

    (void)state;
    sample_make(&sample, "SRV|01");
    report_nagios.machine(sample.machine, &sample.assessment, &options, &out);
    /* The only bar is the one before the performance data. */
    assert_string_equal(strbuf_text(&out),
                        "WINVER6003 CRITICAL - SRV/01: Sources disagree, \"6002\" against 6003 / "
                        "both stated. | build=6003 releases_behind=83\n");
    sample_free(&sample);
    strbuf_free(&out);
}

static void test_without_measures(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {0};
    struct sample sample;

    (void)state;
    sample_make(&sample, "A");
    sample.assessment.exit_code = 4;
    sample.assessment.headline = "No Windows.";
    sample.assessment.version = VERSION_NONE;
    sample.assessment.level.release = NULL;
    report_nagios.machine(sample.machine, &sample.assessment, &options, &out);
    assert_string_equal(strbuf_text(&out), "WINVER6003 UNKNOWN - A: No Windows.\n");
    sample_free(&sample);
    strbuf_free(&out);
}

static void test_several(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {.number = 2};
    const struct report_tally tally = {
        .machines = 4, .unusable = 1, .exit_code = 66, .codes = {1, 0, 1, 1, 1},
    };
    struct sample sample;

    (void)state;
    sample_make(&sample, "A");
    sample.assessment.headline = "h";
    report_nagios.summary(&tally, &out);
    report_nagios.machine(sample.machine, &sample.assessment, &options, &out);
    assert_string_equal(strbuf_text(&out),
                        "WINVER6003 UNKNOWN - 4 machines: 1 ok, 0 warning, 1 critical, "
                        "2 unknown, 1 not usable | machines=4 ok=1 warning=0 critical=1 "
                        "unknown=2 unusable=1\n"
                        "CRITICAL - A: h\n");
    sample_free(&sample);
    strbuf_free(&out);
}

static void test_codes(void **state)
{
    static const int codes[][2] = {{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 3},
                                   {64, 3}, {66, 3}, {70, 3}, {74, 3}};
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        assert_int_equal(report_nagios.exit_code(codes[i][0]), codes[i][1]);
    report_nagios.failure("a|b\nc", &out);
    assert_string_equal(strbuf_text(&out), "WINVER6003 UNKNOWN - a/b c\n");
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single),
        cmocka_unit_test(test_without_measures),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_codes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
