/* Paths between UTF-8, as core/ holds them, and UTF-16, as Win32 takes them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PLATFORM_WIDE_WIN32_H
#define WINVER6003_PLATFORM_WIDE_WIN32_H

#include <wchar.h>

/* Release with free(). NULL when text is not UTF-8. */
wchar_t *wide_from_utf8(const char *text);
/* Release with free(). Lone surrogates become U+FFFD: such a file cannot be opened by name. */
char *wide_to_utf8(const wchar_t *text);

#endif
