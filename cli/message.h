/* What the program has to say beside its report: one line on the error channel.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MESSAGE_H
#define WINVER6003_MESSAGE_H

#include "core/arena.h"

/* "winver6003: " and the text, in one piece. Control characters in it become spaces, so that a
 * file name cannot steer the terminal. */
void message_tell(const char *format, ...) PRINTF_LIKE(1, 2);

/* The nearest of several names to one that was not found, for "did you mean". */
struct suggestion {
    const char *wanted;
    const char *nearest; /* NULL while none is near enough to be meant */
    unsigned distance;
};

void suggestion_offer(struct suggestion *suggestion, const char *candidate);

#endif
