/* The CurrentVersion key: its values, its traps, and what they say together.
 *
 * SPDX-License-Identifier: MIT
 */
#include "registry.h"

static void reads_a_server(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_text(&test, CURRENT_VERSION, "CurrentVersion", "6.0");
    put_text(&test, CURRENT_VERSION, "CurrentBuild", "6003");
    put_text(&test, CURRENT_VERSION, "CurrentBuildNumber", "6003");
    put_number(&test, CURRENT_VERSION, "UBR", 22464);
    put_text(&test, CURRENT_VERSION, "BuildLab", "6003.vistasp2_ldr_escrow.240927-1811");
    put_text(&test, CURRENT_VERSION, "BuildLabEx",
             "6003.22918.x86fre.vistasp2_ldr_escrow.240927-1811");
    put_text(&test, CURRENT_VERSION, "CSDVersion", "Service Pack 2");
    put_text(&test, CURRENT_VERSION, "CSDBuildNumber", "1621");
    put_text(&test, CURRENT_VERSION, "ProductName", "Windows Server (R) 2008 Standard");
    put_text(&test, CURRENT_VERSION, "EditionID", "ServerStandard");
    put_text(&test, CURRENT_VERSION, "RegisteredOwner", "Werk");
    put_text(&test, CURRENT_VERSION, "RegisteredOrganization", "");
    put_text(&test, CURRENT_VERSION, "ProductId", "92573-082-2500446-76225");
    put_number(&test, CURRENT_VERSION, "InstallDate", 1440399163);
    assert_true(registry_close(&test) > 10);
    assert_int_equal(shown_fact(&test.shown, FIELD_MAJOR, 0)->number, 6);
    assert_int_equal(shown_fact(&test.shown, FIELD_MINOR, 0)->number, 0);
    assert_int_equal(shown_fact(&test.shown, FIELD_BUILD, 0)->witness, WITNESS_CURRENT_BUILD);
    assert_int_equal(shown_fact(&test.shown, FIELD_BUILD, 1)->witness,
                     WITNESS_CURRENT_BUILD_NUMBER);
    assert_int_equal(facts_by_witness(&test.shown.machine->facts, FIELD_REVISION, WITNESS_UBR)
                         ->number,
                     22464);
    assert_int_equal(facts_by_witness(&test.shown.machine->facts, FIELD_REVISION,
                                      WITNESS_BUILD_LAB_EX)
                         ->number,
                     22918);
    assert_int_equal(shown_fact(&test.shown, FIELD_SERVICE_PACK, 0)->number, 2);
    assert_int_equal(shown_fact(&test.shown, FIELD_CSD_BUILD_NUMBER, 0)->number, 1621);
    assert_shown(&test.shown, FIELD_EDITION, "ServerStandard");
    assert_shown(&test.shown, FIELD_OWNER, "Werk");
    assert_shown(&test.shown, FIELD_INSTALL_DATE, "2015-08-24 06:52:43 UTC");
    assert_int_equal(shown_fact(&test.shown, FIELD_INSTALL_DATE, 0)->number, 1440399163);
    assert_int_equal(shown_fact(&test.shown, FIELD_ORGANIZATION, 0)->status, FACT_ABSENT);
    assert_int_equal(shown_count(&test.shown, FIELD_IMITATION), 0);
    assert_string_equal(shown_fact(&test.shown, FIELD_BUILD, 0)->where,
                        CURRENT_VERSION "\\CurrentBuild");
    assert_int_equal(shown_fact(&test.shown, FIELD_BUILD, 0)->grade, GRADE_REGISTRY);
    registry_free(&test);
}

static void knows_absent_from_not_shown(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_text(&test, CURRENT_VERSION, "CurrentBuild", "6001");
    registry_close(&test);
    assert_int_equal(shown_fact(&test.shown, FIELD_REVISION, 0)->status, FACT_ABSENT);
    assert_int_equal(shown_fact(&test.shown, FIELD_SERVICE_PACK, 0)->status, FACT_ABSENT);
    registry_free(&test);

    test = registry_open(false);
    put_text(&test, CURRENT_VERSION, "CurrentBuild", "6001");
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_REVISION), 0);
    registry_free(&test);
}

static void leaves_the_obsolete_build_of_nt5(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_text(&test, CURRENT_VERSION, "CurrentBuild",
             "1.511.1 () (Obsolete data - do not use)");
    put_text(&test, CURRENT_VERSION, "CurrentBuildNumber", "3790");
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_BUILD), 1);
    assert_int_equal(shown_fact(&test.shown, FIELD_BUILD, 0)->number, 3790);
    assert_int_equal(shown_count(&test.shown, FIELD_LOOKALIKE), 1);
    registry_free(&test);
}

static void tells_what_is_no_number(void **state)
{
    static const char *const texts[] = {"6003a", "-6003", "6.0.6003", "99999999999999999999",
                                        "0x", "4294967296"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct registry_test test = registry_open(false);

        put_text(&test, CURRENT_VERSION, "CurrentBuild", texts[i]);
        assert_int_equal(registry_close(&test), 0);
        assert_int_equal(shown_fact(&test.shown, FIELD_BUILD, 0)->status, FACT_NOT_RECORDED);
        assert_int_equal(test.shown.machine->evidence[0].n_problems, 1);
        registry_free(&test);
    }
}

static void knows_wine(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_text(&test, CURRENT_VERSION, "CurrentVersion", "6.0");
    put_number(&test, CURRENT_VERSION, "CurrentMajorVersionNumber", 6);
    put_text(&test, CURRENT_VERSION, "ProductId", "12345-OEM-0000001-54321");
    put_text(&test, CURRENT_VERSION, "ProductName", "Microsoft Windows 2008");
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_IMITATION), 3);
    registry_free(&test);
}

static void knows_windows_10(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_text(&test, CURRENT_VERSION, "CurrentVersion", "6.3");
    put_number(&test, CURRENT_VERSION, "CurrentMajorVersionNumber", 10);
    put_number(&test, CURRENT_VERSION, "CurrentMinorVersionNumber", 0);
    put_text(&test, CURRENT_VERSION, "CurrentBuild", "17763");
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_MAJOR), 1);
    assert_int_equal(shown_fact(&test.shown, FIELD_MAJOR, 0)->number, 10);
    assert_int_equal(shown_count(&test.shown, FIELD_IMITATION), 0);
    registry_free(&test);

    /* The same numbers on a 6.0 are a disguise. */
    test = registry_open(true);
    put_text(&test, CURRENT_VERSION, "CurrentVersion", "6.0");
    put_number(&test, CURRENT_VERSION, "CurrentMajorVersionNumber", 10);
    registry_close(&test);
    assert_int_equal(shown_fact(&test.shown, FIELD_MAJOR, 0)->number, 6);
    assert_int_equal(shown_count(&test.shown, FIELD_IMITATION), 1);
    registry_free(&test);
}

static void knows_a_dressed_up_vista(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_text(&test, CURRENT_VERSION, "EditionID", "ServerStandard");
    put_text(&test, CURRENT_VERSION, "EditionID_bak", "HomePremium");
    registry_close(&test);
    assert_non_null(strstr(shown_value(&test.shown, FIELD_VISTA_MARK), "HomePremium"));
    registry_free(&test);
}

static void keeps_two_machines_apart(void **state)
{
    struct registry_test test = registry_open(false);

    (void)state;
    put_text(&test, "HKLM\\A\\Microsoft\\Windows NT\\CurrentVersion", "CurrentVersion", "6.0");
    put_text(&test, "HKLM\\B\\Microsoft\\Windows NT\\CurrentVersion", "CurrentVersion", "6.1");
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_MINOR), 2);
    assert_string_equal(shown_fact(&test.shown, FIELD_MINOR, 0)->where,
                        "HKLM\\A\\Microsoft\\Windows NT\\CurrentVersion\\CurrentVersion");
    assert_int_equal(shown_fact(&test.shown, FIELD_MINOR, 1)->number, 1);
    registry_free(&test);
}

static void reads_service_packs(void **state)
{
    struct registry_test test = registry_open(false);

    (void)state;
    put_text(&test, CURRENT_VERSION, "CSDVersion", "Service Pack 2, v.286");
    put_text(&test, CURRENT_VERSION, "CSDVersion", "Service Pack 22");
    put_text(&test, CURRENT_VERSION, "CSDVersion", "2");
    registry_close(&test);
    assert_int_equal(shown_fact(&test.shown, FIELD_SERVICE_PACK, 0)->number, 2);
    assert_non_null(shown_fact(&test.shown, FIELD_SERVICE_PACK, 0)->note);
    assert_int_equal(shown_fact(&test.shown, FIELD_SERVICE_PACK, 1)->status, FACT_NOT_RECORDED);
    assert_int_equal(shown_fact(&test.shown, FIELD_SERVICE_PACK, 2)->status, FACT_NOT_RECORDED);
    registry_free(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_server),
        cmocka_unit_test(knows_absent_from_not_shown),
        cmocka_unit_test(leaves_the_obsolete_build_of_nt5),
        cmocka_unit_test(tells_what_is_no_number),
        cmocka_unit_test(knows_wine),
        cmocka_unit_test(knows_windows_10),
        cmocka_unit_test(knows_a_dressed_up_vista),
        cmocka_unit_test(keeps_two_machines_apart),
        cmocka_unit_test(reads_service_packs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
