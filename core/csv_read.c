/* Rows and columns of comma-separated text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "csv_read.h"

#include <string.h>

/* Just behind the closing quote of the quoted column whose text starts at at; NULL when it has
 * none before end. */
static const char *after_quotes(const char *at, const char *end, bool *doubled)
{
    while (at < end) {
        const char *quote = memchr(at, '"', (size_t)(end - at));

        if (!quote)
            return NULL;
        if (quote + 1 == end || quote[1] != '"')
            return quote + 1;
        *doubled = true;
        at = quote + 2;
    }
    return NULL;
}

static enum csv_row_status bad_row(const char *text, size_t size, size_t *length)
{
    const char *newline = memchr(text, '\n', size);

    *length = newline ? (size_t)(newline - text) + 1 : size;
    return CSV_ROW_BAD;
}

enum csv_row_status csv_row_end(const char *text, size_t size, bool whole, char delimiter,
                                size_t *length)
{
    const char *end = text + size;
    const char *at = text;

    for (;;) {
        bool doubled = false;

        if (at < end && *at == '"') {
            at = after_quotes(at + 1, end, &doubled);
            /* Behind the last byte may come the second half of a doubled quote. */
            if (!at || at == end || (at + 1 == end && *at == '\r')) {
                if (!whole)
                    return CSV_ROW_MORE;
                if (!at)
                    return bad_row(text, size, length);
            } else if (*at != delimiter && *at != '\n' && !(*at == '\r' && at[1] == '\n')) {
                return bad_row(text, size, length);
            }
        }
        while (at < end && *at != delimiter && *at != '\n')
            at++;
        if (at == end) {
            *length = size;
            return whole ? CSV_ROW_OK : CSV_ROW_MORE;
        }
        if (*at++ == '\n') {
            *length = (size_t)(at - text);
            return CSV_ROW_OK;
        }
    }
}

size_t csv_row_trim(const char *row, size_t length)
{
    if (length > 0 && row[length - 1] == '\n')
        length--;
    if (length > 0 && row[length - 1] == '\r')
        length--;
    return length;
}

size_t csv_row_split(const char *row, size_t length, char delimiter, struct csv_column *columns,
                     size_t size)
{
    const char *end = row + length;
    const char *at = row;
    size_t count = 0;

    for (;;) {
        struct csv_column column = {.text = at};
        const char *stop = NULL;

        if (at < end && *at == '"') {
            const char *after = after_quotes(at + 1, end, &column.doubled);

            column.text = at + 1;
            column.length = after ? (size_t)(after - at) - 2 : (size_t)(end - at) - 1;
            stop = after ? after : end;
        } else {
            stop = memchr(at, delimiter, (size_t)(end - at));
            if (!stop)
                stop = end;
            column.length = (size_t)(stop - at);
        }
        if (count < size)
            columns[count] = column;
        count++;
        if (stop >= end)
            return count;
        at = stop + 1;
    }
}

size_t csv_column_copy(const struct csv_column *column, char *to)
{
    size_t length = 0;

    if (!column->doubled) {
        memcpy(to, column->text, column->length);
        to[column->length] = '\0';
        return column->length;
    }
    for (size_t i = 0; i < column->length; i++) {
        to[length++] = column->text[i];
        if (column->text[i] == '"')
            i++;
    }
    to[length] = '\0';
    return length;
}
