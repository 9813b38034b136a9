/* Single characters in and out of UTF-8.
 *
 * SPDX-License-Identifier: MIT
 */
#include "utf.h"

#include "strbuf.h"

int utf8_take(const uint8_t *bytes, size_t left, uint32_t *character)
{
    /* The lowest character of each length: a lower one in that many bytes is overlong. */
    static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t value;
    int length;

    if (left == 0)
        return 0;
    if (bytes[0] < 0x80) {
        *character = bytes[0];
        return 1;
    }
    if (bytes[0] < 0xC2 || bytes[0] > 0xF4)
        return -1;
    length = bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    value = bytes[0] & (0x7Fu >> length);
    for (int i = 1; i < length; i++) {
        if ((size_t)i == left) {
            /* Cut off, unless what is there already rules a character out. */
            uint32_t low = value << 6 * (length - i);
            uint32_t high = low | ((1u << 6 * (length - i)) - 1);

            return high < lowest[length] || low > 0x10FFFF || (low >= 0xD800 && high <= 0xDFFF) ? -1
                                                                                                : 0;
        }
        if ((bytes[i] & 0xC0) != 0x80)
            return -1;
        value = value << 6 | (bytes[i] & 0x3F);
    }
    if (value < lowest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return -1;
    *character = value;
    return length;
}

size_t utf8_put(char out[UTF8_MAX], uint32_t character)
{
    if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        character = UTF_REPLACEMENT;
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        out[0] = (char)(0xC0 | character >> 6);
        out[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        out[0] = (char)(0xE0 | character >> 12);
        out[1] = (char)(0x80 | (character >> 6 & 0x3F));
        out[2] = (char)(0x80 | (character & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | character >> 18);
    out[1] = (char)(0x80 | (character >> 12 & 0x3F));
    out[2] = (char)(0x80 | (character >> 6 & 0x3F));
    out[3] = (char)(0x80 | (character & 0x3F));
    return 4;
}

size_t utf8_from_utf16le(const void *utf16, size_t bytes, char *text, size_t size)
{
    const uint8_t *from = utf16;
    size_t length = 0;

    for (size_t i = 0; i + 1 < bytes && length + UTF8_MAX < size; i += 2) {
        uint32_t code = from[i] | (uint32_t)from[i + 1] << 8;

        if (code >= 0xD800 && code <= 0xDBFF && i + 3 < bytes && (from[i + 3] & 0xFC) == 0xDC) {
            code = 0x10000 + ((code & 0x3FF) << 10) +
                   ((from[i + 2] | (uint32_t)from[i + 3] << 8) & 0x3FF);
            i += 2;
        }
        /* A half that is left alone becomes U+FFFD there. */
        length += utf8_put(text + length, code);
    }
    if (size)
        text[length] = '\0';
    return length;
}

size_t utf8_cut(const char *text, size_t length, size_t limit)
{
    if (length <= limit)
        return length;
    for (size_t back = 0; back < UTF8_MAX && back <= limit; back++) {
        if (((unsigned char)text[limit - back] & 0xC0) != 0x80)
            return limit - back;
    }
    return limit;
}

bool utf_is_control(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character <= 0x9F) ||
           character == 0x061C ||                          /* Arabic letter mark */
           character == 0x200E || character == 0x200F ||   /* left-to-right, right-to-left mark */
           (character >= 0x2028 && character <= 0x202E) || /* line ends, embeddings, overrides */
           (character >= 0x2066 && character <= 0x2069);   /* isolates */
}

char *utf8_clean(struct arena *arena, const char *text, size_t length)
{
    struct strbuf out = STRBUF_EMPTY;
    size_t at = 0;
    size_t start = 0;
    char *copy;

    while (at < length) {
        uint32_t character = UTF_REPLACEMENT;
        int taken = utf8_take((const uint8_t *)text + at, length - at, &character);
        char bytes[UTF8_MAX];

        if (utf_is_control(character))
            character = ' ';
        strbuf_add(&out, bytes, utf8_put(bytes, character));
        at += taken > 0 ? (size_t)taken : 1;
    }
    while (start < out.length && out.text[start] == ' ')
        start++;
    while (out.length > start && out.text[out.length - 1] == ' ')
        out.length--;
    copy = arena_strndup(arena, strbuf_text(&out) + start, out.length - start);
    strbuf_free(&out);
    return copy;
}
