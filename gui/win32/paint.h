/* Draws the items of the dialog: for the window, and for a picture of it.
 *
 * Both come from the same code, so that a picture is what a person would have seen. Coordinates are
 * those of the screen, from the left: what mirrors the dialog is done here, not by the system.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PAINT_H
#define WINVER6003_PAINT_H

#include "content.h"
#include "layout.h"
#include "look.h"

struct painting {
    const struct content *content;
    const struct look *look;
    const struct layout *layout;
    HDC banner; /* the finished banner with its emblem; NULL before painting_make() */
    HBITMAP banner_bitmap;
    HGDIOBJ banner_before;
};

/* The items of the screen that hold content now, for layout_make(). measured with the fonts. */
void painting_measure(void *data, enum item item, int most_width, int *width, int *height);
/* Draws the banner anew, for another width, font or colour. */
void painting_make(struct painting *painting);
void painting_free(struct painting *painting);

/* Where the item stands on the screen. */
RECT painting_box(const struct painting *painting, enum item item);
/* What lies behind the controls: banner, rule, strip and its sign. dc has its origin where the
 * content begins. */
void painting_ground(const struct painting *painting, HDC dc);
/* The text of an item with what is behind it, at that place of dc. */
void painting_text(const struct painting *painting, HDC dc, enum item item, RECT at);

/* A picture in memory that GDI draws into, 0x00RRGGBB from the top left; NULL when there is no
 * room. Release with DeleteObject(). */
HBITMAP painting_bitmap(int width, int height, uint32_t **pixels);

#endif
