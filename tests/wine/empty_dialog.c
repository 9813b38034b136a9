/* A dialog with a button and nothing else: what every dialog costs at least.
 *
 * SPDX-License-Identifier: MIT
 */
#include <windows.h>

static INT_PTR CALLBACK procedure(HWND window, UINT message, WPARAM wide, LPARAM parameter)
{
    (void)wide;
    (void)parameter;
    if (message == WM_CLOSE || message == WM_COMMAND)
        EndDialog(window, 0);
    return message == WM_INITDIALOG;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, WCHAR *line, int show)
{
    _Alignas(8) struct {
        DLGTEMPLATE head;
        WORD menu, class, title;
        DLGITEMTEMPLATE button;
        WORD button_class[2];
        WCHAR text[3];
        WORD extra;
    } template = {
        .head = {.style = WS_POPUP | WS_CAPTION | WS_SYSMENU | WS_VISIBLE | DS_MODALFRAME,
                 .cdit = 1,
                 .cx = 260,
                 .cy = 160},
        .button = {.style = WS_CHILD | WS_VISIBLE | BS_DEFPUSHBUTTON,
                   .x = 200,
                   .y = 140,
                   .cx = 50,
                   .cy = 14,
                   .id = IDOK},
        .button_class = {0xffff, 0x0080},
        .text = L"OK",
    };

    (void)before;
    (void)line;
    (void)show;
    return (int)DialogBoxIndirectParamW(instance, &template.head, NULL, procedure, 0);
}
