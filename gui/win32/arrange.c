/* Fits the dialog to its content and to the screen.
 *
 * It is as large as its content asks for. Where the screen has less room lines wrap, the pages get
 * lower, and what is still too high scrolls.
 *
 * SPDX-License-Identifier: MIT
 */
#include "dialog.h"

#include "system.h"

void dialog_request(const struct dialog *dialog, struct layout_request *request)
{
    request->font_width = dialog->look.font_width;
    request->font_height = dialog->look.font_height;
    request->measure = painting_measure;
    request->data = (void *)&dialog->painting;
    for (int i = 0; i < ITEM_COUNT; i++)
        request->shown[i] = dialog->content.texts[i] != NULL;
    request->shown[ITEM_BANNER] = request->shown[ITEM_EMBLEM] = request->shown[ITEM_RULE] = true;
    request->shown[ITEM_STRIP] = request->shown[ITEM_SIGN] = dialog->content.state != STATE_NONE;
    request->shown[ITEM_TABS] = request->shown[ITEM_PAGE_TITLE] = request->shown[ITEM_PAGE] =
        dialog->details && dialog->content.state != STATE_NONE;
    request->shown[ITEM_FEEDBACK] = true;
}

void dialog_take_look(struct dialog *dialog, int dpi)
{
    look_free(&dialog->look);
    look_make(&dialog->look, dpi);
    for (int i = 0; i < ITEM_COUNT; i++)
        if (dialog->controls[i])
            SendMessageW(dialog->controls[i], WM_SETFONT,
                         (WPARAM)dialog->look.fonts[look_font_of((enum item)i)], FALSE);
}

static RECT work_area(HWND window)
{
    MONITORINFO info = {.cbSize = sizeof(info)};
    RECT area = {0, 0, 640, 480};

    if (GetMonitorInfoW(MonitorFromWindow(window, MONITOR_DEFAULTTONEAREST), &info))
        area = info.rcWork;
    return area;
}

static void place_controls(struct dialog *dialog)
{
    struct layout_request request = {0};

    dialog_request(dialog, &request);
    for (int i = 0; i < ITEM_COUNT; i++) {
        const struct layout_box *box = &dialog->layout.boxes[i];
        HWND control = dialog->controls[i];
        bool shown = request.shown[i];

        if (!control)
            continue;
        SetWindowPos(control, NULL, box->x, box->y - dialog->scroll, box->width, box->height,
                     SWP_NOZORDER | SWP_NOACTIVATE | (shown ? SWP_SHOWWINDOW : SWP_HIDEWINDOW));
        InvalidateRect(control, NULL, FALSE);
    }
    InvalidateRect(dialog->window, NULL, FALSE);
}

static void set_scroll_bar(struct dialog *dialog, int height)
{
    SCROLLINFO info = {.cbSize = sizeof(info), .fMask = SIF_RANGE | SIF_PAGE | SIF_POS};

    info.nMax = dialog->layout.height - 1;
    info.nPage = (UINT)height;
    info.nPos = dialog->scroll;
    SetScrollInfo(dialog->window, SB_VERT, &info, TRUE);
}

/* Keeps the place, moves only as far as the screen demands; the first time into the middle. */
static void size_window(struct dialog *dialog, const RECT *work, SIZE size)
{
    RECT rect;
    bool first = !IsWindowVisible(dialog->window);

    GetWindowRect(dialog->window, &rect);
    if (first) {
        rect.left = work->left + (work->right - work->left - size.cx) / 2;
        rect.top = work->top + (work->bottom - work->top - size.cy) / 3;
    }
    if (rect.left + size.cx > work->right)
        rect.left = work->right - size.cx;
    if (rect.top + size.cy > work->bottom)
        rect.top = work->bottom - size.cy;
    if (rect.left < work->left)
        rect.left = work->left;
    if (rect.top < work->top)
        rect.top = work->top;
    SetWindowPos(dialog->window, NULL, rect.left, rect.top, size.cx, size.cy,
                 SWP_NOZORDER | SWP_NOACTIVATE);
}

void dialog_arrange(struct dialog *dialog)
{
    struct layout_request request = {0};
    RECT work = work_area(dialog->window), frame = {0};
    int room, height, bar;
    SIZE size;

    system_frame(dialog->look.dpi,
                 (DWORD)GetWindowLongPtrW(dialog->window, GWL_STYLE) & ~WS_VSCROLL,
                 (DWORD)GetWindowLongPtrW(dialog->window, GWL_EXSTYLE), &frame);
    dialog_request(dialog, &request);
    room = work.bottom - work.top - (frame.bottom - frame.top);
    bar = GetSystemMetrics(SM_CXVSCROLL);
    request.most_height = room;
    request.most_width = work.right - work.left - (frame.right - frame.left) - bar;
    layout_make(&dialog->layout, &request);
    height = dialog->layout.height < room ? dialog->layout.height : room;
    if (dialog->scroll > dialog->layout.height - height)
        dialog->scroll = dialog->layout.height - height;
    size.cx = dialog->layout.width + (frame.right - frame.left) +
              (height < dialog->layout.height ? bar : 0);
    size.cy = height + (frame.bottom - frame.top);
    size_window(dialog, &work, size);
    set_scroll_bar(dialog, height);
    painting_make(&dialog->painting);
    place_controls(dialog);
}

void dialog_scroll_to(struct dialog *dialog, int y)
{
    RECT client;
    int most;

    GetClientRect(dialog->window, &client);
    most = dialog->layout.height - client.bottom;
    if (y > most)
        y = most;
    if (y < 0)
        y = 0;
    if (y == dialog->scroll)
        return;
    dialog->scroll = y;
    set_scroll_bar(dialog, client.bottom);
    place_controls(dialog);
}

void dialog_show_control(struct dialog *dialog, HWND control)
{
    RECT rect, client;

    GetClientRect(dialog->window, &client);
    GetWindowRect(control, &rect);
    MapWindowPoints(NULL, dialog->window, (POINT *)&rect, 2);
    if (rect.top < 0)
        dialog_scroll_to(dialog, dialog->scroll + rect.top);
    else if (rect.bottom > client.bottom)
        dialog_scroll_to(dialog, dialog->scroll + rect.bottom - client.bottom);
}
