/* Literals in program source are passed over; console output that only looks alike is not.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/text_literal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* How many of the lines are skipped. */
static unsigned skipped(const char *const *lines, size_t n)
{
    struct text_literal literal = {0};
    unsigned count = 0;

    for (size_t i = 0; i < n; i++) {
        struct text_line line = {.text = lines[i], .length = strlen(lines[i]), .number = i + 1};

        count += text_literal_skips(&literal, &line);
    }
    assert_int_equal(count, literal.n_skipped);
    return count;
}

#define SKIPPED(...)                                                                               \
    skipped((const char *const[]){__VA_ARGS__},                                                    \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void literals_are_skipped(void **state)
{
    (void)state;
    /* Everything to the line that closes the literal, and no further. */
    assert_int_equal(SKIPPED("\t\targs: `", "OS Name: X", "`,", "OS Name: Y"), 2);
    assert_int_equal(SKIPPED("SAMPLE = \"\"\"", "OS Name: X", "\"\"\"", "x"), 2);
    assert_int_equal(SKIPPED("parse('''", "OS Name: X", "''')", "x"), 2);
    assert_int_equal(SKIPPED("$text = @\"", "OS Name: X", "\"@", "x"), 2);
    assert_int_equal(SKIPPED("auto t = R\"(", "OS Name: X", ")\";", "x"), 2);
    assert_int_equal(SKIPPED("cat <<EOF", "Microsoft Windows [Version 6.0.6003]", "EOF", "x"), 2);
    assert_int_equal(SKIPPED("/* As in:", " * OS Version: x", " */", "x"), 3);
    assert_int_equal(SKIPPED("let(:info) do", "  'Host Name: X", "OS Name: Y", "[01]: KB1'", "end"),
                     3);
    assert_int_equal(SKIPPED("cat > a <<-'END' | b", "x", "  END", "x"), 2);
}

static void console_output_is_not(void **state)
{
    (void)state;
    assert_int_equal(SKIPPED("```", "OS Name: X", "```"), 0);
    assert_int_equal(SKIPPED("PS C:\\> Get-HotFix | Select-Object `", "HotFixID", "`x"), 0);
    assert_int_equal(SKIPPED("Dear <<User>>,", "OS Name: X"), 0);
    assert_int_equal(SKIPPED("/* one line */", "OS Name: X"), 1);
    assert_int_equal(SKIPPED("it says", "'Host Name: X", "OS Name: Y"), 0);
    assert_int_equal(SKIPPED("x =", "'a' + 'b'", "OS Name: Y"), 0);
    assert_int_equal(SKIPPED("; OS Name: X", "; OS Name: Y"), 0);
    assert_int_equal(SKIPPED("1 << 16", "OS Name: X"), 0);
    assert_int_equal(SKIPPED("<<EOF", "OS Name: X"), 0);
    assert_int_equal(SKIPPED("Owner: \"\"", "OS Name: X"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals_are_skipped),
        cmocka_unit_test(console_output_is_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
