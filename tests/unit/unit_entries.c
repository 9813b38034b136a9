/* Tests of cli/entries.c: all names of a folder, in one order.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/entries.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void test_order(void **state)
{
    static const char *const names[] = {"b", "a", "C", "a.txt", "Z"};
    static const char *const sorted[] = {"C", "Z", "a", "a.txt", "b"};
    char folder[] = "/tmp/winver6003-entries-XXXXXX";
    struct entries entries = {0};
    char path[128];

    (void)state;
    assert_non_null(mkdtemp(folder));
    entries_read(&entries, folder);
    assert_int_equal(entries.count, 0);
    assert_null(entries.problem);
    for (size_t i = 0; i < 5; i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    entries_read(&entries, folder);
    assert_int_equal(entries.count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(entries.items[i].name, sorted[i]);
        assert_int_equal(entries.items[i].kind, FOLDER_FOLDER);
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        rmdir(path);
    }
    rmdir(folder);
    entries_read(&entries, folder);
    assert_int_equal(entries.count, 0);
    assert_non_null(entries.problem);
    entries_free(&entries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
