/* Bytes out of DEFLATE (RFC 1951), all of them at once.
 *
 * For what the build has packed; archives are read by a library.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_INFLATE_H
#define WINVER6003_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* false when packed is damaged, or does not make exactly size bytes; out then holds what came. */
bool inflate_bytes(const uint8_t *packed, size_t packed_len, uint8_t *out, size_t size);

#endif
