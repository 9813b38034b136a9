/* Comparing ASCII words without case, whatever the locale.
 *
 * Names in evidence (registry keys, WMI properties, table headers) are ASCII and have no fixed
 * case; the C library's functions for that depend on the locale or on the platform.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_ASCII_H
#define WINVER6003_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_word(char c)
{
    return ascii_is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '_';
}

static inline bool ascii_equal_n(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (ascii_lower(a[i]) != ascii_lower(b[i]))
            return false;
        if (!a[i])
            return true;
    }
    return true;
}

static inline bool ascii_equal(const char *a, const char *b)
{
    while (*a && ascii_lower(*a) == ascii_lower(*b)) {
        a++;
        b++;
    }
    return ascii_lower(*a) == ascii_lower(*b);
}

/* How many characters text begins with that are neither controls nor beyond ASCII. */
static inline size_t ascii_printable(const char *text)
{
    size_t length = 0;

    while (text[length] >= ' ' && text[length] < 0x7f)
        length++;
    return length;
}

/* How many of size bytes are ASCII before the first that is not; eight at a time. */
static inline size_t ascii_length(const uint8_t *bytes, size_t size)
{
    size_t length = 0;
    uint64_t word;

    for (; length + sizeof(word) <= size; length += sizeof(word)) {
        memcpy(&word, bytes + length, sizeof(word));
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (length < size && bytes[length] < 0x80)
        length++;
    return length;
}

/* What follows prefix in text, NULL when text does not begin with it. */
static inline const char *ascii_after(const char *text, const char *prefix)
{
    while (*prefix) {
        if (ascii_lower(*text) != ascii_lower(*prefix))
            return NULL;
        text++;
        prefix++;
    }
    return text;
}

/* Where word stands in text, NULL when it does not. */
static inline const char *ascii_find(const char *text, const char *word)
{
    for (; *text; text++)
        if (ascii_after(text, word))
            return text;
    return NULL;
}

#endif
