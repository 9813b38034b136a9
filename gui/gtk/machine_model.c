/* Filters and sorts machines, and answers for the tree view.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machine_model.h"

#include <string.h>

struct _WinverMachineModel {
    GObject parent;
    GArray *rows;             /* struct machine_row, all, in reading order */
    GArray *shown;            /* guint: positions in rows */
    guint n_seen;             /* of rows, by the last refresh or append */
    char **words;             /* of the filter, case folded */
    enum verdict_state state; /* of the filter */
    int sort_column;          /* enum list_column, or GTK's number for none */
    GtkSortType order;
    int stamp;
};

static void tree_model_init(GtkTreeModelIface *iface);
static void sortable_init(GtkTreeSortableIface *iface);

G_DEFINE_TYPE_WITH_CODE(WinverMachineModel, winver_machine_model, G_TYPE_OBJECT,
                        G_IMPLEMENT_INTERFACE(GTK_TYPE_TREE_MODEL, tree_model_init)
                            G_IMPLEMENT_INTERFACE(GTK_TYPE_TREE_SORTABLE, sortable_init))

static const struct machine_row *row_at(const WinverMachineModel *model, guint index)
{
    return &g_array_index(model->rows, struct machine_row, index);
}

/* ---- Filter ----------------------------------------------------------------------------- */

/* Rows that differ in nothing but the name have one rest_folded: a fleet has a few dozen of them,
 * so each is looked through once. */
struct filter {
    const WinverMachineModel *model;
    GHashTable *rests; /* text -> which words stand in it, as bits + 1 */
};

/* More words than this are no filter that anybody types; they are not looked for. */
#define FILTER_WORDS 16

static guint words_in(char **words, const char *text)
{
    guint found = 0;

    for (guint i = 0; i < FILTER_WORDS && words[i]; i++)
        if (strstr(text, words[i]))
            found |= 1u << i;
    return found;
}

static guint words_in_rest(struct filter *filter, const char *rest)
{
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(filter->rests, rest));

    if (!found) {
        found = words_in(filter->model->words, rest) + 1;
        g_hash_table_insert(filter->rests, (char *)rest, GUINT_TO_POINTER(found));
    }
    return found - 1;
}

static gboolean passes(struct filter *filter, const struct machine_row *row)
{
    const WinverMachineModel *model = filter->model;
    guint n_words = model->words ? MIN(g_strv_length(model->words), FILTER_WORDS) : 0;
    guint all = (1u << n_words) - 1;

    if (model->state != STATE_NONE && row->state != model->state)
        return FALSE;
    if (!all)
        return TRUE;
    return (words_in_rest(filter, row->rest_folded) | words_in(model->words, row->name_folded)) ==
           all;
}

/* Puts the rows from index on that pass behind those shown. */
static void show_from(WinverMachineModel *model, guint index)
{
    struct filter filter = {model, g_hash_table_new(NULL, NULL)};

    for (; index < model->rows->len; index++)
        if (passes(&filter, row_at(model, index)))
            g_array_append_val(model->shown, index);
    model->n_seen = model->rows->len;
    g_hash_table_unref(filter.rests);
}

/* ---- Order ------------------------------------------------------------------------------ */

/* Rows are compared by number, then by text. */
struct sort_key {
    gint64 number;
    const char *text; /* NULL where the number says all */
    guint index;
};

/* Shared texts are compared once with one another: equal ones are one pointer. */
static GHashTable *rank_texts(WinverMachineModel *model, enum list_column column)
{
    GHashTable *ranks = g_hash_table_new(NULL, NULL);
    g_autoptr(GList) texts = NULL;
    char number[ROW_NUMBER_SIZE];
    guint rank = 0;

    for (guint i = 0; i < model->shown->len; i++)
        g_hash_table_add(
            ranks, (char *)machine_row_text(row_at(model, g_array_index(model->shown, guint, i)),
                                            column, number));
    texts = g_list_sort(g_hash_table_get_keys(ranks), (GCompareFunc)g_utf8_collate);
    for (GList *at = texts; at; at = at->next) {
        rank += !at->prev || strcmp(at->prev->data, at->data) != 0;
        g_hash_table_replace(ranks, at->data, GUINT_TO_POINTER(rank));
    }
    return ranks;
}

static struct sort_key key_of(const struct machine_row *row, int column, GHashTable *ranks)
{
    char number[ROW_NUMBER_SIZE];

    switch (column) {
    case LIST_STATE:
        return (struct sort_key){.number = machine_state_badness(row->state)};
    case LIST_NAME:
        return (struct sort_key){.text = row->name_key};
    case LIST_BUILD:
        return (struct sort_key){.number = row->build};
    case LIST_REVISION:
        return (struct sort_key){.number = row->revision};
    case LIST_LEVEL:
        return (struct sort_key){.number = row->level ? row->level->date : G_MININT64};
    default:
        return (struct sort_key){
            .number = GPOINTER_TO_UINT(g_hash_table_lookup(
                ranks, machine_row_text(row, (enum list_column)column, number)))};
    }
}

static gint compare_keys(gconstpointer a, gconstpointer b, gpointer data)
{
    const WinverMachineModel *model = data;
    const struct sort_key *left = a, *right = b;
    int order = (left->number > right->number) - (left->number < right->number);

    if (!order && left->text)
        order = strcmp(left->text, right->text);
    if (model->order == GTK_SORT_DESCENDING)
        order = -order;
    /* As they were read, whatever the direction. */
    return order ? order : (left->index > right->index) - (left->index < right->index);
}

static void sort_shown(WinverMachineModel *model)
{
    g_autofree struct sort_key *keys = NULL;
    g_autoptr(GHashTable) ranks = NULL;
    guint *shown = (guint *)(void *)model->shown->data;
    guint n = model->shown->len;

    if (model->sort_column < 0 || n == 0)
        return;
    if (model->sort_column == LIST_PRODUCT || model->sort_column == LIST_HEADLINE)
        ranks = rank_texts(model, (enum list_column)model->sort_column);
    keys = g_new(struct sort_key, n);
    for (guint i = 0; i < n; i++) {
        keys[i] = key_of(row_at(model, shown[i]), model->sort_column, ranks);
        keys[i].index = shown[i];
    }
    g_qsort_with_data(keys, (gint)n, sizeof(*keys), compare_keys, model);
    for (guint i = 0; i < n; i++)
        shown[i] = keys[i].index;
}

/* ---- GtkTreeSortable -------------------------------------------------------------------- */

static gboolean get_sort_column_id(GtkTreeSortable *sortable, gint *column, GtkSortType *order)
{
    WinverMachineModel *model = WINVER_MACHINE_MODEL(sortable);

    if (column)
        *column = model->sort_column;
    if (order)
        *order = model->order;
    return model->sort_column >= 0;
}

static void tell_order(WinverMachineModel *model, const guint *before)
{
    g_autofree gint *was = g_new(gint, MAX(model->rows->len, 1));
    g_autofree gint *order = g_new(gint, MAX(model->shown->len, 1));
    g_autoptr(GtkTreePath) root = gtk_tree_path_new();

    for (guint i = 0; i < model->shown->len; i++)
        was[before[i]] = (gint)i;
    for (guint i = 0; i < model->shown->len; i++)
        order[i] = was[g_array_index(model->shown, guint, i)];
    gtk_tree_model_rows_reordered(GTK_TREE_MODEL(model), root, NULL, order);
}

static gint compare_indexes(gconstpointer a, gconstpointer b)
{
    const guint *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

static void set_sort_column_id(GtkTreeSortable *sortable, gint column, GtkSortType order)
{
    WinverMachineModel *model = WINVER_MACHINE_MODEL(sortable);
    g_autofree guint *before = g_new(guint, MAX(model->shown->len, 1));

    if (model->sort_column == column && model->order == order)
        return;
    memcpy(before, model->shown->data, model->shown->len * sizeof(*before));
    model->sort_column = column;
    model->order = order;
    gtk_tree_sortable_sort_column_changed(sortable);
    if (column < 0)
        g_array_sort(model->shown, compare_indexes);
    else
        sort_shown(model);
    tell_order(model, before);
}

/* The ways to compare are ours. */
static void set_sort_func(GtkTreeSortable *sortable, gint column, GtkTreeIterCompareFunc func,
                          gpointer data, GDestroyNotify destroy)
{
    (void)sortable;
    (void)column;
    (void)func;
    (void)data;
    (void)destroy;
    g_return_if_reached();
}

static void set_default_sort_func(GtkTreeSortable *sortable, GtkTreeIterCompareFunc func,
                                  gpointer data, GDestroyNotify destroy)
{
    set_sort_func(sortable, 0, func, data, destroy);
}

/* The third press of a header gives the order of reading. */
static gboolean has_default_sort_func(GtkTreeSortable *sortable)
{
    (void)sortable;
    return TRUE;
}

static void sortable_init(GtkTreeSortableIface *iface)
{
    iface->get_sort_column_id = get_sort_column_id;
    iface->set_sort_column_id = set_sort_column_id;
    iface->set_sort_func = set_sort_func;
    iface->set_default_sort_func = set_default_sort_func;
    iface->has_default_sort_func = has_default_sort_func;
}

/* ---- GtkTreeModel ----------------------------------------------------------------------- */

static gboolean set_iter(WinverMachineModel *model, GtkTreeIter *iter, guint at)
{
    if (at >= model->shown->len) {
        iter->stamp = 0;
        return FALSE;
    }
    iter->stamp = model->stamp;
    iter->user_data = GUINT_TO_POINTER(at);
    return TRUE;
}

static GtkTreeModelFlags get_flags(GtkTreeModel *tree)
{
    (void)tree;
    return GTK_TREE_MODEL_LIST_ONLY;
}

static gint get_n_columns(GtkTreeModel *tree)
{
    (void)tree;
    return MODEL_COLUMNS;
}

static GType get_column_type(GtkTreeModel *tree, gint column)
{
    (void)tree;
    return column == MODEL_STATE ? G_TYPE_INT : G_TYPE_STRING;
}

static gboolean get_iter(GtkTreeModel *tree, GtkTreeIter *iter, GtkTreePath *path)
{
    gint at = gtk_tree_path_get_indices(path)[0];

    return gtk_tree_path_get_depth(path) == 1 && at >= 0 &&
           set_iter(WINVER_MACHINE_MODEL(tree), iter, (guint)at);
}

static GtkTreePath *get_path(GtkTreeModel *tree, GtkTreeIter *iter)
{
    (void)tree;
    return gtk_tree_path_new_from_indices(GPOINTER_TO_INT(iter->user_data), -1);
}

static void get_value(GtkTreeModel *tree, GtkTreeIter *iter, gint column, GValue *value)
{
    const struct machine_row *row = winver_machine_model_get_shown(
        WINVER_MACHINE_MODEL(tree), GPOINTER_TO_UINT(iter->user_data));
    char number[ROW_NUMBER_SIZE];
    const char *text;

    if (column == MODEL_STATE) {
        g_value_init(value, G_TYPE_INT);
        g_value_set_int(value, (int)row->state);
        return;
    }
    g_value_init(value, G_TYPE_STRING);
    text = machine_row_text(row, (enum list_column)column, number);
    if (text == number)
        g_value_set_string(value, text);
    else
        g_value_set_static_string(value, text);
}

static gboolean iter_next(GtkTreeModel *tree, GtkTreeIter *iter)
{
    return set_iter(WINVER_MACHINE_MODEL(tree), iter, GPOINTER_TO_UINT(iter->user_data) + 1);
}

static gboolean iter_previous(GtkTreeModel *tree, GtkTreeIter *iter)
{
    /* Before the first is past the last. */
    return set_iter(WINVER_MACHINE_MODEL(tree), iter, GPOINTER_TO_UINT(iter->user_data) - 1);
}

static gboolean iter_nth_child(GtkTreeModel *tree, GtkTreeIter *iter, GtkTreeIter *parent, gint n)
{
    return !parent && n >= 0 && set_iter(WINVER_MACHINE_MODEL(tree), iter, (guint)n);
}

static gboolean iter_children(GtkTreeModel *tree, GtkTreeIter *iter, GtkTreeIter *parent)
{
    return iter_nth_child(tree, iter, parent, 0);
}

static gboolean iter_has_child(GtkTreeModel *tree, GtkTreeIter *iter)
{
    (void)tree;
    (void)iter;
    return FALSE;
}

static gint iter_n_children(GtkTreeModel *tree, GtkTreeIter *iter)
{
    return iter ? 0 : (gint)WINVER_MACHINE_MODEL(tree)->shown->len;
}

static gboolean iter_parent(GtkTreeModel *tree, GtkTreeIter *iter, GtkTreeIter *child)
{
    (void)tree;
    (void)iter;
    (void)child;
    return FALSE;
}

static void tree_model_init(GtkTreeModelIface *iface)
{
    iface->get_flags = get_flags;
    iface->get_n_columns = get_n_columns;
    iface->get_column_type = get_column_type;
    iface->get_iter = get_iter;
    iface->get_path = get_path;
    iface->get_value = get_value;
    iface->iter_next = iter_next;
    iface->iter_previous = iter_previous;
    iface->iter_children = iter_children;
    iface->iter_has_child = iter_has_child;
    iface->iter_n_children = iter_n_children;
    iface->iter_nth_child = iter_nth_child;
    iface->iter_parent = iter_parent;
}

/* ---- The object ------------------------------------------------------------------------- */

static void winver_machine_model_finalize(GObject *object)
{
    WinverMachineModel *model = WINVER_MACHINE_MODEL(object);

    g_array_unref(model->rows);
    g_array_unref(model->shown);
    g_strfreev(model->words);
    G_OBJECT_CLASS(winver_machine_model_parent_class)->finalize(object);
}

static void winver_machine_model_class_init(WinverMachineModelClass *class)
{
    G_OBJECT_CLASS(class)->finalize = winver_machine_model_finalize;
}

static void winver_machine_model_init(WinverMachineModel *model)
{
    model->rows = g_array_new(FALSE, FALSE, sizeof(struct machine_row));
    model->shown = g_array_new(FALSE, FALSE, sizeof(guint));
    model->sort_column = GTK_TREE_SORTABLE_DEFAULT_SORT_COLUMN_ID;
    model->stamp = 1;
}

WinverMachineModel *winver_machine_model_new(void)
{
    return g_object_new(WINVER_TYPE_MACHINE_MODEL, NULL);
}

GArray *winver_machine_model_get_rows(WinverMachineModel *model)
{
    return model->rows;
}

void winver_machine_model_set_filter(WinverMachineModel *model, const char *text,
                                     enum verdict_state state)
{
    g_autofree char *folded = text ? g_utf8_casefold(text, -1) : NULL;

    g_strfreev(model->words);
    model->words = NULL;
    model->state = state;
    if (folded) {
        GPtrArray *words = g_ptr_array_new();
        char *rest = NULL;

        for (char *word = strtok_r(folded, " \t\n", &rest); word;
             word = strtok_r(NULL, " \t\n", &rest))
            g_ptr_array_add(words, g_strdup(word));
        g_ptr_array_add(words, NULL);
        model->words = (char **)g_ptr_array_free(words, FALSE);
    }
}

gboolean winver_machine_model_append(WinverMachineModel *model)
{
    GtkTreeModel *tree = GTK_TREE_MODEL(model);
    guint at = model->shown->len, n_shown;
    GtkTreePath *path;

    if (model->sort_column >= 0)
        return FALSE;
    show_from(model, model->n_seen);
    n_shown = model->shown->len;
    path = gtk_tree_path_new_from_indices((gint)at, -1);
    for (; at < n_shown; at++) {
        GtkTreeIter iter;

        /* Who is told of a row must not find the next one yet. */
        model->shown->len = at + 1;
        set_iter(model, &iter, at);
        gtk_tree_model_row_inserted(tree, path, &iter);
        gtk_tree_path_next(path);
    }
    gtk_tree_path_free(path);
    return TRUE;
}

void winver_machine_model_refresh(WinverMachineModel *model)
{
    model->stamp++;
    g_array_set_size(model->shown, 0);
    show_from(model, 0);
    sort_shown(model);
}

guint winver_machine_model_get_n_shown(WinverMachineModel *model)
{
    return model->shown->len;
}

const struct machine_row *winver_machine_model_get_shown(WinverMachineModel *model, guint at)
{
    return row_at(model, g_array_index(model->shown, guint, at));
}

guint winver_machine_model_get_index(WinverMachineModel *model, guint at)
{
    return g_array_index(model->shown, guint, at);
}

int winver_machine_model_find_index(WinverMachineModel *model, guint index)
{
    for (guint i = 0; i < model->shown->len; i++)
        if (g_array_index(model->shown, guint, i) == index)
            return (int)i;
    return -1;
}
