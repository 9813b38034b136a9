/* Opening evidence: by Open, by drop, from the command line, all on one path.
 *
 * What is opened decides about its window: a machine has one of its own, many machines have a list.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_OPENING_H
#define WINVER6003_OPENING_H

#include "job.h"

#include <gtk/gtk.h>

/* The window for a job; presents it. */
void opening_present(const WinverSettings *settings, WinverJob *job);
/* A list of all machines in the paths, as --batch finds them. */
void opening_list(const WinverSettings *settings, const char *const *paths);
/* Asks what several paths are. from is the window that they were opened from: an empty one takes
 * a machine itself. */
void opening_open(GtkWindow *from, const WinverSettings *settings, const char *const *paths);

/* Asks for files or a folder, and opens them. */
void opening_choose_files(GtkWindow *from, const WinverSettings *settings);
void opening_choose_folder(GtkWindow *from, const WinverSettings *settings);
/* For a folder of which every entry is a machine. */
void opening_choose_list(GtkWindow *from, const WinverSettings *settings);
/* Opens what is dropped on the window. */
void opening_accept_drops(GtkWindow *window, const WinverSettings *settings);

#endif
