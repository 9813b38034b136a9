/* One line on a terminal that says how far a batch is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "progress.h"

#include <stdio.h>

/* Drawn anew after so many machines when no percentage shows that things move. */
#define MACHINES_STEP 10000

void progress_draw(struct progress *progress, unsigned long machines, int percent)
{
    char text[80];
    int length;

    if (!progress->shown)
        return;
    if (progress->width > 0 && percent == progress->percent &&
        machines - progress->machines < MACHINES_STEP)
        return;
    if (percent >= 0)
        length = snprintf(text, sizeof(text), "%lu machines, %d%%", machines, percent);
    else
        length = snprintf(text, sizeof(text), "%lu machines", machines);
    /* No shorter text follows a longer one, but another line may have come between. */
    fprintf(stderr, "\r%s", text);
    fflush(stderr);
    progress->width = (unsigned)length;
    progress->percent = percent;
    progress->machines = machines;
}

void progress_erase(struct progress *progress)
{
    if (progress->width == 0)
        return;
    fprintf(stderr, "\r%*s\r", (int)progress->width, "");
    fflush(stderr);
    progress->width = 0;
}
