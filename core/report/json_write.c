/* A writer of JSON text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "json_write.h"

#include "../utf.h"
#include "parts.h"

#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

static void indent(struct json_writer *json)
{
    char *end;
    size_t width = (size_t)json->depth * 2;

    if (!json->pretty)
        return;
    end = strbuf_reserve(json->out, width + 1);
    end[0] = '\n';
    memset(end + 1, ' ', width);
    end[width + 1] = '\0';
    json->out->length += width + 1;
}

/* What comes before a value: the comma, the line, the key. */
static void before(struct json_writer *json, const char *key)
{
    if (json->follows)
        strbuf_addc(json->out, ',');
    if (json->depth > 0)
        indent(json);
    if (key) {
        strbuf_addc(json->out, '"');
        strbuf_adds(json->out, key);
        strbuf_adds(json->out, json->pretty ? "\": " : "\":");
    }
    json->follows = true;
}

static void open_value(struct json_writer *json, const char *key, char bracket)
{
    before(json, key);
    strbuf_addc(json->out, bracket);
    json->depth++;
    json->follows = false;
}

static void close_value(struct json_writer *json, char bracket)
{
    json->depth--;
    if (json->follows)
        indent(json);
    strbuf_addc(json->out, bracket);
    json->follows = true;
}

void json_write_object(struct json_writer *json, const char *key)
{
    open_value(json, key, '{');
}

void json_write_object_end(struct json_writer *json)
{
    close_value(json, '}');
}

void json_write_array(struct json_writer *json, const char *key)
{
    open_value(json, key, '[');
}

void json_write_array_end(struct json_writer *json)
{
    close_value(json, ']');
}

static void escape(struct strbuf *out, unsigned code)
{
    static const char hex[] = "0123456789abcdef";
    char text[] = {'\\', 'u', hex[code >> 12 & 15], hex[code >> 8 & 15], hex[code >> 4 & 15],
                   hex[code & 15]};

    strbuf_add(out, text, sizeof(text));
}

/* Controls, marks of direction, and the line ends beyond ASCII. */
static bool must_escape(uint32_t code)
{
    return utf_is_control(code) || code == 0x2028 || code == 0x2029;
}

static void add_ascii(struct strbuf *out, unsigned char c)
{
    switch (c) {
    case '"':
        strbuf_add(out, "\\\"", 2);
        break;
    case '\\':
        strbuf_add(out, "\\\\", 2);
        break;
    case '\n':
        strbuf_add(out, "\\n", 2);
        break;
    case '\r':
        strbuf_add(out, "\\r", 2);
        break;
    case '\t':
        strbuf_add(out, "\\t", 2);
        break;
    default:
        escape(out, c);
    }
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* The character at text, which is above ASCII. Returns how many bytes it was. */
static size_t add_character(struct strbuf *out, const char *text, size_t left)
{
    uint32_t code;
    int length = utf8_take((const uint8_t *)text, left, &code);

    if (length <= 0) {
        strbuf_adds(out, REPLACEMENT);
        return 1;
    }
    if (must_escape(code))
        escape(out, code);
    else
        strbuf_add(out, text, (size_t)length);
    return (size_t)length;
}

void json_write_string(struct json_writer *json, const char *key, const char *value)
{
    struct strbuf *out = json->out;
    const char *at = value;
    const char *end;

    if (!value) {
        json_write_null(json, key);
        return;
    }
    end = value + strlen(value);
    before(json, key);
    strbuf_addc(out, '"');
    while (at < end) {
        const char *start = at;

        while (is_plain((unsigned char)*at))
            at++;
        strbuf_add(out, start, (size_t)(at - start));
        if (at == end)
            break;
        if ((unsigned char)*at < 0x80)
            add_ascii(out, (unsigned char)*at++);
        else
            at += add_character(out, at, (size_t)(end - at));
    }
    strbuf_addc(out, '"');
}

void json_write_integer(struct json_writer *json, const char *key, int64_t value)
{
    before(json, key);
    part_integer(json->out, value);
}

void json_write_boolean(struct json_writer *json, const char *key, bool value)
{
    before(json, key);
    strbuf_adds(json->out, value ? "true" : "false");
}

void json_write_null(struct json_writer *json, const char *key)
{
    before(json, key);
    strbuf_adds(json->out, "null");
}
