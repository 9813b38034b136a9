/* What a window shows while it has no machine: what to do next, the samples, and, where evidence
 * could not be used, why.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_START_H
#define WINVER6003_START_H

#include <gtk/gtk.h>

#define WINVER_TYPE_START (winver_start_get_type())
G_DECLARE_FINAL_TYPE(WinverStart, winver_start, WINVER, START, GtkBox)

/* Signals "open-sample" (const char *path) and "open-folder" (). */
WinverStart *winver_start_new(void);
/* NULL for no error. */
void winver_start_set_error(WinverStart *start, const char *message);

#endif
