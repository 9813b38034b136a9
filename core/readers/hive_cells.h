/* The bins of a hive and the cells in them, touched as they are needed.
 *
 * Cells are used where they are, in the mapped file. Pieces that logs changed, and all where
 * nothing is mapped, are copied when a cell in them is first asked for.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_HIVE_CELLS_H
#define WINVER6003_HIVE_CELLS_H

#include "../cursor.h"
#include "../input.h"
#include "../machine.h"
#include "hive_patches.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hive_block; /* private: a copied piece of the bins */

struct hive_cells {
    struct input *input;  /* borrowed; held, see input_hold() */
    const uint8_t *bytes; /* input_bytes(): NULL where they are to be read */
    size_t size;
    const struct hive_patches *patches; /* borrowed; NULL for none */
    struct machine *machine;            /* borrowed; problems go there; NULL: nowhere */
    unsigned evidence;
    uint32_t len;        /* of the bins, as the base block has it */
    uint32_t steps_left; /* of LIMIT_HIVE_STEPS */
    /* private */
    struct arena *arena;
    struct hive_block **slots;
    size_t n_slots;
    size_t n_blocks;
    size_t bytes_held;     /* in copies */
    uint32_t bin, bin_len; /* the one that was last walked through */
    uint32_t walked;       /* a cell begins there, counted from the bin */
    bool full_told;
    bool steps_told;
};

/* Completes what is not private and not zero already; hive_cells_close() is due. */
void hive_cells_open(struct hive_cells *cells);
void hive_cells_close(struct hive_cells *cells);

/* The content of the cell in use at offset, without its size. false (and told) where there can be
 * none; cell then is empty. Its bytes are valid until hive_cells_close(). That a cell really
 * begins there shows in the signature that its content opens with. */
bool hive_cell(struct hive_cells *cells, uint32_t offset, struct cursor *cell);
/* The same for content without a signature: the chain of cells in its bin is followed to it, so
 * that a damaged offset does not lead into the middle of other data. */
bool hive_plain_cell(struct hive_cells *cells, uint32_t offset, struct cursor *cell);
/* The cell at offset will be asked for soon. */
void hive_fetch(const struct hive_cells *cells, uint32_t offset);
/* One entry of a list is followed; false (told once) when that were too many. */
bool hive_step(struct hive_cells *cells);
/* Tells what is wrong. */
void hive_problem(const struct hive_cells *cells, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
