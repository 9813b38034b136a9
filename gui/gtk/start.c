/* The start page, with the samples that are installed or lie in the source tree.
 *
 * SPDX-License-Identifier: MIT
 */
#include "start.h"

#include <string.h>

/* More would hide the rest of the page; the folder is ours. */
#define SAMPLES_MAX 64

struct _WinverStart {
    GtkBox parent;
    GtkWidget *trouble;
    GtkLabel *error;
    GtkWidget *samples_box;
    GtkListBox *samples;
};

G_DEFINE_TYPE(WinverStart, winver_start, GTK_TYPE_BOX)

static guint open_sample_signal, open_folder_signal;

/* One machine each: the inventory is a sample for the terminal, the script makes the others. */
static gboolean sample_is_machine(const char *name)
{
    return name[0] != '.' && !g_str_has_suffix(name, ".py") && !g_str_has_suffix(name, ".csv") &&
           !g_str_has_suffix(name, ".xml") && !g_str_has_suffix(name, ".md") &&
           !g_str_has_prefix(name, "__");
}

static void add_sample(WinverStart *start, const char *folder, const char *name)
{
    GtkWidget *label = gtk_label_new(name);
    GtkWidget *row = gtk_list_box_row_new();

    gtk_widget_set_halign(label, GTK_ALIGN_START);
    gtk_container_add(GTK_CONTAINER(row), label);
    gtk_style_context_add_class(gtk_widget_get_style_context(row), "sample");
    /* Return opens the sample; else it would be the window's default, OK. */
    gtk_widget_set_receives_default(row, TRUE);
    atk_object_set_name(gtk_widget_get_accessible(row), name);
    g_object_set_data_full(G_OBJECT(row), "path", g_build_filename(folder, name, NULL), g_free);
    gtk_widget_show_all(row);
    gtk_list_box_insert(start->samples, row, -1);
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean add_samples_of(WinverStart *start, const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    while (dir && (name = g_dir_read_name(dir)) && names->len < SAMPLES_MAX)
        if (sample_is_machine(name))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++)
        add_sample(start, folder, names->pdata[i]);
    return names->len > 0;
}

static void add_samples(WinverStart *start)
{
    const char *const *folders = g_get_system_data_dirs();
    g_autofree char *own = g_build_filename(g_get_user_data_dir(), "winver6003", "samples", NULL);
    gboolean found = add_samples_of(start, own);

    for (; *folders && !found; folders++) {
        g_autofree char *folder = g_build_filename(*folders, "winver6003", "samples", NULL);

        found = add_samples_of(start, folder);
    }
    if (!found)
        found = add_samples_of(start, SAMPLES_FOLDER);
    gtk_widget_set_visible(start->samples_box, found);
}

static void on_row_activated(WinverStart *start, GtkListBoxRow *row)
{
    g_signal_emit(start, open_sample_signal, 0, g_object_get_data(G_OBJECT(row), "path"));
}

/* A list box itself takes no focus, its rows do. */
static gboolean on_samples_mnemonic(WinverStart *start)
{
    return gtk_widget_child_focus(GTK_WIDGET(start->samples), GTK_DIR_TAB_FORWARD);
}

static void on_folder_clicked(WinverStart *start)
{
    g_signal_emit(start, open_folder_signal, 0);
}

static void winver_start_class_init(WinverStartClass *class)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

    open_sample_signal = g_signal_new("open-sample", G_TYPE_FROM_CLASS(class), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
    open_folder_signal = g_signal_new("open-folder", G_TYPE_FROM_CLASS(class), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_template_from_resource(widget_class, "/org/winver6003/ui/start.ui");
    gtk_widget_class_bind_template_child(widget_class, WinverStart, trouble);
    gtk_widget_class_bind_template_child(widget_class, WinverStart, error);
    gtk_widget_class_bind_template_child(widget_class, WinverStart, samples_box);
    gtk_widget_class_bind_template_child(widget_class, WinverStart, samples);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
    gtk_widget_class_bind_template_callback(widget_class, on_folder_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_samples_mnemonic);
}

static void winver_start_init(WinverStart *start)
{
    gtk_widget_init_template(GTK_WIDGET(start));
    add_samples(start);
}

WinverStart *winver_start_new(void)
{
    return g_object_new(WINVER_TYPE_START, NULL);
}

void winver_start_set_error(WinverStart *start, const char *message)
{
    gtk_label_set_text(start->error, message ? message : "");
    gtk_widget_set_visible(start->trouble, message != NULL);
}
