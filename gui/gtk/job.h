/* One machine being read and judged beside the main thread.
 *
 * A job starts when it is made, before there is any window and even before GTK opens the display,
 * so that a small file is judged by the time the first frame is drawn. The window asks for the
 * progress of a long one and may cancel it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_JOB_H
#define WINVER6003_JOB_H

#include "core/judge/judge.h"
#include "core/reader.h"

#include <gio/gio.h>

/* How to judge, from the command line. Outlives every job. */
typedef struct {
    day_t as_of;
    struct policy policy;
    bool strict;
    bool trust_imitation;
    bool redact;
} WinverSettings;

/* The policy is borrowed from settings. */
static inline struct judge_options winver_settings_judging(const WinverSettings *settings)
{
    return (struct judge_options){
        .as_of = settings->as_of,
        .policy = &settings->policy,
        .strict = settings->strict,
        .trust_imitation = settings->trust_imitation,
    };
}

#define WINVER_TYPE_JOB (winver_job_get_type())
G_DECLARE_FINAL_TYPE(WinverJob, winver_job, WINVER, JOB, GObject)

/* Signal "finished": emitted once, in the main thread. Every path is a piece of one machine. */
WinverJob *winver_job_new(const WinverSettings *settings, const char *const *paths);
/* Another way to one machine: in the job's thread, gives a new machine, judged as settings say, and
 * adds to message what is to be told about it. */
typedef enum evidence_status (*WinverJobRead)(gpointer data, const WinverSettings *settings,
                                              const struct evidence_watch *watch,
                                              struct machine **machine,
                                              struct assessment *assessment, GString *message);
/* data is released with destroy in the end. */
WinverJob *winver_job_new_with(const WinverSettings *settings, const char *title,
                               WinverJobRead read, gpointer data, GDestroyNotify destroy);
/* What it reads; NULL for one that was made in another way. */
const char *const *winver_job_get_paths(WinverJob *job);
/* Blocks at most that long; TRUE when the result is there. */
gboolean winver_job_wait(WinverJob *job, gint64 microseconds);
gboolean winver_job_is_finished(WinverJob *job);
void winver_job_cancel(WinverJob *job);
/* Bytes of the piece that is being read; *total is -1 when it is not known. */
void winver_job_get_progress(WinverJob *job, gint64 *done, gint64 *total);
/* What to call it while it is read: the base names of its paths. */
const char *winver_job_get_title(WinverJob *job);

/* After it has finished. */
/* The only piece is an inventory or a scan: one window is not enough for what it holds. */
gboolean winver_job_is_many(WinverJob *job);
enum evidence_status winver_job_get_status(WinverJob *job);
/* One line for each piece that could not be used; "" when there is none. */
const char *winver_job_get_message(WinverJob *job);
/* NULL unless at least one piece was recognised. They belong to the job. */
const struct machine *winver_job_get_machine(WinverJob *job);
const struct assessment *winver_job_get_assessment(WinverJob *job);
/* The ticket text: the terminal program's text report. */
char *winver_job_get_ticket(WinverJob *job);

#endif
