/* DEFLATE: stored blocks, and literals and distances under prefix codes, fixed or described.
 *
 * Codes are read bit by bit: what is unpacked is small, and the tables that make it fast are not.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inflate.h"

#include <string.h>

#define CODE_BITS_MAX 15
#define LITERALS 288
#define DISTANCES 32
#define DESCRIBED 19 /* symbols of the code in which the lengths of the others are written */
#define END_OF_BLOCK 256

struct stream {
    const uint8_t *at, *end;
    uint32_t held; /* bits taken from the bytes and not used yet, the next one lowest */
    unsigned n_held;
    uint8_t *out;
    size_t size, length;
    bool damaged;
};

/* A prefix code as its symbols in order, and how many there are of each length. */
struct code {
    uint16_t n_of_length[CODE_BITS_MAX + 1];
    uint16_t symbols[LITERALS];
};

static unsigned take(struct stream *stream, unsigned n_bits)
{
    unsigned value;

    while (stream->n_held < n_bits) {
        if (stream->at == stream->end) {
            stream->damaged = true;
            return 0;
        }
        stream->held |= (uint32_t)*stream->at++ << stream->n_held;
        stream->n_held += 8;
    }
    value = stream->held & ((1u << n_bits) - 1);
    stream->held >>= n_bits;
    stream->n_held -= n_bits;
    return value;
}

static void put(struct stream *stream, uint8_t byte)
{
    if (stream->length == stream->size)
        stream->damaged = true;
    else
        stream->out[stream->length++] = byte;
}

static void code_make(struct code *code, const uint8_t *lengths, unsigned n)
{
    uint16_t next[CODE_BITS_MAX + 1];

    memset(code->n_of_length, 0, sizeof(code->n_of_length));
    for (unsigned i = 0; i < n; i++)
        code->n_of_length[lengths[i]]++;
    code->n_of_length[0] = 0;
    next[0] = 0;
    for (unsigned length = 1; length <= CODE_BITS_MAX; length++)
        next[length] = (uint16_t)(next[length - 1] + code->n_of_length[length - 1]);
    for (unsigned i = 0; i < n; i++) {
        if (lengths[i])
            code->symbols[next[lengths[i]]++] = (uint16_t)i;
    }
}

/* Codes of one length are consecutive numbers, and those of the next follow on, doubled. */
static unsigned code_read(struct stream *stream, const struct code *code)
{
    unsigned value = 0, first = 0, before = 0;

    for (unsigned length = 1; length <= CODE_BITS_MAX && !stream->damaged; length++) {
        unsigned n = code->n_of_length[length];

        value = value << 1 | take(stream, 1);
        first <<= 1;
        if (value >= first && value - first < n)
            return code->symbols[before + value - first];
        first += n;
        before += n;
    }
    stream->damaged = true;
    return 0;
}

static void stored_block(struct stream *stream)
{
    unsigned length, check;

    take(stream, stream->n_held % 8);
    length = take(stream, 16);
    check = take(stream, 16);
    stream->damaged |= (length ^ check) != 0xffff;
    while (length-- && !stream->damaged)
        put(stream, (uint8_t)take(stream, 8));
}

static void copy(struct stream *stream, unsigned length, size_t distance)
{
    if (distance > stream->length)
        stream->damaged = true;
    while (length-- && !stream->damaged)
        put(stream, stream->out[stream->length - distance]);
}

static void coded_block(struct stream *stream, const struct code *literals,
                        const struct code *distances)
{
    static const uint16_t lengths[] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                       31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
    static const uint8_t length_bits[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                          2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    unsigned symbol;

    while ((symbol = code_read(stream, literals)) != END_OF_BLOCK && !stream->damaged) {
        unsigned length, extra;
        size_t distance;

        if (symbol < END_OF_BLOCK) {
            put(stream, (uint8_t)symbol);
            continue;
        }
        symbol -= END_OF_BLOCK + 1;
        if (symbol >= sizeof(length_bits)) {
            stream->damaged = true;
            return;
        }
        length = lengths[symbol] + take(stream, length_bits[symbol]);
        symbol = code_read(stream, distances);
        if (symbol >= 30) {
            stream->damaged = true;
            return;
        }
        /* 1 2 3 4, then two to each power of two. */
        extra = symbol < 4 ? 0 : symbol / 2 - 1;
        distance = symbol < 4 ? symbol + 1 : ((size_t)(2 + symbol % 2) << extra) + 1;
        copy(stream, length, distance + take(stream, extra));
    }
}

static void fixed_block(struct stream *stream)
{
    struct code literals, distances;
    uint8_t lengths[LITERALS];

    for (unsigned i = 0; i < LITERALS; i++)
        lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    code_make(&literals, lengths, LITERALS);
    memset(lengths, 5, DISTANCES);
    code_make(&distances, lengths, DISTANCES);
    coded_block(stream, &literals, &distances);
}

static void described_block(struct stream *stream)
{
    static const uint8_t order[DESCRIBED] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                             11, 4,  12, 3, 13, 2, 14, 1, 15};
    unsigned n_literals = take(stream, 5) + 257;
    unsigned n_distances = take(stream, 5) + 1;
    unsigned n_described = take(stream, 4) + 4;
    uint8_t lengths[LITERALS + DISTANCES] = {0};
    struct code literals, distances;

    for (unsigned i = 0; i < n_described; i++)
        lengths[order[i]] = (uint8_t)take(stream, 3);
    code_make(&literals, lengths, DESCRIBED);
    memset(lengths, 0, DESCRIBED);
    if (n_literals > LITERALS)
        stream->damaged = true;
    for (unsigned i = 0; i < n_literals + n_distances && !stream->damaged;) {
        unsigned symbol = code_read(stream, &literals);
        uint8_t length = symbol < 16 ? (uint8_t)symbol : 0;
        unsigned times = 1;

        if (symbol == 16) {
            length = i ? lengths[i - 1] : 0;
            stream->damaged |= i == 0;
            times = 3 + take(stream, 2);
        } else if (symbol == 17) {
            times = 3 + take(stream, 3);
        } else if (symbol == 18) {
            times = 11 + take(stream, 7);
        }
        stream->damaged |= times > n_literals + n_distances - i;
        while (times-- && !stream->damaged)
            lengths[i++] = length;
    }
    if (stream->damaged)
        return;
    code_make(&literals, lengths, n_literals);
    code_make(&distances, lengths + n_literals, n_distances);
    coded_block(stream, &literals, &distances);
}

bool inflate_bytes(const uint8_t *packed, size_t packed_len, uint8_t *out, size_t size)
{
    struct stream stream = {.at = packed, .end = packed + packed_len, .out = out, .size = size};
    bool last = false;

    while (!last && !stream.damaged) {
        last = take(&stream, 1);
        switch (take(&stream, 2)) {
        case 0:
            stored_block(&stream);
            break;
        case 1:
            fixed_block(&stream);
            break;
        case 2:
            described_block(&stream);
            break;
        default:
            stream.damaged = true;
        }
    }
    return !stream.damaged && stream.length == size;
}
