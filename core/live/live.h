/* The machine that the program runs on, as evidence.
 *
 * Every probe keeps its answer as a fact of its own, and what could not be asked as "not recorded"
 * with the reason: one that fails costs nothing but its own answer.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_LIVE_H
#define WINVER6003_LIVE_H

#include "../machine.h"

#include <stdbool.h>

/* What the live machine is called where a file's name would stand. */
#define LIVE_NAME "this machine"

/* Whether this build can ask the system: on Windows. */
bool live_is_possible(void);
/* Adds what the system says as one piece of evidence, read by "live". Takes two seconds at most,
 * whatever hangs. cancel may be NULL; when another thread sets it, what is still to be asked is not
 * recorded. */
void live_read(struct machine *machine, const bool *cancel);

#endif
