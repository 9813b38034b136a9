/* What the dialog asks of the system beyond NT 6.0, by looking it up when it is there.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_SYSTEM_H
#define WINVER6003_SYSTEM_H

#include <stdbool.h>
#include <windows.h>

/* A function of whatever type: to be cast to its own before it is called. */
typedef void (*any_function)(void);

/* To be called first: what core/platform/library_win32.c does not do for every program. */
void system_start(void);
/* A function of a library that is loaded; NULL when it has none of that name. */
any_function system_function(HMODULE library, const char *name);
/* The same of a library that every program has loaded. */
any_function system_later(const WCHAR *library, const char *name);

/* Dots per inch of the screen on which the window stands; window may be NULL. */
int system_dpi(HWND window);
/* The metrics of windows at that resolution. */
void system_metrics(int dpi, NONCLIENTMETRICSW *metrics);
/* What the frame adds to a client area. */
void system_frame(int dpi, DWORD style, DWORD extended, RECT *rect);
bool system_high_contrast(void);
/* The language of the user's interface is written from the right. */
bool system_right_to_left(void);

#endif
