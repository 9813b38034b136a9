/* --batch: many machines in one run, on all cores, reported in the order in which they were given.
 *
 * Work comes in pieces: one file, one folder, or a block of rows of an inventory. A thread takes
 * the next piece under a lock (for rows that includes reading and cutting them off), works on it
 * alone, and leaves the reports to be written in order. What is written does not depend on the
 * number of threads.
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

#include "core/platform/terminal.h"
#include "core/platform/threads.h"
#include "core/reader.h"
#include "inventory.h"
#include "memo.h"
#include "message.h"
#include "ordered.h"
#include "progress.h"
#include "queue.h"
#include "tally.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Memory is shared out so that a batch stays under 64 MiB with any number of threads. */
#define JOBS_MOST      32
#define REPORT_BYTES   (16 * 1024 * 1024) /* all slots' reports together */
#define MEMO_BYTES     (8 * 1024 * 1024)  /* all threads' memos together */
#define SLOTS_TO_SPARE 4

/* Rows are read in blocks that stay in a core's cache. The reports of one block should not exceed
 * a slot by much: a CSV row is a few times the inventory's, a JSON report a hundred times. */
#define BLOCK_BYTES       (256 * 1024)
#define BLOCK_BYTES_SMALL (16 * 1024)

/* Of a format that puts a summary first, so much text is held back; the rest is counted. */
#define HELD_BYTES (1024 * 1024)

/* A piece of work and what came of it. */
struct slot {
    struct piece piece;
    struct strbuf reports;
    unsigned long unusable;
    unsigned long codes[5]; /* machines by exit code */
};

struct batch {
    const struct options *options;
    struct report_options report;
    struct judge_options judging;
    size_t slot_bytes;    /* reports that a slot holds before they are handed on */
    struct monitor *lock; /* around taking work */
    struct queue *queue;
    struct ordered *ordered;
    atomic_bool failed; /* the output: there is no use in going on */
    struct slot *slots;
    unsigned n_slots;
    unsigned n_jobs;
    /* From here on touched by one thread at a time: the one that hands on. */
    struct output *output; /* NULL when nothing is to be written */
    struct report_tally tally;
    struct progress progress;
    bool begun;
    struct strbuf held;
    unsigned long held_too_much; /* lines that were not kept */
};

struct worker {
    struct batch *batch;
    struct machine *machine; /* of rows */
    struct inventory_work work;
    struct memo *memo;
    const struct inventory *memo_of;
    struct strbuf report;
    struct evidence_each each; /* of everything else */
    unsigned at;               /* the slot that it works for */
};

static enum evidence_next judge_evidence(void *data, struct machine *machine)
{
    struct worker *worker = data;
    struct batch *batch = worker->batch;
    struct slot *slot = &batch->slots[worker->at];
    struct assessment assessment;

    if (batch->options->redact)
        machine_redact(machine);
    judge(machine, &batch->judging, &assessment);
    slot->codes[assessment.exit_code]++;
    if (batch->output)
        batch->options->format->machine(machine, &assessment, &batch->report, &slot->reports);
    if (slot->reports.length >= batch->slot_bytes)
        ordered_flush(batch->ordered, worker->at);
    return atomic_load(&batch->failed) ? EVIDENCE_STOP : EVIDENCE_NEXT;
}

static void work_on_evidence(struct worker *worker, struct slot *slot)
{
    const struct evidence_watch watch = {.digest = worker->batch->options->digest};
    const char *message = "";
    enum evidence_status status;

    if (slot->piece.kind == PIECE_PATH) {
        status = evidence_read_each(&worker->each, slot->piece.path, &watch, &message);
    } else {
        status = evidence_read_each_input(&worker->each, &slot->piece.input, &watch, &message);
        input_close(&slot->piece.input);
    }
    if (status == EVIDENCE_OK) {
        slot->piece.remark = *message ? arena_strdup(slot->piece.arena, message) : NULL;
        return;
    }
    piece_refuse(&slot->piece, status, message);
    slot->unusable++;
}

/* A row as a machine of its own, with host, line and length as they are or as their stand-ins.
 * Returns its exit code; *sound is false for a row that cannot be read. */
static int judge_row(struct worker *worker, const struct slot *slot, struct inventory_row *cells,
                     const char *line, int64_t length, struct strbuf *out, bool *sound)
{
    const struct batch *batch = worker->batch;
    const struct inventory_place place = {slot->piece.inventory_name, line, length};
    struct assessment assessment;

    *sound = inventory_judge(worker->machine, &place, cells, &batch->judging,
                             batch->options->redact, &assessment);
    if (batch->output)
        batch->options->format->machine(worker->machine, &assessment, &batch->report, out);
    return assessment.exit_code;
}

/* Makes the report with stand-ins, keeps it, and writes it with the row's own. false when that
 * cannot be done with this row. */
static bool keep_row(struct worker *worker, struct slot *slot, struct inventory_row cells,
                     const struct inventory_cell *judged, const struct memo_own *own, int *code)
{
    bool sound;

    cells.cells[COLUMN_HOST] = (struct inventory_cell){MEMO_HOST, strlen(MEMO_HOST)};
    strbuf_clear(&worker->report);
    *code =
        judge_row(worker, slot, &cells, "line " MEMO_LINE, MEMO_LENGTH, &worker->report, &sound);
    return sound &&
           memo_keep(worker->memo, judged->text, judged->length, strbuf_text(&worker->report),
                     worker->report.length, *code) &&
           memo_write(worker->memo, judged->text, judged->length, own, &slot->reports, code);
}

/* The usual case: a row like one before it. */
static bool repeat_row(struct worker *worker, struct slot *slot, const struct row *row)
{
    struct inventory_cell host, judged;
    struct memo_own own;
    int code;

    if (!inventory_judged_in_place(slot->piece.inventory, row, &host, &judged) ||
        !memo_plain(host.text, host.length))
        return false;
    own = (struct memo_own){host.text, host.length, row->line, row->length};
    if (!memo_write(worker->memo, judged.text, judged.length, &own, &slot->reports, &code))
        return false;
    slot->codes[code]++;
    return true;
}

static void work_on_row(struct worker *worker, struct slot *slot, const struct row *row)
{
    const struct inventory *inventory = slot->piece.inventory;
    bool simple = !slot->piece.block.quotes && row->status == ROW_OK;
    struct inventory_cell host, judged;
    struct inventory_row cells;
    struct memo_own own;
    char line[32];
    bool sound;
    int code;

    if (simple && worker->memo && repeat_row(worker, slot, row))
        return;
    inventory_split(inventory, row, &worker->work, &cells);
    host = cells.cells[COLUMN_HOST];
    if (worker->memo && !cells.problem && memo_plain(host.text, host.length)) {
        own = (struct memo_own){host.text, host.length, row->line, row->length};
        if (!simple || !inventory_judged_in_place(inventory, row, &host, &judged))
            judged = inventory_judged(&cells, &worker->work);
        if (memo_write(worker->memo, judged.text, judged.length, &own, &slot->reports, &code) ||
            keep_row(worker, slot, cells, &judged, &own, &code)) {
            slot->codes[code]++;
            return;
        }
    }
    snprintf(line, sizeof(line), "line %lu", row->line);
    code = judge_row(worker, slot, &cells, line, (int64_t)row->length, &slot->reports, &sound);
    slot->codes[code]++;
}

static void work_on_rows(struct worker *worker, struct slot *slot, unsigned index)
{
    struct batch *batch = worker->batch;
    struct row_place place = {0};
    struct row row;

    if (worker->memo && worker->memo_of != slot->piece.inventory) {
        memo_forget(worker->memo);
        worker->memo_of = slot->piece.inventory;
    }
    while (row_next(&slot->piece.inventory->rows, &slot->piece.block, &place, &row)) {
        work_on_row(worker, slot, &row);
        if (slot->reports.length >= batch->slot_bytes)
            ordered_flush(batch->ordered, index);
    }
}

static void work(void *data, unsigned index)
{
    struct batch *batch = data;
    struct worker worker = {.batch = batch, .machine = machine_new("")};

    (void)index;
    worker.each = (struct evidence_each){.take = judge_evidence, .data = &worker};
    /* Hiding a host also hides it where else its name stands: each row is then one of its own. */
    if (batch->options->format->verbatim && !batch->options->redact)
        worker.memo = memo_new(MEMO_BYTES / batch->n_jobs);
    for (;;) {
        struct slot *slot;
        bool found;
        unsigned at;

        monitor_enter(batch->lock);
        at = ordered_begin(batch->ordered);
        slot = &batch->slots[at];
        worker.at = at;
        found = !atomic_load(&batch->failed) && queue_next(batch->queue, &slot->piece);
        monitor_leave(batch->lock);
        if (found && slot->piece.kind == PIECE_ROWS)
            work_on_rows(&worker, slot, at);
        else if (found && slot->piece.kind == PIECE_MESSAGE)
            slot->unusable++;
        else if (found)
            work_on_evidence(&worker, slot);
        ordered_finish(batch->ordered, at);
        if (!found)
            break;
    }
    memo_free(worker.memo);
    inventory_work_free(&worker.work);
    strbuf_free(&worker.report);
    machine_free(worker.machine);
    evidence_each_free(&worker.each);
}

/* Of a format whose first line is a summary: kept to be written behind it. */
static void hold(struct batch *batch, const struct strbuf *reports)
{
    const char *at = strbuf_text(reports);
    const char *end = at + reports->length;

    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *next = newline ? newline + 1 : end;

        if (batch->held_too_much == 0 && batch->held.length + (size_t)(next - at) <= HELD_BYTES)
            strbuf_add(&batch->held, at, (size_t)(next - at));
        else
            batch->held_too_much++;
        at = next;
    }
}

static void write_text(struct batch *batch, const char *text, size_t length)
{
    if (!output_write(batch->output, text, length))
        atomic_store(&batch->failed, true);
}

static void write_reports(struct batch *batch, struct slot *slot)
{
    const struct report_format *format = batch->options->format;
    const char *text = strbuf_text(&slot->reports);
    size_t length = slot->reports.length;

    if (format->summary) {
        hold(batch, &slot->reports);
        return;
    }
    if (!batch->begun) {
        struct strbuf head = STRBUF_EMPTY;

        if (format->begin)
            format->begin(&head);
        write_text(batch, strbuf_text(&head), head.length);
        strbuf_free(&head);
        batch->begun = true;
        /* What stands between two machines does not stand before the first. */
        if (*text == '\n') {
            text++;
            length--;
        }
    }
    write_text(batch, text, length);
}

static void give(void *data, unsigned index)
{
    struct batch *batch = data;
    struct slot *slot = &batch->slots[index];
    const struct report_format *format = batch->options->format;

    for (int code = 0; code < 5; code++) {
        tally_add(&batch->tally, code, slot->codes[code]);
        slot->codes[code] = 0;
    }
    batch->tally.unusable += slot->unusable;
    slot->unusable = 0;
    if (slot->piece.remark) {
        progress_erase(&batch->progress);
        message_tell("%s", slot->piece.remark);
        slot->piece.remark = NULL;
    }
    if (slot->piece.message) {
        progress_erase(&batch->progress);
        message_tell("%s", slot->piece.message);
        if (batch->output && format->failure)
            format->failure(slot->piece.message, &slot->reports);
        slot->piece.message = NULL;
    }
    if (batch->output && slot->reports.length > 0 && !batch->failed)
        write_reports(batch, slot);
    strbuf_clear(&slot->reports);
    progress_draw(&batch->progress, batch->tally.machines, slot->piece.percent);
}

/* What was held back, and the end. The exit code. */
static int finish(struct batch *batch)
{
    const struct report_format *format = batch->options->format;
    struct strbuf text = STRBUF_EMPTY;
    int code = batch->tally.unusable > 0 ? EXIT_NO_INPUT : batch->tally.exit_code;

    if (!batch->output)
        return code;
    if (format->summary) {
        batch->tally.exit_code = code;
        format->summary(&batch->tally, &text);
        strbuf_add(&text, strbuf_text(&batch->held), batch->held.length);
        if (batch->held_too_much)
            strbuf_addf(&text, "%lu more\n", batch->held_too_much);
    }
    if (batch->begun && format->end)
        format->end(&text);
    output_write(batch->output, strbuf_text(&text), text.length);
    strbuf_free(&text);
    /* An old report is worth more than an empty one. */
    if (batch->options->output && batch->tally.machines == 0 && !format->failure)
        output_abandon(batch->output);
    else if (!output_close(batch->output))
        code = EXIT_CANT_WRITE;
    return code;
}

static void batch_open(struct batch *batch, const struct options *options)
{
    const struct report_format *format = options->format;
    struct terminal terminal = terminal_query();
    unsigned jobs = options->jobs ? options->jobs : threads_cores();

    batch->n_jobs = jobs < JOBS_MOST ? jobs : JOBS_MOST;
    batch->n_slots = batch->n_jobs + SLOTS_TO_SPARE;
    batch->slots = memory_alloc(batch->n_slots * sizeof(*batch->slots));
    for (unsigned i = 0; i < batch->n_slots; i++)
        piece_start(&batch->slots[i].piece);
    batch->slot_bytes = REPORT_BYTES / batch->n_slots;
    batch->lock = monitor_new();
    batch->queue =
        queue_new(options->arguments, options->n_arguments,
                  format == report_format_by_name("csv") ? BLOCK_BYTES : BLOCK_BYTES_SMALL);
    batch->ordered = ordered_new(batch->n_slots, give, batch);
    /* A line that scrolls away with the report would only be in its way. */
    batch->progress.shown =
        terminal.errors && !options->quiet && (options->output || !terminal.output);
}

static void batch_close(struct batch *batch)
{
    for (unsigned i = 0; i < batch->n_slots; i++) {
        piece_free(&batch->slots[i].piece);
        strbuf_free(&batch->slots[i].reports);
    }
    free(batch->slots);
    ordered_free(batch->ordered);
    queue_free(batch->queue);
    monitor_free(batch->lock);
    strbuf_free(&batch->held);
}

int batch_run(const struct options *options)
{
    struct batch batch = {
        .options = options,
        .report = options_for_report(options),
        .judging = {.as_of = options->as_of, .policy = &options->policy, .strict = options->strict,
                    .trust_imitation = options->trust_imitation},
    };
    int code = EXIT_CANT_WRITE;

    /* In a report about several: never the first, since whether there is one before it is known
     * only when it is written. */
    batch.report.number = 2;
    if (!options->quiet || options->output)
        batch.output = output_open(options->output);
    if (batch.output || (options->quiet && !options->output)) {
        batch_open(&batch, options);
        threads_run(batch.n_jobs, work, &batch);
        progress_erase(&batch.progress);
        if (batch.tally.machines == 0 && batch.tally.unusable == 0) {
            message_tell("--batch: what was given holds not one row");
            batch.tally.unusable++;
        }
        code = finish(&batch);
        batch_close(&batch);
    }
    return code;
}
