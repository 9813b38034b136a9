/* Inventories: a list of machines, one a row, as an asset database gives them out.
 *
 * CSV whose header has the columns host and version and may have service_pack, product and
 * revision, in any order and among others; or JSONL whose objects have these keys. Every row
 * becomes one machine: one that cannot be read becomes one about which nothing is known, with the
 * reason, so that rows out and rows in can be laid side by side.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_INVENTORY_H
#define WINVER6003_INVENTORY_H

#include "core/csv_read.h"
#include "core/input.h"
#include "core/json_read.h"
#include "core/judge/judge.h"
#include "core/machine.h"
#include "rows.h"

#include <stdbool.h>
#include <stddef.h>

enum inventory_kind { INVENTORY_NONE, INVENTORY_CSV, INVENTORY_JSONL };

enum inventory_column {
    COLUMN_HOST,
    COLUMN_VERSION,
    COLUMN_SERVICE_PACK,
    COLUMN_PRODUCT,
    COLUMN_REVISION,
    COLUMN_COUNT
};

/* A header wider than this is refused; asset exports have up to about 200 columns. */
#define INVENTORY_COLUMNS 1024

/* A longer cell of ours makes its row unreadable; the longest product name has 80 bytes. */
#define INVENTORY_CELL_BYTES 1024

struct inventory {
    enum inventory_kind kind;
    struct rows rows;
    size_t n_columns;          /* of CSV: what each row must have */
    int columns[COLUMN_COUNT]; /* of CSV: where each stands; -1 when it does not */
    /* Of CSV: the columns beside host stand side by side, from this one to that. */
    bool side_by_side;
    size_t first_judged, last_judged;
    bool rest_judged; /* and they are all that stands behind the host, which is first */
};

/* Whether the head is that of an inventory, be it a complete one or not. */
bool inventory_probe(const struct input *input);

#define INVENTORY_MESSAGE_SIZE 256

/* Reads the header. false with what is wrong in message (without the file's name) when host or
 * version is missing. input must be a fresh one that inventory_probe() knows, and outlive the
 * rows. Close with rows_close(). */
bool inventory_open(struct inventory *inventory, struct input *input, size_t block_size,
                    char message[INVENTORY_MESSAGE_SIZE]);

struct inventory_cell {
    const char *text; /* not NUL-terminated; valid until the next row */
    size_t length;
};

struct inventory_row {
    struct inventory_cell cells[COLUMN_COUNT]; /* of no length where there is no such column */
    const char *problem; /* why it cannot be read; NULL. Cells are what was found all the same */
};

/* Working memory for rows, one for each thread; zeroed to begin with. */
struct inventory_work {
    struct csv_column *columns; /* INVENTORY_COLUMNS */
    struct strbuf unquoted;
    struct strbuf reason;
    struct strbuf judged;
    struct json_read json;
};
void inventory_work_free(struct inventory_work *work);

void inventory_split(const struct inventory *inventory, const struct row *row,
                     struct inventory_work *work, struct inventory_row *cells);

/* All that the facts of a row can come from, but for the host's name: two rows of one inventory
 * without a problem that have the same judged bytes state the same. Valid until the next row. */
struct inventory_cell inventory_judged(const struct inventory_row *cells,
                                       struct inventory_work *work);
/* The quick way to the same for most rows: one walk over a row without quotes whose judged columns
 * stand side by side. The bytes differ from those of inventory_judged(), and neither way gives
 * bytes that the other could give. false when the row is not of that kind; true may also be said
 * of a row that has a problem, but no row without one has the same bytes. */
bool inventory_judged_in_place(const struct inventory *inventory, const struct row *row,
                               struct inventory_cell *host, struct inventory_cell *judged);

/* What the cells state, as facts of that evidence. Returns why a cell cannot be read (in machine's
 * arena), NULL when all can: then nothing but what is right was added. */
const char *inventory_facts(struct machine *machine, unsigned evidence, const char *where,
                            const struct inventory_row *cells);

/* Which row it is, as it is told. */
struct inventory_place {
    const char *inventory; /* its name */
    const char *line;      /* "line 12" */
    int64_t bytes;         /* of the row */
};

/* The row as a machine of its own: machine is emptied, filled and judged. false for a row that
 * cannot be read: it is one of which nothing is known, with the reason in the headline. */
bool inventory_judge(struct machine *machine, const struct inventory_place *place,
                     const struct inventory_row *cells, const struct judge_options *options,
                     bool redact, struct assessment *assessment);

const char *inventory_column_name(enum inventory_column column);
/* COLUMN_COUNT for a name that is none of ours; case and blanks around it do not matter. */
enum inventory_column inventory_column_by_name(const char *text, size_t length);
/* Without blanks around it. */
struct inventory_cell inventory_trim(const char *text, size_t length);

#endif
