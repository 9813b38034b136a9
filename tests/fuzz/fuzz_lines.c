/* Fuzz target: text of any encoding as lines, and the decoder under it in small pieces.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

#include "core/limits.h"
#include "core/looks_like.h"
#include "core/text.h"
#include "core/text_decode.h"
#include "core/utf.h"

#include <stdlib.h>
#include <string.h>

static void check_utf8(const char *text, size_t length)
{
    while (length) {
        uint32_t character;
        int taken = utf8_take((const uint8_t *)text, length, &character);

        FUZZ_CHECK(taken > 0);
        FUZZ_CHECK(character != 0 && character != 0xFEFF);
        text += taken;
        length -= (size_t)taken;
    }
}

static void read_lines(const uint8_t *data, size_t size)
{
    struct input input;
    struct text_lines *lines;
    struct text_line line;
    unsigned long number = 0;

    input_from_memory(&input, "fuzz", data, size);
    text_probe(&input);
    FUZZ_CHECK(strlen(looks_like(&input)) > 0);
    lines = text_open(&input, LIMIT_TEXT_BYTES);
    while (text_next_line(lines, &line)) {
        FUZZ_CHECK(line.number == ++number);
        FUZZ_CHECK(line.length <= LIMIT_LINE_BYTES);
        FUZZ_CHECK(strlen(line.text) == line.length);
        FUZZ_CHECK(!memchr(line.text, '\n', line.length) && !memchr(line.text, '\r', line.length));
        check_utf8(line.text, line.length);
    }
    FUZZ_CHECK(strlen(text_encoding(lines)) > 0);
    text_problem(lines);
    text_close(lines);
    FUZZ_CHECK(number <= size);
}

/* Pieces as they come from a slow pipe: the first byte says how large. Each must get further. */
static void decode_pieces(const uint8_t *data, size_t size)
{
    size_t piece = TEXT_DECODE_AHEAD + data[0];
    struct text_decoder decoder = {0};
    char *out = malloc(piece * TEXT_DECODE_GROWTH);
    size_t at = 0;

    FUZZ_CHECK(out);
    while (at < size) {
        bool last = size - at <= piece;
        size_t n_out;
        size_t taken =
            text_decode(&decoder, data + at, last ? size - at : piece, last, out, &n_out);

        FUZZ_CHECK(taken > 0 && taken <= piece);
        FUZZ_CHECK(n_out <= taken * TEXT_DECODE_GROWTH);
        check_utf8(out, n_out);
        at += taken;
    }
    text_decoder_free(&decoder);
    free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_lines(data, size);
    if (size)
        decode_pieces(data, size);
    return 0;
}
