/* Own drawings as tables of path steps, so that every face draws them as vectors.
 *
 * The drawings are SVG files in resources/; the build turns them into these tables. A window thus
 * shows them sharply at any scale without loading an SVG library when it starts, and the same
 * tables serve surfaces that have no display.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_ART_STEPS_H
#define WINVER6003_ART_STEPS_H

#include <stddef.h>

enum art_verb {
    ART_MOVE,
    ART_LINE,
    ART_CURVE,
    ART_CLOSE,
    /* These paint the path so far and drop it. at[] is red, green, blue, alpha. */
    ART_FILL,
    ART_FILL_EVEN_ODD,
    ART_FILL_GRADIENT, /* at[0] is an index into gradients */
    /* In the colour that the caller gives; at[3] is alpha. */
    ART_FILL_CURRENT,
    ART_FILL_CURRENT_EVEN_ODD,
};

struct art_step {
    enum art_verb verb;
    float at[6];
};

struct art_stop {
    float offset;
    float color[4];
};

struct art_gradient {
    float from[2], to[2];
    const struct art_stop *stops;
    size_t n_stops;
};

struct art {
    const char *name; /* of the SVG file, without its ending */
    float width, height;
    const struct art_step *steps;
    size_t n_steps;
    const struct art_gradient *gradients;
};

/* Ends with NULL. Made by svg_to_c.py. */
extern const struct art *const arts[];

const struct art *art_by_name(const char *name);

#endif
