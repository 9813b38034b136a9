/* Fuzz target: rows and columns of comma-separated text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

#include "core/csv_read.h"

#include <stdlib.h>
#include <string.h>

static void split(const char *row, size_t length)
{
    struct csv_column columns[16];
    size_t n = csv_row_split(row, length, ',', columns, 16);

    for (size_t i = 0; i < n && i < 16; i++) {
        char *copy = malloc(columns[i].length + 1);

        FUZZ_CHECK(copy);
        FUZZ_CHECK(columns[i].text >= row && columns[i].text + columns[i].length <= row + length);
        FUZZ_CHECK(csv_column_copy(&columns[i], copy) <= columns[i].length);
        free(copy);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    size_t at = 0;

    while (at < size) {
        size_t length = 0;
        enum csv_row_status status = csv_row_end(text + at, size - at, true, ',', &length);

        FUZZ_CHECK(status == CSV_ROW_OK || status == CSV_ROW_BAD);
        FUZZ_CHECK(length > 0 && length <= size - at);
        if (status == CSV_ROW_OK)
            split(text + at, csv_row_trim(text + at, length));
        at += length;
    }
    return 0;
}
