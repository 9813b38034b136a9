/* Bytes on their way out, where files are handles.
 *
 * A console gets UTF-16, because its code page cannot show most names; everything else gets the
 * bytes as they are.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../arena.h"
#include "replace.h"
#include "wide_win32.h"

#include <windows.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_ATTEMPTS 100
/* WriteConsoleW fails above 64 KiB on the systems this is for. */
#define CONSOLE_BYTES 8192

struct replace {
    HANDLE handle;
    bool console;
    bool opened;
    WCHAR *target; /* NULL when written to directly */
    WCHAR *beside;
};

static void explain(char message[REPLACE_MESSAGE_SIZE])
{
    DWORD error = GetLastError();
    WCHAR wide[REPLACE_MESSAGE_SIZE / 2];
    DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
                                  error, MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US), wide,
                                  REPLACE_MESSAGE_SIZE / 2, NULL);

    while (length > 0 && wide[length - 1] <= L' ')
        length--;
    length = (DWORD)WideCharToMultiByte(CP_UTF8, 0, wide, (int)length, message,
                                        REPLACE_MESSAGE_SIZE - 1, NULL, NULL);
    message[length] = '\0';
    if (length == 0)
        snprintf(message, REPLACE_MESSAGE_SIZE, "Windows error %lu", (unsigned long)error);
}

static void replace_free(struct replace *replace)
{
    free(replace->target);
    free(replace->beside);
    free(replace);
}

static bool open_beside(struct replace *replace)
{
    size_t length = wcslen(replace->target);
    WCHAR *name;

    while (length > 0 && !wcschr(L"\\/:", replace->target[length - 1]))
        length--;
    replace->beside = memory_alloc((length + 64) * sizeof(*replace->beside));
    memcpy(replace->beside, replace->target, length * sizeof(*replace->beside));
    name = replace->beside + length;
    for (unsigned attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
        wsprintfW(name, L"~winver6003-%lu-%u.tmp", (unsigned long)GetCurrentProcessId(), attempt);
        replace->handle = CreateFileW(replace->beside, GENERIC_WRITE, 0, NULL, CREATE_NEW,
                                      FILE_ATTRIBUTE_NORMAL, NULL);
        if (replace->handle != INVALID_HANDLE_VALUE || GetLastError() != ERROR_FILE_EXISTS)
            break;
    }
    return replace->handle != INVALID_HANDLE_VALUE;
}

struct replace *replace_open(const char *path, char message[REPLACE_MESSAGE_SIZE])
{
    struct replace *replace = memory_alloc(sizeof(*replace));
    DWORD mode;

    if (!path) {
        replace->handle = GetStdHandle(STD_OUTPUT_HANDLE);
        replace->console = GetConsoleMode(replace->handle, &mode) != 0;
        return replace;
    }
    replace->target = wide_from_utf8(path);
    SetLastError(ERROR_INVALID_NAME);
    replace->opened = replace->target && open_beside(replace);
    if (!replace->opened) {
        explain(message);
        replace_free(replace);
        return NULL;
    }
    return replace;
}

/* How many of the bytes make whole characters. */
static size_t whole_characters(const char *bytes, size_t length)
{
    size_t end = length;

    while (end > 0 && ((unsigned char)bytes[end] & 0xC0) == 0x80)
        end--;
    return end ? end : length;
}

static bool write_console(HANDLE handle, const char *bytes, size_t length)
{
    WCHAR wide[CONSOLE_BYTES];

    while (length > 0) {
        size_t part =
            length > CONSOLE_BYTES ? whole_characters(bytes, CONSOLE_BYTES) : length;
        int n = MultiByteToWideChar(CP_UTF8, 0, bytes, (int)part, wide, CONSOLE_BYTES);
        DWORD written;

        if (n == 0 || !WriteConsoleW(handle, wide, (DWORD)n, &written, NULL))
            return false;
        bytes += part;
        length -= part;
    }
    return true;
}

bool replace_write(struct replace *replace, const char *bytes, size_t length,
                   char message[REPLACE_MESSAGE_SIZE])
{
    if (replace->console) {
        if (write_console(replace->handle, bytes, length))
            return true;
        explain(message);
        return false;
    }
    while (length > 0) {
        DWORD part = length > 0x10000000 ? 0x10000000 : (DWORD)length;
        DWORD written = 0;

        if (!WriteFile(replace->handle, bytes, part, &written, NULL) || written == 0) {
            explain(message);
            return false;
        }
        bytes += written;
        length -= written;
    }
    return true;
}

bool replace_commit(struct replace *replace, char message[REPLACE_MESSAGE_SIZE])
{
    bool done = true;

    if (replace->opened) {
        done = FlushFileBuffers(replace->handle) != 0;
        if (!done)
            explain(message);
        CloseHandle(replace->handle);
        if (done && !MoveFileExW(replace->beside, replace->target,
                                 MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) {
            explain(message);
            done = false;
        }
        if (!done)
            DeleteFileW(replace->beside);
    }
    replace_free(replace);
    return done;
}

void replace_abandon(struct replace *replace)
{
    if (replace->opened) {
        CloseHandle(replace->handle);
        DeleteFileW(replace->beside);
    }
    replace_free(replace);
}

/* What tells one file or folder from all others. false when there is none. */
static bool identify(const WCHAR *path, BY_HANDLE_FILE_INFORMATION *information)
{
    HANDLE handle = CreateFileW(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    bool found;

    if (handle == INVALID_HANDLE_VALUE)
        return false;
    found = GetFileInformationByHandle(handle, information) != 0;
    CloseHandle(handle);
    return found;
}

static bool is_same(const BY_HANDLE_FILE_INFORMATION *a, const BY_HANDLE_FILE_INFORMATION *b)
{
    return a->dwVolumeSerialNumber == b->dwVolumeSerialNumber &&
           a->nFileIndexHigh == b->nFileIndexHigh && a->nFileIndexLow == b->nFileIndexLow;
}

bool replace_would_touch(const char *path, const char *evidence)
{
    BY_HANDLE_FILE_INFORMATION wanted, at;
    WCHAR *wide = wide_from_utf8(evidence);
    WCHAR *full = NULL;
    bool found = false;
    DWORD size;

    if (!wide || !identify(wide, &wanted))
        goto out;
    free(wide);
    wide = wide_from_utf8(path);
    size = wide ? GetFullPathNameW(wide, 0, NULL, NULL) : 0;
    if (size == 0)
        goto out;
    full = memory_alloc((size_t)size * sizeof(*full));
    GetFullPathNameW(wide, size, full, NULL);
    /* The file itself, then up through its folders. */
    for (WCHAR *slash; !found; *slash = L'\0') {
        found = identify(full, &at) && is_same(&at, &wanted);
        slash = wcsrchr(full, L'\\');
        if (!slash)
            break;
    }
out:
    free(wide);
    free(full);
    return found;
}
