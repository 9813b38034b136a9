/* Starts a program, reads the controls of its dialog as a screen reader would, and presses keys.
 *
 *   read_dialog "COMMAND LINE" STEP...
 *
 * Steps: list, answer, mirrored, click:ID, key:VK, ctrl:LETTER, wait:MS, tabs, clipboard, size. At
 * the end it waits for the program and prints its exit code. Lines are: the step, then fields with
 * tabs.
 *
 * SPDX-License-Identifier: MIT
 */
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 20000
/* Controls of the dialog: 100 and the item of gui/win32/layout.h. */
#define ID_PRODUCT  102
#define ID_WORD     114
#define ID_HEADLINE 115
#define ID_NOTICE   116

static DWORD process_id;

static void die(const char *what)
{
    fprintf(stderr, "read_dialog: %s\n", what);
    exit(1);
}

static BOOL CALLBACK is_dialog(HWND window, LPARAM found)
{
    DWORD owner = 0;

    GetWindowThreadProcessId(window, &owner);
    if (owner != process_id || !IsWindowVisible(window))
        return TRUE;
    *(HWND *)found = window;
    return FALSE;
}

static HWND find_dialog(void)
{
    HWND window = NULL;

    for (int waited = 0; !window && waited < PATIENCE_MS; waited += 20) {
        EnumWindows(is_dialog, (LPARAM)&window);
        if (!window)
            Sleep(20);
    }
    if (!window)
        die("the program shows no dialog");
    return window;
}

static BOOL shown(HWND dialog, int id)
{
    HWND control = GetDlgItem(dialog, id);

    return control && IsWindowVisible(control);
}

/* Until there is a verdict, or the news why there is none. */
static void wait_for_answer(HWND dialog)
{
    for (int waited = 0; waited < PATIENCE_MS; waited += 20) {
        if (shown(dialog, ID_WORD) || shown(dialog, ID_NOTICE))
            return;
        Sleep(20);
    }
    die("the dialog shows no answer");
}

/* UTF-8, with ends of line and tabs as \n and \t. */
static void print_text(const WCHAR *text)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *utf8 = malloc((size_t)size + 1);

    WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, size, NULL, NULL);
    for (const char *at = utf8; *at; at++) {
        if (*at == '\n')
            fputs("\\n", stdout);
        else if (*at == '\r')
            fputs("\\r", stdout);
        else if (*at == '\t')
            fputs("\\t", stdout);
        else if (*at == '\\')
            fputs("\\\\", stdout);
        else
            putchar(*at);
    }
    free(utf8);
}

static WCHAR *text_of(HWND window)
{
    LRESULT length = SendMessageW(window, WM_GETTEXTLENGTH, 0, 0);
    WCHAR *text = calloc((size_t)length + 2, sizeof(*text));

    SendMessageW(window, WM_GETTEXT, (WPARAM)length + 1, (LPARAM)text);
    return text;
}

/* What the text needs with the font that the dialog says it uses. */
static SIZE needed(int id, const WCHAR *text, int width)
{
    NONCLIENTMETRICSW metrics = {.cbSize = sizeof(metrics)};
    HDC dc = CreateCompatibleDC(NULL);
    RECT rect = {0, 0, width, 0};
    HFONT font;

    SystemParametersInfoW(SPI_GETNONCLIENTMETRICS, sizeof(metrics), &metrics, 0);
    if (id == ID_PRODUCT)
        metrics.lfMessageFont.lfHeight = MulDiv(metrics.lfMessageFont.lfHeight, 175, 100);
    if (id == ID_WORD)
        metrics.lfMessageFont.lfWeight = FW_BOLD;
    font = CreateFontIndirectW(&metrics.lfMessageFont);
    SelectObject(dc, font);
    DrawTextW(dc, text, -1, &rect, DT_CALCRECT | DT_WORDBREAK | DT_EDITCONTROL | DT_NOPREFIX);
    DeleteDC(dc);
    DeleteObject(font);
    return (SIZE){rect.right, rect.bottom};
}

static BOOL CALLBACK print_control(HWND window, LPARAM parameter)
{
    HWND dialog = (HWND)parameter;
    WCHAR class[64];
    WCHAR *text = text_of(window);
    int id = GetDlgCtrlID(window);
    RECT rect;
    SIZE size;

    GetWindowRect(window, &rect);
    MapWindowPoints(NULL, dialog, (POINT *)&rect, 2);
    GetClassNameW(window, class, 64);
    size = needed(id, text, rect.right - rect.left);
    printf("control\t%d\t", id);
    print_text(class);
    printf("\t%ld\t%ld\t%ld\t%ld\t%d\t%d\t%d\t%ld\t%ld\t",
           rect.left < rect.right ? rect.left : rect.right, rect.top, labs(rect.right - rect.left),
           rect.bottom - rect.top, IsWindowVisible(window) != 0, IsWindowEnabled(window) != 0,
           (GetWindowLongW(window, GWL_STYLE) & WS_TABSTOP) != 0, size.cx, size.cy);
    print_text(text);
    putchar('\n');
    free(text);
    return TRUE;
}

static void list(HWND dialog)
{
    WCHAR *title = text_of(dialog);

    printf("title\t");
    print_text(title);
    putchar('\n');
    free(title);
    EnumChildWindows(dialog, print_control, (LPARAM)dialog);
    printf("end\n");
}

static void print_size(HWND dialog)
{
    POINT corner = {0, 0};
    RECT client;

    GetClientRect(dialog, &client);
    ClientToScreen(dialog, &corner);
    printf("size\t%ld\t%ld\t%ld\t%ld\n", client.right, client.bottom, corner.x, corner.y);
}

/* Where the Tab key goes, from the OK button round to it. */
static void print_tabs(HWND dialog)
{
    HWND first = GetDlgItem(dialog, IDOK), at = first;
    int steps = 0;

    printf("tabs");
    do {
        printf("\t%d", GetDlgCtrlID(at));
        at = GetNextDlgTabItem(dialog, at, FALSE);
    } while (at && at != first && ++steps < 64);
    putchar('\n');
}

static void print_clipboard(void)
{
    HANDLE memory = NULL;

    for (int i = 0; i < 50 && !OpenClipboard(NULL); i++)
        Sleep(20);
    memory = GetClipboardData(CF_UNICODETEXT);
    printf("clipboard\t");
    if (memory) {
        print_text(GlobalLock(memory));
        GlobalUnlock(memory);
    }
    putchar('\n');
    CloseClipboard();
}

static HWND focus_of(HWND dialog)
{
    GUITHREADINFO info = {.cbSize = sizeof(info)};

    GetGUIThreadInfo(GetWindowThreadProcessId(dialog, NULL), &info);
    return info.hwndFocus ? info.hwndFocus : GetDlgItem(dialog, IDOK);
}

static void press(HWND dialog, WORD control, WORD key)
{
    INPUT inputs[4] = {
        {.type = INPUT_KEYBOARD, .ki = {.wVk = control}},
        {.type = INPUT_KEYBOARD, .ki = {.wVk = key}},
        {.type = INPUT_KEYBOARD, .ki = {.wVk = key, .dwFlags = KEYEVENTF_KEYUP}},
        {.type = INPUT_KEYBOARD, .ki = {.wVk = control, .dwFlags = KEYEVENTF_KEYUP}}};

    SetForegroundWindow(dialog);
    SendInput(4, inputs, sizeof(inputs[0]));
    Sleep(300);
}

/* What the keys before it brought about is over: a change of the focus would end the click. */
static void click(HWND dialog, HWND button)
{
    GUITHREADINFO info = {.cbSize = sizeof(info)};

    Sleep(200);
    SendMessageW(dialog, WM_NULL, 0, 0);
    GetGUIThreadInfo(GetWindowThreadProcessId(dialog, NULL), &info);
    if (info.hwndActive != dialog)
        SetForegroundWindow(dialog);
    SendMessageW(button, BM_CLICK, 0, 0);
}

static void step(HWND dialog, const char *what)
{
    const char *value = strchr(what, ':');
    int number = value ? atoi(value + 1) : 0;

    if (strcmp(what, "list") == 0)
        list(dialog);
    else if (strcmp(what, "tabs") == 0)
        print_tabs(dialog);
    else if (strcmp(what, "size") == 0)
        print_size(dialog);
    else if (strcmp(what, "mirrored") == 0)
        printf("mirrored\t%d\n", (GetWindowLongW(dialog, GWL_EXSTYLE) & WS_EX_LAYOUTRTL) != 0);
    else if (strcmp(what, "clipboard") == 0)
        print_clipboard();
    else if (strcmp(what, "answer") == 0)
        wait_for_answer(dialog);
    else if (strncmp(what, "click:", 6) == 0)
        click(dialog, GetDlgItem(dialog, number));
    else if (strncmp(what, "key:", 4) == 0)
        PostMessageW(focus_of(dialog), WM_KEYDOWN, (WPARAM)number, 1);
    else if (strncmp(what, "ctrl:", 5) == 0)
        press(dialog, VK_CONTROL, (WORD)number);
    else if (strncmp(what, "wait:", 5) == 0)
        Sleep((DWORD)number);
    else
        die(what);
    fflush(stdout);
}

int main(void)
{
    STARTUPINFOW start = {.cb = sizeof(start)};
    PROCESS_INFORMATION process;
    DWORD code = 0;
    int argc;
    WCHAR **argv = CommandLineToArgvW(GetCommandLineW(), &argc);
    HWND dialog;

    SetProcessDPIAware();
    if (argc < 2)
        die("no command line");
    if (!CreateProcessW(NULL, argv[1], NULL, NULL, FALSE, 0, NULL, NULL, &start, &process))
        die("the program does not start");
    process_id = process.dwProcessId;
    dialog = find_dialog();
    for (int i = 2; i < argc; i++) {
        char what[64] = "";

        WideCharToMultiByte(CP_UTF8, 0, argv[i], -1, what, sizeof(what), NULL, NULL);
        step(dialog, what);
    }
    if (WaitForSingleObject(process.hProcess, PATIENCE_MS) != WAIT_OBJECT_0) {
        TerminateProcess(process.hProcess, 99);
        die("the dialog does not close");
    }
    GetExitCodeProcess(process.hProcess, &code);
    printf("exit\t%lu\n", (unsigned long)code);
    return 0;
}
