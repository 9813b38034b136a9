/* Property records in the forms in which wmic and PowerShell print them.
 *
 *     BuildNumber=6002                     wmic ... /value, /format:list
 *     BuildNumber     : 6002               Format-List, pasted and indented as well
 *     BuildNumber  Caption       Version   wmic's table, Format-Table: columns by position
 *     Node,BuildNumber,Caption,Version     wmic /format:csv, Export-Csv
 *
 * Property names are English on every Windows. A table's columns are counted in characters, as
 * both tools do.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_RECORDS_H
#define WINVER6003_RECORDS_H

#include "../arena.h"
#include "../text.h"

#include <stdbool.h>
#include <stddef.h>

#define RECORD_NAMES_MAX 32
#define RECORD_COLUMNS_MAX 96
#define RECORD_TEXT_BYTES 8192

enum record_form {
    RECORD_NO_FORM,
    RECORD_LIST,
    RECORD_TABLE,
    RECORD_CSV,
};

/* The properties of a class that are worth reading. */
struct record_class {
    const char *const *names; /* n_names, at most RECORD_NAMES_MAX */
    size_t n_names;
    /* Whether a header with these names (bit i: names[i] is there) is one of this class. others
     * counts names that are not known. */
    bool (*is_header)(unsigned long names, size_t others);
};

struct record {
    enum record_form form;
    const char *values[RECORD_NAMES_MAX]; /* NULL: not stated; "": stated, empty */
    unsigned long lines[RECORD_NAMES_MAX];
    unsigned long names; /* bit i: values[i] is there */
    bool equals;         /* a list of the form name=value */
    bool loose;          /* "name: value", as all kinds of text have it */
};

/* Takes a complete record; false when it is none of the class after all. */
typedef bool record_taken(void *data, const struct record *record);

struct records; /* private, in the arena */

struct records *records_new(struct arena *arena, const struct record_class *class,
                            record_taken *taken, void *data);
/* Shows the next line; text is the line without comment marks. taken() is called for each record
 * that is found to be complete. Returns what the line belongs to: a header or row of a table or
 * CSV is RECORD_TABLE or RECORD_CSV, a known property of a list RECORD_LIST. */
enum record_form records_line(struct records *records, const struct text_line *line,
                              const char *text);
/* The names that the list at hand has stated so far. */
unsigned long records_names(const struct records *records);
void records_end(struct records *records);

#endif
