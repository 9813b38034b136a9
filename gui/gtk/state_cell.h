/* A cell that shows a state as its icon and its word.
 *
 * The icon is one of our own drawings, in the state's colour; on a selected row in that of the
 * text. Property "state": an enum verdict_state.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_STATE_CELL_H
#define WINVER6003_STATE_CELL_H

#include <gtk/gtk.h>

#define WINVER_TYPE_STATE_CELL (winver_state_cell_get_type())
G_DECLARE_FINAL_TYPE(WinverStateCell, winver_state_cell, WINVER, STATE_CELL, GtkCellRendererText)

#endif
