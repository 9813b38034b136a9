/* The notebook of detail pages.
 *
 * SPDX-License-Identifier: MIT
 */
#include "details.h"

enum { PAGE_FINDINGS, PAGE_FACTS, PAGE_PLAN, PAGE_EVIDENCE, N_PAGES };

struct _WinverDetails {
    GtkNotebook parent;
    GtkTextView *views[N_PAGES];
    gboolean written[N_PAGES];
    WinverJob *job; /* NULL before the first */
};

G_DEFINE_TYPE(WinverDetails, winver_details, GTK_TYPE_NOTEBOOK)

static void (*const writers[N_PAGES])(const struct pages_sink *sink, const struct machine *machine,
                                      const struct assessment *assessment) = {
    [PAGE_FINDINGS] = pages_write_findings,
    [PAGE_FACTS] = pages_write_facts,
    [PAGE_PLAN] = pages_write_plan,
    [PAGE_EVIDENCE] = pages_write_evidence,
};

static void write_page(WinverDetails *details, int page)
{
    GtkTextView *view = details->views[page];
    g_autoptr(GtkTextBuffer) buffer = NULL;
    struct pages_sink sink;
    GtkTextIter start;

    if (details->written[page] || !details->job)
        return;
    details->written[page] = TRUE;
    buffer = gtk_text_buffer_new(NULL);
    details_make_tags(buffer, GTK_WIDGET(view));
    sink = details_sink(buffer);
    writers[page](&sink, winver_job_get_machine(details->job),
                  winver_job_get_assessment(details->job));
    gtk_text_buffer_get_start_iter(buffer, &start);
    gtk_text_buffer_place_cursor(buffer, &start);
    gtk_text_view_set_buffer(view, buffer);
}

static void winver_details_switch_page(GtkNotebook *notebook, GtkWidget *child, guint page)
{
    GTK_NOTEBOOK_CLASS(winver_details_parent_class)->switch_page(notebook, child, page);
    if (gtk_widget_get_mapped(GTK_WIDGET(notebook)))
        write_page(WINVER_DETAILS(notebook), (int)page);
}

static void winver_details_map(GtkWidget *widget)
{
    write_page(WINVER_DETAILS(widget), gtk_notebook_get_current_page(GTK_NOTEBOOK(widget)));
    GTK_WIDGET_CLASS(winver_details_parent_class)->map(widget);
}

/* Another theme: the colours of the words change with it. */
static void winver_details_style_updated(GtkWidget *widget)
{
    WinverDetails *details = WINVER_DETAILS(widget);

    GTK_WIDGET_CLASS(winver_details_parent_class)->style_updated(widget);
    for (int page = 0; page < N_PAGES; page++)
        if (details->written[page])
            details_make_tags(gtk_text_view_get_buffer(details->views[page]),
                              GTK_WIDGET(details->views[page]));
}

static void winver_details_dispose(GObject *object)
{
    g_clear_object(&WINVER_DETAILS(object)->job);
    G_OBJECT_CLASS(winver_details_parent_class)->dispose(object);
}

static void winver_details_class_init(WinverDetailsClass *class)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);
    static const char *const views[N_PAGES] = {"findings", "facts", "plan", "evidence"};

    G_OBJECT_CLASS(class)->dispose = winver_details_dispose;
    widget_class->map = winver_details_map;
    widget_class->style_updated = winver_details_style_updated;
    GTK_NOTEBOOK_CLASS(class)->switch_page = winver_details_switch_page;
    gtk_widget_class_set_template_from_resource(widget_class, "/org/winver6003/ui/details.ui");
    for (int page = 0; page < N_PAGES; page++)
        gtk_widget_class_bind_template_child_full(widget_class, views[page], FALSE,
                                                  G_STRUCT_OFFSET(WinverDetails, views) +
                                                      page * (gssize)sizeof(GtkTextView *));
}

/* A text view takes part in every drop, also one that cannot be edited; here files are dropped on
 * the window. It does not survive that its part in dropping is taken away. */
static gboolean leave_drop_to_window(GtkWidget *view)
{
    g_signal_stop_emission_by_name(view, "drag-motion");
    return FALSE;
}

static void winver_details_init(WinverDetails *details)
{
    gtk_widget_init_template(GTK_WIDGET(details));
    gtk_drag_dest_unset(GTK_WIDGET(details));
    for (int page = 0; page < N_PAGES; page++)
        g_signal_connect(details->views[page], "drag-motion", G_CALLBACK(leave_drop_to_window),
                         NULL);
}

void winver_details_show(WinverDetails *details, WinverJob *job)
{
    g_set_object(&details->job, job);
    for (int page = 0; page < N_PAGES; page++)
        details->written[page] = FALSE;
    if (gtk_widget_get_mapped(GTK_WIDGET(details)))
        write_page(details, gtk_notebook_get_current_page(GTK_NOTEBOOK(details)));
}
