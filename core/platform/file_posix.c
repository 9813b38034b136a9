/* Files on POSIX.
 *
 * SPDX-License-Identifier: MIT
 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum file_status status_of(const struct stat *facts)
{
    return S_ISREG(facts->st_mode)   ? FILE_OPEN
           : S_ISDIR(facts->st_mode) ? FILE_FOLDER
                                     : FILE_DEVICE;
}

static enum file_status status_of_errno(void)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return FILE_MISSING;
    case EACCES:
    case EPERM:
        return FILE_DENIED;
    default:
        return FILE_ERROR;
    }
}

enum file_status file_open(const char *path, int *fd, int64_t *size)
{
    struct stat facts;
    enum file_status status;

    /* Looked at before it is opened: opening some devices already does something. */
    if (stat(path, &facts) != 0)
        return status_of_errno();
    status = status_of(&facts);
    if (status != FILE_OPEN)
        return status;
    /* And again afterwards, without waiting for a writer, in case a pipe took its place. */
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (*fd < 0)
        return status_of_errno();
    status = fstat(*fd, &facts) != 0 ? FILE_ERROR : status_of(&facts);
    if (status != FILE_OPEN) {
        int reason = errno;

        close(*fd);
        errno = reason;
        return status;
    }
    *size = facts.st_size;
    return FILE_OPEN;
}

enum file_status file_open_stdin(int *fd, int64_t *size)
{
    struct stat facts;

    *fd = STDIN_FILENO;
    *size = -1;
    if (fstat(*fd, &facts) != 0)
        return FILE_ERROR;
    if (S_ISDIR(facts.st_mode))
        return FILE_FOLDER;
    if (S_ISREG(facts.st_mode)) {
        off_t at = lseek(*fd, 0, SEEK_CUR);

        if (at >= 0 && at <= facts.st_size)
            *size = facts.st_size - at;
    }
    return FILE_OPEN;
}

int64_t file_read(int fd, void *bytes, size_t size)
{
    ssize_t got;

    do {
        got = read(fd, bytes, size);
    } while (got < 0 && errno == EINTR);
    return got;
}

int64_t file_read_at(int fd, int64_t offset, void *bytes, size_t size)
{
    ssize_t got;

    do {
        got = pread(fd, bytes, size, (off_t)offset);
    } while (got < 0 && errno == EINTR);
    return got;
}

void file_close(int fd)
{
    close(fd);
}

const char *file_error(void)
{
    return strerror(errno);
}
