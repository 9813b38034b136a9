/* Tests of cli/rows.c: the same rows whatever the blocks, and no more memory than the limit.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/rows.h"
#include "core/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ROW_LIMIT 40

/* Every row as "LINE STATUS [TEXT]" in lines. */
static void list_rows(const char *text, size_t length, char delimiter, size_t block_size,
                      size_t row_limit, struct strbuf *out)
{
    struct row_block block = {0};
    unsigned long lines = 1;
    struct input input;
    struct rows rows;

    strbuf_clear(out);
    input_from_memory(&input, "memory", text, length);
    rows_open(&rows, &input, delimiter, 1, block_size);
    rows.row_limit = row_limit;
    while (rows_next(&rows, &block)) {
        struct row_place place = {0};
        struct row row;

        assert_int_equal(block.line, lines);
        assert_true(block.length > 0);
        while (row_next(&rows, &block, &place, &row)) {
            assert_true(row.text >= block.bytes &&
                        row.text + row.length <= block.bytes + block.length);
            strbuf_addf(out, "%lu %d [%.*s]\n", row.line, (int)row.status, (int)row.length,
                        row.text);
        }
        assert_int_equal(place.at, block.length);
        lines = rows.next_line;
    }
    rows_close(&rows);
    row_block_free(&block);
    input_close(&input);
}

static void check(const char *text, char delimiter, const char *expected)
{
    struct strbuf out = STRBUF_EMPTY;

    for (size_t block_size = 1; block_size < 200; block_size++) {
        list_rows(text, strlen(text), delimiter, block_size, ROW_LIMIT, &out);
        assert_string_equal(strbuf_text(&out), expected);
    }
    strbuf_free(&out);
}

static void test_lines(void **state)
{
    (void)state;
    check("", ',', "");
    check("\n\r\n\n", ',', "");
    check("a,b\nc,d\n", ',', "1 0 [a,b]\n2 0 [c,d]\n");
    check("a,b\r\n\r\nc,d", ',', "1 0 [a,b]\n3 0 [c,d]\n");
    check("{\"a\":\n\"b\"}\n", '\n', "1 0 [{\"a\":]\n2 0 [\"b\"}]\n");
}

static void test_quoted_lines(void **state)
{
    (void)state;
    check("\"a\nb\",c\nd,\"e\n\nf\"\ng\n", ',', "1 0 [\"a\nb\",c]\n3 0 [d,\"e\n\nf\"]\n6 0 [g]\n");
    check("\"a\r\nb\"\r\nc\r\n", ',', "1 0 [\"a\r\nb\"]\n3 0 [c]\n");
    check("\"\"\"\n\"\n\"\"\nx", ',', "1 0 [\"\"\"\n\"]\n3 0 [\"\"]\n4 0 [x]\n");
}

static void test_bad_quoting(void **state)
{
    (void)state;
    /* Closed by the quote of a row further on, which is then read as the row that it is. */
    check("\"a,b\n\"c\",d\ne,f\n", ',', "1 1 [\"a,b]\n2 0 [\"c\",d]\n3 0 [e,f]\n");
    /* Never closed. */
    check("x\n\"a,b\nc,d\n", ',', "1 0 [x]\n2 1 [\"a,b]\n3 0 [c,d]\n");
    /* Not closed before the limit, though later. */
    check("\"a\n0123456789012345678901234567890123456789\n\"\nz\n", ',',
          "1 1 [\"a]\n2 2 [0123456789012345678901234567890123456789]\n3 1 [\"]\n4 0 [z]\n");
}

static void test_too_long(void **state)
{
    static const char line[] = "0123456789012345678901234567890123456789012345678901234567890123";
    static const char first[] = "0123456789012345678901234567890123456789";
    struct strbuf text = STRBUF_EMPTY;
    struct strbuf expected = STRBUF_EMPTY;

    (void)state;
    /* One line of nearly 100 KB between two short ones, and one that just fits. */
    strbuf_adds(&text, "a,\"q\"\n");
    for (int i = 0; i < 1500; i++)
        strbuf_adds(&text, line);
    strbuf_adds(&text, "\nb,c\n012345678901234567890123456789012345678\n");
    strbuf_adds(&text, "0123456789012345678901234567890123456789\n\"never closed ");
    strbuf_adds(&text, line);
    strbuf_adds(&text, "\nz");
    strbuf_addf(&expected,
                "1 0 [a,\"q\"]\n2 2 [%s]\n3 0 [b,c]\n4 0 [012345678901234567890123456789012345678]"
                "\n5 2 [%s]\n6 2 [\"never closed 01234567890123456789012345]\n7 0 [z]\n",
                first, first);
    check(text.text, ',', expected.text);
    strbuf_free(&text);
    strbuf_free(&expected);
}

/* A row too long at the very end, with and without its end of line. */
static void test_too_long_at_the_end(void **state)
{
    (void)state;
    check("01234567890123456789012345678901234567890123456789", ',',
          "1 2 [0123456789012345678901234567890123456789]\n");
    check("01234567890123456789012345678901234567890123456789\n", ',',
          "1 2 [0123456789012345678901234567890123456789]\n");
}

/* All texts of a few characters that matter: what rows they make does not depend on the blocks. */
static void test_all_small_texts(void **state)
{
    static const char letters[] = "a,\"\n\r";
    enum { LENGTH = 7, LIMIT = 5 };
    struct strbuf whole = STRBUF_EMPTY;
    struct strbuf parts = STRBUF_EMPTY;
    unsigned long count = 1;

    (void)state;
    for (int i = 0; i < LENGTH; i++)
        count *= 5;
    for (unsigned long number = 0; number < count; number++) {
        unsigned long rest = number;
        char text[LENGTH];

        for (int i = 0; i < LENGTH; i++, rest /= 5)
            text[i] = letters[rest % 5];
        list_rows(text, LENGTH, ',', 1000, LIMIT, &whole);
        for (size_t block_size = 1; block_size < LENGTH; block_size++) {
            list_rows(text, LENGTH, ',', block_size, LIMIT, &parts);
            if (strcmp(strbuf_text(&whole), strbuf_text(&parts)))
                fail_msg("%.*s\nas a whole:\n%s\nin blocks of %u:\n%s", LENGTH, text,
                         strbuf_text(&whole), (unsigned)block_size, strbuf_text(&parts));
        }
    }
    strbuf_free(&whole);
    strbuf_free(&parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_quoted_lines),
        cmocka_unit_test(test_bad_quoting),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_too_long_at_the_end),
        cmocka_unit_test(test_all_small_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
