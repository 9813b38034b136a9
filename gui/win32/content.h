/* The texts of the dialog, one for each item, for what there is to show.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_CONTENT_H
#define WINVER6003_CONTENT_H

#include "job.h"
#include "layout.h"

/* What is told in the row of buttons; it has room for this. */
#define CONTENT_COPIED     "Report copied"
#define CONTENT_NOT_COPIED "Clipboard in use"

struct content {
    WCHAR *texts[ITEM_COUNT]; /* owned; NULL where nothing is to be shown */
    WCHAR *title;             /* of the window; owned */
    enum verdict_state state; /* STATE_NONE: no verdict */
};

/* All of these replace what is there. */
void content_wait(struct content *content, const struct job *job);
void content_result(struct content *content, const struct job *job);
/* Why there is nothing to show. */
void content_message(struct content *content, const char *message);
void content_free(struct content *content);

/* Of one item; NULL hides it. */
void content_set(struct content *content, enum item item, const char *text);

#endif
