/* Packs pixels into a PNG file.
 *
 * Deflate with its fixed codes and one look-up table of positions: a dialog is plain areas and
 * repeated letters, so a better search would gain little.
 *
 * SPDX-License-Identifier: MIT
 */
#include "png.h"

#include <stdlib.h>
#include <string.h>

/* Of deflate: how far back and how long a repeat may be. */
#define WINDOW    32768
#define LEAST_RUN 3
#define MOST_RUN  258
#define HASH_BITS 15
/* What Adler-32 may add up before it must be reduced. */
#define ADLER_RUN 5552
#define ADLER     65521

static void put_u32(struct strbuf *out, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        strbuf_addc(out, (char)(value >> shift & 0xff));
}

/* ---- Chunks ----------------------------------------------------------------------------- */

static uint32_t crc32_of(const unsigned char *bytes, size_t length)
{
    uint32_t table[256], crc = 0xffffffff;

    for (uint32_t i = 0; i < 256; i++) {
        table[i] = i;
        for (int bit = 0; bit < 8; bit++)
            table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320 : 0);
    }
    for (size_t i = 0; i < length; i++)
        crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 0xff];
    return crc ^ 0xffffffff;
}

/* Opens a chunk and returns where it starts; its length is filled in by end_chunk(). */
static size_t begin_chunk(struct strbuf *out, const char *type)
{
    size_t start = out->length;

    put_u32(out, 0);
    strbuf_adds(out, type);
    return start;
}

static void end_chunk(struct strbuf *out, size_t start)
{
    uint32_t length = (uint32_t)(out->length - start - 8);

    for (int i = 0; i < 4; i++)
        out->text[start + (size_t)i] = (char)(length >> (24 - 8 * i) & 0xff);
    put_u32(out, crc32_of((const unsigned char *)out->text + start + 4, (size_t)length + 4));
}

/* ---- Deflate ---------------------------------------------------------------------------- */

struct bits {
    struct strbuf *out;
    uint32_t waiting;
    unsigned count;
};

/* The lowest bit goes first. */
static void put_bits(struct bits *bits, uint32_t value, unsigned count)
{
    bits->waiting |= value << bits->count;
    bits->count += count;
    while (bits->count >= 8) {
        strbuf_addc(bits->out, (char)(bits->waiting & 0xff));
        bits->waiting >>= 8;
        bits->count -= 8;
    }
}

/* Codes go highest bit first. */
static void put_code(struct bits *bits, uint32_t code, unsigned count)
{
    uint32_t turned = 0;

    for (unsigned i = 0; i < count; i++)
        turned |= (code >> i & 1) << (count - 1 - i);
    put_bits(bits, turned, count);
}

/* RFC 1951, 3.2.6: the fixed code of a literal or length symbol. */
static void put_symbol(struct bits *bits, unsigned symbol)
{
    if (symbol < 144)
        put_code(bits, 0x30 + symbol, 8);
    else if (symbol < 256)
        put_code(bits, 0x190 + symbol - 144, 9);
    else if (symbol < 280)
        put_code(bits, symbol - 256, 7);
    else
        put_code(bits, 0xc0 + symbol - 280, 8);
}

/* RFC 1951, 3.2.5: lengths and distances are a symbol and bits behind it. Each group of steps
 * symbols has one extra bit more than the one before it. */
static void put_repeat(struct bits *bits, unsigned length, unsigned distance)
{
    unsigned extra = 0, base = length - LEAST_RUN;

    if (length == MOST_RUN) {
        put_symbol(bits, 285);
    } else {
        while (base >> extra >= 8)
            extra++;
        put_symbol(bits, 257 + extra * 4 + (base >> extra));
        put_bits(bits, base & ((1u << extra) - 1), extra);
    }
    base = distance - 1;
    for (extra = 0; base >> extra >= 4; extra++)
        ;
    put_code(bits, extra * 2 + (base >> extra), 5);
    put_bits(bits, base & ((1u << extra) - 1), extra);
}

static unsigned run_length(const unsigned char *a, const unsigned char *b, size_t left)
{
    unsigned length = 0, most = left < MOST_RUN ? (unsigned)left : MOST_RUN;

    while (length < most && a[length] == b[length])
        length++;
    return length;
}

static unsigned hash_of(const unsigned char *at)
{
    uint32_t three = (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;

    return (unsigned)(three * 2654435761u >> (32 - HASH_BITS));
}

static void deflate(struct strbuf *out, const unsigned char *bytes, size_t length)
{
    struct bits bits = {.out = out};
    size_t *seen = memory_alloc(sizeof(*seen) << HASH_BITS); /* position + 1; 0 for none */
    size_t at = 0;

    memset(seen, 0, sizeof(*seen) << HASH_BITS);
    put_bits(&bits, 1, 1); /* the last block */
    put_bits(&bits, 1, 2); /* fixed codes */
    while (at < length) {
        unsigned run = 0;
        size_t from = 0;

        if (length - at >= LEAST_RUN) {
            size_t *place = &seen[hash_of(bytes + at)];

            from = *place;
            *place = at + 1;
            if (from && at - (from - 1) <= WINDOW)
                run = run_length(bytes + from - 1, bytes + at, length - at);
        }
        if (run < LEAST_RUN) {
            put_symbol(&bits, bytes[at++]);
            continue;
        }
        put_repeat(&bits, run, (unsigned)(at - (from - 1)));
        for (size_t end = at + run; ++at < end;)
            if (length - at >= LEAST_RUN)
                seen[hash_of(bytes + at)] = at + 1;
    }
    put_symbol(&bits, 256);
    put_bits(&bits, 0, 7);
    free(seen);
}

static uint32_t adler32_of(const unsigned char *bytes, size_t length)
{
    uint32_t a = 1, b = 0;

    while (length > 0) {
        size_t run = length < ADLER_RUN ? length : ADLER_RUN;

        for (size_t i = 0; i < run; i++) {
            a += bytes[i];
            b += a;
        }
        a %= ADLER;
        b %= ADLER;
        bytes += run;
        length -= run;
    }
    return b << 16 | a;
}

/* ---- The file --------------------------------------------------------------------------- */

/* Rows as PNG has them: the filter "none", then red, green, blue. */
static unsigned char *rows_of(const uint32_t *pixels, unsigned width, unsigned height)
{
    unsigned char *rows = memory_alloc(((size_t)width * 3 + 1) * height), *at = rows;

    for (unsigned y = 0; y < height; y++) {
        *at++ = 0;
        for (unsigned x = 0; x < width; x++, pixels++) {
            *at++ = (unsigned char)(*pixels >> 16);
            *at++ = (unsigned char)(*pixels >> 8);
            *at++ = (unsigned char)*pixels;
        }
    }
    return rows;
}

bool png_write(struct strbuf *out, const uint32_t *pixels, unsigned width, unsigned height,
               unsigned dots_per_inch)
{
    size_t length = ((size_t)width * 3 + 1) * height, chunk;
    unsigned char *rows;

    if (width < 1 || height < 1 || width > PNG_SIDE || height > PNG_SIDE ||
        width > PNG_PIXELS / height)
        return false;
    strbuf_add(out, "\x89PNG\r\n\x1a\n", 8);
    chunk = begin_chunk(out, "IHDR");
    put_u32(out, width);
    put_u32(out, height);
    strbuf_add(out, "\x08\x02\0\0\0", 5); /* 8 bits, true colour */
    end_chunk(out, chunk);
    if (dots_per_inch) {
        chunk = begin_chunk(out, "pHYs");
        put_u32(out, (uint32_t)(dots_per_inch * UINT64_C(10000) / 254));
        put_u32(out, (uint32_t)(dots_per_inch * UINT64_C(10000) / 254));
        strbuf_addc(out, 1); /* to the metre */
        end_chunk(out, chunk);
    }
    chunk = begin_chunk(out, "IDAT");
    strbuf_add(out, "\x78\x01", 2); /* deflate with a window of 32 KiB */
    rows = rows_of(pixels, width, height);
    deflate(out, rows, length);
    put_u32(out, adler32_of(rows, length));
    free(rows);
    end_chunk(out, chunk);
    chunk = begin_chunk(out, "IEND");
    end_chunk(out, chunk);
    return true;
}
