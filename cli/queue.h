/* The work of a batch, piece by piece: one file, one folder, or a block of rows of an inventory.
 *
 * In the order in which the arguments give it. What cannot be opened is a piece as well, that is
 * only told. One thread at a time.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_QUEUE_H
#define WINVER6003_QUEUE_H

#include "core/arena.h"
#include "core/input.h"
#include "core/reader.h"
#include "inventory.h"

#include <stdbool.h>
#include <stddef.h>

enum piece_kind {
    PIECE_NONE,
    PIECE_ROWS,
    PIECE_PATH,    /* to be opened: an entry of a folder */
    PIECE_INPUT,   /* open already; whoever works on it closes it */
    PIECE_MESSAGE, /* nothing to do but to tell */
};

struct piece {
    enum piece_kind kind;
    struct arena *arena;               /* of path and message; emptied by queue_next() */
    const char *path;                  /* of PIECE_PATH */
    struct input input;                /* of PIECE_INPUT */
    struct row_block block;            /* of PIECE_ROWS; its memory is used again */
    const struct inventory *inventory; /* of PIECE_ROWS; lives as long as the queue */
    const char *inventory_name;
    int percent;         /* how far its argument was read; -1 when not known */
    const char *message; /* to be told; NULL. Set where kind is PIECE_MESSAGE */
    const char *remark;  /* the same of a piece that was judged; set by whoever does */
};

struct queue;

/* arguments are borrowed; block_bytes of inventories are read at a time. Never NULL. */
struct queue *queue_new(const char *const *arguments, int n_arguments, size_t block_bytes);
/* No piece may be at work. NULL is allowed. */
void queue_free(struct queue *queue);

void piece_start(struct piece *piece);
void piece_free(struct piece *piece);
/* false when there is no more work. */
bool queue_next(struct queue *queue, struct piece *piece);
/* Sets the message of a piece that was read and gave no machine: that of the reader, or what to do
 * with an inventory inside a folder. */
void piece_refuse(struct piece *piece, enum evidence_status status, const char *message);

#endif
