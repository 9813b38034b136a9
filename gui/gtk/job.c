/* Reads and judges one machine in a thread of its own.
 *
 * The thread owns the machine until it has finished; then only the main thread looks at it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "job.h"

#include "core/report/report.h"

#include <stdatomic.h>

struct _WinverJob {
    GObject parent;
    const WinverSettings *settings;
    char **paths;
    char *title;
    struct machine *machine;
    struct assessment assessment;
    enum evidence_status status;
    GString *message;
    bool cancel;
    atomic_llong done, total;
    GMutex mutex;
    GCond finished_cond;
    gboolean finished; /* guarded by mutex */
};

G_DEFINE_TYPE(WinverJob, winver_job, G_TYPE_OBJECT)

static guint finished_signal;

static void winver_job_finalize(GObject *object)
{
    WinverJob *job = WINVER_JOB(object);

    machine_free(job->machine);
    g_strfreev(job->paths);
    g_free(job->title);
    g_string_free(job->message, TRUE);
    g_mutex_clear(&job->mutex);
    g_cond_clear(&job->finished_cond);
    G_OBJECT_CLASS(winver_job_parent_class)->finalize(object);
}

static void winver_job_class_init(WinverJobClass *class)
{
    G_OBJECT_CLASS(class)->finalize = winver_job_finalize;
    finished_signal = g_signal_new("finished", G_TYPE_FROM_CLASS(class), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void winver_job_init(WinverJob *job)
{
    g_mutex_init(&job->mutex);
    g_cond_init(&job->finished_cond);
    job->message = g_string_new(NULL);
    atomic_init(&job->done, 0);
    atomic_init(&job->total, -1);
}

static void watch_progress(void *data, int64_t done, int64_t total)
{
    WinverJob *job = data;

    atomic_store(&job->done, done);
    atomic_store(&job->total, total);
}

/* The pieces that could be used; the others leave a line in the job's message. */
static unsigned read_pieces(WinverJob *job)
{
    const struct evidence_watch watch = {watch_progress, job, &job->cancel};
    unsigned n_read = 0;

    for (char **path = job->paths; *path; path++) {
        const char *message = NULL;
        enum evidence_status status = evidence_read(job->machine, *path, &watch, &message);

        if (status == EVIDENCE_OK) {
            n_read++;
            continue;
        }
        job->status = status;
        if (status == EVIDENCE_CANCELLED)
            return 0;
        if (job->message->len)
            g_string_append_c(job->message, '\n');
        g_string_append(job->message, message ? message : *path);
    }
    return n_read;
}

static void run(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    WinverJob *job = source;
    const struct judge_options options = {
        .as_of = job->settings->as_of,
        .policy = &job->settings->policy,
        .strict = job->settings->strict,
    };

    (void)data;
    (void)cancellable;
    if (read_pieces(job)) {
        job->status = EVIDENCE_OK;
        if (job->settings->redact)
            machine_redact(job->machine);
        judge(job->machine, &options, &job->assessment);
    }
    g_mutex_lock(&job->mutex);
    job->finished = TRUE;
    g_cond_broadcast(&job->finished_cond);
    g_mutex_unlock(&job->mutex);
    g_task_return_boolean(task, TRUE);
}

static void on_task_done(GObject *source, GAsyncResult *result, gpointer data)
{
    (void)result;
    (void)data;
    g_signal_emit(source, finished_signal, 0);
}

static char *title_of(char **paths)
{
    g_autoptr(GString) title = g_string_new(NULL);

    for (char **path = paths; *path; path++) {
        g_autofree char *base = g_filename_display_basename(*path);

        g_string_append_printf(title, "%s%s", title->len ? ", " : "", base);
    }
    return g_strdup(title->str);
}

WinverJob *winver_job_new(const WinverSettings *settings, const char *const *paths)
{
    WinverJob *job = g_object_new(WINVER_TYPE_JOB, NULL);
    g_autoptr(GTask) task = g_task_new(job, NULL, on_task_done, NULL);

    job->settings = settings;
    job->paths = g_strdupv((char **)paths);
    job->title = title_of(job->paths);
    job->machine = machine_new(job->paths[1] ? job->title : job->paths[0]);
    g_task_run_in_thread(task, run);
    return job;
}

gboolean winver_job_wait(WinverJob *job, gint64 microseconds)
{
    gint64 end = g_get_monotonic_time() + microseconds;
    gboolean finished;

    g_mutex_lock(&job->mutex);
    while (!job->finished && g_cond_wait_until(&job->finished_cond, &job->mutex, end))
        ;
    finished = job->finished;
    g_mutex_unlock(&job->mutex);
    return finished;
}

gboolean winver_job_is_finished(WinverJob *job)
{
    return winver_job_wait(job, 0);
}

void winver_job_cancel(WinverJob *job)
{
    __atomic_store_n(&job->cancel, true, __ATOMIC_RELAXED);
}

void winver_job_get_progress(WinverJob *job, gint64 *done, gint64 *total)
{
    *done = atomic_load(&job->done);
    *total = atomic_load(&job->total);
}

const char *winver_job_get_title(WinverJob *job)
{
    return job->title;
}

enum evidence_status winver_job_get_status(WinverJob *job)
{
    return job->status;
}

const char *winver_job_get_message(WinverJob *job)
{
    return job->message->str;
}

const struct machine *winver_job_get_machine(WinverJob *job)
{
    return job->status == EVIDENCE_OK ? job->machine : NULL;
}

const struct assessment *winver_job_get_assessment(WinverJob *job)
{
    return job->status == EVIDENCE_OK ? &job->assessment : NULL;
}

char *winver_job_get_ticket(WinverJob *job)
{
    const struct report_format *text = report_format_by_name("text");
    const struct report_options options = {0};
    struct strbuf out = STRBUF_EMPTY;
    char *ticket;

    if (text->begin)
        text->begin(&out);
    text->machine(job->machine, &job->assessment, &options, &out);
    if (text->end)
        text->end(&out);
    ticket = g_strdup(strbuf_text(&out));
    strbuf_free(&out);
    return ticket;
}
