/* Paths between UTF-8 and UTF-16.
 *
 * SPDX-License-Identifier: MIT
 */
#include "wide_win32.h"

#include "../arena.h"

#include <windows.h>

wchar_t *wide_from_utf8(const char *text)
{
    int units = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
    wchar_t *wide;

    if (units <= 0)
        return NULL;
    wide = memory_alloc((size_t)units * sizeof(*wide));
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, wide, units);
    return wide;
}

char *wide_to_utf8(const wchar_t *text)
{
    int bytes = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *narrow = memory_alloc(bytes > 0 ? (size_t)bytes : 1);

    if (bytes > 0)
        WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, bytes, NULL, NULL);
    return narrow;
}
