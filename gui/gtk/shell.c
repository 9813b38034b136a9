/* What all windows share.
 *
 * SPDX-License-Identifier: MIT
 */
#include "shell.h"

#include "gui/art/art.h"

#include <math.h>
#include <string.h>

/* A theme whose text stands out more than this is one for high contrast, whatever its name:
 * Adwaita has 12 in light and 11 in dark. */
#define CONTRAST_THEME_RATIO 16.0

/* That are open; the last one ends the program. */
static unsigned n_windows;

static void set_class(GtkStyleContext *style, const char *class, gboolean set)
{
    if (set == gtk_style_context_has_class(style, class))
        return;
    if (set)
        gtk_style_context_add_class(style, class);
    else
        gtk_style_context_remove_class(style, class);
}

static double channel_light(double value)
{
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* Relative luminance as WCAG 2 defines it. */
static double luminance(const GdkRGBA *color)
{
    return 0.2126 * channel_light(color->red) + 0.7152 * channel_light(color->green) +
           0.0722 * channel_light(color->blue);
}

static gboolean theme_is_named_contrast(GtkWidget *widget)
{
    const char *forced = g_getenv("GTK_THEME");
    g_autofree char *name = NULL;

    g_object_get(gtk_widget_get_settings(widget), "gtk-theme-name", &name, NULL);
    return strstr(forced ? forced : name ? name : "", "Contrast") != NULL;
}

void shell_classify_theme(GtkWidget *window)
{
    GtkStyleContext *style = gtk_widget_get_style_context(window);
    GdkRGBA fg, bg;

    if (gtk_style_context_lookup_color(style, "theme_fg_color", &fg) &&
        gtk_style_context_lookup_color(style, "theme_bg_color", &bg)) {
        double a = luminance(&fg), b = luminance(&bg);
        double ratio = (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
        gboolean contrast = ratio > CONTRAST_THEME_RATIO || theme_is_named_contrast(window);

        set_class(style, "contrast", contrast);
        set_class(style, "dark", a > b && !contrast);
    }
}

GdkRectangle shell_work_area(GtkWidget *window)
{
    GdkDisplay *display = gtk_widget_get_display(window);
    GdkWindow *gdk_window = gtk_widget_get_window(window);
    GdkMonitor *monitor = gdk_window ? gdk_display_get_monitor_at_window(display, gdk_window)
                                     : gdk_display_get_monitor(display, 0);
    GdkRectangle area = {0, 0, G_MAXINT / 2, G_MAXINT / 2};

    if (monitor)
        gdk_monitor_get_workarea(monitor, &area);
    return area;
}

static gboolean has_selection(GtkWidget *focus)
{
    if (GTK_IS_LABEL(focus))
        return gtk_label_get_selection_bounds(GTK_LABEL(focus), NULL, NULL);
    if (GTK_IS_TEXT_VIEW(focus))
        return gtk_text_buffer_get_has_selection(gtk_text_view_get_buffer(GTK_TEXT_VIEW(focus)));
    if (GTK_IS_EDITABLE(focus))
        return gtk_editable_get_selection_bounds(GTK_EDITABLE(focus), NULL, NULL);
    return FALSE;
}

gboolean shell_copy_selection(GtkWindow *window)
{
    GtkWidget *focus = gtk_window_get_focus(window);

    if (!focus || !has_selection(focus))
        return FALSE;
    g_signal_emit_by_name(focus, "copy-clipboard");
    return TRUE;
}

static void on_destroy(void)
{
    if (!--n_windows)
        gtk_main_quit();
}

void shell_count(GtkWindow *window)
{
    n_windows++;
    g_signal_connect(window, "destroy", G_CALLBACK(on_destroy), NULL);
}

/* At the sizes that window managers ask for. */
void shell_set_icon(void)
{
    static const int sizes[] = {16, 24, 32, 48, 64};
    const struct art *art = art_by_name("org.winver6003.Winver6003");
    const double none[4] = {0};
    static gboolean done;
    GList *icons = NULL;

    if (done)
        return;
    done = TRUE;
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        cairo_surface_t *surface =
            cairo_image_surface_create(CAIRO_FORMAT_ARGB32, sizes[i], sizes[i]);
        cairo_t *cr = cairo_create(surface);

        art_draw(art, cr, sizes[i], sizes[i], none);
        cairo_destroy(cr);
        icons =
            g_list_prepend(icons, gdk_pixbuf_get_from_surface(surface, 0, 0, sizes[i], sizes[i]));
        cairo_surface_destroy(surface);
    }
    gtk_window_set_default_icon_list(icons);
    g_list_free_full(icons, g_object_unref);
}
