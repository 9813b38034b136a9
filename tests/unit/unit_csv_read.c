/* Tests of core/csv_read.c: where rows end and what their columns are.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/csv_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* In memory of exactly that size, so that a read beyond it is seen by the sanitizer. */
static char *exactly(const char *text, size_t length)
{
    char *copy = malloc(length ? length : 1);

    assert_non_null(copy);
    memcpy(copy, text, length);
    return copy;
}

static enum csv_row_status row_end(const char *text, bool whole, size_t *length)
{
    char *copy = exactly(text, strlen(text));
    enum csv_row_status status = csv_row_end(copy, strlen(text), whole, ',', length);

    free(copy);
    return status;
}

static void test_row_end(void **state)
{
    static const struct {
        const char *text;
        size_t length;
    } rows[] = {
        {"a,b\nnext", 4},        {"a,b\r\nnext", 5},        {"\nnext", 1},
        {"\"a\nb\",c\nnext", 8}, {"\"a\r\nb\"\r\nnext", 8}, {"\"a\"\"b\n\",\"\"\nnext", 11},
        {"x\"y,z\nnext", 6},     {"a,\"\"\nnext", 5},
    };
    size_t length;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(row_end(rows[i].text, false, &length), CSV_ROW_OK);
        assert_int_equal(length, rows[i].length);
        assert_int_equal(row_end(rows[i].text, true, &length), CSV_ROW_OK);
        assert_int_equal(length, rows[i].length);
    }
}

/* Cut anywhere before its end, a row is unfinished; that it is whole makes it end there. */
static void test_row_cut(void **state)
{
    static const char row[] = "one,\"two \"\"2\"\"\nlines\",\"\",three\r\n";
    size_t length;

    (void)state;
    for (size_t cut = 1; cut < strlen(row); cut++) {
        char part[sizeof(row)];

        memcpy(part, row, cut);
        part[cut] = '\0';
        assert_int_equal(row_end(part, false, &length), CSV_ROW_MORE);
        assert_int_not_equal(row_end(part, true, &length), CSV_ROW_MORE);
    }
    assert_int_equal(row_end(row, false, &length), CSV_ROW_OK);
    assert_int_equal(length, strlen(row));
    assert_int_equal(row_end("a,b", true, &length), CSV_ROW_OK);
    assert_int_equal(length, 3);
    assert_int_equal(row_end("\"a\"", true, &length), CSV_ROW_OK);
    assert_int_equal(length, 3);
    assert_int_equal(row_end("\"a\"\r", true, &length), CSV_ROW_OK);
    assert_int_equal(length, 4);
}

static void test_bad_quoting(void **state)
{
    static const struct {
        const char *text;
        size_t length; /* of its first line */
    } rows[] = {
        {"\"a\"b,c\nnext\n", 7},
        {"\"never closed,c\nnext\n", 16},
        {"\"closed by the next row\n\"next\",b\n", 24},
        {"a,\"b\" ,c\nnext\n", 9},
        {"\"a\"\rb\nnext\n", 6},
        {"\"", 1},
        {"\"\"\"\nnext", 4},
    };
    size_t length;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(row_end(rows[i].text, true, &length), CSV_ROW_BAD);
        assert_int_equal(length, rows[i].length);
    }
    assert_int_equal(row_end("\"never closed,c\nnext\n", false, &length), CSV_ROW_MORE);
}

static void test_trim(void **state)
{
    (void)state;
    assert_int_equal(csv_row_trim("ab\n", 3), 2);
    assert_int_equal(csv_row_trim("ab\r\n", 4), 2);
    assert_int_equal(csv_row_trim("ab\r", 3), 2);
    assert_int_equal(csv_row_trim("ab", 2), 2);
    assert_int_equal(csv_row_trim("\n", 1), 0);
    assert_int_equal(csv_row_trim("", 0), 0);
}

/* The columns of a row joined with "|". */
static size_t split(const char *text, char delimiter, size_t size, char joined[256])
{
    char *copy = exactly(text, strlen(text));
    struct csv_column columns[8];
    size_t count = csv_row_split(copy, strlen(text), delimiter, columns, size);
    size_t at = 0;

    for (size_t i = 0; i < count && i < size; i++) {
        if (i > 0)
            joined[at++] = '|';
        at += csv_column_copy(&columns[i], joined + at);
    }
    joined[at] = '\0';
    free(copy);
    return count;
}

static void test_split(void **state)
{
    static const struct {
        const char *row;
        char delimiter;
        size_t count;
        const char *joined;
    } rows[] = {
        {"a,b,c", ',', 3, "a|b|c"},
        {"", ',', 1, ""},
        {",", ',', 2, "|"},
        {"a,,", ',', 3, "a||"},
        {"\"a,b\",c", ',', 2, "a,b|c"},
        {"\"a \"\"b\"\"\",\"\"", ',', 2, "a \"b\"|"},
        {"\"\"\"\"", ',', 1, "\""},
        {"\"two\nlines\",x", ',', 2, "two\nlines|x"},
        {"a;b,c;d", ';', 3, "a|b,c|d"},
        {"a\tb", '\t', 2, "a|b"},
        {"x\"y\",z", ',', 2, "x\"y\"|z"},
        {" a , b ", ',', 2, " a | b "},
    };
    char joined[256];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(split(rows[i].row, rows[i].delimiter, 8, joined), rows[i].count);
        assert_string_equal(joined, rows[i].joined);
    }
    assert_int_equal(split("a,b,c", ',', 2, joined), 3);
    assert_string_equal(joined, "a|b");
}

/* What is bad must not be read beyond, whatever it is. */
static void test_split_of_bad_rows(void **state)
{
    static const char *const rows[] = {"\"", "\"a", "\"a\"b", "a,\"", "\"\"\"", "\"a\" \"b\",\"c"};
    char joined[256];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_true(split(rows[i], ',', 8, joined) >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_row_end),     cmocka_unit_test(test_row_cut),
        cmocka_unit_test(test_bad_quoting), cmocka_unit_test(test_trim),
        cmocka_unit_test(test_split),       cmocka_unit_test(test_split_of_bad_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
