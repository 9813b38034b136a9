/* osquery's tables os_version and patches as CSV: osqueryi --csv, or what was exported elsewhere.
 *
 * A line of column names comes first; osqueryi parts columns by a bar. Both tables may stand in one
 * file, each with its names.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../arena.h"
#include "../csv_read.h"
#include "../limits.h"
#include "../machine_sink.h"
#include "../text.h"
#include "osquery.h"

#include <string.h>

/* Of both tables together there are not so many. */
#define COLUMNS_MAX 64
/* The names of all columns of a table are not longer. */
#define NAMES_BYTES 512

struct table {
    char delimiter;
    int columns[COLUMNS_MAX]; /* what stands in each: enum osquery_column, -1 for others */
    size_t n_columns;
};

static int column_by_name(const struct csv_column *column)
{
    for (int i = 0; i < OSQUERY_COLUMNS; i++)
        if (strlen(osquery_columns[i]) == column->length &&
            !memcmp(osquery_columns[i], column->text, column->length))
            return i;
    return -1;
}

/* 0 for a line that is no row. */
static size_t split(const char *text, size_t length, char delimiter,
                    struct csv_column columns[COLUMNS_MAX])
{
    size_t row_length;
    size_t n;

    if (csv_row_end(text, length, true, delimiter, &row_length) != CSV_ROW_OK ||
        row_length != length)
        return 0;
    n = csv_row_split(text, length, delimiter, columns, COLUMNS_MAX);
    return n <= COLUMNS_MAX ? n : 0;
}

/* Whether the line is one of column names. */
static bool read_names(const char *text, size_t length, struct table *table)
{
    static const char delimiters[] = {'|', ',', ';', '\t'};
    struct csv_column columns[COLUMNS_MAX];

    if (length > NAMES_BYTES)
        return false;
    for (size_t i = 0; i < sizeof(delimiters); i++) {
        size_t n = split(text, length, delimiters[i], columns);
        unsigned found = 0;

        table->delimiter = delimiters[i];
        table->n_columns = n;
        for (size_t column = 0; column < n; column++) {
            table->columns[column] = column_by_name(&columns[column]);
            if (table->columns[column] >= 0)
                found |= 1u << table->columns[column];
        }
        if (osquery_is_table(found))
            return true;
    }
    return false;
}

/* The next that is not empty. */
static bool next_line(struct text_lines *lines, struct text_line *line)
{
    while (text_next_line(lines, line))
        if (line->length > 0)
            return true;
    return false;
}

/* In the first bytes, also as UTF-16: nearly all files are told apart by that. */
static bool may_be_table(const struct input *input)
{
    char start[NAMES_BYTES * 2 + 1];
    size_t length = 0;

    for (size_t i = 0; i < input->n_head && i < NAMES_BYTES * 2; i++)
        if (input->head[i] != 0)
            start[length++] = (char)input->head[i];
    start[length] = '\0';
    return strstr(start, "hotfix_id") || (strstr(start, "platform") && strstr(start, "version"));
}

static bool csv_probe(const struct input *input)
{
    struct text_lines *lines;
    struct text_line line;
    struct table table;
    struct input head;
    bool found;

    if (!may_be_table(input))
        return false;
    input_from_memory(&head, input->name, input->head,
                      input->n_head < NAMES_BYTES * 4 ? input->n_head : NAMES_BYTES * 4);
    lines = text_open(&head, NAMES_BYTES * 4);
    found = next_line(lines, &line) && read_names(line.text, line.length, &table);
    text_close(lines);
    return found;
}

static void read_row(struct osquery_rows *rows, const struct table *table, const char *text,
                     size_t length)
{
    struct csv_column columns[COLUMNS_MAX];
    const char *values[OSQUERY_COLUMNS] = {NULL};
    struct arena *arena;

    if (split(text, length, table->delimiter, columns) != table->n_columns) {
        machine_sink_problem(rows->sink, "a row has not as many columns as there are names: %.60s",
                             text);
        return;
    }
    arena = arena_new();
    for (size_t i = 0; i < table->n_columns; i++) {
        char *value;

        if (table->columns[i] < 0 || columns[i].length > LIMIT_VALUE_BYTES)
            continue;
        value = arena_alloc(arena, columns[i].length + 1);
        csv_column_copy(&columns[i], value);
        values[table->columns[i]] = value;
    }
    osquery_add(rows, values, "");
    arena_free(arena);
}

static void csv_read_each(struct input *input, struct machine_sink *sink)
{
    struct text_lines *lines = text_open(input, LIMIT_TEXT_BYTES);
    struct osquery_rows rows = {.sink = sink};
    struct table table = {.n_columns = 0};
    struct text_line line;

    while (!rows.stopped && next_line(lines, &line)) {
        struct table names;

        if (read_names(line.text, line.length, &names))
            table = names;
        else if (table.n_columns > 0)
            read_row(&rows, &table, line.text, line.length);
    }
    if (text_problem(lines))
        machine_sink_problem(sink, "%s", text_problem(lines));
    osquery_end(&rows);
    text_close(lines);
}

const struct reader reader_osquery = {
    .id = "osquery",
    .title = "CSV of osquery",
    .probe = csv_probe,
    .read_each = csv_read_each,
};
