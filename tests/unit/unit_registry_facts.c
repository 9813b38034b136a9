/* Which key a path names, and values as numbers and texts.
 *
 * SPDX-License-Identifier: MIT
 */
#include "registry.h"

static void takes_roots(void **state)
{
    static const char *const paths[] = {
        CURRENT_VERSION,
        "hkey_local_machine\\software\\MICROSOFT\\windows nt\\currentversion",
        "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\",
        "HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
        "Computer\\HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
        "Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
        "Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\"
        "Windows NT\\CurrentVersion",
        "\\Registry\\Machine\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
        "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
        "Microsoft\\Windows NT\\CurrentVersion",
        "\\Microsoft\\Windows NT\\CurrentVersion",
        "HKEY_LOCAL_MACHINE\\OFFLINE_SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
        "HKEY_USERS\\mounted\\Microsoft\\Windows NT\\CurrentVersion",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct registry_test test = registry_open(false);

        if (!registry_key(test.scan, paths[i]))
            fail_msg("not taken: %s", paths[i]);
        registry_value(test.scan, "currentbuild", REGISTRY_SZ, "6003", 5);
        assert_int_equal(registry_close(&test), 1);
        assert_int_equal(shown_fact(&test.shown, FIELD_BUILD, 0)->number, 6003);
        registry_free(&test);
    }
}

static void leaves_other_keys(void **state)
{
    static const char *const paths[] = {
        "",
        "HKEY_LOCAL_MACHINE",
        CURRENT_VERSION "\\Fonts",
        "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows NT\\CurrentVersion",
        "HKEY_USERS\\S-1-5-21-1-2-3-500\\Software\\Microsoft\\Windows NT\\CurrentVersion",
        "HKEY_CLASSES_ROOT\\Microsoft\\Windows NT\\CurrentVersion",
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion2",
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT",
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Vendor\\Microsoft\\Windows NT\\CurrentVersion",
        "HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet000\\Control\\ProductOptions",
        "HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet1\\Control\\ProductOptions",
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Wine2",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct registry_test test = registry_open(true);

        if (registry_key(test.scan, paths[i]))
            fail_msg("taken: %s", paths[i]);
        registry_value(test.scan, "CurrentBuild", REGISTRY_SZ, "6003", 4);
        assert_int_equal(registry_close(&test), 0);
        registry_free(&test);
    }
}

static void leaves_endless_paths(void **state)
{
    struct registry_test test = registry_open(true);
    char path[4000];

    (void)state;
    memset(path, 'a', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    memcpy(path, CURRENT_VERSION, strlen(CURRENT_VERSION));
    assert_false(registry_key(test.scan, path));
    assert_int_equal(registry_close(&test), 0);
    registry_free(&test);
}

static void keeps_the_32_bit_view_apart(void **state)
{
    struct registry_test test = registry_open(true);
    const char *key =
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows NT\\CurrentVersion";

    (void)state;
    put_text(&test, key, "CurrentBuild", "6003");
    put_text(&test, key, "BuildLabEx", "6003.20489.amd64fre.vistasp2_ldr_escrow.190320-1700");
    assert_int_equal(registry_close(&test), 2);
    assert_int_equal(shown_count(&test.shown, FIELD_WOW64), 2);
    assert_int_equal(shown_count(&test.shown, FIELD_BUILD), 0);
    assert_int_equal(shown_count(&test.shown, FIELD_REVISION), 0);
    /* It says that this is all there is. */
    assert_int_equal(test.shown.machine->evidence[0].n_problems, 1);
    registry_free(&test);

    test = registry_open(true);
    put_text(&test, key, "CurrentBuild", "6002");
    put_text(&test, CURRENT_VERSION, "CurrentBuild", "6003");
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_BUILD), 1);
    assert_int_equal(shown_fact(&test.shown, FIELD_BUILD, 0)->number, 6003);
    assert_int_equal(test.shown.machine->evidence[0].n_problems, 0);
    registry_free(&test);
}

static void knows_wine_by_its_key(void **state)
{
    static const char *const paths[] = {
        "HKEY_CURRENT_USER\\Software\\Wine",
        "HKEY_LOCAL_MACHINE\\Software\\Wine\\Drivers",
        "HKEY_USERS\\S-1-5-21-0-0-0-1000\\Software\\Wine",
        "Software\\Wine",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct registry_test test = registry_open(true);

        registry_key(test.scan, paths[i]);
        registry_key(test.scan, paths[i]);
        assert_int_equal(registry_close(&test), 1);
        assert_int_equal(shown_count(&test.shown, FIELD_IMITATION), 1);
        registry_free(&test);
    }
}

static void shows_no_control_characters(void **state)
{
    struct registry_test test = registry_open(false);

    (void)state;
    put_text(&test, "HKEY_LOCAL_MACHINE\\\x1b[31mX\\Microsoft\\Windows NT\\CurrentVersion",
             "CurrentBuild", "6003");
    registry_close(&test);
    assert_null(strchr(shown_fact(&test.shown, FIELD_BUILD, 0)->where, '\x1b'));
    registry_free(&test);
}

static void stops_at_a_flood(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    for (int i = 0; i < LIMIT_REGISTRY_VALUES + 10; i++)
        put_text(&test, CURRENT_VERSION, "CurrentVersion", "6.0");
    put_text(&test, CURRENT_VERSION, "CurrentBuild", "6003");
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_BUILD), 0);
    assert_int_equal(test.shown.machine->evidence[0].n_problems, 1);
    registry_free(&test);
}

static void turns_utf16_to_utf8(void **state)
{
    const unsigned char pair[] = {'A', 0, 0xe4, 0, 0xac, 0x20, 0x3d, 0xd8, 0x00, 0xde};
    const unsigned char lone[] = {0x00, 0xd8, 'B', 0, 0x00, 0xdc, 'C'};
    char text[32];

    (void)state;
    assert_int_equal(registry_utf8(pair, sizeof(pair), text, sizeof(text)), 10);
    assert_string_equal(text, "A\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
    registry_utf8(lone, sizeof(lone), text, sizeof(text));
    assert_string_equal(text, "\xef\xbf\xbd" "B" "\xef\xbf\xbd");
    /* Never past its room. */
    assert_true(registry_utf8(pair, sizeof(pair), text, 6) < 6);
    assert_int_equal(registry_utf8(pair, 0, text, sizeof(text)), 0);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_roots),
        cmocka_unit_test(leaves_other_keys),
        cmocka_unit_test(leaves_endless_paths),
        cmocka_unit_test(keeps_the_32_bit_view_apart),
        cmocka_unit_test(knows_wine_by_its_key),
        cmocka_unit_test(shows_no_control_characters),
        cmocka_unit_test(stops_at_a_flood),
        cmocka_unit_test(turns_utf16_to_utf8),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
