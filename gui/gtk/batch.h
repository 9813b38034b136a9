/* Many machines being read and judged beside the main thread, as winver6003 --batch does it: every
 * entry of a folder, every row of an inventory, every host of a scan is a machine of its own.
 *
 * What has been read can be taken while the rest is on its way. Only compact rows are kept; the
 * batch also reads one of its machines anew.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_BATCH_H
#define WINVER6003_BATCH_H

#include "job.h"
#include "machine_row.h"

#include <gio/gio.h>

/* A window with more rows than this helps nobody; the terminal program takes any number. */
#define BATCH_ROWS_MOST 1000000

#define WINVER_TYPE_BATCH (winver_batch_get_type())
G_DECLARE_FINAL_TYPE(WinverBatch, winver_batch, WINVER, BATCH, GObject)

/* Signal "finished": emitted once, in the main thread. settings outlives it. */
WinverBatch *winver_batch_new(const WinverSettings *settings, const char *const *paths);
void winver_batch_cancel(WinverBatch *batch);
gboolean winver_batch_is_finished(WinverBatch *batch);
gboolean winver_batch_was_cancelled(WinverBatch *batch);
/* What to call it: the base names of its paths. */
const char *winver_batch_get_title(WinverBatch *batch);
const char *const *winver_batch_get_paths(WinverBatch *batch);
const WinverSettings *winver_batch_get_settings(WinverBatch *batch);
/* How far its current path has been read; -1 when not known. */
int winver_batch_get_percent(WinverBatch *batch);

/* Appends the struct machine_row that came since the last call; their text lives as long as the
 * batch. */
void winver_batch_take_rows(WinverBatch *batch, GArray *rows);
/* Appends the lines about what could not be used, likewise. */
void winver_batch_take_problems(WinverBatch *batch, GPtrArray *problems);

/* Reads a machine again. */
WinverJob *winver_batch_read_again(WinverBatch *batch, const struct machine_row *row);

#endif
