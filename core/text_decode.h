/* From bytes of unknown encoding to UTF-8, in pieces. Private to text*.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEXT_DECODE_H
#define WINVER6003_TEXT_DECODE_H

#include "codepage.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum text_form {
    TEXT_START, /* nothing seen yet */
    TEXT_ASCII, /* and perhaps more to come */
    TEXT_UTF8,
    TEXT_UTF16LE,
    TEXT_UTF16BE,
    TEXT_CODEPAGE,
    TEXT_FORM_COUNT
};

struct text_decoder {
    enum text_form form;
    bool marked_utf8;          /* a byte order mark said UTF-8: no code page is guessed */
    struct codepage *codepage; /* TEXT_CODEPAGE only, else NULL or of an earlier stretch */
    bool doubtful;             /* no code page made sense of it */
    unsigned n_choices;        /* how often UTF-8 and code pages were weighed */
    bool used[TEXT_FORM_COUNT];
    unsigned long n_sequences; /* characters in well-formed UTF-8 beyond ASCII */
    unsigned long n_replaced;  /* NULs, lone surrogates and invalid bytes: each became U+FFFD */
};

/* No input byte becomes more bytes of UTF-8 than this. */
#define TEXT_DECODE_GROWTH 3
/* With so much at hand a piece is never refused for want of more. */
#define TEXT_DECODE_AHEAD 256

/* Decodes what it can of n bytes into out, which has room for n * TEXT_DECODE_GROWTH. last says
 * that nothing follows. Returns the bytes taken; *n_out is what was written. */
size_t text_decode(struct text_decoder *decoder, const uint8_t *bytes, size_t n, bool last,
                   char *out, size_t *n_out);
void text_decoder_free(struct text_decoder *decoder);

/* The form that the beginning of a text shows, and how many bytes of marks open it. */
enum text_form text_form_of(const uint8_t *bytes, size_t n, size_t *mark_len, bool *marked_utf8);
/* Whether the NUL at bytes[0], in 8-bit text, is the upper half of a UTF-16LE unit: then whole
 * units follow it. With fewer than 9 bytes the answer is about those. */
bool text_turns_utf16(const uint8_t *bytes, size_t n);
/* Tabs, line ends, page ends, escapes (coloured output) and DOS's end of file. */
bool text_byte_is_layout(uint8_t byte);

#endif
