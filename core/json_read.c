/* JSON from memory, one token at a time.
 *
 * SPDX-License-Identifier: MIT
 */
#include "json_read.h"

#include <stdint.h>
#include <string.h>

/* What the grammar allows next. */
enum {
    EXPECT_VALUE,
    EXPECT_VALUE_OR_END, /* first in an array */
    EXPECT_KEY_OR_END,   /* first in an object */
    EXPECT_KEY,
    EXPECT_COMMA, /* or the end of what is open */
    EXPECT_NOTHING,
};

void json_read_open(struct json_read *json, const char *text, size_t size)
{
    strbuf_clear(&json->value);
    json->error = NULL;
    json->at = 0;
    json->text = text;
    json->size = size;
    json->depth = 0;
    json->expect = EXPECT_VALUE;
}

void json_read_close(struct json_read *json)
{
    strbuf_free(&json->value);
}

static enum json_token fail(struct json_read *json, const char *error)
{
    if (!json->error)
        json->error = error;
    return JSON_ERROR;
}

static int peek(const struct json_read *json)
{
    return json->at < json->size ? (unsigned char)json->text[json->at] : -1;
}

static void skip_blanks(struct json_read *json)
{
    int c;

    while ((c = peek(json)) == ' ' || c == '\t' || c == '\n' || c == '\r')
        json->at++;
}

static int hex_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The four digits of a \u; -1 when they are not there. */
static int32_t read_unit(struct json_read *json)
{
    int32_t unit = 0;

    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(peek(json));

        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
        json->at++;
    }
    return unit;
}

static void add_utf8(struct strbuf *buf, int32_t code)
{
    if (code < 0x80) {
        strbuf_addc(buf, (char)code);
    } else if (code < 0x800) {
        strbuf_addc(buf, (char)(0xc0 | code >> 6));
        strbuf_addc(buf, (char)(0x80 | (code & 0x3f)));
    } else if (code < 0x10000) {
        strbuf_addc(buf, (char)(0xe0 | code >> 12));
        strbuf_addc(buf, (char)(0x80 | (code >> 6 & 0x3f)));
        strbuf_addc(buf, (char)(0x80 | (code & 0x3f)));
    } else {
        strbuf_addc(buf, (char)(0xf0 | code >> 18));
        strbuf_addc(buf, (char)(0x80 | (code >> 12 & 0x3f)));
        strbuf_addc(buf, (char)(0x80 | (code >> 6 & 0x3f)));
        strbuf_addc(buf, (char)(0x80 | (code & 0x3f)));
    }
}

static bool read_escape(struct json_read *json)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    int c = peek(json);
    const char *letter = c > 0 ? strchr(letters, c) : NULL;
    int32_t code, low;
    size_t before;

    if (letter) {
        json->at++;
        strbuf_addc(&json->value, meanings[letter - letters]);
        return true;
    }
    if (c != 'u')
        return false;
    json->at++;
    code = read_unit(json);
    if (code < 0)
        return false;
    if (code >= 0xd800 && code <= 0xdbff) {
        before = json->at;
        if (json->size - json->at >= 6 && !memcmp(json->text + json->at, "\\u", 2)) {
            json->at += 2;
            low = read_unit(json);
            if (low < 0)
                return false;
            if (low >= 0xdc00 && low <= 0xdfff) {
                add_utf8(&json->value, 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00));
                return true;
            }
            json->at = before;
        }
    }
    if (code == 0 || (code >= 0xd800 && code <= 0xdfff))
        code = 0xfffd;
    add_utf8(&json->value, code);
    return true;
}

/* The cursor is behind the opening quote. */
static enum json_token read_string(struct json_read *json, enum json_token token)
{
    strbuf_clear(&json->value);
    for (;;) {
        size_t start = json->at;
        int c;

        while ((c = peek(json)) >= 0x20 && c != '"' && c != '\\')
            json->at++;
        strbuf_add(&json->value, json->text + start, json->at - start);
        if (c < 0)
            return fail(json, "a string does not end");
        if (c < 0x20)
            return fail(json, "a control character in a string");
        json->at++;
        if (c == '"')
            return token;
        if (!read_escape(json))
            return fail(json, "an escape that JSON does not have");
    }
}

static bool read_digits(struct json_read *json)
{
    size_t start = json->at;

    while (peek(json) >= '0' && peek(json) <= '9')
        json->at++;
    return json->at > start;
}

static enum json_token read_number(struct json_read *json)
{
    size_t start = json->at;
    bool good = true;

    if (peek(json) == '-')
        json->at++;
    if (peek(json) == '0')
        json->at++;
    else
        good = read_digits(json);
    if (good && peek(json) == '.') {
        json->at++;
        good = read_digits(json);
    }
    if (good && (peek(json) == 'e' || peek(json) == 'E')) {
        json->at++;
        if (peek(json) == '+' || peek(json) == '-')
            json->at++;
        good = read_digits(json);
    }
    if (!good)
        return fail(json, "not a number as JSON writes them");
    strbuf_clear(&json->value);
    strbuf_add(&json->value, json->text + start, json->at - start);
    return JSON_NUMBER;
}

static enum json_token read_word(struct json_read *json)
{
    static const struct {
        const char *word;
        enum json_token token;
    } words[] = {{"true", JSON_TRUE}, {"false", JSON_FALSE}, {"null", JSON_NULL}};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t length = strlen(words[i].word);

        if (json->size - json->at >= length &&
            !memcmp(json->text + json->at, words[i].word, length)) {
            json->at += length;
            return words[i].token;
        }
    }
    return fail(json, peek(json) < 0 ? "it ends too early" : "not a JSON value");
}

static enum json_token open_level(struct json_read *json, bool object)
{
    if (json->depth == LIMIT_JSON_DEPTH)
        return fail(json, "nested too deeply");
    json->at++;
    json->object[json->depth++] = object;
    json->expect = object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
    return object ? JSON_OBJECT : JSON_ARRAY;
}

static enum json_token close_level(struct json_read *json)
{
    bool object = json->object[--json->depth];

    json->at++;
    json->expect = json->depth ? EXPECT_COMMA : EXPECT_NOTHING;
    return object ? JSON_OBJECT_END : JSON_ARRAY_END;
}

static enum json_token read_key(struct json_read *json)
{
    if (peek(json) != '"')
        return fail(json, "a key is missing");
    json->at++;
    if (read_string(json, JSON_KEY) == JSON_ERROR)
        return JSON_ERROR;
    skip_blanks(json);
    if (peek(json) != ':')
        return fail(json, "a colon is missing");
    json->at++;
    json->expect = EXPECT_VALUE;
    return JSON_KEY;
}

static enum json_token read_value(struct json_read *json)
{
    int c = peek(json);

    if (c == '{' || c == '[')
        return open_level(json, c == '{');
    json->expect = json->depth ? EXPECT_COMMA : EXPECT_NOTHING;
    if (c == '"') {
        json->at++;
        return read_string(json, JSON_STRING);
    }
    if (c == '-' || (c >= '0' && c <= '9'))
        return read_number(json);
    return read_word(json);
}

enum json_token json_read_next(struct json_read *json)
{
    bool object = json->depth && json->object[json->depth - 1];

    if (json->error)
        return JSON_ERROR;
    skip_blanks(json);
    if (json->expect == EXPECT_NOTHING)
        return peek(json) < 0 ? JSON_END : fail(json, "more text behind the value");
    if (json->expect == EXPECT_COMMA || json->expect == EXPECT_KEY_OR_END ||
        json->expect == EXPECT_VALUE_OR_END) {
        if (peek(json) == (object ? '}' : ']'))
            return close_level(json);
    }
    if (json->expect == EXPECT_COMMA) {
        if (peek(json) != ',')
            return fail(json, object ? "a comma or } is missing" : "a comma or ] is missing");
        json->at++;
        skip_blanks(json);
        json->expect = object ? EXPECT_KEY : EXPECT_VALUE;
    }
    if (json->expect == EXPECT_KEY || json->expect == EXPECT_KEY_OR_END)
        return read_key(json);
    return read_value(json);
}

void json_read_skip(struct json_read *json, enum json_token token)
{
    unsigned depth = json->depth;

    if (token == JSON_KEY) {
        token = json_read_next(json);
        depth = json->depth;
    }
    if (token != JSON_OBJECT && token != JSON_ARRAY)
        return;
    while (json->depth >= depth)
        if (json_read_next(json) == JSON_ERROR)
            return;
}
