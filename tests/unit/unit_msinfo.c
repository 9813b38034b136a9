/* msinfo32's text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

#define SUMMARY(name)                                                                              \
    "OS-Name\tMicrosoft® Windows Server® 2008 Standard\n"                                        \
    "Version\t6.0.6003 Service Pack 2 Build 6003\n"                                                \
    "Zusätzliche Betriebssystembeschreibung\tNicht verfügbar\n"                                  \
    "Betriebssystemhersteller\tMicrosoft Corporation\n" name                                       \
    "Systemhersteller\tBeispiel Systeme\n"                                                         \
    "Systemmodell\tBS-2200\n"                                                                      \
    "Systemtyp\tx64-basierter PC\n"                                                                \
    "Prozessor\tIntel(R) Xeon(R), 2261 MHz, x64 Kern(e)\n"                                         \
    "Hardwareabstraktionsebene\tVersion = \"6.0.6002.18005\"\n"

static void a_summary_in_german_is_read(void **state)
{
    struct shown shown = show(&recogniser_msinfo, SUMMARY("Systemname\tSRV-1\n"));

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Microsoft® Windows Server® 2008 Standard");
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV-1");
    assert_shown(&shown, FIELD_ARCH, "x64");
    assert_shown(&shown, FIELD_LOOKALIKE, "6.0.6002.18005");
    shown_free(&shown);
}

static void a_name_that_is_missing_is_not_guessed(void **state)
{
    struct shown shown = show(&recogniser_msinfo, SUMMARY(""));

    (void)state;
    assert_int_equal(shown_count(&shown, FIELD_COMPUTER_NAME), 0);
    assert_shown(&shown, FIELD_ARCH, "x64");
    shown_free(&shown);
}

static void english_memory_is_read(void **state)
{
    struct shown shown = show(&recogniser_msinfo, "OS Name\tMicrosoft Windows Server 2008\n"
                                                  "Version\t6.0.6002 Service Pack 2 Build 6002\n"
                                                  "System Name\tSRV-2\n"
                                                  "System Type\tX86-based PC\n"
                                                  "Total Physical Memory\t2,045 MB\n");

    (void)state;
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV-2");
    assert_shown(&shown, FIELD_MEMORY_KB, "2094080");
    shown_free(&shown);
}

static void blanks_in_the_place_of_tabs(void **state)
{
    struct shown shown =
        show(&recogniser_msinfo, "OS Name Microsoft® Windows Vista™ Home Premium \n"
                                 "Version 6.0.6002 Service Pack 2 Build 6002 \n"
                                 "OS Manufacturer Microsoft Corporation \n"
                                 "System Name USER-PC \n"
                                 "System Type X86-based PC \n");

    (void)state;
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Microsoft® Windows Vista™ Home Premium");
    assert_shown(&shown, FIELD_BUILD, "6002");
    assert_shown(&shown, FIELD_COMPUTER_NAME, "USER-PC");
    assert_shown(&shown, FIELD_ARCH, "x86");
    shown_free(&shown);
}

static void other_tabs_are_refused(void **state)
{
    (void)state;
    assert_refused(&recogniser_msinfo, "Driver\tkbdclass.sys\t6.0.6002.18005\n");
    assert_refused(&recogniser_msinfo, "OS Version: 6.0.6002 Service Pack 2 Build 6002\n");
    assert_refused(&recogniser_msinfo,
                   "Hardware Abstraction Layer\tVersion = \"6.0.6002.18005\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_summary_in_german_is_read),
        cmocka_unit_test(a_name_that_is_missing_is_not_guessed),
        cmocka_unit_test(english_memory_is_read),
        cmocka_unit_test(blanks_in_the_place_of_tabs),
        cmocka_unit_test(other_tabs_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
