/* The terminal, where it is a console.
 *
 * The console of NT 6.0 knows no escape sequences; those of later systems do once they are asked.
 *
 * SPDX-License-Identifier: MIT
 */
#include "terminal.h"

#include "../arena.h"
#include "wide_win32.h"

#include <windows.h>

#include <shellapi.h>
#include <stdlib.h>
#include <string.h>

#ifndef ENABLE_VIRTUAL_TERMINAL_PROCESSING
#define ENABLE_VIRTUAL_TERMINAL_PROCESSING 0x0004
#endif

void terminal_start(int *argc, char ***argv)
{
    WCHAR **wide = CommandLineToArgvW(GetCommandLineW(), argc);
    char **arguments;

    if (!wide)
        return;
    arguments = memory_alloc(((size_t)*argc + 1) * sizeof(*arguments));
    for (int i = 0; i < *argc; i++)
        arguments[i] = wide_to_utf8(wide[i]);
    LocalFree(wide);
    *argv = arguments;
}

struct terminal terminal_query(void)
{
    struct terminal terminal = {0};
    HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE);
    CONSOLE_SCREEN_BUFFER_INFO info;
    DWORD mode;

    terminal.errors = GetConsoleMode(GetStdHandle(STD_ERROR_HANDLE), &mode) != 0;
    terminal.output = GetConsoleMode(output, &mode) != 0;
    if (!terminal.output)
        return terminal;
    terminal.color = SetConsoleMode(output, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
    /* The last column makes the console break the line by itself. */
    if (GetConsoleScreenBufferInfo(output, &info) && info.dwSize.X > 1)
        terminal.width = (unsigned)info.dwSize.X - 1;
    return terminal;
}

void terminal_error(const char *line)
{
    HANDLE errors = GetStdHandle(STD_ERROR_HANDLE);
    size_t length = strlen(line);
    DWORD mode, written;

    if (GetConsoleMode(errors, &mode)) {
        WCHAR *wide = wide_from_utf8(line);

        if (wide)
            WriteConsoleW(errors, wide, (DWORD)wcslen(wide), &written, NULL);
        WriteConsoleW(errors, L"\n", 1, &written, NULL);
        free(wide);
    } else {
        WriteFile(errors, line, (DWORD)length, &written, NULL);
        WriteFile(errors, "\r\n", 2, &written, NULL);
    }
}
