/* The dialog for an export.
 *
 * SPDX-License-Identifier: MIT
 */
#include "export_dialog.h"

#include <string.h>

#define JSONL ".jsonl"
#define CSV   ".csv"

struct asked {
    GtkWindow *parent; /* NULL when it has gone */
    void (*chosen)(GtkWindow *parent, const char *path);
};

const char *export_format_of(const char *path)
{
    return g_str_has_suffix(path, JSONL) ? "jsonl" : "csv";
}

static void on_response(GtkNativeDialog *chooser, int response, struct asked *asked)
{
    g_autofree char *path = gtk_file_chooser_get_filename(GTK_FILE_CHOOSER(chooser));

    gtk_native_dialog_destroy(chooser);
    if (response == GTK_RESPONSE_ACCEPT && path && asked->parent)
        asked->chosen(asked->parent, path);
    g_clear_weak_pointer(&asked->parent);
    g_free(asked);
    g_object_unref(chooser);
}

/* The name carries the format: another filter changes its ending. */
static void on_filter(GtkFileChooser *chooser)
{
    const char *ending =
        g_object_get_data(G_OBJECT(gtk_file_chooser_get_filter(chooser)), "ending");
    g_autofree char *name = gtk_file_chooser_get_current_name(chooser);
    char *dot = name ? strrchr(name, '.') : NULL;
    g_autofree char *renamed = NULL;

    if (!name || !ending)
        return;
    if (dot)
        *dot = '\0';
    renamed = g_strconcat(name, ending, NULL);
    gtk_file_chooser_set_current_name(chooser, renamed);
}

static void add_filter(GtkFileChooser *chooser, const char *name, const char *ending)
{
    GtkFileFilter *filter = gtk_file_filter_new();
    g_autofree char *pattern = g_strconcat("*", ending, NULL);

    gtk_file_filter_set_name(filter, name);
    gtk_file_filter_add_pattern(filter, pattern);
    g_object_set_data(G_OBJECT(filter), "ending", (char *)ending);
    gtk_file_chooser_add_filter(chooser, filter);
}

void export_dialog_open(GtkWindow *parent, void (*chosen)(GtkWindow *parent, const char *path))
{
    GtkFileChooserNative *native = gtk_file_chooser_native_new(
        "Export the machines that are shown", parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
    GtkFileChooser *chooser = GTK_FILE_CHOOSER(native);
    struct asked *asked = g_new0(struct asked, 1);

    g_set_weak_pointer(&asked->parent, parent);
    asked->chosen = chosen;
    gtk_file_chooser_set_do_overwrite_confirmation(chooser, TRUE);
    add_filter(chooser, "CSV: one row a machine", CSV);
    add_filter(chooser, "JSON lines: one report a machine", JSONL);
    gtk_file_chooser_set_current_name(chooser, "machines" CSV);
    g_signal_connect(chooser, "notify::filter", G_CALLBACK(on_filter), NULL);
    gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(native), TRUE);
    g_signal_connect(native, "response", G_CALLBACK(on_response), asked);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(native));
}
