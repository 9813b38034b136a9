/* A window for one machine: winver's dialog, and what winver never had below it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_WINDOW_H
#define WINVER6003_WINDOW_H

#include "job.h"

#include <gtk/gtk.h>

#define WINVER_TYPE_WINDOW (winver_window_get_type())
G_DECLARE_FINAL_TYPE(WinverWindow, winver_window, WINVER, WINDOW, GtkWindow)

/* Shows the job, now or once it has finished, and takes a reference to it; without one (NULL) the
 * window says what to do. settings outlives it. The last window that closes ends gtk_main(). */
WinverWindow *winver_window_new(const WinverSettings *settings, WinverJob *job);
/* One machine out of all the paths, in this window when it is empty, else in a new one. */
void winver_window_open_together(WinverWindow *window, const char *const *paths);

#endif
