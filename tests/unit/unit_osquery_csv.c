/* Tests of core/readers/osquery.c and osquery_csv.c: its tables as CSV.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/osquery.h"

#include "core/readers/readers.h"
#include "machines.h"

static void test_tables(void **state)
{
    struct machines machines = machines_of(
        "q.csv", "name|version|major|minor|patch|build|platform|platform_like|arch|revision\n"
                 "Windows Server 2008|6.0.6003|6|0||6003|windows|windows|64-bit|20489\n"
                 "csname|hotfix_id|installed_on\n"
                 "S1|KB4493471|4/10/2019\n");

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    assert_value(machines.items[0], FIELD_REVISION, "20489");
    assert_int_equal(machine_count(machines.items[0], FIELD_BUILD), 1);
    assert_value(machines.items[0], FIELD_COMPUTER_NAME, "S1");
    assert_string_equal(facts_best(&machines.items[0]->facts, FIELD_PACKAGE)->package->installed_on,
                        "4/10/2019");
    assert_string_equal(machines.items[0]->evidence[0].reader, "osquery");
    machines_free(&machines);
}

/* Build and version that differ are both told. */
static void test_build_differs(void **state)
{
    struct machines machines =
        machines_of("q.csv", "\"version\",\"build\",\"platform\"\r\n6.0.6002,6003,windows\r\n");

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_int_equal(machine_count(machines.items[0], FIELD_BUILD), 2);
    machines_free(&machines);
}

static void test_damage(void **state)
{
    struct machines machines =
        machines_of("q.csv", "version|build|platform\nshort|row\n6.0.6002|6002|windows\n");

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_int_equal(machines.items[0]->evidence[0].n_problems, 1);
    machines_free(&machines);

    machines = machines_of("q.csv", "version|build|platform\n22.04||ubuntu\n");
    assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
    machines_free(&machines);
}

static bool probe(const char *text)
{
    struct input input;

    input_from_memory(&input, "test", text, strlen(text));
    return reader_osquery.probe(&input);
}

static void test_probe(void **state)
{
    (void)state;
    assert_true(probe("hotfix_id\nKB1\n"));
    assert_true(probe("version;platform;platform_like\n"));
    assert_false(probe("version;platform\n"));
    assert_false(probe("host,version,product\n"));
    assert_false(probe("the platform of version 6\n"));
    assert_false(probe("text\nversion|build|platform\n"));
}

static void test_is_table(void **state)
{
    (void)state;
    assert_false(osquery_is_table(0));
    assert_true(osquery_is_table(1u << OSQUERY_HOTFIX_ID));
    assert_false(osquery_is_table(1u << OSQUERY_VERSION | 1u << OSQUERY_BUILD));
    for (unsigned i = 0; i < OSQUERY_COLUMNS; i++)
        assert_non_null(osquery_columns[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),   cmocka_unit_test(test_build_differs),
        cmocka_unit_test(test_damage),   cmocka_unit_test(test_probe),
        cmocka_unit_test(test_is_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
