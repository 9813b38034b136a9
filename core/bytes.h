/* Looking for bytes in bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_BYTES_H
#define WINVER6003_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Where wanted (of one byte or more) first stands; length when it does not. */
static inline size_t bytes_find(const uint8_t *bytes, size_t length, const void *wanted,
                                size_t n_wanted)
{
    const uint8_t *first = wanted;
    size_t at = 0;

    while (length - at >= n_wanted) {
        const uint8_t *found = memchr(bytes + at, *first, length - at - n_wanted + 1);

        if (!found)
            return length;
        at = (size_t)(found - bytes);
        if (memcmp(found, wanted, n_wanted) == 0)
            return at;
        at++;
    }
    return length;
}

#endif
