/* Redaction: no private value is left, and nothing technical is touched.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/machine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void private_values_become_tags(void **state)
{
    struct machine *machine = machine_new("SRV-01/systeminfo.txt");
    unsigned evidence = machine_add_evidence(machine, "/home/ada/srv-01_systeminfo.txt");
    struct source source = {GRADE_TOOL, WITNESS_SYSTEMINFO, evidence, "C:\\Users\\Ada L\\a.txt"};
    struct facts *facts = &machine->facts;

    (void)state;
    facts_add_text(facts, &source, FIELD_COMPUTER_NAME, "SRV-01");
    facts_add_text(facts, &source, FIELD_COMPUTER_NAME, "srv-01");
    facts_add_text(facts, &source, FIELD_COMPUTER_NAME, "SRV-02");
    facts_add_text(facts, &source, FIELD_OWNER, "Server");
    facts_add_text(facts, &source, FIELD_PRODUCT_NAME, "Windows Server 2008");
    machine_add_problem(machine, evidence, "SRV-02: cut");
    machine_redact(machine);

    assert_string_equal(facts->items[0].value, "[host 1]");
    assert_string_equal(facts->items[1].value, "[host 1]");
    assert_string_equal(facts->items[2].value, "[host 2]");
    assert_string_equal(facts->items[3].value, "[owner 1]");
    assert_string_equal(facts->items[4].value, "Windows Server 2008");
    assert_string_equal(facts->items[4].where, "C:\\Users\\[user]\\a.txt");
    assert_string_equal(machine->evidence[0].name, "/home/[user]/[host 1]_systeminfo.txt");
    assert_string_equal(machine->evidence[0].problems[0], "[host 2]: cut");
    assert_string_equal(machine->label, "[host 1]/systeminfo.txt");
    machine_free(machine);
}

static void longer_words_are_not_cut(void **state)
{
    struct machine *machine = machine_new("SRVX");
    unsigned evidence = machine_add_evidence(machine, "C:\\Users\\Public\\SRV");
    struct source source = {GRADE_TOOL, WITNESS_SYSTEMINFO, evidence, ""};

    (void)state;
    facts_add_text(&machine->facts, &source, FIELD_COMPUTER_NAME, "SRV");
    machine_redact(machine);
    assert_string_equal(machine->label, "SRVX");
    assert_string_equal(machine->evidence[0].name, "C:\\Users\\Public\\[host 1]");
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(private_values_become_tags),
        cmocka_unit_test(longer_words_are_not_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
