/* Values in lines of logs, dumps and pages, and program statements that hold none.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/line_values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_found(const char *line, const char *label, const char *wanted)
{
    struct line_value values[LINE_VALUES_MAX];
    size_t n = line_values(span_of(line), values);

    for (size_t i = 0; i < n; i++)
        if (span_is(values[i].label, label) && span_is(values[i].value, wanted))
            return;
    fail_msg("%s: no value \"%s\" of \"%s\"", line, wanted, label);
}

static void assert_not_found(const char *line, const char *unwanted)
{
    struct line_value values[LINE_VALUES_MAX];
    size_t n = line_values(span_of(line), values);

    for (size_t i = 0; i < n; i++)
        if (span_is(values[i].value, unwanted))
            fail_msg("%s: has the value \"%s\"", line, unwanted);
}

static void values_are_found(void **state)
{
    (void)state;
    assert_found("  Windows NT A 6.0 build 6003  ", "", "Windows NT A 6.0 build 6003");
    assert_found("\"Windows NT A\"", "", "Windows NT A");
    assert_found("OSVersion          : Windows NT", "OSVersion", "Windows NT");
    assert_found("OS Version:\t6.0.6002.2.2.0.272.7", "OS Version", "6.0.6002.2.2.0.272.7");
    assert_found("[Info   @12:06:41.229] System   : Windows NT A", "System", "Windows NT A");
    assert_found("[06:45:31] [  1] [INFO ]  Os.VersionString=Windows NT A", "Os.VersionString",
                 "Windows NT A");
    assert_found("System\tWindows NT A", "System", "Windows NT A");
    assert_found("  'php_uname' => 'Windows NT A',", "php_uname", "Windows NT A");
    assert_found("System => Windows NT A", "System", "Windows NT A");
    assert_found("  \"os\": \"Windows NT A\",", "os", "Windows NT A");
    assert_found("DynamicSig[1].Value=6.0.6002", "DynamicSig[1].Value", "6.0.6002");
    assert_found("<tr><td class=\"e\">System </td><td class=\"v\">Windows NT A </td></tr>",
                 "phpinfo", "Windows NT A");
}

static void statements_of_programs_hold_none(void **state)
{
    (void)state;
    assert_not_found("const os = \"Windows NT A\";", "Windows NT A");
    assert_not_found("if (os == \"Windows NT A\")", "Windows NT A");
    assert_not_found("match(x): os=\"Windows NT A\"", "Windows NT A");
    assert_not_found("the system was Windows NT A", "Windows NT A");
    assert_not_found("<example>Windows NT A</example>", "Windows NT A");
}

static void a_line_of_kilobytes_is_no_value(void **state)
{
    struct line_value values[LINE_VALUES_MAX];
    char line[2000];

    (void)state;
    memset(line, 'x', sizeof(line));
    assert_int_equal(line_values((struct span){line, sizeof(line)}, values), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_found),
        cmocka_unit_test(statements_of_programs_hold_none),
        cmocka_unit_test(a_line_of_kilobytes_is_no_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
