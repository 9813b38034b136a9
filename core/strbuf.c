/* A growing string.
 *
 * SPDX-License-Identifier: MIT
 */
#include "strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void strbuf_free(struct strbuf *buf)
{
    free(buf->text);
    *buf = (struct strbuf)STRBUF_EMPTY;
}

void strbuf_clear(struct strbuf *buf)
{
    buf->length = 0;
    if (buf->text)
        buf->text[0] = '\0';
}

char *strbuf_reserve(struct strbuf *buf, size_t extra)
{
    if (extra >= buf->size - buf->length || !buf->text) {
        size_t size = buf->size ? buf->size : 256;

        while (size - buf->length <= extra)
            size = size > SIZE_MAX / 2 ? SIZE_MAX : size * 2;
        buf->text = memory_realloc(buf->text, size);
        buf->size = size;
    }
    return buf->text + buf->length;
}

void strbuf_add(struct strbuf *buf, const char *text, size_t length)
{
    char *end = strbuf_reserve(buf, length);

    memcpy(end, text, length);
    end[length] = '\0';
    buf->length += length;
}

void strbuf_adds(struct strbuf *buf, const char *text)
{
    strbuf_add(buf, text, strlen(text));
}

void strbuf_addc(struct strbuf *buf, char c)
{
    strbuf_add(buf, &c, 1);
}

void strbuf_addf(struct strbuf *buf, const char *format, ...)
{
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length <= 0)
        return;
    strbuf_reserve(buf, (size_t)length);
    va_start(args, format);
    vsnprintf(buf->text + buf->length, (size_t)length + 1, format, args);
    va_end(args);
    buf->length += (size_t)length;
}

const char *strbuf_text(const struct strbuf *buf)
{
    return buf->text ? buf->text : "";
}
