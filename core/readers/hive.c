/* Registry hives (regf): keys and values, looked up on the way to what is wanted.
 *
 * A long list of subkeys is searched by the hashes (lh) or first letters (lf) beside its entries,
 * or by halves where it has neither (li). In a damaged hive those may mislead, and so may the
 * order: a name that is not found that way is looked for once more, entry by entry. Short lists
 * are read entry by entry at once, and the first of a name counts, as it does in other programs
 * that read hives.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive.h"

#include "../ascii.h"
#include "../limits.h"
#include "../utf.h"
#include "registry_facts.h"

#include <string.h>

/* Subkeys up to which each name is read: a key for every name is a page for every other. */
#define SHORT_LIST 128
/* The same where hints are believed. */
#define FEW_KEYS 16

/* Cells asked of the memory at once. */
#define FETCHED_AHEAD 16

#define KEY_NAME_IS_LATIN1      0x20
#define KEY_VALUES_ARE_A_HANDLE 0x40 /* predefined handle: the count of values is none */
#define VALUE_NAME_IS_LATIN1    0x1
#define DATA_IS_BRIEF           0x80000000u
/* How much larger than its data a cell is that was made for them. */
#define DATA_SLACK 16
/* Longer data is split from version 1.4 on. */
#define SEGMENT_BYTES             16344
#define FIRST_MINOR_WITH_SEGMENTS 4

bool hive_open(struct hive *hive, struct input *input, const struct hive_base *base,
               const struct hive_patches *patches, struct machine *machine, unsigned evidence)
{
    uint8_t sector[HIVE_SECTOR];
    const uint32_t *minor = &hive->base.minor;

    *hive = (struct hive){.cells = {
                              .input = input,
                              .patches = patches,
                              .machine = machine,
                              .evidence = evidence,
                          }};
    if (base) {
        hive->base = *base;
    } else if (!hive_base_read(sector, input_read_at(input, 0, sector, sizeof(sector)),
                               &hive->base)) {
        hive_problem(&hive->cells, "the base block is cut off");
        return false;
    }
    if (hive->base.major != 1 || *minor < 2 || *minor > 6) {
        hive_problem(&hive->cells, "hive version %lu.%lu is not read: only 1.2 to 1.6 are",
                     (unsigned long)hive->base.major, (unsigned long)*minor);
        return false;
    }
    if (hive->base.format != 1)
        hive_problem(&hive->cells, "the base block says format %lu; read as 1",
                     (unsigned long)hive->base.format);
    hive->cells.len = hive->base.bins_len;
    hive_cells_open(&hive->cells);
    return true;
}

void hive_close(struct hive *hive)
{
    hive_cells_close(&hive->cells);
}

/* ---- Names ---- */

/* The character at a place and how many bytes it has; cut UTF-16 ends in a character of its own. */
static uint32_t name_char(const struct hive_name *name, size_t at, size_t *length)
{
    *length = 1;
    if (!name->wide)
        return name->bytes[at];
    if (at + 1 >= name->len)
        return UTF_REPLACEMENT;
    *length = 2;
    return name->bytes[at] | (uint32_t)name->bytes[at + 1] << 8;
}

static uint32_t upper(uint32_t character)
{
    return character >= 'a' && character <= 'z' ? character - ('a' - 'A') : character;
}

/* A NUL is a character like others to the kernel and the end of the name to most programs, which
 * is how keys are hidden from them. Here too it is the end, and told. */
static bool ends_at_nul(const struct hive_name *name, size_t at)
{
    size_t length;

    return at < name->len && name_char(name, at, &length) == 0;
}

static void tell_nul(struct hive *hive, const struct hive_name *name, const char *found)
{
    if (name->len != strlen(found) * (name->wide ? 2 : 1))
        hive_problem(&hive->cells, "there is a NUL in the name \"%.80s\"", found);
}

/* Below, at or above 0 as the name is before, at or behind ascii in a list. Windows compares
 * uppercase characters by their codes; those that are not ASCII are all behind ASCII. */
static int name_compare(const struct hive_name *name, const char *ascii)
{
    size_t at = 0, length;

    for (; at < name->len && *ascii; at += length, ascii++) {
        uint32_t a = upper(name_char(name, at, &length));
        uint32_t b = upper((unsigned char)*ascii);

        if (a != b)
            return a < b ? -1 : 1;
    }
    if (*ascii)
        return -1;
    return at == name->len || ends_at_nul(name, at) ? 0 : 1;
}

bool hive_name_is(const struct hive_name *name, const char *ascii)
{
    size_t length = strlen(ascii);

    if (name->wide)
        return name->len >= length * 2 && name_compare(name, ascii) == 0;
    return name->len >= length && (name->len == length || ends_at_nul(name, length)) &&
           ascii_equal_n((const char *)name->bytes, ascii, length);
}

char *hive_name_text(const struct hive_name *name, char *text, size_t size)
{
    size_t length = 0;

    if (name->wide) {
        registry_utf8(name->bytes, name->len, text, size);
        return text;
    }
    length = ascii_length(name->bytes, name->len < size ? name->len : size - 1);
    memcpy(text, name->bytes, length);
    for (size_t i = length; i < name->len && length + UTF8_MAX < size; i++)
        length += utf8_put(text + length, name->bytes[i]);
    text[length] = '\0';
    return text;
}

/* ---- Keys ---- */

static bool has_signature(struct cursor *cell, const char *signature)
{
    const uint8_t *bytes = cursor_take(cell, 2);

    return bytes && memcmp(bytes, signature, 2) == 0;
}

static bool read_key(struct hive *hive, uint32_t offset, struct hive_key *key)
{
    struct cursor cell;
    unsigned flags;

    if (!hive_cell(&hive->cells, offset, &cell))
        return false;
    if (!has_signature(&cell, "nk")) {
        hive_problem(&hive->cells, "cell at 0x%lx: not a key",
                     (unsigned long)offset + HIVE_BASE_BYTES);
        return false;
    }
    flags = cursor_u16le(&cell);
    key->written = cursor_u64le(&cell);
    cursor_seek(&cell, 20);
    key->n_subkeys = cursor_u32le(&cell);
    cursor_take(&cell, 4); /* volatile subkeys: never in a file */
    key->subkeys = cursor_u32le(&cell);
    cursor_take(&cell, 4);
    key->n_values = cursor_u32le(&cell);
    key->values = cursor_u32le(&cell);
    cursor_seek(&cell, 72);
    key->name.len = cursor_u16le(&cell);
    cursor_take(&cell, 2);
    key->name.bytes = cursor_take(&cell, key->name.len);
    key->name.wide = !(flags & KEY_NAME_IS_LATIN1);
    if (flags & KEY_VALUES_ARE_A_HANDLE && key->values == HIVE_NIL)
        key->n_values = 0;
    if (cell.failed) {
        hive_problem(&hive->cells, "key at 0x%lx: longer than its cell",
                     (unsigned long)offset + HIVE_BASE_BYTES);
        return false;
    }
    return true;
}

bool hive_root(struct hive *hive, struct hive_key *key)
{
    return read_key(hive, hive->base.root, key);
}

/* ---- Lists of subkeys ---- */

/* Takes the list at offset as a leaf, or (where roots are allowed) as a list of leaves. */
static bool open_list(struct hive_subkeys *list, uint32_t offset, bool roots_allowed)
{
    struct cursor cell;
    const uint8_t *kind;
    size_t size;
    bool is_root;

    if (!hive_cell(&list->hive->cells, offset, &cell))
        return false;
    kind = cursor_take(&cell, 2);
    size = cursor_u16le(&cell);
    is_root = kind && kind[0] == 'r' && kind[1] == 'i';
    if (cell.failed || (is_root && !roots_allowed) ||
        !(is_root || (kind[0] == 'l' && (kind[1] == 'f' || kind[1] == 'h' || kind[1] == 'i')))) {
        hive_problem(&list->hive->cells, "cell at 0x%lx: not a list of subkeys",
                     (unsigned long)offset + HIVE_BASE_BYTES);
        return false;
    }
    list->kind = (char)kind[1];
    list->entry_len = !is_root && kind[1] != 'i' ? 8 : 4;
    size *= list->entry_len;
    if (size > cursor_left(&cell)) {
        hive_problem(&list->hive->cells, "list at 0x%lx: longer than its cell",
                     (unsigned long)offset + HIVE_BASE_BYTES);
        return false;
    }
    cell = cursor_over(cell.bytes + cell.at, size);
    if (is_root)
        list->roots = cell;
    else
        list->leaf = cell;
    return true;
}

/* The cells of the next keys are asked of the memory together, not one after the other. */
static void fetch_ahead(const struct hive_subkeys *list)
{
    struct cursor ahead = list->leaf;

    for (size_t i = 0; i < FETCHED_AHEAD && cursor_left(&ahead); i++) {
        hive_fetch(&list->hive->cells, cursor_u32le(&ahead));
        if (list->entry_len == 8)
            cursor_take(&ahead, 4);
    }
}

void hive_subkeys_begin(struct hive_subkeys *list, struct hive *hive, const struct hive_key *key)
{
    *list = (struct hive_subkeys){.hive = hive, .declared = key->n_subkeys};
    if (key->n_subkeys)
        open_list(list, key->subkeys, true);
}

/* The next leaf of several; false when there is none. */
static bool next_leaf(struct hive_subkeys *list)
{
    while (cursor_left(&list->roots)) {
        uint32_t offset = cursor_u32le(&list->roots);

        if (!hive_step(&list->hive->cells))
            return false;
        if (open_list(list, offset, false) && cursor_left(&list->leaf))
            return true;
    }
    return false;
}

/* The next entry: where its key is, and the hint beside it. */
static bool next_entry(struct hive_subkeys *list, uint32_t *offset, const uint8_t **hint)
{
    if (!cursor_left(&list->leaf) && !next_leaf(list)) {
        if (list->met != list->declared && list->hive->cells.steps_left > 0)
            hive_problem(&list->hive->cells, "a key says that it has %lu subkeys, its list has %lu",
                         (unsigned long)list->declared, (unsigned long)list->met);
        list->declared = list->met;
        return false;
    }
    if (!hive_step(&list->hive->cells))
        return false;
    *offset = cursor_u32le(&list->leaf);
    *hint = list->entry_len == 8 ? cursor_take(&list->leaf, 4) : NULL;
    list->met++;
    return true;
}

bool hive_subkeys_next(struct hive_subkeys *list, struct hive_key *key)
{
    const uint8_t *hint;
    uint32_t offset;

    while (next_entry(list, &offset, &hint)) {
        if (list->met % FETCHED_AHEAD == 1)
            fetch_ahead(list);
        if (read_key(list->hive, offset, key))
            return true;
    }
    return false;
}

static uint32_t name_hash(const char *name)
{
    uint32_t hash = 0;

    for (; *name; name++)
        hash = hash * 37 + upper((unsigned char)*name);
    return hash;
}

/* Whether the entry may be that of name, by what stands beside it. */
static bool hint_fits(char kind, const uint8_t *hint, const char *name, uint32_t hash)
{
    struct cursor cursor = cursor_over(hint, 4);

    if (kind == 'h')
        return cursor_u32le(&cursor) == hash;
    if (!hint[0])
        return true; /* letters that do not fit in */
    for (size_t i = 0; i < 4; i++) {
        if (upper(hint[i]) != upper((unsigned char)name[i]))
            return false;
        if (!name[i])
            break;
    }
    return true;
}

/* By halves, in a leaf without hints. Its entries are taken from the list either way. */
static bool find_by_halves(struct hive_subkeys *list, const char *name, struct hive_key *found)
{
    struct cursor leaf = list->leaf;
    size_t low = 0, high = cursor_left(&leaf) / 4;
    size_t first = leaf.at;

    list->met += (uint32_t)high;
    list->leaf.at = list->leaf.size;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order;

        cursor_seek(&leaf, first + middle * 4);
        if (!hive_step(&list->hive->cells) || !read_key(list->hive, cursor_u32le(&leaf), found))
            return false;
        order = name_compare(&found->name, name);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool find_in_long_list(struct hive *hive, const struct hive_key *key, const char *name,
                              struct hive_key *found)
{
    uint32_t hash = name_hash(name);
    struct hive_subkeys list;
    const uint8_t *hint;
    uint32_t offset;

    hive_subkeys_begin(&list, hive, key);
    while (cursor_left(&list.leaf) || next_leaf(&list)) {
        if (list.entry_len == 4) {
            if (find_by_halves(&list, name, found))
                return true;
        } else if (!next_entry(&list, &offset, &hint)) {
            return false;
        } else if (hint_fits(list.kind, hint, name, hash) && read_key(hive, offset, found) &&
                   hive_name_is(&found->name, name)) {
            return true;
        }
    }
    return false;
}

bool hive_find_by_hint(struct hive *hive, const struct hive_key *key, const char *name,
                       struct hive_key *found)
{
    if (key->n_subkeys > FEW_KEYS)
        return find_in_long_list(hive, key, name, found);
    return hive_find(hive, key, name, found);
}

bool hive_find(struct hive *hive, const struct hive_key *key, const char *name,
               struct hive_key *found)
{
    struct hive_subkeys list;

    if (key->n_subkeys > SHORT_LIST && find_in_long_list(hive, key, name, found))
        return true;
    hive_subkeys_begin(&list, hive, key);
    while (hive_subkeys_next(&list, found)) {
        if (hive_name_is(&found->name, name)) {
            tell_nul(hive, &found->name, name);
            return true;
        }
    }
    return false;
}

bool hive_find_path(struct hive *hive, const struct hive_key *key, const char *path,
                    struct hive_key *found)
{
    char name[LIMIT_KEY_PATH];
    struct hive_key at = *key;

    while (*path) {
        size_t length = strcspn(path, "\\");

        if (length >= sizeof(name))
            return false;
        memcpy(name, path, length);
        name[length] = '\0';
        if (!hive_find(hive, &at, name, found))
            return false;
        at = *found;
        path += length + (path[length] == '\\');
    }
    *found = at;
    return true;
}

/* ---- Values ---- */

static bool read_value(struct hive *hive, uint32_t offset, struct hive_value *value)
{
    struct cursor cell;
    const uint8_t *brief;
    uint32_t declared;

    if (!hive_cell(&hive->cells, offset, &cell))
        return false;
    if (!has_signature(&cell, "vk")) {
        hive_problem(&hive->cells, "cell at 0x%lx: not a value",
                     (unsigned long)offset + HIVE_BASE_BYTES);
        return false;
    }
    *value = (struct hive_value){.name.len = cursor_u16le(&cell)};
    declared = cursor_u32le(&cell);
    brief = cursor_take(&cell, 4);
    if (brief) {
        struct cursor data = cursor_over(brief, 4);

        memcpy(value->brief, brief, 4);
        value->data = cursor_u32le(&data);
    }
    value->type = cursor_u32le(&cell);
    value->name.wide = !(cursor_u16le(&cell) & VALUE_NAME_IS_LATIN1);
    cursor_take(&cell, 2);
    value->name.bytes = cursor_take(&cell, value->name.len);
    if (cell.failed) {
        hive_problem(&hive->cells, "value at 0x%lx: longer than its cell",
                     (unsigned long)offset + HIVE_BASE_BYTES);
        return false;
    }
    value->is_brief = declared & DATA_IS_BRIEF;
    value->len = declared & ~DATA_IS_BRIEF;
    if (value->is_brief && value->len > sizeof(value->brief)) {
        hive_problem(&hive->cells, "value at 0x%lx: %lu bytes cannot stand in place of an offset",
                     (unsigned long)offset + HIVE_BASE_BYTES, (unsigned long)value->len);
        value->is_bad = true;
    }
    return true;
}

void hive_values_begin(struct hive_values *list, struct hive *hive, const struct hive_key *key)
{
    struct cursor cell;

    *list = (struct hive_values){.hive = hive};
    if (!key->n_values || !hive_cell(&hive->cells, key->values, &cell))
        return;
    list->list = cell;
    for (size_t i = 0; i < key->n_values && i < FETCHED_AHEAD && cursor_left(&cell); i++)
        hive_fetch(&hive->cells, cursor_u32le(&cell));
    list->left = key->n_values;
    if (cursor_left(&list->list) / 4 < key->n_values) {
        hive_problem(&hive->cells, "list at 0x%lx: %lu values do not fit into its cell",
                     (unsigned long)key->values + HIVE_BASE_BYTES, (unsigned long)key->n_values);
        list->left = 0;
    }
}

bool hive_values_next(struct hive_values *list, struct hive_value *value)
{
    while (list->left > 0 && hive_step(&list->hive->cells)) {
        list->left--;
        if (read_value(list->hive, cursor_u32le(&list->list), value))
            return true;
    }
    return false;
}

bool hive_value(struct hive *hive, const struct hive_key *key, const char *name,
                struct hive_value *value)
{
    struct hive_values list;

    hive_values_begin(&list, hive, key);
    while (hive_values_next(&list, value)) {
        if (hive_name_is(&value->name, name)) {
            tell_nul(hive, &value->name, name);
            return true;
        }
    }
    return false;
}

/* ---- Data ---- */

/* The cell of length bytes of data or more. One that fits them is proof enough that it begins where
 * it is said to; a larger one, as values that became shorter have, has to be in the chain. */
static bool data_cell(struct hive *hive, uint32_t offset, size_t length, struct cursor *cell)
{
    if (!hive_cell(&hive->cells, offset, cell) || cursor_left(cell) < length)
        return false;
    return cursor_left(cell) - length < DATA_SLACK || hive_plain_cell(&hive->cells, offset, cell);
}

/* Data in segments; db is the cell that describes them, behind its signature. */
static bool read_segments(struct hive *hive, const struct hive_value *value, struct cursor db,
                          uint8_t *data, size_t size)
{
    uint32_t n_segments = cursor_u16le(&db);
    uint32_t at = cursor_u32le(&db);
    size_t left = value->len;
    struct cursor list;

    if (db.failed || !data_cell(hive, at, n_segments * 4u, &list))
        return false;
    for (; n_segments > 0 && left > 0; n_segments--) {
        uint32_t offset = cursor_u32le(&list);
        struct cursor segment;
        size_t length = left < SEGMENT_BYTES ? left : SEGMENT_BYTES;

        if (list.failed || !hive_step(&hive->cells) || !data_cell(hive, offset, length, &segment))
            return false;
        if (size > 0)
            memcpy(data, segment.bytes, length < size ? length : size);
        data += length < size ? length : size;
        size -= length < size ? length : size;
        left -= length;
    }
    return left == 0;
}

bool hive_data(struct hive *hive, const struct hive_value *value, uint8_t *data, size_t size)
{
    struct cursor cell;

    if (value->is_bad)
        return false;
    if (value->len == 0 && (value->is_brief || value->data == HIVE_NIL))
        return true;
    if (size > value->len)
        size = value->len;
    if (value->is_brief) {
        memcpy(data, value->brief, size);
        return true;
    }
    if (data_cell(hive, value->data, value->len, &cell)) {
        if (size > 0)
            memcpy(data, cell.bytes, size);
        return true;
    }
    if (value->len <= cursor_left(&cell))
        return false;
    if (hive->base.minor >= FIRST_MINOR_WITH_SEGMENTS && has_signature(&cell, "db") &&
        read_segments(hive, value, cell, data, size))
        return true;
    hive_problem(&hive->cells, "data at 0x%lx: its %lu bytes are not there",
                 (unsigned long)value->data + HIVE_BASE_BYTES, (unsigned long)value->len);
    return false;
}
