/* Draws the items.
 *
 * SPDX-License-Identifier: MIT
 */
#include "paint.h"

#include "raster.h"

#include <stdio.h>

#define EMBLEM_ART "org.winver6003.Winver6003"
/* Of the strip, at 96 dots to the inch. */
#define STRIP_LINE 1
#define STRIP_EDGE 5

HBITMAP painting_bitmap(int width, int height, uint32_t **pixels)
{
    BITMAPINFO info = {.bmiHeader = {.biSize = sizeof(BITMAPINFOHEADER),
                                     .biWidth = width,
                                     .biHeight = -height,
                                     .biPlanes = 1,
                                     .biBitCount = 32,
                                     .biCompression = BI_RGB}};
    void *bits = NULL;
    HBITMAP bitmap = CreateDIBSection(NULL, &info, DIB_RGB_COLORS, &bits, NULL, 0);

    *pixels = bits;
    return bitmap;
}

RECT painting_box(const struct painting *painting, enum item item)
{
    const struct layout_box *box = &painting->layout->boxes[item];
    int x = painting->look->mirrored ? painting->layout->width - box->x - box->width : box->x;

    return (RECT){x, box->y, x + box->width, box->y + box->height};
}

/* ---- Text ------------------------------------------------------------------------------- */

/* Left, right and order of reading are those of the text itself: our lines are English whatever
 * the language of the system, and stand on the right side where that is written from the right. */
static UINT text_flags(const struct painting *painting)
{
    return DT_NOPREFIX | DT_EDITCONTROL | (painting->look->mirrored ? DT_RIGHT : DT_LEFT);
}

void painting_measure(void *data, enum item item, int most_width, int *width, int *height)
{
    const struct painting *painting = data;
    const WCHAR *text =
        item == ITEM_FEEDBACK ? L"" CONTENT_NOT_COPIED : painting->content->texts[item];
    RECT rect = {0, 0, most_width, 0};
    HDC dc = CreateCompatibleDC(NULL);
    HGDIOBJ before = SelectObject(dc, painting->look->fonts[look_font_of(item)]);
    bool button = item >= ITEM_OPEN;

    if (text)
        DrawTextW(dc, text, -1, &rect,
                  (button ? DT_SINGLELINE : text_flags(painting)) | DT_CALCRECT |
                      (most_width ? DT_WORDBREAK : 0));
    SelectObject(dc, before);
    DeleteDC(dc);
    *width = rect.right;
    *height = rect.bottom;
}

static void fill(HDC dc, const RECT *rect, uint32_t color)
{
    HBRUSH brush = CreateSolidBrush(look_gdi(color));

    FillRect(dc, rect, brush);
    DeleteObject(brush);
}

static bool on_banner(enum item item)
{
    return item == ITEM_PRODUCT || item == ITEM_EDITION;
}

static bool on_strip(enum item item)
{
    return item == ITEM_WORD || item == ITEM_HEADLINE;
}

static void behind_text(const struct painting *painting, HDC dc, enum item item, const RECT *at)
{
    RECT box = painting_box(painting, item);

    if (on_banner(item) && painting->banner)
        BitBlt(dc, at->left, at->top, at->right - at->left, at->bottom - at->top, painting->banner,
               box.left, box.top, SRCCOPY);
    else if (on_strip(item))
        fill(dc, at, look_shade(painting->look, painting->content->state).back);
    else
        FillRect(dc, at, GetSysColorBrush(COLOR_3DFACE));
}

static uint32_t text_color(const struct painting *painting, enum item item)
{
    struct shade shade = look_shade(painting->look, painting->content->state);

    if (on_banner(item))
        return look_banner_text(painting->look);
    if (on_strip(item))
        return item == ITEM_WORD ? shade.word : shade.text;
    return look_system_color(COLOR_BTNTEXT);
}

void painting_text(const struct painting *painting, HDC dc, enum item item, RECT at)
{
    const WCHAR *text = painting->content->texts[item];
    HGDIOBJ before;

    behind_text(painting, dc, item, &at);
    if (!text)
        return;
    before = SelectObject(dc, painting->look->fonts[look_font_of(item)]);
    SetBkMode(dc, TRANSPARENT);
    SetTextColor(dc, look_gdi(text_color(painting, item)));
    DrawTextW(dc, text, -1, &at, text_flags(painting) | DT_WORDBREAK);
    SelectObject(dc, before);
}

/* ---- The ground ------------------------------------------------------------------------- */

void painting_free(struct painting *painting)
{
    if (painting->banner) {
        SelectObject(painting->banner, painting->banner_before);
        DeleteDC(painting->banner);
    }
    if (painting->banner_bitmap)
        DeleteObject(painting->banner_bitmap);
    painting->banner = NULL;
    painting->banner_bitmap = NULL;
}

static struct raster_place place_of(RECT box)
{
    return (struct raster_place){box.left, box.top, box.right - box.left, box.bottom - box.top,
                                 false};
}

void painting_make(struct painting *painting)
{
    RECT box = painting_box(painting, ITEM_BANNER);
    struct raster raster = {NULL, box.right - box.left, box.bottom - box.top};
    struct raster_place whole = place_of(box);
    struct raster_place emblem = place_of(painting_box(painting, ITEM_EMBLEM));
    uint32_t ground = look_system_color(COLOR_WINDOW);

    painting_free(painting);
    painting->banner_bitmap = painting_bitmap(raster.width, raster.height, &raster.pixels);
    if (!painting->banner_bitmap)
        return;
    for (int i = 0; i < raster.width * raster.height; i++)
        raster.pixels[i] = ground;
    whole.mirrored = painting->look->mirrored;
    if (!painting->look->contrast)
        raster_draw(&raster, art_by_name("banner"), &whole, 0);
    raster_draw(&raster, art_by_name(EMBLEM_ART), &emblem, 0);
    painting->banner = CreateCompatibleDC(NULL);
    painting->banner_before = SelectObject(painting->banner, painting->banner_bitmap);
}

static void draw_rule(const struct painting *painting, HDC dc)
{
    RECT rule = painting_box(painting, ITEM_RULE), half = rule;

    half.bottom = (rule.top + rule.bottom) / 2;
    FillRect(dc, &rule, GetSysColorBrush(COLOR_3DHIGHLIGHT));
    FillRect(dc, &half, GetSysColorBrush(COLOR_3DSHADOW));
}

/* Of the verdict, in its colour, on the strip. */
static void draw_sign(const struct painting *painting, HDC dc, struct shade shade)
{
    RECT box = painting_box(painting, ITEM_SIGN);
    struct raster raster = {NULL, box.right - box.left, box.bottom - box.top};
    struct raster_place place = {0, 0, raster.width, raster.height, false};
    HBITMAP bitmap = painting_bitmap(raster.width, raster.height, &raster.pixels);
    HDC memory = CreateCompatibleDC(dc);
    HGDIOBJ before;
    char name[64];

    if (bitmap && memory) {
        snprintf(name, sizeof(name), "winver6003-%s-symbolic",
                 verdict_state_name(painting->content->state));
        for (int i = 0; i < raster.width * raster.height; i++)
            raster.pixels[i] = shade.back;
        raster_draw(&raster, art_by_name(name), &place, shade.word);
        before = SelectObject(memory, bitmap);
        BitBlt(dc, box.left, box.top, raster.width, raster.height, memory, 0, 0, SRCCOPY);
        SelectObject(memory, before);
    }
    if (memory)
        DeleteDC(memory);
    if (bitmap)
        DeleteObject(bitmap);
}

static void draw_strip(const struct painting *painting, HDC dc)
{
    struct shade shade = look_shade(painting->look, painting->content->state);
    RECT strip = painting_box(painting, ITEM_STRIP);
    int line = look_scale(painting->look, STRIP_LINE),
        edge = look_scale(painting->look, STRIP_EDGE);
    bool mirrored = painting->look->mirrored;

    fill(dc, &strip, shade.word);
    InflateRect(&strip, 0, -line);
    strip.left += mirrored ? line : edge;
    strip.right -= mirrored ? edge : line;
    fill(dc, &strip, shade.back);
    draw_sign(painting, dc, shade);
}

void painting_ground(const struct painting *painting, HDC dc)
{
    RECT all = {0, 0, painting->layout->width, painting->layout->height};
    RECT banner = painting_box(painting, ITEM_BANNER);

    all.top = banner.bottom;
    FillRect(dc, &all, GetSysColorBrush(COLOR_3DFACE));
    if (painting->banner)
        BitBlt(dc, 0, 0, banner.right, banner.bottom, painting->banner, 0, 0, SRCCOPY);
    draw_rule(painting, dc);
    if (painting->content->state != STATE_NONE)
        draw_strip(painting, dc);
}
