/* Tests of core/report/json.c: what stands where, and that every name of ours is in the schema.
 *
 * That the whole is valid against the schema is the business of tests/schema/.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/report/formats.h"
#include "sample_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("lacks %s", part);
}

static void test_line(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {0};
    struct sample sample;
    const char *text;

    (void)state;
    sample_make(&sample, "SRV01");
    report_jsonl.machine(sample.machine, &sample.assessment, &options, &out);
    text = strbuf_text(&out);
    assert_ptr_equal(strchr(text, '\n'), text + out.length - 1);
    assert_has(text, "{\"schema\":\"winver6003-report-1\",\"tool\":{\"name\":\"winver6003\",");
    assert_has(text, "\"as_of\":\"2026-06-01\"");
    assert_has(text, "\"machine\":{\"name\":\"SRV01\","
                     "\"product\":\"Windows Server 2008 Standard\"");
    assert_has(text, "\"revision\":null,\"service_pack\":2}");
    assert_has(text, "\"compiled\":\"2019-03-20T17:00\"");
    assert_has(text, "\"verdict\":{\"state\":\"conflict\",\"exit_code\":2,");
    assert_has(text, "\"by\":\"server.txt: BuildLabEx\"");
    assert_has(text, "\"days_behind\":2471,\"cves_since\":null");
    assert_has(text, "\"support\":{\"on\":\"2026-06-01\",\"phase\":null,\"name\":null,"
                     "\"ended\":true,\"until\":null,");
    assert_has(text, "\"rule\":\"esu\",\"result\":\"warn\",\"severity\":\"low\"");
    assert_has(text, "\"policy\":true");
    assert_has(text, "{\"value\":\"6002\",\"source\":\"server.txt: CurrentBuild\","
                     "\"grade\":\"registry\",\"witness\":\"CurrentBuild\"}");
    assert_has(text, "\"status\":\"not-recorded\",\"number\":null,\"note\":\"the list is cut\"");
    assert_has(text, "\"package\":{\"kb\":\"KB4493471\",\"state\":\"installed\",\"version\":null");
    assert_has(text, "{\"step\":1,\"kb\":\"KB4493730\"");
    assert_has(text, "{\"step\":0,\"kb\":null,");
    assert_has(text, "\"sha256\":null,\"problems\":[\"line 7: value cut\"],"
                     "\"problems_dropped\":0}");
    sample_free(&sample);
    strbuf_free(&out);
}

static void test_nothing_known(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {0};
    struct assessment assessment = {
        .state = STATE_UNKNOWN, .exit_code = 3, .headline = "h", .version = VERSION_NONE,
        .service_pack = VERSION_UNKNOWN,
    };
    struct machine *machine = machine_new("x");

    (void)state;
    report_json.machine(machine, &assessment, &options, &out);
    assert_has(strbuf_text(&out), "\"name\": \"x\"");
    assert_has(strbuf_text(&out), "\"display\": null,\n    \"major\": null,");
    assert_has(strbuf_text(&out), "\"lab\": null");
    assert_has(strbuf_text(&out), "\"level\": null");
    assert_has(strbuf_text(&out), "\"findings\": [],");
    assert_string_equal(strbuf_text(&out) + out.length - 3, "\n}\n");
    machine_free(machine);
    strbuf_free(&out);
}

/* The text of the schema; NULL-terminated. */
static char *schema_text(void)
{
    const char *path = getenv("WINVER6003_SCHEMA");
    FILE *file = path ? fopen(path, "rb") : NULL;
    char *text = memory_alloc(256 * 1024);

    if (!file)
        fail_msg("WINVER6003_SCHEMA names no file");
    assert_true(fread(text, 1, 256 * 1024 - 1, file) > 1000);
    fclose(file);
    return text;
}

static void assert_quoted(const char *schema, const char *name)
{
    char quoted[80];

    snprintf(quoted, sizeof(quoted), "\"%s\"", name);
    assert_has(schema, quoted);
}

static void test_schema_knows_all_names(void **state)
{
    char *schema = schema_text();

    (void)state;
    for (int i = 1; i < FIELD_COUNT; i++)
        assert_quoted(schema, fact_field_name((enum fact_field)i));
    for (int i = 1; i < GRADE_COUNT; i++)
        assert_quoted(schema, fact_grade_name((enum fact_grade)i));
    for (int i = 1; i < WITNESS_COUNT; i++)
        assert_quoted(schema, fact_witness_name((enum fact_witness)i));
    for (int i = 0; i < FACT_STATUS_COUNT; i++)
        assert_quoted(schema, fact_status_name((enum fact_status)i));
    for (int i = 1; i < PACKAGE_STATE_COUNT; i++)
        assert_quoted(schema, package_state_name((enum package_state)i));
    for (int i = 1; i < STATE_COUNT; i++)
        assert_quoted(schema, verdict_state_name((enum verdict_state)i));
    for (int i = 1; i < RESULT_COUNT; i++)
        assert_quoted(schema, rule_result_name((enum rule_result)i));
    for (int i = 1; i < SEVERITY_COUNT; i++)
        assert_quoted(schema, severity_name((enum severity)i));
    for (size_t i = 0; i < n_lifecycle; i++)
        assert_quoted(schema, lifecycle[i].id);
    free(schema);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_nothing_known),
        cmocka_unit_test(test_schema_knows_all_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
