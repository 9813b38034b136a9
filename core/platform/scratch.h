/* A private folder for what a library can only give out as files.
 *
 * It lies where the system keeps temporary files, never beside evidence, and nobody else can look
 * into it. It goes with all that is in it when it is closed, and when a signal ends the program.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PLATFORM_SCRATCH_H
#define WINVER6003_PLATFORM_SCRATCH_H

struct scratch;

/* NULL when there is no place for it; file_error() has the reason. */
struct scratch *scratch_open(void);
const char *scratch_path(const struct scratch *scratch);
/* Everything in it goes, the folder stays. */
void scratch_clear(struct scratch *scratch);
/* NULL is allowed. */
void scratch_close(struct scratch *scratch);

#endif
