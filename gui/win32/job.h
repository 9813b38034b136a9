/* One machine being read and judged beside the dialog's thread.
 *
 * The thread owns the job until it has finished; then only the dialog's thread looks at it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_DIALOG_JOB_H
#define WINVER6003_DIALOG_JOB_H

#include "cli/options.h"
#include "core/reader.h"

#include <windows.h>

/* Posted to the window when a job has finished: lParam is the job, with a reference that belongs
 * to whoever gets the message. */
#define WM_JOB_FINISHED (WM_APP + 1)

struct job;

/* paths are the pieces of one machine, n_paths of them; none for the machine that this runs on.
 * Copied. options outlive the job. Never NULL. */
struct job *job_new(const struct options *options, const char *const *paths, int n_paths);
void job_release(struct job *job);
/* Reads and judges here and now. */
void job_run(struct job *job);
/* The same in a thread, which tells the window; where there is no thread to be had, here. */
void job_start(struct job *job, HWND window);
void job_cancel(struct job *job);
/* The same machine anew. */
struct job *job_again(const struct job *job);

/* "Asking this machine..." or "Reading server.txt..." */
const char *job_waiting(const struct job *job);
/* Bytes of the piece that is being read, in KB; *total is -1 when it is not known. */
void job_progress(struct job *job, long *done, long *total);

/* After it has finished. */
/* One line for each piece that could not be used; "" when there is none. */
const char *job_message(const struct job *job);
/* NULL unless at least one piece was recognised. They belong to the job. */
const struct machine *job_machine(const struct job *job);
const struct assessment *job_assessment(const struct job *job);
/* The exit code of the process when this is all it showed. */
int job_exit_code(const struct job *job);
/* The text report of the terminal program, into out. */
void job_report(const struct job *job, struct strbuf *out);

#endif
