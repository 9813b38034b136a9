/* What programs state, and what they do not.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/pe.h"
#include "core/readers/readers.h"

#include "pe_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MICROSOFT "Microsoft Corporation"
#define LAB       "6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700)"

static const uint16_t april[4] = {6, 0, 6003, 20489};

static bool read_image(const struct pe_image *image, struct machine *machine)
{
    struct input input;

    machine_reset(machine, "test");
    machine_add_evidence(machine, "test");
    input_from_memory(&input, "test", image->bytes, image->size);
    return reader_pe.probe(&input) && reader_pe.read(&input, machine, 0);
}

static void expect(const struct machine *machine, enum fact_field field, const char *value)
{
    const struct fact *fact = facts_best(&machine->facts, field);

    if (!fact || strcmp(fact->value, value) != 0)
        fail_msg("%s is %s, not %s", fact_field_name(field), fact ? fact->value : "not stated",
                 value);
}

static size_t count(const struct machine *machine, enum fact_field field)
{
    size_t n = 0;

    facts_each (fact, &machine->facts)
        n += fact->field == field;
    return n;
}

static void the_kernel_states_the_build(void **state)
{
    static const char *const names[] = {"ntoskrnl.exe", "ntkrnlpa.exe", "NTKRNLMP.EXE",
                                        "ntkrpamp.exe"};
    struct machine *machine = machine_new("test");

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const struct fact *fact;
        struct pe_image image;

        pe_image_make(&image, PE_MACHINE_IA64, true, april, MICROSOFT, names[i], LAB);
        assert_true(read_image(&image, machine));
        expect(machine, FIELD_MAJOR, "6");
        expect(machine, FIELD_MINOR, "0");
        expect(machine, FIELD_BUILD, "6003");
        expect(machine, FIELD_REVISION, "20489");
        expect(machine, FIELD_BUILD_LAB, LAB);
        expect(machine, FIELD_ARCH, "ia64");
        assert_int_equal(count(machine, FIELD_BUILD), 1);
        fact = facts_best(&machine->facts, FIELD_BUILD);
        assert_int_equal(fact->witness, WITNESS_KERNEL_FILE);
        assert_int_equal(fact->grade, GRADE_FILE);
        assert_string_equal(facts_best(&machine->facts, FIELD_BUILD_LAB)->note,
                            "linked 2019-03-21");
        assert_int_equal(machine->evidence[0].n_problems, 0);
    }
    machine_free(machine);
}

static void other_system_files_state_no_build(void **state)
{
    static const struct {
        const char *name, *said;
    } rows[] = {
        {"kernel32", "kernel32.dll 6.0.6003.20489"},
        {"user32", "user32.dll 6.0.6003.20489"},
        {"hal.dll", "hal.dll 6.0.6003.20489"},
        {"halmacpi.dll", "halmacpi.dll 6.0.6003.20489"},
        {"WIN32K.SYS", "WIN32K.SYS 6.0.6003.20489"},
    };
    struct machine *machine = machine_new("test");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pe_image image;

        pe_image_make(&image, PE_MACHINE_X86, false, april, MICROSOFT, rows[i].name, LAB);
        assert_true(read_image(&image, machine));
        expect(machine, FIELD_OS_FILE, rows[i].said);
        /* A 32-bit library lies on 64-bit systems too. */
        assert_int_equal(machine->facts.count, 1);
        assert_int_equal(machine->facts.items[0].witness, WITNESS_SYSTEM_FILE);
        assert_string_equal(machine->facts.items[0].note, "x86, linked 2019-03-21");
    }
    machine_free(machine);
}

static void other_programs_state_nothing(void **state)
{
    static const struct {
        const char *name;
        uint16_t numbers[4];
        const char *lookalike; /* NULL when the number does not even look like one */
    } rows[] = {
        {"WUDFUpdate_01007.dll", {6, 0, 6001, 18000}, "6.0.6001.18000"},
        {"ntkrnlmp.exe.mui", {6, 0, 6002, 18005}, "6.0.6002.18005"},
        {"wuaueng.dll", {7, 7, 6003, 20705}, "7.7.6003.20705"},
        {"setup.exe", {1, 2, 3, 4}, NULL},
        {"", {6, 0, 6002, 18005}, "6.0.6002.18005"},
        {"kernel3", {6, 0, 6002, 18005}, "6.0.6002.18005"},
    };
    struct machine *machine = machine_new("test");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pe_image image;

        pe_image_make(&image, PE_MACHINE_AMD64, true, rows[i].numbers, MICROSOFT, rows[i].name,
                      LAB);
        assert_false(read_image(&image, machine));
        assert_int_equal(machine->facts.count, rows[i].lookalike ? 1 : 0);
        if (rows[i].lookalike) {
            expect(machine, FIELD_LOOKALIKE, rows[i].lookalike);
            assert_non_null(machine->facts.items[0].note);
        }
    }
    machine_free(machine);
}

static void files_of_others_are_imitations(void **state)
{
    static const struct {
        const char *company, *name, *mark;
        bool is_one;
    } rows[] = {
        {"ReactOS Development Team", "ntoskrnl.exe", "", true},
        {NULL, "ntoskrnl.exe", "", false},
        {MICROSOFT, "kernel32", "Wine builtin DLL", true},
        {MICROSOFT, "kernel32", "Wine placeholder DLL", true},
        {MICROSOFT, "kernel32", "", false},
        /* Libraries of Wine are given out for Windows too. */
        {"Microsoft Corporation", "d3d9.dll", "Wine builtin DLL", false},
        {"Somebody", "other.dll", "", false},
    };
    struct machine *machine = machine_new("test");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pe_image image;

        pe_image_make(&image, PE_MACHINE_AMD64, true, april, rows[i].company, rows[i].name, LAB);
        memcpy(image.bytes + 64, rows[i].mark, strlen(rows[i].mark));
        read_image(&image, machine);
        if ((count(machine, FIELD_IMITATION) > 0) != rows[i].is_one)
            fail_msg("row %d", (int)i);
        assert_int_equal(count(machine, FIELD_BUILD), 0);
    }
    machine_free(machine);
}

static void wine_leaves_versions_out(void **state)
{
    struct machine *machine = machine_new("test");
    struct pe_image image;

    (void)state;
    pe_image_make(&image, PE_MACHINE_AMD64, true, april, MICROSOFT, "x", LAB);
    put32(image.bytes + PE_SECTION + 16, 10); /* a resource of another type */
    assert_false(read_image(&image, machine));
    memcpy(image.bytes + 64, "Wine builtin DLL", 16);
    assert_true(read_image(&image, machine));
    assert_int_equal(count(machine, FIELD_IMITATION), 1);
    machine_free(machine);
}

static void numbers_against_words(void **state)
{
    struct machine *machine = machine_new("test");
    struct pe_image image;

    (void)state;
    pe_image_make(&image, PE_MACHINE_AMD64, true, april, MICROSOFT, "ntkrnlmp.exe",
                  "6.0.6002.24566 (vistasp2_ldr_escrow.190311-1800)");
    assert_true(read_image(&image, machine));
    /* Both are stated: the judge sees the conflict. */
    assert_int_equal(count(machine, FIELD_BUILD), 2);
    assert_int_equal(count(machine, FIELD_REVISION), 2);
    assert_non_null(strstr(machine->evidence[0].problems[0], "in numbers"));
    machine_free(machine);
}

static void the_day_of_linking(void **state)
{
    static const struct {
        uint32_t linked;
        bool is_wrong;
    } rows[] = {
        {1553126400, false}, /* 2019-03-21, the day after the lab's */
        {1554076800, false}, /* 2019-04-01 */
        {1239426000, true},  /* 2009-04-11: Service Pack 2 */
        {1700000000, true},  /* 2023-11-14 */
    };
    struct machine *machine = machine_new("test");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pe_image image;

        pe_image_make(&image, PE_MACHINE_AMD64, true, april, MICROSOFT, "ntkrnlmp.exe", LAB);
        put32(image.bytes + PE_HEADER + 8, rows[i].linked);
        assert_true(read_image(&image, machine));
        assert_int_equal(machine->evidence[0].n_problems, rows[i].is_wrong ? 1 : 0);
    }
    assert_non_null(strstr(machine->evidence[0].problems[0], "build lab is of 2019-03-20"));
    machine_free(machine);
}

static void words_alone_do(void **state)
{
    struct machine *machine = machine_new("test");
    struct pe_image image;

    (void)state;
    pe_image_make(&image, PE_MACHINE_AMD64, true, april, MICROSOFT, "ntkrnlmp.exe", LAB);
    put32(image.bytes + PE_RESOURCE + 40, 0); /* the signature of the numbers */
    assert_true(read_image(&image, machine));
    expect(machine, FIELD_BUILD, "6003");
    assert_int_equal(machine->evidence[0].n_problems, 1);
    machine_free(machine);
}

static void cut_files_give_what_is_there(void **state)
{
    struct machine *machine = machine_new("test");
    struct pe_image image;
    size_t whole;

    (void)state;
    pe_image_make(&image, PE_MACHINE_AMD64, true, april, MICROSOFT, "ntkrnlmp.exe", LAB);
    whole = image.size;
    for (image.size = 0; image.size < whole; image.size++) {
        bool stated = read_image(&image, machine);

        if (image.size >= 64)
            assert_true(machine->evidence[0].n_problems > 0);
        assert_true(!stated || count(machine, FIELD_BUILD) == 1);
    }
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kernel_states_the_build),
        cmocka_unit_test(other_system_files_state_no_build),
        cmocka_unit_test(other_programs_state_nothing),
        cmocka_unit_test(files_of_others_are_imitations),
        cmocka_unit_test(wine_leaves_versions_out),
        cmocka_unit_test(numbers_against_words),
        cmocka_unit_test(the_day_of_linking),
        cmocka_unit_test(words_alone_do),
        cmocka_unit_test(cut_files_give_what_is_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
