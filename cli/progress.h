/* One line on a terminal that says how far a batch is, and that is gone at the end.
 *
 * Asks for no time: it is drawn again when what it would say has changed enough to be seen.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PROGRESS_H
#define WINVER6003_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool shown;     /* on a terminal; false for never */
    unsigned width; /* of what stands there now */
    int percent;    /* last drawn; -1 for none */
    unsigned long machines;
};

/* percent is -1 where the size is not known. */
void progress_draw(struct progress *progress, unsigned long machines, int percent);
/* To be called before anything else is written to the terminal. */
void progress_erase(struct progress *progress);

#endif
