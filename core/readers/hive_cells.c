/* The bins of a hive and the cells in them, touched as they are needed.
 *
 * Most cells open with a signature, which is as good a proof as any that the offset was right.
 * Walking through the bins, as programs that read a whole hive do, would prove more and touch
 * twenty times the memory.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive_cells.h"

#include "../arena.h"
#include "../limits.h"
#include "hive_base.h"

#include <stdlib.h>
#include <string.h>

#define BIN_HEADER 32
#define CELL_ALIGN 8
/* What is copied at once: keys that belong together mostly lie together. */
#define BLOCK_BYTES (16 * 1024)
#define FIRST_SLOTS 64

struct hive_block {
    uint32_t number;
    size_t known; /* bytes that there are */
    uint8_t bytes[BLOCK_BYTES];
};

void hive_problem(const struct hive_cells *cells, const char *format, ...)
{
    const struct evidence *evidence;
    char text[256];
    va_list args;

    if (!cells->machine)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    /* One damaged cell may lie on the way to many keys. */
    evidence = &cells->machine->evidence[cells->evidence];
    for (unsigned i = 0; i < evidence->n_problems; i++)
        if (strcmp(evidence->problems[i], text) == 0)
            return;
    machine_add_problem(cells->machine, cells->evidence, "%s", text);
}

/* As people find it in the file. */
static unsigned long in_file(uint32_t offset)
{
    return (unsigned long)offset + HIVE_BASE_BYTES;
}

bool hive_step(struct hive_cells *cells)
{
    if (cells->steps_left > 0) {
        cells->steps_left--;
        return true;
    }
    if (!cells->steps_told)
        hive_problem(cells, "reading was stopped after %d steps: lists point at each other",
                     LIMIT_HIVE_STEPS);
    cells->steps_told = true;
    return false;
}

void hive_cells_open(struct hive_cells *cells)
{
    cells->arena = arena_new();
    cells->steps_left = LIMIT_HIVE_STEPS;
    cells->bytes = input_bytes(cells->input, &cells->size);
}

void hive_cells_close(struct hive_cells *cells)
{
    arena_free(cells->arena);
    free(cells->slots);
    cells->arena = NULL;
    cells->slots = NULL;
}

/* ---- Copies ---- */

static struct hive_block **slot_of(const struct hive_cells *cells, uint32_t number)
{
    size_t slot = number * 2654435761u & (cells->n_slots - 1);

    while (cells->slots[slot] && cells->slots[slot]->number != number)
        slot = (slot + 1) & (cells->n_slots - 1);
    return &cells->slots[slot];
}

static void make_room(struct hive_cells *cells)
{
    struct hive_cells larger = *cells;

    if (cells->n_blocks * 2 < cells->n_slots)
        return;
    larger.n_slots = cells->n_slots ? cells->n_slots * 2 : FIRST_SLOTS;
    larger.slots = memory_alloc(larger.n_slots * sizeof(*larger.slots));
    for (size_t i = 0; i < cells->n_slots; i++)
        if (cells->slots[i])
            *slot_of(&larger, cells->slots[i]->number) = cells->slots[i];
    free(cells->slots);
    cells->slots = larger.slots;
    cells->n_slots = larger.n_slots;
}

/* Whether so many bytes more may be copied. */
static bool may_hold(struct hive_cells *cells, size_t size)
{
    if (size <= LIMIT_HIVE_BYTES - cells->bytes_held) {
        cells->bytes_held += size;
        return true;
    }
    if (!cells->full_told)
        hive_problem(cells, "more than %d MB of it are needed: the rest was not read",
                     LIMIT_HIVE_BYTES / (1024 * 1024));
    cells->full_told = true;
    return false;
}

static struct hive_block *block_at(struct hive_cells *cells, uint32_t number)
{
    uint32_t offset = number * BLOCK_BYTES;
    struct hive_block *block;

    make_room(cells);
    block = *slot_of(cells, number);
    if (block || !may_hold(cells, sizeof(*block)))
        return block;
    block = arena_alloc(cells->arena, sizeof(*block));
    block->number = number;
    block->known =
        input_read_at(cells->input, (int64_t)HIVE_BASE_BYTES + offset, block->bytes, BLOCK_BYTES);
    if (cells->patches)
        hive_patches_apply(cells->patches, offset, block->bytes, BLOCK_BYTES, &block->known);
    *slot_of(cells, number) = block;
    cells->n_blocks++;
    return block;
}

static const uint8_t *copy_span(struct hive_cells *cells, uint32_t offset, size_t size)
{
    uint8_t *joined = NULL;
    size_t done = 0;

    if (offset / BLOCK_BYTES != (offset + size - 1) / BLOCK_BYTES) {
        if (!may_hold(cells, size))
            return NULL;
        joined = arena_alloc(cells->arena, size);
    }
    do {
        uint32_t at = offset + (uint32_t)done;
        uint32_t inner = at % BLOCK_BYTES;
        size_t length = BLOCK_BYTES - inner;
        const struct hive_block *block = block_at(cells, at / BLOCK_BYTES);

        if (length > size - done)
            length = size - done;
        if (!block || inner + length > block->known)
            return NULL;
        if (!joined)
            return block->bytes + inner;
        memcpy(joined + done, block->bytes + inner, length);
        done += length;
    } while (done < size);
    return joined;
}

/* ---- Cells ---- */

/* Bytes of the bins, inside cells->len; NULL where the file has none. */
static inline const uint8_t *span(struct hive_cells *cells, uint32_t offset, size_t size)
{
    if (!cells->bytes || (cells->patches && hive_patches_touch(cells->patches, offset, size)))
        return copy_span(cells, offset, size);
    if ((uint64_t)HIVE_BASE_BYTES + offset + size > cells->size)
        return NULL;
    return cells->bytes + HIVE_BASE_BYTES + offset;
}

/* The size of the cell at offset, negative while it is in use; 0 where the file has none. */
static int64_t cell_size(struct hive_cells *cells, uint32_t offset)
{
    const uint8_t *bytes = span(cells, offset, 4);
    struct cursor cursor = cursor_over(bytes, 4);

    return bytes ? (int32_t)cursor_u32le(&cursor) : 0;
}

bool hive_cell(struct hive_cells *cells, uint32_t offset, struct cursor *cell)
{
    const char *what = NULL;
    const uint8_t *bytes;
    int64_t size;

    *cell = cursor_over("", 0);
    if (offset % CELL_ALIGN != 0 || offset >= cells->len || cells->len - offset < CELL_ALIGN) {
        hive_problem(cells, "no cell can be at 0x%lx: %s", in_file(offset),
                     offset % CELL_ALIGN ? "not a multiple of 8" : "beyond the bins");
        return false;
    }
    size = cell_size(cells, offset);
    if (size == 0)
        what = "is none, or the file ends before it";
    else if (size > 0)
        what = "is that of a cell not in use";
    else if (size % CELL_ALIGN != 0)
        what = "is not a multiple of 8";
    else if (-size > cells->len - offset || -size > LIMIT_HIVE_CELL_BYTES)
        what = "is too large";
    if (what) {
        hive_problem(cells, "cell at 0x%lx: size %ld %s", in_file(offset), (long)-size, what);
        return false;
    }
    bytes = span(cells, offset, (size_t)-size);
    if (!bytes) {
        hive_problem(cells, "cell at 0x%lx: the file ends inside it", in_file(offset));
        return false;
    }
    *cell = cursor_over(bytes + 4, (size_t)-size - 4);
    return true;
}

void hive_fetch(const struct hive_cells *cells, uint32_t offset)
{
    if (cells->bytes && (uint64_t)HIVE_BASE_BYTES + offset < cells->size)
        __builtin_prefetch(cells->bytes + HIVE_BASE_BYTES + offset);
}

/* The bin around offset: where it begins, and its size; false where there is none. */
static bool find_bin(struct hive_cells *cells, uint32_t offset, uint32_t *begin, uint32_t *size)
{
    uint32_t page = offset / HIVE_PAGE;

    for (uint32_t back = 0; back <= page && back <= LIMIT_HIVE_CELL_BYTES / HIVE_PAGE; back++) {
        const uint8_t *header = span(cells, (page - back) * HIVE_PAGE, BIN_HEADER);
        struct cursor cursor = cursor_over(header, BIN_HEADER);

        if (!header || !hive_step(cells))
            return false;
        *begin = (page - back) * HIVE_PAGE;
        if (memcmp(cursor_take(&cursor, 4), "hbin", 4) != 0 || cursor_u32le(&cursor) != *begin)
            continue;
        *size = cursor_u32le(&cursor);
        return *size % HIVE_PAGE == 0 && *size > offset - *begin && *size <= cells->len - *begin;
    }
    return false;
}

bool hive_plain_cell(struct hive_cells *cells, uint32_t offset, struct cursor *cell)
{
    uint32_t begin, size, at;

    if (!hive_cell(cells, offset, cell))
        return false;
    /* Data that belong together lie behind one another: go on from the last ones. */
    if (offset < cells->bin + cells->walked || offset - cells->bin >= cells->bin_len) {
        if (!find_bin(cells, offset, &begin, &size)) {
            hive_problem(cells, "cell at 0x%lx: there is no bin around it", in_file(offset));
            return false;
        }
        cells->bin = begin;
        cells->bin_len = size;
        cells->walked = BIN_HEADER;
    }
    begin = cells->bin;
    size = cells->bin_len;
    for (at = cells->walked; at < offset - begin && hive_step(cells);) {
        int64_t step = cell_size(cells, begin + at);

        if (step < 0)
            step = -step;
        if (step == 0 || step % CELL_ALIGN != 0 || step > size - at) {
            hive_problem(cells, "cell at 0x%lx: size %ld cannot be", in_file(begin + at),
                         (long)step);
            return false;
        }
        cells->walked = at;
        at += (uint32_t)step;
    }
    if (at != offset - begin) {
        hive_problem(cells, "0x%lx is in the middle of another cell", in_file(offset));
        return false;
    }
    return true;
}
