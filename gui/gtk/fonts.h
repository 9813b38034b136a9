/* The window's fonts, looked up beside the main thread.
 *
 * Finding, opening and measuring the first fonts takes Pango about as long as all else of the
 * window together, and GTK leaves a core idle while it parses its theme.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_FONTS_H
#define WINVER6003_FONTS_H

#include <glib.h>

/* To be called when GTK has its display: before, the display itself needs the other core. */
GThread *fonts_start(void);
/* In the main thread, once GTK has its settings and before the first widget: its text is set in
 * the fonts that were looked up. Ends the thread. */
void fonts_adopt(GThread *thread);

#endif
