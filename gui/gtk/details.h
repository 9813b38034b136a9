/* The pages behind the expander: findings, facts, plan, evidence.
 *
 * Each page is written when it is first looked at, so that the window opens without waiting for
 * text that nobody asked for. All of it is ordinary text in read-only text views: it wraps at any
 * size, can be selected and copied piece by piece, and a screen reader reads it like a document.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_DETAILS_H
#define WINVER6003_DETAILS_H

#include "gui/common/pages.h"
#include "job.h"

#include <gtk/gtk.h>

#define WINVER_TYPE_DETAILS (winver_details_get_type())
G_DECLARE_FINAL_TYPE(WinverDetails, winver_details, WINVER, DETAILS, GtkNotebook)

/* Shows a finished job that has an assessment; takes a reference. */
void winver_details_show(WinverDetails *details, WinverJob *job);

/* details_text.c: the styles of the pages in the colours of the view's theme, made or changed;
 * and the way for what stands on a page into a buffer that has them. */
void details_make_tags(GtkTextBuffer *buffer, GtkWidget *view);
struct pages_sink details_sink(GtkTextBuffer *buffer);

#endif
