/* Reads and judges one machine.
 *
 * SPDX-License-Identifier: MIT
 */
#include "job.h"

#include "cli/inventory.h"
#include "core/live/live.h"

#include <process.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGE_BYTES 1024

struct job {
    LONG references;
    HWND window; /* to be told; NULL for nobody */
    const struct options *options;
    struct arena *arena; /* of paths and texts */
    const char **paths;
    int n_paths;
    const char *waiting;
    struct machine *machine;
    struct assessment assessment;
    struct evidence_each each; /* while it is read */
    bool many;
    enum evidence_status status;
    struct strbuf message;
    bool cancel;
    LONG done_kb, total_kb; /* set by the thread, looked at by the dialog */
};

static const char *base_name(const char *path)
{
    const char *base = path;

    for (const char *at = path; *at; at++)
        if ((*at == '\\' || *at == '/' || *at == ':') && at[1])
            base = at + 1;
    return base;
}

struct job *job_new(const struct options *options, const char *const *paths, int n_paths)
{
    struct job *job = memory_alloc(sizeof(*job));

    *job = (struct job){.references = 1, .options = options, .n_paths = n_paths, .total_kb = -1};
    job->arena = arena_new();
    job->paths = arena_alloc(job->arena, ((size_t)n_paths + 1) * sizeof(*job->paths));
    for (int i = 0; i < n_paths; i++)
        job->paths[i] = arena_strdup(job->arena, paths[i]);
    job->waiting = "Asking this machine...";
    if (n_paths > 0)
        job->waiting =
            arena_printf(job->arena, n_paths > 1 ? "Reading %s and others..." : "Reading %s...",
                         base_name(job->paths[0]));
    job->machine = machine_new(n_paths > 0 ? job->paths[0] : LIVE_NAME);
    return job;
}

void job_release(struct job *job)
{
    if (!job || InterlockedDecrement(&job->references) > 0)
        return;
    machine_free(job->machine);
    strbuf_free(&job->message);
    arena_free(job->arena);
    free(job);
}

struct job *job_again(const struct job *job)
{
    return job_new(job->options, job->paths, job->n_paths);
}

static void watch_progress(void *data, int64_t done, int64_t total)
{
    struct job *job = data;

    InterlockedExchange(&job->done_kb, (LONG)(done / 1024));
    InterlockedExchange(&job->total_kb, total < 0 ? -1 : (LONG)(total / 1024));
}

void job_progress(struct job *job, long *done, long *total)
{
    *done = InterlockedCompareExchange(&job->done_kb, 0, 0);
    *total = InterlockedCompareExchange(&job->total_kb, 0, 0);
}

static void tell(struct job *job, const char *message)
{
    strbuf_adds(&job->message, job->message.length ? "\n" : "");
    strbuf_adds(&job->message, message);
}

/* The only machine of a piece, or the news that there are several. */
static enum evidence_next take_only(void *data, struct machine *machine)
{
    struct job *job = data;

    if (job->each.several) {
        job->many = true;
        return EVIDENCE_STOP;
    }
    machine_free(job->machine);
    job->machine = machine;
    return EVIDENCE_KEEP;
}

/* A piece on its own: it may turn out to be many machines, which no dialog can show. */
static void read_only(struct job *job, const struct evidence_watch *watch)
{
    const char *path = job->paths[0], *message = "";
    char reason[MESSAGE_BYTES];
    struct input input;

    job->each = (struct evidence_each){.take = take_only, .data = job};
    switch (input_open(&input, path, reason, sizeof(reason))) {
    case INPUT_OK:
        job->many = inventory_probe(&input);
        if (!job->many)
            job->status = evidence_read_each_input(&job->each, &input, watch, &message);
        input_close(&input);
        break;
    case INPUT_FOLDER:
        job->status = evidence_read_each(&job->each, path, watch, &message);
        break;
    default:
        job->status = EVIDENCE_UNREADABLE;
        message = reason;
    }
    if (*message)
        tell(job, message);
    if (job->many) {
        job->status = EVIDENCE_UNRECOGNISED;
        tell(job, arena_printf(job->arena,
                               "%s: a list of many machines, and this dialog shows "
                               "one. In a console, winver6003.com --batch answers for each of "
                               "them.",
                               path));
    }
    evidence_each_free(&job->each);
}

/* Pieces of one machine: those that cannot be used leave a line in the message. */
static void read_together(struct job *job, const struct evidence_watch *watch)
{
    bool any = false;

    for (int i = 0; i < job->n_paths; i++) {
        const char *message = NULL;
        enum evidence_status status = evidence_read(job->machine, job->paths[i], watch, &message);

        any |= status == EVIDENCE_OK;
        if (status == EVIDENCE_OK)
            continue;
        job->status = status;
        if (status == EVIDENCE_CANCELLED)
            return;
        tell(job, message ? message : job->paths[i]);
    }
    if (any)
        job->status = EVIDENCE_OK;
}

void job_run(struct job *job)
{
    const struct options *options = job->options;
    const struct evidence_watch watch = {
        .progress = watch_progress, .data = job, .cancel = &job->cancel, .digest = options->digest};
    const struct judge_options judging = {
        .as_of = options->as_of,
        .policy = &options->policy,
        .strict = options->strict,
        .trust_imitation = options->trust_imitation,
    };

    if (job->n_paths == 0)
        live_read(job->machine, &job->cancel);
    else if (job->n_paths == 1)
        read_only(job, &watch);
    else
        read_together(job, &watch);
    if (job->status != EVIDENCE_OK)
        return;
    if (options->redact)
        machine_redact(job->machine);
    judge(job->machine, &judging, &job->assessment);
}

static unsigned __stdcall run(void *data)
{
    struct job *job = data;

    job_run(job);
    if (!PostMessageW(job->window, WM_JOB_FINISHED, 0, (LPARAM)job))
        job_release(job);
    return 0;
}

void job_start(struct job *job, HWND window)
{
    HANDLE thread;

    job->window = window;
    InterlockedIncrement(&job->references);
    /* Not CreateThread: the C library keeps state for each thread. */
    thread = (HANDLE)_beginthreadex(NULL, 0, run, job, 0, NULL);
    if (thread)
        CloseHandle(thread);
    else
        run(job);
}

void job_cancel(struct job *job)
{
    __atomic_store_n(&job->cancel, true, __ATOMIC_RELAXED);
}

const char *job_waiting(const struct job *job)
{
    return job->waiting;
}

const char *job_message(const struct job *job)
{
    return strbuf_text(&job->message);
}

const struct machine *job_machine(const struct job *job)
{
    return job->status == EVIDENCE_OK ? job->machine : NULL;
}

const struct assessment *job_assessment(const struct job *job)
{
    return job->status == EVIDENCE_OK ? &job->assessment : NULL;
}

int job_exit_code(const struct job *job)
{
    if (job->status != EVIDENCE_OK)
        return EXIT_NO_INPUT;
    /* As in a console: a piece that could not be used is told and counts. */
    return job->message.length && job->n_paths > 1 ? EXIT_NO_INPUT : job->assessment.exit_code;
}

void job_report(const struct job *job, struct strbuf *out)
{
    const struct report_format *text = report_format_by_name("text");
    const struct report_options options = {0};

    if (text->begin)
        text->begin(out);
    text->machine(job->machine, &job->assessment, &options, out);
    if (text->end)
        text->end(out);
}
