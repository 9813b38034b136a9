/* Control sets: which one is current, and what it says.
 *
 * SPDX-License-Identifier: MIT
 */
#include "registry.h"

#define SYSTEM "HKEY_LOCAL_MACHINE\\SYSTEM\\"

static void believes_the_selected_set(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_text(&test, SYSTEM "ControlSet001\\Control\\ProductOptions", "ProductType", "WinNT");
    put_text(&test, SYSTEM "ControlSet002\\Control\\ProductOptions", "ProductType", "LanmanNT");
    put_number(&test, SYSTEM "Select", "Current", 2);
    assert_int_equal(registry_close(&test), 1);
    assert_shown(&test.shown, FIELD_PRODUCT_TYPE, "domain controller");
    assert_int_equal(shown_fact(&test.shown, FIELD_PRODUCT_TYPE, 0)->witness,
                     WITNESS_PRODUCT_OPTIONS);
    assert_int_equal(test.shown.machine->evidence[0].n_problems, 0);
    registry_free(&test);
}

static void believes_the_live_set_first(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_number(&test, SYSTEM "Select", "Current", 1);
    put_text(&test, SYSTEM "ControlSet001\\Control\\ProductOptions", "ProductType", "WinNT");
    put_text(&test, SYSTEM "CurrentControlSet\\Control\\ProductOptions", "ProductType",
             "ServerNT");
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_PRODUCT_TYPE), 1);
    assert_shown(&test.shown, FIELD_PRODUCT_TYPE, "server");
    registry_free(&test);
}

static void tells_when_it_had_to_choose(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_text(&test, "ControlSet002\\Control\\ProductOptions", "ProductType", "WinNT");
    put_text(&test, "ControlSet001\\Control\\ProductOptions", "ProductType", "ServerNT");
    registry_close(&test);
    assert_shown(&test.shown, FIELD_PRODUCT_TYPE, "server");
    assert_int_equal(test.shown.machine->evidence[0].n_problems, 1);
    registry_free(&test);
}

static void reads_the_values(void **state)
{
    static const char suite[] = "Enterprise\0Terminal Server\0";
    static const char renames[] = "\\??\\C:\\a.dll\0\0\\??\\C:\\b.dll\0!\\??\\C:\\c.dll\0";
    struct registry_test test = registry_open(true);

    (void)state;
    registry_fact(test.scan, SYSTEM "CurrentControlSet\\Control\\ProductOptions", "ProductSuite",
                  REGISTRY_MULTI_SZ, suite, sizeof(suite));
    put_text(&test, SYSTEM "CurrentControlSet\\Control\\ProductOptions", "ProductType",
             "ServerNT");
    put_number(&test, SYSTEM "CurrentControlSet\\Control\\Windows", "CSDVersion", 0x200);
    put_number(&test, SYSTEM "CurrentControlSet\\Control\\Windows", "CSDBuildNumber", 1621);
    registry_fact(test.scan, SYSTEM "CurrentControlSet\\Control\\Session Manager",
                  "PendingFileRenameOperations", REGISTRY_MULTI_SZ, renames, sizeof(renames));
    put_text(&test, SYSTEM "CurrentControlSet\\Control\\Session Manager\\Environment",
             "PROCESSOR_ARCHITECTURE", "AMD64");
    put_text(&test, SYSTEM "CurrentControlSet\\Control\\ComputerName\\ComputerName",
             "ComputerName", "SRV1");
    put_text(&test, SYSTEM "CurrentControlSet\\Services\\wuauserv\\Parameters", "ServiceDll",
             "%SystemRoot%\\System32\\wuaueng6.dll");
    registry_close(&test);
    assert_int_equal(shown_fact(&test.shown, FIELD_SERVICE_PACK, 0)->number, 2);
    assert_int_equal(shown_fact(&test.shown, FIELD_CSD_BUILD_NUMBER, 0)->number, 1621);
    assert_shown(&test.shown, FIELD_PENDING, "PendingFileRenameOperations");
    assert_string_equal(shown_fact(&test.shown, FIELD_PENDING, 0)->note, "3 file names");
    assert_shown(&test.shown, FIELD_ARCH, "x64");
    assert_shown(&test.shown, FIELD_COMPUTER_NAME, "SRV1");
    assert_non_null(strstr(shown_value(&test.shown, FIELD_VISTA_MARK), "wuaueng6.dll"));
    assert_string_equal(shown_fact(&test.shown, FIELD_PRODUCT_TYPE, 0)->note,
                        "product suite: Enterprise,Terminal Server");
    registry_free(&test);
}

static void tells_nothing_of_usual_values(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    registry_fact(test.scan, SYSTEM "CurrentControlSet\\Control\\Session Manager",
                  "PendingFileRenameOperations", REGISTRY_MULTI_SZ, "\0\0", 2);
    put_text(&test, SYSTEM "CurrentControlSet\\Services\\wuauserv\\Parameters", "ServiceDll",
             "%SystemRoot%\\System32\\wuaueng.dll");
    put_text(&test, SYSTEM "CurrentControlSet\\Services\\wuauserv\\Parameters", "ServiceDll",
             "C:\\console.dll");
    assert_int_equal(registry_close(&test), 0);
    registry_free(&test);
}

static void keeps_a_bounded_number(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    for (int i = 0; i < LIMIT_CONTROL_SET_VALUES * 2; i++)
        put_text(&test, SYSTEM "CurrentControlSet\\Control\\ComputerName\\ComputerName",
                 "ComputerName", "SRV1");
    assert_int_equal(registry_close(&test), LIMIT_CONTROL_SET_VALUES);
    registry_free(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(believes_the_selected_set),
        cmocka_unit_test(believes_the_live_set_first),
        cmocka_unit_test(tells_when_it_had_to_choose),
        cmocka_unit_test(reads_the_values),
        cmocka_unit_test(tells_nothing_of_usual_values),
        cmocka_unit_test(keeps_a_bounded_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
