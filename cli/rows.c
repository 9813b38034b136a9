/* A stream of bytes cut into blocks of whole rows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "rows.h"

#include "core/arena.h"
#include "core/csv_read.h"
#include "core/limits.h"

#include <stdlib.h>
#include <string.h>

/* Lines are counted in a byte for this many at a time: it cannot overflow. */
#define LANE_BYTES 240

/* What is read at a time of a row that is too long to keep. */
#define SKIP_BYTES 16384

void rows_open(struct rows *rows, struct input *input, char delimiter, unsigned long line,
               size_t block_size)
{
    *rows = (struct rows){
        .input = input,
        .delimiter = delimiter,
        .block_size = block_size,
        .row_limit = LIMIT_ROW_BYTES,
        .next_line = line,
    };
}

void rows_close(struct rows *rows)
{
    free(rows->kept);
    rows->kept = NULL;
    rows->n_kept = 0;
}

void row_block_free(struct row_block *block)
{
    free(block->bytes);
    *block = (struct row_block){0};
}

static unsigned long count_lines(const char *text, size_t length)
{
    unsigned long lines = 0;

    /* Of constant length, so that the compiler counts many bytes in one step. */
    for (; length >= LANE_BYTES; text += LANE_BYTES, length -= LANE_BYTES) {
        unsigned char here = 0;

        for (int i = 0; i < LANE_BYTES; i++)
            here = (unsigned char)(here + (text[i] == '\n'));
        lines += here;
    }
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

/* Room for the longest row that is kept whole, even where blocks are small. */
static size_t capacity(const struct rows *rows)
{
    size_t least = rows->row_limit + 1 + SKIP_BYTES;

    return rows->block_size > least ? rows->block_size : least;
}

/* Reads until length is size or the input is over. */
static size_t fill(struct rows *rows, char *bytes, size_t length, size_t size)
{
    while (!rows->ended && length < size) {
        size_t got = input_read(rows->input, bytes + length, size - length);

        if (got == 0)
            rows->ended = true;
        length += got;
    }
    return length;
}

static void keep(struct rows *rows, const char *bytes, size_t length)
{
    if (!rows->kept)
        rows->kept = memory_alloc(capacity(rows));
    memmove(rows->kept, bytes, length);
    rows->n_kept = length;
}

/* Looks at one row, the whole of which is in the size bytes at text unless more may follow. false
 * when more is needed to tell. */
static bool look(const struct rows *rows, const char *text, size_t size, bool whole, bool quotes,
                 struct row *row, size_t *length)
{
    size_t window = size <= rows->row_limit ? size : rows->row_limit + 1;
    const char *newline;

    *row = (struct row){.text = text};
    if (quotes) {
        switch (csv_row_end(text, window, whole || window < size || window > rows->row_limit,
                            rows->delimiter, length)) {
        case CSV_ROW_MORE:
            return false;
        case CSV_ROW_BAD:
            row->status = ROW_BAD_QUOTING;
            break;
        case CSV_ROW_OK:
            break;
        }
    } else {
        newline = memchr(text, '\n', window);
        if (!newline && !whole && window <= rows->row_limit)
            return false;
        *length = newline ? (size_t)(newline - text) + 1 : window;
    }
    if (*length > rows->row_limit || text[*length - 1] != '\n') {
        /* The end of line, if there is one, is beyond what was looked at. */
        if (*length > rows->row_limit)
            row->status = ROW_TOO_LONG;
        newline = memchr(text + *length - 1, '\n', size - *length + 1);
        if (!newline && !whole)
            return false;
        *length = newline ? (size_t)(newline - text) + 1 : size;
    }
    row->length = row->status == ROW_TOO_LONG ? rows->row_limit : csv_row_trim(text, *length);
    return true;
}

/* How many of the length bytes are whole rows. */
static size_t find_cut(const struct rows *rows, const struct row_block *block)
{
    size_t at = 0;
    struct row row;
    size_t length;

    if (!block->quotes) {
        for (at = block->length; at > 0 && block->bytes[at - 1] != '\n'; at--)
            ;
        return at;
    }
    while (at < block->length &&
           look(rows, block->bytes + at, block->length - at, false, true, &row, &length))
        at += length;
    return at;
}

/* The block is the beginning of one endless row: keeps what shows that it is too long and reads
 * over the rest of it. */
static void cut_short(struct rows *rows, struct row_block *block)
{
    size_t length = rows->row_limit + 1;
    char *rest = block->bytes + length;
    size_t room = block->size - length;
    size_t n_rest = block->length - length;
    const char *newline = memchr(rest, '\n', n_rest);

    while (!newline && !rows->ended) {
        n_rest = fill(rows, rest, 0, room);
        newline = memchr(rest, '\n', n_rest);
    }
    if (newline)
        keep(rows, newline + 1, n_rest - (size_t)(newline + 1 - rest));
    block->bytes[length] = '\n';
    block->length = length + 1;
}

/* Takes in bytes up to size and looks how many of all are whole rows. */
static size_t take(struct rows *rows, struct row_block *block, size_t size)
{
    block->length = fill(rows, block->bytes, block->length, size);
    block->quotes = rows->delimiter != '\n' && memchr(block->bytes, '"', block->length) != NULL;
    return rows->ended ? block->length : find_cut(rows, block);
}

bool rows_next(struct rows *rows, struct row_block *block)
{
    size_t cut;

    if (block->size != capacity(rows)) {
        free(block->bytes);
        block->bytes = memory_alloc(capacity(rows));
        block->size = capacity(rows);
    }
    if (rows->n_kept > 0)
        memcpy(block->bytes, rows->kept, rows->n_kept);
    block->length = rows->n_kept;
    block->line = rows->next_line;
    rows->n_kept = 0;
    cut = take(rows, block, rows->block_size);
    if (cut == 0 && !rows->ended)
        cut = take(rows, block, block->size);
    if (block->length == 0)
        return false;
    if (cut > 0) {
        keep(rows, block->bytes + cut, block->length - cut);
        block->length = cut;
    } else {
        cut_short(rows, block);
    }
    rows->next_line += count_lines(block->bytes, block->length);
    return true;
}

bool row_next(const struct rows *rows, const struct row_block *block, struct row_place *place,
              struct row *row)
{
    while (place->at < block->length) {
        const char *text = block->bytes + place->at;
        unsigned long line = block->line + place->lines;
        size_t length;

        look(rows, text, block->length - place->at, true, block->quotes, row, &length);
        place->at += length;
        place->lines += block->quotes ? count_lines(text, length) : 1;
        row->line = line;
        if (row->length > 0)
            return true;
    }
    return false;
}
