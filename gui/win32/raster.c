/* A scan converter for paths of lines and curves.
 *
 * Each edge adds to every pixel that it crosses how much of the pixel lies to the right of it,
 * signed by its direction; summed up along a row that gives the winding number with its fraction,
 * which is the coverage. One pass, no sorting, smooth edges.
 *
 * SPDX-License-Identifier: MIT
 */
#include "raster.h"

#include "core/arena.h"

#include <stdlib.h>

/* Lines for one curve: enough for the banner at four times its size. */
#define CURVE_LINES 24
/* Larger than any screen; beyond it nothing is drawn. */
#define MOST_PIXELS (64 * 1024 * 1024)

struct point {
    float x, y;
};

struct canvas {
    const struct raster *raster;
    const struct raster_place *place;
    float scale_x, scale_y;
    float *area;     /* of (width + 2) * height: the change of coverage at each pixel */
    int top, bottom; /* rows that were touched */
    struct point start, at;
};

static float clamp(float value, float low, float high)
{
    return value < low ? low : value > high ? high : value;
}

/* The part of an edge in one row, given by where it enters and leaves. */
static void add_row(struct canvas *canvas, int y, float x0, float x1, float height)
{
    int width = canvas->raster->width;
    float *row = canvas->area + (size_t)y * ((size_t)width + 2);
    float left = clamp(x0 < x1 ? x0 : x1, 0, (float)width);
    float right = clamp(x0 < x1 ? x1 : x0, 0, (float)width);
    int first = (int)left, last = (int)right;

    if (first == last) {
        float middle = (left + right) / 2 - (float)first;

        row[first] += height * (1 - middle);
        row[first + 1] += height * middle;
        return;
    }
    /* Over several pixels the height is spread in proportion to the width in each. */
    for (int x = first; x <= last; x++) {
        float from = left > (float)x ? left : (float)x;
        float to = right < (float)(x + 1) ? right : (float)(x + 1);
        float part = height * (to - from) / (right - left);
        float middle = (from + to) / 2 - (float)x;

        row[x] += part * (1 - middle);
        row[x + 1] += part * middle;
    }
}

static void add_edge(struct canvas *canvas, struct point from, struct point to)
{
    float sign = 1, slope;
    int first, last;

    if (from.y > to.y) {
        struct point swapped = from;

        from = to;
        to = swapped;
        sign = -1;
    }
    slope = to.y > from.y ? (to.x - from.x) / (to.y - from.y) : 0;
    if (to.y <= 0 || from.y >= (float)canvas->raster->height || to.y <= from.y)
        return;
    if (from.y < 0) {
        from.x -= from.y * slope;
        from.y = 0;
    }
    if (to.y > (float)canvas->raster->height) {
        to.x -= (to.y - (float)canvas->raster->height) * slope;
        to.y = (float)canvas->raster->height;
    }
    first = (int)from.y;
    last = (int)to.y;
    if (last >= canvas->raster->height)
        last = canvas->raster->height - 1;
    if (first < canvas->top)
        canvas->top = first;
    if (last > canvas->bottom)
        canvas->bottom = last;
    for (int y = first; y <= last; y++) {
        float top = from.y > (float)y ? from.y : (float)y;
        float bottom = to.y < (float)(y + 1) ? to.y : (float)(y + 1);

        if (bottom > top)
            add_row(canvas, y, from.x + (top - from.y) * slope, from.x + (bottom - from.y) * slope,
                    sign * (bottom - top));
    }
}

static struct point placed(const struct canvas *canvas, const float at[2])
{
    float x = at[0] * canvas->scale_x;

    if (canvas->place->mirrored)
        x = (float)canvas->place->width - x;
    return (struct point){x + (float)canvas->place->x,
                          at[1] * canvas->scale_y + (float)canvas->place->y};
}

static void line_to(struct canvas *canvas, struct point to)
{
    add_edge(canvas, canvas->at, to);
    canvas->at = to;
}

static void curve_to(struct canvas *canvas, const float at[6])
{
    struct point from = canvas->at, a = placed(canvas, at), b = placed(canvas, at + 2);
    struct point to = placed(canvas, at + 4);

    for (int i = 1; i <= CURVE_LINES; i++) {
        float t = (float)i / CURVE_LINES, u = 1 - t;
        float f = u * u * u, g = 3 * u * u * t, h = 3 * u * t * t, k = t * t * t;

        line_to(canvas, (struct point){f * from.x + g * a.x + h * b.x + k * to.x,
                                       f * from.y + g * a.y + h * b.y + k * to.y});
    }
}

static void color_at(const struct art_gradient *gradient, const float at[2], float color[4])
{
    float dx = gradient->to[0] - gradient->from[0], dy = gradient->to[1] - gradient->from[1];
    float length = dx * dx + dy * dy;
    float t = length > 0
                  ? ((at[0] - gradient->from[0]) * dx + (at[1] - gradient->from[1]) * dy) / length
                  : 0;
    const struct art_stop *next = gradient->stops, *end = next + gradient->n_stops;
    const struct art_stop *before;
    float part;

    while (next < end && next->offset < t)
        next++;
    before = next > gradient->stops ? next - 1 : next;
    if (next == end)
        next--;
    part =
        next->offset > before->offset ? (t - before->offset) / (next->offset - before->offset) : 0;
    for (int i = 0; i < 4; i++)
        color[i] = before->color[i] + (next->color[i] - before->color[i]) * part;
}

static uint32_t blended(uint32_t below, const float color[4], float cover)
{
    float alpha = color[3] * cover;
    uint32_t result = 0;

    for (int i = 0; i < 3; i++) {
        int shift = 16 - 8 * i;
        float old = (float)(below >> shift & 0xff);

        result |= (uint32_t)(old + (color[i] * 255 - old) * alpha + 0.5f) << shift;
    }
    return result;
}

static float coverage(float winding, bool even_odd)
{
    float cover = winding < 0 ? -winding : winding;

    if (!even_odd)
        return cover > 1 ? 1 : cover;
    cover -= 2 * (float)(int)(cover / 2);
    return cover > 1 ? 2 - cover : cover;
}

/* Paints what the edges enclose and forgets them. gradient may be NULL: then all in one colour. */
static void fill(struct canvas *canvas, const struct art_gradient *gradient, const float one[4],
                 bool even_odd)
{
    const struct raster *raster = canvas->raster;
    const struct raster_place *place = canvas->place;

    for (int y = canvas->top; y <= canvas->bottom; y++) {
        float *row = canvas->area + (size_t)y * ((size_t)raster->width + 2);
        uint32_t *pixels = raster->pixels + (size_t)y * (size_t)raster->width;
        float winding = 0;

        for (int x = 0; x < raster->width; x++) {
            float cover, color[4];

            winding += row[x];
            row[x] = 0;
            cover = coverage(winding, even_odd);
            if (cover < 1.0f / 512)
                continue;
            if (gradient) {
                int column = x - place->x;
                const float at[2] = {
                    ((float)(place->mirrored ? place->width - 1 - column : column) + 0.5f) /
                        canvas->scale_x,
                    ((float)(y - place->y) + 0.5f) / canvas->scale_y,
                };

                color_at(gradient, at, color);
            }
            pixels[x] = blended(pixels[x], gradient ? color : one, cover);
        }
        row[raster->width] = row[raster->width + 1] = 0;
    }
    canvas->top = raster->height;
    canvas->bottom = -1;
}

static void take_step(struct canvas *canvas, const struct art *art, const struct art_step *step,
                      const float current[4])
{
    const float *at = step->at;
    const float shade[4] = {current[0], current[1], current[2], at[3]};

    switch (step->verb) {
    case ART_MOVE:
        line_to(canvas, canvas->start);
        canvas->start = canvas->at = placed(canvas, at);
        break;
    case ART_LINE:
        line_to(canvas, placed(canvas, at));
        break;
    case ART_CURVE:
        curve_to(canvas, at);
        break;
    case ART_CLOSE:
        line_to(canvas, canvas->start);
        break;
    case ART_FILL:
    case ART_FILL_EVEN_ODD:
    case ART_FILL_CURRENT:
    case ART_FILL_CURRENT_EVEN_ODD:
        line_to(canvas, canvas->start);
        fill(canvas, NULL, step->verb <= ART_FILL_EVEN_ODD ? at : shade,
             step->verb == ART_FILL_EVEN_ODD || step->verb == ART_FILL_CURRENT_EVEN_ODD);
        break;
    case ART_FILL_GRADIENT:
        line_to(canvas, canvas->start);
        fill(canvas, &art->gradients[(size_t)at[0]], NULL, false);
        break;
    }
}

void raster_draw(const struct raster *raster, const struct art *art,
                 const struct raster_place *place, uint32_t current)
{
    const float color[4] = {(float)(current >> 16 & 0xff) / 255, (float)(current >> 8 & 0xff) / 255,
                            (float)(current & 0xff) / 255, 1};
    struct canvas canvas = {.raster = raster, .place = place, .top = raster->height, .bottom = -1};
    size_t size;

    if (raster->width < 1 || raster->height < 1 || place->width < 1 || place->height < 1 ||
        raster->width > MOST_PIXELS / raster->height)
        return;
    canvas.scale_x = (float)place->width / art->width;
    canvas.scale_y = (float)place->height / art->height;
    size = ((size_t)raster->width + 2) * (size_t)raster->height;
    canvas.area = memory_alloc(size * sizeof(*canvas.area));
    for (size_t i = 0; i < size; i++)
        canvas.area[i] = 0;
    for (size_t i = 0; i < art->n_steps; i++)
        take_step(&canvas, art, &art->steps[i], color);
    free(canvas.area);
}
