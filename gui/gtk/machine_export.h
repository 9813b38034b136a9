/* Writes machines of a list into a file, in a thread of its own and in the order given.
 *
 * The file appears whole or not at all.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MACHINE_EXPORT_H
#define WINVER6003_MACHINE_EXPORT_H

#include "batch.h"

#include "core/report/report.h"

/* rows: struct machine_row of the batch; a reference is taken. "csv" needs no machine again, any
 * other format reads each anew. Cancelled, nothing is written. */
void machine_export_async(WinverBatch *batch, GArray *rows, const struct report_format *format,
                          const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data);
gboolean machine_export_finish(GAsyncResult *result, GError **error);

#endif
