/* What tsv2c.py makes beside the tables of knowledge.h: their columns, so that they can be printed
 * again, and two indexes. For knowledge.c alone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_KNOWLEDGE_TABLES_H
#define WINVER6003_KNOWLEDGE_TABLES_H

#include "knowledge.h"

#include <stddef.h>

/* The type of a member, and so how it is printed. */
enum column_kind {
    COLUMN_NONE,
    COLUMN_TEXT,   /* const char * */
    COLUMN_NUMBER, /* int32_t; NOT_KNOWN prints nothing */
    COLUMN_KB,     /* uint32_t; 0 prints nothing */
    COLUMN_DAY,    /* day_t; DAY_NONE prints nothing */
    COLUMN_BOOL,   /* yes or no */
    COLUMN_RELEASE_KIND,
    COLUMN_PROGRAMME,
    COLUMN_PACKAGE_KIND,
};

struct knowledge_column {
    const char *name;
    enum column_kind kind;
    size_t member_off;
};

struct knowledge_table {
    const char *name;
    const char *title;
    const void *rows;
    size_t row_len;
    size_t n_rows;
    const struct knowledge_column *columns;
    size_t n_columns;
};

extern const struct knowledge_table knowledge_tables[];
extern const size_t n_knowledge_tables;

/* By KB ascending. */
struct kb_of_release {
    uint32_t kb;
    uint32_t release; /* index */
};

extern const struct kb_of_release kbs_of_releases[];
extern const size_t n_kbs_of_releases;

/* For each release the index of its counts in cve_counts, or -1. */
extern const int32_t cve_count_of_release[];

#endif
