/* Reads and judges one machine in a thread of its own.
 *
 * The thread owns the machine until it has finished; then only the main thread looks at it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "job.h"

#include "cli/inventory.h"
#include "core/report/report.h"

#include <stdatomic.h>

struct _WinverJob {
    GObject parent;
    const WinverSettings *settings;
    char **paths; /* NULL where read has the machine from elsewhere */
    WinverJobRead read;
    gpointer read_data;
    GDestroyNotify read_destroy;
    char *title;
    struct machine *machine;
    struct assessment assessment;
    struct evidence_each each; /* while it is read */
    enum evidence_status status;
    GString *message;
    gboolean many;
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
    if (job->read_destroy)
        job->read_destroy(job->read_data);
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
    finished_signal = g_signal_new("finished", G_TYPE_FROM_CLASS(class), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
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

/* The only machine of a piece, or the news that there are several. */
static enum evidence_next take_only(void *data, struct machine *machine)
{
    WinverJob *job = data;

    if (job->each.several) {
        job->many = TRUE;
        return EVIDENCE_STOP;
    }
    machine_free(job->machine);
    job->machine = machine;
    return EVIDENCE_KEEP;
}

static void tell(WinverJob *job, const char *message)
{
    if (job->message->len)
        g_string_append_c(job->message, '\n');
    g_string_append(job->message, message);
}

/* A piece on its own: it may turn out to be many machines. */
static void read_only(WinverJob *job, const struct evidence_watch *watch)
{
    const char *path = job->paths[0], *message = "";
    char reason[INVENTORY_MESSAGE_SIZE];
    struct input input;

    job->each = (struct evidence_each){.take = take_only, .data = job};
    if (input_open(&input, path, reason, sizeof(reason)) != INPUT_OK) {
        job->status = evidence_read_each(&job->each, path, watch, &message);
    } else {
        job->many = inventory_probe(&input);
        if (!job->many)
            job->status = evidence_read_each_input(&job->each, &input, watch, &message);
        input_close(&input);
    }
    if (*message)
        tell(job, message);
    if (job->many)
        job->status = EVIDENCE_UNRECOGNISED;
    evidence_each_free(&job->each);
}

/* Pieces of one machine: those that cannot be used leave a line in the job's message. */
static void read_together(WinverJob *job, const struct evidence_watch *watch)
{
    unsigned n_read = 0;

    for (char **path = job->paths; *path; path++) {
        const char *message = NULL;
        enum evidence_status status = evidence_read(job->machine, *path, watch, &message);

        if (status == EVIDENCE_OK) {
            n_read++;
            continue;
        }
        job->status = status;
        if (status == EVIDENCE_CANCELLED)
            return;
        tell(job, message ? message : *path);
    }
    if (n_read)
        job->status = EVIDENCE_OK;
}

static void read_and_judge(WinverJob *job)
{
    const struct evidence_watch watch = {watch_progress, job, &job->cancel};
    const struct judge_options options = winver_settings_judging(job->settings);

    if (job->read) {
        job->status = job->read(job->read_data, job->settings, &watch, &job->machine,
                                &job->assessment, job->message);
        return;
    }
    if (job->paths[1])
        read_together(job, &watch);
    else
        read_only(job, &watch);
    if (job->status != EVIDENCE_OK)
        return;
    if (job->settings->redact)
        machine_redact(job->machine);
    judge(job->machine, &options, &job->assessment);
}

static void run(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    WinverJob *job = source;

    (void)data;
    (void)cancellable;
    read_and_judge(job);
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

static void start(WinverJob *job)
{
    g_autoptr(GTask) task = g_task_new(job, NULL, on_task_done, NULL);

    g_task_run_in_thread(task, run);
}

WinverJob *winver_job_new(const WinverSettings *settings, const char *const *paths)
{
    WinverJob *job = g_object_new(WINVER_TYPE_JOB, NULL);

    job->settings = settings;
    job->paths = g_strdupv((char **)paths);
    job->title = title_of(job->paths);
    job->machine = machine_new(job->paths[1] ? job->title : job->paths[0]);
    start(job);
    return job;
}

WinverJob *winver_job_new_with(const WinverSettings *settings, const char *title,
                               WinverJobRead read, gpointer data, GDestroyNotify destroy)
{
    WinverJob *job = g_object_new(WINVER_TYPE_JOB, NULL);

    job->settings = settings;
    job->title = g_strdup(title);
    job->read = read;
    job->read_data = data;
    job->read_destroy = destroy;
    start(job);
    return job;
}

const char *const *winver_job_get_paths(WinverJob *job)
{
    return (const char *const *)job->paths;
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

gboolean winver_job_is_many(WinverJob *job)
{
    return job->many;
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
