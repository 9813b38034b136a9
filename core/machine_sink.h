/* Where a reader puts machines when one input describes many: a scan, a capture.
 *
 * One machine is filled at a time and handed on before the next but one, so that memory does not
 * grow with their number.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MACHINE_SINK_H
#define WINVER6003_MACHINE_SINK_H

#include "machine.h"

#include <stdbool.h>

struct machine_sink;

/* A machine to fill, as piece of evidence *evidence. Its facts may stand behind those of others:
 * count from what is there. NULL when no more are wanted: the reader then ends. */
struct machine *machine_sink_begin(struct machine_sink *sink, unsigned *evidence);
/* The machine is complete. label tells it from the others of this input ("10.0.0.5"); NULL for the
 * name of the input alone. One of which nothing is stated about a Windows is forgotten, and
 * counted. */
void machine_sink_end(struct machine_sink *sink, const char *label, bool stated);
/* What is wrong with the input as a whole: told with the last machine. */
void machine_sink_problem(struct machine_sink *sink, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
