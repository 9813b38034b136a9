/* Archives made by tests: tar, which needs no compression.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEST_TAR_IMAGE_H
#define WINVER6003_TEST_TAR_IMAGE_H

#include "core/strbuf.h"

#include <stdio.h>
#include <string.h>

#define TAR_BLOCK 512

/* type: '0' a file, '2' a link, '5' a folder. */
static inline void tar_add_bytes(struct strbuf *tar, const char *name, char type, const void *bytes,
                                 size_t size)
{
    static const char zeros[TAR_BLOCK];
    char header[TAR_BLOCK] = {0};
    unsigned sum = 0;

    snprintf(header, 100, "%s", name);
    memcpy(header + 100, "0000644", 8);
    memcpy(header + 108, "0000000", 8);
    memcpy(header + 116, "0000000", 8);
    snprintf(header + 124, 12, "%011lo", (unsigned long)size);
    memcpy(header + 136, "00000000000", 12);
    memset(header + 148, ' ', 8);
    header[156] = type;
    memcpy(header + 257, "ustar\00000", 8);
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += (unsigned char)header[i];
    snprintf(header + 148, 8, "%06o", sum);
    strbuf_add(tar, header, TAR_BLOCK);
    strbuf_add(tar, bytes, size);
    strbuf_add(tar, zeros, (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK);
}

static inline void tar_add(struct strbuf *tar, const char *name, const char *text)
{
    tar_add_bytes(tar, name, '0', text, strlen(text));
}

/* Two empty blocks. */
static inline void tar_end(struct strbuf *tar)
{
    static const char zeros[2 * TAR_BLOCK];

    strbuf_add(tar, zeros, sizeof(zeros));
}

#endif
