/* Text of unknown encoding as lines of UTF-8.
 *
 * Two buffers: raw holds a piece of the input, out the same decoded. Lines are given out where
 * they lie in out; what is left of an unfinished line moves to its front before the next piece.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text.h"

#include "arena.h"
#include "limits.h"
#include "text_decode.h"
#include "utf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RAW_BYTES (64 * 1024)
/* CR CR LF, as wmic writes it into a pipe, is the longest end of line. */
#define LINE_END_BYTES 3
#define OUT_BYTES      (LIMIT_LINE_BYTES + LINE_END_BYTES + RAW_BYTES * TEXT_DECODE_GROWTH)

struct text_lines {
    struct input *input;
    int64_t left; /* of the limit */
    int64_t limit;
    bool limit_reached;
    bool ended;    /* nothing more comes from the input */
    bool skipping; /* the rest of a line that was cut */
    unsigned long number;
    unsigned long n_cut;
    struct text_decoder decoder;
    size_t raw_len;
    size_t out_at;
    size_t out_end;
    char encoding[64];
    char problem[320];
    uint8_t raw[RAW_BYTES];
    char out[OUT_BYTES + 1]; /* and a NUL behind the last line */
};

struct text_lines *text_open(struct input *input, int64_t limit)
{
    struct text_lines *lines = memory_alloc(sizeof(*lines));

    lines->input = input;
    lines->limit = limit;
    lines->left = limit;
    return lines;
}

void text_close(struct text_lines *lines)
{
    if (!lines)
        return;
    text_decoder_free(&lines->decoder);
    free(lines);
}

static void read_raw(struct text_lines *lines)
{
    while (lines->raw_len < RAW_BYTES && !lines->ended) {
        size_t want = RAW_BYTES - lines->raw_len;
        size_t got;

        if (lines->left <= 0) {
            uint8_t more;

            lines->limit_reached = input_read(lines->input, &more, 1) > 0;
            lines->ended = true;
            break;
        }
        if ((int64_t)want > lines->left)
            want = (size_t)lines->left;
        got = input_read(lines->input, lines->raw + lines->raw_len, want);
        lines->ended = got == 0;
        lines->raw_len += got;
        lines->left -= (int64_t)got;
    }
}

/* More decoded text behind what is there; false at the end of it. */
static bool fill(struct text_lines *lines)
{
    size_t added = 0;

    memmove(lines->out, lines->out + lines->out_at, lines->out_end - lines->out_at);
    lines->out_end -= lines->out_at;
    lines->out_at = 0;
    while (added == 0 && !(lines->ended && lines->raw_len == 0)) {
        size_t taken;

        read_raw(lines);
        taken = text_decode(&lines->decoder, lines->raw, lines->raw_len, lines->ended,
                            lines->out + lines->out_end, &added);
        memmove(lines->raw, lines->raw + taken, lines->raw_len - taken);
        lines->raw_len -= taken;
    }
    lines->out_end += added;
    return added > 0;
}

static bool at_end(const struct text_lines *lines)
{
    return lines->ended && lines->raw_len == 0;
}

/* Looks for the end of the line that begins at text: its place, and how long the end is. NULL
 * when it is not in these bytes, or its length cannot be told yet. */
static const char *find_end(const char *text, size_t length, bool final, size_t *end_len)
{
    const char *feed = memchr(text, '\n', length);
    const char *back = memchr(text, '\r', feed ? (size_t)(feed - text) : length);
    size_t behind;

    *end_len = 1;
    if (!back)
        return feed;
    behind = length - (size_t)(back - text);
    if (behind < LINE_END_BYTES && !feed && !final)
        return NULL;
    if (behind >= 2 && back[1] == '\n')
        *end_len = 2;
    else if (behind >= 3 && back[1] == '\r' && back[2] == '\n')
        *end_len = 3;
    return back;
}

bool text_next_line(struct text_lines *lines, struct text_line *line)
{
    char *text;
    size_t length;
    bool cut = false;

    for (;;) {
        size_t left = lines->out_end - lines->out_at;
        size_t end_len;
        const char *end;

        text = lines->out + lines->out_at;
        end = find_end(text, left, at_end(lines), &end_len);
        if (end) {
            length = (size_t)(end - text);
            lines->out_at += length + end_len;
            if (!lines->skipping)
                break;
            lines->skipping = false;
        } else if (lines->skipping) {
            /* A CR at the very end may belong to an end of line that continues. */
            lines->out_at += left > LINE_END_BYTES ? left - LINE_END_BYTES : 0;
            if (!fill(lines) && !find_end(lines->out, lines->out_end, true, &end_len))
                return false;
        } else if (left > LIMIT_LINE_BYTES + LINE_END_BYTES) {
            length = left;
            lines->out_at += left - LINE_END_BYTES;
            lines->skipping = true;
            break;
        } else if (!fill(lines)) {
            length = lines->out_end - lines->out_at;
            text = lines->out + lines->out_at;
            if (length == 0)
                return false;
            if (find_end(text, length, true, &end_len))
                continue;
            lines->out_at = lines->out_end;
            break;
        }
    }
    if (length > LIMIT_LINE_BYTES) {
        length = utf8_cut(text, length, LIMIT_LINE_BYTES);
        lines->n_cut++;
        cut = true;
    }
    text[length] = '\0';
    *line = (struct text_line){
        .text = text,
        .length = length,
        .number = ++lines->number,
        .cut = cut,
    };
    return true;
}

const char *text_encoding(const struct text_lines *lines)
{
    static const char *const names[TEXT_FORM_COUNT] = {
        [TEXT_UTF8] = "UTF-8",
        [TEXT_UTF16LE] = "UTF-16LE",
        [TEXT_UTF16BE] = "UTF-16BE",
    };
    /* The text is composed when it is asked for; it is no part of what the caller sees change. */
    char *encoding = ((struct text_lines *)lines)->encoding;
    const struct text_decoder *decoder = &lines->decoder;
    size_t length = 0;

    encoding[0] = '\0';
    for (unsigned form = TEXT_UTF8; form < TEXT_FORM_COUNT; form++) {
        const char *name = form == TEXT_CODEPAGE && decoder->codepage
                               ? codepage_name(decoder->codepage)
                               : names[form];

        if (decoder->used[form] && name)
            length += (size_t)snprintf(encoding + length, sizeof(lines->encoding) - length, "%s%s",
                                       length ? ", " : "", name);
    }
    return length ? encoding : "ASCII";
}

const char *text_problem(const struct text_lines *lines)
{
    const struct text_decoder *decoder = &lines->decoder;
    char *problem = ((struct text_lines *)lines)->problem;
    const size_t size = sizeof(lines->problem);
    size_t length = 0;

    if (lines->input->error)
        length += (size_t)snprintf(problem + length, size - length, "%sreading stopped: %s",
                                   length ? "; " : "", lines->input->error);
    if (lines->limit_reached && length < size)
        length +=
            (size_t)snprintf(problem + length, size - length, "%sonly the first %ld KiB were read",
                             length ? "; " : "", (long)(lines->limit / 1024));
    if (lines->n_cut && length < size)
        length +=
            (size_t)snprintf(problem + length, size - length, "%slines cut after %d bytes: %lu",
                             length ? "; " : "", LIMIT_LINE_BYTES, lines->n_cut);
    if (decoder->n_replaced && length < size)
        length += (size_t)snprintf(problem + length, size - length,
                                   "%scharacters that are not valid in %s: %lu", length ? "; " : "",
                                   text_encoding(lines), decoder->n_replaced);
    if (decoder->doubtful && length < size)
        length += (size_t)snprintf(problem + length, size - length,
                                   "%sno known code page makes sense of it, %s was taken",
                                   length ? "; " : "", codepage_name(decoder->codepage));
    return length ? problem : NULL;
}

/* Characters that no report has, in units or bytes of the form: more than one in this many and
 * it is not text. */
#define PROBE_BAD_IN 16

static bool probe_units(const uint8_t *bytes, size_t n, bool big)
{
    size_t bad = 0;

    for (size_t at = 0; at + 1 < n; at += 2) {
        unsigned unit = big ? bytes[at] << 8 | bytes[at + 1] : bytes[at + 1] << 8 | bytes[at];

        bad += (unit < 0x20 && !text_byte_is_layout((uint8_t)unit)) || unit == 0xFFFF ||
               (unit >= 0xE000 && unit <= 0xF8FF);
    }
    return bad * PROBE_BAD_IN <= n / 2;
}

bool text_probe(const struct input *input)
{
    const uint8_t *bytes = input->head;
    size_t n = input->n_head;
    size_t bad = 0;
    size_t mark_len;
    bool marked;
    enum text_form form = text_form_of(bytes, n, &mark_len, &marked);

    if (n == 0)
        return false;
    if (form == TEXT_UTF16LE || form == TEXT_UTF16BE)
        return probe_units(bytes, n, form == TEXT_UTF16BE);
    for (size_t at = 0; at < n; at++) {
        if (bytes[at] == 0 && text_turns_utf16(bytes + at, n - at))
            return bad * PROBE_BAD_IN <= at && probe_units(bytes + at + 1, n - at - 1, false);
        bad += bytes[at] < 0x20 && !text_byte_is_layout(bytes[at]);
    }
    return bad * PROBE_BAD_IN <= n;
}
