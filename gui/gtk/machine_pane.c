/* Fills the pane beside a list.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machine_pane.h"

#include "core/report/parts.h"
#include "details.h"
#include "gui/common/summary.h"
#include "picture.h"

/* Most machines are read within this time: waiting for it spares a flash of "Reading". */
#define PATIENCE_US 15000
/* Between the list and the verdict below it. */
#define LOW_MARGIN 6
/* Text that may wrap asks for the height that it has at its narrowest, which is this. */
#define LINE_CHARS 24

enum {
    LINE_NAME,
    LINE_PRODUCT,
    LINE_VERSION,
    LINE_REVISION,
    LINE_LAB,
    LINE_OWNER,
    LINE_MEMORY,
    N_LINES
};

static const char *const titles[N_LINES] = {
    [LINE_NAME] = "Name",         [LINE_PRODUCT] = "Product", [LINE_VERSION] = "Windows",
    [LINE_REVISION] = "Revision", [LINE_LAB] = "Build lab",   [LINE_OWNER] = "Licensed to",
    [LINE_MEMORY] = "Memory",
};

struct _WinverMachinePane {
    GtkStack parent;
    WinverJob *job;          /* NULL while a hint is shown */
    const char *state_class; /* of the strip; NULL before the first */
    GtkWidget *strip;
    GtkLabel *hint, *word, *headline;
    WinverPicture *icon;
    GtkGrid *lines;
    GtkLabel *line_titles[N_LINES], *line_texts[N_LINES];
    WinverDetails *details;
};

G_DEFINE_TYPE(WinverMachinePane, winver_machine_pane, GTK_TYPE_STACK)

static void forget_job(WinverMachinePane *pane)
{
    if (!pane->job)
        return;
    g_signal_handlers_disconnect_by_data(pane->job, pane);
    winver_job_cancel(pane->job);
    g_clear_object(&pane->job);
}

static void winver_machine_pane_dispose(GObject *object)
{
    forget_job(WINVER_MACHINE_PANE(object));
    G_OBJECT_CLASS(winver_machine_pane_parent_class)->dispose(object);
}

static void winver_machine_pane_class_init(WinverMachinePaneClass *class)
{
    GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);

    G_OBJECT_CLASS(class)->dispose = winver_machine_pane_dispose;
    g_type_ensure(WINVER_TYPE_PICTURE);
    g_type_ensure(WINVER_TYPE_DETAILS);
    gtk_widget_class_set_template_from_resource(widget, "/org/winver6003/ui/machine-pane.ui");
    gtk_widget_class_bind_template_child(widget, WinverMachinePane, hint);
    gtk_widget_class_bind_template_child(widget, WinverMachinePane, strip);
    gtk_widget_class_bind_template_child(widget, WinverMachinePane, icon);
    gtk_widget_class_bind_template_child(widget, WinverMachinePane, word);
    gtk_widget_class_bind_template_child(widget, WinverMachinePane, headline);
    gtk_widget_class_bind_template_child(widget, WinverMachinePane, lines);
    gtk_widget_class_bind_template_child(widget, WinverMachinePane, details);
}

static void add_line(WinverMachinePane *pane, int at)
{
    GtkWidget *title = gtk_label_new(titles[at]);
    GtkWidget *text = gtk_label_new(NULL);

    gtk_style_context_add_class(gtk_widget_get_style_context(title), "row-title");
    gtk_label_set_xalign(GTK_LABEL(title), 0);
    gtk_widget_set_valign(title, GTK_ALIGN_START);
    gtk_label_set_xalign(GTK_LABEL(text), 0);
    gtk_label_set_selectable(GTK_LABEL(text), TRUE);
    gtk_label_set_line_wrap(GTK_LABEL(text), TRUE);
    gtk_label_set_line_wrap_mode(GTK_LABEL(text), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_width_chars(GTK_LABEL(text), LINE_CHARS);
    gtk_label_set_mnemonic_widget(GTK_LABEL(title), text);
    gtk_widget_set_hexpand(text, TRUE);
    gtk_grid_attach(pane->lines, text, 1, at, 1, 1);
    gtk_grid_attach(pane->lines, title, 0, at, 1, 1);
    pane->line_titles[at] = GTK_LABEL(title);
    pane->line_texts[at] = GTK_LABEL(text);
}

static void winver_machine_pane_init(WinverMachinePane *pane)
{
    gtk_widget_init_template(GTK_WIDGET(pane));
    /* What is added last is read aloud first. */
    for (int line = N_LINES - 1; line >= 0; line--)
        add_line(pane, line);
}

/* A line that has nothing to say is left out. */
static void set_line(WinverMachinePane *pane, int at, const char *text)
{
    gtk_label_set_text(pane->line_texts[at], text ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(pane->line_texts[at]), text && text[0]);
    gtk_widget_set_visible(GTK_WIDGET(pane->line_titles[at]), text && text[0]);
}

static void show_verdict(WinverMachinePane *pane, const struct assessment *assessment)
{
    GtkStyleContext *style = gtk_widget_get_style_context(pane->strip);
    const char *state = verdict_state_name(assessment->state);
    const char *word = verdict_state_word(assessment->state);
    g_autofree char *icon = g_strdup_printf("winver6003-%s-symbolic", state);

    if (pane->state_class)
        gtk_style_context_remove_class(style, pane->state_class);
    gtk_style_context_add_class(style, state);
    pane->state_class = state;
    winver_picture_set_art(pane->icon, icon);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(pane->icon)), word);
    gtk_label_set_text(pane->word, word);
    gtk_label_set_text(pane->headline, assessment->headline);
}

static char *owner_line(const struct assessment *assessment)
{
    const char *owner = part_value(assessment->identity.owner);
    const char *organization = part_value(assessment->identity.organization);

    if (owner && organization)
        return g_strdup_printf("%s, %s", owner, organization);
    return g_strdup(owner ? owner : organization);
}

static char *memory_line(const struct assessment *assessment)
{
    const struct fact *memory = assessment->identity.memory_kb;
    g_autofree char *number = NULL;

    if (!memory || memory->number < 0)
        return NULL;
    number = summary_number(memory->number);
    return g_strdup_printf("%s KB", number);
}

static void show_machine(WinverMachinePane *pane)
{
    const struct machine *machine = winver_job_get_machine(pane->job);
    const struct assessment *assessment = winver_job_get_assessment(pane->job);
    g_autofree char *revision = summary_revision(machine, assessment);
    g_autofree char *owner = owner_line(assessment);
    g_autofree char *memory = memory_line(assessment);

    show_verdict(pane, assessment);
    set_line(pane, LINE_NAME, part_name(machine, assessment));
    set_line(pane, LINE_PRODUCT, part_product(assessment));
    set_line(pane, LINE_VERSION, assessment->display);
    set_line(pane, LINE_REVISION, revision);
    set_line(pane, LINE_LAB, assessment->lab ? assessment->lab->value : NULL);
    set_line(pane, LINE_OWNER, owner);
    set_line(pane, LINE_MEMORY, memory);
    winver_details_show(pane->details, pane->job);
    gtk_stack_set_visible_child_name(GTK_STACK(pane), "machine");
}

static void on_finished(WinverMachinePane *pane, WinverJob *job)
{
    if (job != pane->job)
        return;
    if (winver_job_get_assessment(job)) {
        show_machine(pane);
    } else {
        gtk_label_set_text(pane->hint, winver_job_get_message(job));
        gtk_stack_set_visible_child_name(GTK_STACK(pane), "hint");
    }
}

void winver_machine_pane_show(WinverMachinePane *pane, WinverJob *job)
{
    g_autofree char *text = NULL;

    g_object_ref(job);
    forget_job(pane);
    pane->job = job;
    if (winver_job_wait(job, PATIENCE_US)) {
        on_finished(pane, job);
        return;
    }
    g_signal_connect_object(job, "finished", G_CALLBACK(on_finished), pane, G_CONNECT_SWAPPED);
    text = g_strdup_printf("Reading %s", winver_job_get_title(job));
    gtk_label_set_text(pane->hint, text);
    gtk_stack_set_visible_child_name(GTK_STACK(pane), "hint");
}

void winver_machine_pane_set_low(WinverMachinePane *pane, gboolean low)
{
    gtk_widget_set_visible(GTK_WIDGET(pane->lines), !low);
    /* Under the list rather than beside it. */
    gtk_widget_set_margin_top(GTK_WIDGET(pane), low ? LOW_MARGIN : 0);
}

void winver_machine_pane_show_hint(WinverMachinePane *pane, const char *text)
{
    forget_job(pane);
    gtk_label_set_text(pane->hint, text);
    gtk_stack_set_visible_child_name(GTK_STACK(pane), "hint");
}
