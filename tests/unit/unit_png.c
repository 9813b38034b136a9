/* A picture that png_write() packed is unpacked again here, by the letter of RFC 1950 and 1951.
 *
 * SPDX-License-Identifier: MIT
 */
#include "gui/win32/png.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct bits {
    const unsigned char *bytes;
    size_t length, at; /* in bits */
};

static unsigned take(struct bits *bits, unsigned count)
{
    unsigned value = 0;

    for (unsigned i = 0; i < count; i++, bits->at++) {
        assert_true(bits->at / 8 < bits->length);
        value |= (unsigned)(bits->bytes[bits->at / 8] >> (bits->at % 8) & 1) << i;
    }
    return value;
}

static unsigned take_code(struct bits *bits, unsigned count)
{
    unsigned value = 0;

    while (count--)
        value = value << 1 | take(bits, 1);
    return value;
}

static unsigned take_symbol(struct bits *bits)
{
    unsigned code = take_code(bits, 7);

    if (code < 24)
        return 256 + code;
    code = code << 1 | take(bits, 1);
    if (code >= 0x30 && code < 0xc0)
        return code - 0x30;
    if (code >= 0xc0 && code < 0xc8)
        return 280 + code - 0xc0;
    return (code << 1 | take(bits, 1)) - 0x190 + 144;
}

static size_t inflate(const unsigned char *bytes, size_t length, unsigned char *out, size_t size)
{
    static const unsigned lengths[] = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                       15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                       67, 83, 99, 115, 131, 163, 195, 227, 258};
    static const unsigned length_bits[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                           2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    static const unsigned distances[] = {
        1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
        193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
    struct bits bits = {bytes, length, 0};
    size_t n = 0;

    assert_int_equal(take(&bits, 1), 1);
    assert_int_equal(take(&bits, 2), 1);
    for (;;) {
        unsigned symbol = take_symbol(&bits), run, code, distance;

        if (symbol == 256)
            return n;
        if (symbol < 256) {
            assert_true(n < size);
            out[n++] = (unsigned char)symbol;
            continue;
        }
        assert_true(symbol <= 285);
        run = lengths[symbol - 257] + take(&bits, length_bits[symbol - 257]);
        code = take_code(&bits, 5);
        assert_true(code < 30);
        distance = distances[code] + take(&bits, code < 4 ? 0 : code / 2 - 1);
        assert_true(distance <= n && n + run <= size);
        for (; run; run--, n++)
            out[n] = out[n - distance];
    }
}

static uint32_t u32(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;

    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* Where a chunk's content begins. */
static const char *chunk(const struct strbuf *file, const char *type, uint32_t *length)
{
    for (size_t at = 8; at + 12 <= file->length; at += 12 + u32(file->text + at)) {
        if (memcmp(file->text + at + 4, type, 4) == 0) {
            *length = u32(file->text + at);
            return file->text + at + 8;
        }
    }
    return NULL;
}

static void round_trip(const uint32_t *pixels, unsigned width, unsigned height)
{
    struct strbuf file = STRBUF_EMPTY;
    size_t size = ((size_t)width * 3 + 1) * height;
    unsigned char *rows = malloc(size);
    uint32_t length = 0, a = 1, b = 0;
    const char *data;

    assert_true(png_write(&file, pixels, width, height, 96));
    data = chunk(&file, "IHDR", &length);
    assert_non_null(data);
    assert_int_equal(u32(data), width);
    assert_int_equal(u32(data + 4), height);
    data = chunk(&file, "IDAT", &length);
    assert_non_null(data);
    assert_int_equal(inflate((const unsigned char *)data + 2, length - 6, rows, size), size);
    for (size_t i = 0; i < size; i++) {
        a = (a + rows[i]) % 65521;
        b = (b + a) % 65521;
    }
    assert_int_equal(u32(data + length - 4), b << 16 | a);
    for (size_t y = 0; y < height; y++) {
        const unsigned char *row = rows + y * ((size_t)width * 3 + 1);

        assert_int_equal(row[0], 0);
        for (size_t x = 0; x < width; x++)
            assert_int_equal((uint32_t)row[1 + 3 * x] << 16 | (uint32_t)row[2 + 3 * x] << 8 |
                                 row[3 + 3 * x],
                             pixels[y * width + x]);
    }
    assert_non_null(chunk(&file, "IEND", &length));
    free(rows);
    strbuf_free(&file);
}

static void one_pixel_comes_back(void **state)
{
    const uint32_t pixel = 0x123456;

    (void)state;
    round_trip(&pixel, 1, 1);
}

static void every_length_and_distance_comes_back(void **state)
{
    enum { WIDTH = 311, HEIGHT = 97 };
    uint32_t *pixels = malloc(sizeof(*pixels) * WIDTH * HEIGHT), seed = 6003;

    (void)state;
    /* Noise in stretches of all lengths between plain ones, and rows that come again. */
    for (unsigned i = 0; i < WIDTH * HEIGHT; i++) {
        seed = seed * 1103515245 + 12345;
        pixels[i] = i / WIDTH % 7 == 3            ? pixels[i - 2 * WIDTH]
                    : (i / (1 + i % 89)) % 2 == 0 ? 0xe3f4e6
                                                  : seed >> 8;
    }
    round_trip(pixels, WIDTH, HEIGHT);
    free(pixels);
}

static void plain_areas_cost_next_to_nothing(void **state)
{
    enum { SIDE = 600 };
    uint32_t *pixels = calloc(SIDE * SIDE, sizeof(*pixels));
    struct strbuf file = STRBUF_EMPTY;

    (void)state;
    assert_true(png_write(&file, pixels, SIDE, SIDE, 0));
    assert_true(file.length < SIDE * SIDE * 3 / 80);
    strbuf_free(&file);
    round_trip(pixels, SIDE, SIDE);
    free(pixels);
}

static void the_checksum_of_a_chunk_is_the_known_one(void **state)
{
    struct strbuf file = STRBUF_EMPTY;
    const uint32_t pixel = 0;

    (void)state;
    assert_true(png_write(&file, &pixel, 1, 1, 0));
    /* Of an empty IEND, the same in every PNG file. */
    assert_int_equal(u32(file.text + file.length - 4), 0xae426082);
    strbuf_free(&file);
}

static void nothing_and_too_much_are_refused(void **state)
{
    struct strbuf file = STRBUF_EMPTY;
    const uint32_t pixel = 0;

    (void)state;
    assert_false(png_write(&file, &pixel, 0, 1, 96));
    assert_false(png_write(&file, &pixel, 1, 0, 96));
    assert_false(png_write(&file, &pixel, PNG_SIDE + 1, 1, 96));
    assert_false(png_write(&file, &pixel, PNG_SIDE, PNG_SIDE, 96));
    assert_int_equal(file.length, 0);
    strbuf_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_pixel_comes_back),
        cmocka_unit_test(every_length_and_distance_comes_back),
        cmocka_unit_test(plain_areas_cost_next_to_nothing),
        cmocka_unit_test(the_checksum_of_a_chunk_is_the_known_one),
        cmocka_unit_test(nothing_and_too_much_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
