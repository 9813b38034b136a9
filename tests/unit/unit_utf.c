/* Tests of core/utf.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/utf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int take(const char *bytes, size_t left, uint32_t *character)
{
    return utf8_take((const uint8_t *)bytes, left, character);
}

/* Every character goes out and comes back; surrogates and what is beyond go out as U+FFFD. */
static void every_character_comes_back(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x110000; c++) {
        bool exists = c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
        uint32_t back = 0;
        char bytes[UTF8_MAX];
        size_t length = utf8_put(bytes, c);

        assert_int_equal(take(bytes, length, &back), length);
        assert_int_equal(back, exists ? c : UTF_REPLACEMENT);
        for (size_t cut = 0; cut < length; cut++)
            assert_int_equal(take(bytes, cut, &back), 0);
    }
}

static void invalid_is_refused(void **state)
{
    static const char *const invalid[] = {
        "\x80", /* continuation alone */
        "\xC0\xAF",
        "\xC1\xBF", /* overlong in 2 bytes */
        "\xE0\x80\xAF",
        "\xE0\x9F\xBF",
        "\xF0\x80\x80\xAF",
        "\xF0\x8F\xBF\xBF", /* in 3 and 4 */
        "\xED\xA0\x80",
        "\xED\xBF\xBF", /* surrogates */
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xFE", /* beyond the last */
        "\xC3(",
        "\xE2\x82(",
        "\xF0\x9F\x98(", /* cut short by another character */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(invalid) / sizeof(invalid[0]); i++) {
        uint32_t character;

        assert_int_equal(take(invalid[i], strlen(invalid[i]), &character), -1);
    }
}

/* A cut-off beginning that no byte can mend is invalid at once, not "wait for more". */
static void hopeless_beginnings_are_refused(void **state)
{
    uint32_t character;

    (void)state;
    assert_int_equal(take("\xE0\x80", 2, &character), -1);
    assert_int_equal(take("\xED\xA0", 2, &character), -1);
    assert_int_equal(take("\xF4\x90", 2, &character), -1);
    assert_int_equal(take("\xF0\x80", 2, &character), -1);
    assert_int_equal(take("\xED\x9F", 2, &character), 0);
    assert_int_equal(take("\xF4\x8F", 2, &character), 0);
    assert_int_equal(take("\xE0", 1, &character), 0);
    assert_int_equal(take("", 0, &character), 0);
}

static void cut_splits_no_character(void **state)
{
    const char *text = "a\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80";

    (void)state;
    assert_int_equal(utf8_cut(text, 10, 20), 10);
    assert_int_equal(utf8_cut(text, 10, 10), 10);
    assert_int_equal(utf8_cut(text, 10, 9), 6);
    assert_int_equal(utf8_cut(text, 10, 7), 6);
    assert_int_equal(utf8_cut(text, 10, 6), 6);
    assert_int_equal(utf8_cut(text, 10, 5), 3);
    assert_int_equal(utf8_cut(text, 10, 2), 1);
    assert_int_equal(utf8_cut(text, 10, 0), 0);
    /* Not UTF-8 at all: still no further back than a character is long. */
    assert_int_equal(utf8_cut("\x80\x80\x80\x80\x80\x80\x80\x80", 8, 6), 6);
}

static void cleaned(const char *text, size_t length, const char *expected)
{
    struct arena *arena = arena_new();

    assert_string_equal(utf8_clean(arena, text, length), expected);
    arena_free(arena);
}

static void cleaning(void **state)
{
    (void)state;
    cleaned("  plain text ", 13, "plain text");
    cleaned("", 0, "");
    cleaned("\t\r\n", 3, "");
    cleaned("a\0b", 3, "a b");
    cleaned("a\x1B[31mb", 7, "a [31mb");
    cleaned("a\x80z\xC3", 4, "a\xEF\xBF\xBDz\xEF\xBF\xBD");
    cleaned("M\xC3\xBCller", 7, "M\xC3\xBCller");
    cleaned("gpj\xE2\x80\xAE"
            "exe.",
            10, "gpj exe.");         /* right-to-left override */
    cleaned("x\xC2\x85y", 4, "x y"); /* C1: next line */
}

static void from_utf16(void **state)
{
    static const uint8_t mixed[] = {'a', 0, 0xFC, 0, 0x3D, 0xD8, 0xA5, 0xDD, 'z', 0, 'x'};
    static const uint8_t lone[] = {0x3D, 0xD8, 'a', 0, 0xA5, 0xDD, 0x3D, 0xD8};
    char text[64];

    (void)state;
    /* The odd byte at the end is no unit. */
    assert_int_equal(utf8_from_utf16le(mixed, sizeof(mixed), text, sizeof(text)), 8);
    assert_string_equal(text, "a\xC3\xBC\xF0\x9F\x96\xA5z");
    utf8_from_utf16le(lone, sizeof(lone), text, sizeof(text));
    assert_string_equal(text, "\xEF\xBF\xBD"
                              "a\xEF\xBF\xBD\xEF\xBF\xBD");
    /* Whole characters, and the NUL, or nothing. */
    assert_int_equal(utf8_from_utf16le(mixed, sizeof(mixed), text, 6), 3);
    assert_string_equal(text, "a\xC3\xBC");
    assert_int_equal(utf8_from_utf16le(mixed, sizeof(mixed), text, 1), 0);
    assert_string_equal(text, "");
    assert_int_equal(utf8_from_utf16le(mixed, sizeof(mixed), NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_utf16),
        cmocka_unit_test(every_character_comes_back),
        cmocka_unit_test(invalid_is_refused),
        cmocka_unit_test(hopeless_beginnings_are_refused),
        cmocka_unit_test(cut_splits_no_character),
        cmocka_unit_test(cleaning),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
