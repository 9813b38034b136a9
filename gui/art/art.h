/* Draws the tables of steps.h with cairo.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_ART_H
#define WINVER6003_ART_H

#include "steps.h"

#include <cairo.h>

/* Draws art into the rectangle at the origin, stretched to width and height. current is red,
 * green, blue, alpha of what the SVG calls currentColor. */
void art_draw(const struct art *art, cairo_t *cr, double width, double height,
              const double current[4]);

#endif
