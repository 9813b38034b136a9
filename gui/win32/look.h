/* Fonts and colours of the dialog, as the system has them for one screen.
 *
 * With high contrast all colours are the system's. Otherwise the verdict's are ours, the same as
 * those of the GTK window, each pair of text and background with a contrast of 4.5 to 1 or more;
 * a sign and a word always stand beside the colour.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_LOOK_H
#define WINVER6003_LOOK_H

#include "core/judge/judge.h"
#include "layout.h"

#include <stdbool.h>
#include <windows.h>

enum font { FONT_TEXT, FONT_STRONG, FONT_PRODUCT, FONT_COUNT };

struct look {
    int dpi;
    HFONT fonts[FONT_COUNT];
    int font_width, font_height; /* of FONT_TEXT: average character, line */
    bool contrast, mirrored;
};

/* The colours of the verdict's strip, 0x00RRGGBB. */
struct shade {
    uint32_t text, word, back;
};

void look_make(struct look *look, int dpi);
void look_free(struct look *look);

enum font look_font_of(enum item item);
struct shade look_shade(const struct look *look, enum verdict_state state);
/* Of the text in the banner. */
uint32_t look_banner_text(const struct look *look);
/* A system colour as 0x00RRGGBB, and the way back to what GDI takes. */
uint32_t look_system_color(int index);
COLORREF look_gdi(uint32_t color);
/* A length of 96 dots to the inch. */
int look_scale(const struct look *look, int length);

#endif
