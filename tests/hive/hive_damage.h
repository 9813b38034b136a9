/* Damage done to a hive at random, the same for the same seed.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEST_HIVE_DAMAGE_H
#define WINVER6003_TEST_HIVE_DAMAGE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static uint64_t random_state;

static uint32_t random_below(uint32_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)((random_state >> 32) * limit >> 32);
}

static void store_u32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

static uint32_t load_u32(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* The base block checks out again: else libhivex refuses without looking further. */
static void mend_checksum(uint8_t *bytes)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < 508; i += 4)
        sum ^= load_u32(bytes + i);
    store_u32(bytes + 508, sum);
}

static void damage_once(uint8_t *bytes, size_t *size)
{
    static const uint32_t numbers[] = {0,          1,          4,          8,          0x20,
                                       0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff8, 0xfffffff0,
                                       0x80000004, 0x1000,     0xffff};
    uint32_t places = (uint32_t)(*size / 4);
    size_t at = (size_t)random_below(places) * 4;
    size_t other = (size_t)random_below(places) * 4;
    uint32_t kept;

    switch (random_below(8)) {
    case 0:
    case 1:
        bytes[random_below((uint32_t)*size)] = (uint8_t)random_below(256);
        break;
    case 2:
        bytes[random_below((uint32_t)*size)] ^= (uint8_t)(1u << random_below(8));
        break;
    case 3:
        store_u32(bytes + at, numbers[random_below(sizeof(numbers) / sizeof(numbers[0]))]);
        break;
    case 4:
        store_u32(bytes + at, random_below((uint32_t)*size) & ~3u);
        break;
    case 5:
        kept = load_u32(bytes + at);
        store_u32(bytes + at, load_u32(bytes + other));
        store_u32(bytes + other, kept);
        break;
    case 6:
        store_u32(bytes + at, load_u32(bytes + at) + (uint32_t)random_below(64) * 4 - 128);
        break;
    default:
        if (random_below(8) == 0 && *size > 8192)
            *size -= random_below((uint32_t)(*size - 8192));
        else
            memmove(bytes + at, bytes + other,
                    *size - (at > other ? at : other) < 64 ? 4 : 4 + random_below(15) * 4);
    }
}

#endif
