/* A GTK module that the window's tests load into the program from outside (GTK_MODULES).
 *
 * It times the first complete frame, writes pictures of windows, and walks all labels to find text
 * that is cut off. The program itself thus carries no code for its tests. What to do stands in the
 * environment:
 *
 *   PROBE_FIRST_FRAME=1   when the first window without the class "busy" has painted a frame: print
 *                         the monotonic time in microseconds and end
 *   PROBE_RTL=1           right-to-left text direction, which GTK else takes from its translation
 *   PROBE_PAGE=NUMBER     open the details at that page, from 0, after the first frame
 *   PROBE_DIR=FOLDER      on SIGUSR1: write shot-<n>.png of each window that is shown and
 *                         labels.txt, one line for each mapped label: a mark, its widget path, its
 *                         text. The mark is "cut" when it has less room than it needs. The file
 *                         "ready" says that all is written, "loaded" that a signal is heard.
 *
 * SPDX-License-Identifier: MIT
 */
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void gtk_module_init(int *argc, char ***argv);

static gboolean busy(GtkWidget *window)
{
    return gtk_style_context_has_class(gtk_widget_get_style_context(window), "busy");
}

static void on_after_paint(GdkFrameClock *clock, GtkWidget *window)
{
    (void)clock;
    if (busy(window))
        return;
    gdk_display_sync(gdk_display_get_default());
    printf("%" G_GINT64_FORMAT "\n", g_get_monotonic_time());
    fflush(stdout);
    _exit(0);
}

/* Every widget that is mapped comes by here. */
static gboolean on_map(GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
    GtkWidget *widget = g_value_get_object(&values[0]);

    (void)hint;
    (void)n;
    (void)data;
    if (GTK_IS_WINDOW(widget) &&
        gtk_window_get_window_type(GTK_WINDOW(widget)) == GTK_WINDOW_TOPLEVEL)
        g_signal_connect(gtk_widget_get_frame_clock(widget), "after-paint",
                         G_CALLBACK(on_after_paint), widget);
    return TRUE;
}

/* The titles of columns have a window of their own in a tree view, which gtk_widget_draw() passes
 * over. */
static void draw_titles(GtkWidget *widget, gpointer cr)
{
    g_autoptr(GList) columns = NULL;

    if (!gtk_widget_get_mapped(widget))
        return;
    if (GTK_IS_TREE_VIEW(widget))
        columns = gtk_tree_view_get_columns(GTK_TREE_VIEW(widget));
    for (GList *at = columns; at; at = at->next) {
        GtkWidget *title = gtk_tree_view_column_get_button(at->data);
        int x, y, left, top;

        gtk_widget_translate_coordinates(title, gtk_widget_get_toplevel(widget), 0, 0, &x, &y);
        gtk_widget_translate_coordinates(widget, gtk_widget_get_toplevel(widget), 0, 0, &left,
                                         &top);
        cairo_save(cr);
        cairo_rectangle(cr, left, top, gtk_widget_get_allocated_width(widget),
                        gtk_widget_get_allocated_height(widget));
        cairo_clip(cr);
        cairo_translate(cr, x, y);
        gtk_widget_draw(title, cr);
        cairo_restore(cr);
    }
    if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), draw_titles, cr);
}

static void write_shot(GtkWidget *window, const char *path)
{
    int width = gtk_widget_get_allocated_width(window);
    int height = gtk_widget_get_allocated_height(window);
    int scale = gtk_widget_get_scale_factor(window);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width * scale, height * scale);
    cairo_t *cr;

    cairo_surface_set_device_scale(surface, scale, scale);
    cr = cairo_create(surface);
    gtk_widget_draw(window, cr);
    draw_titles(window, cr);
    cairo_destroy(cr);
    cairo_surface_write_to_png(surface, path);
    cairo_surface_destroy(surface);
}

static gboolean is_cut(GtkLabel *label)
{
    GtkWidget *widget = GTK_WIDGET(label);
    GtkAllocation at;
    PangoRectangle ink, logical;
    PangoLayout *layout = gtk_label_get_layout(label);

    gtk_widget_get_allocation(widget, &at);
    pango_layout_get_pixel_extents(layout, &ink, &logical);
    return pango_layout_is_ellipsized(layout) || logical.width > at.width ||
           logical.height > at.height;
}

static void walk(GtkWidget *widget, gpointer file)
{
    if (!gtk_widget_get_mapped(widget))
        return;
    if (GTK_IS_LABEL(widget) && gtk_label_get_text(GTK_LABEL(widget))[0]) {
        g_autofree char *text = g_strescape(gtk_label_get_text(GTK_LABEL(widget)), NULL);
        GtkWidgetPath *path = gtk_widget_get_path(widget);
        g_autofree char *where = gtk_widget_path_to_string(path);

        fprintf(file, "%s\t%s\t%s\n", is_cut(GTK_LABEL(widget)) ? "cut" : "whole", where, text);
    }
    if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), walk, file);
}

static gboolean on_signal(gpointer data)
{
    const char *folder = data;
    g_autofree char *labels = g_build_filename(folder, "labels.txt", NULL);
    g_autofree char *ready = g_build_filename(folder, "ready", NULL);
    g_autoptr(GList) windows = gtk_window_list_toplevels();
    FILE *file = fopen(labels, "w");
    int n = 0;

    for (GList *at = windows; file && at; at = at->next) {
        g_autofree char *name = g_strdup_printf("shot-%d.png", n);
        g_autofree char *path = g_build_filename(folder, name, NULL);

        if (!gtk_widget_get_mapped(at->data))
            continue;
        write_shot(at->data, path);
        walk(at->data, file);
        n++;
    }
    if (file)
        fclose(file);
    g_file_set_contents(ready, "", 0, NULL);
    return G_SOURCE_CONTINUE;
}

static void open_page(GtkWidget *widget, gpointer page)
{
    if (GTK_IS_EXPANDER(widget))
        gtk_expander_set_expanded(GTK_EXPANDER(widget), TRUE);
    if (GTK_IS_NOTEBOOK(widget))
        gtk_notebook_set_current_page(GTK_NOTEBOOK(widget), GPOINTER_TO_INT(page));
    if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), open_page, page);
}

static gboolean open_pages(gpointer page)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *at = windows; at; at = at->next) {
        if (busy(at->data))
            return G_SOURCE_CONTINUE;
        open_page(at->data, page);
    }
    return G_SOURCE_REMOVE;
}

G_MODULE_EXPORT void gtk_module_init(int *argc, char ***argv)
{
    const char *folder = g_getenv("PROBE_DIR");

    (void)argc;
    (void)argv;
    if (g_getenv("PROBE_RTL"))
        gtk_widget_set_default_direction(GTK_TEXT_DIR_RTL);
    if (folder) {
        g_autofree char *loaded = g_build_filename(folder, "loaded", NULL);

        g_unix_signal_add(SIGUSR1, on_signal, g_strdup(folder));
        g_file_set_contents(loaded, "", 0, NULL);
    }
    if (g_getenv("PROBE_PAGE"))
        g_timeout_add(200, open_pages, GINT_TO_POINTER(atoi(g_getenv("PROBE_PAGE"))));
    if (g_getenv("PROBE_FIRST_FRAME")) {
        g_type_class_unref(g_type_class_ref(GTK_TYPE_WIDGET));
        g_signal_add_emission_hook(g_signal_lookup("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
    }
}
