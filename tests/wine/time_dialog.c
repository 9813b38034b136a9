/* Times programs from their start until their dialog is on the screen and waits for its user.
 *
 *   time_dialog RUNS "COMMAND LINE"...
 *
 * They take turns. For each run a line with the microseconds of each program.
 *
 * SPDX-License-Identifier: MIT
 */
#include <windows.h>

#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>

#define PATIENCE_MS 20000

static DWORD process_id;

static BOOL CALLBACK is_shown(HWND window, LPARAM found)
{
    DWORD owner = 0;

    GetWindowThreadProcessId(window, &owner);
    if (owner != process_id || !IsWindowVisible(window))
        return TRUE;
    *(HWND *)found = window;
    return FALSE;
}

static long long now(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return count.QuadPart * 1000000 / frequency.QuadPart;
}

static long long time_of(const WCHAR *line)
{
    STARTUPINFOW start = {.cb = sizeof(start)};
    PROCESS_INFORMATION process;
    WCHAR *copy = _wcsdup(line);
    long long before = now(), shown;
    HWND window = NULL;
    DWORD_PTR answer;

    if (!CreateProcessW(NULL, copy, NULL, NULL, FALSE, 0, NULL, NULL, &start, &process))
        exit(1);
    process_id = process.dwProcessId;
    for (int waited = 0; !window && waited < PATIENCE_MS; waited++) {
        EnumWindows(is_shown, (LPARAM)&window);
        if (!window)
            Sleep(1);
    }
    /* It answers once it has drawn itself and waits. */
    if (!window || !SendMessageTimeoutW(window, WM_NULL, 0, 0, 0, PATIENCE_MS, &answer))
        exit(2);
    shown = now();
    /* How it ends is not timed, and takes Wine two seconds. */
    TerminateProcess(process.hProcess, 0);
    WaitForSingleObject(process.hProcess, PATIENCE_MS);
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
    free(copy);
    return shown - before;
}

int main(void)
{
    int argc;
    WCHAR **argv = CommandLineToArgvW(GetCommandLineW(), &argc);

    for (int run = 0; argc > 2 && run < _wtoi(argv[1]); run++) {
        for (int i = 2; i < argc; i++)
            printf("%ld\t", (long)time_of(argv[i]));
        printf("\n");
    }
    return 0;
}
