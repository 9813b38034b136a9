/* Transaction logs of a hive: what a machine had not yet written into the hive itself.
 *
 * A log counts as a whole or not at all, where it is of the old form; of the new form it counts
 * up to the first entry that is damaged or does not follow on the one before. So does Windows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive_log.h"

#include "../arena.h"
#include "../companions.h"
#include "../cursor.h"
#include "../limits.h"
#include "../strbuf.h"

#include <stdlib.h>
#include <string.h>

#define N_LOGS          3
#define ENTRY_HEADER    40
#define ENTRY_HASHED    32 /* of the header, by its second hash */
#define REFERENCE       8
#define SECTORS_IN_BYTE 8

/* LOG is the only one on NT 5, and there for its sake, empty, later on. */
static const char *const suffixes[N_LOGS] = {".LOG1", ".LOG2", ".LOG"};

struct log {
    const char *name; /* suffix without its point */
    struct input input;
    bool is_open;
    bool usable;
    struct hive_base base;
};

struct replaying {
    struct hive_replay *replay;
    const struct hive_base *base; /* of the file */
    struct input *input;
    struct arena *arena;
    struct machine *machine;
    unsigned evidence;
    struct strbuf what;
};

static void refuse(struct replaying *replaying, const struct log *log, const char *why)
{
    if (replaying->machine)
        machine_add_problem(replaying->machine, replaying->evidence, "%s: not replayed: %s",
                            log->name, why);
}

uint64_t hive_log_hash(const uint8_t *bytes, size_t size)
{
    uint32_t low = 0x7a4e55c5u, high = 0x82ef4d88u;
    struct cursor cursor = cursor_over(bytes, size);

    for (size_t left = size / 4 + 2; left > 0; left--) {
        /* The end of the data is marked, and then mixed in once more. */
        low += left > 2 ? cursor_u32le(&cursor) : left == 2 ? 0x80 : 0;
        high ^= low;
        low = (low << 20 | low >> 12) + high;
        high = (high << 9 | high >> 23) ^ low;
        low = (low << 27 | low >> 5) + high;
        high = high << 19 | high >> 13;
    }
    return (uint64_t)high << 32 | low;
}

/* ---- Opening ---- */

static void open_log(struct replaying *replaying, struct log *log, const char *suffix)
{
    *log = (struct log){.name = suffix + 1};
    if (!companion_open(replaying->input, suffix, replaying->arena, &log->input))
        return;
    log->is_open = true;
    if (log->input.n_head == 0)
        return;
    if (!input_hold(&log->input, LIMIT_HIVE_LOG_BYTES))
        refuse(replaying, log, "it cannot be read to its end");
    else if (!hive_base_read(log->input.head, log->input.n_head, &log->base))
        refuse(replaying, log, "it has no base block");
    else if (hive_base_is_dirty(&log->base))
        refuse(replaying, log, "it was itself not written to its end");
    else if (log->base.type != HIVE_FILE_LOG && log->base.type != HIVE_FILE_LOG_OLD &&
             log->base.type != HIVE_FILE_LOG_NEW)
        refuse(replaying, log, "its base block is not that of a log");
    else
        log->usable = true;
}

/* The hive's base block is now the log's, as a hive's. */
static void take_base(struct replaying *replaying, const struct hive_base *base)
{
    replaying->replay->base = *base;
    replaying->replay->base.type = HIVE_FILE_PRIMARY;
}

static void note(struct replaying *replaying, const struct log *log, const char *text)
{
    strbuf_adds(&replaying->what, replaying->what.length ? "; " : "");
    strbuf_adds(&replaying->what, log->name);
    strbuf_adds(&replaying->what, ": ");
    strbuf_adds(&replaying->what, text);
}

/* ---- The old form: a bit for each sector, then the sectors that are set ---- */

/* When the hive was written last; the first bin has a copy of it. */
static uint64_t written_at(const struct replaying *replaying)
{
    uint8_t header[32] = {0};
    struct cursor cursor = cursor_over(header, sizeof(header));

    if (replaying->base->checksum_good ||
        input_read_at(replaying->input, HIVE_BASE_BYTES, header, sizeof(header)) < sizeof(header) ||
        memcmp(cursor_take(&cursor, 4), "hbin", 4) != 0)
        return replaying->base->written;
    cursor_seek(&cursor, 20);
    return cursor_u64le(&cursor);
}

static size_t bits_set(const uint8_t *bytes, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        for (unsigned byte = bytes[i]; byte; byte &= byte - 1)
            count++;
    return count;
}

/* Where the vector begins: behind the first sector of the disk, mostly one of 512 bytes. */
static size_t find_vector(struct log *log)
{
    size_t sectors[] = {1, log->base.cluster <= SECTORS_IN_BYTE ? log->base.cluster : 1};
    uint8_t signature[4];

    for (size_t i = 0; i < 2; i++)
        if (input_read_at(&log->input, (int64_t)(sectors[i] * HIVE_SECTOR), signature, 4) == 4 &&
            memcmp(signature, "DIRT", 4) == 0)
            return sectors[i] * HIVE_SECTOR;
    return 0;
}

static bool replay_vector(struct replaying *replaying, struct log *log)
{
    uint32_t bins_len = log->base.bins_len;
    size_t vector_len = bins_len / HIVE_SECTOR / SECTORS_IN_BYTE;
    size_t start = find_vector(log);
    uint8_t *vector = NULL;
    uint8_t sector[HIVE_SECTOR];
    const char *why = NULL;
    size_t count;
    int64_t at;

    if (!start || bins_len % HIVE_PAGE != 0 || bins_len == 0) {
        refuse(replaying, log, "it has no dirty vector");
        return false;
    }
    vector = memory_alloc(vector_len);
    if (input_read_at(&log->input, (int64_t)start + 4, vector, vector_len) < vector_len)
        why = "its dirty vector is cut off";
    count = bits_set(vector, vector_len);
    at = (int64_t)((start + 4 + vector_len + HIVE_SECTOR - 1) / HIVE_SECTOR * HIVE_SECTOR);
    if (!why && count == 0)
        why = "its dirty vector is empty";
    if (!why && input_read_at(&log->input, at + (int64_t)(count - 1) * HIVE_SECTOR, sector,
                              HIVE_SECTOR) < HIVE_SECTOR)
        why = "its sectors are cut off";
    if (!why && count > LIMIT_HIVE_LOG_BYTES / HIVE_SECTOR)
        why = "it changes more than is read";
    for (size_t i = 0; !why && i < vector_len * SECTORS_IN_BYTE; i++) {
        if (!(vector[i / SECTORS_IN_BYTE] >> i % SECTORS_IN_BYTE & 1))
            continue;
        if (input_read_at(&log->input, at, sector, HIVE_SECTOR) < HIVE_SECTOR ||
            !hive_patches_put(&replaying->replay->patches, (uint32_t)i * HIVE_SECTOR, sector,
                              HIVE_SECTOR))
            why = "its sectors cannot be read";
        at += HIVE_SECTOR;
    }
    free(vector);
    if (why) {
        replaying->replay->patches = (struct hive_patches){.arena = replaying->arena};
        refuse(replaying, log, why);
        return false;
    }
    take_base(replaying, &log->base);
    note(replaying, log, arena_printf(replaying->arena, "%lu sectors", (unsigned long)count));
    return true;
}

/* The log that belongs to the last write: not older than the hive, the newest of several. */
static bool replay_old(struct replaying *replaying, struct log *logs)
{
    uint64_t written = written_at(replaying);
    bool replayed = false;

    for (;;) {
        struct log *newest = NULL;

        for (size_t i = 0; i < N_LOGS; i++)
            if (logs[i].usable && logs[i].base.type != HIVE_FILE_LOG_NEW &&
                (!newest || logs[i].base.written > newest->base.written))
                newest = &logs[i];
        if (!newest || replayed)
            return replayed;
        newest->usable = false;
        if (newest->base.written < written)
            refuse(replaying, newest, "it is older than the hive");
        else
            replayed = replay_vector(replaying, newest);
    }
}

/* ---- The new form: a chain of entries ---- */

struct log_entry {
    uint32_t size, sequence, bins_len, n_pages;
    uint8_t *bytes; /* behind the header; free() them after the last entry */
    size_t room;
};

/* Whether the references lead into the bins and all of their pages are there. */
static bool pages_fit(const struct log_entry *entry)
{
    struct cursor references = cursor_over(entry->bytes, entry->size - ENTRY_HEADER);
    uint64_t left;

    if (entry->n_pages == 0 || entry->n_pages > cursor_left(&references) / REFERENCE)
        return false;
    left = cursor_left(&references) - (uint64_t)entry->n_pages * REFERENCE;
    for (uint32_t i = 0; i < entry->n_pages; i++) {
        uint32_t offset = cursor_u32le(&references);
        uint32_t size = cursor_u32le(&references);

        if (offset % HIVE_SECTOR != 0 || size % HIVE_SECTOR != 0 || size == 0 || size > left ||
            offset > entry->bins_len || size > entry->bins_len - offset)
            return false;
        left -= size;
    }
    return true;
}

/* Reads the entry at a place of the log. false where none with that sequence number is; *why then
 * tells what is wrong with one that is, and is NULL where the chain just ends. */
static bool read_entry(struct log *log, int64_t at, uint32_t sequence, struct log_entry *entry,
                       const char **why)
{
    uint8_t header[ENTRY_HEADER] = {0};
    struct cursor cursor = cursor_over(header, sizeof(header));
    uint64_t hash;

    *why = NULL;
    if (input_read_at(&log->input, at, header, sizeof(header)) < sizeof(header) ||
        memcmp(cursor_take(&cursor, 4), "HvLE", 4) != 0)
        return false;
    entry->size = cursor_u32le(&cursor);
    cursor_take(&cursor, 4); /* flags of transactions, which are not registry content */
    entry->sequence = cursor_u32le(&cursor);
    entry->bins_len = cursor_u32le(&cursor);
    entry->n_pages = cursor_u32le(&cursor);
    hash = cursor_u64le(&cursor);
    /* Left behind by an earlier round of the log. */
    if (entry->sequence != sequence)
        return false;
    *why = "its header is damaged";
    if (cursor_u64le(&cursor) != hive_log_hash(header, ENTRY_HASHED) || entry->size < HIVE_SECTOR ||
        entry->size % HIVE_SECTOR != 0 || entry->bins_len % HIVE_PAGE != 0)
        return false;
    *why = "it is cut off";
    if (entry->size > log->input.size - at)
        return false;
    if (entry->size > entry->room) {
        entry->room = entry->size;
        entry->bytes = memory_realloc(entry->bytes, entry->room);
    }
    if (input_read_at(&log->input, at + ENTRY_HEADER, entry->bytes, entry->size - ENTRY_HEADER) <
        entry->size - ENTRY_HEADER)
        return false;
    *why = "its pages are damaged";
    return hive_log_hash(entry->bytes, entry->size - ENTRY_HEADER) == hash && pages_fit(entry);
}

static bool apply_entry(struct replaying *replaying, const struct log_entry *entry)
{
    struct cursor references = cursor_over(entry->bytes, entry->size - ENTRY_HEADER);
    struct cursor pages = references;

    cursor_seek(&pages, (size_t)entry->n_pages * REFERENCE);
    for (uint32_t i = 0; i < entry->n_pages; i++) {
        uint32_t offset = cursor_u32le(&references);
        uint32_t size = cursor_u32le(&references);

        if (!hive_patches_put(&replaying->replay->patches, offset, cursor_take(&pages, size), size))
            return false;
    }
    return true;
}

/* Applies the entries of a log that follow on *next, the sequence number that is due. */
static bool replay_entries(struct replaying *replaying, struct log *log, uint32_t *next)
{
    uint32_t sequence = log->base.primary;
    unsigned long n_entries = 0, n_pages = 0;
    struct log_entry entry = {0};
    int64_t at = HIVE_SECTOR;
    const char *why;

    while (read_entry(log, at, sequence, &entry, &why)) {
        at += entry.size;
        sequence++;
        if (hive_sequence_before(entry.sequence, *next))
            continue; /* is in the hive */
        if (entry.sequence != *next) {
            why = "entries before it are missing";
            break;
        }
        if (!apply_entry(replaying, &entry)) {
            why = "it changes more than is read";
            break;
        }
        if (n_entries++ == 0)
            take_base(replaying, &log->base);
        n_pages += entry.n_pages;
        replaying->replay->base.bins_len = entry.bins_len;
        replaying->replay->base.primary = entry.sequence;
        replaying->replay->base.secondary = entry.sequence;
        *next = sequence;
    }
    free(entry.bytes);
    if (why)
        refuse(replaying, log,
               arena_printf(replaying->arena, "entry %lu and what follows: %s",
                            (unsigned long)entry.sequence, why));
    if (n_entries)
        note(replaying, log,
             arena_printf(replaying->arena, "%lu %s with %lu %s", n_entries,
                          n_entries == 1 ? "entry" : "entries", n_pages,
                          n_pages == 1 ? "page" : "pages"));
    return n_entries > 0;
}

static bool replay_new(struct replaying *replaying, struct log *logs)
{
    struct log *first = NULL, *second = NULL;
    bool replayed;
    uint32_t next;

    for (size_t i = 0; i < N_LOGS; i++) {
        if (!logs[i].usable || logs[i].base.type != HIVE_FILE_LOG_NEW)
            continue;
        if (first && hive_sequence_before(logs[i].base.primary, first->base.primary)) {
            second = first;
            first = &logs[i];
        } else if (first) {
            second = &logs[i];
        } else {
            first = &logs[i];
        }
    }
    if (!first)
        return false;
    if (!replaying->base->checksum_good) {
        /* What the hive has is not known: Windows then goes by the newer log alone. */
        if (second)
            first = second;
        next = first->base.primary;
        return replay_entries(replaying, first, &next);
    }
    next = replaying->base->secondary;
    replayed = replay_entries(replaying, first, &next);
    if (second && replay_entries(replaying, second, &next))
        replayed = true;
    return replayed;
}

bool hive_replay_logs(struct hive_replay *replay, struct input *input, const struct hive_base *base,
                      struct arena *arena, struct machine *machine, unsigned evidence)
{
    struct replaying replaying = {
        .replay = replay,
        .base = base,
        .input = input,
        .arena = arena,
        .machine = machine,
        .evidence = evidence,
    };
    struct log logs[N_LOGS];
    bool replayed;

    *replay = (struct hive_replay){.base = *base, .patches.arena = arena};
    for (size_t i = 0; i < N_LOGS; i++)
        open_log(&replaying, &logs[i], suffixes[i]);
    replayed = replay_new(&replaying, logs) || replay_old(&replaying, logs);
    for (size_t i = 0; i < N_LOGS; i++)
        if (logs[i].is_open)
            input_close(&logs[i].input);
    replay->what = arena_strdup(arena, strbuf_text(&replaying.what));
    strbuf_free(&replaying.what);
    return replayed;
}
