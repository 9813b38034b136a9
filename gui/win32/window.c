/* The dialog's window: its controls, messages and keys.
 *
 * Texts are ordinary static controls whose drawing is ours, so that screen readers and the Tab key
 * find what they know, and a picture of the dialog shows the same.
 *
 * SPDX-License-Identifier: MIT
 */
#include "dialog.h"

#include "cli/tally.h"
#include "system.h"

#include <shellapi.h>
#include <stdlib.h>
#include <string.h>

#define STYLE                                                                                      \
    (WS_POPUP | WS_CAPTION | WS_SYSMENU | WS_MINIMIZEBOX | WS_CLIPCHILDREN | DS_MODALFRAME)
/* The window changes its resolution: newer than our headers' NT 6.0. */
#define MESSAGE_DPI_CHANGED 0x02e0
/* Of the icon, in resources/win32. */
#define ICON_ID        1
#define FIRST_ID       100
#define TIMER_PROGRESS 1
#define TIMER_FEEDBACK 2
#define PROGRESS_MS    250
/* How long "Report copied" stays. */
#define FEEDBACK_MS 4000

/* A window that is open, and what those that are closed showed. */
static struct dialog *dialogs;
static struct report_tally tally;
/* Beside the verdicts: a mistake on the command line. */
static int message_code;

static void show_result(struct dialog *dialog);

int control_id(enum item item)
{
    return item == ITEM_OK ? IDOK : FIRST_ID + (int)item;
}

static enum item item_of(int id)
{
    return id == IDOK ? ITEM_OK : (enum item)(id - FIRST_ID);
}

/* ---- Controls --------------------------------------------------------------------------- */

static void make_controls(struct dialog *dialog)
{
    static const enum item texts[] = {
        ITEM_PRODUCT, ITEM_EDITION,        ITEM_VERSION,  ITEM_LICENCE,
        ITEM_MEMORY,  ITEM_REVISION_TITLE, ITEM_REVISION, ITEM_LAB_TITLE,
        ITEM_LAB,     ITEM_WORD,           ITEM_HEADLINE, ITEM_NOTICE,
    };
    static const enum item rest[] = {ITEM_OPEN, ITEM_COPY, ITEM_DETAILS, ITEM_FEEDBACK, ITEM_OK};
    HINSTANCE instance = GetModuleHandleW(NULL);

    for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        dialog->controls[texts[i]] =
            CreateWindowExW(0, L"STATIC", NULL, WS_CHILD | SS_OWNERDRAW, 0, 0, 0, 0, dialog->window,
                            (HMENU)(INT_PTR)control_id(texts[i]), instance, NULL);
    for (unsigned i = 0; i < sizeof(rest) / sizeof(rest[0]); i++) {
        bool text = rest[i] == ITEM_FEEDBACK;
        DWORD style = WS_CHILD | (text ? SS_OWNERDRAW : WS_TABSTOP | BS_NOTIFY);

        if (rest[i] == ITEM_OK)
            style |= BS_DEFPUSHBUTTON;
        dialog->controls[rest[i]] =
            CreateWindowExW(0, text ? L"STATIC" : L"BUTTON", NULL, style, 0, 0, 0, 0,
                            dialog->window, (HMENU)(INT_PTR)control_id(rest[i]), instance, NULL);
    }
}

/* Hands the texts of the content to the controls, and gives all its place. */
static void show_content(struct dialog *dialog)
{
    for (int i = 0; i < ITEM_COUNT; i++)
        if (dialog->controls[i] && (i < ITEM_TABS || i > ITEM_PAGE))
            SetWindowTextW(dialog->controls[i],
                           dialog->content.texts[i] ? dialog->content.texts[i] : L"");
    SetWindowTextW(dialog->window, dialog->content.title);
    dialog_arrange(dialog);
}

static void tell(struct dialog *dialog, const char *text)
{
    content_set(&dialog->content, ITEM_FEEDBACK, text);
    SetWindowTextW(dialog->controls[ITEM_FEEDBACK],
                   text ? dialog->content.texts[ITEM_FEEDBACK] : L"");
    InvalidateRect(dialog->controls[ITEM_FEEDBACK], NULL, FALSE);
}

/* ---- What it shows ---------------------------------------------------------------------- */

static void hide_without_verdict(struct dialog *dialog)
{
    if (!opening_is_possible())
        content_set(&dialog->content, ITEM_OPEN, NULL);
    if (dialog->details && dialog->content.state != STATE_NONE)
        content_set(&dialog->content, ITEM_DETAILS, "&Details <<");
}

static void show_message(struct dialog *dialog, const char *message)
{
    content_message(&dialog->content, message);
    hide_without_verdict(dialog);
    show_content(dialog);
}

static void show_result(struct dialog *dialog)
{
    content_result(&dialog->content, dialog->job);
    hide_without_verdict(dialog);
    show_content(dialog);
    details_refresh(dialog);
}

static void read_job(struct dialog *dialog, struct job *job)
{
    if (dialog->coming) {
        job_cancel(dialog->coming);
        job_release(dialog->coming);
    }
    dialog->coming = job;
    /* Asked again, the old answer stays until the new one is there. */
    if (!dialog->job || !job_assessment(dialog->job)) {
        content_wait(&dialog->content, job);
        hide_without_verdict(dialog);
        show_content(dialog);
    }
    SetTimer(dialog->window, TIMER_PROGRESS, PROGRESS_MS, NULL);
    job_start(job, dialog->window);
}

/* job comes with a reference of its own. */
static void take_job(struct dialog *dialog, struct job *job)
{
    if (job != dialog->coming) {
        job_release(job);
        return;
    }
    KillTimer(dialog->window, TIMER_PROGRESS);
    job_release(dialog->job);
    job_release(dialog->coming);
    dialog->job = job;
    dialog->coming = NULL;
    if (job_assessment(job))
        show_result(dialog);
    else
        show_message(dialog, job_message(job));
}

static void show_progress(struct dialog *dialog)
{
    struct strbuf text = STRBUF_EMPTY;
    long done, total;

    if (!dialog->coming)
        return;
    job_progress(dialog->coming, &done, &total);
    if (total > 0 && done <= total)
        strbuf_addf(&text, "%ld%%", total > 100 ? done / (total / 100) : 100 * done / total);
    tell(dialog, strbuf_text(&text));
    strbuf_free(&text);
}

static void ask_again(struct dialog *dialog)
{
    if (dialog->job && !dialog->coming)
        read_job(dialog, job_again(dialog->job));
}

void dialog_open_each(struct dialog *dialog, const char *const *paths, int n_paths)
{
    int first = 0;

    if (n_paths > 0 && dialog->content.state == STATE_NONE)
        read_job(dialog, job_new(dialog->options, &paths[first++], 1));
    for (int i = first; i < n_paths; i++)
        dialog_open(dialog->options, &paths[i], 1, NULL, 0);
}

/* ---- Painting --------------------------------------------------------------------------- */

static void paint(struct dialog *dialog)
{
    PAINTSTRUCT work;
    HDC dc = BeginPaint(dialog->window, &work);

    /* All places are counted from the left of the screen. */
    SetLayout(dc, 0);
    SetViewportOrgEx(dc, 0, -dialog->scroll, NULL);
    painting_ground(&dialog->painting, dc);
    EndPaint(dialog->window, &work);
}

static void paint_item(struct dialog *dialog, const DRAWITEMSTRUCT *draw)
{
    enum item item = item_of((int)draw->CtlID);
    DWORD layout = SetLayout(draw->hDC, 0);
    RECT rect;

    if (item >= ITEM_COUNT)
        return;
    GetClientRect(draw->hwndItem, &rect);
    painting_text(&dialog->painting, draw->hDC, item, rect);
    SetLayout(draw->hDC, layout);
}

/* ---- Keys and commands ------------------------------------------------------------------ */

static void copy(struct dialog *dialog)
{
    if (!dialog->job || !job_assessment(dialog->job))
        return;
    tell(dialog, dialog_copy(dialog) ? CONTENT_COPIED : CONTENT_NOT_COPIED);
    SetTimer(dialog->window, TIMER_FEEDBACK, FEEDBACK_MS, NULL);
}

static bool has_selection(HWND edit)
{
    DWORD from = 0, to = 0;

    SendMessageW(edit, EM_GETSEL, (WPARAM)&from, (LPARAM)&to);
    return from != to;
}

/* Keys of the window as a whole. false leaves the key to the control with the focus. */
static bool take_key(struct dialog *dialog, WPARAM key)
{
    bool control = GetKeyState(VK_CONTROL) < 0, shift = GetKeyState(VK_SHIFT) < 0;
    HWND page = dialog->controls[ITEM_PAGE], focus = GetFocus();
    RECT client;

    GetClientRect(dialog->window, &client);
    if (key == VK_F5) {
        ask_again(dialog);
    } else if (control && (key == 'C' || key == VK_INSERT)) {
        if (focus == page && page && has_selection(page))
            return false;
        copy(dialog);
    } else if (control && key == 'A' && focus == page && page) {
        SendMessageW(page, EM_SETSEL, 0, -1);
    } else if (control && key == 'O') {
        opening_choose(dialog);
    } else if (control && key == 'W') {
        SendMessageW(dialog->window, WM_CLOSE, 0, 0);
    } else if (control && key == VK_TAB && page) {
        details_turn(dialog, shift ? -1 : 1);
    } else if (!control && focus != page && (key == VK_PRIOR || key == VK_NEXT)) {
        dialog_scroll_to(dialog,
                         dialog->scroll + (key == VK_NEXT ? client.bottom : -client.bottom));
    } else {
        return false;
    }
    return true;
}

static void take_command(struct dialog *dialog, WORD id, WORD what, HWND control)
{
    if (what == BN_SETFOCUS && control)
        dialog_show_control(dialog, control);
    if (what != BN_CLICKED)
        return;
    if (id == IDOK || id == IDCANCEL)
        DestroyWindow(dialog->window);
    else if (id == control_id(ITEM_OPEN))
        opening_choose(dialog);
    else if (id == control_id(ITEM_COPY))
        copy(dialog);
    else if (id == control_id(ITEM_DETAILS))
        details_toggle(dialog);
}

static void take_scroll(struct dialog *dialog, int what)
{
    SCROLLINFO info = {.cbSize = sizeof(info), .fMask = SIF_ALL};
    int line = dialog->look.font_height * 2;

    GetScrollInfo(dialog->window, SB_VERT, &info);
    switch (what) {
    case SB_LINEUP:
        dialog_scroll_to(dialog, dialog->scroll - line);
        break;
    case SB_LINEDOWN:
        dialog_scroll_to(dialog, dialog->scroll + line);
        break;
    case SB_PAGEUP:
        dialog_scroll_to(dialog, dialog->scroll - (int)info.nPage);
        break;
    case SB_PAGEDOWN:
        dialog_scroll_to(dialog, dialog->scroll + (int)info.nPage);
        break;
    case SB_THUMBTRACK:
        dialog_scroll_to(dialog, info.nTrackPos);
        break;
    default:
        break;
    }
}

static void change_look(struct dialog *dialog, int dpi)
{
    dialog_take_look(dialog, dpi);
    dialog_arrange(dialog);
}

/* ---- The window ------------------------------------------------------------------------- */

static void close_dialog(struct dialog *dialog)
{
    struct dialog **link = &dialogs;

    while (*link && *link != dialog)
        link = &(*link)->next;
    if (*link)
        *link = dialog->next;
    if (dialog->job && job_exit_code(dialog->job) == EXIT_NO_INPUT)
        tally.unusable++;
    else if (dialog->job)
        tally_add(&tally, job_exit_code(dialog->job), 1);
    else if (dialog->coming) /* closed before there was an answer */
        tally_add(&tally, verdict_exit_code(STATE_UNKNOWN), 1);
    if (dialog->coming)
        job_cancel(dialog->coming);
    job_release(dialog->coming);
    job_release(dialog->job);
    painting_free(&dialog->painting);
    content_free(&dialog->content);
    look_free(&dialog->look);
    free(dialog);
    if (!dialogs)
        PostQuitMessage(0);
}

static INT_PTR CALLBACK procedure(HWND window, UINT message, WPARAM wide, LPARAM parameter)
{
    struct dialog *dialog = (struct dialog *)GetWindowLongPtrW(window, GWLP_USERDATA);

    if (!dialog)
        return FALSE;
    switch (message) {
    case WM_PAINT:
        paint(dialog);
        return TRUE;
    case WM_ERASEBKGND:
        SetWindowLongPtrW(window, DWLP_MSGRESULT, 1);
        return TRUE;
    case WM_DRAWITEM:
        paint_item(dialog, (const DRAWITEMSTRUCT *)parameter);
        return TRUE;
    case WM_CTLCOLORSTATIC: /* a page: it cannot be edited, but it is to be read */
        if ((HWND)parameter != dialog->controls[ITEM_PAGE])
            return FALSE;
        SetTextColor((HDC)wide, GetSysColor(COLOR_WINDOWTEXT));
        SetBkColor((HDC)wide, GetSysColor(COLOR_WINDOW));
        return (INT_PTR)GetSysColorBrush(COLOR_WINDOW);
    case WM_COMMAND:
        take_command(dialog, LOWORD(wide), HIWORD(wide), (HWND)parameter);
        return TRUE;
    case WM_NOTIFY:
        if (((const NMHDR *)parameter)->hwndFrom == dialog->controls[ITEM_TABS])
            details_selected(dialog);
        return FALSE;
    case WM_VSCROLL:
        take_scroll(dialog, LOWORD(wide));
        return TRUE;
    case WM_MOUSEWHEEL:
        dialog_scroll_to(dialog, dialog->scroll - (short)HIWORD(wide) * dialog->look.font_height *
                                                      3 / WHEEL_DELTA);
        return TRUE;
    case WM_TIMER:
        if (wide == TIMER_PROGRESS) {
            show_progress(dialog);
        } else {
            KillTimer(window, TIMER_FEEDBACK);
            tell(dialog, NULL);
        }
        return TRUE;
    case WM_DROPFILES:
        opening_drop(dialog, (HDROP)wide);
        return TRUE;
    case WM_JOB_FINISHED:
        take_job(dialog, (struct job *)parameter);
        return TRUE;
    case MESSAGE_DPI_CHANGED:
        change_look(dialog, HIWORD(wide));
        return TRUE;
    case WM_SETTINGCHANGE:
    case WM_SYSCOLORCHANGE:
    case WM_THEMECHANGED:
    case WM_DISPLAYCHANGE:
        change_look(dialog, system_dpi(window));
        return FALSE;
    case WM_CLOSE:
        DestroyWindow(window);
        return TRUE;
    case WM_NCDESTROY:
        SetWindowLongPtrW(window, GWLP_USERDATA, 0);
        close_dialog(dialog);
        return TRUE;
    default:
        return FALSE;
    }
}

static HWND make_window(void)
{
    /* A template without controls: they come when the fonts are known. */
    _Alignas(8) struct {
        DLGTEMPLATE head;
        WORD menu, class, title;
    } template = {.head = {.style = STYLE | WS_VSCROLL, .dwExtendedStyle = WS_EX_CONTROLPARENT}};

    if (system_right_to_left())
        template.head.dwExtendedStyle |= WS_EX_LAYOUTRTL;
    return CreateDialogIndirectParamW(GetModuleHandleW(NULL), &template.head, NULL, procedure, 0);
}

bool dialog_open(const struct options *options, const char *const *paths, int n_paths,
                 const char *message, int code)
{
    struct dialog *dialog;
    HWND window = make_window();
    HICON icon;

    if (!window)
        return false;
    dialog = memory_alloc(sizeof(*dialog));
    *dialog = (struct dialog){.window = window, .options = options, .next = dialogs};
    dialog->painting.content = &dialog->content;
    dialog->painting.look = &dialog->look;
    dialog->painting.layout = &dialog->layout;
    dialogs = dialog;
    SetWindowLongPtrW(window, GWLP_USERDATA, (LONG_PTR)dialog);
    icon = LoadIconW(GetModuleHandleW(NULL), MAKEINTRESOURCEW(ICON_ID));
    SendMessageW(window, WM_SETICON, ICON_SMALL, (LPARAM)icon);
    SendMessageW(window, WM_SETICON, ICON_BIG, (LPARAM)icon);
    make_controls(dialog);
    dialog_take_look(dialog, system_dpi(window));
    DragAcceptFiles(window, TRUE);
    if (message) {
        message_code = code;
        show_message(dialog, message);
    } else {
        read_job(dialog, job_new(options, paths, n_paths));
    }
    ShowWindow(window, SW_SHOWNORMAL);
    SetFocus(dialog->controls[ITEM_OK]);
    return true;
}

static struct dialog *dialog_of(HWND window)
{
    HWND root = window ? GetAncestor(window, GA_ROOT) : NULL;

    for (struct dialog *dialog = dialogs; dialog; dialog = dialog->next)
        if (dialog->window == root)
            return dialog;
    return NULL;
}

int dialog_run(void)
{
    MSG message;

    while (GetMessageW(&message, NULL, 0, 0) > 0) {
        struct dialog *dialog = dialog_of(message.hwnd);

        if (dialog && message.message == WM_KEYDOWN && take_key(dialog, message.wParam))
            continue;
        if (dialog && IsDialogMessageW(dialog->window, &message))
            continue;
        TranslateMessage(&message);
        DispatchMessageW(&message);
    }
    if (message_code)
        return message_code;
    return tally.unusable > 0 ? EXIT_NO_INPUT : tally.exit_code;
}
