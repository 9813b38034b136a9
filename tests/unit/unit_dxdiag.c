/* DxDiag's text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

static void a_report_is_read(void **state)
{
    struct shown shown = show(
        &recogniser_dxdiag,
        "Time of this report: 6/12/2019, 10:15:44\n"
        "       Machine name: SRV-1\n"
        "   Operating System: Windows Server (R) 2008 Standard (6.0, Build 6003) Service Pack 2 "
        "(6003.vistasp2_ldr_escrow.190320-1700)\n"
        "           Language: English (Regional Setting: English)\n"
        "             Memory: 1978MB RAM\n"
        "     DxDiag Version: 6.00.6001.18000 32bit Unicode\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV-1");
    assert_shown(&shown, FIELD_EVIDENCE_DATE, "6/12/2019, 10:15:44");
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Windows Server (R) 2008 Standard");
    assert_shown(&shown, FIELD_MAJOR, "6");
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_shown(&shown, FIELD_BUILD_LAB, "6003.vistasp2_ldr_escrow.190320-1700");
    assert_shown(&shown, FIELD_MEMORY_KB, "2025472");
    assert_shown(&shown, FIELD_LOOKALIKE, "6.00.6001.18000");
    shown_free(&shown);
}

static void other_languages_and_systems(void **state)
{
    struct shown shown =
        show(&recogniser_dxdiag,
             "Betriebssystem: Windows Vista™ Business (6.0, Build 6002) Service Pack 2 "
             "(6002.lh_sp2rtm.090410-1830)\n");

    (void)state;
    assert_shown(&shown, FIELD_BUILD, "6002");
    assert_int_equal(shown_count(&shown, FIELD_COMPUTER_NAME), 0);
    shown_free(&shown);

    shown = show(&recogniser_dxdiag, "Operating System: Windows 10 Pro 64-bit (10.0, Build 17134) "
                                     "(17134.rs4_release.180410-1804)\n");
    assert_shown(&shown, FIELD_BUILD, "17134");
    assert_int_equal(shown_count(&shown, FIELD_SERVICE_PACK), 0);
    shown_free(&shown);
}

static void other_brackets_are_refused(void **state)
{
    (void)state;
    assert_refused(&recogniser_dxdiag, "DxDiag Version: 6.00.6001.18000 32bit Unicode\n");
    assert_refused(&recogniser_dxdiag, "Needs: Windows Vista (6.0, Build 6002) or newer\n");
    assert_refused(&recogniser_dxdiag, "Driver: nv4_disp.dll (6.0, Build 6002)\n");
    assert_refused(&recogniser_dxdiag, "Runs on: Windows (all of them (really\n");
    assert_refused(&recogniser_dxdiag, "Windows Vista (6.0, Build 6002) Service Pack 2\n");
}

static void brackets_without_end_take_no_time(void **state)
{
    char text[9000] = "Operating System: Windows ";

    (void)state;
    memset(text + strlen(text), '(', sizeof(text) - strlen(text) - 2);
    text[sizeof(text) - 2] = ')';
    assert_refused(&recogniser_dxdiag, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_read),
        cmocka_unit_test(other_languages_and_systems),
        cmocka_unit_test(other_brackets_are_refused),
        cmocka_unit_test(brackets_without_end_take_no_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
