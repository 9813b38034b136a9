/* The terminal that the program was started from: its arguments, its width, its error channel.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TERMINAL_H
#define WINVER6003_TERMINAL_H

#include <stdbool.h>

struct terminal {
    bool output;    /* standard output is one */
    bool errors;    /* the error channel is one */
    bool color;     /* output understands escape sequences */
    unsigned width; /* of output in columns; 0 when not known */
};

/* To be called first. Makes the three standard files safe to use: one that was closed becomes one
 * whose use fails, so that no evidence and no report is opened in its place. Arguments become
 * UTF-8 where the platform has them otherwise; they are never freed. */
void terminal_start(int *argc, char ***argv);
struct terminal terminal_query(void);
/* Writes one line, given without its end, to the error channel. */
void terminal_error(const char *line);

#endif
