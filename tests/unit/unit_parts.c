/* Tests of core/report/parts.c and of the table of formats in core/report/report.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/report/parts.h"
#include "sample_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_integer(void **state)
{
    static const struct {
        int64_t value;
        const char *text;
    } examples[] = {
        {0, "0"}, {9, "9"}, {10, "10"}, {-1, "-1"}, {6003, "6003"},
        {INT64_MAX, "9223372036854775807"}, {INT64_MIN, "-9223372036854775808"},
    };
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        strbuf_clear(&out);
        part_integer(&out, examples[i].value);
        assert_string_equal(strbuf_text(&out), examples[i].text);
    }
    strbuf_free(&out);
}

static void test_version(void **state)
{
    static const struct {
        struct version version;
        const char *text;
    } examples[] = {
        {{6, 0, 6003, 20489}, "6.0.6003.20489"},
        {{6, 0, 6003, VERSION_UNKNOWN}, "6.0.6003"},
        {{6, 0, VERSION_UNKNOWN, 20489}, "6.0"},
        {{VERSION_UNKNOWN, VERSION_UNKNOWN, 6003, VERSION_UNKNOWN}, ""},
    };
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        strbuf_clear(&out);
        part_version(&examples[i].version, &out);
        assert_string_equal(strbuf_text(&out), examples[i].text);
    }
    strbuf_free(&out);
}

static void test_words(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct sample sample;

    (void)state;
    sample_make(&sample, "SRV01");
    assert_string_equal(part_name(sample.machine, &sample.assessment), "SRV01");
    part_source(sample.machine, sample.assessment.lab, &out);
    assert_string_equal(strbuf_text(&out), "server.txt: BuildLabEx");
    assert_int_equal(part_count(&sample.assessment, RESULT_WARN), 1);
    assert_int_equal(part_count(&sample.assessment, RESULT_UNKNOWN), 0);
    sample.assessment.identity.name = NULL;
    assert_string_equal(part_name(sample.machine, &sample.assessment), "server.txt");
    sample.assessment.identity.product_plain = NULL;
    assert_null(part_product(&sample.assessment));
    sample_free(&sample);
    strbuf_free(&out);
}

static void test_formats(void **state)
{
    static const char *const names[] = {"text", "json", "jsonl", "csv", "nagios"};

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_ptr_equal(report_format_by_name(names[i]), report_formats[i]);
    assert_null(report_formats[5]);
    assert_null(report_format_by_name("xml"));
    assert_null(report_format_by_name("JSON"));
    assert_null(report_format_by_name(""));
}

static void test_formula(void **state)
{
    static const char *const formulas[] = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1",
                                           "\xEF\xBC\x9D" "1"};
    static const char *const others[] = {"", "SRV01", "1+1", " =1", "\xEF\xBB\xBF=1",
                                         "\xC3\xA4="};

    (void)state;
    for (size_t i = 0; i < sizeof(formulas) / sizeof(formulas[0]); i++)
        assert_true(part_is_formula(formulas[i]));
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        assert_false(part_is_formula(others[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integer),
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_formula),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
