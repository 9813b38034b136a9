/* The window: winver's lines, the verdict strip, and the details behind an expander.
 *
 * What it looks like stands in resources/ui; this file fills it and moves between its three
 * states: empty, reading, and showing a machine.
 *
 * SPDX-License-Identifier: MIT
 */
#include "window.h"

#include "core/report/parts.h"
#include "details.h"
#include "opening.h"
#include "picture.h"
#include "shell.h"
#include "start.h"
#include "summary.h"

#include <math.h>

/* How often the progress bar looks at a long read. */
#define PROGRESS_INTERVAL_MS 100
/* How long "Copied" stays. */
#define FEEDBACK_SECONDS 4
/* Room for the details when they open, as far as the screen has it. */
#define DETAILS_WIDTH 640
#define DETAILS_HEIGHT 320
/* A theme whose text stands out more than this is a high-contrast theme: Adwaita has 12 in light
 * and 11 in dark, HighContrast has 19 and more. */
#define CONTRAST_THEME_RATIO 16.0

struct _WinverWindow {
    GtkWindow parent;
    const WinverSettings *settings;
    WinverJob *job;        /* NULL while empty */
    WinverDetails *details; /* NULL until the expander is first opened */
    WinverStart *start;     /* NULL until first needed */
    GtkWidget *reading;     /* NULL until first needed */
    GtkProgressBar *reading_bar;
    GtkLabel *reading_title;
    guint progress_timer, feedback_timer, setup;
    int height_closed; /* of the window before the details opened */

    GtkWidget *stage, *result, *strip, *open, *copy, *ok;
    GtkScrolledWindow *body;
    GtkLabel *product, *edition, *version, *licence, *memory;
    GtkLabel *revision_title, *revision, *lab_title, *lab;
    GtkLabel *word, *headline, *notice, *feedback;
    WinverPicture *strip_icon;
    GtkExpander *expander;
};

G_DEFINE_TYPE(WinverWindow, winver_window, GTK_TYPE_WINDOW)

/* Hides the label when there is no text. */
static void set_line(GtkLabel *label, const char *text)
{
    gtk_label_set_text(label, text ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(label), text != NULL && text[0] != '\0');
}

static void set_row(GtkLabel *title, GtkLabel *value, const char *text)
{
    set_line(value, text);
    gtk_widget_set_visible(GTK_WIDGET(title), gtk_widget_get_visible(GTK_WIDGET(value)));
}

/* ---- The three states ------------------------------------------------------------------- */

static void show_on_stage(WinverWindow *window, GtkWidget *page)
{
    g_autoptr(GList) pages = gtk_container_get_children(GTK_CONTAINER(window->stage));

    for (GList *at = pages; at; at = at->next)
        gtk_widget_set_visible(at->data, at->data == page);
    gtk_widget_set_visible(window->copy, page == window->result);
}

static void choose_file(WinverWindow *window);
static void choose_folder(WinverWindow *window);
static void cancel_reading(WinverWindow *window);

static void on_open_sample(WinverWindow *window, const char *path)
{
    const char *const paths[] = {path, NULL};

    winver_window_open_together(window, paths);
}

static void show_empty(WinverWindow *window, const char *error)
{
    if (!window->start) {
        window->start = winver_start_new();
        g_signal_connect_swapped(window->start, "open-sample", G_CALLBACK(on_open_sample), window);
        g_signal_connect_swapped(window->start, "open-folder", G_CALLBACK(choose_folder), window);
        gtk_box_pack_start(GTK_BOX(window->stage), GTK_WIDGET(window->start), TRUE, TRUE, 0);
    }
    winver_start_set_error(window->start, error);
    set_line(window->product, "winver6003");
    set_line(window->edition, "Has this Windows Server 2008 reached build 6003?");
    gtk_window_set_title(GTK_WINDOW(window), "About Windows");
    show_on_stage(window, GTK_WIDGET(window->start));
    gtk_widget_grab_focus(window->open);
}

static void show_verdict(WinverWindow *window, const struct assessment *assessment)
{
    static const char *last_class_key = "winver-state-class";
    GtkStyleContext *style = gtk_widget_get_style_context(window->strip);
    const char *state = verdict_state_name(assessment->state);
    const char *before = g_object_get_data(G_OBJECT(window->strip), last_class_key);
    g_autofree char *icon = g_strdup_printf("winver6003-%s-symbolic", state);
    const char *word = verdict_state_word(assessment->state);

    if (before)
        gtk_style_context_remove_class(style, before);
    gtk_style_context_add_class(style, state);
    g_object_set_data(G_OBJECT(window->strip), last_class_key, (char *)state);
    winver_picture_set_art(window->strip_icon, icon);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(window->strip_icon)), word);
    set_line(window->word, word);
    set_line(window->headline, assessment->headline);
}

static void show_result(WinverWindow *window)
{
    const struct machine *machine = winver_job_get_machine(window->job);
    const struct assessment *assessment = winver_job_get_assessment(window->job);
    g_autofree char *edition = NULL;
    g_autofree char *product = summary_product(assessment, &edition);
    g_autofree char *version = summary_version(assessment);
    g_autofree char *licence = summary_licence(assessment);
    g_autofree char *memory = summary_memory(assessment);
    g_autofree char *revision = summary_revision(machine, assessment);
    g_autofree char *title = g_strconcat("About Windows: ", part_name(machine, assessment), NULL);

    gtk_window_set_title(GTK_WINDOW(window), title);
    set_line(window->product, product ? product : "Product not recorded");
    set_line(window->edition, edition);
    set_line(window->version, version ? version : "The evidence states no version of Windows.");
    set_line(window->licence, licence);
    set_line(window->memory, memory);
    set_row(window->revision_title, window->revision, revision ? revision : "not recorded");
    set_row(window->lab_title, window->lab,
            assessment->lab ? assessment->lab->value : "not recorded");
    show_verdict(window, assessment);
    set_line(window->notice, winver_job_get_message(window->job));
    if (window->details)
        winver_details_show(window->details, window->job);
    show_on_stage(window, window->result);
    gtk_widget_grab_focus(window->ok);
}

static gboolean update_progress(gpointer data)
{
    WinverWindow *window = data;
    gint64 done, total;

    winver_job_get_progress(window->job, &done, &total);
    if (total > 0) {
        g_autofree char *read = g_format_size((guint64)done);
        g_autofree char *all = g_format_size((guint64)total);
        g_autofree char *text = g_strdup_printf("%s of %s", read, all);

        gtk_progress_bar_set_fraction(window->reading_bar, CLAMP((double)done / total, 0, 1));
        gtk_progress_bar_set_text(window->reading_bar, text);
    } else {
        gtk_progress_bar_pulse(window->reading_bar);
        gtk_progress_bar_set_text(window->reading_bar, "Reading");
    }
    return G_SOURCE_CONTINUE;
}

static void stop_progress(WinverWindow *window)
{
    g_clear_handle_id(&window->progress_timer, g_source_remove);
}

static void show_reading(WinverWindow *window)
{
    g_autofree char *text = g_strdup_printf("Reading %s", winver_job_get_title(window->job));

    if (!window->reading) {
        g_autoptr(GtkBuilder) builder =
            gtk_builder_new_from_resource("/org/winver6003/ui/reading.ui");

        window->reading = GTK_WIDGET(gtk_builder_get_object(builder, "reading"));
        window->reading_bar = GTK_PROGRESS_BAR(gtk_builder_get_object(builder, "reading_bar"));
        window->reading_title = GTK_LABEL(gtk_builder_get_object(builder, "reading_title"));
        g_signal_connect_swapped(gtk_builder_get_object(builder, "reading_cancel"), "clicked",
                                 G_CALLBACK(cancel_reading), window);
        gtk_box_pack_start(GTK_BOX(window->stage), window->reading, TRUE, TRUE, 0);
    }
    gtk_label_set_text(window->reading_title, text);
    set_line(window->product, "winver6003");
    set_line(window->edition, NULL);
    show_on_stage(window, window->reading);
    stop_progress(window);
    window->progress_timer = g_timeout_add(PROGRESS_INTERVAL_MS, update_progress, window);
    update_progress(window);
}

static void on_job_finished(WinverWindow *window, WinverJob *job)
{
    if (job != window->job)
        return;
    g_signal_handlers_disconnect_by_data(job, window);
    stop_progress(window);
    if (winver_job_get_assessment(job)) {
        show_result(window);
        return;
    }
    if (winver_job_is_many(job)) {
        opening_list(window->settings, winver_job_get_paths(job));
        gtk_widget_destroy(GTK_WIDGET(window));
        return;
    }
    if (winver_job_get_status(job) == EVIDENCE_CANCELLED) {
        g_autofree char *text =
            g_strdup_printf("Reading %s was cancelled.", winver_job_get_title(job));

        show_empty(window, text);
    } else {
        show_empty(window, winver_job_get_message(job));
    }
    g_clear_object(&window->job);
}

static void set_job(WinverWindow *window, WinverJob *job)
{
    g_set_object(&window->job, job);
    if (winver_job_is_finished(job)) {
        on_job_finished(window, job);
        return;
    }
    g_signal_connect_object(job, "finished", G_CALLBACK(on_job_finished), window,
                            G_CONNECT_SWAPPED);
    show_reading(window);
}

/* ---- Opening evidence ------------------------------------------------------------------- */

void winver_window_open_together(WinverWindow *window, const char *const *paths)
{
    g_autoptr(WinverJob) job = winver_job_new(window->settings, paths);

    if (window->job)
        window = winver_window_new(window->settings, job);
    else
        set_job(window, job);
    gtk_window_present(GTK_WINDOW(window));
}

static void open_each(WinverWindow *window, const char *const *paths)
{
    for (; *paths; paths++) {
        const char *const one[] = {*paths, NULL};

        winver_window_open_together(window, one);
    }
}

struct question {
    WinverWindow *window;
    char **paths;
};

static void on_answer(GtkDialog *dialog, int response, struct question *question)
{
    if (response == GTK_RESPONSE_YES)
        winver_window_open_together(question->window, (const char *const *)question->paths);
    else if (response == GTK_RESPONSE_NO)
        open_each(question->window, (const char *const *)question->paths);
    g_strfreev(question->paths);
    g_free(question);
    gtk_widget_destroy(GTK_WIDGET(dialog));
}

void winver_window_open(WinverWindow *window, const char *const *paths)
{
    g_autoptr(GtkBuilder) builder = NULL;
    struct question *question;
    GtkWindow *dialog;

    if (!paths[0])
        return;
    if (!paths[1]) {
        winver_window_open_together(window, paths);
        return;
    }
    builder = gtk_builder_new_from_resource("/org/winver6003/ui/ask.ui");
    dialog = GTK_WINDOW(gtk_builder_get_object(builder, "ask"));
    question = g_new(struct question, 1);
    question->window = window;
    question->paths = g_strdupv((char **)paths);
    gtk_window_set_transient_for(dialog, GTK_WINDOW(window));
    g_signal_connect(dialog, "response", G_CALLBACK(on_answer), question);
    gtk_window_present(dialog);
}

static void on_chosen(GtkNativeDialog *chooser, int response, WinverWindow *window)
{
    g_autoptr(GSList) files = NULL;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

    if (response == GTK_RESPONSE_ACCEPT) {
        files = gtk_file_chooser_get_filenames(GTK_FILE_CHOOSER(chooser));
        for (GSList *file = files; file; file = file->next)
            g_ptr_array_add(paths, file->data);
        g_ptr_array_add(paths, NULL);
    }
    gtk_native_dialog_destroy(chooser);
    if (paths->len)
        winver_window_open(window, (const char *const *)paths->pdata);
    g_object_unref(chooser);
}

static void choose(WinverWindow *window, const char *title, GtkFileChooserAction action)
{
    GtkFileChooserNative *chooser =
        gtk_file_chooser_native_new(title, GTK_WINDOW(window), action, NULL, NULL);

    gtk_file_chooser_set_select_multiple(GTK_FILE_CHOOSER(chooser), TRUE);
    gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(chooser), TRUE);
    g_signal_connect_object(chooser, "response", G_CALLBACK(on_chosen), window, 0);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(chooser));
}

static void winver_window_drag_data_received(GtkWidget *widget, GdkDragContext *context, int x,
                                             int y, GtkSelectionData *data, guint info,
                                             guint time)
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
    winver_window_open(WINVER_WINDOW(widget), (const char *const *)paths->pdata);
}

/* ---- Copying ---------------------------------------------------------------------------- */

static gboolean clear_feedback(gpointer data)
{
    WinverWindow *window = data;

    gtk_label_set_text(window->feedback, "");
    window->feedback_timer = 0;
    return G_SOURCE_REMOVE;
}

static void copy_ticket(WinverWindow *window)
{
    GtkClipboard *clipboard = gtk_widget_get_clipboard(GTK_WIDGET(window), GDK_SELECTION_CLIPBOARD);
    g_autofree char *ticket = NULL;

    if (!window->job || !winver_job_get_assessment(window->job))
        return;
    ticket = winver_job_get_ticket(window->job);
    gtk_clipboard_set_text(clipboard, ticket, -1);
    gtk_clipboard_set_can_store(clipboard, NULL, 0);
    gtk_label_set_text(window->feedback, "Report copied");
    g_clear_handle_id(&window->feedback_timer, g_source_remove);
    window->feedback_timer = g_timeout_add_seconds(FEEDBACK_SECONDS, clear_feedback, window);
}

static gboolean has_selection(GtkWidget *focus)
{
    if (GTK_IS_LABEL(focus))
        return gtk_label_get_selection_bounds(GTK_LABEL(focus), NULL, NULL);
    if (GTK_IS_TEXT_VIEW(focus))
        return gtk_text_buffer_get_has_selection(gtk_text_view_get_buffer(GTK_TEXT_VIEW(focus)));
    return FALSE;
}

/* Ctrl+C: what is selected, else the ticket. */
static void copy(WinverWindow *window)
{
    GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(window));

    if (focus && has_selection(focus))
        g_signal_emit_by_name(focus, "copy-clipboard");
    else
        copy_ticket(window);
}

/* ---- Keys ------------------------------------------------------------------------------- */

static void choose_file(WinverWindow *window)
{
    choose(window, "Open evidence", GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void choose_folder(WinverWindow *window)
{
    choose(window, "Open the folder of a machine", GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void cancel_reading(WinverWindow *window)
{
    if (window->job)
        winver_job_cancel(window->job);
}

static void close_window(WinverWindow *window)
{
    gtk_window_close(GTK_WINDOW(window));
}

static const struct {
    guint key;
    GdkModifierType modifiers;
    void (*act)(WinverWindow *window);
} keys[] = {
    {GDK_KEY_o, GDK_CONTROL_MASK, choose_file},
    {GDK_KEY_o, GDK_CONTROL_MASK | GDK_SHIFT_MASK, choose_folder},
    {GDK_KEY_c, GDK_CONTROL_MASK, copy},
    {GDK_KEY_Insert, GDK_CONTROL_MASK, copy},
    {GDK_KEY_w, GDK_CONTROL_MASK, close_window},
    {GDK_KEY_Escape, 0, close_window},
};

/* Keys come before the focused widget's own, which would take Ctrl+C even with no selection. */
static void add_keys(WinverWindow *window)
{
    g_autoptr(GtkAccelGroup) group = gtk_accel_group_new();

    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        gtk_accel_group_connect(group, keys[i].key, keys[i].modifiers, 0,
                                g_cclosure_new_object_swap(G_CALLBACK(keys[i].act),
                                                           G_OBJECT(window)));
    gtk_window_add_accel_group(GTK_WINDOW(window), group);
}

/* ---- Size, details, theme --------------------------------------------------------------- */

static void on_expanded(WinverWindow *window)
{
    gboolean open = gtk_expander_get_expanded(window->expander);
    int width, height;

    if (open && !window->details) {
        window->details = g_object_new(WINVER_TYPE_DETAILS, NULL);
        winver_details_show(window->details, window->job);
        gtk_container_add(GTK_CONTAINER(window->expander), GTK_WIDGET(window->details));
    }
    /* The room goes to the details while they are open, else to the lines. */
    gtk_widget_set_vexpand(GTK_WIDGET(window->body), !open);
    gtk_widget_set_vexpand(GTK_WIDGET(window->expander), open);
    gtk_window_get_size(GTK_WINDOW(window), &width, &height);
    if (open) {
        window->height_closed = height;
        gtk_window_resize(GTK_WINDOW(window), MAX(width, DETAILS_WIDTH), height + DETAILS_HEIGHT);
    } else if (window->height_closed) {
        gtk_window_resize(GTK_WINDOW(window), width, window->height_closed);
    }
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

static void set_class(GtkStyleContext *style, const char *class, gboolean set)
{
    if (set == gtk_style_context_has_class(style, class))
        return;
    if (set)
        gtk_style_context_add_class(style, class);
    else
        gtk_style_context_remove_class(style, class);
}

/* GTK 3 style sheets cannot ask for the kind of theme, so the window tells them. */
static void winver_window_style_updated(GtkWidget *widget)
{
    GtkStyleContext *style = gtk_widget_get_style_context(widget);
    GdkRGBA fg, bg;

    GTK_WIDGET_CLASS(winver_window_parent_class)->style_updated(widget);
    if (gtk_style_context_lookup_color(style, "theme_fg_color", &fg) &&
        gtk_style_context_lookup_color(style, "theme_bg_color", &bg)) {
        double a = luminance(&fg), b = luminance(&bg);
        double ratio = (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);

        set_class(style, "dark", a > b);
        set_class(style, "contrast", ratio > CONTRAST_THEME_RATIO);
    }
}

static void winver_window_dispose(GObject *object)
{
    WinverWindow *window = WINVER_WINDOW(object);

    stop_progress(window);
    g_clear_handle_id(&window->feedback_timer, g_source_remove);
    g_clear_handle_id(&window->setup, g_source_remove);
    if (window->job)
        winver_job_cancel(window->job);
    g_clear_object(&window->job);
    G_OBJECT_CLASS(winver_window_parent_class)->dispose(object);
}

static void winver_window_class_init(WinverWindowClass *class)
{
    GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);

    G_OBJECT_CLASS(class)->dispose = winver_window_dispose;
    widget->drag_data_received = winver_window_drag_data_received;
    widget->style_updated = winver_window_style_updated;
    g_type_ensure(WINVER_TYPE_PICTURE);
    g_type_ensure(WINVER_TYPE_BANNER);
    gtk_widget_class_set_template_from_resource(widget, "/org/winver6003/ui/window.ui");
    gtk_widget_class_bind_template_child(widget, WinverWindow, stage);
    gtk_widget_class_bind_template_child(widget, WinverWindow, result);
    gtk_widget_class_bind_template_child(widget, WinverWindow, body);
    gtk_widget_class_bind_template_child(widget, WinverWindow, product);
    gtk_widget_class_bind_template_child(widget, WinverWindow, edition);
    gtk_widget_class_bind_template_child(widget, WinverWindow, version);
    gtk_widget_class_bind_template_child(widget, WinverWindow, licence);
    gtk_widget_class_bind_template_child(widget, WinverWindow, memory);
    gtk_widget_class_bind_template_child(widget, WinverWindow, revision_title);
    gtk_widget_class_bind_template_child(widget, WinverWindow, revision);
    gtk_widget_class_bind_template_child(widget, WinverWindow, lab_title);
    gtk_widget_class_bind_template_child(widget, WinverWindow, lab);
    gtk_widget_class_bind_template_child(widget, WinverWindow, strip);
    gtk_widget_class_bind_template_child(widget, WinverWindow, strip_icon);
    gtk_widget_class_bind_template_child(widget, WinverWindow, word);
    gtk_widget_class_bind_template_child(widget, WinverWindow, headline);
    gtk_widget_class_bind_template_child(widget, WinverWindow, notice);
    gtk_widget_class_bind_template_child(widget, WinverWindow, expander);
    gtk_widget_class_bind_template_child(widget, WinverWindow, open);
    gtk_widget_class_bind_template_child(widget, WinverWindow, copy);
    gtk_widget_class_bind_template_child(widget, WinverWindow, feedback);
    gtk_widget_class_bind_template_child(widget, WinverWindow, ok);
    gtk_widget_class_bind_template_callback(widget, copy_ticket);
    gtk_widget_class_bind_template_callback(widget, choose_file);
    gtk_widget_class_bind_template_callback(widget, close_window);
    gtk_widget_class_bind_template_callback(widget, on_expanded);
}

/* What nobody can see in the first frame is set up after it. */
static gboolean after_first_frame(gpointer data)
{
    WinverWindow *window = data;

    window->setup = 0;
    gtk_drag_dest_set(GTK_WIDGET(window), GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
    gtk_drag_dest_add_uri_targets(GTK_WIDGET(window));
    shell_set_icon();
    return G_SOURCE_REMOVE;
}

static void winver_window_init(WinverWindow *window)
{
    gtk_widget_init_template(GTK_WIDGET(window));
    gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(window)), "winver");
    add_keys(window);
    gtk_window_set_default(GTK_WINDOW(window), window->ok);
    window->setup = g_idle_add_full(G_PRIORITY_LOW, after_first_frame, window, NULL);
    shell_count(GTK_WINDOW(window));
}

WinverWindow *winver_window_new(const WinverSettings *settings, WinverJob *job)
{
    WinverWindow *window = g_object_new(WINVER_TYPE_WINDOW, NULL);

    window->settings = settings;
    if (job)
        set_job(window, job);
    else
        show_empty(window, NULL);
    return window;
}
