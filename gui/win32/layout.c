/* Puts the items of the dialog below one another, as wide as their longest line asks for.
 *
 * SPDX-License-Identifier: MIT
 */
#include "layout.h"

/* In dialog units: Microsoft's own advice for spacing, and winver's proportions. */
#define MARGIN       12
#define MARGIN_SMALL 7  /* above and below the buttons */
#define GAP          4  /* between things that belong together */
#define GAP_GROUP    8  /* between those that do not */
#define BANNER       48 /* least height */
#define EMBLEM       32
#define SIGN         18
#define STRIP_PAD    6
#define STRIP_EDGE   3 /* the thick side */
#define BUTTON       50
#define BUTTON_PAD   8 /* beside its text */
#define BUTTON_HIGH  15
#define TAB_HIGH     13
#define LEAST_WIDTH  260 /* as wide as winver's */
#define TEXT_WIDTH   330 /* a line that is longer than this wraps */
#define PAGES_WIDTH  340 /* least, while the pages are shown */
#define PAGES_HIGH   150
#define PAGES_LEAST  60

struct making {
    struct layout *layout;
    const struct layout_request *request;
    int y; /* where the next item goes */
};

static int across(const struct making *making, int units)
{
    return (units * making->request->font_width + 2) / 4;
}

static int down(const struct making *making, int units)
{
    return (units * making->request->font_height + 4) / 8;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int natural_width(const struct making *making, enum item item)
{
    int width = 0, height = 0;

    if (making->request->shown[item])
        making->request->measure(making->request->data, item, 0, &width, &height);
    return width;
}

static void place(struct making *making, enum item item, int x, int y, int width, int height)
{
    if (making->request->shown[item])
        making->layout->boxes[item] = (struct layout_box){x, y, width, height};
}

/* Text over the whole of width; returns its height, 0 when it is not shown. */
static int place_text(struct making *making, enum item item, int x, int y, int width)
{
    int used = 0, height = 0;

    if (!making->request->shown[item])
        return 0;
    making->request->measure(making->request->data, item, width, &used, &height);
    place(making, item, x, y, width, height);
    return height;
}

static int button_width(const struct making *making, enum item item)
{
    if (!making->request->shown[item])
        return 0;
    return larger(across(making, BUTTON),
                  natural_width(making, item) + 2 * across(making, BUTTON_PAD));
}

/* Left of the text in the banner and in the strip. */
static int emblem_side(const struct making *making)
{
    return down(making, EMBLEM);
}

static int sign_side(const struct making *making)
{
    return down(making, SIGN);
}

static int beside_sign(const struct making *making)
{
    return across(making, STRIP_EDGE + STRIP_PAD) + sign_side(making) + across(making, STRIP_PAD);
}

static int titles_width(const struct making *making)
{
    return larger(natural_width(making, ITEM_REVISION_TITLE),
                  natural_width(making, ITEM_LAB_TITLE)) +
           across(making, MARGIN_SMALL);
}

/* The row of buttons, with room for what is told in it. */
static int buttons_width(const struct making *making)
{
    return button_width(making, ITEM_OPEN) + button_width(making, ITEM_COPY) +
           button_width(making, ITEM_DETAILS) + button_width(making, ITEM_OK) +
           natural_width(making, ITEM_FEEDBACK) + 4 * across(making, GAP);
}

static int width_for_all(const struct making *making)
{
    static const enum item lines[] = {ITEM_VERSION, ITEM_LICENCE, ITEM_MEMORY, ITEM_NOTICE};
    int width = 0;

    for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        width = larger(width, natural_width(making, lines[i]));
    width = larger(width, titles_width(making) + larger(natural_width(making, ITEM_REVISION),
                                                        natural_width(making, ITEM_LAB)));
    width = larger(
        width, beside_sign(making) + across(making, STRIP_PAD) +
                   larger(natural_width(making, ITEM_WORD), natural_width(making, ITEM_HEADLINE)));
    width = larger(width, emblem_side(making) + across(making, MARGIN_SMALL) +
                              larger(natural_width(making, ITEM_PRODUCT),
                                     natural_width(making, ITEM_EDITION)));
    width = smaller(width, across(making, TEXT_WIDTH));
    width = larger(width, buttons_width(making));
    if (making->request->shown[ITEM_PAGE])
        width = larger(width, across(making, PAGES_WIDTH));
    width = larger(width, across(making, LEAST_WIDTH)) + 2 * across(making, MARGIN);
    return smaller(width, making->request->most_width);
}

static void place_banner(struct making *making)
{
    int margin = across(making, MARGIN), side = emblem_side(making);
    int x = margin + side + across(making, MARGIN_SMALL);
    int room = larger(making->layout->width - x - margin, 1);
    int product = place_text(making, ITEM_PRODUCT, x, 0, room);
    int edition = place_text(making, ITEM_EDITION, x, 0, room);
    int height = larger(down(making, BANNER), product + edition + 2 * down(making, GAP));
    int y = (height - product - edition) / 2;

    place(making, ITEM_BANNER, 0, 0, making->layout->width, height);
    place(making, ITEM_EMBLEM, margin, (height - side) / 2, side, side);
    making->layout->boxes[ITEM_PRODUCT].y = y;
    making->layout->boxes[ITEM_EDITION].y = y + product;
    place(making, ITEM_RULE, 0, height, making->layout->width, 2);
    making->y = height + 2 + down(making, MARGIN_SMALL);
}

static void place_lines(struct making *making)
{
    static const enum item lines[] = {ITEM_VERSION, ITEM_LICENCE, ITEM_MEMORY};
    int margin = across(making, MARGIN), room = making->layout->width - 2 * margin;

    for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        int height = place_text(making, lines[i], margin, making->y, room);

        making->y += height ? height + down(making, GAP_GROUP) : 0;
    }
}

static void place_row(struct making *making, enum item title, enum item value)
{
    int margin = across(making, MARGIN), indent = titles_width(making), height;

    if (!making->request->shown[title])
        return;
    height = place_text(making, title, margin, making->y, indent);
    height = larger(height, place_text(making, value, margin + indent, making->y,
                                       making->layout->width - 2 * margin - indent));
    making->y += height + down(making, GAP) / 2;
}

static void place_strip(struct making *making)
{
    int margin = across(making, MARGIN), pad = down(making, STRIP_PAD), side = sign_side(making);
    int indent = beside_sign(making), top = making->y + down(making, GAP_GROUP) / 2;
    int room = making->layout->width - 2 * margin - indent - across(making, STRIP_PAD);
    int word, headline, height;

    if (!making->request->shown[ITEM_STRIP])
        return;
    word = place_text(making, ITEM_WORD, margin + indent, top + pad, room);
    headline = place_text(making, ITEM_HEADLINE, margin + indent, top + pad + word, room);
    height = larger(word + headline, side) + 2 * pad;
    if (word + headline < side) {
        making->layout->boxes[ITEM_WORD].y += (side - word - headline) / 2;
        making->layout->boxes[ITEM_HEADLINE].y += (side - word - headline) / 2;
    }
    place(making, ITEM_STRIP, margin, top, making->layout->width - 2 * margin, height);
    place(making, ITEM_SIGN, margin + across(making, STRIP_EDGE + STRIP_PAD),
          top + (height - side) / 2, side, side);
    making->y = top + height + down(making, GAP_GROUP);
}

static int buttons_height(const struct making *making)
{
    return larger(down(making, BUTTON_HIGH), making->request->font_height + down(making, 4));
}

/* The pages take what the screen leaves them, within their limits. */
static void place_pages(struct making *making)
{
    int margin = across(making, MARGIN), width = making->layout->width - 2 * margin;
    int below = buttons_height(making) + 2 * down(making, MARGIN_SMALL);
    int height =
        smaller(down(making, PAGES_HIGH), making->request->most_height - making->y - below);
    int head = down(making, TAB_HIGH);

    if (!making->request->shown[ITEM_PAGE])
        return;
    height = larger(height, down(making, PAGES_LEAST));
    place(making, ITEM_TABS, margin, making->y, width, head);
    place(making, ITEM_PAGE_TITLE, margin, making->y + head, 0, 0);
    place(making, ITEM_PAGE, margin, making->y + head, width, height - head);
    making->y += height;
}

static void place_buttons(struct making *making)
{
    static const enum item left[] = {ITEM_OPEN, ITEM_COPY, ITEM_DETAILS};
    int margin = across(making, MARGIN), gap = across(making, GAP), x = margin;
    int y = making->y + down(making, MARGIN_SMALL), height = buttons_height(making);
    int ok = button_width(making, ITEM_OK), text = making->request->font_height;

    for (unsigned i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
        int width = button_width(making, left[i]);

        place(making, left[i], x, y, width, height);
        x += width ? width + gap : 0;
    }
    /* On a screen too narrow for one row there are two. */
    if (x + ok + margin > making->layout->width) {
        x = margin;
        y += height + down(making, GAP);
    }
    place(making, ITEM_OK, making->layout->width - margin - ok, y, ok, height);
    place(making, ITEM_FEEDBACK, x, y + (height - text) / 2,
          larger(making->layout->width - margin - ok - gap - x, 0), text);
    making->layout->height = y + height + down(making, MARGIN_SMALL);
}

void layout_make(struct layout *layout, const struct layout_request *request)
{
    struct making making = {layout, request, 0};

    *layout = (struct layout){0};
    layout->width = width_for_all(&making);
    place_banner(&making);
    place_lines(&making);
    place_row(&making, ITEM_REVISION_TITLE, ITEM_REVISION);
    place_row(&making, ITEM_LAB_TITLE, ITEM_LAB);
    place_strip(&making);
    if (request->shown[ITEM_NOTICE])
        making.y += place_text(&making, ITEM_NOTICE, across(&making, MARGIN), making.y,
                               layout->width - 2 * across(&making, MARGIN)) +
                    down(&making, GAP_GROUP);
    place_pages(&making);
    place_buttons(&making);
}
