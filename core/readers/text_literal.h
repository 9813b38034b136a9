/* Texts inside the source of a program: test data, templates, documentation by example.
 *
 * A systeminfo inside a Go test is letter by letter a systeminfo, but says nothing about the
 * machine that the file came from. What gives it away is the line before: an assignment or an
 * argument that opens a literal of several lines. Block comments of C are of the same kind; marks
 * before each line are not, because people paste console output behind them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEXT_LITERAL_H
#define WINVER6003_TEXT_LITERAL_H

#include "../text.h"

#include <stdbool.h>

#define LITERAL_END_SIZE 32

struct text_literal {
    char end[LITERAL_END_SIZE]; /* what closes it; "" outside one */
    bool end_is_line;           /* it closes only as a line of its own */
    bool after_code;            /* the line before was the beginning of a statement */
    unsigned long first_skipped, n_skipped;
};

/* True for a line inside such a literal, the closing one included. Zero *literal before the first
 * line. */
bool text_literal_skips(struct text_literal *literal, const struct text_line *line);

#endif
