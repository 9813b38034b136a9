/* Opening and reading files: the little that differs between POSIX and Win32.
 *
 * Paths are UTF-8 on Windows and the bytes that the system gave elsewhere. Descriptors are those
 * of the C library on both. Nothing here can write.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PLATFORM_FILE_H
#define WINVER6003_PLATFORM_FILE_H

#include <stddef.h>
#include <stdint.h>

enum file_status {
    FILE_OPEN,
    FILE_MISSING,
    FILE_DENIED,
    FILE_FOLDER,
    FILE_DEVICE, /* device, pipe or socket: looked at, never opened */
    FILE_ERROR,  /* file_error() has the reason */
};

/* Opens a regular file for reading; *size is its size now. Only FILE_OPEN leaves a descriptor. */
enum file_status file_open(const char *path, int *fd, int64_t *size);
/* The descriptor of standard input, set to give bytes untouched; *size is what is left of a
 * regular file, -1 for a pipe or terminal. */
enum file_status file_open_stdin(int *fd, int64_t *size);
/* How many bytes came; 0 at the end, -1 on an error. */
int64_t file_read(int fd, void *bytes, size_t size);
/* The same from a place of its own in a regular file, wherever file_read() is. */
int64_t file_read_at(int fd, int64_t offset, void *bytes, size_t size);
void file_close(int fd);
/* Why the last call of this thread failed, in words. */
const char *file_error(void);

#endif
