/* Asks for the file to export machines to; its ending is the format.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_EXPORT_DIALOG_H
#define WINVER6003_EXPORT_DIALOG_H

#include <gtk/gtk.h>

/* chosen(parent, path) is called when a file was named; parent may have gone by then, and it is
 * not called. */
void export_dialog_open(GtkWindow *parent, void (*chosen)(GtkWindow *parent, const char *path));
/* The report format of a file with that name: "jsonl" or "csv". */
const char *export_format_of(const char *path);

#endif
