/* Headers, sections and resources of programs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/pe.h"

#include "pe_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint16_t april[4] = {6, 0, 6003, 20489};

static void make(struct pe_image *image)
{
    pe_image_make(image, PE_MACHINE_AMD64, true, april, "Microsoft Corporation", "ntkrnlmp.exe",
                  "6.0.6003.20489");
}

/* Opens the image; the problems are kept in machine. */
static bool open_image(struct pe_file *pe, struct input *input, const struct pe_image *image,
                       struct machine *machine)
{
    machine_reset(machine, "test");
    machine_add_evidence(machine, "test");
    input_from_memory(input, "test", image->bytes, image->size);
    return pe_probe(input) && pe_open(pe, input, machine, 0);
}

static void headers_are_read(void **state)
{
    static const struct {
        unsigned processor;
        bool is_plus;
        const char *arch;
    } rows[] = {
        {PE_MACHINE_X86, false, "x86"},
        {PE_MACHINE_AMD64, true, "x64"},
        {PE_MACHINE_IA64, true, "ia64"},
        {0x1c0, false, NULL},
    };
    struct machine *machine = machine_new("test");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pe_image image;
        struct input input;
        struct pe_file pe;
        uint32_t address, len;
        uint8_t four[4];

        pe_image_make(&image, rows[i].processor, rows[i].is_plus, april, NULL, NULL, NULL);
        assert_true(open_image(&pe, &input, &image, machine));
        assert_int_equal(pe.processor, rows[i].processor);
        assert_int_equal(pe.is_plus, rows[i].is_plus);
        assert_int_equal(pe.linked, 1553126400);
        assert_null(pe.wine);
        if (rows[i].arch)
            assert_string_equal(pe_arch(&pe), rows[i].arch);
        else
            assert_null(pe_arch(&pe));
        assert_true(pe_resource(&pe, PE_RESOURCE_VERSION, 0, &address, &len));
        assert_int_equal(address, PE_SECTION_ADDRESS + 0x80);
        assert_int_equal(pe_read(&pe, address, four, 4), 4);
        assert_memory_equal(four, image.bytes + PE_RESOURCE, 4);
        assert_false(pe_resource(&pe, PE_RESOURCE_VERSION, 1, &address, &len));
        assert_false(pe_resource(&pe, 10, 0, &address, &len));
        assert_int_equal(machine->evidence[0].n_problems, 0);
    }
    machine_free(machine);
}

static void others_are_refused(void **state)
{
    struct pe_image image;
    struct input input;

    (void)state;
    make(&image);
    input_from_memory(&input, "test", image.bytes, 63);
    assert_false(pe_probe(&input));
    /* A 16-bit program has another signature there. */
    memcpy(image.bytes + PE_HEADER, "NE", 2);
    input_from_memory(&input, "test", image.bytes, image.size);
    assert_false(pe_probe(&input));
    memcpy(image.bytes, "ZM", 2);
    memcpy(image.bytes + PE_HEADER, "PE", 2);
    assert_false(pe_probe(&input));
}

static void marks_of_wine_are_seen(void **state)
{
    static const struct {
        const char *text;
        bool is_one;
    } rows[] = {
        {"Wine builtin DLL", true},
        {"Wine placeholder DLL", true},
        {"This program cannot be run in DOS mode", false},
        {"Wine cellar program", false},
    };
    struct machine *machine = machine_new("test");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pe_image image;
        struct input input;
        struct pe_file pe;

        make(&image);
        memcpy(image.bytes + 64, rows[i].text, strlen(rows[i].text));
        assert_true(open_image(&pe, &input, &image, machine));
        assert_int_equal(pe.wine != NULL, rows[i].is_one);
    }
    machine_free(machine);
}

/* One change each, what becomes of it, and a word of the problem. */
static void damage_is_told(void **state)
{
    static const struct {
        const char *what;
        size_t at;
        uint32_t value;
        bool opens, has_version;
        const char *problem; /* NULL for none */
    } rows[] = {
        {"no change", PE_IMAGE_SIZE - 4, 0, true, true, NULL},
        {"PE header far away", 0x3c, 0x7ffffff0, false, false, "no PE header"},
        {"another optional header", PE_OPTIONAL, 0x107, false, false, "0x107"},
        {"a short optional header", PE_HEADER + 20, 0x60, false, false, "cut off"},
        {"more sections than there is file", PE_HEADER + 6, 90, true, true, "inside the headers"},
        {"few directories", PE_OPTIONAL + 108, 2, true, false, NULL},
        {"resources in no section", PE_OPTIONAL + 128, 0x90000, true, false, "in no section"},
        {"resources at the end of addresses", PE_OPTIONAL + 128, 0xfffffff8, true, false,
         "in no section"},
        {"names in no section", PE_SECTION + 20, 0x80900000, true, false, "in no section"},
        {"names that are data", PE_SECTION + 20, 0x20, true, false, NULL},
        {"types that point at themselves", PE_SECTION + 20, 0x80000000, true, false, NULL},
        {"languages that are directories", PE_SECTION + 0x54, 0x80000000, true, false, NULL},
        {"a data entry in no section", PE_SECTION + 0x54, 0x900000, true, false, "in no section"},
        {"ten thousand types", PE_SECTION + 14, 16 << 16 | 10000, true, true, NULL},
        {"the section lies behind the file", PE_OPTIONAL + 240 + 20, 0x90000, true, false,
         "the file ends at 0x400: 1 of its 1"},
        {"another type", PE_SECTION + 16, 17, true, false, NULL},
    };
    struct machine *machine = machine_new("test");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pe_image image;
        struct input input;
        struct pe_file pe;
        uint32_t address, len;
        bool opens;

        make(&image);
        put32(image.bytes + rows[i].at, rows[i].value);
        if (rows[i].at == PE_OPTIONAL)
            put16(image.bytes + rows[i].at + 2, 0);
        opens = open_image(&pe, &input, &image, machine);
        if (opens != rows[i].opens)
            fail_msg("%s: %s", rows[i].what, opens ? "opened" : "refused");
        if (opens &&
            pe_resource(&pe, PE_RESOURCE_VERSION, 0, &address, &len) != rows[i].has_version)
            fail_msg("%s: resource", rows[i].what);
        if (!rows[i].problem != (machine->evidence[0].n_problems == 0) ||
            (rows[i].problem && !strstr(machine->evidence[0].problems[0], rows[i].problem)))
            fail_msg("%s: %s", rows[i].what,
                     machine->evidence[0].n_problems ? machine->evidence[0].problems[0]
                                                     : "no problem told");
    }
    machine_free(machine);
}

static void every_cut_ends_well(void **state)
{
    struct machine *machine = machine_new("test");
    struct pe_image image;

    (void)state;
    make(&image);
    for (size_t size = image.size; size-- > 0;) {
        struct input input;
        struct pe_file pe;
        uint32_t address, len;
        /* Where it ends a sanitizer sees whoever reads on. */
        uint8_t *copy = memory_alloc(size);

        memcpy(copy, image.bytes, size);
        machine_reset(machine, "test");
        machine_add_evidence(machine, "test");
        input_from_memory(&input, "test", copy, size);
        if (pe_open(&pe, &input, machine, 0))
            pe_resource(&pe, PE_RESOURCE_VERSION, 0, &address, &len);
        assert_true(machine->evidence[0].n_problems > 0);
        free(copy);
    }
    machine_free(machine);
}

static void reads_stay_inside_one_section(void **state)
{
    struct machine *machine = machine_new("test");
    struct pe_image image;
    struct input input;
    struct pe_file pe;
    uint8_t bytes[16];

    (void)state;
    make(&image);
    image.size += 64; /* what lies behind the sections, as signatures do, is not in memory */
    assert_true(open_image(&pe, &input, &image, machine));
    assert_int_equal(pe_read(&pe, PE_SECTION_ADDRESS - 1, bytes, 16), 0);
    assert_int_equal(pe_read(&pe, PE_SECTION_ADDRESS + pe.sections[0].len - 3, bytes, 16), 3);
    assert_int_equal(pe_read(&pe, PE_SECTION_ADDRESS + pe.sections[0].len, bytes, 16), 0);
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_read),       cmocka_unit_test(others_are_refused),
        cmocka_unit_test(marks_of_wine_are_seen), cmocka_unit_test(damage_is_told),
        cmocka_unit_test(every_cut_ends_well),    cmocka_unit_test(reads_stay_inside_one_section),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
