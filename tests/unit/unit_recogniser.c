/* Comment marks before pasted output, and the place that facts name.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

static void comment_marks_go(void **state)
{
    (void)state;
    assert_string_equal(recogniser_uncomment("; Microsoft"), "Microsoft");
    assert_string_equal(recogniser_uncomment(";Microsoft"), "Microsoft");
    assert_string_equal(recogniser_uncomment("    # Host Name: A"), "Host Name: A");
    assert_string_equal(recogniser_uncomment("// x"), "x");
    assert_string_equal(recogniser_uncomment("rem x"), "x");
    assert_string_equal(recogniser_uncomment("-- x"), "x");
    assert_string_equal(recogniser_uncomment("> > x"), "x");
    assert_string_equal(recogniser_uncomment(">> x"), "x");
    assert_string_equal(recogniser_uncomment("#"), "");
    assert_string_equal(recogniser_uncomment(""), "");
}

static void words_and_rules_stay(void **state)
{
    (void)state;
    assert_string_equal(recogniser_uncomment("REMOTE: x"), "REMOTE: x");
    assert_string_equal(recogniser_uncomment("-----"), "-----");
    assert_string_equal(recogniser_uncomment(">x"), ">x");
    assert_string_equal(recogniser_uncomment("C:\\>ver"), "C:\\>ver");
}

static void a_source_names_the_line(void **state)
{
    struct machine *machine = machine_new("test");
    struct text_scan scan = {.machine = machine, .evidence = 3};
    struct text_line line = {.text = "", .number = 12};
    struct source source = recogniser_source(&scan, &line, GRADE_TOOL, WITNESS_VER, "OS\x1b Name");

    (void)state;
    assert_string_equal(source.where, "OS  Name, line 12");
    assert_int_equal(source.evidence, 3);
    source = recogniser_source(&scan, &line, GRADE_TOOL, WITNESS_VER, "");
    assert_string_equal(source.where, "line 12");
    machine_free(machine);
}

static void a_part_of_a_line_becomes_a_fact(void **state)
{
    struct machine *machine = machine_new("test");
    struct text_scan scan = {.machine = machine};
    struct source source = {.grade = GRADE_TOOL, .where = ""};

    (void)state;
    assert_string_equal(
        recogniser_add(&scan, &source, FIELD_OWNER, (struct span){"Ada Lovelace", 3})->value,
        "Ada");
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comment_marks_go),
        cmocka_unit_test(words_and_rules_stay),
        cmocka_unit_test(a_source_names_the_line),
        cmocka_unit_test(a_part_of_a_line_becomes_a_fact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
