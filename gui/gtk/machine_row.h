/* One machine of a list: as little of it as a list needs to show, sort, filter and copy it, and
 * where to find the rest again.
 *
 * Ten thousand machines with all their facts would take gigabytes, so facts are kept for no row:
 * the machine is read anew when it is selected.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MACHINE_ROW_H
#define WINVER6003_MACHINE_ROW_H

#include "cli/inventory.h"
#include "core/judge/judge.h"

#include <glib.h>

enum list_column {
    LIST_STATE,
    LIST_NAME,
    LIST_PRODUCT,
    LIST_BUILD,
    LIST_REVISION,
    LIST_LEVEL,
    LIST_HEADLINE,
    LIST_COLUMNS
};

/* Where a machine came from. */
struct machine_origin {
    const char *path;    /* of the evidence; the name of an inventory */
    gulong number;       /* of the machine in it, from 0; of an inventory's row: its line */
    const char *cells;   /* of an inventory's row: COLUMN_COUNT texts with a NUL each; else NULL */
    const char *problem; /* why that row cannot be read; NULL */
    gint64 bytes;        /* of that row */
};

/* All text belongs to the row_texts that made it. */
struct machine_row {
    const char *name;        /* what it is called; never NULL */
    const char *name_key;    /* orders names, numbers in them by their value */
    const char *name_folded; /* for comparing without case, as rest_folded */
    const char *product;     /* NULL when not stated; equal ones are one pointer, as headlines */
    const char *headline;
    const char *rest_folded;     /* the texts of all other columns; equal ones are one pointer */
    const char *csv;             /* its row of the csv report, with the end of line */
    const struct release *level; /* NULL */
    struct machine_origin origin;
    gint32 build, revision; /* VERSION_UNKNOWN */
    enum verdict_state state;
};

/* Keeps the text of rows; for one thread at a time. */
struct row_texts;
struct row_texts *row_texts_new(void);
void row_texts_free(struct row_texts *texts);

/* origin's text is copied. */
void machine_row_fill(struct machine_row *row, struct row_texts *texts,
                      const struct machine *machine, const struct assessment *assessment,
                      const struct machine_origin *origin);

/* Cells as struct machine_origin keeps them; release with g_free(). */
char *machine_cells_pack(const struct inventory_row *cells);
void machine_cells_unpack(const struct machine_origin *origin, struct inventory_row *cells);

/* What stands in a column; "" where nothing is known. number is room for a number. */
#define ROW_NUMBER_SIZE 12
const char *machine_row_text(const struct machine_row *row, enum list_column column,
                             char number[ROW_NUMBER_SIZE]);
const char *list_column_title(enum list_column column);

/* How much a state asks for a person, from 0. */
int machine_state_badness(enum verdict_state state);

#endif
