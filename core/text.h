/* Text of unknown encoding as lines of UTF-8, decoded once, at the edge.
 *
 * Encodings told apart by content: UTF-16 in both orders with or without a byte order mark, UTF-8
 * with or without one, else an 8-bit or double-byte code page out of 437, 850, 852, 866, 932, 936
 * and 1252, chosen by which one gives the most plausible text. A file may change its mind: an
 * ASCII line before UTF-16 (wmic under cmd) is read as what it is. Streams: memory does not grow
 * with the input.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEXT_H
#define WINVER6003_TEXT_H

#include "input.h"

#include <stdbool.h>
#include <stddef.h>

/* One line without its end; valid until the next text_next_line(). */
struct text_line {
    const char *text; /* UTF-8, NUL-terminated; NUL bytes and lone surrogates became U+FFFD */
    size_t length;
    unsigned long number; /* from 1 */
    bool cut;             /* was longer than LIMIT_LINE_BYTES; the rest was skipped */
};

struct text_lines; /* private */

/* input stays the caller's and must outlive the lines. Stops after limit bytes of input
 * (LIMIT_TEXT_BYTES, LIMIT_REG_BYTES). Release with text_close(). Never NULL. */
struct text_lines *text_open(struct input *input, int64_t limit);
void text_close(struct text_lines *lines);
/* false at the end. Ends of line: LF, CR LF, CR alone, U+2028 not. */
bool text_next_line(struct text_lines *lines, struct text_line *line);
/* "UTF-16LE", "UTF-8", "ASCII", "CP866"...; final only after the last line. */
const char *text_encoding(const struct text_lines *lines);
/* What went wrong: limit reached, read error, invalid sequences (counted). NULL for nothing. The
 * text is valid until text_close(). */
const char *text_problem(const struct text_lines *lines);

/* Whether the head looks like text at all in one of the encodings: few NULs and controls. */
bool text_probe(const struct input *input);

#endif
