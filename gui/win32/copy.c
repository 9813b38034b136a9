/* The report as text for a ticket, on the clipboard.
 *
 * SPDX-License-Identifier: MIT
 */
#include "dialog.h"

#include "core/platform/wide_win32.h"

#include <stdlib.h>
#include <string.h>

/* With the ends of line that Windows programs know; release with free(). */
static WCHAR *report_of(const struct job *job)
{
    struct strbuf report = STRBUF_EMPTY, lines = STRBUF_EMPTY;
    WCHAR *wide;

    job_report(job, &report);
    for (const char *at = strbuf_text(&report); *at; at++) {
        if (*at == '\n')
            strbuf_addc(&lines, '\r');
        strbuf_addc(&lines, *at);
    }
    wide = wide_from_utf8(strbuf_text(&lines));
    strbuf_free(&report);
    strbuf_free(&lines);
    return wide;
}

static HGLOBAL shared(const WCHAR *text)
{
    size_t size = (wcslen(text) + 1) * sizeof(*text);
    HGLOBAL memory = GlobalAlloc(GMEM_MOVEABLE, size);
    void *place = memory ? GlobalLock(memory) : NULL;

    if (!place) {
        GlobalFree(memory);
        return NULL;
    }
    memcpy(place, text, size);
    GlobalUnlock(memory);
    return memory;
}

bool dialog_copy(const struct dialog *dialog)
{
    WCHAR *text = report_of(dialog->job);
    HGLOBAL memory = text ? shared(text) : NULL;
    bool done = false;

    free(text);
    if (memory && OpenClipboard(dialog->window)) {
        EmptyClipboard();
        done = SetClipboardData(CF_UNICODETEXT, memory) != NULL;
        CloseClipboard();
    }
    /* What the clipboard took belongs to it. */
    if (memory && !done)
        GlobalFree(memory);
    return done;
}
