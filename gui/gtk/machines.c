/* The window with the list: what is read flows into the list, filters choose from it, and the
 * selection goes to the pane, the clipboard, or a file.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machines.h"

#include "export_dialog.h"
#include "gui/common/summary.h"
#include "machine_export.h"
#include "machine_pane.h"
#include "machine_view.h"
#include "opening.h"
#include "shell.h"

/* How often the list takes over what has been read. A list that has to be sorted anew takes it
 * over less often: it may spend one part in so many of the time. */
#define TAKE_INTERVAL_MS 100
#define REFRESH_SHARE    10
/* A machine is read when the selection has stayed on it for so long. */
#define SELECT_DELAY_MS 40
/* How long "Copied" stays. */
#define FEEDBACK_SECONDS 6

struct _WinverMachines {
    GtkWindow parent;
    const WinverSettings *settings;
    WinverBatch *batch;
    guint counts[STATE_COUNT];
    GPtrArray *problems;
    int shown; /* number of the machine in the pane; -1 for none */
    guint take_timer, select_timer, feedback_timer, export_timer;
    gint64 refreshed, refresh_cost; /* when the list was last sorted while reading; microseconds */
    GCancellable *export_cancel;    /* NULL unless something is exported */

    WinverMachineView *view;
    WinverMachinePane *pane;
    GtkEntry *search;
    GtkComboBoxText *states;
    GtkPaned *paned;
    GtkLabel *status, *feedback, *problems_label;
    GtkTextView *problems_text;
    GtkProgressBar *busy_bar;
    GtkWidget *nothing, *problems_button, *busy, *copy, *export;
};

G_DEFINE_TYPE(WinverMachines, winver_machines, GTK_TYPE_WINDOW)

/* States of the filter and of the status line, the worst first. */
static const enum verdict_state states[] = {
    STATE_CONFLICT, STATE_INCOMPLETE,     STATE_IMITATION,    STATE_NOT_TRANSITIONED,
    STATE_UNKNOWN,  STATE_NOT_APPLICABLE, STATE_TRANSITIONED,
};

static WinverMachineModel *model_of(WinverMachines *window)
{
    return winver_machine_view_get_model(window->view);
}

/* ---- What is said below the list -------------------------------------------------------- */

static gboolean clear_feedback(gpointer data)
{
    WinverMachines *window = data;

    gtk_label_set_text(window->feedback, "");
    gtk_widget_set_tooltip_text(GTK_WIDGET(window->feedback), NULL);
    window->feedback_timer = 0;
    return G_SOURCE_REMOVE;
}

static void tell(WinverMachines *window, const char *text)
{
    gtk_label_set_text(window->feedback, text);
    /* In full, where there is no room for all of it. */
    gtk_widget_set_tooltip_text(GTK_WIDGET(window->feedback), text);
    g_clear_handle_id(&window->feedback_timer, g_source_remove);
    window->feedback_timer = g_timeout_add_seconds(FEEDBACK_SECONDS, clear_feedback, window);
}

static void add_counts(WinverMachines *window, GString *text)
{
    const char *separator = ": ";

    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        guint count = window->counts[states[i]];
        g_autofree char *number = summary_number(count);
        g_autofree char *word = g_utf8_strdown(verdict_state_word(states[i]), -1);

        if (!count)
            continue;
        g_string_append_printf(text, "%s%s %s", separator, number, word);
        separator = ", ";
    }
}

/* "1,204 of 10,000 machines shown" before the counts of all. */
static void update_status(WinverMachines *window)
{
    guint all = winver_machine_model_get_rows(model_of(window))->len;
    guint shown = winver_machine_model_get_n_shown(model_of(window));
    g_autofree char *all_text = summary_number(all);
    g_autofree char *shown_text = summary_number(shown);
    g_autoptr(GString) text = g_string_new(NULL);

    if (shown < all)
        g_string_append_printf(text, "%s of ", shown_text);
    g_string_append_printf(text, "%s machine%s", all_text, all == 1 ? "" : "s");
    if (shown < all)
        g_string_append(text, " shown; all");
    add_counts(window, text);
    gtk_label_set_text(window->status, text->str);
    gtk_widget_set_sensitive(window->export, shown > 0 && !window->export_cancel);
    gtk_widget_set_visible(window->nothing, all > 0 && !shown);
}

static void update_problems(WinverMachines *window)
{
    guint before = window->problems->len;
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(window->problems_text);
    g_autofree char *label = NULL;
    GtkTextIter end;

    winver_batch_take_problems(window->batch, window->problems);
    if (window->problems->len == before)
        return;
    for (guint i = before; i < window->problems->len; i++) {
        gtk_text_buffer_get_end_iter(buffer, &end);
        if (i)
            gtk_text_buffer_insert(buffer, &end, "\n", 1);
        gtk_text_buffer_insert(buffer, &end, window->problems->pdata[i], -1);
    }
    label = g_strdup_printf("%u _remark%s", window->problems->len,
                            window->problems->len == 1 ? "" : "s");
    gtk_label_set_text_with_mnemonic(window->problems_label, label);
    gtk_widget_show(window->problems_button);
}

static void update_busy(WinverMachines *window)
{
    gboolean reading = !winver_batch_is_finished(window->batch);
    int percent = winver_batch_get_percent(window->batch);
    g_autofree char *text = NULL;

    gtk_widget_set_visible(window->busy, reading || window->export_cancel);
    if (!reading && !window->export_cancel)
        return;
    text = reading ? g_strdup_printf("Reading %s", winver_batch_get_title(window->batch))
                   : g_strdup("Exporting");
    gtk_progress_bar_set_text(window->busy_bar, text);
    if (reading && percent >= 0)
        gtk_progress_bar_set_fraction(window->busy_bar, percent / 100.0);
    else
        gtk_progress_bar_pulse(window->busy_bar);
}

/* ---- The selected machine --------------------------------------------------------------- */

static void show_selected(WinverMachines *window)
{
    int at = winver_machine_view_get_selected(window->view);
    guint n = winver_machine_view_get_n_selected(window->view);
    g_autoptr(WinverJob) job = NULL;
    g_autofree char *number = NULL;
    g_autofree char *hint = NULL;
    int machine;

    gtk_widget_set_sensitive(window->copy, n > 0);
    if (at < 0) {
        number = summary_number(n);
        hint = n ? g_strdup_printf("%s machines selected", number)
                 : g_strdup("Select a machine to see what was found.");
        window->shown = -1;
        winver_machine_pane_show_hint(window->pane, hint);
        return;
    }
    machine = (int)winver_machine_model_get_index(model_of(window), (guint)at);
    if (machine == window->shown)
        return;
    window->shown = machine;
    job = winver_batch_read_again(window->batch,
                                  winver_machine_model_get_shown(model_of(window), (guint)at));
    winver_machine_pane_show(window->pane, job);
}

static gboolean on_select_timer(gpointer data)
{
    WinverMachines *window = data;

    window->select_timer = 0;
    show_selected(window);
    return G_SOURCE_REMOVE;
}

static void on_selection_changed(WinverMachines *window)
{
    g_clear_handle_id(&window->select_timer, g_source_remove);
    window->select_timer = g_timeout_add(SELECT_DELAY_MS, on_select_timer, window);
}

static void on_row_activated(WinverMachines *window, GtkTreePath *path)
{
    guint at = (guint)gtk_tree_path_get_indices(path)[0];
    g_autoptr(WinverJob) job = winver_batch_read_again(
        window->batch, winver_machine_model_get_shown(model_of(window), at));

    opening_present(window->settings, job);
}

static void select_first(WinverMachines *window)
{
    g_autoptr(GtkTreePath) first = gtk_tree_path_new_first();

    if (winver_machine_model_get_n_shown(model_of(window)) > 0)
        gtk_tree_view_set_cursor(GTK_TREE_VIEW(window->view), first, NULL, FALSE);
}

/* ---- Reading ---------------------------------------------------------------------------- */

static gboolean may_refresh(WinverMachines *window)
{
    return winver_batch_is_finished(window->batch) ||
           g_get_monotonic_time() - window->refreshed > window->refresh_cost * REFRESH_SHARE;
}

static void take(WinverMachines *window)
{
    WinverMachineModel *model = model_of(window);
    GArray *rows = winver_machine_model_get_rows(model);
    guint before = rows->len;

    winver_batch_take_rows(window->batch, rows);
    for (guint i = before; i < rows->len; i++)
        window->counts[g_array_index(rows, struct machine_row, i).state]++;
    if (!winver_machine_model_append(model) && may_refresh(window)) {
        gint64 start = g_get_monotonic_time();

        winver_machine_view_refresh(window->view);
        window->refreshed = g_get_monotonic_time();
        window->refresh_cost = window->refreshed - start;
    }
    if (!before && !winver_machine_view_get_n_selected(window->view))
        select_first(window);
    update_problems(window);
    update_status(window);
    update_busy(window);
}

static gboolean on_take_timer(gpointer data)
{
    take(data);
    return G_SOURCE_CONTINUE;
}

static void on_batch_finished(WinverMachines *window)
{
    g_clear_handle_id(&window->take_timer, g_source_remove);
    take(window);
    if (winver_batch_was_cancelled(window->batch))
        tell(window, "Reading was cancelled: these are the machines up to there.");
    if (winver_machine_model_get_rows(model_of(window))->len == 0) {
        GtkTextBuffer *buffer = gtk_text_view_get_buffer(window->problems_text);
        g_autofree char *text = NULL;

        g_object_get(buffer, "text", &text, NULL);
        winver_machine_pane_show_hint(window->pane, text[0] ? text : "There is no machine in it.");
    }
}

static void cancel(WinverMachines *window)
{
    winver_batch_cancel(window->batch);
    if (window->export_cancel)
        g_cancellable_cancel(window->export_cancel);
}

/* ---- Filter ----------------------------------------------------------------------------- */

static void on_filter_changed(WinverMachines *window)
{
    int chosen = gtk_combo_box_get_active(GTK_COMBO_BOX(window->states));

    if (!window->batch)
        return;
    winver_machine_model_set_filter(model_of(window), gtk_entry_get_text(window->search),
                                    chosen > 0 ? states[chosen - 1] : STATE_NONE);
    winver_machine_view_refresh(window->view);
    update_status(window);
}

static void on_stop_search(WinverMachines *window)
{
    gtk_entry_set_text(window->search, "");
    gtk_widget_grab_focus(GTK_WIDGET(window->view));
}

static void on_search_activated(WinverMachines *window)
{
    gtk_widget_grab_focus(GTK_WIDGET(window->view));
    if (!winver_machine_view_get_n_selected(window->view))
        select_first(window);
}

/* Typing in the list goes to the filter. */
static gboolean on_view_key(WinverMachines *window, GdkEvent *event)
{
    gunichar typed = gdk_keyval_to_unicode(event->key.keyval);

    if (event->key.state & (gtk_accelerator_get_default_mod_mask() & ~GDK_SHIFT_MASK) ||
        !g_unichar_isgraph(typed))
        return GDK_EVENT_PROPAGATE;
    gtk_entry_grab_focus_without_selecting(window->search);
    gtk_editable_set_position(GTK_EDITABLE(window->search), -1);
    return gtk_widget_event(GTK_WIDGET(window->search), event);
}

static void focus_search(WinverMachines *window)
{
    gtk_widget_grab_focus(GTK_WIDGET(window->search));
}

/* ---- Copy and export -------------------------------------------------------------------- */

static void copy_rows(WinverMachines *window)
{
    GtkClipboard *clipboard = gtk_widget_get_clipboard(GTK_WIDGET(window), GDK_SELECTION_CLIPBOARD);
    guint n = winver_machine_view_get_n_selected(window->view);
    g_autofree char *number = summary_number(n);
    g_autofree char *text = NULL;
    g_autofree char *told = NULL;

    if (!n)
        return;
    text = winver_machine_view_copy(window->view);
    gtk_clipboard_set_text(clipboard, text, -1);
    gtk_clipboard_set_can_store(clipboard, NULL, 0);
    told = g_strdup_printf("%s row%s copied", number, n == 1 ? "" : "s");
    tell(window, told);
}

static void copy(WinverMachines *window)
{
    if (!shell_copy_selection(GTK_WINDOW(window)))
        copy_rows(window);
}

static void on_exported(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(WinverMachines) window = data;
    g_autoptr(GError) error = NULL;
    gboolean done = machine_export_finish(result, &error);

    (void)source;
    g_clear_object(&window->export_cancel);
    g_clear_handle_id(&window->export_timer, g_source_remove);
    if (!window->batch)
        return;
    tell(window, done ? "Exported" : error->message);
    update_status(window);
    update_busy(window);
}

static GArray *shown_rows(WinverMachines *window)
{
    WinverMachineModel *model = model_of(window);
    guint n = winver_machine_model_get_n_shown(model);
    GArray *rows = g_array_sized_new(FALSE, FALSE, sizeof(struct machine_row), n);

    for (guint i = 0; i < n; i++)
        g_array_append_vals(rows, winver_machine_model_get_shown(model, i), 1);
    return rows;
}

static gboolean on_export_timer(gpointer data)
{
    update_busy(data);
    return G_SOURCE_CONTINUE;
}

static void export_to(GtkWindow *parent, const char *path)
{
    WinverMachines *window = WINVER_MACHINES(parent);
    g_autoptr(GArray) rows = NULL;

    if (window->export_cancel)
        return;
    rows = shown_rows(window);
    tell(window, "");
    window->export_cancel = g_cancellable_new();
    machine_export_async(window->batch, rows, report_format_by_name(export_format_of(path)), path,
                         window->export_cancel, on_exported, g_object_ref(window));
    window->export_timer = g_timeout_add(TAKE_INTERVAL_MS, on_export_timer, window);
    update_status(window);
    update_busy(window);
}

static void choose_export(WinverMachines *window)
{
    if (gtk_widget_get_sensitive(window->export))
        export_dialog_open(GTK_WINDOW(window), export_to);
}

/* ---- Keys, theme, size ------------------------------------------------------------------ */

static void choose_file(WinverMachines *window)
{
    opening_choose_files(GTK_WINDOW(window), window->settings);
}

static void choose_folder(WinverMachines *window)
{
    opening_choose_folder(GTK_WINDOW(window), window->settings);
}

static void choose_list(WinverMachines *window)
{
    opening_choose_list(GTK_WINDOW(window), window->settings);
}

static void close_window(WinverMachines *window)
{
    gtk_window_close(GTK_WINDOW(window));
}

static const struct {
    guint key;
    GdkModifierType modifiers;
    void (*act)(WinverMachines *window);
} keys[] = {
    {GDK_KEY_o, GDK_CONTROL_MASK, choose_file},
    {GDK_KEY_o, GDK_CONTROL_MASK | GDK_SHIFT_MASK, choose_folder},
    {GDK_KEY_l, GDK_CONTROL_MASK, choose_list},
    {GDK_KEY_f, GDK_CONTROL_MASK, focus_search},
    {GDK_KEY_c, GDK_CONTROL_MASK, copy},
    {GDK_KEY_Insert, GDK_CONTROL_MASK, copy},
    {GDK_KEY_s, GDK_CONTROL_MASK, choose_export},
    {GDK_KEY_w, GDK_CONTROL_MASK, close_window},
};

static void add_keys(WinverMachines *window)
{
    g_autoptr(GtkAccelGroup) group = gtk_accel_group_new();

    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        gtk_accel_group_connect(
            group, keys[i].key, keys[i].modifiers, 0,
            g_cclosure_new_object_swap(G_CALLBACK(keys[i].act), G_OBJECT(window)));
    gtk_window_add_accel_group(GTK_WINDOW(window), group);
}

/* Our own style sheet beside that of all windows, once. */
static void load_style(void)
{
    static gsize loaded;

    if (g_once_init_enter(&loaded)) {
        g_autoptr(GtkCssProvider) provider = gtk_css_provider_new();

        gtk_css_provider_load_from_resource(provider, "/org/winver6003/ui/machines.css");
        gtk_style_context_add_provider_for_screen(gdk_screen_get_default(),
                                                  GTK_STYLE_PROVIDER(provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
        g_once_init_leave(&loaded, 1);
    }
}

/* On a narrow screen the details stand below the list. */
#define BESIDE_WIDTH 1000

static void fit_on_screen(WinverMachines *window)
{
    GdkRectangle area = shell_work_area(GTK_WIDGET(window));
    int width, height;

    gtk_window_get_default_size(GTK_WINDOW(window), &width, &height);
    width = MIN(width, area.width);
    height = MIN(height, area.height);
    gtk_window_set_default_size(GTK_WINDOW(window), width, height);
    if (width < BESIDE_WIDTH) {
        gtk_orientable_set_orientation(GTK_ORIENTABLE(window->paned), GTK_ORIENTATION_VERTICAL);
        gtk_paned_set_position(window->paned, height * 40 / 100);
        winver_machine_pane_set_low(window->pane, TRUE);
    } else {
        gtk_paned_set_position(window->paned, width * 66 / 100);
    }
}

static void winver_machines_style_updated(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(winver_machines_parent_class)->style_updated(widget);
    shell_classify_theme(widget);
}

static void winver_machines_dispose(GObject *object)
{
    WinverMachines *window = WINVER_MACHINES(object);

    if (window->batch) {
        g_signal_handlers_disconnect_by_data(
            gtk_tree_view_get_selection(GTK_TREE_VIEW(window->view)), window);
        cancel(window);
    }
    g_clear_handle_id(&window->take_timer, g_source_remove);
    g_clear_handle_id(&window->select_timer, g_source_remove);
    g_clear_handle_id(&window->feedback_timer, g_source_remove);
    g_clear_handle_id(&window->export_timer, g_source_remove);
    G_OBJECT_CLASS(winver_machines_parent_class)->dispose(object);
    /* The list has shown its text. */
    g_clear_object(&window->batch);
    g_clear_pointer(&window->problems, g_ptr_array_unref);
}

static void winver_machines_class_init(WinverMachinesClass *class)
{
    GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);

    G_OBJECT_CLASS(class)->dispose = winver_machines_dispose;
    widget->style_updated = winver_machines_style_updated;
    g_type_ensure(WINVER_TYPE_MACHINE_VIEW);
    g_type_ensure(WINVER_TYPE_MACHINE_PANE);
    gtk_widget_class_set_template_from_resource(widget, "/org/winver6003/ui/machines.ui");
    gtk_widget_class_bind_template_child(widget, WinverMachines, view);
    gtk_widget_class_bind_template_child(widget, WinverMachines, pane);
    gtk_widget_class_bind_template_child(widget, WinverMachines, search);
    gtk_widget_class_bind_template_child(widget, WinverMachines, states);
    gtk_widget_class_bind_template_child(widget, WinverMachines, paned);
    gtk_widget_class_bind_template_child(widget, WinverMachines, status);
    gtk_widget_class_bind_template_child(widget, WinverMachines, feedback);
    gtk_widget_class_bind_template_child(widget, WinverMachines, problems_label);
    gtk_widget_class_bind_template_child(widget, WinverMachines, problems_text);
    gtk_widget_class_bind_template_child(widget, WinverMachines, problems_button);
    gtk_widget_class_bind_template_child(widget, WinverMachines, busy_bar);
    gtk_widget_class_bind_template_child(widget, WinverMachines, nothing);
    gtk_widget_class_bind_template_child(widget, WinverMachines, busy);
    gtk_widget_class_bind_template_child(widget, WinverMachines, copy);
    gtk_widget_class_bind_template_child(widget, WinverMachines, export);
    gtk_widget_class_bind_template_callback(widget, on_filter_changed);
    gtk_widget_class_bind_template_callback(widget, on_stop_search);
    gtk_widget_class_bind_template_callback(widget, on_search_activated);
    gtk_widget_class_bind_template_callback(widget, on_row_activated);
    gtk_widget_class_bind_template_callback(widget, on_view_key);
    gtk_widget_class_bind_template_callback(widget, cancel);
    gtk_widget_class_bind_template_callback(widget, choose_file);
    gtk_widget_class_bind_template_callback(widget, copy_rows);
    gtk_widget_class_bind_template_callback(widget, choose_export);
    gtk_widget_class_bind_template_callback(widget, close_window);
}

static void winver_machines_init(WinverMachines *window)
{
    load_style();
    gtk_widget_init_template(GTK_WIDGET(window));
    gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(window)), "winver");
    window->problems = g_ptr_array_new_with_free_func(g_free);
    window->shown = -1;
    gtk_combo_box_text_append_text(window->states, "All states");
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
        gtk_combo_box_text_append_text(window->states, verdict_state_word(states[i]));
    gtk_combo_box_set_active(GTK_COMBO_BOX(window->states), 0);
    g_signal_connect_swapped(gtk_tree_view_get_selection(GTK_TREE_VIEW(window->view)), "changed",
                             G_CALLBACK(on_selection_changed), window);
    add_keys(window);
    fit_on_screen(window);
    shell_count(GTK_WINDOW(window));
}

WinverMachines *winver_machines_new(const WinverSettings *settings, WinverBatch *batch)
{
    WinverMachines *window = g_object_new(WINVER_TYPE_MACHINES, NULL);
    g_autofree char *title = g_strdup_printf("Machines: %s", winver_batch_get_title(batch));

    window->settings = settings;
    window->batch = g_object_ref(batch);
    gtk_window_set_title(GTK_WINDOW(window), title);
    opening_accept_drops(GTK_WINDOW(window), settings);
    shell_set_icon();
    show_selected(window);
    gtk_widget_grab_focus(GTK_WIDGET(window->view));
    if (winver_batch_is_finished(batch)) {
        on_batch_finished(window);
    } else {
        g_signal_connect_object(batch, "finished", G_CALLBACK(on_batch_finished), window,
                                G_CONNECT_SWAPPED);
        window->take_timer = g_timeout_add(TAKE_INTERVAL_MS, on_take_timer, window);
        take(window);
    }
    return window;
}
