/* Nothing overlaps, nothing is cut, nothing is wider than the screen, at any size of font.
 *
 * SPDX-License-Identifier: MIT
 */
#include "gui/win32/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Letters in the text of each item, and the size of one: what stands in for a font. */
struct type {
    int letters[ITEM_COUNT];
    int width, height;
};

static void measure(void *data, enum item item, int most_width, int *width, int *height)
{
    const struct type *type = data;
    int columns = most_width ? most_width / type->width : type->letters[item], lines = 1;

    if (columns < 1)
        columns = 1;
    while (columns * lines < type->letters[item])
        lines++;
    *width = (type->letters[item] < columns ? type->letters[item] : columns) * type->width;
    *height = lines * type->height;
}

static struct type usual_type(int width, int height)
{
    return (struct type){.letters = {[ITEM_PRODUCT] = 19,
                                     [ITEM_EDITION] = 8,
                                     [ITEM_VERSION] = 40,
                                     [ITEM_LICENCE] = 71,
                                     [ITEM_MEMORY] = 50,
                                     [ITEM_REVISION_TITLE] = 8,
                                     [ITEM_REVISION] = 30,
                                     [ITEM_LAB_TITLE] = 9,
                                     [ITEM_LAB] = 46,
                                     [ITEM_WORD] = 12,
                                     [ITEM_HEADLINE] = 70,
                                     [ITEM_OPEN] = 7,
                                     [ITEM_COPY] = 4,
                                     [ITEM_DETAILS] = 10,
                                     [ITEM_FEEDBACK] = 16,
                                     [ITEM_OK] = 2},
                         .width = width,
                         .height = height};
}

static struct layout made(struct type *type, int most_width, int most_height, bool pages)
{
    struct layout_request request = {.font_width = type->width,
                                     .font_height = type->height,
                                     .most_width = most_width,
                                     .most_height = most_height,
                                     .measure = measure,
                                     .data = type};
    struct layout layout;

    for (int i = 0; i < ITEM_COUNT; i++)
        request.shown[i] = type->letters[i] > 0;
    request.shown[ITEM_BANNER] = request.shown[ITEM_EMBLEM] = request.shown[ITEM_RULE] = true;
    request.shown[ITEM_STRIP] = request.shown[ITEM_SIGN] = type->letters[ITEM_WORD] > 0;
    request.shown[ITEM_TABS] = request.shown[ITEM_PAGE] = pages;
    layout_make(&layout, &request);
    return layout;
}

static bool is_ground(enum item item)
{
    return item == ITEM_BANNER || item == ITEM_STRIP;
}

static void is_sound(const struct layout *layout, struct type *type)
{
    for (int i = 0; i < ITEM_COUNT; i++) {
        const struct layout_box *box = &layout->boxes[i];
        int width, height;

        assert_true(box->x >= 0 && box->y >= 0);
        assert_true(box->x + box->width <= layout->width);
        assert_true(box->y + box->height <= layout->height);
        if (type->letters[i] && i != ITEM_FEEDBACK) {
            measure(type, (enum item)i, box->width, &width, &height);
            assert_true(width <= box->width && height <= box->height);
        }
        for (int j = 0; j < i; j++) {
            const struct layout_box *other = &layout->boxes[j];
            bool apart = box->x >= other->x + other->width || other->x >= box->x + box->width ||
                         box->y >= other->y + other->height || other->y >= box->y + box->height;

            if (box->width && box->height && other->width && other->height &&
                !is_ground((enum item)j))
                assert_true(apart);
        }
    }
}

static void it_is_sound_at_any_size_of_font(void **state)
{
    (void)state;
    for (int height = 8; height <= 80; height += 3) {
        struct type type = usual_type(height * 4 / 9, height);

        for (int pages = 0; pages < 2; pages++) {
            struct layout layout = made(&type, 100000, 100000, pages);

            is_sound(&layout, &type);
        }
    }
}

static void it_grows_in_proportion(void **state)
{
    struct type small = usual_type(6, 13), large = usual_type(12, 26);
    struct layout a = made(&small, 10000, 10000, false), b = made(&large, 10000, 10000, false);

    (void)state;
    assert_in_range(b.width, a.width * 2 - 20, a.width * 2 + 20);
    assert_in_range(b.height, a.height * 2 - 20, a.height * 2 + 20);
}

static void it_is_never_wider_than_the_screen(void **state)
{
    struct type type = usual_type(7, 15);
    struct layout layout;

    (void)state;
    type.letters[ITEM_LICENCE] = 4000;
    type.letters[ITEM_HEADLINE] = 900;
    type.letters[ITEM_PRODUCT] = 300;
    for (int width = 340; width < 3000; width += 97) {
        layout = made(&type, width, 600, true);
        assert_true(layout.width <= width);
        is_sound(&layout, &type);
    }
}

static void the_strip_holds_its_words(void **state)
{
    struct type type = usual_type(6, 13);
    struct layout layout = made(&type, 1000, 1000, false);
    const struct layout_box *strip = &layout.boxes[ITEM_STRIP];

    (void)state;
    for (int i = ITEM_SIGN; i <= ITEM_HEADLINE; i++) {
        const struct layout_box *box = &layout.boxes[i];

        assert_true(box->x > strip->x && box->x + box->width < strip->x + strip->width);
        assert_true(box->y > strip->y && box->y + box->height < strip->y + strip->height);
    }
}

static void what_is_not_shown_takes_no_room(void **state)
{
    struct type full = usual_type(6, 13),
                bare = {.letters = {[ITEM_PRODUCT] = 10, [ITEM_OK] = 2}, .width = 6, .height = 13};
    struct layout a = made(&full, 1000, 1000, false), b = made(&bare, 1000, 1000, false);

    (void)state;
    assert_true(b.height < a.height);
    assert_int_equal(b.boxes[ITEM_STRIP].height, 0);
    assert_int_equal(b.boxes[ITEM_LAB].width, 0);
    assert_int_equal(b.boxes[ITEM_PAGE].height, 0);
}

static void the_pages_leave_the_buttons_on_the_screen(void **state)
{
    struct type type = usual_type(6, 13);
    struct layout closed = made(&type, 1000, 10000, false), open;

    (void)state;
    open = made(&type, 1000, closed.height + 110, true);
    assert_true(open.height <= closed.height + 110);
    open = made(&type, 1000, 100, true);
    assert_true(open.boxes[ITEM_PAGE].height > 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_sound_at_any_size_of_font),
        cmocka_unit_test(it_grows_in_proportion),
        cmocka_unit_test(it_is_never_wider_than_the_screen),
        cmocka_unit_test(the_strip_holds_its_words),
        cmocka_unit_test(what_is_not_shown_takes_no_room),
        cmocka_unit_test(the_pages_leave_the_buttons_on_the_screen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
