/* SHA-256 by bcrypt.dll, which NT 6.0 brought. Loaded when a digest is asked for: see
 * library_win32.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "digest.h"

#include "../arena.h"
#include "library.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include <bcrypt.h>

#define SHA256_BYTES 32

struct digest {
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_HASH_HANDLE hash;
    UCHAR *object; /* NT 6.0 wants the hash's memory from the caller */
    bool failed;
};

static INIT_ONCE load_once = INIT_ONCE_STATIC_INIT;
static bool is_loaded;
static __typeof__(&BCryptOpenAlgorithmProvider) open_provider;
static __typeof__(&BCryptCloseAlgorithmProvider) close_provider;
static __typeof__(&BCryptGetProperty) get_property;
static __typeof__(&BCryptCreateHash) create_hash;
static __typeof__(&BCryptHashData) hash_data;
static __typeof__(&BCryptFinishHash) finish_hash;
static __typeof__(&BCryptDestroyHash) destroy_hash;

static BOOL CALLBACK load(INIT_ONCE *once, void *parameter, void **context)
{
    const struct library_symbol symbols[] = {
        {"BCryptOpenAlgorithmProvider", &open_provider},
        {"BCryptCloseAlgorithmProvider", &close_provider},
        {"BCryptGetProperty", &get_property},
        {"BCryptCreateHash", &create_hash},
        {"BCryptHashData", &hash_data},
        {"BCryptFinishHash", &finish_hash},
        {"BCryptDestroyHash", &destroy_hash},
    };
    const char *why;

    (void)once;
    (void)parameter;
    (void)context;
    is_loaded = library_load("bcrypt.dll", symbols, sizeof(symbols) / sizeof(symbols[0]), &why);
    return TRUE;
}

static void release(struct digest *digest)
{
    if (digest->hash)
        destroy_hash(digest->hash);
    if (digest->algorithm)
        close_provider(digest->algorithm, 0);
    free(digest->object);
    free(digest);
}

struct digest *digest_new(void)
{
    struct digest *digest;
    DWORD object_len = 0;
    DWORD got;

    InitOnceExecuteOnce(&load_once, load, NULL, NULL);
    if (!is_loaded)
        return NULL;
    digest = memory_alloc(sizeof(*digest));
    if (open_provider(&digest->algorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0) < 0 ||
        get_property(digest->algorithm, BCRYPT_OBJECT_LENGTH, (PUCHAR)&object_len,
                     sizeof(object_len), &got, 0) < 0)
        goto fail;
    digest->object = memory_alloc(object_len);
    if (create_hash(digest->algorithm, &digest->hash, digest->object, object_len, NULL, 0, 0) < 0)
        goto fail;
    return digest;
fail:
    release(digest);
    return NULL;
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
    const UCHAR *at = bytes;

    while (length) {
        ULONG piece = length < (1u << 30) ? (ULONG)length : 1u << 30;

        digest->failed |= hash_data(digest->hash, (PUCHAR)at, piece, 0) < 0;
        at += piece;
        length -= piece;
    }
}

char *digest_finish(struct digest *digest, char text[DIGEST_TEXT_SIZE])
{
    UCHAR bytes[SHA256_BYTES];

    text[0] = '\0';
    digest->failed |= finish_hash(digest->hash, bytes, sizeof(bytes), 0) < 0;
    for (size_t i = 0; i < sizeof(bytes) && !digest->failed; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    release(digest);
    return text;
}
