/* The pages behind Details: tabs, and below them text that can be selected and copied.
 *
 * Made when they are first opened, and each page filled when it is looked at.
 *
 * SPDX-License-Identifier: MIT
 */
#include "dialog.h"

#include "core/platform/wide_win32.h"
#include "gui/common/pages.h"
#include "system.h"

#include <commctrl.h>
#include <stdlib.h>
#include <string.h>

enum { N_PAGES = 4 };

static const struct {
    const WCHAR *title;
    void (*write)(const struct pages_sink *sink, const struct machine *machine,
                  const struct assessment *assessment);
} pages[N_PAGES] = {
    {L"Findings", pages_write_findings},
    {L"Facts", pages_write_facts},
    {L"Plan", pages_write_plan},
    {L"Evidence", pages_write_evidence},
};

static WNDPROC edit_procedure;

/* ---- Text ------------------------------------------------------------------------------- */

struct plain {
    struct strbuf text;
    bool inside; /* a line has begun */
};

/* Shapes become blank lines and blanks in front; styles cannot be shown. */
static void put(void *data, const char *text, const char *shape, const char *style)
{
    struct plain *plain = data;

    (void)style;
    while (*text) {
        size_t length = strcspn(text, "\n");

        if (!plain->inside && length > 0) {
            if (strcmp(shape, "head") == 0)
                strbuf_adds(&plain->text, plain->text.length ? "\r\n" : "");
            else if (strcmp(shape, "lead") != 0)
                strbuf_adds(&plain->text, "    ");
        }
        strbuf_add(&plain->text, text, length);
        plain->inside |= length > 0;
        text += length;
        if (*text == '\n') {
            strbuf_adds(&plain->text, "\r\n");
            plain->inside = false;
            text++;
        }
    }
}

static void fill_page(struct dialog *dialog)
{
    struct plain plain = {STRBUF_EMPTY, false};
    const struct pages_sink sink = {put, &plain};
    HWND page = dialog->controls[ITEM_PAGE];
    WCHAR *wide;

    pages[dialog->page].write(&sink, job_machine(dialog->job), job_assessment(dialog->job));
    wide = wide_from_utf8(strbuf_text(&plain.text));
    SetWindowTextW(page, wide ? wide : L"");
    SetWindowTextW(dialog->controls[ITEM_PAGE_TITLE], pages[dialog->page].title);
    free(wide);
    strbuf_free(&plain.text);
}

void details_refresh(struct dialog *dialog)
{
    if (dialog->details && dialog->controls[ITEM_PAGE])
        fill_page(dialog);
}

/* ---- Controls --------------------------------------------------------------------------- */

/* A page in a dialog: Tab, Esc and Enter belong to the dialog, and coming to it selects nothing. */
static LRESULT CALLBACK page_procedure(HWND window, UINT message, WPARAM wide, LPARAM parameter)
{
    if (message == WM_GETDLGCODE)
        return DLGC_WANTARROWS;
    return CallWindowProcW(edit_procedure, window, message, wide, parameter);
}

static void start_common_controls(void)
{
    typedef BOOL(WINAPI * start)(const INITCOMMONCONTROLSEX *which);
    const INITCOMMONCONTROLSEX which = {sizeof(which), ICC_TAB_CLASSES};
    /* By its bare name: the manifest decides which of the system's versions it is. */
    start init = (start)system_function(LoadLibraryW(L"comctl32.dll"), "InitCommonControlsEx");

    if (init)
        init(&which);
}

static HWND make(struct dialog *dialog, enum item item, const WCHAR *class, DWORD style,
                 DWORD extended, HWND after)
{
    HWND control =
        CreateWindowExW(extended, class, NULL, WS_CHILD | style, 0, 0, 0, 0, dialog->window,
                        (HMENU)(INT_PTR)control_id(item), GetModuleHandleW(NULL), NULL);

    dialog->controls[item] = control;
    SendMessageW(control, WM_SETFONT, (WPARAM)dialog->look.fonts[FONT_TEXT], FALSE);
    SetWindowPos(control, after, 0, 0, 0, 0, SWP_NOMOVE | SWP_NOSIZE | SWP_NOACTIVATE);
    return control;
}

static void make_controls(struct dialog *dialog)
{
    HWND tabs, title, page;
    LONG_PTR layout;

    start_common_controls();
    tabs = make(dialog, ITEM_TABS, WC_TABCONTROLW, WS_TABSTOP | WS_CLIPSIBLINGS, 0,
                dialog->controls[ITEM_NOTICE]);
    title = make(dialog, ITEM_PAGE_TITLE, L"STATIC", SS_NOPREFIX, 0, tabs);
    /* What it says is English: read from the left, whatever the dialog around it. */
    layout = GetWindowLongPtrW(dialog->window, GWL_EXSTYLE);
    SetWindowLongPtrW(dialog->window, GWL_EXSTYLE, layout | WS_EX_NOINHERITLAYOUT);
    page = make(dialog, ITEM_PAGE, L"EDIT",
                WS_TABSTOP | WS_VSCROLL | ES_MULTILINE | ES_READONLY | ES_AUTOVSCROLL,
                WS_EX_CLIENTEDGE, title);
    SetWindowLongPtrW(dialog->window, GWL_EXSTYLE, layout);
    edit_procedure = (WNDPROC)SetWindowLongPtrW(page, GWLP_WNDPROC, (LONG_PTR)page_procedure);
    SendMessageW(page, EM_SETLIMITTEXT, 0, 0);
    SetWindowTextW(tabs, L"Details");
    for (int i = 0; i < N_PAGES; i++) {
        TCITEMW tab = {.mask = TCIF_TEXT, .pszText = (WCHAR *)pages[i].title};

        SendMessageW(tabs, TCM_INSERTITEMW, (WPARAM)i, (LPARAM)&tab);
    }
}

void details_toggle(struct dialog *dialog)
{
    if (dialog->content.state == STATE_NONE)
        return;
    if (!dialog->controls[ITEM_TABS])
        make_controls(dialog);
    dialog->details = !dialog->details;
    content_set(&dialog->content, ITEM_DETAILS, dialog->details ? "&Details <<" : "&Details >>");
    SetWindowTextW(dialog->controls[ITEM_DETAILS], dialog->content.texts[ITEM_DETAILS]);
    dialog_arrange(dialog);
    details_refresh(dialog);
}

void details_selected(struct dialog *dialog)
{
    LRESULT page = SendMessageW(dialog->controls[ITEM_TABS], TCM_GETCURSEL, 0, 0);

    if (page < 0 || page >= N_PAGES || page == dialog->page)
        return;
    dialog->page = (int)page;
    details_refresh(dialog);
}

void details_turn(struct dialog *dialog, int by)
{
    if (!dialog->details)
        return;
    SendMessageW(dialog->controls[ITEM_TABS], TCM_SETCURSEL,
                 (WPARAM)((dialog->page + by + N_PAGES) % N_PAGES), 0);
    details_selected(dialog);
}
