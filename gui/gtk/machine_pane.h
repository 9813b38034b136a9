/* The machine that is selected in a list: verdict, winver's lines, and the same pages of details as
 * a window of its own has.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MACHINE_PANE_H
#define WINVER6003_MACHINE_PANE_H

#include "job.h"

#include <gtk/gtk.h>

#define WINVER_TYPE_MACHINE_PANE (winver_machine_pane_get_type())
G_DECLARE_FINAL_TYPE(WinverMachinePane, winver_machine_pane, WINVER, MACHINE_PANE, GtkStack)

/* Shows the machine, now or once it has been read; takes a reference. */
void winver_machine_pane_show(WinverMachinePane *pane, WinverJob *job);
/* For a place that is not high: without winver's lines, which the row and the facts say as well. */
void winver_machine_pane_set_low(WinverMachinePane *pane, gboolean low);
/* Shows no machine but a line of text. */
void winver_machine_pane_show_hint(WinverMachinePane *pane, const char *text);

#endif
