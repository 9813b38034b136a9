/* Laying out the tables of knowledge: the way back from how knowledge_print() shows a cell.
 *
 * What is read here was checked and packed by the build: only its end is watched.
 *
 * SPDX-License-Identifier: MIT
 */
#include "knowledge_packed.h"

#include "inflate.h"
#include "knowledge_tables.h"

#include <stdlib.h>
#include <string.h>

static void read_cell(const char *cell, enum column_kind kind, void *member)
{
    switch (kind) {
    case COLUMN_TEXT:
        *(const char **)member = cell;
        break;
    case COLUMN_NUMBER:
        *(int32_t *)member = *cell ? (int32_t)strtol(cell, NULL, 10) : NOT_KNOWN;
        break;
    case COLUMN_KB:
        *(uint32_t *)member = *cell ? (uint32_t)strtoul(cell + strlen("KB"), NULL, 10) : 0;
        break;
    case COLUMN_DAY:
        *(day_t *)member = *cell ? day_from_text(cell) : DAY_NONE;
        break;
    case COLUMN_BOOL:
        *(bool *)member = *cell == 'y';
        break;
    case COLUMN_RELEASE_KIND:
        *(enum release_kind *)member = release_kind_from_name(cell);
        break;
    case COLUMN_PROGRAMME:
        *(enum programme *)member = programme_from_name(cell);
        break;
    case COLUMN_PACKAGE_KIND:
        *(enum package_kind *)member = package_kind_from_name(cell);
        break;
    case COLUMN_NONE:
        break;
    }
}

void knowledge_unpack(const uint8_t *packed, size_t packed_len, char *text, size_t text_len,
                      void *const *rows)
{
    const char *cell = text;
    const char *end = text + text_len;

    if (!inflate_bytes(packed, packed_len, (uint8_t *)text, text_len))
        abort();
    for (size_t i = 0; i < n_knowledge_tables; i++) {
        const struct knowledge_table *table = &knowledge_tables[i];

        for (size_t column = 0; column < table->n_columns; column++) {
            char *member = (char *)rows[i] + table->columns[column].member_off;

            for (size_t row = 0; row < table->n_rows && cell < end; row++) {
                read_cell(cell, table->columns[column].kind, member + row * table->row_len);
                cell += strlen(cell) + 1;
            }
        }
    }
}
