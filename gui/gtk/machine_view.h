/* The list itself: a tree view of fixed rows, so that its cost is that of the rows on the screen.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MACHINE_VIEW_H
#define WINVER6003_MACHINE_VIEW_H

#include "machine_model.h"

#include <gtk/gtk.h>

#define WINVER_TYPE_MACHINE_VIEW (winver_machine_view_get_type())
G_DECLARE_FINAL_TYPE(WinverMachineView, winver_machine_view, WINVER, MACHINE_VIEW, GtkTreeView)

/* The view comes with a model of its own. */
WinverMachineModel *winver_machine_view_get_model(WinverMachineView *view);
/* Filters and sorts anew; what was selected and is still shown stays so. Signal "changed" of the
 * selection may come meanwhile, and ought to be looked at afterwards. */
void winver_machine_view_refresh(WinverMachineView *view);

guint winver_machine_view_get_n_selected(WinverMachineView *view);
/* The position in the model of the only machine that is selected; -1 unless it is one. */
int winver_machine_view_get_selected(WinverMachineView *view);
/* The selected machines as text: a line with the titles, then one a machine, columns with a tab
 * between them. Release with g_free(). */
char *winver_machine_view_copy(WinverMachineView *view);

#endif
