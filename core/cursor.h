/* The one bounds-checked way through untrusted bytes.
 *
 * A read beyond the end gives zero and sets failed, which stays set: a reader may take several
 * fields and ask once. Little-endian values are put together by shifts, so alignment and the
 * byte order of this machine do not matter.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_CURSOR_H
#define WINVER6003_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cursor {
    const uint8_t *bytes; /* borrowed */
    size_t size;
    size_t at; /* never above size */
    bool failed;
};

static inline struct cursor cursor_over(const void *bytes, size_t size)
{
    return (struct cursor){.bytes = bytes, .size = size};
}

static inline size_t cursor_left(const struct cursor *cursor)
{
    return cursor->size - cursor->at;
}

/* length bytes at the cursor, which moves past them; NULL (and failed) when there are fewer. */
static inline const uint8_t *cursor_take(struct cursor *cursor, size_t length)
{
    const uint8_t *bytes;

    if (cursor->failed || length > cursor_left(cursor)) {
        cursor->failed = true;
        return NULL;
    }
    bytes = cursor->bytes + cursor->at;
    cursor->at += length;
    return bytes;
}

static inline void cursor_seek(struct cursor *cursor, size_t at)
{
    if (at > cursor->size)
        cursor->failed = true;
    else
        cursor->at = at;
}

static inline uint8_t cursor_u8(struct cursor *cursor)
{
    const uint8_t *b = cursor_take(cursor, 1);

    return b ? b[0] : 0;
}

static inline uint16_t cursor_u16le(struct cursor *cursor)
{
    const uint8_t *b = cursor_take(cursor, 2);

    return b ? (uint16_t)(b[0] | b[1] << 8) : 0;
}

static inline uint32_t cursor_u32le(struct cursor *cursor)
{
    const uint8_t *b = cursor_take(cursor, 4);

    return b ? b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24 : 0;
}

static inline uint64_t cursor_u64le(struct cursor *cursor)
{
    uint64_t low = cursor_u32le(cursor);

    return low | (uint64_t)cursor_u32le(cursor) << 32;
}

#endif
