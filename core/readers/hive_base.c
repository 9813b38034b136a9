/* The base block: the first sector of a hive, and of each of its transaction logs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive_base.h"

#include "../cursor.h"

#include <string.h>

#define CHECKSUM_AT 508

static uint32_t checksum(const uint8_t *bytes)
{
    struct cursor cursor = cursor_over(bytes, CHECKSUM_AT);
    uint32_t sum = 0;

    while (cursor_left(&cursor))
        sum ^= cursor_u32le(&cursor);
    /* Windows keeps these two sums for itself. */
    return sum == 0 ? 1 : sum == 0xffffffffu ? 0xfffffffeu : sum;
}

bool hive_base_read(const uint8_t *bytes, size_t size, struct hive_base *base)
{
    struct cursor cursor = cursor_over(bytes, size);
    const uint8_t *signature = cursor_take(&cursor, 4);

    if (!signature || memcmp(signature, "regf", 4) != 0 || size < HIVE_SECTOR)
        return false;
    base->primary = cursor_u32le(&cursor);
    base->secondary = cursor_u32le(&cursor);
    base->written = cursor_u64le(&cursor);
    base->major = cursor_u32le(&cursor);
    base->minor = cursor_u32le(&cursor);
    base->type = cursor_u32le(&cursor);
    base->format = cursor_u32le(&cursor);
    base->root = cursor_u32le(&cursor);
    base->bins_len = cursor_u32le(&cursor);
    base->cluster = cursor_u32le(&cursor);
    cursor_seek(&cursor, CHECKSUM_AT);
    base->checksum_good = cursor_u32le(&cursor) == checksum(bytes);
    return true;
}

bool hive_base_is_dirty(const struct hive_base *base)
{
    return !base->checksum_good || base->primary != base->secondary;
}

bool hive_sequence_before(uint32_t a, uint32_t b)
{
    return a != b && b - a <= INT32_MAX;
}
