/* One path for everything that is opened.
 *
 * SPDX-License-Identifier: MIT
 */
#include "opening.h"

#include "machines.h"
#include "window.h"

/* Answers to the question what several paths are. */
enum { ANSWER_LIST = 1 };

void opening_list(const WinverSettings *settings, const char *const *paths)
{
    g_autoptr(WinverBatch) batch = winver_batch_new(settings, paths);

    gtk_window_present(GTK_WINDOW(winver_machines_new(settings, batch)));
}

void opening_present(const WinverSettings *settings, WinverJob *job)
{
    if (winver_job_is_finished(job) && winver_job_is_many(job))
        opening_list(settings, winver_job_get_paths(job));
    else
        gtk_window_present(GTK_WINDOW(winver_window_new(settings, job)));
}

static void open_together(GtkWindow *from, const WinverSettings *settings, const char *const *paths)
{
    g_autoptr(WinverJob) job = NULL;

    if (WINVER_IS_WINDOW(from)) {
        winver_window_open_together(WINVER_WINDOW(from), paths);
        return;
    }
    job = winver_job_new(settings, paths);
    opening_present(settings, job);
}

static void open_each(GtkWindow *from, const WinverSettings *settings, const char *const *paths)
{
    for (; *paths; paths++) {
        const char *const one[] = {*paths, NULL};

        open_together(from, settings, one);
    }
}

struct question {
    GtkWindow *from;
    const WinverSettings *settings;
    char **paths;
};

static void on_answer(GtkDialog *dialog, int response, struct question *question)
{
    const char *const *paths = (const char *const *)question->paths;

    if (response == GTK_RESPONSE_YES)
        open_together(question->from, question->settings, paths);
    else if (response == GTK_RESPONSE_NO)
        open_each(question->from, question->settings, paths);
    else if (response == ANSWER_LIST)
        opening_list(question->settings, paths);
    g_strfreev(question->paths);
    g_free(question);
    gtk_widget_destroy(GTK_WIDGET(dialog));
}

void opening_open(GtkWindow *from, const WinverSettings *settings, const char *const *paths)
{
    g_autoptr(GtkBuilder) builder = NULL;
    struct question *question;
    GtkWindow *dialog;

    if (!paths[0])
        return;
    if (!paths[1]) {
        open_together(from, settings, paths);
        return;
    }
    builder = gtk_builder_new_from_resource("/org/winver6003/ui/ask.ui");
    dialog = GTK_WINDOW(gtk_builder_get_object(builder, "ask"));
    question = g_new(struct question, 1);
    *question = (struct question){from, settings, g_strdupv((char **)paths)};
    gtk_window_set_transient_for(dialog, from);
    g_signal_connect(dialog, "response", G_CALLBACK(on_answer), question);
    gtk_window_present(dialog);
}

/* ---- Choosing --------------------------------------------------------------------------- */

struct choice {
    GtkWindow *from; /* NULL when it has gone meanwhile */
    const WinverSettings *settings;
    gboolean as_list;
};

static void on_chosen(GtkNativeDialog *chooser, int response, struct choice *choice)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

    if (response == GTK_RESPONSE_ACCEPT && choice->from) {
        GSList *files = gtk_file_chooser_get_filenames(GTK_FILE_CHOOSER(chooser));

        for (GSList *file = files; file; file = file->next)
            g_ptr_array_add(paths, file->data);
        g_slist_free(files);
        g_ptr_array_add(paths, NULL);
    }
    gtk_native_dialog_destroy(chooser);
    if (paths->len && choice->as_list)
        opening_list(choice->settings, (const char *const *)paths->pdata);
    else if (paths->len)
        opening_open(choice->from, choice->settings, (const char *const *)paths->pdata);
    g_clear_weak_pointer(&choice->from);
    g_free(choice);
    g_object_unref(chooser);
}

static void choose(GtkWindow *from, const WinverSettings *settings, const char *title,
                   GtkFileChooserAction action, gboolean as_list)
{
    GtkFileChooserNative *chooser = gtk_file_chooser_native_new(title, from, action, NULL, NULL);
    struct choice *choice = g_new0(struct choice, 1);

    choice->settings = settings;
    choice->as_list = as_list;
    g_set_weak_pointer(&choice->from, from);
    gtk_file_chooser_set_select_multiple(GTK_FILE_CHOOSER(chooser), TRUE);
    gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(chooser), TRUE);
    g_signal_connect(chooser, "response", G_CALLBACK(on_chosen), choice);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(chooser));
}

void opening_choose_files(GtkWindow *from, const WinverSettings *settings)
{
    choose(from, settings, "Open evidence", GTK_FILE_CHOOSER_ACTION_OPEN, FALSE);
}

void opening_choose_folder(GtkWindow *from, const WinverSettings *settings)
{
    choose(from, settings, "Open the folder of a machine", GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
           FALSE);
}

void opening_choose_list(GtkWindow *from, const WinverSettings *settings)
{
    choose(from, settings, "Open a folder of many machines", GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
           TRUE);
}

/* ---- Dropping --------------------------------------------------------------------------- */

static void on_dropped(GtkWidget *widget, GdkDragContext *context, int x, int y,
                       GtkSelectionData *data, guint info, guint time, gpointer settings)
{
    g_auto(GStrv) uris = gtk_selection_data_get_uris(data);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

    (void)x;
    (void)y;
    (void)info;
    for (char **uri = uris; uri && *uri; uri++) {
        g_autoptr(GFile) file = g_file_new_for_uri(*uri);
        char *path = g_file_get_path(file);

        /* What has no local path is named as it came: reading it then says what is wrong. */
        g_ptr_array_add(paths, path ? path : g_strdup(*uri));
    }
    gtk_drag_finish(context, paths->len > 0, FALSE, time);
    g_ptr_array_add(paths, NULL);
    opening_open(GTK_WINDOW(widget), settings, (const char *const *)paths->pdata);
}

void opening_accept_drops(GtkWindow *window, const WinverSettings *settings)
{
    gtk_drag_dest_set(GTK_WIDGET(window), GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
    gtk_drag_dest_add_uri_targets(GTK_WIDGET(window));
    g_signal_connect(window, "drag-data-received", G_CALLBACK(on_dropped), (gpointer)settings);
}
