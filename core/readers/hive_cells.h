/* The bins of a hive and the cells in them, read as they are needed.
 *
 * A cell is given out only when one really starts there: its bin is read whole, its chain of cells
 * is followed once, and what lies between two cells is not one. So a damaged offset leads to
 * nothing instead of to somebody else's bytes. Bins stay in memory as they were read; a hive that
 * is written to meanwhile cannot change under the reader.
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

struct hive_bin; /* private */

struct hive_cells {
    struct input *input;                 /* borrowed; held, see input_hold() */
    const struct hive_patches *patches;  /* borrowed; NULL for none */
    struct machine *machine;             /* borrowed; problems go there; NULL: nowhere */
    unsigned evidence;
    uint32_t len;                        /* of the bins, as the base block has it */
    uint32_t steps_left;                 /* of LIMIT_HIVE_STEPS */
    /* private */
    struct arena *arena;
    struct hive_bin **slots; /* by page of the bins */
    size_t n_slots;
    size_t n_used;
    size_t bytes_held;
    bool full_told;
    bool steps_told;
    uint8_t page[4096]; /* where bins are looked for */
};

/* cells->arena and all behind it are zero before; hive_cells_close() is always due. */
void hive_cells_open(struct hive_cells *cells);
void hive_cells_close(struct hive_cells *cells);

/* The content of the cell in use at offset, without its size. false (and told) where there is
 * none; cell then is empty. Its bytes are valid until hive_cells_close(). */
bool hive_cell(struct hive_cells *cells, uint32_t offset, struct cursor *cell);
/* One entry of a list is followed; false (told once) when that were too many. */
bool hive_step(struct hive_cells *cells);
/* Tells what is wrong. */
void hive_problem(const struct hive_cells *cells, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
