/* The styles of the detail pages as tags of a text buffer; the colours come from the style sheet.
 *
 * SPDX-License-Identifier: MIT
 */
#include "details.h"

/* Tags of a paragraph's shape; those of results carry colour only. */
static const struct {
    const char *tag;
    int margin, above, below;
    gboolean bold;
} shapes[] = {
    {"head", 0, 12, 2, TRUE},
    {"body", 24, 1, 1, FALSE},
    {"note", 24, 1, 1, FALSE},
    {"lead", 0, 8, 4, FALSE},
};

static GtkTextTag *tag_named(GtkTextBuffer *buffer, const char *name)
{
    GtkTextTag *tag = gtk_text_tag_table_lookup(gtk_text_buffer_get_tag_table(buffer), name);

    return tag ? tag : gtk_text_buffer_create_tag(buffer, name, NULL);
}

/* The window carries the kind of theme as a class. */
static const char *theme_of(GtkWidget *view)
{
    GtkStyleContext *style = gtk_widget_get_style_context(gtk_widget_get_toplevel(view));

    if (gtk_style_context_has_class(style, "contrast"))
        return "contrast_";
    return gtk_style_context_has_class(style, "dark") ? "dark_" : "";
}

static void color_tag(GtkTextBuffer *buffer, GtkStyleContext *style, const char *theme,
                      const char *name)
{
    g_autofree char *color_name = g_strdup_printf("%sword_%s", theme, name);
    GdkRGBA color;

    if (gtk_style_context_lookup_color(style, color_name, &color))
        g_object_set(tag_named(buffer, name), "foreground-rgba", &color, NULL);
    else
        g_object_set(tag_named(buffer, name), "foreground-set", FALSE, NULL);
}

void details_make_tags(GtkTextBuffer *buffer, GtkWidget *view)
{
    GtkStyleContext *style = gtk_widget_get_style_context(view);
    const char *theme = theme_of(view);

    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++) {
        GtkTextTag *tag = tag_named(buffer, shapes[i].tag);

        g_object_set(tag, "left-margin", 12 + shapes[i].margin, "right-margin", 12,
                     "pixels-above-lines", shapes[i].above, "pixels-below-lines", shapes[i].below,
                     NULL);
        if (shapes[i].bold)
            g_object_set(tag, "weight", PANGO_WEIGHT_BOLD, NULL);
    }
    for (size_t i = 0; i < PAGES_RESULTS; i++)
        color_tag(buffer, style, theme, pages_results[i].style);
    color_tag(buffer, style, theme, "note");
    g_object_set(tag_named(buffer, "strong"), "weight", PANGO_WEIGHT_BOLD, NULL);
}

static void put(void *data, const char *text, const char *shape, const char *style)
{
    GtkTextBuffer *buffer = data;
    GtkTextIter end;

    gtk_text_buffer_get_end_iter(buffer, &end);
    gtk_text_buffer_insert_with_tags_by_name(buffer, &end, text, -1, shape, style, NULL);
}

struct pages_sink details_sink(GtkTextBuffer *buffer)
{
    return (struct pages_sink){put, buffer};
}
