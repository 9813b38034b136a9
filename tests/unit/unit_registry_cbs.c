/* Packages folded by KB and state, what waits, the servicing stack, hotfix, SHA-2 and ESU marks.
 *
 * SPDX-License-Identifier: MIT
 */
#include "registry.h"

#include "core/knowledge.h"

#include <stdio.h>

#define PACKAGES CBS "Packages\\"
#define TAIL "~31bf3856ad364e35~amd64~~6.0.1.0"

static const struct fact *package_fact(const struct shown *shown, uint32_t kb,
                                       enum package_state state)
{
    facts_each(fact, &shown->machine->facts)
        if (fact->package && fact->package->kb == kb && fact->package->state == state)
            return fact;
    return NULL;
}

static void folds_by_kb_and_state(void **state)
{
    struct registry_test test = registry_open(true);
    const struct fact *fact;
    char key[256];

    (void)state;
    for (int i = 1; i <= 25; i++) {
        snprintf(key, sizeof(key), PACKAGES "Package_%d_for_KB4474419"
                                            "~31bf3856ad364e35~amd64~~6.0.4.%d", i, i % 3);
        put_number(&test, key, "CurrentState", i == 7 ? 4 : 7);
    }
    put_number(&test, PACKAGES "Package_for_KB4474419" TAIL, "CurrentState", 7);
    put_number(&test, PACKAGES "Package_for_KB4474419" TAIL, "InstallTimeHigh", 0x01d4dfd0);
    put_number(&test, PACKAGES "Package_for_KB4474419" TAIL, "InstallTimeLow", 0xfb4eb361);
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_PACKAGE), 1);
    fact = package_fact(&test.shown, 4474419, PACKAGE_INSTALLED);
    assert_non_null(fact);
    assert_string_equal(fact->value, "KB4474419");
    assert_int_equal(fact->grade, GRADE_COMPONENT);
    assert_string_equal(fact->package->identity, "Package_for_KB4474419" TAIL);
    assert_int_equal(fact->package->version.build, 4);
    assert_int_equal(fact->package->version.revision, 2);
    assert_string_equal(fact->package->installed_on, "2019-03-21");
    assert_non_null(strstr(fact->where, "and 24 more"));
    assert_string_equal(fact->note, "1 parts staged");
    assert_shown(&test.shown, FIELD_ARCH, "x64");
    registry_free(&test);
}

static void knows_both_numberings(void **state)
{
    static const struct {
        uint32_t number;
        enum package_state state;
    } cases[] = {
        {0x0, PACKAGE_ABSENT},           {0x2, PACKAGE_RESOLVED},
        {0x4, PACKAGE_STAGED},           {0x5, PACKAGE_UNINSTALL_PENDING},
        {0x6, PACKAGE_INSTALL_PENDING},  {0x7, PACKAGE_INSTALLED},
        {0x8, PACKAGE_INSTALLED},        {0x20, PACKAGE_RESOLVED},
        {0x40, PACKAGE_STAGED},          {0x50, PACKAGE_SUPERSEDED},
        {0x60, PACKAGE_INSTALL_PENDING}, {0x65, PACKAGE_INSTALL_PENDING},
        {0x70, PACKAGE_INSTALLED},       {0x80, PACKAGE_INSTALLED},
        {0xffffff90, PACKAGE_FAILED},    {0x9, PACKAGE_FAILED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct registry_test test = registry_open(true);

        put_number(&test, PACKAGES "Package_for_KB4493471" TAIL, "CurrentState",
                   cases[i].number);
        registry_close(&test);
        assert_non_null(package_fact(&test.shown, 4493471, cases[i].state));
        registry_free(&test);
    }
}

static void keeps_what_waits_beside_what_is_in(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_number(&test, PACKAGES "Package_1_for_KB4493471" TAIL, "CurrentState", 7);
    put_number(&test, PACKAGES "Package_2_for_KB4493471" TAIL, "CurrentState", 6);
    put_number(&test, PACKAGES "Package_3_for_KB4493458" TAIL, "CurrentState", 4);
    registry_close(&test);
    assert_non_null(package_fact(&test.shown, 4493471, PACKAGE_INSTALLED));
    assert_non_null(package_fact(&test.shown, 4493471, PACKAGE_INSTALL_PENDING));
    assert_non_null(package_fact(&test.shown, 4493458, PACKAGE_STAGED));
    registry_free(&test);
}

static void takes_no_key_list_for_states(void **state)
{
    struct registry_test test = registry_open(false);

    (void)state;
    registry_key(test.scan, PACKAGES "Package_for_KB4493471" TAIL);
    registry_key(test.scan, PACKAGES "Package_for_KB4493730" TAIL);
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_PACKAGE), 1);
    assert_int_equal(shown_fact(&test.shown, FIELD_PACKAGE, 0)->status, FACT_NOT_RECORDED);
    registry_free(&test);
}

static void leaves_what_is_no_identity(void **state)
{
    static const char *const names[] = {
        "Package_for_KB4493471",
        "Package_for_KB4493471~31bf3856ad364e35~amd64~",
        "Package_for_KB4493471~31bf3856ad364e35~amd64~~6.0.x",
        "Package_for_KB12~31bf3856ad364e35~amd64~~6.0.1.0",
        "Package_for_WEBKB4493471~31bf3856ad364e35~amd64~~6.0.1.0",
    };
    char key[256];

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct registry_test test = registry_open(true);

        snprintf(key, sizeof(key), PACKAGES "%s", names[i]);
        put_number(&test, key, "CurrentState", 7);
        registry_close(&test);
        if (shown_count(&test.shown, FIELD_PACKAGE))
            fail_msg("taken: %s", names[i]);
        registry_free(&test);
    }
}

static void knows_the_foundation(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_number(&test,
               PACKAGES "Microsoft-Windows-Foundation-Package~31bf3856ad364e35~x86~~"
                        "6.0.6001.18000",
               "CurrentState", 7);
    put_number(&test,
               PACKAGES "Microsoft-Windows-Foundation-Package-Topping~31bf3856ad364e35~x86~~"
                        "6.0.6000.16386",
               "CurrentState", 7);
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_FOUNDATION), 1);
    assert_shown(&test.shown, FIELD_FOUNDATION, "6.0.6001.18000");
    assert_shown(&test.shown, FIELD_ARCH, "x86");
    registry_free(&test);
}

static void counts_no_more_than_it_keeps(void **state)
{
    struct registry_test test = registry_open(true);
    char key[256];

    (void)state;
    for (int i = 0; i < LIMIT_PACKAGES + 5; i++) {
        snprintf(key, sizeof(key), PACKAGES "Package_for_KB%d" TAIL, 1000000 + i);
        put_number(&test, key, "CurrentState", 7);
    }
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_PACKAGE), LIMIT_PACKAGES);
    assert_int_equal(test.shown.machine->evidence[0].n_problems, 1);
    registry_free(&test);
}

static void tells_what_waits(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    registry_key(test.scan, CBS "RebootPending");
    registry_key(test.scan, CBS "RebootInProgress");
    registry_key(test.scan, CBS "PackagesPending\\Package_for_KB4493471" TAIL);
    put_number(&test, CBS "SessionsPending", "Exclusive", 3);
    registry_key(test.scan, "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\"
                            "Auto Update\\RebootRequired");
    put_number(&test, "HKLM\\SOFTWARE\\Microsoft\\Updates", "UpdateExeVolatile", 1);
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_PENDING), 6);
    assert_shown(&test.shown, FIELD_PENDING, "RebootPending");
    registry_free(&test);
}

static void tells_nothing_of_a_healthy_machine(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    registry_key(test.scan, CBS "PackagesPending");
    put_number(&test, CBS "SessionsPending", "Exclusive", 0);
    put_number(&test, CBS "SessionsPending", "TotalSessionPhases", 0);
    put_number(&test, CBS "SessionsPending\\30_1", "Complete", 1);
    put_number(&test, "HKLM\\SOFTWARE\\Microsoft\\Updates", "UpdateExeVolatile", 0);
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_PENDING), 0);
    registry_free(&test);

    test = registry_open(true);
    registry_key(test.scan, CBS "SessionsPending\\30_1");
    registry_close(&test);
    assert_shown(&test.shown, FIELD_PENDING, "SessionsPending");
    registry_free(&test);
}

static void takes_no_stack_for_the_build(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    put_text(&test, CBS "Version", "6.0.6003.20484", "%SystemRoot%\\WinSxS\\x");
    put_text(&test, CBS "Version", "(something else)", "");
    put_text(&test, CBS "Version", "6.0.6003", "");
    assert_int_equal(registry_close(&test), 1);
    assert_shown(&test.shown, FIELD_SERVICING_STACK, "6.0.6003.20484");
    assert_int_equal(shown_count(&test.shown, FIELD_BUILD), 0);
    registry_free(&test);
}

static void reads_hotfix_keys(void **state)
{
    struct registry_test test = registry_open(true);

    (void)state;
    registry_key(test.scan, CURRENT_VERSION "\\HotFix\\KB4012598");
    registry_key(test.scan, CURRENT_VERSION "\\HotFix\\Q246009");
    registry_key(test.scan, CURRENT_VERSION "\\HotFix\\KB4012598\\File 1");
    registry_key(test.scan, "HKLM\\SOFTWARE\\Microsoft\\Updates\\Windows XP\\SP4\\KB958644");
    assert_int_equal(registry_close(&test), 2);
    assert_shown(&test.shown, FIELD_PACKAGE, "KB4012598");
    registry_free(&test);
}

static void reads_sha2_marks(void **state)
{
    struct registry_test test = registry_open(true);
    const char *key = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Servicing\\"
                      "Codesigning\\SHA2";

    (void)state;
    put_number(&test, key, "SHA2-Codesigning-Support", 1);
    put_number(&test, key, "SHA2-Core-Codesigning-Support", 0);
    put_number(&test, key, "Other", 1);
    assert_int_equal(registry_close(&test), 2);
    assert_int_equal(shown_fact(&test.shown, FIELD_SHA2, 0)->number, 1);
    assert_int_equal(shown_fact(&test.shown, FIELD_SHA2, 1)->number, 0);
    registry_free(&test);
}

static void knows_esu_ids(void **state)
{
    struct registry_test test = registry_open(true);
    const struct esu_item *item = NULL;
    char key[256];

    (void)state;
    for (size_t i = 0; i < n_esu_items && !item; i++)
        if (!strcmp(esu_items[i].kind, "activation-id"))
            item = &esu_items[i];
    assert_non_null(item);
    snprintf(key, sizeof(key), CURRENT_VERSION "\\SoftwareProtectionPlatform\\x\\%s",
             item->value);
    registry_key(test.scan, key);
    put_text(&test, CURRENT_VERSION "\\SL", "Sku", item->value);
    put_text(&test, CURRENT_VERSION "\\SL", "Sku", "00000000-0000-0000-0000-000000000000");
    registry_close(&test);
    assert_int_equal(shown_count(&test.shown, FIELD_ESU), 1);
    assert_shown(&test.shown, FIELD_ESU, item->item);
    registry_free(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_by_kb_and_state),
        cmocka_unit_test(knows_both_numberings),
        cmocka_unit_test(keeps_what_waits_beside_what_is_in),
        cmocka_unit_test(takes_no_key_list_for_states),
        cmocka_unit_test(leaves_what_is_no_identity),
        cmocka_unit_test(knows_the_foundation),
        cmocka_unit_test(counts_no_more_than_it_keeps),
        cmocka_unit_test(tells_what_waits),
        cmocka_unit_test(tells_nothing_of_a_healthy_machine),
        cmocka_unit_test(takes_no_stack_for_the_build),
        cmocka_unit_test(reads_hotfix_keys),
        cmocka_unit_test(reads_sha2_marks),
        cmocka_unit_test(knows_esu_ids),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
