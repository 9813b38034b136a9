/* The JSON values of a text, one after another.
 *
 * Counts brackets outside of strings, nothing more: whether a value is right is json_read.h's
 * matter. A line that ends inside a string cannot be JSON, and ends the value; so does a second
 * line that begins as the first did, of a value that was on one line so far. Of a log in which one
 * line was cut off the lines behind are then still found.
 *
 * SPDX-License-Identifier: MIT
 */
#include "json_values.h"

#include "arena.h"
#include "ascii.h"
#include "limits.h"
#include "strbuf.h"
#include "text_decode.h"

#include <stdlib.h>
#include <string.h>

/* No smaller than the head that a probe looks through. */
#define RAW_BYTES LIMIT_HEAD_BYTES
/* Of the words before a value. */
#define BEFORE_BYTES 256

struct json_values {
    struct input *input;
    struct text_decoder decoder;
    bool ended;
    size_t raw_len;
    size_t out_at;
    size_t out_end;
    unsigned long line;
    struct strbuf value;
    size_t n_before;
    char before[BEFORE_BYTES];
    uint8_t raw[RAW_BYTES];
    char out[RAW_BYTES * TEXT_DECODE_GROWTH + 1];
};

struct json_values *json_values_open(struct input *input)
{
    struct json_values *values = memory_alloc(sizeof(*values));

    values->input = input;
    values->line = 1;
    return values;
}

void json_values_close(struct json_values *values)
{
    if (!values)
        return;
    text_decoder_free(&values->decoder);
    strbuf_free(&values->value);
    free(values);
}

/* More text; false at the end. */
static bool fill(struct json_values *values)
{
    size_t got, taken;

    values->out_at = values->out_end = 0;
    while (values->out_end == 0 && !(values->ended && values->raw_len == 0)) {
        while (values->raw_len < RAW_BYTES && !values->ended) {
            got = input_read(values->input, values->raw + values->raw_len,
                             RAW_BYTES - values->raw_len);
            values->ended = got == 0;
            values->raw_len += got;
        }
        taken = text_decode(&values->decoder, values->raw, values->raw_len, values->ended,
                            values->out, &values->out_end);
        memmove(values->raw, values->raw + taken, values->raw_len - taken);
        values->raw_len -= taken;
    }
    return values->out_end > 0;
}

/* The next character without taking it; -1 at the end. */
static int peek(struct json_values *values)
{
    if (values->out_at == values->out_end && !fill(values))
        return -1;
    return (unsigned char)values->out[values->out_at];
}

/* A value begins where nothing but a host's name and an arrow is before it: a bracket inside other
 * text is none. */
static bool may_begin(struct json_values *values)
{
    while (values->n_before > 0 && strchr(" \t,\r", values->before[values->n_before - 1]))
        values->n_before--;
    values->before[values->n_before] = '\0';
    return values->n_before == 0 ||
           (values->n_before > 2 && !strcmp(values->before + values->n_before - 2, "=>"));
}

static bool find_begin(struct json_values *values)
{
    bool inside_text = false;
    int c;

    values->n_before = 0;
    while ((c = peek(values)) >= 0) {
        if ((c == '{' || c == '[') && !inside_text) {
            if (may_begin(values))
                return true;
            inside_text = true;
        }
        values->out_at++;
        if (c == '\n') {
            values->line++;
            values->n_before = 0;
            inside_text = false;
        } else if (values->n_before < BEFORE_BYTES - 1 &&
                   (values->n_before > 0 || !strchr(" \t,\r", c))) {
            values->before[values->n_before++] = (char)c;
        }
    }
    return false;
}

/* What is known of a value while its characters pass by. */
struct scan {
    unsigned long depth;
    bool in_string, escaped;
    bool is_line;    /* an object, all on one line so far */
    bool line_ended; /* that line, with the last character */
};

/* NULL while the value goes on, "" with its last character, else why it ends without one. */
static const char *scan_character(struct scan *scan, char c)
{
    scan->line_ended = scan->is_line && c == '\n';
    scan->is_line &= c != '\n';
    if (scan->in_string) {
        if (c == '\n')
            return "its line ends inside a text";
        scan->in_string = scan->escaped || c != '"';
        scan->escaped = !scan->escaped && c == '\\';
    } else if (c == '"') {
        scan->in_string = true;
    } else if (c == '{' || c == '[') {
        scan->depth++;
    } else if ((c == '}' || c == ']') && --scan->depth == 0) {
        return "";
    }
    return NULL;
}

/* Takes characters up to the end of the value, as many at once as lie there. Returns why it has
 * none; NULL when it has. */
static const char *take_value(struct json_values *values)
{
    struct scan scan = {.is_line = peek(values) == '{'};
    const char *end = NULL;
    bool too_long = false;

    while (!end && peek(values) >= 0) {
        size_t from = values->out_at;

        while (!end && values->out_at < values->out_end) {
            char c = values->out[values->out_at];

            if (scan.line_ended && c == '{') {
                end = "its line ends in the middle";
                break;
            }
            end = scan_character(&scan, c);
            values->line += c == '\n';
            values->out_at++;
        }
        if (values->value.length + (values->out_at - from) > LIMIT_JSON_BYTES)
            too_long = true;
        if (!too_long)
            strbuf_add(&values->value, values->out + from, values->out_at - from);
    }
    if (too_long)
        return "it is longer than the limit";
    if (!end)
        return "it ends in the middle";
    return *end ? end : NULL;
}

bool json_values_next(struct json_values *values, struct json_value *value)
{
    strbuf_clear(&values->value);
    if (!find_begin(values))
        return false;
    value->line = values->line;
    value->before = values->before;
    value->cut = take_value(values);
    value->text = strbuf_text(&values->value);
    value->length = values->value.length;
    return true;
}

static bool has_text(const char *text, size_t length, const char *wanted)
{
    size_t n = strlen(wanted);
    const char *at = text, *end = text + length;

    while ((size_t)(end - at) >= n && (at = memchr(at, wanted[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) >= n && !memcmp(at, wanted, n))
            return true;
        at++;
    }
    return false;
}

/* Most files are no JSON, and show it with their first character. */
static bool may_be_json(const uint8_t *head, size_t size)
{
    size_t at = 0;

    if (size >= 3 && !memcmp(head, "\xef\xbb\xbf", 3))
        at = 3;
    else if (size >= 2 && (!memcmp(head, "\xff\xfe", 2) || !memcmp(head, "\xfe\xff", 2)))
        return true;
    while (at < size && strchr(" \t\r\n", head[at]) && head[at])
        at++;
    if (at == size)
        return false;
    if (head[at] == '{' || head[at] == '[')
        return true;
    /* "host | SUCCESS => {" */
    return has_text((const char *)head + at, size - at < BEFORE_BYTES ? size - at : BEFORE_BYTES,
                    "=> {");
}

bool json_values_probe(const struct input *input, const char *const *marks)
{
    struct input head;
    struct json_values *values;
    bool found = false;

    if (!may_be_json(input->head, input->n_head))
        return false;
    input_from_memory(&head, input->name, input->head, input->n_head);
    values = json_values_open(&head);
    if (find_begin(values)) {
        do {
            for (const char *const *mark = marks; *mark && !found; mark++)
                found =
                    has_text(values->out + values->out_at, values->out_end - values->out_at, *mark);
            values->out_at = values->out_end;
        } while (!found && peek(values) >= 0);
    }
    json_values_close(values);
    return found;
}
