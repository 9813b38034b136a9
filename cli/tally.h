/* Adding up what came out for several machines.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TALLY_H
#define WINVER6003_TALLY_H

#include "core/report/report.h"

/* Counts machines that were judged with that exit code, 0 to 4. The tally's own becomes the worst,
 * in the order of verdict_worse(). */
void tally_add(struct report_tally *tally, int code, unsigned long machines);

#endif
