/* Lines of plain text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "page.h"

#include "../utf.h"

#include <string.h>

/* Narrower terminals than this get lines that they break themselves. */
#define NARROWEST 30

struct range {
    uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    }
    return false;
}

/* After Unicode's EastAsianWidth.txt, in blocks: enough for names and localised reports. */
static unsigned columns_of(uint32_t code)
{
    static const struct range wide[] = {
        {0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6},   {0x1F300, 0x1FAFF},
        {0x20000, 0x3FFFD},
    };
    static const struct range none[] = {
        {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F},
        {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
    };

    if (code < 0x300)
        return 1;
    if (is_in(none, sizeof(none) / sizeof(none[0]), code))
        return 0;
    return is_in(wide, sizeof(wide) / sizeof(wide[0]), code) ? 2 : 1;
}

/* The next character of text as it may be shown. Returns how many bytes it takes there. */
static size_t next_character(const char *text, size_t left, uint32_t *code)
{
    int length = utf8_take((const uint8_t *)text, left, code);

    if (length <= 0) {
        *code = UTF_REPLACEMENT;
        return 1;
    }
    if (utf_is_control(*code) || *code == 0x2028 || *code == 0x2029)
        *code = ' ';
    return (size_t)length;
}

static unsigned columns_n(const char *text, size_t length)
{
    unsigned columns = 0;

    for (size_t at = 0; at < length;) {
        uint32_t code;

        at += next_character(text + at, length - at, &code);
        columns += columns_of(code);
    }
    return columns;
}

unsigned page_columns(const char *text)
{
    return columns_n(text, strlen(text));
}

static void add(struct page *page, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        char shown[UTF8_MAX];
        uint32_t code;

        at += next_character(text + at, length - at, &code);
        strbuf_add(page->out, shown, utf8_put(shown, code));
        page->column += columns_of(code);
    }
}

void page_line(struct page *page)
{
    strbuf_addc(page->out, '\n');
    page->column = 0;
}

static void add_blanks(struct page *page, unsigned count)
{
    memset(strbuf_reserve(page->out, count), ' ', count);
    page->out->length += count;
    page->out->text[page->out->length] = '\0';
    page->column += count;
}

void page_tab(struct page *page, unsigned column)
{
    if (page->column < column)
        add_blanks(page, column - page->column);
    else if (page->column > 0)
        add_blanks(page, 1);
}

/* blank: one stands before the first word, unless the line breaks there. */
static void add_words(struct page *page, const char *text, bool blank)
{
    while (*text) {
        size_t length = strcspn(text, " ");
        unsigned columns = columns_n(text, length);

        if (page->width >= NARROWEST && page->column > page->indent &&
            page->column + blank + columns > page->width) {
            page_line(page);
            add_blanks(page, page->indent);
        } else if (blank) {
            add_blanks(page, 1);
        }
        add(page, text, length);
        blank = true;
        text += length;
        text += strspn(text, " ");
    }
}

void page_words(struct page *page, const char *text)
{
    add_words(page, text, false);
}

void page_more(struct page *page, const char *text)
{
    add_words(page, text, true);
}

void page_word(struct page *page, const char *text, enum page_color color)
{
    static const char *const starts[] = {
        [PAGE_GREEN] = "\x1b[1;32m",
        [PAGE_YELLOW] = "\x1b[1;33m",
        [PAGE_RED] = "\x1b[1;31m",
    };

    if (page->color && color != PAGE_PLAIN)
        strbuf_adds(page->out, starts[color]);
    add(page, text, strlen(text));
    if (page->color && color != PAGE_PLAIN)
        strbuf_adds(page->out, "\x1b[0m");
}
