/* ver, cmd's banner, and the winver dialog's text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

static void a_banner_is_read(void **state)
{
    struct shown shown = show(&recogniser_ver, "; Microsoft Windows [Версия 6.0.6003]\n"
                                               "; (C) Корпорация Майкрософт, 2006.\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_shown(&shown, FIELD_MAJOR, "6");
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->witness, WITNESS_VER);
    assert_int_equal(shown_count(&shown, FIELD_PRODUCT_NAME), 0);
    assert_int_equal(shown_count(&shown, FIELD_IMITATION), 0);
    shown_free(&shown);
}

static void the_dialog_is_read_by_place(void **state)
{
    struct shown shown = show(
        &recogniser_ver,
        "Microsoft Windows\n"
        "Version 6.0 (Build 6003: Service Pack 2)\n"
        "Copyright (c) 2007 Microsoft Corporation.  All rights reserved.\n"
        "The Windows Server (R) 2008 Standard operating system and its user interface are\n"
        "protected by trademark and other pending or existing intellectual property rights.\n"
        "This product is licensed under the terms of the Microsoft Software License Terms to:\n"
        "    Ada Lovelace\n"
        "    Analytical Engines\n"
        "\n"
        "Physical memory available to Windows:    4,192,220 KB\n");

    (void)state;
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Windows Server (R) 2008 Standard");
    assert_shown(&shown, FIELD_OWNER, "Ada Lovelace");
    assert_shown(&shown, FIELD_ORGANIZATION, "Analytical Engines");
    assert_shown(&shown, FIELD_MEMORY_KB, "4192220");
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->witness, WITNESS_WINVER);
    shown_free(&shown);
}

static void an_owner_without_organisation(void **state)
{
    struct shown shown = show(
        &recogniser_ver, "Version 6.0 (Build 6002: Service Pack 2)\n"
                         "Dieses Produkt ist unter dem Endbenutzer-Lizenzvertrag lizenziert für:\n"
                         "Ada\n"
                         "Physikalischer Speicher: 4.192.220 KB\n");

    (void)state;
    assert_shown(&shown, FIELD_OWNER, "Ada");
    assert_int_equal(shown_count(&shown, FIELD_ORGANIZATION), 0);
    assert_shown(&shown, FIELD_MEMORY_KB, "4192220");
    shown_free(&shown);
}

static void a_winver_with_revision_is_read(void **state)
{
    struct shown shown = show(&recogniser_ver, "Windows Server (R) 2008 Datacenter without Hyper-V "
                                               "[Version 6.0.6003.22464 Service Pack 2] 32-bit\n");

    (void)state;
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Windows Server (R) 2008 Datacenter without Hyper-V");
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_REVISION, "22464");
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_shown(&shown, FIELD_ARCH, "x86");
    shown_free(&shown);
}

static void wine_is_an_imitation(void **state)
{
    struct shown shown = show(&recogniser_ver, "\r\nMicrosoft Windows 6.0.6002\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_int_equal(shown_count(&shown, FIELD_IMITATION), 1);
    shown_free(&shown);

    shown = show(&recogniser_ver, "Wine CMD Version 6.0.6002 (8.0)\n");
    assert_int_equal(shown_count(&shown, FIELD_IMITATION), 1);
    shown_free(&shown);
}

static void scripts_and_prose_are_refused(void **state)
{
    (void)state;
    assert_refused(&recogniser_ver,
                   "echo -e \"Microsoft Windows [Version 6.0.6003]\\nCopyright (c) 2006\"\n");
    assert_refused(&recogniser_ver, "print 'Microsoft Windows [Version 6.0.6003]'\n");
    assert_refused(&recogniser_ver, "winver shows Version 6.0 (Build 6003: Service Pack 2)\n");
    assert_refused(&recogniser_ver, "* Windows Server [Version 6.0.6003.20489] is new\n");
    assert_refused(&recogniser_ver, "Physical memory available to Windows: 4,192,220 KB\n");
    assert_refused(&recogniser_ver, "Wine CMD Version\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_banner_is_read),
        cmocka_unit_test(the_dialog_is_read_by_place),
        cmocka_unit_test(an_owner_without_organisation),
        cmocka_unit_test(a_winver_with_revision_is_read),
        cmocka_unit_test(wine_is_an_imitation),
        cmocka_unit_test(scripts_and_prose_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
