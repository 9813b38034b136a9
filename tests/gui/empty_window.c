/* An empty GTK 3 window: what the time to the first frame of ours is measured against.
 *
 * SPDX-License-Identifier: MIT
 */
#include <gtk/gtk.h>

int main(int argc, char **argv)
{
    GtkWidget *window;

    gtk_init(&argc, &argv);
    window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
    gtk_window_set_title(GTK_WINDOW(window), "Empty");
    gtk_window_set_default_size(GTK_WINDOW(window), 560, 400);
    gtk_widget_show(window);
    gtk_main();
    return 0;
}
