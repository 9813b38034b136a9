/* SHA-256 of evidence, as it goes by.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PLATFORM_DIGEST_H
#define WINVER6003_PLATFORM_DIGEST_H

#include <stddef.h>

/* 64 hex digits and a NUL */
#define DIGEST_TEXT_SIZE 65

struct digest;

/* NULL when the system cannot: no cryptographic provider (Windows), no libnettle (elsewhere). */
struct digest *digest_new(void);
void digest_add(struct digest *digest, const void *bytes, size_t length);
/* Writes the digest in lower-case hex and frees it; returns text, "" when the system failed. */
char *digest_finish(struct digest *digest, char text[DIGEST_TEXT_SIZE]);

#endif
