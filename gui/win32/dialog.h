/* The dialog for one machine: winver's, and what winver never had below it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_DIALOG_H
#define WINVER6003_DIALOG_H

#include "content.h"
#include "job.h"
#include "look.h"
#include "paint.h"

struct dialog {
    HWND window;
    HWND controls[ITEM_COUNT]; /* NULL for what is painted, and for pages before they are opened */
    const struct options *options;
    struct job *job;    /* whose result is shown; NULL */
    struct job *coming; /* being read; NULL */
    struct content content;
    struct look look;
    struct layout layout;
    struct painting painting;
    bool details; /* the pages are open */
    int page;     /* which of them */
    int scroll;   /* how much of the top is out of sight */
    struct dialog *next;
};

/* window.c: opens a dialog that reads paths, n_paths of them, as one machine; none for the machine
 * that this runs on. message, when it is not NULL, is all there is to show, with that exit code.
 * false when there is no window to be had. */
bool dialog_open(const struct options *options, const char *const *paths, int n_paths,
                 const char *message, int code);
/* Runs until the last dialog is closed. Gives the exit code of the worst that was shown. */
int dialog_run(void);

/* arrange.c: measures the content, gives the window its size and each control its place. */
void dialog_arrange(struct dialog *dialog);
/* The look of the screen the window is on, or has come to. */
void dialog_take_look(struct dialog *dialog, int dpi);
/* Moves the content so that it begins at y; bounded. */
void dialog_scroll_to(struct dialog *dialog, int y);
/* So that the control can be seen. */
void dialog_show_control(struct dialog *dialog, HWND control);
/* Which items have something to show. */
void dialog_request(const struct dialog *dialog, struct layout_request *request);

/* details.c: the pages behind Details. */
void details_toggle(struct dialog *dialog);
void details_turn(struct dialog *dialog, int pages);
void details_selected(struct dialog *dialog);
/* Fills the page anew, for another result. */
void details_refresh(struct dialog *dialog);

/* copy.c: the text report to the clipboard; false when another program holds it. */
bool dialog_copy(const struct dialog *dialog);

/* opening.c: lets the user choose files, each a machine; and those dropped on the window. */
bool opening_is_possible(void);
void opening_choose(struct dialog *dialog);
void opening_drop(struct dialog *dialog, HDROP drop);
/* window.c: the number by which the window knows a control. */
int control_id(enum item item);
/* window.c: each path is a machine: the first goes here when there is no verdict here yet. */
void dialog_open_each(struct dialog *dialog, const char *const *paths, int n_paths);

/* picture.c: draws what the dialog would show into a PNG file. The exit code. */
int picture_write(const struct options *options, const char *path);

#endif
