/* The tables of knowledge out of the packed text that tsv2c.py --packed makes.
 *
 * A table of texts is pointers for the most part, and each costs eight bytes and a relocation. A
 * program that must be small has the text packed instead, and lays the rows out when it starts.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_KNOWLEDGE_PACKED_H
#define WINVER6003_KNOWLEDGE_PACKED_H

#include <stddef.h>
#include <stdint.h>

/* Unpacks into text, all cells column by column with a NUL each, and fills the rows of each of
 * knowledge_tables in that order. text stays in use. */
void knowledge_unpack(const uint8_t *packed, size_t packed_len, char *text, size_t text_len,
                      void *const *rows);

#endif
