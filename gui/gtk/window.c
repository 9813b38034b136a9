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
#include "gui/common/summary.h"
#include "opening.h"
#include "picture.h"
#include "shell.h"
#include "start.h"

#include <string.h>

/* How often the progress bar looks at a long read. */
#define PROGRESS_INTERVAL_MS 100
/* How long "Copied" stays. */
#define FEEDBACK_SECONDS 4
/* Room for the details when they open, as far as the screen has it. */
#define DETAILS_WIDTH  640
#define DETAILS_HEIGHT 320
/* Lines longer than this wrap. A GTK label that may wrap is shaped several times before it is
 * shown, so those that need not do not. winver's longest line has 71. */
#define WRAP_CHARS 72
/* Words longer than this may be broken: names are shorter, paths and lab strings are not. */
#define LONG_WORD_CHARS 24

struct _WinverWindow {
    GtkWindow parent;
    const WinverSettings *settings;
    WinverJob *job;         /* NULL while empty */
    WinverDetails *details; /* NULL until the expander is first opened */
    WinverStart *start;     /* NULL until first needed */
    GtkWidget *reading;     /* NULL until first needed */
    GtkProgressBar *reading_bar;
    GtkLabel *reading_title;
    guint progress_timer, feedback_timer, setup;
    int height_closed; /* of the window before the details opened */

    GtkWidget *stage, *result, *body, *strip, *open, *copy, *ok;
    GtkWidget *scroller; /* around body, on a screen too small for it; else NULL */
    GtkLabel *product, *edition, *version, *licence, *memory;
    GtkLabel *revision_title, *revision, *lab_title, *lab;
    GtkLabel *word, *headline, *notice, *feedback;
    WinverPicture *strip_icon, *chevron;
    GtkExpander *expander;
};

G_DEFINE_TYPE(WinverWindow, winver_window, GTK_TYPE_WINDOW)

/* Whether text has a piece between delimiters of more than limit characters. */
static gboolean has_longer(const char *text, const char *delimiters, size_t limit)
{
    while (*text) {
        size_t length = strcspn(text, delimiters);

        if ((size_t)g_utf8_strlen(text, (gssize)length) > limit)
            return TRUE;
        text += length + (text[length] != '\0');
    }
    return FALSE;
}

static void let_wrap(GtkLabel *label)
{
    /* Breaking within words makes GTK shape every character on its own. */
    PangoWrapMode mode = has_longer(gtk_label_get_text(label), " \n", LONG_WORD_CHARS)
                             ? PANGO_WRAP_WORD_CHAR
                             : PANGO_WRAP_WORD;

    gtk_label_set_max_width_chars(label, WRAP_CHARS);
    gtk_label_set_line_wrap_mode(label, mode);
    gtk_label_set_line_wrap(label, TRUE);
}

/* Hides the label when there is no text. */
static void set_line(GtkLabel *label, const char *text)
{
    gtk_label_set_text(label, text ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(label), text != NULL && text[0] != '\0');
    if (text && has_longer(text, "\n", WRAP_CHARS))
        let_wrap(label);
}

static void set_row(GtkLabel *title, GtkLabel *value, const char *text)
{
    set_line(value, text);
    gtk_widget_set_visible(GTK_WIDGET(title), gtk_widget_get_visible(GTK_WIDGET(value)));
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

enum { N_LINES = 10 };

/* The lines that come from the evidence. */
static void get_lines(WinverWindow *window, GtkLabel *lines[N_LINES])
{
    GtkLabel *const all[N_LINES] = {
        window->product,  window->edition, window->version, window->licence,  window->memory,
        window->revision, window->lab,     window->word,    window->headline, window->notice,
    };

    memcpy(lines, all, sizeof all);
}

/* ---- The three states ------------------------------------------------------------------- */

static void fit_on_screen(WinverWindow *window);

static void show_on_stage(WinverWindow *window, GtkWidget *page)
{
    g_autoptr(GList) pages = gtk_container_get_children(GTK_CONTAINER(window->stage));

    for (GList *at = pages; at; at = at->next)
        gtk_widget_set_visible(at->data, at->data == page);
    gtk_widget_set_visible(window->copy, page == window->result);
    set_class(gtk_widget_get_style_context(GTK_WIDGET(window)), "busy", page == window->reading);
    fit_on_screen(window);
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

/* Ctrl+C: what is selected, else the ticket. */
static void copy(WinverWindow *window)
{
    if (!shell_copy_selection(GTK_WINDOW(window)))
        copy_ticket(window);
}

/* ---- Keys ------------------------------------------------------------------------------- */

static void choose_file(WinverWindow *window)
{
    opening_choose_files(GTK_WINDOW(window), window->settings);
}

static void choose_folder(WinverWindow *window)
{
    opening_choose_folder(GTK_WINDOW(window), window->settings);
}

static void choose_list(WinverWindow *window)
{
    opening_choose_list(GTK_WINDOW(window), window->settings);
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
    {GDK_KEY_l, GDK_CONTROL_MASK, choose_list},
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
        gtk_accel_group_connect(
            group, keys[i].key, keys[i].modifiers, 0,
            g_cclosure_new_object_swap(G_CALLBACK(keys[i].act), G_OBJECT(window)));
    gtk_window_add_accel_group(GTK_WINDOW(window), group);
}

/* ---- Size, details, theme --------------------------------------------------------------- */

static void let_lines_wrap(WinverWindow *window)
{
    GtkLabel *lines[N_LINES];

    get_lines(window, lines);
    for (size_t i = 0; i < N_LINES; i++)
        let_wrap(lines[i]);
}

/* Room to spare goes to the open details, else to lines that scroll, else above the expander. */
static void give_room(WinverWindow *window)
{
    GtkWidget *expander = GTK_WIDGET(window->expander);
    gboolean open = gtk_expander_get_expanded(window->expander);

    gtk_widget_set_vexpand(expander, open || !window->scroller);
    gtk_widget_set_valign(expander, open ? GTK_ALIGN_FILL : GTK_ALIGN_END);
}

static void let_lines_scroll(WinverWindow *window)
{
    window->scroller = gtk_scrolled_window_new(NULL, NULL);
    gtk_widget_set_vexpand(window->scroller, TRUE);
    g_object_ref(window->body);
    gtk_container_remove(GTK_CONTAINER(window->result), window->body);
    gtk_container_add(GTK_CONTAINER(window->scroller), window->body);
    g_object_unref(window->body);
    gtk_widget_show_all(window->scroller);
    gtk_container_add(GTK_CONTAINER(window->result), window->scroller);
    gtk_box_reorder_child(GTK_BOX(window->result), window->scroller, 0);
    give_room(window);
}

/* A GTK 3 window is never lower than its text is at its narrowest. So it is made as wide as its
 * text wants to be, within the screen. Where the height does not fit either, the lines scroll; a
 * scrolled window asks for no height of its own, so there is none unless it must be. */
static void fit_on_screen(WinverWindow *window)
{
    GdkRectangle area = shell_work_area(GTK_WIDGET(window));
    GtkRequisition least;
    int width;

    gtk_widget_set_size_request(window->stage, -1, -1);
    gtk_widget_get_preferred_width(window->stage, NULL, &width);
    if (width > area.width)
        let_lines_wrap(window);
    gtk_widget_set_size_request(window->stage, MIN(width, area.width), -1);
    if (window->scroller || !gtk_widget_get_visible(window->result))
        return;
    gtk_widget_get_preferred_size(GTK_WIDGET(window), &least, NULL);
    if (least.height <= area.height)
        return;
    let_lines_scroll(window);
    gtk_window_resize(GTK_WINDOW(window), MIN(width, area.width), area.height);
}

static void on_expanded(WinverWindow *window)
{
    gboolean open = gtk_expander_get_expanded(window->expander);
    GdkRectangle area = shell_work_area(GTK_WIDGET(window));
    int width, height;

    if (open && !window->details) {
        window->details = g_object_new(WINVER_TYPE_DETAILS, NULL);
        winver_details_show(window->details, window->job);
        gtk_container_add(GTK_CONTAINER(window->expander), GTK_WIDGET(window->details));
    }
    winver_picture_set_art(window->chevron, open ? "chevron-open" : "chevron-closed");
    give_room(window);
    gtk_window_get_size(GTK_WINDOW(window), &width, &height);
    if (open) {
        window->height_closed = height;
        gtk_window_resize(GTK_WINDOW(window), MIN(MAX(width, DETAILS_WIDTH), area.width),
                          MIN(height + DETAILS_HEIGHT, area.height));
        fit_on_screen(window);
    } else if (window->height_closed) {
        gtk_window_resize(GTK_WINDOW(window), width, window->height_closed);
    }
}

static void winver_window_style_updated(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(winver_window_parent_class)->style_updated(widget);
    shell_classify_theme(widget);
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
    gtk_widget_class_bind_template_child(widget, WinverWindow, chevron);
    gtk_widget_class_bind_template_child(widget, WinverWindow, open);
    gtk_widget_class_bind_template_child(widget, WinverWindow, copy);
    gtk_widget_class_bind_template_child(widget, WinverWindow, feedback);
    gtk_widget_class_bind_template_child(widget, WinverWindow, ok);
    gtk_widget_class_bind_template_callback(widget, copy_ticket);
    gtk_widget_class_bind_template_callback(widget, choose_file);
    gtk_widget_class_bind_template_callback(widget, close_window);
    gtk_widget_class_bind_template_callback(widget, on_expanded);
}

/* What nobody can see in the first frame is set up after it. A selectable label, for one, loads
 * the pointer of text. */
static gboolean after_first_frame(gpointer data)
{
    WinverWindow *window = data;
    GtkLabel *lines[N_LINES];

    window->setup = 0;
    get_lines(window, lines);
    for (size_t i = 0; i < N_LINES; i++)
        gtk_label_set_selectable(lines[i], TRUE);
    gtk_drag_dest_unset(GTK_WIDGET(window->expander));
    opening_accept_drops(GTK_WINDOW(window), window->settings);
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
