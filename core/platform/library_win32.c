/* Libraries that are loaded when they are first needed: from System32 and from nowhere else.
 *
 * A program is often started where others can write: a downloads folder, a share. Windows looks for
 * a library beside the program first, unless it is one of the few it knows by itself. Whatever is
 * not one of those is therefore not imported but loaded here, by its whole path.
 *
 * SPDX-License-Identifier: MIT
 */
#include "library.h"

#include "../arena.h"
#include "wide_win32.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

#ifndef LOAD_LIBRARY_SEARCH_SYSTEM32
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x00000800
#endif

/* Before main(): what the system loads by itself later on, and libraries load for themselves, is
 * not taken from the working folder either, nor from beside the program where the system can be
 * told so (NT 6.0 with KB2533623, and all since 6.2). */
__attribute__((constructor)) static void guard(void)
{
    BOOL(WINAPI * set_default_directories)(DWORD flags);
    FARPROC found = GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "SetDefaultDllDirectories");

    SetDllDirectoryW(L"");
    memcpy(&set_default_directories, &found, sizeof(found));
    if (found)
        set_default_directories(LOAD_LIBRARY_SEARCH_SYSTEM32);
    /* No box that waits for a disk to be put into a drive. */
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX);
}

/* NULL when it is not there. */
static HMODULE load(const char *name)
{
    WCHAR folder[MAX_PATH];
    UINT length = GetSystemDirectoryW(folder, MAX_PATH);
    WCHAR *wide = wide_from_utf8(name);
    WCHAR *path = NULL;
    HMODULE library = NULL;

    if (!wide || length == 0 || length >= MAX_PATH)
        goto out;
    path = memory_alloc((length + wcslen(wide) + 2) * sizeof(*path));
    wcscpy(path, folder);
    wcscat(path, L"\\");
    wcscat(path, wide);
    /* Its own folder is where its own libraries are looked for. */
    library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
out:
    free(path);
    free(wide);
    return library;
}

bool library_load(const char *name, const struct library_symbol *symbols, size_t n,
                  const char **why)
{
    HMODULE library = load(name);

    if (!library) {
        *why = "there is no such library in System32";
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        FARPROC symbol = GetProcAddress(library, symbols[i].name);

        if (!symbol) {
            *why = "the library of this system does not have the function";
            return false;
        }
        memcpy(symbols[i].place, &symbol, sizeof(symbol));
    }
    *why = NULL;
    return true;
}
