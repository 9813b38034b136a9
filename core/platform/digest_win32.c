/* SHA-256 by bcrypt.dll, which NT 6.0 brought.
 *
 * SPDX-License-Identifier: MIT
 */
#include "digest.h"

#include "../arena.h"

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

static void release(struct digest *digest)
{
    if (digest->hash)
        BCryptDestroyHash(digest->hash);
    if (digest->algorithm)
        BCryptCloseAlgorithmProvider(digest->algorithm, 0);
    free(digest->object);
    free(digest);
}

struct digest *digest_new(void)
{
    struct digest *digest = memory_alloc(sizeof(*digest));
    DWORD object_len = 0;
    DWORD got;

    if (BCryptOpenAlgorithmProvider(&digest->algorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0) < 0 ||
        BCryptGetProperty(digest->algorithm, BCRYPT_OBJECT_LENGTH, (PUCHAR)&object_len,
                          sizeof(object_len), &got, 0) < 0)
        goto fail;
    digest->object = memory_alloc(object_len);
    if (BCryptCreateHash(digest->algorithm, &digest->hash, digest->object, object_len, NULL, 0, 0) <
        0)
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

        digest->failed |= BCryptHashData(digest->hash, (PUCHAR)at, piece, 0) < 0;
        at += piece;
        length -= piece;
    }
}

char *digest_finish(struct digest *digest, char text[DIGEST_TEXT_SIZE])
{
    UCHAR bytes[SHA256_BYTES];

    text[0] = '\0';
    digest->failed |= BCryptFinishHash(digest->hash, bytes, sizeof(bytes), 0) < 0;
    for (size_t i = 0; i < sizeof(bytes) && !digest->failed; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    release(digest);
    return text;
}
