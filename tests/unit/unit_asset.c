/* Tests of core/readers/asset.c: how inventories word versions and their kin.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/asset.h"

#include "machines.h"

static struct asset asset_new(void)
{
    struct asset asset = {.machine = machine_new("test")};

    asset.evidence = machine_add_evidence(asset.machine, "test");
    return asset;
}

static void test_version(void **state)
{
    static const struct {
        const char *text, *build, *service_pack, *lookalike;
    } rows[] = {
        {"6.0.6002", "6002", "", ""},
        {" 6.0.6003.0 ", "6003", "", ""},
        {"6.0.6002.131072", "6002", "2", "6.0.6002.131072"},
        {"6.0.6002.18005", "6002", "", "6.0.6002.18005"},
        {"6.0", "", "", ""},
        {"2008", "", "", ""},
        {"6.0.6002-SP2", "", "", ""},
        {"", "", "", ""},
        {NULL, "", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct asset asset = asset_new();

        asset_version(&asset, "version", rows[i].text);
        assert_value(asset.machine, FIELD_BUILD, rows[i].build);
        assert_value(asset.machine, FIELD_SERVICE_PACK, rows[i].service_pack);
        assert_value(asset.machine, FIELD_LOOKALIKE, rows[i].lookalike);
        assert_int_equal(machine_count(asset.machine, FIELD_REVISION), 0);
        assert_int_equal(asset.stated, *rows[i].build != '\0');
        machine_free(asset.machine);
    }
}

static void test_arch(void **state)
{
    static const struct {
        const char *text, *arch;
    } rows[] = {
        {"x64", "x64"},       {"x86_64", "x64"},     {"i386", "x86"},
        {"64-bit", "64-bit"}, {"64 bits", "64-bit"}, {"32-bit", "x86"},
        {"32 Bit", "x86"},    {"sparc", "sparc"},    {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct asset asset = asset_new();

        asset_arch(&asset, "arch", rows[i].text);
        assert_value(asset.machine, FIELD_ARCH, rows[i].arch);
        machine_free(asset.machine);
    }
}

static void test_numbers(void **state)
{
    struct asset asset = asset_new();

    (void)state;
    asset_memory(&asset, "memory", "4094.46", 1024);
    assert_value(asset.machine, FIELD_MEMORY_KB, "4192256");
    asset_memory(&asset, "memory", "4 GB", 1024);
    assert_int_equal(machine_count(asset.machine, FIELD_MEMORY_KB), 1);
    asset_service_pack(&asset, "pack", "Service Pack 2");
    asset_service_pack(&asset, "pack", "1");
    asset_service_pack(&asset, "pack", "20");
    asset_service_pack(&asset, "pack", "");
    assert_int_equal(machine_count(asset.machine, FIELD_SERVICE_PACK), 2);
    asset_number(&asset, FIELD_BUILD, "build", "6003");
    asset_number(&asset, FIELD_BUILD, "build", "6.0");
    asset_number(&asset, FIELD_BUILD, "build", "");
    asset_number(&asset, FIELD_BUILD, "build", NULL);
    assert_int_equal(machine_count(asset.machine, FIELD_BUILD), 1);
    assert_false(asset.stated);
    machine_free(asset.machine);
}

static void test_dates_and_packages(void **state)
{
    struct asset asset = asset_new();

    (void)state;
    asset_install_date(&asset, "date", "1284453665");
    assert_int_equal(facts_best(&asset.machine->facts, FIELD_INSTALL_DATE)->number, 1284453665);
    machine_reset(asset.machine, "test");
    asset_install_date(&asset, "date", "20100914");
    assert_true(facts_best(&asset.machine->facts, FIELD_INSTALL_DATE)->number == FACT_NO_NUMBER);
    asset_package(&asset, "patches", "KB4493471", "4/10/2019");
    assert_value(asset.machine, FIELD_PACKAGE, "KB4493471");
    assert_true(asset.stated);
    asset_package(&asset, "patches", "File 1", "");
    assert_int_equal(machine_count(asset.machine, FIELD_PACKAGE), 1);
    machine_free(asset.machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_arch),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_dates_and_packages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
