/* A row of an inventory taken apart.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inventory.h"

#include "core/arena.h"

#include <stdlib.h>
#include <string.h>

void inventory_work_free(struct inventory_work *work)
{
    free(work->columns);
    strbuf_free(&work->unquoted);
    strbuf_free(&work->reason);
    strbuf_free(&work->judged);
    json_read_close(&work->json);
    *work = (struct inventory_work){0};
}

/* Columns of a row that holds a doubled quote: rare, so all cells are copied. */
static void unquote(struct inventory_work *work, struct inventory_row *cells,
                    const struct csv_column *const found[COLUMN_COUNT])
{
    size_t offsets[COLUMN_COUNT] = {0};

    strbuf_clear(&work->unquoted);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (!found[i])
            continue;
        offsets[i] = work->unquoted.length;
        cells->cells[i].length =
            csv_column_copy(found[i], strbuf_reserve(&work->unquoted, found[i]->length + 1));
        work->unquoted.length += cells->cells[i].length;
    }
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (found[i])
            cells->cells[i].text = work->unquoted.text + offsets[i];
}

static void split_csv(const struct inventory *inventory, const struct row *row,
                      struct inventory_work *work, struct inventory_row *cells)
{
    const struct csv_column *found[COLUMN_COUNT] = {0};
    bool doubled = false;
    size_t n_columns;

    if (!work->columns)
        work->columns = memory_alloc(INVENTORY_COLUMNS * sizeof(*work->columns));
    n_columns = csv_row_split(row->text, row->length, inventory->rows.delimiter, work->columns,
                              INVENTORY_COLUMNS);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        int at = inventory->columns[i];

        if (at < 0 || (size_t)at >= n_columns)
            continue;
        found[i] = &work->columns[at];
        cells->cells[i] = (struct inventory_cell){found[i]->text, found[i]->length};
        doubled |= found[i]->doubled;
    }
    if (doubled)
        unquote(work, cells, found);
    if (row->status == ROW_BAD_QUOTING) {
        /* The host's column may have run on to the end of the line. */
        const char *stop = memchr(cells->cells[COLUMN_HOST].text, inventory->rows.delimiter,
                                  cells->cells[COLUMN_HOST].length);

        if (stop)
            cells->cells[COLUMN_HOST].length = (size_t)(stop - cells->cells[COLUMN_HOST].text);
    }
    if (n_columns == inventory->n_columns || cells->problem)
        return;
    /* Empty columns at the end are what spreadsheets leave behind. */
    for (size_t i = inventory->n_columns; i < n_columns && i < INVENTORY_COLUMNS; i++)
        if (work->columns[i].length > 0)
            n_columns = INVENTORY_COLUMNS + 1;
    if (n_columns > inventory->n_columns && n_columns <= INVENTORY_COLUMNS)
        return;
    strbuf_clear(&work->reason);
    if (n_columns < inventory->n_columns)
        strbuf_addf(&work->reason, "it has %u of the header's %u columns", (unsigned)n_columns,
                    (unsigned)inventory->n_columns);
    else
        strbuf_addf(&work->reason, "it has more than the header's %u columns",
                    (unsigned)inventory->n_columns);
    cells->problem = strbuf_text(&work->reason);
}

static void split_jsonl(const struct row *row, struct inventory_work *work,
                        struct inventory_row *cells)
{
    struct json_read *json = &work->json;
    size_t offsets[COLUMN_COUNT] = {0};
    bool seen[COLUMN_COUNT] = {false};
    enum json_token token;
    const char *problem = NULL;

    strbuf_clear(&work->unquoted);
    json_read_open(json, row->text, row->length);
    if (json_read_next(json) != JSON_OBJECT) {
        cells->problem = json->error ? "it is not JSON" : "it is not a JSON object";
        return;
    }
    while ((token = json_read_next(json)) == JSON_KEY) {
        enum inventory_column column =
            inventory_column_by_name(strbuf_text(&json->value), json->value.length);

        if (column == COLUMN_COUNT) {
            json_read_skip(json, token);
            continue;
        }
        if (seen[column])
            problem = "a key stands twice";
        seen[column] = true;
        token = json_read_next(json);
        if (token == JSON_STRING || token == JSON_NUMBER) {
            offsets[column] = work->unquoted.length;
            cells->cells[column].length = json->value.length;
            strbuf_add(&work->unquoted, strbuf_text(&json->value), json->value.length);
        } else if (token != JSON_NULL) {
            problem = "a value is neither text nor a number";
            json_read_skip(json, token);
        }
    }
    if (token != JSON_OBJECT_END || json_read_next(json) != JSON_END)
        problem = json->error;
    else if (!seen[COLUMN_HOST] || !seen[COLUMN_VERSION])
        problem = seen[COLUMN_HOST] ? "it has no key \"version\"" : "it has no key \"host\"";
    for (int i = 0; i < COLUMN_COUNT; i++)
        cells->cells[i].text = strbuf_text(&work->unquoted) + offsets[i];
    if (json->error) {
        strbuf_clear(&work->reason);
        strbuf_addf(&work->reason, "byte %lu: %s", (unsigned long)json->at + 1, json->error);
        problem = strbuf_text(&work->reason);
    }
    cells->problem = problem;
}

/* What the cells say of themselves, whatever the kind of inventory. */
static const char *cell_problem(const struct inventory_cell cells[COLUMN_COUNT])
{
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (cells[i].length > INVENTORY_CELL_BYTES)
            return "a column holds more text than any name or version has";
        if (memchr(cells[i].text, '\0', cells[i].length))
            return "a column holds a NUL byte";
    }
    return NULL;
}

void inventory_split(const struct inventory *inventory, const struct row *row,
                     struct inventory_work *work, struct inventory_row *cells)
{
    *cells = (struct inventory_row){0};
    for (int i = 0; i < COLUMN_COUNT; i++)
        cells->cells[i].text = "";
    if (row->status == ROW_BAD_QUOTING)
        cells->problem = "bad quoting: a quoted column does not end where a column can end";
    else if (row->status == ROW_TOO_LONG)
        cells->problem = "the row is longer than any inventory has";
    if (inventory->kind == INVENTORY_CSV)
        split_csv(inventory, row, work, cells);
    else if (!cells->problem)
        split_jsonl(row, work, cells);
    if (!cells->problem)
        cells->problem = cell_problem(cells->cells);
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (cells->cells[i].length > INVENTORY_CELL_BYTES)
            cells->cells[i].length = INVENTORY_CELL_BYTES;
}

/* A mark that no row can begin with, then each cell behind its length. */
struct inventory_cell inventory_judged(const struct inventory_row *cells,
                                       struct inventory_work *work)
{
    strbuf_clear(&work->judged);
    strbuf_addc(&work->judged, '\n');
    for (int i = COLUMN_VERSION; i < COLUMN_COUNT; i++) {
        size_t length = cells->cells[i].length;

        strbuf_addc(&work->judged, (char)(length >> 8));
        strbuf_addc(&work->judged, (char)(length & 0xff));
        strbuf_add(&work->judged, cells->cells[i].text, length);
    }
    return (struct inventory_cell){work->judged.text, work->judged.length};
}

bool inventory_judged_in_place(const struct inventory *inventory, const struct row *row,
                               struct inventory_cell *host, struct inventory_cell *judged)
{
    const size_t host_column = (size_t)inventory->columns[COLUMN_HOST];
    const char *at = row->text;
    const char *end = row->text + row->length;
    size_t column = 0;

    if (inventory->rest_judged) {
        const char *stop = memchr(at, inventory->rows.delimiter, row->length);

        if (!stop)
            return false;
        *host = (struct inventory_cell){at, (size_t)(stop - at)};
        *judged = (struct inventory_cell){stop + 1, (size_t)(end - stop) - 1};
        return true;
    }
    if (!inventory->side_by_side)
        return false;
    for (;; column++) {
        const char *stop = memchr(at, inventory->rows.delimiter, (size_t)(end - at));

        if (!stop)
            stop = end;
        if (column == host_column)
            *host = (struct inventory_cell){at, (size_t)(stop - at)};
        if (column == inventory->first_judged)
            judged->text = at;
        if (column == inventory->last_judged)
            judged->length = (size_t)(stop - judged->text);
        if (stop == end)
            break;
        at = stop + 1;
    }
    return column + 1 == inventory->n_columns;
}
