/* Rows and columns of comma-separated text, as RFC 4180 has them.
 *
 * Works on bytes in memory and copies nothing, so that a million rows cost what finding their
 * commas costs. What the RFC leaves open is decided once here: any one-byte delimiter; a row ends
 * with LF or CR LF; a quote inside a column that did not start with one is an ordinary character;
 * a quoted column that does not end before a delimiter or an end of row is bad quoting, and then
 * only the line that the row started on is given up, not everything up to the next quote.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_CSV_READ_H
#define WINVER6003_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

enum csv_row_status {
    CSV_ROW_OK,
    CSV_ROW_BAD,  /* bad quoting; the row is its first line */
    CSV_ROW_MORE, /* text ends before the row does; never when text is whole */
};

struct csv_column {
    const char *text; /* without the quotes around it; not NUL-terminated */
    size_t length;
    bool doubled; /* quotes in it are still doubled: see csv_column_copy() */
};

/* Finds the row that starts at text. *length is its length with its end of line. whole: nothing
 * follows the size bytes. */
enum csv_row_status csv_row_end(const char *text, size_t size, bool whole, char delimiter,
                                size_t *length);

/* row without its end of line. */
size_t csv_row_trim(const char *row, size_t length);

/* Splits a row that is CSV_ROW_OK, given without its end of line. Returns how many columns it has;
 * the first size of them are in columns. */
size_t csv_row_split(const char *row, size_t length, char delimiter, struct csv_column *columns,
                     size_t size);

/* Copies the column and a NUL, doubled quotes made one; to has column->length + 1 bytes. Returns
 * the length. */
size_t csv_column_copy(const struct csv_column *column, char *to);

#endif
