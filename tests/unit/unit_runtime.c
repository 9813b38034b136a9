/* What programs say of their system.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

static void php_names_host_and_product(void **state)
{
    struct shown shown = show(&recogniser_runtime,
                              "  'php_uname' => 'Windows NT WEB28 6.0 build 6003 (Windows Server "
                              "2008 Web Server Edition Service Pack 2) i586',\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_shown(&shown, FIELD_COMPUTER_NAME, "WEB28");
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Windows Server 2008 Web Server Edition");
    assert_shown(&shown, FIELD_MAJOR, "6");
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_int_equal(shown_count(&shown, FIELD_ARCH), 0); /* i586 is PHP's */
    shown_free(&shown);

    shown = show(&recogniser_runtime, "System\tWindows NT OLD 6.0 build 6002\n");
    assert_shown(&shown, FIELD_BUILD, "6002");
    assert_int_equal(shown_count(&shown, FIELD_PRODUCT_NAME), 0);
    shown_free(&shown);
}

static void dotnet_names_the_service_pack(void **state)
{
    struct shown shown =
        show(&recogniser_runtime,
             "    OSVersion          : Microsoft Windows NT 6.0.6001 Service Pack 1\n");

    (void)state;
    assert_shown(&shown, FIELD_BUILD, "6001");
    assert_shown(&shown, FIELD_SERVICE_PACK, "1");
    shown_free(&shown);

    shown = show(&recogniser_runtime,
                 "[Info   @12:06:41.229] System   : Microsoft Windows NT 6.0.6002 Service Pack 2 "
                 "(AMD64)\n");
    assert_shown(&shown, FIELD_BUILD, "6002");
    assert_shown(&shown, FIELD_ARCH, "x64");
    shown_free(&shown);

    shown = show(&recogniser_runtime, "Windows \t\t\t: 6.0.6002.131072 (Win32NT)\n");
    assert_shown(&shown, FIELD_BUILD, "6002");
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_int_equal(shown_count(&shown, FIELD_REVISION), 0);
    assert_shown(&shown, FIELD_LOOKALIKE, "6.0.6002.131072");
    shown_free(&shown);
}

static void python_names_its_platform(void **state)
{
    struct shown shown = show(&recogniser_runtime, "'Windows-2008Server-6.0.6003-SP2'\n");

    (void)state;
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    shown_free(&shown);
}

static void sql_server_names_its_system(void **state)
{
    struct shown shown =
        show(&recogniser_runtime, "Microsoft SQL Server 2008 (SP4) - 10.0.6000.29 (X64)\n"
                                  "\tCopyright (c) 1988-2008 Microsoft Corporation\n"
                                  "\tStandard Edition (64-bit) on Windows NT 6.0 <X64> "
                                  "(Build 6003: Service Pack 2)\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_ARCH, "x64");
    assert_int_equal(shown_count(&shown, FIELD_PRODUCT_NAME), 0);
    shown_free(&shown);

    shown =
        show(&recogniser_runtime, "Express Edition on Windows Server 2008 R2 Standard 6.1 <X64> "
                                  "(Build 7601: Service Pack 1) (Hypervisor)\n");
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Windows Server 2008 R2 Standard");
    assert_shown(&shown, FIELD_BUILD, "7601");
    shown_free(&shown);
}

static void meterpreter_names_the_machine(void **state)
{
    struct shown shown =
        show(&recogniser_runtime,
             "Computer        : SRV-1\n"
             "OS              : Windows Server 2008 (6.0 Build 6003, Service Pack 2).\n"
             "Architecture    : x64 (Current Process is WOW64)\n"
             "System Language : en_US\n"
             "Meterpreter     : x86/win32\n");

    (void)state;
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV-1");
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Windows Server 2008");
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_shown(&shown, FIELD_ARCH, "x64");
    assert_shown(&shown, FIELD_LANGUAGE, "en_US");
    shown_free(&shown);
}

static void prose_and_source_are_refused(void **state)
{
    static const char *const texts[] = {
        "it runs Windows NT HOST 6.0 build 6003 (Windows Server 2008) i586",
        "echo \"Windows NT HOST 6.0 build 6003\";",
        "'os' => 'Windows NT HOST 6.0 build 9999',",
        "os := \"Microsoft Windows NT 6.0.6001 Service Pack 1\"",
        "OSVersion: Microsoft Windows NT 6.0.6001 Service Pack 1 or newer",
        "'Express Edition on Windows NT 6.0 <X64> (Build 6002: Service Pack 2) (VM)\\n', )]",
        "OSVersion: Microsoft Windows NT 6.0",
        "OSVersion: Microsoft Windows NT 6.0.6001 or newer",
        "Linux: 6.0.6002.131072 (Win32NT)",
        "Windows: 6.0.6002.131072",
        "Windows-Update-6.0.6278-SP2",
        "Windows-",
        "on Windows NT 6.0 (Build 6003: Service Pack 2)",
        "Standard Edition on Windows NT 6.0 (Build 6003: Service Pack 2) needs an update",
        "Standard Edition on Windows NT 6.0 (Build",
        "OS: Windows Server 2008 (6.0 Build 6003, Service Pack 2) and others",
        "OS: Windows ()",
        "Architecture    : x64",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_refused(&recogniser_runtime, texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(php_names_host_and_product),
        cmocka_unit_test(dotnet_names_the_service_pack),
        cmocka_unit_test(python_names_its_platform),
        cmocka_unit_test(sql_server_names_its_system),
        cmocka_unit_test(meterpreter_names_the_machine),
        cmocka_unit_test(prose_and_source_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
