/* Registry hives (regf): keys and values, looked up on the way to what is wanted.
 *
 * Read-only. Only the cells on the way are touched, so that the cost does not grow with the hive.
 * What is damaged is told as a problem and passed over. Versions 1.2 (NT 3.51) to 1.6 (Windows 10);
 * 1.0 and 1.1 have another form of cell and are refused. Offsets in problems are those in the file.
 *
 * Layout after M. Suhanov, "Windows registry file format specification" (github.com/msuhanov/regf).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_HIVE_H
#define WINVER6003_HIVE_H

#include "hive_base.h"
#include "hive_cells.h"

struct hive {
    struct hive_base base; /* as in effect */
    struct hive_cells cells;
};

struct hive_name {
    const uint8_t *bytes; /* valid until hive_close() */
    uint16_t len;         /* in bytes */
    bool wide;            /* UTF-16LE, else Latin-1 */
};

struct hive_key {
    struct hive_name name;
    uint64_t written; /* FILETIME */
    uint32_t n_subkeys, subkeys;
    uint32_t n_values, values;
};

struct hive_value {
    struct hive_name name; /* of length 0: the default value */
    uint32_t type;
    uint32_t len;  /* of the data, as declared */
    uint32_t data; /* where its cell is, unless it is short */
    uint8_t brief[4];
    bool is_brief; /* the data is in brief */
    bool is_bad;   /* the data cannot be had: told */
};

/* Opens the hive in input, which has to be held (input_hold()) and outlives it. Where that is a
 * file, everything from here to hive_close() belongs inside mapping_guarded(). base: what is in
 * effect in place of the file's own base block, after logs; NULL for the file's own. patches as in
 * hive_cells.h. Problems go to machine (NULL: nowhere). false when it cannot be read as one: told.
 * hive_close() is due after true only. */
bool hive_open(struct hive *hive, struct input *input, const struct hive_base *base,
               const struct hive_patches *patches, struct machine *machine, unsigned evidence);
void hive_close(struct hive *hive);

/* The key that all others are below. */
bool hive_root(struct hive *hive, struct hive_key *key);
/* The key of that name directly below another; name is ASCII, in either case. Of several with that
 * name in a damaged hive the first in the list counts, where the list is short. */
bool hive_find(struct hive *hive, const struct hive_key *key, const char *name,
               struct hive_key *found);
/* The same as Windows looks it up: where the hint beside a key in a list of more than a few does not
 * fit its name, the key is not there. For keys that most machines do not have, whose absence would
 * otherwise cost a look at all the others. */
bool hive_find_by_hint(struct hive *hive, const struct hive_key *key, const char *name,
                       struct hive_key *found);
/* The same over several names with backslashes between them; "" is the key itself. */
bool hive_find_path(struct hive *hive, const struct hive_key *key, const char *path,
                    struct hive_key *found);

/* All keys directly below one, in the order of the list. */
struct hive_subkeys {
    struct hive *hive;
    struct cursor roots; /* offsets of leaves */
    struct cursor leaf;
    unsigned entry_len; /* of the leaf */
    char kind;          /* of the leaf: 'f', 'h', 'i' */
    uint32_t declared, met;
};

void hive_subkeys_begin(struct hive_subkeys *list, struct hive *hive, const struct hive_key *key);
bool hive_subkeys_next(struct hive_subkeys *list, struct hive_key *key);

/* All values of a key, in the order of the list. */
struct hive_values {
    struct hive *hive;
    struct cursor list;
    uint32_t left;
};

void hive_values_begin(struct hive_values *list, struct hive *hive, const struct hive_key *key);
bool hive_values_next(struct hive_values *list, struct hive_value *value);
/* The first value of that name; "" is the default value. */
bool hive_value(struct hive *hive, const struct hive_key *key, const char *name,
                struct hive_value *value);

/* Copies the data, at most size bytes; value->len says how many there are. false (and told) when
 * it is not wholly there. */
bool hive_data(struct hive *hive, const struct hive_value *value, uint8_t *data, size_t size);

/* UTF-8 and a NUL, cut to what fits; returns text. */
char *hive_name_text(const struct hive_name *name, char *text, size_t size);
/* Letters in either case. */
bool hive_name_is(const struct hive_name *name, const char *ascii);

#endif
