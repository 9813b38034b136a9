/* The dialog as a PNG file, without a window: also where there is no desktop to show one on.
 *
 * SPDX-License-Identifier: MIT
 */
#include "dialog.h"

#include "cli/message.h"
#include "cli/options.h"
#include "core/platform/library.h"
#include "core/platform/replace.h"
#include "png.h"
#include "system.h"

#include <string.h>

/* Of uxtheme.dll: the push button, as it is and as the default. */
#define PART_BUTTON     1
#define STATE_NORMAL    1
#define STATE_DEFAULTED 5
/* No screen limits a picture: only that a line of text can be read. */
#define MOST_WIDTH  16000
#define MOST_HEIGHT 16000

typedef HANDLE(WINAPI *open_theme)(HWND window, const WCHAR *classes);
typedef HRESULT(WINAPI *close_theme)(HANDLE theme);
typedef HRESULT(WINAPI *draw_theme)(HANDLE theme, HDC dc, int part, int state, const RECT *rect,
                                    const RECT *clip);

/* As the visual style draws it; false where there is none. */
static bool draw_styled(HDC dc, RECT rect, int state)
{
    open_theme open = NULL;
    close_theme close = NULL;
    draw_theme draw = NULL;
    const struct library_symbol symbols[] = {
        {"OpenThemeData", &open}, {"CloseThemeData", &close}, {"DrawThemeBackground", &draw}};
    const char *why;
    bool there = library_load("uxtheme.dll", symbols, 3, &why);
    HANDLE theme = there ? open(NULL, L"BUTTON") : NULL;
    bool done = theme && SUCCEEDED(draw(theme, dc, PART_BUTTON, state, &rect, NULL));

    if (theme)
        close(theme);
    return done;
}

static void draw_plain(HDC dc, RECT rect, bool is_default)
{
    if (is_default) {
        FrameRect(dc, &rect, GetSysColorBrush(COLOR_WINDOWFRAME));
        InflateRect(&rect, -1, -1);
    }
    DrawFrameControl(dc, &rect, DFC_BUTTON, DFCS_BUTTONPUSH);
}

static void draw_button(const struct dialog *dialog, HDC dc, enum item item)
{
    RECT rect = painting_box(&dialog->painting, item);
    const WCHAR *text = dialog->content.texts[item];
    bool is_default = item == ITEM_OK;
    WCHAR shown[64];
    size_t n = 0;
    HGDIOBJ before;

    if (!text)
        return;
    /* Without the marks of the keys, which show only to those who use them. */
    for (; *text && n + 1 < sizeof(shown) / sizeof(shown[0]); text++)
        if (*text != L'&')
            shown[n++] = *text;
    shown[n] = L'\0';
    if (!draw_styled(dc, rect, is_default ? STATE_DEFAULTED : STATE_NORMAL))
        draw_plain(dc, rect, is_default);
    before = SelectObject(dc, dialog->look.fonts[FONT_TEXT]);
    SetBkMode(dc, TRANSPARENT);
    SetTextColor(dc, GetSysColor(COLOR_BTNTEXT));
    DrawTextW(dc, shown, -1, &rect, DT_CENTER | DT_VCENTER | DT_SINGLELINE | DT_NOPREFIX);
    SelectObject(dc, before);
}

static void draw_all(const struct dialog *dialog, HDC dc)
{
    painting_ground(&dialog->painting, dc);
    for (int i = 0; i < ITEM_TABS; i++)
        if (dialog->content.texts[i])
            painting_text(&dialog->painting, dc, (enum item)i,
                          painting_box(&dialog->painting, (enum item)i));
    for (int i = ITEM_OPEN; i <= ITEM_OK; i++)
        draw_button(dialog, dc, (enum item)i);
    GdiFlush();
}

/* Packs what was drawn; false when it is too large for a picture. */
static bool pack(const struct dialog *dialog, struct strbuf *out)
{
    int width = dialog->layout.width, height = dialog->layout.height;
    uint32_t *pixels = NULL;
    HBITMAP bitmap = painting_bitmap(width, height, &pixels);
    HDC dc = CreateCompatibleDC(NULL);
    bool done = false;

    if (bitmap && dc) {
        HGDIOBJ before = SelectObject(dc, bitmap);

        draw_all(dialog, dc);
        SelectObject(dc, before);
        done =
            png_write(out, pixels, (unsigned)width, (unsigned)height, (unsigned)dialog->look.dpi);
    }
    if (dc)
        DeleteDC(dc);
    if (bitmap)
        DeleteObject(bitmap);
    return done;
}

static int save(const struct strbuf *bytes, const char *path)
{
    char reason[REPLACE_MESSAGE_SIZE];
    struct replace *file = replace_open(path, reason);

    if (file && !replace_write(file, bytes->text, bytes->length, reason)) {
        replace_abandon(file);
        file = NULL;
    } else if (file && replace_commit(file, reason)) {
        return 0;
    }
    message_tell("cannot write '%s': %s; no picture was left there", path, reason);
    return EXIT_CANT_WRITE;
}

static int draw(struct dialog *dialog, const char *path)
{
    struct layout_request request = {.most_width = MOST_WIDTH, .most_height = MOST_HEIGHT};
    struct strbuf bytes = STRBUF_EMPTY;
    int code = EXIT_FAULT;

    look_make(&dialog->look, system_dpi(NULL));
    if (!opening_is_possible())
        content_set(&dialog->content, ITEM_OPEN, NULL);
    dialog_request(dialog, &request);
    layout_make(&dialog->layout, &request);
    painting_make(&dialog->painting);
    if (pack(dialog, &bytes))
        code = save(&bytes, path);
    else
        message_tell("there is no memory for a picture of that size");
    strbuf_free(&bytes);
    painting_free(&dialog->painting);
    look_free(&dialog->look);
    return code;
}

int picture_write(const struct options *options, const char *path)
{
    struct job *job = job_new(options, options->arguments, options->n_arguments);
    struct dialog dialog = {.options = options};
    int code;

    dialog.painting.content = &dialog.content;
    dialog.painting.look = &dialog.look;
    dialog.painting.layout = &dialog.layout;
    job_run(job);
    if (job_assessment(job)) {
        content_result(&dialog.content, job);
    } else {
        content_message(&dialog.content, job_message(job));
        message_tell("%s", job_message(job));
    }
    code = draw(&dialog, path);
    if (code == 0)
        code = job_exit_code(job);
    content_free(&dialog.content);
    job_release(job);
    return code;
}
