/* Finished reports of inventory rows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "memo.h"

#include "core/arena.h"
#include "core/ascii.h"

#include <stdlib.h>
#include <string.h>

/* Stand-ins in one report: a JSON one names the place of each fact. */
#define INSERTS 64

#define ENTRIES 8192 /* a power of two; three quarters of them are used */

#define NUMBER_DIGITS 20

enum insert_kind { INSERT_HOST, INSERT_LINE, INSERT_LENGTH, INSERT_KINDS };

#define MEMO_LENGTH_TEXT "600397310036"

/* The first two begin with the same letter: next_stand_in() looks for two only. */
static const char *const stand_ins[INSERT_KINDS] = {MEMO_HOST, MEMO_LINE, MEMO_LENGTH_TEXT};

/* All of them. */
#define STAND_IN_BYTES (sizeof(MEMO_HOST) - 1)

struct insert {
    uint32_t at; /* in the text without stand-ins */
    enum insert_kind kind;
};

struct entry {
    uint64_t hash;
    uint32_t key_off, key_length;
    uint32_t text_off, text_length;
    uint32_t inserts_off;
    uint16_t n_inserts;
    bool used;
    int tag;
};

struct memo {
    struct entry *entries;
    size_t n_entries;
    char *bytes;
    size_t size;
    size_t used;
};

struct memo *memo_new(size_t bytes)
{
    struct memo *memo = memory_alloc(sizeof(*memo));

    memo->entries = memory_alloc(ENTRIES * sizeof(*memo->entries));
    memo->bytes = memory_alloc(bytes);
    memo->size = bytes;
    return memo;
}

void memo_free(struct memo *memo)
{
    if (!memo)
        return;
    free(memo->entries);
    free(memo->bytes);
    free(memo);
}

void memo_forget(struct memo *memo)
{
    memset(memo->entries, 0, ENTRIES * sizeof(*memo->entries));
    memo->n_entries = 0;
    memo->used = 0;
}

bool memo_plain(const char *host, size_t length)
{
    if (length == 0 || length > 255 || host[0] == '-')
        return false;
    for (size_t i = 0; i < length; i++)
        if (!ascii_is_word(host[i]) && host[i] != '-' && host[i] != '.')
            return false;
    return true;
}

static uint64_t load(const char *text, size_t length)
{
    uint64_t word = 0;

    memcpy(&word, text, length);
    return word;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static uint64_t hash_bytes(const char *text, size_t length)
{
    uint64_t even = length, odd = 0;

    /* Two at a time, which a processor does side by side. */
    for (; length > 16; text += 16, length -= 16) {
        even = mix(even, load(text, 8));
        odd = mix(odd, load(text + 8, 8));
    }
    if (length > 8) {
        even = mix(even, load(text, 8));
        text += 8;
        length -= 8;
    }
    even = mix(mix(even, load(text, length)), odd);
    return even ^ even >> 32;
}

/* The entry of these bytes, or the free one where they would go. */
static struct entry *find(const struct memo *memo, uint64_t hash, const char *key, size_t length)
{
    for (size_t i = hash % ENTRIES;; i = (i + 1) % ENTRIES) {
        struct entry *entry = &memo->entries[i];

        if (!entry->used || (entry->hash == hash && entry->key_length == length &&
                             !memcmp(memo->bytes + entry->key_off, key, length)))
            return entry;
    }
}

static char *write_number(unsigned long number, char *to)
{
    char digits[NUMBER_DIGITS];
    size_t at = NUMBER_DIGITS;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    memcpy(to, digits + at, NUMBER_DIGITS - at);
    return to + (NUMBER_DIGITS - at);
}

bool memo_write(const struct memo *memo, const char *judged, size_t length,
                const struct memo_own *own, struct strbuf *out, int *tag)
{
    const struct entry *entry = find(memo, hash_bytes(judged, length), judged, length);
    const char *text = memo->bytes + entry->text_off;
    const char *insert_bytes = memo->bytes + entry->inserts_off;
    size_t longest = own->host_length > NUMBER_DIGITS ? own->host_length : NUMBER_DIGITS;
    uint32_t at = 0;
    char *to;

    if (!entry->used)
        return false;
    to = strbuf_reserve(out, entry->text_length + entry->n_inserts * longest);
    for (uint16_t i = 0; i < entry->n_inserts; i++) {
        struct insert insert;

        memcpy(&insert, insert_bytes + i * sizeof(insert), sizeof(insert));
        memcpy(to, text + at, insert.at - at);
        to += insert.at - at;
        at = insert.at;
        if (insert.kind == INSERT_HOST) {
            memcpy(to, own->host, own->host_length);
            to += own->host_length;
        } else {
            to = write_number(insert.kind == INSERT_LINE ? own->line : own->row_length, to);
        }
    }
    memcpy(to, text + at, entry->text_length - at);
    to += entry->text_length - at;
    *to = '\0';
    out->length = (size_t)(to - out->text);
    *tag = entry->tag;
    return true;
}

/* The next stand-in at or after text; end when there is none. */
static const char *next_stand_in(const char *text, const char *end, enum insert_kind *kind)
{
    for (; (size_t)(end - text) >= STAND_IN_BYTES; text++) {
        if (*text != *MEMO_HOST && *text != *MEMO_LENGTH_TEXT)
            continue;
        for (int i = 0; i < INSERT_KINDS; i++) {
            if (!memcmp(text, stand_ins[i], STAND_IN_BYTES)) {
                *kind = (enum insert_kind)i;
                return text;
            }
        }
    }
    return end;
}

/* Copies the report without its stand-ins to bytes and notes where they were. Returns the length,
 * (size_t)-1 when there are too many. */
static size_t take_out(const char *report, size_t length, char *bytes, struct insert *inserts,
                       uint16_t *n_inserts)
{
    const char *end = report + length;
    size_t copied = 0;

    *n_inserts = 0;
    while (report < end) {
        enum insert_kind kind = INSERT_HOST;
        const char *found = next_stand_in(report, end, &kind);

        memcpy(bytes + copied, report, (size_t)(found - report));
        copied += (size_t)(found - report);
        if (found == end)
            break;
        if (*n_inserts == INSERTS)
            return (size_t)-1;
        inserts[(*n_inserts)++] = (struct insert){(uint32_t)copied, kind};
        report = found + STAND_IN_BYTES;
    }
    return copied;
}

static uint32_t put(struct memo *memo, const void *bytes, size_t length)
{
    uint32_t off = (uint32_t)memo->used;

    memcpy(memo->bytes + memo->used, bytes, length);
    memo->used += length;
    return off;
}

bool memo_keep(struct memo *memo, const char *judged, size_t length, const char *report,
               size_t report_length, int tag)
{
    struct insert inserts[INSERTS];
    struct entry entry = {.used = true, .tag = tag};
    enum insert_kind kind;
    size_t text_length;

    if (length + report_length + sizeof(inserts) > memo->size ||
        next_stand_in(judged, judged + length, &kind) != judged + length)
        return false;
    if (memo->used + length + report_length + sizeof(inserts) > memo->size ||
        memo->n_entries >= ENTRIES / 4 * 3)
        memo_forget(memo);
    text_length =
        take_out(report, report_length, memo->bytes + memo->used, inserts, &entry.n_inserts);
    if (text_length == (size_t)-1)
        return false;
    entry.hash = hash_bytes(judged, length);
    entry.text_off = (uint32_t)memo->used;
    entry.text_length = (uint32_t)text_length;
    memo->used += text_length;
    entry.key_off = put(memo, judged, length);
    entry.key_length = (uint32_t)length;
    entry.inserts_off = put(memo, inserts, entry.n_inserts * sizeof(inserts[0]));
    *find(memo, entry.hash, judged, length) = entry;
    memo->n_entries++;
    return true;
}
