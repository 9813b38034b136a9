/* Property records: where one ends, and which cell belongs to which name.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

#include "core/readers/records.h"
#include "core/strbuf.h"

enum { ALPHA, BETA, GAMMA };

static const char *const names[] = {"Alpha", "Beta", "Gamma"};

static bool is_header(unsigned long stated, size_t others)
{
    return (stated & (1UL << ALPHA)) && others < 3;
}

static const struct record_class class = {names, 3, is_header};

/* "a|b|c;" for each record, "-" where a name is not stated. */
static bool taken(void *data, const struct record *record)
{
    struct strbuf *out = data;

    for (int i = 0; i < 3; i++)
        strbuf_addf(out, "%s%c", record->values[i] ? record->values[i] : "-", i < 2 ? '|' : ';');
    return !record->values[ALPHA] || strcmp(record->values[ALPHA], "no") != 0;
}

static void assert_records(const char *text, const char *expected)
{
    struct arena *arena = arena_new();
    struct strbuf out = STRBUF_EMPTY;
    struct records *records = records_new(arena, &class, taken, &out);
    unsigned long number = 0;

    while (*text) {
        size_t length = strcspn(text, "\n");
        char *copy = arena_strndup(arena, text, length);
        struct text_line line = {.text = copy, .length = length, .number = ++number};

        records_line(records, &line, recogniser_uncomment(copy));
        text += length + (text[length] == '\n');
    }
    records_end(records);
    assert_string_equal(strbuf_text(&out), expected);
    strbuf_free(&out);
    arena_free(arena);
}

static void reads_lists(void **state)
{
    (void)state;
    assert_records("Alpha=1\nBeta=\nGamma=a=b\n", "1||a=b;");
    assert_records("alpha : 1\nOther : x\nGamma : 2\n", "1|-|2;");
    assert_records("Alpha : 1\n\nBeta : 2\n", "1|-|-;-|2|-;");
    assert_records("Alpha=1\n\nBeta=2\n\n\nGamma=3\n", "1|2|3;");
    assert_records("Alpha=1\n\n\n\nBeta=2\n", "1|-|-;-|2|-;");
    assert_records("Alpha=1\nAlpha=2\n", "1|-|-;2|-|-;");
    assert_records("Alpha=1\nsome text\nBeta=2\n", "1|-|-;-|2|-;");
    assert_records("Alpha=1\nBeta : 2\n", "1|-|-;-|2|-;");
    assert_records("Alpha : long va\n                   lue\nBeta : 2\n", "long value|2|-;");
    assert_records("Other : x\n                   y\nBeta : 2\n", "-|2|-;");
    assert_records("Alpha:1\nAlpha x : 1\n: 1\n=1\nAlpha\n", "");
}

static void reads_tables(void **state)
{
    (void)state;
    assert_records("Alpha  Beta  Gamma\n1      2     3\n       5     6\n", "1|2|3;|5|6;");
    assert_records("Alpha  Xi  Beta\n\xc3\xa4\xc3\xa4\xc3\xa4    x   2\n",
                   "\xc3\xa4\xc3\xa4\xc3\xa4|2|-;");
    assert_records("; Alpha  Beta\n; 1      2\n", "1|2|-;");
    assert_records("wait. a minute.Alpha  Beta\n1      2\n", "1|2|-;");
    assert_records("Alpha  Beta\n-----  ----\n1      2\n", "1|2|-;");
    /* A row ends the table when nobody wants it. */
    assert_records("Alpha  Beta\nno     2\n3      4\n", "no|2|-;");
    assert_records("Alpha  Beta\n12345678\n", "");
    assert_records("Alpha\n1\n", "");
    assert_records("Alpha \n1\n", "1|-|-;");
    assert_records("Alpha\n-----\n1\n", "1|-|-;");
    assert_records("Beta  Gamma\n1     2\n", "");
    assert_records("Alpha is Beta\n1     2    3\n", "");
    assert_records("Alpha  Beta\n\n1      2\n\n\n\n3      4\n", "1|2|-;");
}

static void reads_csv(void **state)
{
    (void)state;
    assert_records("Node,Alpha,Beta\nx,1,2\nx,3,4\n", "1|2|-;3|4|-;");
    assert_records("\"Alpha\",\"Beta\"\n\"1,5\",\"2\"\n", "1,5|2|-;");
    assert_records("Alpha;Beta\n1,5;2\n", "1,5|2|-;");
    assert_records("Alpha,Beta\n1,2,3\n", "");
    assert_records("Alpha,Beta\n1\n", "");
    assert_records("Alpha,Beta,\n1,2,\n", "");
    assert_records("Alpha, the first\n1,2\n", "");
}

static void bounds_what_it_keeps(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    char *expected = memory_alloc(RECORD_TEXT_BYTES + 16);

    (void)state;
    strbuf_adds(&text, "Alpha=");
    for (int i = 0; i < RECORD_TEXT_BYTES + 100; i++)
        strbuf_addc(&text, 'x');
    strbuf_adds(&text, "\nBeta=2\n");
    memset(expected, 'x', RECORD_TEXT_BYTES - 1);
    strcpy(expected + RECORD_TEXT_BYTES - 1, "|-|-;");
    assert_records(strbuf_text(&text), expected);
    strbuf_clear(&text);
    for (int i = 0; i < RECORD_COLUMNS_MAX + 1; i++)
        strbuf_adds(&text, "Alpha ");
    strbuf_adds(&text, "\n1\n");
    assert_records(strbuf_text(&text), "");
    strbuf_free(&text);
    free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_lists),
        cmocka_unit_test(reads_tables),
        cmocka_unit_test(reads_csv),
        cmocka_unit_test(bounds_what_it_keeps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
