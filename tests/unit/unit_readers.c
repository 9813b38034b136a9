/* Tests of core/readers/readers.c: the table, and who takes what.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void rows_are_whole(void **state)
{
    (void)state;
    assert_non_null(readers[0]);
    for (size_t i = 0; readers[i]; i++) {
        assert_true(strlen(readers[i]->id) > 0);
        assert_true(strlen(readers[i]->title) > 0);
        assert_non_null(readers[i]->probe);
        /* Of one machine or of many. */
        assert_true(!readers[i]->read != !readers[i]->read_each);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(readers[i]->id, readers[j]->id);
    }
}

/* The first that takes the bytes; "" for none. */
static const char *taken_by(const void *bytes, size_t size)
{
    struct input input;

    input_from_memory(&input, "test", bytes, size);
    for (size_t i = 0; readers[i]; i++) {
        if (readers[i]->probe(&input))
            return readers[i]->id;
    }
    return "";
}

#define TAKEN_BY(bytes) taken_by(bytes, sizeof(bytes) - 1)

static void who_takes_what(void **state)
{
    (void)state;
    assert_string_equal(TAKEN_BY("Windows Registry Editor Version 5.00\r\n\r\n[HKEY_"), "reg");
    assert_string_equal(TAKEN_BY("REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE]\r\n"), "reg");
    assert_string_equal(TAKEN_BY("Microsoft Windows [Version 6.0.6003]\r\n"), "text");
    assert_string_equal(TAKEN_BY("\xFF\xFEH\0o\0s\0t\0"), "text");
    assert_string_equal(TAKEN_BY("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x8\6\0\0\0"), "");
    assert_string_equal(TAKEN_BY("\0\0\0\0\0\0\0\0"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_whole),
        cmocka_unit_test(who_takes_what),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
