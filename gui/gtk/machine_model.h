/* The rows of a list in the order and choice in which they are shown, as GTK's tree view asks for
 * them: an array of positions over the array of machines, nothing is copied.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MACHINE_MODEL_H
#define WINVER6003_MACHINE_MODEL_H

#include "machine_row.h"

#include <gtk/gtk.h>

/* Column i < LIST_COLUMNS is the text of that list_column. */
enum { MODEL_STATE = LIST_COLUMNS, MODEL_COLUMNS };

#define WINVER_TYPE_MACHINE_MODEL (winver_machine_model_get_type())
G_DECLARE_FINAL_TYPE(WinverMachineModel, winver_machine_model, WINVER, MACHINE_MODEL, GObject)

WinverMachineModel *winver_machine_model_new(void);

/* The machines in the order in which they were read; to be appended to only, then say so. */
GArray *winver_machine_model_get_rows(WinverMachineModel *model);

/* What shall be shown. These take effect with the next refresh. text: every word of it stands in
 * the row, without regard to case; NULL or "" for all. state: STATE_NONE for all. */
void winver_machine_model_set_filter(WinverMachineModel *model, const char *text,
                                     enum verdict_state state);
/* Whether the rows that came in since the last refresh can be shown with row-inserted alone, and
 * does so. */
gboolean winver_machine_model_append(WinverMachineModel *model);
/* Filters and sorts anew. No view may have the model meanwhile: nothing is signalled. */
void winver_machine_model_refresh(WinverMachineModel *model);

guint winver_machine_model_get_n_shown(WinverMachineModel *model);
const struct machine_row *winver_machine_model_get_shown(WinverMachineModel *model, guint at);
/* The number of the machine in reading order, and where it is shown; -1 when it is not. */
guint winver_machine_model_get_index(WinverMachineModel *model, guint at);
int winver_machine_model_find_index(WinverMachineModel *model, guint index);

#endif
