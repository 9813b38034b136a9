/* Error reports and the addresses they are sent to.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

static void a_report_is_read(void **state)
{
    struct shown shown = show(&recogniser_wer, "  Application Name: Explorer.EXE\n"
                                               "  Application Version: 6.0.6002.18005\n"
                                               "  OS Version: 6.0.6002.2.2.0.272.7\n"
                                               "  Locale ID: 1033\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_shown(&shown, FIELD_BUILD, "6002");
    assert_int_equal(shown_count(&shown, FIELD_REVISION), 0);
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_shown(&shown, FIELD_SKU, "7");
    assert_shown(&shown, FIELD_PRODUCT_TYPE, "server");
    assert_shown(&shown, FIELD_OS_FILE, "Explorer.EXE 6.0.6002.18005");
    shown_free(&shown);
}

static void a_report_in_german_and_report_wer(void **state)
{
    struct shown shown = show(&recogniser_wer, "Betriebsystemversion:\t6.0.6001.2.1.0.256.1\n");

    (void)state;
    assert_shown(&shown, FIELD_BUILD, "6001");
    assert_shown(&shown, FIELD_PRODUCT_TYPE, "workstation");
    shown_free(&shown);

    shown = show(&recogniser_wer, "DynamicSig[1].Name=OS Version\n"
                                  "DynamicSig[1].Value=6.0.6003.2.2.0.272.10\n");
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_SKU, "10");
    shown_free(&shown);
}

static void versions_of_others_are_lookalikes(void **state)
{
    struct shown shown = show(&recogniser_wer, "Driver name:\tusb8023x.sys\n"
                                               "Driver version:\t6.0.6001.18000\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 0);
    assert_string_equal(shown_fact(&shown, FIELD_LOOKALIKE, 0)->note, "version of usb8023x.sys");
    shown_free(&shown);
}

static void an_address_is_read_once(void **state)
{
    static const char line[] = "1\tx\tGET\twatson.microsoft.com\t/StageOne/Generic/a.htm?LCID=1033"
                               "&OS=6.0.6002.2.0003011a.2.0.7.19346&Queue=1\t-\n";
    char text[512];
    struct shown shown;

    (void)state;
    strcpy(text, line);
    strcat(text, line);
    shown = show(&recogniser_wer, text);
    assert_int_equal(shown.scan.statements, 1);
    assert_int_equal(shown.taken, 2);
    assert_shown(&shown, FIELD_BUILD, "6002");
    assert_shown(&shown, FIELD_REVISION, "19346");
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_shown(&shown, FIELD_SKU, "7");
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->grade, GRADE_NETWORK);
    shown_free(&shown);
}

#define PAIR(n, key, value) "OsInfo[" n "].Key=" key "\nOsInfo[" n "].Value=" value "\n"

static void pairs_are_read(void **state)
{
    static const char pairs[] = PAIR("0", "vermaj", "6") PAIR("1", "vermin", "0")
        PAIR("2", "verbld", "6003") PAIR("3", "ubr", "20489") PAIR("4", "versp", "2")
            PAIR("5", "arch", "9") PAIR("6", "lcid", "1033") PAIR("7", "sku", "7");
    struct shown shown = show(&recogniser_wer, pairs);

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_REVISION, "20489");
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_shown(&shown, FIELD_ARCH, "x64");
    assert_shown(&shown, FIELD_PRODUCT_TYPE, "server");
    assert_string_equal(shown_fact(&shown, FIELD_BUILD, 0)->where, "OsInfo, line 6");
    shown_free(&shown);
}

/* An OS Version says it already; half a version says nothing. */
static void pairs_need_not_be_read(void **state)
{
    struct shown shown =
        show(&recogniser_wer, PAIR("0", "vermaj", "6") PAIR("1", "vermin", "0")
                 PAIR("2", "verbld", "6003") "OS Version: 6.0.6003.2.2.0.272.7\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_int_equal(shown_count(&shown, FIELD_BUILD), 1);
    shown_free(&shown);
    assert_refused(&recogniser_wer, PAIR("0", "vermaj", "6") PAIR("2", "verbld", "6003"));
    assert_refused(&recogniser_wer, "OsInfo[0].Key=verbld\nOsInfo[1].Value=6003\n");
}

static void other_numbers_are_refused(void **state)
{
    (void)state;
    assert_refused(&recogniser_wer, "OS Version: 6.0.6002\n");
    assert_refused(&recogniser_wer, "OID: 1.3.6.1.2.1.1.1\n");
    assert_refused(&recogniser_wer, "OS Version: 6.0.6278.2.2.0.272.7\n");
    assert_refused(&recogniser_wer, "6.0.6002.2.2.0.272.7\n");
    assert_refused(&recogniser_wer, "see /other/a.htm?OS=6.0.6002.2.00010100.2.0.6.18005\n");
    assert_refused(&recogniser_wer, "/StageOne/a.htm?OS=6.0.6002\n");
    assert_refused(&recogniser_wer, "/StageOne/a.htm?OS=6.0.6002.2.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_read),
        cmocka_unit_test(a_report_in_german_and_report_wer),
        cmocka_unit_test(versions_of_others_are_lookalikes),
        cmocka_unit_test(an_address_is_read_once),
        cmocka_unit_test(pairs_are_read),
        cmocka_unit_test(pairs_need_not_be_read),
        cmocka_unit_test(other_numbers_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
