/* Files on Windows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "file.h"

#include "wide_win32.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

/* A number of NtCreateFile() that windows.h brings along, behind which our word would be another. */
#undef FILE_OPEN

/* _read() takes an unsigned int and old versions of the library refuse more than INT_MAX. */
#define READ_BYTES_MAX (1u << 30)

static enum file_status status_of_error(DWORD error)
{
    switch (error) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_NETPATH:
        errno = ENOENT;
        return FILE_MISSING;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
        errno = EACCES;
        return FILE_DENIED;
    default:
        errno = EIO;
        return FILE_ERROR;
    }
}

enum file_status file_open(const char *path, int *fd, int64_t *size)
{
    enum file_status status = FILE_ERROR;
    wchar_t *wide = wide_from_utf8(path);
    HANDLE handle = INVALID_HANDLE_VALUE;
    LARGE_INTEGER bytes;
    DWORD attributes;

    if (!wide) {
        errno = EINVAL;
        return FILE_ERROR;
    }
    attributes = GetFileAttributesW(wide);
    if (attributes == INVALID_FILE_ATTRIBUTES) {
        status = status_of_error(GetLastError());
        goto out;
    }
    if (attributes & FILE_ATTRIBUTE_DIRECTORY) {
        status = FILE_FOLDER;
        goto out;
    }
    /* Everybody else may go on reading, writing and deleting: evidence may be in use. */
    handle = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                         NULL, OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    if (handle == INVALID_HANDLE_VALUE) {
        status = status_of_error(GetLastError());
        goto out;
    }
    if (GetFileType(handle) != FILE_TYPE_DISK) {
        status = FILE_DEVICE;
        goto out;
    }
    if (!GetFileSizeEx(handle, &bytes)) {
        status = status_of_error(GetLastError());
        goto out;
    }
    *fd = _open_osfhandle((intptr_t)handle, _O_RDONLY | _O_BINARY);
    if (*fd < 0)
        goto out;
    handle = INVALID_HANDLE_VALUE; /* now the descriptor's */
    *size = bytes.QuadPart;
    status = FILE_OPEN;
out:
    if (handle != INVALID_HANDLE_VALUE)
        CloseHandle(handle);
    free(wide);
    return status;
}

enum file_status file_open_stdin(int *fd, int64_t *size)
{
    *fd = 0;
    *size = -1;
    if (_get_osfhandle(*fd) < 0) {
        errno = EBADF;
        return FILE_ERROR;
    }
    _setmode(*fd, _O_BINARY);
    return FILE_OPEN;
}

int64_t file_read(int fd, void *bytes, size_t size)
{
    return _read(fd, bytes, (unsigned)(size < READ_BYTES_MAX ? size : READ_BYTES_MAX));
}

int64_t file_read_at(int fd, int64_t offset, void *bytes, size_t size)
{
    HANDLE handle = (HANDLE)_get_osfhandle(fd);
    OVERLAPPED at = {
        .Offset = (DWORD)((uint64_t)offset & 0xffffffffu),
        .OffsetHigh = (DWORD)((uint64_t)offset >> 32),
    };
    LARGE_INTEGER zero = {0};
    LARGE_INTEGER before;
    DWORD got = 0;
    BOOL good;

    /* A read with a place moves the file pointer all the same. */
    if (!SetFilePointerEx(handle, zero, &before, FILE_CURRENT)) {
        errno = EIO;
        return -1;
    }
    good =
        ReadFile(handle, bytes, (DWORD)(size < READ_BYTES_MAX ? size : READ_BYTES_MAX), &got, &at);
    if (!good && GetLastError() == ERROR_HANDLE_EOF)
        good = TRUE;
    if (!SetFilePointerEx(handle, before, NULL, FILE_BEGIN) || !good) {
        errno = EIO;
        return -1;
    }
    return got;
}

void file_close(int fd)
{
    _close(fd);
}

const char *file_error(void)
{
    return strerror(errno);
}
