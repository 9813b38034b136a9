/* A window for many machines: a list beside the details of the one that is selected.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MACHINES_H
#define WINVER6003_MACHINES_H

#include "batch.h"

#include <gtk/gtk.h>

#define WINVER_TYPE_MACHINES (winver_machines_get_type())
G_DECLARE_FINAL_TYPE(WinverMachines, winver_machines, WINVER, MACHINES, GtkWindow)

/* Shows the machines of the batch while they are read; takes a reference. settings outlives it. */
WinverMachines *winver_machines_new(const WinverSettings *settings, WinverBatch *batch);

#endif
