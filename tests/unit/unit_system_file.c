/* Which files move with Windows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/system_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void files_are_known_in_either_case(void **state)
{
    (void)state;
    assert_true(system_file_is_kernel(SPAN("NTOSKRNL.EXE")));
    assert_true(system_file_is_kernel(SPAN("ntkrnlpa.exe")));
    assert_false(system_file_is_kernel(SPAN("kernel32.dll")));
    assert_true(system_file_is_known(SPAN("ntoskrnl.exe")));
    assert_true(system_file_is_known(SPAN("Explorer.EXE")));
    assert_false(system_file_is_known(SPAN("comctl32.dll"))); /* has a version of its own */
    assert_false(system_file_is_known(SPAN("ntoskrnl")));
    assert_false(system_file_is_known(SPAN("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_known_in_either_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
