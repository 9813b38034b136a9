/* Where in a line a value may stand that says what the system is.
 *
 * Version strings of programs travel in logs, dumps and tickets: alone on a line, behind a label,
 * as the value of an array or of JSON, in a cell of phpinfo()'s page. A string in the middle of a
 * sentence or of a program's statement is not among these.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_LINE_VALUES_H
#define WINVER6003_LINE_VALUES_H

#include "shapes.h"

#define LINE_VALUES_MAX 4

struct line_value {
    struct span label; /* empty for a whole line */
    struct span value; /* trimmed, without quotes */
};

/* All readings of the line; returns how many, the whole line first. */
size_t line_values(struct span line, struct line_value values[LINE_VALUES_MAX]);

#endif
