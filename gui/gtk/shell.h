/* What every window of the program does the same way: the kind of theme, the size of the screen,
 * copying what is selected, and ending the program with the last one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_SHELL_H
#define WINVER6003_SHELL_H

#include <gtk/gtk.h>

/* GTK 3 style sheets cannot ask for the kind of theme: gives the window the class "dark" or
 * "contrast". To be called when its style is updated. */
void shell_classify_theme(GtkWidget *window);
/* The part of the screen that windows may use. */
GdkRectangle shell_work_area(GtkWidget *window);
/* Copies what is selected in the text that has the keyboard focus; FALSE when nothing is. */
gboolean shell_copy_selection(GtkWindow *window);
/* Our icon, drawn like everything else, for all windows. */
void shell_set_icon(void);
/* gtk_main() ends when all windows that were counted are gone. */
void shell_count(GtkWindow *window);

#endif
