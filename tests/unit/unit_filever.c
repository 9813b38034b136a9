/* Versions of the kernel and other system files as tools print them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

static void the_kernel_states_build_and_revision(void **state)
{
    static const char *const forms[] = {
        "Name=c:\\windows\\system32\\ntoskrnl.exe\n\nVersion=6.0.6003.20489\n",
        "FileName        : C:\\Windows\\system32\\ntoskrnl.exe\n"
        "FileVersion     : 6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700)\n",
        "FileVersion     : 6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700)\n"
        "FileName        : C:\\Windows\\system32\\ntkrnlpa.exe\n",
        "c:\\windows\\system32\\ntoskrnl.exe  6.0.6003.20489\n",
        "6.0.6003.20489   6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700) "
        "C:\\Windows\\system32\\ntoskrnl.exe\n",
        "SRV-1,c:\\windows\\system32\\ntoskrnl.exe,6.0.6003.20489\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct shown shown = show(&recogniser_filever, forms[i]);

        if (shown.scan.statements != 1)
            fail_msg("not read: %s", forms[i]);
        assert_shown(&shown, FIELD_BUILD, "6003");
        assert_shown(&shown, FIELD_REVISION, "20489");
        assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->witness, WITNESS_KERNEL_FILE);
        assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->grade, GRADE_FILE);
        if (strstr(forms[i], "escrow"))
            assert_shown(&shown, FIELD_BUILD_LAB,
                         "6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700)");
        shown_free(&shown);
    }
}

static void other_system_files_are_told_apart(void **state)
{
    struct shown shown =
        show(&recogniser_filever, "c:\\windows\\system32\\kernel32.dll  6.0.6002.18005\n");

    (void)state;
    assert_shown(&shown, FIELD_OS_FILE, "kernel32.dll 6.0.6002.18005");
    assert_int_equal(shown_count(&shown, FIELD_BUILD), 0);
    shown_free(&shown);
}

static void other_files_and_prose_are_refused(void **state)
{
    static const char *const texts[] = {
        "c:\\windows\\winsxs\\x86_os_6.0\\ntoskrnl.exe  6.0.6003.20489",
        "c:\\program files\\app\\ntdll.dll  6.0.6003.20489",
        "c:\\windows\\system32\\other.dll  6.0.6003.20489",
        "c:\\windows\\system32\\ntoskrnl.exe is now 6.0.6003.20489",
        "c:\\windows\\system32\\ntoskrnl.exe  6.0.6003.20489  6.0.6002.24566",
        "%windir%\\System32\\ntoskrnl.exe Version is 6.0.6002.24067",
        "c:\\windows\\system32\\ntoskrnl.exe  6.0.9999.1",
        "Version=6.0.6003.20489",
        "Name=c:\\windows\\system32\\ntoskrnl.exe\n1\n2\n3\n4\n5\n6\n7\nVersion=6.0.6003.20489",
        "Name=notes.txt\nVersion=6.0.6003.20489",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_refused(&recogniser_filever, texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kernel_states_build_and_revision),
        cmocka_unit_test(other_system_files_are_told_apart),
        cmocka_unit_test(other_files_and_prose_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
