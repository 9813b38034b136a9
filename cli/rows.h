/* A stream of bytes cut into blocks of whole rows, so that threads can work on rows side by side.
 *
 * The cut falls on the same byte whatever the sizes in which the bytes arrive. A row longer than
 * the limit is kept to its first limit + 1 bytes: it is still seen as too long, and memory does
 * not grow with it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_ROWS_H
#define WINVER6003_ROWS_H

#include "core/input.h"

#include <stdbool.h>
#include <stddef.h>

struct rows {
    struct input *input;     /* borrowed */
    char delimiter;          /* of CSV; '\n' for one row a line whatever is in it */
    size_t block_size;       /* what is read for one block, if a row ends in it */
    size_t row_limit;        /* LIMIT_ROW_BYTES: of a row with its end of line */
    unsigned long next_line; /* number of the line on which the next block begins */
    /* private */
    char *kept; /* the bytes behind the last cut */
    size_t n_kept;
    bool ended;
};

struct row_block {
    char *bytes;
    size_t length;
    unsigned long line; /* number of the first */
    bool quotes;        /* a quote is in it, so that lines may not be rows */
    size_t size;        /* private */
};

enum row_status {
    ROW_OK,
    ROW_BAD_QUOTING,
    ROW_TOO_LONG, /* text is its beginning */
};

struct row {
    const char *text; /* inside the block; not NUL-terminated, without its end of line */
    size_t length;
    unsigned long line;
    enum row_status status;
};

/* line is the number of the line that input stands at. */
void rows_open(struct rows *rows, struct input *input, char delimiter, unsigned long line,
               size_t block_size);
void rows_close(struct rows *rows);
/* Fills block, which is zeroed or was filled before. false at the end. */
bool rows_next(struct rows *rows, struct row_block *block);
void row_block_free(struct row_block *block);

/* Where to go on in a block; zeroed to begin with. */
struct row_place {
    size_t at;
    unsigned long lines; /* before at, in this block */
};
/* The next row that is not an empty line; false at the end of the block. */
bool row_next(const struct rows *rows, const struct row_block *block, struct row_place *place,
              struct row *row);

#endif
