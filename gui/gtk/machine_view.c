/* Columns, selection and text of the list.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machine_view.h"

#include "core/report/parts.h"
#include "state_cell.h"

struct _WinverMachineView {
    GtkTreeView parent;
    WinverMachineModel *model;
};

G_DEFINE_TYPE(WinverMachineView, winver_machine_view, GTK_TYPE_TREE_VIEW)

/* Widths in characters, for the text that they usually hold. */
static const struct {
    int chars;
    float align;
} shapes[LIST_COLUMNS] = {
    [LIST_STATE] = {20, 0},    [LIST_NAME] = {16, 0},     [LIST_PRODUCT] = {32, 0},
    [LIST_BUILD] = {9, 1},     [LIST_REVISION] = {13, 1}, [LIST_LEVEL] = {16, 0},
    [LIST_HEADLINE] = {40, 0},
};

/* Between the edges of a column and its text, on each side. */
#define COLUMN_PADDING 6

static int char_width(GtkWidget *widget)
{
    PangoFontMetrics *metrics =
        pango_context_get_metrics(gtk_widget_get_pango_context(widget), NULL, NULL);
    int width = pango_font_metrics_get_approximate_char_width(metrics);

    pango_font_metrics_unref(metrics);
    return PANGO_PIXELS_CEIL(width);
}

static void add_column(GtkTreeView *tree, enum list_column at, int width)
{
    GtkTreeViewColumn *column = gtk_tree_view_column_new();
    GtkCellRenderer *cell = at == LIST_STATE ? g_object_new(WINVER_TYPE_STATE_CELL, NULL)
                                             : gtk_cell_renderer_text_new();

    g_object_set(cell, "xalign", shapes[at].align, "xpad", COLUMN_PADDING, NULL);
    if (at != LIST_STATE)
        g_object_set(cell, "ellipsize",
                     at == LIST_NAME ? PANGO_ELLIPSIZE_START : PANGO_ELLIPSIZE_END, NULL);
    gtk_tree_view_column_set_title(column, list_column_title(at));
    gtk_tree_view_column_set_alignment(column, shapes[at].align);
    gtk_tree_view_column_pack_start(column, cell, TRUE);
    gtk_tree_view_column_add_attribute(column, cell, "text", (int)at);
    if (at == LIST_STATE)
        gtk_tree_view_column_add_attribute(column, cell, "state", MODEL_STATE);
    gtk_tree_view_column_set_sizing(column, GTK_TREE_VIEW_COLUMN_FIXED);
    gtk_tree_view_column_set_fixed_width(column, width * shapes[at].chars + 2 * COLUMN_PADDING);
    gtk_tree_view_column_set_resizable(column, TRUE);
    gtk_tree_view_column_set_expand(column, at == LIST_HEADLINE);
    gtk_tree_view_column_set_sort_column_id(column, (int)at);
    gtk_tree_view_append_column(tree, column);
}

static void winver_machine_view_finalize(GObject *object)
{
    g_object_unref(WINVER_MACHINE_VIEW(object)->model);
    G_OBJECT_CLASS(winver_machine_view_parent_class)->finalize(object);
}

static void winver_machine_view_class_init(WinverMachineViewClass *class)
{
    G_OBJECT_CLASS(class)->finalize = winver_machine_view_finalize;
}

static void winver_machine_view_init(WinverMachineView *view)
{
    GtkTreeView *tree = GTK_TREE_VIEW(view);
    int width = char_width(GTK_WIDGET(view));

    view->model = winver_machine_model_new();
    for (int column = 0; column < LIST_COLUMNS; column++)
        add_column(tree, (enum list_column)column, width);
    gtk_tree_view_set_fixed_height_mode(tree, TRUE);
    /* The entry above the list looks through all columns. */
    gtk_tree_view_set_enable_search(tree, FALSE);
    gtk_tree_selection_set_mode(gtk_tree_view_get_selection(tree), GTK_SELECTION_MULTIPLE);
    gtk_tree_view_set_model(tree, GTK_TREE_MODEL(view->model));
}

WinverMachineModel *winver_machine_view_get_model(WinverMachineView *view)
{
    return view->model;
}

/* ---- What stays when the rows change ---------------------------------------------------- */

struct kept {
    GHashTable *selected; /* numbers of machines, + 1 */
    int cursor, top;      /* machines; -1 for none */
};

static int machine_of(WinverMachineView *view, GtkTreePath *path)
{
    return path ? (int)winver_machine_model_get_index(view->model,
                                                      (guint)gtk_tree_path_get_indices(path)[0])
                : -1;
}

static void keep_selected(GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, gpointer data)
{
    struct kept *kept = data;
    guint index = winver_machine_model_get_index(WINVER_MACHINE_MODEL(model),
                                                 GPOINTER_TO_UINT(iter->user_data));

    (void)path;
    g_hash_table_add(kept->selected, GUINT_TO_POINTER(index + 1));
}

static void keep(WinverMachineView *view, struct kept *kept)
{
    GtkTreeView *tree = GTK_TREE_VIEW(view);
    g_autoptr(GtkTreePath) cursor = NULL;
    g_autoptr(GtkTreePath) top = NULL;

    kept->selected = g_hash_table_new(NULL, NULL);
    gtk_tree_selection_selected_foreach(gtk_tree_view_get_selection(tree), keep_selected, kept);
    gtk_tree_view_get_cursor(tree, &cursor, NULL);
    gtk_tree_view_get_visible_range(tree, &top, NULL);
    kept->cursor = machine_of(view, cursor);
    kept->top = machine_of(view, top);
}

static GtkTreePath *path_of(WinverMachineView *view, int machine)
{
    int at = machine < 0 ? -1 : winver_machine_model_find_index(view->model, (guint)machine);

    return at < 0 ? NULL : gtk_tree_path_new_from_indices(at, -1);
}

static void select_range(WinverMachineView *view, guint first, guint last)
{
    g_autoptr(GtkTreePath) from = gtk_tree_path_new_from_indices((int)first, -1);
    g_autoptr(GtkTreePath) to = gtk_tree_path_new_from_indices((int)last, -1);

    gtk_tree_selection_select_range(gtk_tree_view_get_selection(GTK_TREE_VIEW(view)), from, to);
}

static void select_again(WinverMachineView *view, GHashTable *selected)
{
    guint n = winver_machine_model_get_n_shown(view->model);
    guint first = n;

    if (!g_hash_table_size(selected))
        return;
    for (guint at = 0; at < n; at++) {
        guint index = winver_machine_model_get_index(view->model, at);

        if (!g_hash_table_contains(selected, GUINT_TO_POINTER(index + 1))) {
            if (first < at)
                select_range(view, first, at - 1);
            first = n;
        } else if (first == n) {
            first = at;
        }
    }
    if (first < n)
        select_range(view, first, n - 1);
}

static void restore(WinverMachineView *view, const struct kept *kept)
{
    GtkTreeView *tree = GTK_TREE_VIEW(view);
    g_autoptr(GtkTreePath) cursor = path_of(view, kept->cursor);
    g_autoptr(GtkTreePath) top = path_of(view, kept->top);

    if (cursor) {
        gtk_tree_view_set_cursor(tree, cursor, NULL, FALSE);
        gtk_tree_selection_unselect_all(gtk_tree_view_get_selection(tree));
    }
    select_again(view, kept->selected);
    if (top)
        gtk_tree_view_scroll_to_cell(tree, top, NULL, TRUE, 0, 0);
    if (cursor)
        gtk_tree_view_scroll_to_cell(tree, cursor, NULL, FALSE, 0, 0);
    g_hash_table_unref(kept->selected);
}

void winver_machine_view_refresh(WinverMachineView *view)
{
    GtkTreeView *tree = GTK_TREE_VIEW(view);
    struct kept kept;

    keep(view, &kept);
    /* Without its model a tree view is not told of each row that comes or goes, nor is what reads
     * the screen aloud. */
    gtk_tree_view_set_model(tree, NULL);
    winver_machine_model_refresh(view->model);
    gtk_tree_view_set_model(tree, GTK_TREE_MODEL(view->model));
    restore(view, &kept);
}

/* ---- Selection -------------------------------------------------------------------------- */

guint winver_machine_view_get_n_selected(WinverMachineView *view)
{
    GtkTreeSelection *selection = gtk_tree_view_get_selection(GTK_TREE_VIEW(view));

    return (guint)gtk_tree_selection_count_selected_rows(selection);
}

int winver_machine_view_get_selected(WinverMachineView *view)
{
    GtkTreeSelection *selection = gtk_tree_view_get_selection(GTK_TREE_VIEW(view));
    GList *paths;
    int at;

    if (winver_machine_view_get_n_selected(view) != 1)
        return -1;
    paths = gtk_tree_selection_get_selected_rows(selection, NULL);
    at = gtk_tree_path_get_indices(paths->data)[0];
    g_list_free_full(paths, (GDestroyNotify)gtk_tree_path_free);
    return at;
}

static void copy_row(GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, gpointer data)
{
    const struct machine_row *row = winver_machine_model_get_shown(
        WINVER_MACHINE_MODEL(model), GPOINTER_TO_UINT(iter->user_data));
    GString *text = data;
    char number[ROW_NUMBER_SIZE];

    (void)path;
    for (int column = 0; column < LIST_COLUMNS; column++) {
        const char *cell = machine_row_text(row, (enum list_column)column, number);

        /* Most of this ends up in a spreadsheet. */
        g_string_append_printf(text, "%s%s%s", column ? "\t" : "", part_is_formula(cell) ? "'" : "",
                               cell);
    }
    g_string_append_c(text, '\n');
}

char *winver_machine_view_copy(WinverMachineView *view)
{
    GString *text = g_string_new(NULL);

    for (int column = 0; column < LIST_COLUMNS; column++)
        g_string_append_printf(text, "%s%s", column ? "\t" : "",
                               list_column_title((enum list_column)column));
    g_string_append_c(text, '\n');
    gtk_tree_selection_selected_foreach(gtk_tree_view_get_selection(GTK_TREE_VIEW(view)), copy_row,
                                        text);
    return g_string_free(text, FALSE);
}
