/* Reads many machines in a thread of its own.
 *
 * SPDX-License-Identifier: MIT
 */
#include "batch.h"

#include "cli/queue.h"
#include "machine_again.h"

#include <stdatomic.h>

/* Rows of an inventory come in blocks that are judged in a few milliseconds. */
#define BLOCK_BYTES (16 * 1024)

struct _WinverBatch {
    GObject parent;
    const WinverSettings *settings;
    char **paths;
    char *title;
    bool cancel;
    atomic_int percent;
    gboolean finished; /* for the main thread */
    /* Of the reading thread alone */
    struct row_texts *texts;
    struct judge_options judging;
    struct machine *machine; /* of rows */
    struct inventory_work work;
    struct evidence_each each; /* of everything else */
    struct piece piece;
    gulong n_rows, n_of_piece;
    /* On their way to the main thread */
    GMutex mutex;
    GArray *rows;
    GPtrArray *problems;
};

G_DEFINE_TYPE(WinverBatch, winver_batch, G_TYPE_OBJECT)

static guint finished_signal;

static void winver_batch_finalize(GObject *object)
{
    WinverBatch *batch = WINVER_BATCH(object);

    g_strfreev(batch->paths);
    g_free(batch->title);
    row_texts_free(batch->texts);
    g_mutex_clear(&batch->mutex);
    g_array_unref(batch->rows);
    g_ptr_array_unref(batch->problems);
    G_OBJECT_CLASS(winver_batch_parent_class)->finalize(object);
}

static void winver_batch_class_init(WinverBatchClass *class)
{
    G_OBJECT_CLASS(class)->finalize = winver_batch_finalize;
    finished_signal = g_signal_new("finished", G_TYPE_FROM_CLASS(class), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void winver_batch_init(WinverBatch *batch)
{
    g_mutex_init(&batch->mutex);
    batch->texts = row_texts_new();
    batch->rows = g_array_new(FALSE, FALSE, sizeof(struct machine_row));
    batch->problems = g_ptr_array_new_with_free_func(g_free);
    atomic_init(&batch->percent, -1);
}

static gboolean is_cancelled(WinverBatch *batch)
{
    return __atomic_load_n(&batch->cancel, __ATOMIC_RELAXED);
}

static void add_problem(WinverBatch *batch, const char *text)
{
    g_mutex_lock(&batch->mutex);
    g_ptr_array_add(batch->problems, g_strdup(text));
    g_mutex_unlock(&batch->mutex);
}

/* FALSE when no more rows are wanted. */
static gboolean add_row(WinverBatch *batch, const struct machine *machine,
                        const struct assessment *assessment, const struct machine_origin *origin)
{
    struct machine_row row;

    if (batch->n_rows == BATCH_ROWS_MOST) {
        g_autofree char *text = g_strdup_printf(
            "more than %d machines; the rest was left out, winver6003 --batch reads them all",
            BATCH_ROWS_MOST);

        add_problem(batch, text);
        winver_batch_cancel(batch);
        return FALSE;
    }
    batch->n_rows++;
    machine_row_fill(&row, batch->texts, machine, assessment, origin);
    g_mutex_lock(&batch->mutex);
    g_array_append_val(batch->rows, row);
    g_mutex_unlock(&batch->mutex);
    return !is_cancelled(batch);
}

static enum evidence_next take_machine(void *data, struct machine *machine)
{
    WinverBatch *batch = data;
    const struct machine_origin origin = {
        .path = batch->piece.kind == PIECE_PATH ? batch->piece.path : batch->piece.input.name,
        .number = batch->n_of_piece++,
    };
    struct assessment assessment;

    if (batch->settings->redact)
        machine_redact(machine);
    judge(machine, &batch->judging, &assessment);
    return add_row(batch, machine, &assessment, &origin) ? EVIDENCE_NEXT : EVIDENCE_STOP;
}

static void read_evidence(WinverBatch *batch)
{
    const struct evidence_watch watch = {.cancel = &batch->cancel};
    struct piece *piece = &batch->piece;
    const char *message = "";
    enum evidence_status status;

    batch->n_of_piece = 0;
    if (piece->kind == PIECE_PATH) {
        status = evidence_read_each(&batch->each, piece->path, &watch, &message);
    } else {
        status = evidence_read_each_input(&batch->each, &piece->input, &watch, &message);
        input_close(&piece->input);
    }
    if (status == EVIDENCE_CANCELLED)
        return;
    if (status != EVIDENCE_OK)
        piece_refuse(piece, status, message);
    else if (*message)
        piece->message = arena_strdup(piece->arena, message);
}

static gboolean read_row(WinverBatch *batch, const struct row *row)
{
    const struct piece *piece = &batch->piece;
    struct inventory_row cells;
    g_autofree char *packed = NULL;
    struct machine_origin origin = {
        .path = piece->inventory_name,
        .number = row->line,
        .bytes = (gint64)row->length,
    };
    struct assessment assessment;

    inventory_split(piece->inventory, row, &batch->work, &cells);
    packed = machine_cells_pack(&cells);
    origin.cells = packed;
    origin.problem = cells.problem;
    machine_judge_cells(batch->machine, &origin, &batch->judging, batch->settings->redact,
                        &assessment);
    return add_row(batch, batch->machine, &assessment, &origin);
}

static void read_rows(WinverBatch *batch)
{
    struct row_place place = {0};
    struct row row;

    while (row_next(&batch->piece.inventory->rows, &batch->piece.block, &place, &row))
        if (!read_row(batch, &row))
            return;
}

static void run(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    WinverBatch *batch = source;
    struct queue *queue =
        queue_new((const char *const *)batch->paths, (int)g_strv_length(batch->paths), BLOCK_BYTES);

    (void)data;
    (void)cancellable;
    batch->judging = winver_settings_judging(batch->settings);
    batch->machine = machine_new("");
    batch->each = (struct evidence_each){.take = take_machine, .data = batch};
    piece_start(&batch->piece);
    while (!is_cancelled(batch) && queue_next(queue, &batch->piece)) {
        atomic_store(&batch->percent, batch->piece.percent);
        if (batch->piece.kind == PIECE_ROWS)
            read_rows(batch);
        else if (batch->piece.kind != PIECE_MESSAGE)
            read_evidence(batch);
        if (batch->piece.message)
            add_problem(batch, batch->piece.message);
    }
    piece_free(&batch->piece);
    queue_free(queue);
    evidence_each_free(&batch->each);
    inventory_work_free(&batch->work);
    machine_free(batch->machine);
    g_task_return_boolean(task, TRUE);
}

static void on_task_done(GObject *source, GAsyncResult *result, gpointer data)
{
    (void)result;
    (void)data;
    WINVER_BATCH(source)->finished = TRUE;
    g_signal_emit(source, finished_signal, 0);
}

WinverBatch *winver_batch_new(const WinverSettings *settings, const char *const *paths)
{
    WinverBatch *batch = g_object_new(WINVER_TYPE_BATCH, NULL);
    g_autoptr(GTask) task = g_task_new(batch, NULL, on_task_done, NULL);
    g_autoptr(GString) title = g_string_new(NULL);

    batch->settings = settings;
    batch->paths = g_strdupv((char **)paths);
    for (char **path = batch->paths; *path; path++) {
        g_autofree char *base = g_filename_display_basename(*path);

        g_string_append_printf(title, "%s%s", title->len ? ", " : "", base);
    }
    batch->title = g_strdup(title->str);
    g_task_run_in_thread(task, run);
    return batch;
}

void winver_batch_cancel(WinverBatch *batch)
{
    __atomic_store_n(&batch->cancel, true, __ATOMIC_RELAXED);
}

gboolean winver_batch_is_finished(WinverBatch *batch)
{
    return batch->finished;
}

gboolean winver_batch_was_cancelled(WinverBatch *batch)
{
    return is_cancelled(batch);
}

const char *winver_batch_get_title(WinverBatch *batch)
{
    return batch->title;
}

const char *const *winver_batch_get_paths(WinverBatch *batch)
{
    return (const char *const *)batch->paths;
}

const WinverSettings *winver_batch_get_settings(WinverBatch *batch)
{
    return batch->settings;
}

int winver_batch_get_percent(WinverBatch *batch)
{
    return atomic_load(&batch->percent);
}

void winver_batch_take_rows(WinverBatch *batch, GArray *rows)
{
    g_mutex_lock(&batch->mutex);
    g_array_append_vals(rows, batch->rows->data, batch->rows->len);
    g_array_set_size(batch->rows, 0);
    g_mutex_unlock(&batch->mutex);
}

void winver_batch_take_problems(WinverBatch *batch, GPtrArray *problems)
{
    g_mutex_lock(&batch->mutex);
    g_ptr_array_extend_and_steal(problems, batch->problems);
    batch->problems = g_ptr_array_new_with_free_func(g_free);
    g_mutex_unlock(&batch->mutex);
}

WinverJob *winver_batch_read_again(WinverBatch *batch, const struct machine_row *row)
{
    return machine_read_again(batch->settings, row->name, &row->origin, G_OBJECT(batch));
}
