/* A GTK module that works a list of machines as fast as frames come and times it, loaded into the
 * program from outside (GTK_MODULES) by tests/bench/bench_list.py.
 *
 *   STRAIN_ROWS=NUMBER   begin once the list has so many rows
 *
 * Writes lines "what milliseconds processor-milliseconds", one for each thing done, and ends the
 * program. A scrolled frame counts from the start of its layout to the end of its painting. A key
 * or a press on a title counts from the key to the end of the first frame that shows what came of
 * it. The second number is the processor time of the main thread meanwhile: what other programs do
 * at the same time does not count in it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

void gtk_module_init(int *argc, char ***argv);

#define SCROLLS 200
#define REPEATS 6
/* GtkSearchEntry tells of what is typed after a pause; the next thing is done after that. */
#define PAUSE_MS 400

/* Microseconds. */
struct moment {
    gint64 time, processor;
};

static struct {
    GtkTreeView *list;
    GtkEntry *search;
    GdkFrameClock *clock;
    struct moment painting; /* since when the frame is laid out and painted */
    int scrolled;
    int step;
    struct moment done_at; /* when the last thing was done, until it is on the screen; else 0 */
    const char *doing;
    gint64 gap_from; /* the main loop's last turn */
    gint64 gap;      /* the longest time between two turns while rows came in */
} strain;

static const char *const words[] = {"s", "sr", "srv-9", "enterprise", "6002 24565", ""};

static double milliseconds(gint64 microseconds)
{
    return (double)microseconds / 1000;
}

static struct moment now(void)
{
    struct timespec processor;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &processor);
    return (struct moment){g_get_monotonic_time(),
                           processor.tv_sec * G_USEC_PER_SEC + processor.tv_nsec / 1000};
}

static void tell(const char *what, const struct moment *since)
{
    struct moment end = now();

    printf("%s %.3f %.3f\n", what, milliseconds(end.time - since->time),
           milliseconds(end.processor - since->processor));
}

static void find(GtkWidget *widget, gpointer data)
{
    (void)data;
    if (GTK_IS_TREE_VIEW(widget))
        strain.list = GTK_TREE_VIEW(widget);
    if (GTK_IS_SEARCH_ENTRY(widget))
        strain.search = GTK_ENTRY(widget);
    if (GTK_IS_CONTAINER(widget))
        gtk_container_forall(GTK_CONTAINER(widget), find, NULL);
}

static void on_before_paint(void)
{
    strain.painting = now();
}

static void on_after_paint(void)
{
    gdk_display_sync(gdk_display_get_default());
    if (strain.scrolled > 0 && strain.scrolled <= SCROLLS)
        tell("scroll", &strain.painting);
    if (strain.done_at.time) {
        tell(strain.doing, &strain.done_at);
        strain.done_at.time = 0;
    }
}

static void press_title(int column)
{
    gtk_tree_view_column_clicked(gtk_tree_view_get_column(strain.list, column));
}

/* One thing after another, REPEATS times all of them. */
static gboolean next_step(gpointer data)
{
    const int n_words = (int)G_N_ELEMENTS(words);
    const int n_columns = (int)gtk_tree_view_get_n_columns(strain.list);
    int step = strain.step++ % (n_words + n_columns);

    (void)data;
    if (strain.step > REPEATS * (n_words + n_columns)) {
        fflush(stdout);
        _exit(0);
    }
    if (step < n_words) {
        /* As if the pause after the last key were over. */
        gtk_entry_set_text(strain.search, words[step]);
        strain.doing = "filter";
        strain.done_at = now();
        g_signal_emit_by_name(strain.search, "search-changed");
    } else {
        strain.doing = "sort";
        strain.done_at = now();
        press_title(step - n_words);
    }
    gtk_widget_queue_draw(GTK_WIDGET(strain.list));
    return G_SOURCE_CONTINUE;
}

/* By more than a page each frame, so that no row is there from the last one. */
static gboolean on_tick(GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
    GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(strain.list));
    double page = gtk_adjustment_get_page_size(adjustment);
    double last = gtk_adjustment_get_upper(adjustment) - page;

    (void)widget;
    (void)clock;
    (void)data;
    if (++strain.scrolled > SCROLLS) {
        g_timeout_add(PAUSE_MS, next_step, NULL);
        return G_SOURCE_REMOVE;
    }
    gtk_adjustment_set_value(adjustment, last * ((strain.scrolled * 37) % 100) / 100);
    return G_SOURCE_CONTINUE;
}

/* Every 5 ms: finds the list, and times the main loop until all rows are in it. */
static gboolean watch(gpointer data)
{
    int rows = atoi(g_getenv("STRAIN_ROWS"));
    gint64 turn = g_get_monotonic_time();

    (void)data;
    if (!strain.list) {
        g_autoptr(GList) windows = gtk_window_list_toplevels();

        for (GList *at = windows; at; at = at->next)
            if (gtk_widget_get_mapped(at->data))
                find(at->data, NULL);
        strain.gap_from = turn;
        return G_SOURCE_CONTINUE;
    }
    strain.gap = MAX(strain.gap, turn - strain.gap_from);
    strain.gap_from = turn;
    if (!gtk_tree_view_get_model(strain.list) ||
        gtk_tree_model_iter_n_children(gtk_tree_view_get_model(strain.list), NULL) < rows)
        return G_SOURCE_CONTINUE;
    printf("full %.3f 0\n", milliseconds(turn));
    printf("stall %.3f 0\n", milliseconds(strain.gap));
    strain.clock = gtk_widget_get_frame_clock(GTK_WIDGET(strain.list));
    g_signal_connect(strain.clock, "before-paint", G_CALLBACK(on_before_paint), NULL);
    g_signal_connect(strain.clock, "after-paint", G_CALLBACK(on_after_paint), NULL);
    gtk_widget_add_tick_callback(GTK_WIDGET(strain.list), on_tick, NULL, NULL);
    return G_SOURCE_REMOVE;
}

G_MODULE_EXPORT void gtk_module_init(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    g_timeout_add(5, watch, NULL);
}
