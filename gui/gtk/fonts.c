/* Makes a font map in a thread and hands it over.
 *
 * A PangoFontMap belongs to no thread as long as one at a time uses it. What is looked up here is
 * used again where size and options are those of the window: the font that GTK takes where no
 * desktop sets another, at the sizes of winver6003.css. With other fonts the map has at least read
 * Fontconfig's files.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fonts.h"

#include <pango/pangocairo.h>

#define NORMAL_DPI 96.0
/* The letters do not matter, that there are some does: the first shaping of a font sets it up. */
#define SOME_TEXT "Version 6.0 (Build 6003: Service Pack 2)"

/* GTK's own defaults: "Sans 10", and how it asks for text to be drawn. */
static const struct {
    double points;
    PangoWeight weight;
} fonts[] = {
    {10.0, PANGO_WEIGHT_NORMAL},
    {17.5, PANGO_WEIGHT_NORMAL}, /* banner .product: 1.75em */
    {10.0, PANGO_WEIGHT_BOLD},   /* .verdict .word */
};

static PangoContext *make_context(PangoFontMap *map)
{
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_MEDIUM);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, NORMAL_DPI);
    pango_context_set_language(context, pango_language_get_default());
    return context;
}

static void look_up(PangoContext *context, double points, PangoWeight weight)
{
    PangoFontDescription *font = pango_font_description_from_string("Sans");
    PangoLayout *layout = pango_layout_new(context);

    pango_font_description_set_size(font, (int)(points * PANGO_SCALE));
    pango_font_description_set_weight(font, weight);
    /* A style sheet always says these, and a font that differs in them is another one. */
    pango_font_description_set_style(font, PANGO_STYLE_NORMAL);
    pango_font_description_set_variant(font, PANGO_VARIANT_NORMAL);
    pango_font_description_set_stretch(font, PANGO_STRETCH_NORMAL);
    pango_font_description_set_gravity(font, PANGO_GRAVITY_SOUTH);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, SOME_TEXT, -1);
    pango_layout_get_pixel_size(layout, NULL, NULL);
    pango_font_metrics_unref(pango_context_get_metrics(context, font, NULL));
    pango_font_description_free(font);
    g_object_unref(layout);
}

static gpointer run(gpointer data)
{
    PangoFontMap *map = pango_cairo_font_map_new();
    PangoContext *context = make_context(map);

    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(fonts); i++)
        look_up(context, fonts[i].points, fonts[i].weight);
    g_object_unref(context);
    return map;
}

GThread *fonts_start(void)
{
    return g_thread_new("fonts", run, NULL);
}

void fonts_adopt(GThread *thread)
{
    PangoFontMap *map = g_thread_join(thread);

    pango_cairo_font_map_set_default(PANGO_CAIRO_FONT_MAP(map));
    g_object_unref(map);
}
