/* systeminfo's items and hotfix list by themselves.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/systeminfo.h"

#include "recognise.h"

static void names_and_build_types(void **state)
{
    (void)state;
    assert_true(systeminfo_is_host(SPAN("SRV-1")));
    assert_false(systeminfo_is_host(SPAN("page: 437")));
    assert_false(systeminfo_is_host(SPAN("")));
    assert_true(systeminfo_is_build_type(SPAN("Multiprocessor Free")));
    assert_true(systeminfo_is_build_type(SPAN("Uniprocessor Checked")));
    assert_false(systeminfo_is_build_type(SPAN("Sugar Free Drinks")));
}

static void entries_of_a_hotfix_list(void **state)
{
    (void)state;
    assert_true(hotfix_list_is_entry(SPAN("KB4493730")));
    assert_true(hotfix_list_is_entry(SPAN("Q147222")));
    assert_true(hotfix_list_is_entry(SPAN("943729")));
    assert_true(hotfix_list_is_entry(SPAN("File 1")));
    assert_true(hotfix_list_is_entry(SPAN("{7A068575-C5DB-43D9-BE20-3895D0C69B17}")));
    assert_false(hotfix_list_is_entry(SPAN("Intel64 Family 6 Model 26")));
    assert_false(hotfix_list_is_entry(SPAN("192.0.2.42")));
}

static void a_list_counts_what_it_has(void **state)
{
    struct machine *machine = machine_new("test");
    struct text_scan scan = {.machine = machine};
    struct source source = {.grade = GRADE_TOOL, .where = "x"};
    struct hotfix_list list = {0};

    (void)state;
    hotfix_list_end(&scan, &list); /* none is open */
    assert_int_equal(machine->facts.count, 0);
    hotfix_list_value(&scan, &list, source, SPAN("3 installed.,[01]: KB4493730,[02]: File 1"));
    assert_int_equal(list.claimed, 3);
    assert_int_equal(list.entries, 2);
    hotfix_list_end(&scan, &list);
    assert_int_equal(machine->facts.count, 2);
    assert_string_equal(machine->facts.items[1].value, "cut");
    assert_int_equal(machine->facts.items[1].number, 3);
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_build_types),
        cmocka_unit_test(entries_of_a_hotfix_list),
        cmocka_unit_test(a_list_counts_what_it_has),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
