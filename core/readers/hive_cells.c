/* The bins of a hive and the cells in them, read as they are needed.
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
#define FIRST_SLOTS 256

struct hive_bin {
    uint32_t page;   /* that it was asked for: one bin may be in the table for several */
    uint32_t offset; /* in the bins */
    uint32_t len;    /* 0: there is no good bin at that page */
    const uint8_t *bytes;
    const uint8_t *starts; /* a bit for every 8 bytes: a cell in use starts there */
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

bool hive_step(struct hive_cells *cells)
{
    if (cells->steps_left > 0) {
        cells->steps_left--;
        return true;
    }
    if (!cells->steps_told)
        hive_problem(cells, "reading was stopped after %d list entries: lists point at each other",
                     LIMIT_HIVE_STEPS);
    cells->steps_told = true;
    return false;
}

void hive_cells_open(struct hive_cells *cells)
{
    cells->arena = arena_new();
    cells->steps_left = LIMIT_HIVE_STEPS;
}

void hive_cells_close(struct hive_cells *cells)
{
    arena_free(cells->arena);
    free(cells->slots);
    cells->arena = NULL;
    cells->slots = NULL;
}

/* ---- Bins by page ---- */

static struct hive_bin **slot_of(const struct hive_cells *cells, uint32_t page)
{
    size_t slot = page * 2654435761u & (cells->n_slots - 1);

    while (cells->slots[slot] && cells->slots[slot]->page != page)
        slot = (slot + 1) & (cells->n_slots - 1);
    return &cells->slots[slot];
}

static void make_room(struct hive_cells *cells)
{
    struct hive_cells larger = *cells;

    if (cells->n_used * 2 < cells->n_slots)
        return;
    larger.n_slots = cells->n_slots ? cells->n_slots * 2 : FIRST_SLOTS;
    larger.slots = memory_alloc(larger.n_slots * sizeof(*larger.slots));
    for (size_t i = 0; i < cells->n_slots; i++)
        if (cells->slots[i])
            *slot_of(&larger, cells->slots[i]->page) = cells->slots[i];
    free(cells->slots);
    cells->slots = larger.slots;
    cells->n_slots = larger.n_slots;
}

static void remember(struct hive_cells *cells, const struct hive_bin *bin, uint32_t page)
{
    struct hive_bin *kept = arena_alloc(cells->arena, sizeof(*kept));

    *kept = *bin;
    kept->page = page;
    make_room(cells);
    *slot_of(cells, page) = kept;
    cells->n_used++;
}

/* ---- Reading a bin ---- */

/* Whole sectors of the bins, with what the logs say. Returns how many bytes are known. */
static size_t read_bins(struct hive_cells *cells, uint32_t offset, uint8_t *bytes, size_t size)
{
    size_t got = input_read_at(cells->input, (int64_t)HIVE_BASE_BYTES + offset, bytes, size);
    size_t gap;

    if (got < size)
        memset(bytes + got, 0, size - got);
    if (!cells->patches)
        return got;
    hive_patches_apply(cells->patches, offset, bytes, size, got / HIVE_SECTOR * HIVE_SECTOR, &gap);
    return gap < size ? gap : size;
}

/* Reads that page to cells->page, and what its header says; false when there is no header. */
static bool read_header(struct hive_cells *cells, uint32_t page, struct hive_bin *bin)
{
    struct cursor cursor = cursor_over(cells->page, BIN_HEADER);

    if (read_bins(cells, page * HIVE_PAGE, cells->page, HIVE_PAGE) < HIVE_PAGE ||
        memcmp(cursor_take(&cursor, 4), "hbin", 4) != 0 ||
        cursor_u32le(&cursor) != page * HIVE_PAGE)
        return false;
    bin->offset = page * HIVE_PAGE;
    bin->len = cursor_u32le(&cursor);
    return true;
}

static bool find_header(struct hive_cells *cells, uint32_t page, struct hive_bin *bin)
{
    uint32_t back = 0;

    while (!read_header(cells, page - back, bin)) {
        if (back == page || back == LIMIT_HIVE_BIN_BYTES / HIVE_PAGE || !hive_step(cells)) {
            hive_problem(cells, "no bin begins at or before 0x%lx",
                         (unsigned long)page * HIVE_PAGE + HIVE_BASE_BYTES);
            return false;
        }
        back++;
    }
    if (bin->len < HIVE_PAGE || bin->len % HIVE_PAGE != 0 || bin->len > LIMIT_HIVE_BIN_BYTES ||
        bin->len > cells->len - bin->offset) {
        hive_problem(cells, "bin at 0x%lx: a size of %lu bytes cannot be",
                     (unsigned long)bin->offset + HIVE_BASE_BYTES, (unsigned long)bin->len);
        return false;
    }
    if (back >= bin->len / HIVE_PAGE) {
        hive_problem(cells, "no bin reaches 0x%lx",
                     (unsigned long)page * HIVE_PAGE + HIVE_BASE_BYTES);
        return false;
    }
    return true;
}

/* Follows the chain of cells; what is behind a bad one is not known. */
static const uint8_t *find_starts(struct hive_cells *cells, const struct hive_bin *bin)
{
    uint8_t *starts = arena_alloc(cells->arena, bin->len / CELL_ALIGN / 8);
    uint32_t at = BIN_HEADER;

    while (at < bin->len) {
        struct cursor cursor = cursor_over(bin->bytes + at, bin->len - at);
        uint32_t size = cursor_u32le(&cursor);
        bool used = size > INT32_MAX;

        if (used)
            size = 0u - size;
        if (size == 0 || size % CELL_ALIGN != 0 || size > bin->len - at) {
            hive_problem(cells, "cell at 0x%lx: size %lu %s",
                         (unsigned long)bin->offset + at + HIVE_BASE_BYTES, (unsigned long)size,
                         size == 0               ? "is none"
                         : size > bin->len - at ? "reaches out of its bin"
                                                 : "is not a multiple of 8");
            break;
        }
        if (used)
            starts[at / CELL_ALIGN / 8] |= (uint8_t)(1u << at / CELL_ALIGN % 8);
        at += size;
    }
    return starts;
}

/* After read_header(), whose page is the first of the bin. */
static bool load_bin(struct hive_cells *cells, struct hive_bin *bin)
{
    uint8_t *bytes;
    size_t known = HIVE_PAGE;

    if (cells->bytes_held + bin->len > LIMIT_HIVE_BYTES) {
        if (!cells->full_told)
            hive_problem(cells, "bins beyond %d MB were not read",
                         LIMIT_HIVE_BYTES / (1024 * 1024));
        cells->full_told = true;
        return false;
    }
    cells->bytes_held += bin->len;
    bytes = arena_alloc(cells->arena, bin->len);
    memcpy(bytes, cells->page, HIVE_PAGE);
    if (bin->len > HIVE_PAGE)
        known += read_bins(cells, bin->offset + HIVE_PAGE, bytes + HIVE_PAGE,
                           bin->len - HIVE_PAGE);
    if (known < bin->len) {
        hive_problem(cells, "bin at 0x%lx: the file ends inside it",
                     (unsigned long)bin->offset + HIVE_BASE_BYTES);
        return false;
    }
    bin->bytes = bytes;
    bin->starts = find_starts(cells, bin);
    return true;
}

static const struct hive_bin *bin_at(struct hive_cells *cells, uint32_t page)
{
    struct hive_bin bin = {0};
    const struct hive_bin *first;

    make_room(cells);
    if (*slot_of(cells, page))
        return *slot_of(cells, page);
    if (!find_header(cells, page, &bin)) {
        bin.len = 0;
    } else {
        /* Asked for by another of its pages before. */
        first = *slot_of(cells, bin.offset / HIVE_PAGE);
        if (first)
            bin = *first;
        else if (!load_bin(cells, &bin))
            bin.len = 0;
        if (!first && bin.offset / HIVE_PAGE != page)
            remember(cells, &bin, bin.offset / HIVE_PAGE);
    }
    remember(cells, &bin, page);
    return *slot_of(cells, page);
}

bool hive_cell(struct hive_cells *cells, uint32_t offset, struct cursor *cell)
{
    const struct hive_bin *bin;
    struct cursor cursor;
    uint32_t at;

    *cell = cursor_over("", 0);
    if (offset >= cells->len || offset % CELL_ALIGN != 0) {
        hive_problem(cells, "no cell can be at 0x%lx: %s",
                     (unsigned long)offset + HIVE_BASE_BYTES,
                     offset >= cells->len ? "it is beyond the bins" : "not a multiple of 8");
        return false;
    }
    bin = bin_at(cells, offset / HIVE_PAGE);
    if (bin->len == 0)
        return false;
    at = offset - bin->offset;
    if (!(bin->starts[at / CELL_ALIGN / 8] >> at / CELL_ALIGN % 8 & 1)) {
        hive_problem(cells, "no cell in use begins at 0x%lx",
                     (unsigned long)offset + HIVE_BASE_BYTES);
        return false;
    }
    cursor = cursor_over(bin->bytes + at, bin->len - at);
    *cell = cursor_over(bin->bytes + at + 4, (0u - cursor_u32le(&cursor)) - 4);
    return true;
}
