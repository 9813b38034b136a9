/* The text reader as a whole: several outputs in one file, and files that say nothing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/readers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static bool read_text(struct machine *machine, const char *text)
{
    struct input input;
    bool read;

    input_from_memory(&input, "test.txt", text, strlen(text));
    read = reader_text.probe(&input) &&
           reader_text.read(&input, machine, machine_add_evidence(machine, "test.txt"));
    input_close(&input);
    return read;
}

static void several_outputs_in_one_file(void **state)
{
    struct machine *machine = machine_new("test");

    (void)state;
    assert_true(read_text(machine, "Microsoft Windows [Version 6.0.6003]\r\n"
                                   "Copyright (c) 2006 Microsoft Corporation.\r\n"
                                   "\r\n"
                                   "C:\\>systeminfo | findstr OS\r\n"
                                   "OS Name:      Microsoftr Windows Serverr 2008 Standard\r\n"
                                   "OS Version:   6.0.6003 Service Pack 2 Build 6003\r\n"
                                   "C:\\>hostname\r\n"
                                   "CLRVersion   2.0.50727.4253\r\n"));
    assert_non_null(facts_by_witness(&machine->facts, FIELD_BUILD, WITNESS_VER));
    assert_non_null(facts_by_witness(&machine->facts, FIELD_BUILD, WITNESS_SYSTEMINFO));
    assert_non_null(facts_best(&machine->facts, FIELD_PRODUCT_NAME));
    assert_non_null(facts_best(&machine->facts, FIELD_LOOKALIKE));
    assert_string_equal(facts_best(&machine->facts, FIELD_ENCODING)->value, "ASCII");
    machine_free(machine);
}

static void a_file_without_a_statement_leaves_no_facts(void **state)
{
    struct machine *machine = machine_new("test");

    (void)state;
    assert_false(read_text(machine, "The patch version is 6.0.6002.19743 (KB4012598)\n"));
    assert_int_equal(machine->facts.count, 0);
    machine_free(machine);
}

static void source_of_a_program_is_passed_over_and_told(void **state)
{
    struct machine *machine = machine_new("test");

    (void)state;
    assert_false(read_text(machine, "func TestParse(t *testing.T) {\n"
                                    "\targs: `\n"
                                    "OS Name:      Microsoft Windows Server 2008\n"
                                    "OS Version:   6.0.6003 Service Pack 2 Build 6003\n"
                                    "`,\n"));
    assert_int_equal(machine->facts.count, 0);
    assert_int_equal(machine->evidence[0].n_problems, 1);
    assert_non_null(strstr(machine->evidence[0].problems[0], "line 3"));
    machine_free(machine);
}

static void lines_that_are_too_long_are_told(void **state)
{
    static char text[40000];
    struct machine *machine = machine_new("test");

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    strcpy(text + sizeof(text) - 60, "\nMicrosoft Windows [Version 6.0.6003]\n");
    assert_true(read_text(machine, text));
    assert_int_equal(machine->evidence[0].n_problems, 1);
    assert_non_null(strstr(machine->evidence[0].problems[0], "cut"));
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_outputs_in_one_file),
        cmocka_unit_test(a_file_without_a_statement_leaves_no_facts),
        cmocka_unit_test(source_of_a_program_is_passed_over_and_told),
        cmocka_unit_test(lines_that_are_too_long_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
