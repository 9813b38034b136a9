/* Tests of core/codepage.c and of the double-byte pages of the system under it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/codepage.h"
#include "core/utf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const unsigned numbers[] = {437, 850, 852, 866, 932, 936, 1252};

/* What one or two bytes are in a page; 0 when they are not one whole character. */
static uint32_t in_page(unsigned number, const char *bytes)
{
    struct codepage *page = codepage_open(number);
    size_t size = strlen(bytes);
    uint32_t character = 0;

    assert_non_null(page);
    if (codepage_take(page, (const uint8_t *)bytes, size, &character) != size)
        character = 0;
    codepage_close(page);
    return character;
}

static void names(void **state)
{
    static const char *const expected[] = {"CP437", "CP850", "CP852", "CP866",
                                           "CP932", "CP936", "CP1252"};

    (void)state;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct codepage *page = codepage_open(numbers[i]);

        assert_non_null(page);
        assert_int_equal(codepage_number(page), numbers[i]);
        assert_string_equal(codepage_name(page), expected[i]);
        assert_int_equal(codepage_is_double(page), numbers[i] == 932 || numbers[i] == 936);
        codepage_close(page);
    }
    assert_null(codepage_open(0));
    assert_null(codepage_open(1251));
    codepage_close(NULL);
}

/* A few corners of each table; a shifted table would show here. */
static void characters(void **state)
{
    (void)state;
    assert_int_equal(in_page(437, "\x80"), 0xC7);
    assert_int_equal(in_page(437, "\x9E"), 0x20A7);
    assert_int_equal(in_page(437, "\xC3"), 0x251C);
    assert_int_equal(in_page(437, "\xE1"), 0xDF);
    assert_int_equal(in_page(437, "\xFF"), 0xA0);
    assert_int_equal(in_page(850, "\x81"), 0xFC);
    assert_int_equal(in_page(850, "\xA9"), 0xAE);
    assert_int_equal(in_page(850, "\xD5"), 0x131);
    assert_int_equal(in_page(850, "\xF0"), 0xAD);
    assert_int_equal(in_page(850, "\xFF"), 0xA0);
    assert_int_equal(in_page(852, "\x88"), 0x142);
    assert_int_equal(in_page(852, "\xA5"), 0x105);
    assert_int_equal(in_page(852, "\xFD"), 0x159);
    assert_int_equal(in_page(866, "\x80"), 0x410);
    assert_int_equal(in_page(866, "\xAF"), 0x43F);
    assert_int_equal(in_page(866, "\xE0"), 0x440);
    assert_int_equal(in_page(866, "\xF1"), 0x451);
    assert_int_equal(in_page(1252, "\x80"), 0x20AC);
    assert_int_equal(in_page(1252, "\x99"), 0x2122);
    assert_int_equal(in_page(1252, "\xFF"), 0xFF);
    assert_int_equal(in_page(1252, "A"), 'A');
    /* Without a meaning */
    assert_int_equal(in_page(1252, "\x81"), UTF_REPLACEMENT);
    assert_int_equal(in_page(1252, "\x9D"), UTF_REPLACEMENT);
}

static void double_bytes(void **state)
{
    (void)state;
    assert_int_equal(in_page(932, "\x83\x6F"), 0x30D0);
    assert_int_equal(in_page(932, "\x96\xBC"), 0x540D);
    assert_int_equal(in_page(932, "\xB1"), 0xFF71); /* half-width katakana */
    assert_int_equal(in_page(936, "\xB0\xE6"), 0x7248);
    assert_int_equal(in_page(936, "\xC3\xFB"), 0x540D);
    /* A lead byte before what cannot follow it stands alone. */
    assert_int_equal(in_page(932, "\x83\x20"), 0);
    assert_int_equal(in_page(936, "\xB0\x0A"), 0);
    assert_int_equal(in_page(932, "\xFF"), UTF_REPLACEMENT);
}

/* Never more than is there, never nothing where something is, for any two bytes of any page. */
static void any_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct codepage *page = codepage_open(numbers[i]);

        for (unsigned lead = 0; lead < 256; lead++) {
            for (unsigned trail = 0; trail < 256; trail++) {
                uint8_t bytes[2] = {(uint8_t)lead, (uint8_t)trail};
                uint32_t character = 0xFFFFFF;
                size_t two = codepage_take(page, bytes, 2, &character);
                size_t one;

                assert_in_range(two, 1, 2);
                assert_true(character <= 0xFFFF);
                assert_true(lead >= 0x80 || (two == 1 && character == lead));
                one = codepage_take(page, bytes, 1, &character);
                assert_true(one <= 1 && (one == 1 || codepage_is_double(page)));
            }
        }
        codepage_close(page);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(characters),
        cmocka_unit_test(double_bytes),
        cmocka_unit_test(any_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
