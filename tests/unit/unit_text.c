/* Tests of core/text.c and core/text_decode.c: bytes in, lines of UTF-8 out.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/limits.h"
#include "core/strbuf.h"
#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SMILE "\xF0\x9F\x98\x80"
#define FFFD  "\xEF\xBF\xBD"
/* Byte order marks */
#define LE "\xFF\xFE"
#define BE "\xFE\xFF"
#define U8 "\xEF\xBB\xBF"

/* All lines joined by "|", cut ones marked by "+". */
static void read_lines(const void *bytes, size_t size, struct strbuf *joined, char *encoding,
                       char *problem)
{
    struct input input;
    struct text_lines *lines;
    struct text_line line;
    unsigned long number = 0;

    input_from_memory(&input, "test", bytes, size);
    lines = text_open(&input, LIMIT_TEXT_BYTES);
    while (text_next_line(lines, &line)) {
        assert_int_equal(line.number, ++number);
        assert_int_equal(strlen(line.text), line.length);
        assert_true(line.length <= LIMIT_LINE_BYTES);
        strbuf_addf(joined, "%s%s%s", number > 1 ? "|" : "", line.text, line.cut ? "+" : "");
    }
    assert_false(text_next_line(lines, &line));
    snprintf(encoding, 64, "%s", text_encoding(lines));
    snprintf(problem, 256, "%s", text_problem(lines) ? text_problem(lines) : "");
    text_close(lines);
}

static void expect(const void *bytes, size_t size, const char *lines, const char *encoding,
                   const char *problem)
{
    struct strbuf joined = STRBUF_EMPTY;
    char got_encoding[64];
    char got_problem[256];

    read_lines(bytes, size, &joined, got_encoding, got_problem);
    assert_string_equal(strbuf_text(&joined), lines);
    assert_string_equal(got_encoding, encoding);
    assert_string_equal(got_problem, problem);
    strbuf_free(&joined);
}

/* The bytes of a literal, NULs inside it included. */
#define EXPECT(bytes, lines, encoding, problem)                                                    \
    expect(bytes, sizeof(bytes) - 1, lines, encoding, problem)

/* The text in UTF-16 of either order. ASCII only. */
static void add_utf16(struct strbuf *out, const char *text, bool big)
{
    for (; *text; text++) {
        strbuf_addc(out, big ? '\0' : *text);
        strbuf_addc(out, big ? *text : '\0');
    }
}

static void ends_of_line(void **state)
{
    (void)state;
    EXPECT("", "", "ASCII", "");
    EXPECT("a", "a", "ASCII", "");
    EXPECT("a\nb\n", "a|b", "ASCII", "");
    EXPECT("a\r\nb\r\n", "a|b", "ASCII", "");
    EXPECT("a\rb\r", "a|b", "ASCII", "");
    EXPECT("a\r\r\nb\r\r\n", "a|b", "ASCII", ""); /* wmic through a pipe */
    EXPECT("\n\na\n\nb", "||a||b", "ASCII", "");
    EXPECT("a\n\rb", "a||b", "ASCII", "");
    EXPECT("a\r\r\rb", "a|||b", "ASCII", "");
    EXPECT("a\fb\vc", "a\fb\vc", "ASCII", "");
    EXPECT("a\xE2\x80\xA8z", "a\xE2\x80\xA8z", "UTF-8", ""); /* U+2028 is none */
}

static void marks(void **state)
{
    (void)state;
    EXPECT(LE "a\0\r\0\n\0b\0", "a|b", "UTF-16LE", "");
    EXPECT(LE LE "a\0b\0", "ab", "UTF-16LE", ""); /* some .reg exports */
    EXPECT(BE "\0a\0\r\0\n\0b", "a|b", "UTF-16BE", "");
    EXPECT(U8 "a\r\nb", "a|b", "UTF-8", "");
    EXPECT(U8 U8 "a", "a", "UTF-8", "");
    EXPECT("\xFF\xFE", "", "UTF-16LE", "");
    EXPECT("\xEF\xBB\xBF", "", "UTF-8", "");
    /* A mark of UTF-8 rules code pages out. */
    EXPECT(U8 "M\x81ller", "M" FFFD "ller", "UTF-8", "characters that are not valid in UTF-8: 1");
}

static void utf16_without_mark(void **state)
{
    struct strbuf text = STRBUF_EMPTY;

    (void)state;
    add_utf16(&text, "\r\nHost Name:  SRV01\r\n", false);
    expect(text.text, text.length, "|Host Name:  SRV01", "UTF-16LE", "");
    strbuf_clear(&text);
    add_utf16(&text, "\r\nHost Name:  SRV01\r\n", true);
    expect(text.text, text.length, "|Host Name:  SRV01", "UTF-16BE", "");
    strbuf_free(&text);
    /* Russian and Chinese: the first letters have no zero half. */
    EXPECT("\x12\x04\x35\x04\x40\x04\x41\x04\x38\x04\x4F\x04 \0O\0S\0:\0 \0 \0\x36\0.\0\x30\0",
           "Версия OS:  6.0", "UTF-16LE", "");
    EXPECT("\x3B\x4E\x3A\x67\x0D\x54:\0 \0 \0 \0S\0R\0V\0", "主机名:   SRV", "UTF-16LE", "");
    EXPECT("a\0", "a", "UTF-16LE", "");
}

static void utf16_damage(void **state)
{
    (void)state;
    /* A pair of surrogates; a high one, a low one and a pair in the wrong order alone. */
    EXPECT(LE "a\0\x3D\xD8\x00\xDE\x62\0", "a" SMILE "b", "UTF-16LE", "");
    EXPECT(LE "a\0\x3D\xD8\x62\0", "a" FFFD "b", "UTF-16LE",
           "characters that are not valid in UTF-16LE: 1");
    EXPECT(LE "a\0\x00\xDE\x62\0", "a" FFFD "b", "UTF-16LE",
           "characters that are not valid in UTF-16LE: 1");
    EXPECT(LE "\x00\xDE\x3D\xD8", FFFD FFFD, "UTF-16LE",
           "characters that are not valid in UTF-16LE: 2");
    EXPECT(BE "\xD8\x3D\0b", FFFD "b", "UTF-16BE", "characters that are not valid in UTF-16BE: 1");
    /* An odd byte at the end, NUL, a mark turned around. */
    EXPECT(LE "a\0b", "a" FFFD, "UTF-16LE", "characters that are not valid in UTF-16LE: 1");
    EXPECT(LE "a\0\0\0b\0", "a" FFFD "b", "UTF-16LE",
           "characters that are not valid in UTF-16LE: 1");
    EXPECT(LE "a\0\xFE\xFF\x62\0", "a" FFFD "b", "UTF-16LE",
           "characters that are not valid in UTF-16LE: 1");
}

static void bytes_of_zero(void **state)
{
    (void)state;
    EXPECT("Name\0x\n", "Name" FFFD "x", "ASCII", "characters that are not valid in ASCII: 1");
    EXPECT("Host\0\0\0\0\0\0\0\0\0\0\0\0Name\n",
           "Host" FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD "Name", "ASCII",
           "characters that are not valid in ASCII: 12");
}

static void utf8(void **state)
{
    (void)state;
    EXPECT("Gr\xC3\xB6\xC3\x9F"
           "e",
           "Größe", "UTF-8", "");
    EXPECT("\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "UTF-8", "");
    /* One damaged byte in a long text does not make it another encoding. */
    EXPECT("ü ü ü ü ü ü ü ü \x81 ü", "ü ü ü ü ü ü ü ü " FFFD " ü", "UTF-8",
           "characters that are not valid in UTF-8: 1");
    /* Cut off in the middle of a character. */
    EXPECT("ü ü ü ü ü ü ü ü \xE2\x82", "ü ü ü ü ü ü ü ü " FFFD FFFD, "UTF-8",
           "characters that are not valid in UTF-8: 2");
}

static void code_pages(void **state)
{
    (void)state;
    EXPECT("Benutzer: J\x81rgen M\x81ller\r\n", "Benutzer: Jürgen Müller", "CP850", "");
    EXPECT("Benutzer: J\xFCrgen M\xFCller\r\n", "Benutzer: Jürgen Müller", "CP1252", "");
    EXPECT("Microsoft Windows [\x82\xA5\xE0\xE1\xA8\xEF 6.0.6003]\r\n",
           "Microsoft Windows [Версия 6.0.6003]", "CP866", "");
    EXPECT("OS \x83\x6F\x81\x5B\x83\x57\x83\x87\x83\x93: 6.0.6002\r\n", "OS バージョン: 6.0.6002",
           "CP932", "");
    EXPECT("OS \xB0\xE6\xB1\xBE: 6.0.6002\r\n", "OS 版本: 6.0.6002", "CP936", "");
    /* The second half of a character is missing, or a line end stands in its place. */
    EXPECT("\xB0\xE6\xB1\xBE\xB0\r\n\xB0\xE6\xB1\xBE", "版本" FFFD "|版本", "CP936",
           "characters that are not valid in CP936: 1");
    EXPECT("\xB0\xE6\xB1\xBE\xB0", "版本" FFFD, "CP936",
           "characters that are not valid in CP936: 1");
}

static void nothing_fits(void **state)
{
    (void)state;
    EXPECT("Ser\x8Ever\xB0s", "SerÄver░s", "CP850",
           "no known code page makes sense of it, CP850 was taken");
}

/* wmic writes UTF-16 behind what cmd wrote, without a line end between them. */
static void ascii_then_utf16(void **state)
{
    struct strbuf text = STRBUF_EMPTY;

    (void)state;
    strbuf_adds(&text, "Please wait while WMIC is being installed.");
    add_utf16(&text, "Caption  HotFixID\r\nhttp     KB4493471\r\n", false);
    expect(text.text, text.length,
           "Please wait while WMIC is being installed.|Caption  HotFixID|http     KB4493471",
           "UTF-16LE", "");
    /* With an odd number of bytes before, with a line end, and with a mark. */
    strbuf_clear(&text);
    strbuf_adds(&text, "Microsoft Windows [Version 6.0.6002]\r\n!\r\n");
    add_utf16(&text, "Caption\r\n", false);
    expect(text.text, text.length, "Microsoft Windows [Version 6.0.6002]|!|Caption", "UTF-16LE",
           "");
    strbuf_clear(&text);
    strbuf_adds(&text, "Microsoft Windows [Version 6.0.6002]\r\n\xFF\xFE");
    add_utf16(&text, "Caption\r\n", false);
    expect(text.text, text.length, "Microsoft Windows [Version 6.0.6002]|Caption", "UTF-16LE", "");
    /* And back: cmd adds to what PowerShell wrote. */
    strbuf_clear(&text);
    strbuf_adds(&text, "\xFF\xFE");
    add_utf16(&text, "Caption\r\n", false);
    strbuf_adds(&text, "Microsoft Windows [Version 6.0.6002]\r\nM\x81ller\r\n");
    expect(text.text, text.length, "Caption|Microsoft Windows [Version 6.0.6002]|Müller",
           "UTF-16LE, CP850", "");
    strbuf_free(&text);
}

/* Chinese units whose halves are both printable are not taken for ASCII. */
static void chinese_stays_utf16(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct strbuf same = STRBUF_EMPTY;

    (void)state;
    strbuf_adds(&text, "\xFF\xFE");
    for (int i = 0; i < 15; i++) { /* U+4E2D: bytes 2D 4E */
        strbuf_adds(&text, "\x2D\x4E");
        strbuf_adds(&same, "中");
    }
    strbuf_adds(&text, "\xFD\x56");
    strbuf_adds(&same, "国");
    expect(text.text, text.length, strbuf_text(&same), "UTF-16LE", "");
    strbuf_free(&text);
    strbuf_free(&same);
}

static void long_lines(void **state)
{
    const size_t size = 300 * 1024;
    struct strbuf joined = STRBUF_EMPTY;
    char encoding[64];
    char problem[256];
    char *bytes = malloc(size);

    (void)state;
    /* Exactly at the limit: whole. One more: cut, and the line behind it is read. */
    for (size_t extra = 0; extra < 2; extra++) {
        memset(bytes, 'x', LIMIT_LINE_BYTES + extra);
        memcpy(bytes + LIMIT_LINE_BYTES + extra, "\r\nnext\r\n", 8);
        read_lines(bytes, LIMIT_LINE_BYTES + extra + 8, &joined, encoding, problem);
        assert_int_equal(joined.length, LIMIT_LINE_BYTES + extra + 5);
        assert_string_equal(joined.text + LIMIT_LINE_BYTES, extra ? "+|next" : "|next");
        assert_string_equal(problem, extra ? "lines cut after 16384 bytes: 1" : "");
        strbuf_clear(&joined);
    }
    /* Over several pieces of input, with each end of line at each place. */
    for (size_t at = 195000; at < 230000; at += 977) {
        memset(bytes, 'x', size);
        memcpy(bytes + at, "\r\r\n", 3);
        memcpy(bytes + at + 100, "\rtail", 5);
        read_lines(bytes, at + 105, &joined, encoding, problem);
        assert_int_equal(joined.length, LIMIT_LINE_BYTES + 1 + 1 + 97 + 1 + 4);
        strbuf_clear(&joined);
    }
    /* Never ending, and of CRs only. */
    memset(bytes, 'x', size);
    read_lines(bytes, size, &joined, encoding, problem);
    assert_int_equal(joined.length, LIMIT_LINE_BYTES + 1);
    strbuf_clear(&joined);
    memset(bytes, '\r', size);
    read_lines(bytes, size, &joined, encoding, problem);
    assert_int_equal(joined.length, size - 1);
    strbuf_clear(&joined);
    /* A character across the limit is left out whole. */
    memset(bytes, 'x', LIMIT_LINE_BYTES - 1);
    memcpy(bytes + LIMIT_LINE_BYTES - 1, "\xC3\xBC\xC3\xBC\n", 5);
    read_lines(bytes, LIMIT_LINE_BYTES + 4, &joined, encoding, problem);
    assert_int_equal(joined.length, LIMIT_LINE_BYTES);
    strbuf_free(&joined);
    free(bytes);
}

/* The same text in any encoding, shifted byte by byte over the borders of the buffers. */
static void borders(void **state)
{
    static const char tail[] = "ü€\xF0\x9F\x98\x80 end";
    static const char tail16[] =
        "\xFC\0\xAC\x20\x3D\xD8\x00\xDE \0e\0n\0d\0"; /* the same in UTF-16LE */
    struct strbuf joined = STRBUF_EMPTY;
    char encoding[64];
    char problem[256];
    char *bytes = calloc(1, 200 * 1024);

    (void)state;
    for (size_t shift = 0; shift < 48; shift++) {
        size_t n = 64 * 1024 - 40 + shift;

        memset(bytes, 'x', n);
        for (size_t i = 99; i < n; i += 100)
            bytes[i] = '\n';
        memcpy(bytes + n, tail, sizeof(tail) - 1);
        read_lines(bytes, n + sizeof(tail) - 1, &joined, encoding, problem);
        assert_string_equal(joined.text + joined.length - (sizeof(tail) - 1), tail);
        assert_string_equal(encoding, "UTF-8");
        assert_string_equal(problem, "");
        strbuf_clear(&joined);
        /* ASCII, then UTF-16 */
        memcpy(bytes + n, "\n", 1);
        memcpy(bytes + n + 1, "O\0S\0:\0 \0\x36\0", 10);
        memcpy(bytes + n + 11, tail16, sizeof(tail16) - 1);
        read_lines(bytes, n + 11 + sizeof(tail16) - 1, &joined, encoding, problem);
        assert_string_equal(joined.text + joined.length - (sizeof(tail) - 1), tail);
        assert_string_equal(joined.text + joined.length - (sizeof(tail) - 1) - 6,
                            "|OS: 6ü€\xF0\x9F\x98\x80 end");
        assert_string_equal(encoding, "UTF-16LE");
        assert_string_equal(problem, "");
        strbuf_clear(&joined);
        /* UTF-16 all the way */
        for (size_t i = 0; i < n / 2; i++) {
            bytes[2 * i] = i % 100 == 99 ? '\n' : 'x';
            bytes[2 * i + 1] = '\0';
        }
        memcpy(bytes + n / 2 * 2, tail16, sizeof(tail16) - 1);
        read_lines(bytes, n / 2 * 2 + sizeof(tail16) - 1, &joined, encoding, problem);
        assert_string_equal(joined.text + joined.length - (sizeof(tail) - 1), tail);
        assert_string_equal(problem, "");
        strbuf_clear(&joined);
    }
    strbuf_free(&joined);
    free(bytes);
}

/* Beyond ASCII only far behind the head: the code page is still found. */
static void code_page_late(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct strbuf joined = STRBUF_EMPTY;
    char encoding[64];
    char problem[256];

    (void)state;
    while (text.length < 300 * 1024)
        strbuf_adds(&text, "KB4493471 Security Update\r\n");
    strbuf_adds(&text, "Registrierter Benutzer: J\x81rgen");
    read_lines(text.text, text.length, &joined, encoding, problem);
    assert_string_equal(encoding, "CP850");
    assert_string_equal(joined.text + joined.length - 7, "Jürgen");
    strbuf_free(&text);
    strbuf_free(&joined);
}

static void limit_is_told(void **state)
{
    struct input input;
    struct text_line line;
    struct text_lines *lines;

    (void)state;
    input_from_memory(&input, "test", "abcdefgh", 8);
    lines = text_open(&input, 4);
    assert_true(text_next_line(lines, &line));
    assert_string_equal(line.text, "abcd");
    assert_false(text_next_line(lines, &line));
    assert_string_equal(text_problem(lines), "only the first 0 KiB were read");
    text_close(lines);
    input_from_memory(&input, "test", "abcd", 4);
    lines = text_open(&input, 4);
    assert_true(text_next_line(lines, &line));
    assert_null(text_problem(lines));
    text_close(lines);
    text_close(NULL);
}

static void probed(const void *bytes, size_t size, bool expected)
{
    struct input input;

    input_from_memory(&input, "test", bytes, size);
    assert_int_equal(text_probe(&input), expected);
}

static void probing(void **state)
{
    static const char zeros[4096];
    struct strbuf text = STRBUF_EMPTY;

    (void)state;
    probed("", 0, false);
    probed(zeros, sizeof(zeros), false);
    probed("plain", 5, true);
    probed("\x1B[1mcolour\x1B[0m\x1A", 16, true);
    probed("J\x81rgen", 6, true);
    probed("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x8\6\0\0\0", 29, false);
    probed("MZ\x90\0\3\0\0\0\4\0\0\0\xFF\xFF\0\0\xB8\0\0\0\0\0\0\0@\0\0\0\0\0\0\0", 32, false);
    probed("regf\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\5\0\0\0\0\0\0\0\1\0\0\0 \0\0\0", 40,
           false);
    probed("PK\3\4\x14\0\0\0\x8\0\x21\0\xA1\xB2\xC3\xD4\1\2\0\0\5\6\0\0", 24, false);
    add_utf16(&text, "Host Name", false);
    probed(text.text, text.length, true);
    strbuf_clear(&text);
    strbuf_adds(&text, "Please wait while WMIC is being installed.");
    add_utf16(&text, "Caption  HotFixID\r\n", false);
    probed(text.text, text.length, true);
    strbuf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_of_line),
        cmocka_unit_test(marks),
        cmocka_unit_test(utf16_without_mark),
        cmocka_unit_test(utf16_damage),
        cmocka_unit_test(bytes_of_zero),
        cmocka_unit_test(utf8),
        cmocka_unit_test(code_pages),
        cmocka_unit_test(nothing_fits),
        cmocka_unit_test(ascii_then_utf16),
        cmocka_unit_test(chinese_stays_utf16),
        cmocka_unit_test(long_lines),
        cmocka_unit_test(borders),
        cmocka_unit_test(code_page_late),
        cmocka_unit_test(limit_is_told),
        cmocka_unit_test(probing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
