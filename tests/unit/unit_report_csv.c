/* Tests of core/report/csv.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/report/formats.h"
#include "sample_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_header(void **state)
{
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    report_csv.begin(&out);
    assert_string_equal(strbuf_text(&out),
                        "name,state,exit_code,version,build,revision,service_pack,product,"
                        "product_type,arch,level,level_date,support,conflicts,warnings,fails,"
                        "headline,source\n");
    strbuf_free(&out);
}

static void test_row(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {0};
    struct sample sample;

    (void)state;
    sample_make(&sample, "SRV01");
    report_csv.machine(sample.machine, &sample.assessment, &options, &out);
    assert_string_equal(strbuf_text(&out),
                        "SRV01,conflict,2,6.0.6003,6003,,2,Windows Server 2008 Standard,,,"
                        "2019-04,2019-04-09,ended,1,1,1,"
                        "\"Sources disagree, \"\"6002\"\" against 6003 | both stated.\","
                        "server.txt\n");
    sample_free(&sample);
    strbuf_free(&out);
}

static void test_names(void **state)
{
    static const struct {
        const char *name, *column;
    } examples[] = {
        {"plain", "plain,"},
        {"=1+1", "'=1+1,"},
        {"+1", "'+1,"},
        {"-1", "'-1,"},
        {"@SUM", "'@SUM,"},
        {"a=b", "a=b,"},
        {"\xEF\xBC\x9D" "1", "'\xEF\xBC\x9D" "1,"},
        {"\xEF\xBC\x91", "\xEF\xBC\x91,"}, /* a full-width digit */
        {"a,b", "\"a,b\","},
        {"=a,b", "\"'=a,b\","},
        {"\"", "\"\"\"\","},
        {"a\"b\"", "\"a\"\"b\"\"\","},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        struct strbuf out = STRBUF_EMPTY;
        struct report_options options = {0};
        struct sample sample;

        sample_make(&sample, examples[i].name);
        report_csv.machine(sample.machine, &sample.assessment, &options, &out);
        assert_memory_equal(strbuf_text(&out), examples[i].column, strlen(examples[i].column));
        sample_free(&sample);
        strbuf_free(&out);
    }
}

static void test_several_pieces(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {0};
    struct sample sample;
    const char *end = ",server.txt; b.reg\n";

    (void)state;
    sample_make(&sample, "SRV01");
    machine_add_evidence(sample.machine, "b.reg");
    report_csv.machine(sample.machine, &sample.assessment, &options, &out);
    assert_string_equal(strbuf_text(&out) + out.length - strlen(end), end);
    sample_free(&sample);
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header),
        cmocka_unit_test(test_row),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_several_pieces),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
