/* Reports of many machines into a file.
 *
 * Machines are written in the order of the list, but a scan can only be read from its beginning:
 * its reports are put aside in a temporary file without a name, so that memory does not grow with
 * the list.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machine_export.h"

#include "core/platform/replace.h"
#include "machine_again.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Output is handed on in pieces of this size. */
#define PIECE_BYTES (256 * 1024)

struct part {
    goffset at;
    gsize length;
};

struct exporter {
    WinverBatch *batch;
    GArray *rows;
    const struct report_format *format;
    char *path;
    struct judge_options judging;
    struct report_options report;
    GCancellable *cancellable;
    bool cancel; /* what readers look at */
    GError **error;
    struct replace *out;
    struct strbuf text; /* on its way out */
    struct machine *machine;
    GHashTable *uses;  /* path -> how many of the rows come from it */
    GHashTable *aside; /* path -> GArray of struct part, one a machine */
    FILE *spool;
    GArray *parts; /* of the path that is being read */
};

static void export_free(gpointer data)
{
    struct exporter *export = data;

    g_object_unref(export->batch);
    g_array_unref(export->rows);
    g_free(export->path);
    strbuf_free(&export->text);
    machine_free(export->machine);
    g_clear_pointer(&export->uses, g_hash_table_unref);
    g_clear_pointer(&export->aside, g_hash_table_unref);
    if (export->spool)
        fclose(export->spool);
    g_free(export);
}

static gboolean fail(struct exporter *export, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean fail(struct exporter *export, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (export->error && !*export->error)
        *export->error = g_error_new_valist(G_IO_ERROR, G_IO_ERROR_FAILED, format, args);
    va_end(args);
    return FALSE;
}

static gboolean flush(struct exporter *export)
{
    char why[REPLACE_MESSAGE_SIZE];
    gboolean done =
        replace_write(export->out, strbuf_text(&export->text), export->text.length, why);

    strbuf_clear(&export->text);
    return done || fail(export, "%s cannot be written: %s", export->path, why);
}

/* ---- Reports of machines that are read again -------------------------------------------- */

static void judge_and_print(struct exporter *export, struct machine *machine, struct strbuf *text)
{
    struct assessment assessment;

    if (winver_batch_get_settings(export->batch)->redact)
        machine_redact(machine);
    judge(machine, &export->judging, &assessment);
    export->format->machine(machine, &assessment, &export->report, text);
}

static gboolean put_aside(struct exporter *export, const struct strbuf *text)
{
    struct part part = {.at = ftello(export->spool), .length = text->length};

    g_array_append_val(export->parts, part);
    return fwrite(strbuf_text(text), 1, text->length, export->spool) == text->length ||
           fail(export, "there is no room for temporary data: %s", g_strerror(errno));
}

static enum evidence_next take(void *data, struct machine *machine)
{
    struct exporter *export = data;
    struct strbuf text = STRBUF_EMPTY;
    gboolean done;

    judge_and_print(export, machine, &text);
    done = put_aside(export, &text);
    strbuf_free(&text);
    export->cancel = g_cancellable_is_cancelled(export->cancellable);
    return done && !export->cancel ? EVIDENCE_NEXT : EVIDENCE_STOP;
}

/* All machines of a path, put aside. */
static GArray *read_path(struct exporter *export, const char *path)
{
    const struct evidence_watch watch = {.cancel = &export->cancel};
    struct evidence_each each = {.take = take, .data = export};
    const char *message = "";

    export->parts = g_array_new(FALSE, FALSE, sizeof(struct part));
    fseeko(export->spool, 0, SEEK_END);
    if (evidence_read_each(&each, path, &watch, &message) != EVIDENCE_OK)
        fail(export, "%s", message);
    evidence_each_free(&each);
    g_hash_table_insert(export->aside, (char *)path, export->parts);
    return export->parts;
}

static gboolean add_from_aside(struct exporter *export, const struct machine_origin *origin)
{
    GArray *parts = g_hash_table_lookup(export->aside, origin->path);
    struct part part;

    if (!parts)
        parts = read_path(export, origin->path);
    if (*export->error || g_cancellable_is_cancelled(export->cancellable))
        return FALSE;
    if (origin->number >= parts->len)
        return fail(export, "%s: a machine is no longer in it", origin->path);
    part = g_array_index(parts, struct part, origin->number);
    fseeko(export->spool, part.at, SEEK_SET);
    if (fread(strbuf_reserve(&export->text, part.length + 1), 1, part.length, export->spool) !=
        part.length)
        return fail(export, "temporary data cannot be read: %s", g_strerror(errno));
    export->text.length += part.length;
    export->text.text[export->text.length] = '\0';
    return TRUE;
}

static gboolean add_cells(struct exporter *export, const struct machine_origin *origin)
{
    struct assessment assessment;

    machine_judge_cells(export->machine, origin, &export->judging,
                        winver_batch_get_settings(export->batch)->redact, &assessment);
    export->format->machine(export->machine, &assessment, &export->report, &export->text);
    return TRUE;
}

/* A path that only one row comes from needs no way round. */
struct single {
    struct exporter *export;
    gulong number;
    gboolean found;
};

static enum evidence_next take_single(void *data, struct machine *machine)
{
    struct single *single = data;

    if (single->number-- > 0)
        return EVIDENCE_NEXT;
    judge_and_print(single->export, machine, &single->export->text);
    single->found = TRUE;
    return EVIDENCE_STOP;
}

static gboolean add_single(struct exporter *export, const struct machine_origin *origin)
{
    const struct evidence_watch watch = {.cancel = &export->cancel};
    struct single single = {export, origin->number, FALSE};
    struct evidence_each each = {.take = take_single, .data = &single};
    const char *message = "";

    evidence_read_each(&each, origin->path, &watch, &message);
    if (!single.found)
        fail(export, "%s", *message ? message : origin->path);
    evidence_each_free(&each);
    return single.found;
}

static gboolean add_row(struct exporter *export, const struct machine_row *row)
{
    if (!strcmp(export->format->name, "csv")) {
        strbuf_adds(&export->text, row->csv);
        return TRUE;
    }
    if (row->origin.cells)
        return add_cells(export, &row->origin);
    if (GPOINTER_TO_UINT(g_hash_table_lookup(export->uses, row->origin.path)) == 1)
        return add_single(export, &row->origin);
    return add_from_aside(export, &row->origin);
}

/* ---- The file --------------------------------------------------------------------------- */

static gboolean touches_evidence(struct exporter *export)
{
    const char *const *paths = winver_batch_get_paths(export->batch);

    for (; *paths; paths++)
        if (replace_would_touch(export->path, *paths))
            return TRUE;
    return FALSE;
}

static gboolean add_all(struct exporter *export)
{
    if (export->format->begin)
        export->format->begin(&export->text);
    for (guint i = 0; i < export->rows->len; i++) {
        if (g_cancellable_set_error_if_cancelled(export->cancellable, export->error) ||
            !add_row(export, &g_array_index(export->rows, struct machine_row, i)) ||
            (export->text.length >= PIECE_BYTES && !flush(export)))
            return FALSE;
    }
    if (export->format->end)
        export->format->end(&export->text);
    return flush(export);
}

static void count_uses(struct exporter *export)
{
    export->uses = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < export->rows->len; i++) {
        const char *path = g_array_index(export->rows, struct machine_row, i).origin.path;
        guint uses = GPOINTER_TO_UINT(g_hash_table_lookup(export->uses, path));

        g_hash_table_insert(export->uses, (char *)path, GUINT_TO_POINTER(uses + 1));
    }
}

static gboolean write_file(struct exporter *export)
{
    char why[REPLACE_MESSAGE_SIZE];

    if (touches_evidence(export))
        return fail(export, "%s is evidence, or lies in a folder of evidence: it is not written to",
                    export->path);
    export->spool = tmpfile();
    if (!export->spool)
        return fail(export, "there is no room for temporary data: %s", g_strerror(errno));
    export->out = replace_open(export->path, why);
    if (!export->out)
        return fail(export, "%s cannot be written: %s", export->path, why);
    if (!add_all(export)) {
        replace_abandon(export->out);
        return fail(export, "the export was cancelled");
    }
    return replace_commit(export->out, why) ||
           fail(export, "%s cannot be written: %s", export->path, why);
}

static void run(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    /* One file at a time is watched over in a process. */
    static GMutex one_at_a_time;
    struct exporter *export = data;
    const WinverSettings *settings = winver_batch_get_settings(export->batch);
    GError *error = NULL;
    gboolean done;

    (void)source;
    export->cancellable = cancellable;
    export->error = &error;
    export->judging = winver_settings_judging(settings);
    /* In a report about several. */
    export->report.number = 2;
    export->machine = machine_new("");
    export->aside =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
    count_uses(export);
    g_mutex_lock(&one_at_a_time);
    done = write_file(export);
    g_mutex_unlock(&one_at_a_time);
    if (done)
        g_task_return_boolean(task, TRUE);
    else
        g_task_return_error(task, error);
}

void machine_export_async(WinverBatch *batch, GArray *rows, const struct report_format *format,
                          const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data)
{
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, data);
    struct exporter *export = g_new0(struct exporter, 1);

    export->batch = g_object_ref(batch);
    export->rows = g_array_ref(rows);
    export->format = format;
    export->path = g_strdup(path);
    /* What has been written is not taken back by a late cancel. */
    g_task_set_check_cancellable(task, FALSE);
    g_task_set_task_data(task, export, export_free);
    g_task_run_in_thread(task, run);
}

gboolean machine_export_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
