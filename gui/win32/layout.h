/* Where everything stands in the dialog: arithmetic only, so that it can be tested anywhere.
 *
 * Lengths come from the font, as dialog units do: a quarter of its average width, an eighth of its
 * height. So the dialog grows with the font and with the screen's resolution. Left and right are
 * for languages that are written from the left; whoever draws mirrors them for others.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_LAYOUT_H
#define WINVER6003_LAYOUT_H

#include <stdbool.h>

/* In the order in which they are read and in which the Tab key moves. */
enum item {
    ITEM_BANNER, /* behind the two lines that follow */
    ITEM_EMBLEM,
    ITEM_PRODUCT,
    ITEM_EDITION,
    ITEM_RULE,
    ITEM_VERSION,
    ITEM_LICENCE,
    ITEM_MEMORY,
    ITEM_REVISION_TITLE,
    ITEM_REVISION,
    ITEM_LAB_TITLE,
    ITEM_LAB,
    ITEM_STRIP, /* behind the three that follow */
    ITEM_SIGN,
    ITEM_WORD,
    ITEM_HEADLINE,
    ITEM_NOTICE,
    ITEM_TABS,
    ITEM_PAGE_TITLE, /* the name of the page for screen readers: takes no room */
    ITEM_PAGE,
    ITEM_OPEN,
    ITEM_COPY,
    ITEM_DETAILS,
    ITEM_FEEDBACK,
    ITEM_OK,
    ITEM_COUNT
};

struct layout_box {
    int x, y, width, height;
};

struct layout_request {
    int font_width, font_height; /* of the message font: average character, line */
    bool shown[ITEM_COUNT];
    int most_width, most_height; /* what the screen has room for */
    /* Pixels that the item's text takes; lines are broken at most_width unless that is 0. */
    void (*measure)(void *data, enum item item, int most_width, int *width, int *height);
    void *data;
};

struct layout {
    struct layout_box boxes[ITEM_COUNT]; /* empty for items that are not shown */
    int width, height;                   /* of it all; may be higher than the screen, not wider */
};

void layout_make(struct layout *layout, const struct layout_request *request);

#endif
