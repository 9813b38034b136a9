/* Draws the art of gui/art into pixels, with smooth edges, as GDI cannot.
 *
 * Plain arithmetic: the same pixels on every system.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_RASTER_H
#define WINVER6003_RASTER_H

#include "gui/art/steps.h"

#include <stdbool.h>
#include <stdint.h>

/* Pixels from the top left, 0x00RRGGBB each. */
struct raster {
    uint32_t *pixels;
    int width, height;
};

/* Where art goes; what lies outside of the raster is cut. */
struct raster_place {
    int x, y, width, height;
    bool mirrored; /* left and right swapped */
};

/* Lays art over what is there. current is 0x00RRGGBB for what the SVG calls currentColor. */
void raster_draw(const struct raster *raster, const struct art *art,
                 const struct raster_place *place, uint32_t current);

#endif
