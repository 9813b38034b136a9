/* SHA-256 by nettle, which uses the processor's own instructions where it has them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "digest.h"

#include "../arena.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdlib.h>

struct digest {
    struct sha256_ctx state;
};

struct digest *digest_new(void)
{
    struct digest *digest = memory_alloc(sizeof(*digest));

    sha256_init(&digest->state);
    return digest;
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
    sha256_update(&digest->state, length, bytes);
}

char *digest_finish(struct digest *digest, char text[DIGEST_TEXT_SIZE])
{
    uint8_t bytes[SHA256_DIGEST_SIZE];

    sha256_digest(&digest->state, sizeof(bytes), bytes);
    base16_encode_update(text, sizeof(bytes), bytes);
    text[DIGEST_TEXT_SIZE - 1] = '\0';
    free(digest);
    return text;
}
