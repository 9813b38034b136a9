/* A growing string: what reports are written into.
 *
 * Bytes only; always NUL-terminated once something was added. Not for evidence of unknown size:
 * who fills it from evidence bounds it first.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_STRBUF_H
#define WINVER6003_STRBUF_H

#include "arena.h"

#include <stddef.h>

struct strbuf {
    char *text; /* NULL while empty */
    size_t length;
    size_t size;
};

#define STRBUF_EMPTY {0}

void strbuf_free(struct strbuf *buf);
/* Keeps the memory. */
void strbuf_clear(struct strbuf *buf);
/* Room for extra more bytes and a NUL; returns where they start. */
char *strbuf_reserve(struct strbuf *buf, size_t extra);
void strbuf_add(struct strbuf *buf, const char *text, size_t length);
void strbuf_adds(struct strbuf *buf, const char *text);
void strbuf_addc(struct strbuf *buf, char c);
void strbuf_addf(struct strbuf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
/* Never NULL. */
const char *strbuf_text(const struct strbuf *buf);

#endif
