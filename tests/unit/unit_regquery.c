/* Registry values in pasted text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

#define KEY "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"

static struct shown query(const char *text)
{
    return show(&recogniser_regquery, text);
}

static void assert_build(struct shown shown, const char *where)
{
    assert_true(shown.scan.statements);
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->number, 6003);
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->witness, WITNESS_CURRENT_BUILD);
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->grade, GRADE_REGISTRY);
    assert_string_equal(shown_fact(&shown, FIELD_BUILD, 0)->where, where);
    assert_int_equal(shown_fact(&shown, FIELD_REVISION, 0)->number, 20489);
    shown_free(&shown);
}

static void reads_every_form(void **state)
{
    (void)state;
    assert_build(query("\n" KEY "\n    CurrentBuild    REG_SZ    6003\n"
                       "    UBR    REG_DWORD    0x5009\n"),
                 KEY "\\CurrentBuild");
    assert_build(query("! REG.EXE VERSION 3.0\n\n" KEY "\n\tCurrentBuild\tREG_SZ\t6003\n"
                       "\tUBR\tREG_DWORD\t0x5009\n"),
                 KEY "\\CurrentBuild");
    assert_build(query("Key Name:          " KEY "\nClass Name:        <NO CLASS>\n"
                       "Value 0\n  Name:            CurrentBuild\n  Type:            REG_SZ\n"
                       "  Data:            6003\n\nValue 1\n  Name:            UBR\n"
                       "  Type:            REG_DWORD\n  Data:            0x5009\n"),
                 KEY "\\CurrentBuild");
    assert_build(query("CurrentBuild : 6003\nUBR          : 20489\n"
                       "PSPath       : Microsoft.PowerShell.Core\\Registry::" KEY "\n"),
                 "Microsoft.PowerShell.Core\\Registry::" KEY "\\CurrentBuild");
    assert_build(query("CurrentBuild : 6003\nUBR          : 20489\n"
                       "PSPath       : Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\"
                       "SO\n                FTWARE\\Microsoft\\Windows NT\\CurrentVersion\n"),
                 "Microsoft.PowerShell.Core\\Registry::" KEY "\\CurrentBuild");
    assert_build(query("CurrentBuild UBR\n------------ ---\n6003         20489\n"),
                 "Microsoft\\Windows NT\\CurrentVersion\\CurrentBuild");
    assert_build(query("> [" KEY "]\n> \"CurrentBuild\"=\"6003\"\n> \"UBR\"=dword:00005009\n"),
                 KEY "\\CurrentBuild");
    assert_build(query("`SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion`:\n\n"
                       "| Value | Data |\n| --- | --- |\n| **CurrentBuild** | `6003` |\n"
                       "| UBR | 20489 |\n"),
                 "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\CurrentBuild");
    assert_build(query("    CurrentBuild    REG_SZ    6003\n    UBR    REG_DWORD    0x5009\n"),
                 "Microsoft\\Windows NT\\CurrentVersion\\CurrentBuild");
}

static void reads_cells_of_two_values(void **state)
{
    struct shown shown = query("SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\n"
                               "| CurrentVersion / CurrentBuild | 6.0 / 6001 |\n"
                               "| SystemRoot / PathName | C:\\Windows |\n"
                               "| InstallDate (unix) | 1440399163 = 2015-08-24 06:52:43 UTC |\n");

    (void)state;
    assert_int_equal(shown_fact(&shown, FIELD_MAJOR, 0)->number, 6);
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->number, 6001);
    assert_int_equal(shown_fact(&shown, FIELD_INSTALL_DATE, 0)->number, 1440399163);
    shown_free(&shown);
}

static void keeps_the_32_bit_view_apart(void **state)
{
    struct shown shown = query("HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows NT\\"
                               "CurrentVersion\n    CurrentBuild    REG_SZ    6003\n");

    (void)state;
    assert_int_equal(shown_count(&shown, FIELD_BUILD), 0);
    assert_int_equal(shown_count(&shown, FIELD_WOW64), 1);
    shown_free(&shown);
}

static void reads_multiple_strings(void **state)
{
    struct shown shown =
        query("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\n"
              "    PendingFileRenameOperations    REG_MULTI_SZ    \\??\\C:\\a\\0\\??\\C:\\b\n");

    (void)state;
    assert_string_equal(shown_fact(&shown, FIELD_PENDING, 0)->note, "2 file names");
    shown_free(&shown);
}

static void lets_a_cut_string_swallow_nothing(void **state)
{
    struct shown shown = query("[" KEY "]\n\"ProductName\"=\"Windows Server (R\n"
                               "\"CurrentBuild\"=\"6003\"\n");

    (void)state;
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->number, 6003);
    shown_free(&shown);
}

static void refuses_other_text(void **state)
{
    static const char *const texts[] = {
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Vendor\n    CurrentBuild    REG_SZ    6003\n",
        KEY "\n" KEY "\\Fonts\n",
        "The value CurrentBuild of type REG_SZ is 6003\n",
        "CurrentBuild=6003\n",
        "| CurrentBuild | 6003 |\n",
        KEY "\n| CurrentBuild | 6002 | 6003 |\n",
        "Version    REG_SZ    6.0.6003\n",
        "\"CurrentBuild\"=\"6003\"\n",
        KEY "\n    CurrentBuild    REG_OTHER    6003\n",
        KEY " holds CurrentBuild\n    CurrentBuild    REG_SZ    6003\n",
        KEY "\n    CurrentBuild    REG_SZ    \n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_refused(&recogniser_regquery, texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form),
        cmocka_unit_test(reads_cells_of_two_values),
        cmocka_unit_test(keeps_the_32_bit_view_apart),
        cmocka_unit_test(reads_multiple_strings),
        cmocka_unit_test(lets_a_cut_string_swallow_nothing),
        cmocka_unit_test(refuses_other_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
