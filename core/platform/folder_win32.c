/* Folders on Windows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "folder.h"

#include "../arena.h"
#include "wide_win32.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

struct folder {
    HANDLE search;
    WIN32_FIND_DATAW found; /* already, and not given out yet */
    bool ahead;
    char *name; /* the one given out */
};

struct folder *folder_open(const char *path)
{
    size_t length = strlen(path);
    char *pattern = memory_alloc(length + sizeof("\\*"));
    struct folder *folder = memory_alloc(sizeof(*folder));
    wchar_t *wide;

    memcpy(pattern, path, length);
    memcpy(pattern + length, "\\*", sizeof("\\*"));
    wide = wide_from_utf8(pattern);
    folder->search = wide ? FindFirstFileW(wide, &folder->found) : INVALID_HANDLE_VALUE;
    folder->ahead = true;
    if (folder->search == INVALID_HANDLE_VALUE) {
        errno = GetLastError() == ERROR_ACCESS_DENIED ? EACCES : EIO;
        free(folder);
        folder = NULL;
    }
    free(wide);
    free(pattern);
    return folder;
}

static enum folder_kind kind_of(const WIN32_FIND_DATAW *found)
{
    DWORD attributes = found->dwFileAttributes;

    /* Other reparse points, such as files kept in an archive, are files like any. */
    if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) &&
        (found->dwReserved0 == IO_REPARSE_TAG_SYMLINK ||
         found->dwReserved0 == IO_REPARSE_TAG_MOUNT_POINT))
        return FOLDER_LINK;
    if (attributes & FILE_ATTRIBUTE_DIRECTORY)
        return FOLDER_FOLDER;
    return attributes & FILE_ATTRIBUTE_DEVICE ? FOLDER_OTHER : FOLDER_FILE;
}

bool folder_kind_at(const char *path, enum folder_kind *kind)
{
    wchar_t *wide = wide_from_utf8(path);
    WIN32_FIND_DATAW found;
    HANDLE search = wide ? FindFirstFileW(wide, &found) : INVALID_HANDLE_VALUE;

    free(wide);
    if (search == INVALID_HANDLE_VALUE)
        return false;
    FindClose(search);
    *kind = kind_of(&found);
    return true;
}

const char *folder_next(struct folder *folder, enum folder_kind *kind, bool *failed)
{
    *failed = false;
    do {
        if (!folder->ahead && !FindNextFileW(folder->search, &folder->found)) {
            *failed = GetLastError() != ERROR_NO_MORE_FILES;
            errno = EIO;
            return NULL;
        }
        folder->ahead = false;
    } while (wcscmp(folder->found.cFileName, L".") == 0 ||
             wcscmp(folder->found.cFileName, L"..") == 0);
    if (kind)
        *kind = kind_of(&folder->found);
    free(folder->name);
    folder->name = wide_to_utf8(folder->found.cFileName);
    return folder->name;
}

void folder_close(struct folder *folder)
{
    FindClose(folder->search);
    free(folder->name);
    free(folder);
}
