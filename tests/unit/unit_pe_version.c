/* Version resources.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/pe_version.h"

#include "pe_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint16_t april[4] = {6, 0, 6003, 20489};

#define FIXED 40 /* where the numbers begin */

static size_t make(uint8_t bytes[PE_IMAGE_SIZE])
{
    memset(bytes, 0, PE_IMAGE_SIZE);
    return put_version(bytes, april, "Microsoft Corporation", "ntkrnlmp.exe",
                       "6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700)");
}

static void numbers_and_texts_are_read(void **state)
{
    struct arena *arena = arena_new();
    uint8_t bytes[PE_IMAGE_SIZE];
    size_t len = make(bytes);
    struct pe_version version;

    (void)state;
    assert_true(pe_version_read(&version, bytes, len, arena));
    assert_int_equal(version.file.build, 6003);
    assert_int_equal(version.file.revision, 20489);
    assert_int_equal(version.product.major, 6);
    assert_string_equal(version.company, "Microsoft Corporation");
    assert_string_equal(version.original_name, "ntkrnlmp.exe");
    assert_string_equal(version.file_version, "6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700)");
    assert_string_equal(version.internal_name, "");
    assert_null(version.damage);
    arena_free(arena);
}

static void lengths_of_texts_do_not_matter(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    /* Every text is aligned anew, and some compilers count bytes where others count characters. */
    for (size_t extra = 0; extra < 9; extra++) {
        uint8_t bytes[PE_IMAGE_SIZE] = {0};
        char company[] = "Microsoft", name[] = "ntoskrnl.exe";
        struct pe_version version;
        size_t len;

        company[sizeof(company) - 1 - extra % 4] = '\0';
        name[sizeof(name) - 1 - extra / 2] = '\0';
        len = put_version(bytes, april, company, name, "6.0");
        assert_true(pe_version_read(&version, bytes, len, arena));
        assert_string_equal(version.company, company);
        assert_string_equal(version.original_name, name);
        assert_string_equal(version.file_version, "6.0");
        assert_null(version.damage);
    }
    arena_free(arena);
}

static void other_bytes_are_refused(void **state)
{
    struct arena *arena = arena_new();
    uint8_t bytes[PE_IMAGE_SIZE];
    struct pe_version version;
    size_t len = make(bytes);

    (void)state;
    assert_false(pe_version_read(&version, bytes, 0, arena));
    assert_false(pe_version_read(&version, "\0\0\0\0\0\0\0\0", 8, arena));
    bytes[6] = 'W';
    assert_false(pe_version_read(&version, bytes, len, arena));
    arena_free(arena);
}

static void damage_is_told(void **state)
{
    static const struct {
        const char *what;
        size_t at;
        unsigned value;
        int32_t build; /* still known, or VERSION_UNKNOWN */
        bool has_company;
    } rows[] = {
        {"the whole is longer than there is", 0, 0xffff, 6003, true},
        {"no signature", FIXED, 0, VERSION_UNKNOWN, true},
        {"numbers too short", 2, 20, VERSION_UNKNOWN, false},
        {"a value longer than all", 2, 0xfff0, 6003, false},
        {"a part longer than the whole", FIXED + 52, 0xfff0, 6003, true},
        {"a part too short", FIXED + 52, 3, 6003, false},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t bytes[PE_IMAGE_SIZE];
        size_t len = make(bytes);
        struct pe_version version;

        put16(bytes + rows[i].at, rows[i].value);
        assert_true(pe_version_read(&version, bytes, len, arena));
        if (!version.damage || version.file.build != rows[i].build ||
            (*version.company != '\0') != rows[i].has_company)
            fail_msg("%s: %s, build %d, company '%s'", rows[i].what,
                     version.damage ? version.damage : "nothing told", (int)version.file.build,
                     version.company);
    }
    arena_free(arena);
}

static void every_cut_ends_well(void **state)
{
    struct arena *arena = arena_new();
    uint8_t bytes[PE_IMAGE_SIZE];
    size_t len = make(bytes);

    (void)state;
    for (size_t size = len; size-- > 0;) {
        uint8_t *copy = memory_alloc(size);
        struct pe_version version;

        memcpy(copy, bytes, size);
        if (pe_version_read(&version, copy, size, arena)) {
            assert_non_null(version.damage);
            assert_true(size < FIXED + 24 || version.file.revision == 20489);
        }
        free(copy);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_texts_are_read),
        cmocka_unit_test(lengths_of_texts_do_not_matter),
        cmocka_unit_test(other_bytes_are_refused),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(every_cut_ends_well),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
