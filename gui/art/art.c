/* Draws the tables that svg_to_c.py made from our SVG files.
 *
 * SPDX-License-Identifier: MIT
 */
#include "art.h"

static void fill_gradient(cairo_t *cr, const struct art_gradient *gradient)
{
    cairo_pattern_t *pattern = cairo_pattern_create_linear(gradient->from[0], gradient->from[1],
                                                           gradient->to[0], gradient->to[1]);

    for (size_t i = 0; i < gradient->n_stops; i++) {
        const struct art_stop *stop = &gradient->stops[i];

        cairo_pattern_add_color_stop_rgba(pattern, stop->offset, stop->color[0], stop->color[1],
                                          stop->color[2], stop->color[3]);
    }
    cairo_set_source(cr, pattern);
    cairo_fill(cr);
    cairo_pattern_destroy(pattern);
}

static void fill_color(cairo_t *cr, const float at[6], cairo_fill_rule_t rule)
{
    cairo_set_fill_rule(cr, rule);
    cairo_set_source_rgba(cr, at[0], at[1], at[2], at[3]);
    cairo_fill(cr);
}

static void fill_current(cairo_t *cr, const double current[4], float alpha, cairo_fill_rule_t rule)
{
    cairo_set_fill_rule(cr, rule);
    cairo_set_source_rgba(cr, current[0], current[1], current[2], current[3] * alpha);
    cairo_fill(cr);
}

void art_draw(const struct art *art, cairo_t *cr, double width, double height,
              const double current[4])
{
    cairo_save(cr);
    cairo_scale(cr, width / art->width, height / art->height);
    cairo_new_path(cr);
    for (size_t i = 0; i < art->n_steps; i++) {
        const float *at = art->steps[i].at;

        switch (art->steps[i].verb) {
        case ART_MOVE:
            cairo_move_to(cr, at[0], at[1]);
            break;
        case ART_LINE:
            cairo_line_to(cr, at[0], at[1]);
            break;
        case ART_CURVE:
            cairo_curve_to(cr, at[0], at[1], at[2], at[3], at[4], at[5]);
            break;
        case ART_CLOSE:
            cairo_close_path(cr);
            break;
        case ART_FILL:
            fill_color(cr, at, CAIRO_FILL_RULE_WINDING);
            break;
        case ART_FILL_EVEN_ODD:
            fill_color(cr, at, CAIRO_FILL_RULE_EVEN_ODD);
            break;
        case ART_FILL_GRADIENT:
            cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
            fill_gradient(cr, &art->gradients[(size_t)at[0]]);
            break;
        case ART_FILL_CURRENT:
            fill_current(cr, current, at[3], CAIRO_FILL_RULE_WINDING);
            break;
        case ART_FILL_CURRENT_EVEN_ODD:
            fill_current(cr, current, at[3], CAIRO_FILL_RULE_EVEN_ODD);
            break;
        }
    }
    cairo_restore(cr);
}
