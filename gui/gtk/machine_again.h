/* One machine of a list with all its facts, read anew from where it came.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MACHINE_AGAIN_H
#define WINVER6003_MACHINE_AGAIN_H

#include "job.h"
#include "machine_row.h"

/* A row of an inventory from its cells, which are kept. machine is emptied first. */
void machine_judge_cells(struct machine *machine, const struct machine_origin *origin,
                         const struct judge_options *options, bool redact,
                         struct assessment *assessment);

/* Any machine, in a job of its own. origin's text must live as long as keep, which the job holds a
 * reference to. */
WinverJob *machine_read_again(const WinverSettings *settings, const char *title,
                              const struct machine_origin *origin, GObject *keep);

#endif
