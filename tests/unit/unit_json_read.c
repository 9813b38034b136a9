/* Tests of core/json_read.c: the tokens of right JSON, and that wrong JSON is an error.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/json_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Tokens in one line: { } [ ] k:KEY s:STRING n:NUMBER t f 0, and ! for an error. */
static void trace_bytes(const char *text, size_t length, struct strbuf *out)
{
    char *copy = malloc(length ? length : 1);
    struct json_read json = {0};
    enum json_token token;

    assert_non_null(copy);
    memcpy(copy, text, length);
    strbuf_clear(out);
    json_read_open(&json, copy, length);
    do {
        static const char marks[] = {
            [JSON_ERROR] = '!',      [JSON_END] = '.',    [JSON_OBJECT] = '{',
            [JSON_OBJECT_END] = '}', [JSON_ARRAY] = '[',  [JSON_ARRAY_END] = ']',
            [JSON_KEY] = 'k',        [JSON_STRING] = 's', [JSON_NUMBER] = 'n',
            [JSON_TRUE] = 't',       [JSON_FALSE] = 'f',  [JSON_NULL] = '0'};

        token = json_read_next(&json);
        strbuf_addc(out, marks[token]);
        if (token == JSON_KEY || token == JSON_STRING || token == JSON_NUMBER)
            strbuf_addf(out, ":%s ", strbuf_text(&json.value));
        assert_true(json.at <= length);
    } while (token != JSON_ERROR && token != JSON_END);
    assert_true((token == JSON_ERROR) == (json.error != NULL));
    assert_int_equal(json_read_next(&json), token);
    json_read_close(&json);
    free(copy);
}

static void test_right(void **state)
{
    static const struct {
        const char *text;
        const char *tokens;
    } values[] = {
        {"{}", "{}."},
        {" [ ] ", "[]."},
        {"{\"a\":1}", "{k:a n:1 }."},
        {"{\"a\" : [true,false , null],\n\"b\":{\"c\":\"d\"}}", "{k:a [tf0]k:b {k:c s:d }}."},
        {"-0.5e+10", "n:-0.5e+10 ."},
        {"0", "n:0 ."},
        {"6.0", "n:6.0 ."},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "s:\"\\/\b\f\n\r\t ."},
        {"\"\\u00e9\\u20AC\\ud83d\\ude00\"", "s:\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 ."},
        {"\"\\u0000\\ud800x\\udc00\\ud800\\u0041\"",
         "s:\xef\xbf\xbd\xef\xbf\xbdx\xef\xbf\xbd\xef\xbf\xbd"
         "A ."},
        {"[[[1],2],3]", "[[[n:1 ]n:2 ]n:3 ]."},
        {"\"\"", "s: ."},
    };
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        trace_bytes(values[i].text, strlen(values[i].text), &out);
        assert_string_equal(strbuf_text(&out), values[i].tokens);
    }
    strbuf_free(&out);
}

static void test_wrong(void **state)
{
    static const char *const texts[] = {
        "",          " ",           "{",        "}",          "[",
        "]",         "{\"a\"}",     "{\"a\":}", "{\"a\":1,}", "{a:1}",
        "{1:1}",     "[1,]",        "[,1]",     "[1 2]",      "{\"a\":1 \"b\":2}",
        "[1}",       "{\"a\":1]",   "tru",      "nul",        "True",
        "nan",       "01",          "-",        "1.",         ".5",
        "1e",        "+1",          "0x10",     "\"a",        "\"\\x\"",
        "\"\\u12\"", "\"\\u12g4\"", "\"\\",     "\"a\nb\"",   "\"\\ud800\\u12\"",
        "1 2",       "{} {}",       "'a'",      "[1]x",       "\"a\\",
        "//",
    };
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        trace_bytes(texts[i], strlen(texts[i]), &out);
        if (out.text[out.length - 1] != '!')
            fail_msg("no error in: %s", texts[i]);
    }
    trace_bytes("\"a\0b\"", 5, &out);
    assert_string_equal(strbuf_text(&out), "!");
    strbuf_free(&out);
}

/* Every beginning of a right text is wrong, and is read no further than it goes. */
static void test_cut(void **state)
{
    static const char text[] = "{\"a\":[1,\"x\\u0041\\\\\",true,null],\"b\":{\"c\":-1.5e3}}";
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    for (size_t cut = 0; cut < strlen(text); cut++) {
        trace_bytes(text, cut, &out);
        assert_int_equal(out.text[out.length - 1], '!');
    }
    strbuf_free(&out);
}

static void test_depth(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    for (int i = 0; i < LIMIT_JSON_DEPTH; i++)
        strbuf_addc(&text, '[');
    for (int i = 0; i < LIMIT_JSON_DEPTH; i++)
        strbuf_addc(&text, ']');
    trace_bytes(text.text, text.length, &out);
    assert_int_equal(out.text[out.length - 1], '.');
    strbuf_clear(&text);
    for (int i = 0; i < LIMIT_JSON_DEPTH + 1; i++)
        strbuf_addc(&text, '[');
    trace_bytes(text.text, text.length, &out);
    assert_int_equal(out.text[out.length - 1], '!');
    assert_int_equal(out.length, LIMIT_JSON_DEPTH + 1);
    strbuf_free(&text);
    strbuf_free(&out);
}

static void test_skip(void **state)
{
    static const char text[] = "{\"a\":{\"x\":[1,{\"y\":[]}]},\"b\":7,\"c\":[[]],\"d\":\"last\"}";
    struct json_read json = {0};
    enum json_token token;

    (void)state;
    json_read_open(&json, text, strlen(text));
    assert_int_equal(json_read_next(&json), JSON_OBJECT);
    for (int i = 0; i < 3; i++) {
        token = json_read_next(&json);
        assert_int_equal(token, JSON_KEY);
        json_read_skip(&json, token);
    }
    assert_int_equal(json_read_next(&json), JSON_KEY);
    assert_string_equal(strbuf_text(&json.value), "d");
    token = json_read_next(&json);
    assert_int_equal(token, JSON_STRING);
    json_read_skip(&json, token);
    assert_int_equal(json_read_next(&json), JSON_OBJECT_END);
    assert_int_equal(json_read_next(&json), JSON_END);

    /* From the opening bracket too, and over an error to it. */
    json_read_open(&json, "[[1],2]", 7);
    json_read_next(&json);
    token = json_read_next(&json);
    json_read_skip(&json, token);
    assert_int_equal(json_read_next(&json), JSON_NUMBER);
    assert_string_equal(strbuf_text(&json.value), "2");
    json_read_open(&json, "[[1,]", 5);
    json_read_next(&json);
    json_read_skip(&json, json_read_next(&json));
    assert_int_equal(json_read_next(&json), JSON_ERROR);
    json_read_close(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right), cmocka_unit_test(test_wrong), cmocka_unit_test(test_cut),
        cmocka_unit_test(test_depth), cmocka_unit_test(test_skip),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
