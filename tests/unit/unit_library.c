/* Tests of core/platform/library_posix.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/platform/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_load(void **state)
{
    size_t (*length)(const char *text) = NULL;
    const struct library_symbol good[] = {{"strlen", &length}};
    const char *why = "";

    (void)state;
    assert_true(library_load("libc.so.6", good, 1, &why));
    assert_null(why);
    assert_int_equal(length("four"), 4);
}

static void test_missing(void **state)
{
    void (*function)(void) = NULL;
    const struct library_symbol missing[] = {{"no_such_function", &function}};
    const char *why = NULL;

    (void)state;
    assert_false(library_load("libno-such.so.0", missing, 1, &why));
    assert_non_null(strstr(why, "libno-such.so.0"));
    assert_false(library_load("libc.so.6", missing, 1, &why));
    assert_non_null(strstr(why, "no_such_function"));
    assert_null(function);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load),
        cmocka_unit_test(test_missing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
