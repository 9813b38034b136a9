/* Evidence chosen in the system's dialog, or dropped on ours.
 *
 * Server Core may have no such dialog: it is looked for when it is needed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "dialog.h"

#include "core/platform/library.h"
#include "core/platform/wide_win32.h"

#include <commdlg.h>
#include <shellapi.h>
#include <stdlib.h>
#include <wchar.h>

/* Files at a time; each of them opens a dialog of its own. */
#define MOST_FILES 16
/* Room for their names. */
#define NAMES_SIZE (64 * 1024)

typedef BOOL(WINAPI *choose_files)(OPENFILENAMEW *names);

static choose_files chooser(void)
{
    choose_files found = NULL;
    const struct library_symbol symbol = {"GetOpenFileNameW", &found};
    const char *why;

    return library_load("comdlg32.dll", &symbol, 1, &why) ? found : NULL;
}

bool opening_is_possible(void)
{
    static int possible; /* 0: not asked yet */
    WCHAR path[MAX_PATH + 32];
    UINT length;

    if (possible)
        return possible > 0;
    length = GetSystemDirectoryW(path, MAX_PATH);
    if (length > 0 && length < MAX_PATH)
        wcscpy(path + length, L"\\comdlg32.dll");
    possible =
        length > 0 && length < MAX_PATH && GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES ? 1
                                                                                               : -1;
    return possible > 0;
}

static void open_all(struct dialog *dialog, char **paths, int n)
{
    dialog_open_each(dialog, (const char *const *)paths, n);
    for (int i = 0; i < n; i++)
        free(paths[i]);
}

/* One file: its path. Several: the folder, then the names, with an empty one at the end. */
static int split(const WCHAR *names, char *paths[MOST_FILES])
{
    const WCHAR *name = names + wcslen(names) + 1;
    int n = 0;

    if (!*name) {
        paths[0] = wide_to_utf8(names);
        return 1;
    }
    for (; *name && n < MOST_FILES; name += wcslen(name) + 1) {
        WCHAR *path = memory_alloc((wcslen(names) + wcslen(name) + 2) * sizeof(*path));

        wcscpy(path, names);
        if (path[0] && path[wcslen(path) - 1] != L'\\')
            wcscat(path, L"\\");
        wcscat(path, name);
        paths[n++] = wide_to_utf8(path);
        free(path);
    }
    return n;
}

void opening_choose(struct dialog *dialog)
{
    choose_files choose = opening_is_possible() ? chooser() : NULL;
    WCHAR *names;
    char *paths[MOST_FILES];
    OPENFILENAMEW ask = {
        .lStructSize = sizeof(ask),
        .hwndOwner = dialog->window,
        .lpstrFilter = L"All files\0*.*\0",
        .nMaxFile = NAMES_SIZE,
        .lpstrTitle = L"Open evidence from a machine",
        .Flags = OFN_EXPLORER | OFN_FILEMUSTEXIST | OFN_ALLOWMULTISELECT | OFN_NOCHANGEDIR |
                 OFN_DONTADDTORECENT | OFN_HIDEREADONLY,
    };

    if (!choose)
        return;
    names = memory_alloc((NAMES_SIZE + 2) * sizeof(*names));
    names[0] = L'\0';
    ask.lpstrFile = names;
    if (choose(&ask))
        open_all(dialog, paths, split(names, paths));
    free(names);
}

void opening_drop(struct dialog *dialog, HDROP drop)
{
    UINT n = DragQueryFileW(drop, 0xffffffff, NULL, 0);
    char *paths[MOST_FILES];
    int taken = 0;

    for (UINT i = 0; i < n && taken < MOST_FILES; i++) {
        UINT length = DragQueryFileW(drop, i, NULL, 0);
        WCHAR *path = memory_alloc(((size_t)length + 1) * sizeof(*path));

        if (DragQueryFileW(drop, i, path, length + 1))
            paths[taken++] = wide_to_utf8(path);
        free(path);
    }
    DragFinish(drop);
    SetForegroundWindow(dialog->window);
    open_all(dialog, paths, taken);
}
