/* Files mapped into memory, and staying alive when they go away.
 *
 * The bytes of a mapped file are read when they are touched. Where that fails, because the file
 * was made shorter meanwhile or its disk does not answer, there is no return value to say so:
 * POSIX sends SIGBUS, Windows raises an exception, and either ends the process. On POSIX the
 * signal is caught while mapping_guarded() runs. On Windows the exception could only be caught
 * with structured handling, which C compiled by mingw-w64 does not have: nothing is mapped there,
 * and who asks reads the file instead.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PLATFORM_MAPPING_H
#define WINVER6003_PLATFORM_MAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The first size bytes of a regular file, read-only. They may change under the reader when the
 * file does: every length is to be taken once and checked then. NULL when it cannot be mapped;
 * mapping_close() is due otherwise. */
const uint8_t *mapping_open(int fd, size_t size);
void mapping_close(const uint8_t *bytes, size_t size);

/* Runs work(data), which may touch mapped bytes. false when some were gone: work then ended at
 * that place, and what it had allocated outside arenas is lost to it. */
bool mapping_guarded(void (*work)(void *data), void *data);

#endif
