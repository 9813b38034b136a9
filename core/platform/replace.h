/* Bytes on their way out: to standard output, or to a file that appears whole or not at all.
 *
 * A file is written beside its target under a name of its own, synced, and renamed over it: a
 * reader of the target sees the old content or the new, never a part. What is no regular file
 * (/dev/null, a pipe given by name) cannot be replaced and is written to directly.
 * An end by signal removes the half-written file as well.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_REPLACE_H
#define WINVER6003_REPLACE_H

#include <stdbool.h>
#include <stddef.h>

/* "No space left on device" and its like, in English. */
#define REPLACE_MESSAGE_SIZE 160

struct replace; /* one at a time in a process */

/* path is UTF-8; NULL is standard output. NULL on failure, with the reason in message. */
struct replace *replace_open(const char *path, char message[REPLACE_MESSAGE_SIZE]);
/* Writes all of it; false with the reason in message. */
bool replace_write(struct replace *replace, const char *bytes, size_t length,
                   char message[REPLACE_MESSAGE_SIZE]);
/* Syncs and renames. On failure the target is as it was and nothing is left beside it. Frees. */
bool replace_commit(struct replace *replace, char message[REPLACE_MESSAGE_SIZE]);
/* Leaves the target as it was and nothing beside it. Frees. */
void replace_abandon(struct replace *replace);

/* Whether writing path would change evidence: it is that file, or lies in that folder. */
bool replace_would_touch(const char *path, const char *evidence);

#endif
