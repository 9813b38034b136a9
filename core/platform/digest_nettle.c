/* SHA-256 by nettle, which uses the processor's own instructions where it has them.
 *
 * The library is loaded when a digest is asked for: its start, which asks the processor what it can,
 * takes a tenth of the time of a short run.
 *
 * SPDX-License-Identifier: MIT
 */
#include "digest.h"

#include "../arena.h"
#include "library.h"

#include <nettle/sha2.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

struct digest {
    struct sha256_ctx state;
};

static pthread_once_t load_once = PTHREAD_ONCE_INIT;
static bool is_loaded;
static nettle_hash_init_func *init;
static nettle_hash_update_func *update;
static nettle_hash_digest_func *finish;

static void load(void)
{
    const struct library_symbol symbols[] = {
        {"nettle_sha256_init", &init},
        {"nettle_sha256_update", &update},
        {"nettle_sha256_digest", &finish},
    };
    const char *why;

    is_loaded = library_load("libnettle.so.8", symbols, sizeof(symbols) / sizeof(symbols[0]), &why);
}

struct digest *digest_new(void)
{
    struct digest *digest;

    pthread_once(&load_once, load);
    if (!is_loaded)
        return NULL;
    digest = memory_alloc(sizeof(*digest));
    init(&digest->state);
    return digest;
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
    update(&digest->state, length, bytes);
}

char *digest_finish(struct digest *digest, char text[DIGEST_TEXT_SIZE])
{
    uint8_t bytes[SHA256_DIGEST_SIZE];

    finish(&digest->state, sizeof(bytes), bytes);
    for (size_t i = 0; i < sizeof(bytes); i++) {
        text[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        text[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
    text[DIGEST_TEXT_SIZE - 1] = '\0';
    free(digest);
    return text;
}
