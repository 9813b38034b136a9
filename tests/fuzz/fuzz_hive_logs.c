/* Fuzz target: a hive and the logs that lie beside it.
 *
 * The input is three files, each with its length before it as 32 bits: the hive, LOG1 and LOG2.
 * Checksums and hashes are put right first, because nothing else comes through them; one of eight
 * inputs is left as it is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

#include "core/arena.h"
#include "core/companions.h"
#include "core/cursor.h"
#include "core/readers/hive_log.h"
#include "core/readers/readers.h"

#include <string.h>

#define N_FILES 3

struct files {
    struct companions companions;
    uint8_t *bytes[N_FILES];
    size_t sizes[N_FILES];
};

static bool open_file(const struct companions *self, const char *suffix, struct arena *arena,
                      struct input *companion)
{
    const struct files *files = (const struct files *)self;
    int file = strcmp(suffix, ".LOG1") == 0 ? 1 : strcmp(suffix, ".LOG2") == 0 ? 2 : 0;

    (void)arena;
    if (!file)
        return false;
    input_from_memory(companion, suffix, files->bytes[file], files->sizes[file]);
    return true;
}

static void store(uint8_t *at, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

static uint32_t load(const uint8_t *at)
{
    struct cursor cursor = cursor_over(at, 4);

    return cursor_u32le(&cursor);
}

static void mend_base_block(uint8_t *bytes, size_t size)
{
    uint32_t sum = 0;

    if (size < HIVE_SECTOR)
        return;
    for (size_t i = 0; i < 508; i += 4)
        sum ^= load(bytes + i);
    store(bytes + 508, sum == 0 ? 1 : sum == 0xffffffffu ? 0xfffffffeu : sum, 4);
}

static void mend_entries(uint8_t *bytes, size_t size)
{
    for (size_t at = HIVE_SECTOR; at + HIVE_SECTOR <= size;) {
        uint32_t length = load(bytes + at + 4);

        if (memcmp(bytes + at, "HvLE", 4) != 0 || length < HIVE_SECTOR || length % 4 != 0 ||
            length > size - at)
            return;
        store(bytes + at + 24, hive_log_hash(bytes + at + 40, length - 40), 8);
        store(bytes + at + 32, hive_log_hash(bytes + at, 32), 8);
        at += length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct files files = {.companions.open = open_file};
    struct cursor cursor = cursor_over(data, size);
    struct machine *machine = machine_new("fuzz");
    unsigned evidence = machine_add_evidence(machine, "fuzz");
    struct input input;

    for (int i = 0; i < N_FILES; i++) {
        size_t length = cursor_u32le(&cursor);
        const uint8_t *bytes;

        if (length > cursor_left(&cursor))
            length = cursor_left(&cursor);
        bytes = cursor_take(&cursor, length);
        files.bytes[i] = memory_alloc(length);
        files.sizes[i] = bytes ? length : 0;
        if (bytes)
            memcpy(files.bytes[i], bytes, length);
        if (size % 8 == 0)
            continue;
        mend_base_block(files.bytes[i], files.sizes[i]);
        mend_entries(files.bytes[i], files.sizes[i]);
    }
    input_from_memory(&input, "fuzz", files.bytes[0], files.sizes[0]);
    input.companions = &files.companions;
    if (files.sizes[0])
        reader_hive.read(&input, machine, evidence);
    facts_each (fact, &machine->facts)
        FUZZ_CHECK(fact->value && fact->where);
    machine_free(machine);
    for (int i = 0; i < N_FILES; i++)
        free(files.bytes[i]);
    return 0;
}
