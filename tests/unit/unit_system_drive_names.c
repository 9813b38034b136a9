/* What names of packages and components say.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/system_drive_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define KEY "~31bf3856ad364e35~amd64~~"
#define COMPONENT(name, version)                                                                   \
    "amd64_microsoft-windows-" name "_31bf3856ad364e35_" version "_none_676975d87cc9b6e6.manifest"

static struct drive_names *begin(struct machine *machine)
{
    struct drive_names *names = arena_alloc(machine->arena, sizeof(*names));

    names->machine = machine;
    names->evidence = machine_add_evidence(machine, "drive");
    return names;
}

static void packages(void **state)
{
    struct machine *machine = machine_new("test");
    struct drive_names *names = begin(machine);
    const struct fact *fact;

    (void)state;
    drive_names_package(names, "Microsoft-Windows-Foundation-Package" KEY "6.0.6001.18000.mum");
    drive_names_package(names, "Microsoft-Windows-Foundation-Package" KEY "6.0.6001.18000.cat");
    drive_names_package(names, "Package_for_KB4499149" KEY "6.0.1.0.mum");
    drive_names_package(names, "Package_for_KB4493471" KEY "6.0.1.0.mum");
    drive_names_package(names, "Package_for_KB4493730" KEY "6.0.1.0.mum"); /* servicing stack */
    drive_names_package(names, "Package_for_KB4493471" KEY "6.0.1.0.cat");
    drive_names_package(names, ".mum");
    assert_true(drive_names_state(names));
    fact = facts_best(&machine->facts, FIELD_FOUNDATION);
    assert_string_equal(fact->value, "6.0.6001.18000");
    assert_int_equal(fact->grade, GRADE_COMPONENT);
    assert_string_equal(facts_best(&machine->facts, FIELD_ARCH)->value, "x64");
    /* That servicing knows an update does not say that it is installed. */
    assert_null(facts_best(&machine->facts, FIELD_PACKAGE));
    assert_int_equal(machine->facts.count, 3);
    fact = &machine->facts.items[2];
    assert_int_equal(fact->field, FIELD_PACKAGE);
    assert_int_equal(fact->status, FACT_NOT_RECORDED);
    assert_non_null(strstr(fact->note, "KB4499149 the newest"));
    machine_free(machine);
}

static void packages_of_a_hive_say_more(void **state)
{
    struct machine *machine = machine_new("test");
    struct drive_names *names = begin(machine);
    struct source source = {GRADE_COMPONENT, WITNESS_CBS, 0, "SOFTWARE"};
    struct package package = {.kb = 4493471, .state = PACKAGE_INSTALLED, .version = VERSION_NONE};

    (void)state;
    facts_add_package(&machine->facts, &source, &package);
    drive_names_package(names, "Package_for_KB4493471" KEY "6.0.1.0.mum");
    assert_false(drive_names_state(names));
    assert_int_equal(machine->facts.count, 1);
    machine_free(machine);
}

static void components(void **state)
{
    struct machine *machine = machine_new("test");
    struct drive_names *names = begin(machine);
    const struct fact *fact;

    (void)state;
    drive_names_component(names, COMPONENT("os-kernel", "6.0.6002.24566"));
    drive_names_component(names, COMPONENT("os-kernel", "6.0.6003.20489"));
    drive_names_component(names, COMPONENT("os-kernel", "6.0.6001.18000"));
    drive_names_component(names, COMPONENT("os-kernel-other", "6.0.9999.9999"));
    drive_names_component(names, COMPONENT("servicingstack", "6.0.6003.20484"));
    drive_names_component(names,
                          "x86_microsoft-windows-servicingstack_31bf3856ad364e35_6.0.manifest");
    drive_names_component(names, "servicingstack_31bf3856ad364e35_6.0.6003.20999_none.manifest");
    drive_names_component(names, COMPONENT("servicingstack", "6.0.6003.20999") ".bak");
    drive_names_component(names, "");
    drive_names_component(names, "_");
    assert_true(drive_names_state(names));
    fact = facts_best(&machine->facts, FIELD_SERVICING_STACK);
    assert_string_equal(fact->value, "6.0.6003.20484");
    assert_non_null(strstr(fact->note, "the only version"));
    fact = facts_best(&machine->facts, FIELD_OS_FILE);
    assert_string_equal(fact->value, "microsoft-windows-os-kernel 6.0.6003.20489");
    assert_non_null(strstr(fact->note, "newest of 3"));
    /* What lies in the store does not run, and proves no level. */
    assert_int_equal(fact->witness, WITNESS_CBS);
    assert_null(facts_best(&machine->facts, FIELD_BUILD));
    machine_free(machine);
}

static void a_licence_is_not_shown(void **state)
{
    struct machine *machine = machine_new("test");
    struct drive_names *names = begin(machine);

    (void)state;
    drive_names_component(names, COMPONENT("s..edsecurityupdatesai", "6.0.6003.20731"));
    assert_false(drive_names_state(names));
    assert_null(facts_best(&machine->facts, FIELD_ESU));
    assert_int_equal(machine->facts.items[0].status, FACT_NOT_RECORDED);
    machine_free(machine);
}

static void marks(void **state)
{
    struct machine *machine = machine_new("test");
    struct drive_names *names = begin(machine);

    (void)state;
    assert_false(drive_names_state(names));
    assert_int_equal(machine->facts.count, 0);
    names->pending = true;
    names->vista_mark = "kerneles.dll";
    assert_true(drive_names_state(names));
    assert_string_equal(facts_best(&machine->facts, FIELD_PENDING)->value, "pending.xml");
    assert_string_equal(facts_best(&machine->facts, FIELD_VISTA_MARK)->value, "kerneles.dll");
    machine_free(machine);
}

static void names_without_end(void **state)
{
    struct machine *machine = machine_new("test");
    struct drive_names *names = begin(machine);
    char name[2000];

    (void)state;
    memset(name, 'x', sizeof(name));
    memcpy(name, COMPONENT("os-kernel", "6.0.6003.20489"),
           strlen(COMPONENT("os-kernel", "6.0.6003.20489")) - strlen(".manifest"));
    memcpy(name + sizeof(name) - sizeof(".manifest"), ".manifest", sizeof(".manifest"));
    drive_names_component(names, name);
    assert_true(drive_names_state(names));
    for (int i = 0; i < 10; i++)
        drive_names_package(names, "Microsoft-Windows-Foundation-Package" KEY "6.0.6001.18000.mum");
    assert_int_equal(names->n_foundations, DRIVE_FOUNDATIONS);
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packages),   cmocka_unit_test(packages_of_a_hive_say_more),
        cmocka_unit_test(components), cmocka_unit_test(a_licence_is_not_shown),
        cmocka_unit_test(marks),      cmocka_unit_test(names_without_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
