/* Makes the fonts and names the colours.
 *
 * SPDX-License-Identifier: MIT
 */
#include "look.h"

#include "system.h"

/* The product's name against the other lines, in percent. */
#define PRODUCT_PERCENT 175
/* What dialog units are measured with. */
#define ALPHABET L"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

static const struct shade shades[STATE_COUNT] = {
    [STATE_TRANSITIONED] = {0x12331c, 0x1b6b34, 0xe3f4e6},
    [STATE_NOT_TRANSITIONED] = {0x3f2a00, 0x7a4f00, 0xfbf0d9},
    [STATE_INCOMPLETE] = {0x3f2a00, 0x7a4f00, 0xfbf0d9},
    [STATE_CONFLICT] = {0x4a0d10, 0xa3161b, 0xfbe4e4},
    [STATE_IMITATION] = {0x3b1648, 0x7a2f93, 0xf3e6f7},
    [STATE_UNKNOWN] = {0x12304b, 0x27557f, 0xe4eef8},
    [STATE_NOT_APPLICABLE] = {0x2a2d2f, 0x4c5154, 0xeaebeb},
};

static void measure_font(struct look *look)
{
    HDC dc = CreateCompatibleDC(NULL);
    HGDIOBJ before = SelectObject(dc, look->fonts[FONT_TEXT]);
    TEXTMETRICW metrics;
    SIZE size;

    if (GetTextMetricsW(dc, &metrics) && GetTextExtentPoint32W(dc, ALPHABET, 52, &size)) {
        look->font_height = metrics.tmHeight;
        look->font_width = (size.cx / 26 + 1) / 2;
    } else {
        look->font_height = MulDiv(15, look->dpi, 96);
        look->font_width = MulDiv(6, look->dpi, 96);
    }
    SelectObject(dc, before);
    DeleteDC(dc);
}

void look_make(struct look *look, int dpi)
{
    NONCLIENTMETRICSW metrics;
    LOGFONTW font;

    look->dpi = dpi;
    look->contrast = system_high_contrast();
    look->mirrored = system_right_to_left();
    system_metrics(dpi, &metrics);
    look->fonts[FONT_TEXT] = CreateFontIndirectW(&metrics.lfMessageFont);
    font = metrics.lfMessageFont;
    font.lfWeight = FW_BOLD;
    look->fonts[FONT_STRONG] = CreateFontIndirectW(&font);
    font = metrics.lfMessageFont;
    font.lfHeight = MulDiv(font.lfHeight, PRODUCT_PERCENT, 100);
    look->fonts[FONT_PRODUCT] = CreateFontIndirectW(&font);
    measure_font(look);
}

void look_free(struct look *look)
{
    for (int i = 0; i < FONT_COUNT; i++)
        if (look->fonts[i])
            DeleteObject(look->fonts[i]);
    *look = (struct look){0};
}

enum font look_font_of(enum item item)
{
    if (item == ITEM_PRODUCT)
        return FONT_PRODUCT;
    return item == ITEM_WORD ? FONT_STRONG : FONT_TEXT;
}

uint32_t look_system_color(int index)
{
    COLORREF color = GetSysColor(index);

    return (uint32_t)GetRValue(color) << 16 | (uint32_t)GetGValue(color) << 8 | GetBValue(color);
}

COLORREF look_gdi(uint32_t color)
{
    return RGB(color >> 16 & 0xff, color >> 8 & 0xff, color & 0xff);
}

struct shade look_shade(const struct look *look, enum verdict_state state)
{
    uint32_t text = look_system_color(COLOR_WINDOWTEXT);

    if (look->contrast || state == STATE_NONE)
        return (struct shade){text, text, look_system_color(COLOR_WINDOW)};
    return shades[state];
}

uint32_t look_banner_text(const struct look *look)
{
    return look->contrast ? look_system_color(COLOR_WINDOWTEXT) : 0x14344f;
}

int look_scale(const struct look *look, int length)
{
    return MulDiv(length, look->dpi, 96);
}
