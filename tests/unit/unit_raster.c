/* Shapes of which the area is known, and what lies outside of the picture.
 *
 * SPDX-License-Identifier: MIT
 */
#include "gui/win32/raster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { SIDE = 32 };

static uint32_t pixels[SIDE * SIDE];
static const struct raster raster = {pixels, SIDE, SIDE};

/* A square from 2 to 6 of 8, in which one from 3 to 5 runs the same way round. */
static const struct art_step squares[] = {
    {ART_MOVE, {2, 2}},
    {ART_LINE, {6, 2}},
    {ART_LINE, {6, 6}},
    {ART_LINE, {2, 6}},
    {ART_CLOSE, {0}},
    {ART_MOVE, {3, 3}},
    {ART_LINE, {5, 3}},
    {ART_LINE, {5, 5}},
    {ART_LINE, {3, 5}},
    {ART_CLOSE, {0}},
    {ART_FILL_CURRENT_EVEN_ODD, {0, 0, 0, 1}},
};
static const struct art square_art = {"square", 8, 8, squares, 11, NULL};

static void draw(const struct art *art, struct raster_place place)
{
    memset(pixels, 0xff, sizeof(pixels));
    for (int i = 0; i < SIDE * SIDE; i++)
        pixels[i] = 0xffffff;
    raster_draw(&raster, art, &place, 0x000000);
}

static double ink(void)
{
    double sum = 0;

    for (int i = 0; i < SIDE * SIDE; i++)
        sum += (255 - (pixels[i] & 0xff)) / 255.0;
    return sum;
}

static void a_hole_stays_open(void **state)
{
    (void)state;
    draw(&square_art, (struct raster_place){0, 0, SIDE, SIDE, false});
    assert_int_equal(pixels[16 * SIDE + 16], 0xffffff);
    assert_int_equal(pixels[10 * SIDE + 10], 0x000000);
    assert_int_equal(pixels[4 * SIDE + 4], 0xffffff);
    assert_true(ink() > 191 && ink() < 193);
}

static void without_the_rule_it_is_filled(void **state)
{
    struct art_step steps[11];
    struct art art = square_art;

    (void)state;
    memcpy(steps, squares, sizeof(steps));
    steps[10].verb = ART_FILL_CURRENT;
    art.steps = steps;
    draw(&art, (struct raster_place){0, 0, SIDE, SIDE, false});
    assert_int_equal(pixels[16 * SIDE + 16], 0x000000);
    assert_true(ink() > 255 && ink() < 257);
}

static void edges_between_pixels_are_grey(void **state)
{
    (void)state;
    /* A pixel and a quarter to the unit: edges fall inside of pixels, the area stays what it is. */
    draw(&square_art, (struct raster_place){0, 0, 10, 10, false});
    assert_true(ink() > 18.5 && ink() < 19);
    assert_in_range(pixels[2 * SIDE + 5] & 0xff, 100, 155);
}

static void what_lies_outside_is_cut(void **state)
{
    (void)state;
    draw(&square_art, (struct raster_place){-16, -16, SIDE, SIDE, false});
    assert_true(ink() > 47 && ink() < 49);
    draw(&square_art, (struct raster_place){16, 16, SIDE, SIDE, false});
    assert_true(ink() > 47 && ink() < 49);
    draw(&square_art, (struct raster_place){1000, -1000, SIDE, SIDE, false});
    assert_true(ink() < 0.001);
    draw(&square_art, (struct raster_place){0, 0, 0, 0, false});
    assert_true(ink() < 0.001);
}

static void a_mirror_swaps_left_and_right(void **state)
{
    static const struct art_step half[] = {
        {ART_MOVE, {0, 0}}, {ART_LINE, {4, 0}},       {ART_LINE, {4, 8}},
        {ART_LINE, {0, 8}}, {ART_FILL, {1, 0, 0, 1}},
    };
    const struct art art = {"half", 8, 8, half, 5, NULL};

    (void)state;
    draw(&art, (struct raster_place){0, 0, SIDE, SIDE, false});
    assert_int_equal(pixels[0], 0xff0000);
    assert_int_equal(pixels[SIDE - 1], 0xffffff);
    draw(&art, (struct raster_place){0, 0, SIDE, SIDE, true});
    assert_int_equal(pixels[0], 0xffffff);
    assert_int_equal(pixels[SIDE - 1], 0xff0000);
}

static void a_gradient_goes_from_one_colour_to_the_other(void **state)
{
    static const struct art_stop stops[] = {{0, {0, 0, 0, 1}}, {1, {1, 1, 1, 1}}};
    static const struct art_gradient gradient = {{0, 0}, {8, 0}, stops, 2};
    static const struct art_step steps[] = {
        {ART_MOVE, {0, 0}}, {ART_LINE, {8, 0}},       {ART_LINE, {8, 8}},
        {ART_LINE, {0, 8}}, {ART_FILL_GRADIENT, {0}},
    };
    const struct art art = {"gradient", 8, 8, steps, 5, &gradient};

    (void)state;
    draw(&art, (struct raster_place){0, 0, SIDE, SIDE, false});
    assert_true((pixels[0] & 0xff) < 8);
    assert_in_range(pixels[16] & 0xff, 120, 140);
    assert_true((pixels[SIDE - 1] & 0xff) > 247);
}

static void every_drawing_can_be_drawn(void **state)
{
    (void)state;
    for (size_t i = 0; arts[i]; i++) {
        draw(arts[i], (struct raster_place){0, 0, SIDE, SIDE, false});
        assert_true(ink() > 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hole_stays_open),
        cmocka_unit_test(without_the_rule_it_is_filled),
        cmocka_unit_test(edges_between_pixels_are_grey),
        cmocka_unit_test(what_lies_outside_is_cut),
        cmocka_unit_test(a_mirror_swaps_left_and_right),
        cmocka_unit_test(a_gradient_goes_from_one_colour_to_the_other),
        cmocka_unit_test(every_drawing_can_be_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
