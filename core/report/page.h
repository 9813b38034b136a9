/* Lines of plain text with hanging indents, broken at the width of a terminal.
 *
 * Everything written passes one filter: what could steer a terminal (controls, marks of
 * direction) becomes a space, and bytes that are no UTF-8 become U+FFFD.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PAGE_H
#define WINVER6003_PAGE_H

#include "../strbuf.h"

#include <stdbool.h>

enum page_color { PAGE_PLAIN, PAGE_GREEN, PAGE_YELLOW, PAGE_RED };

struct page {
    struct strbuf *out;
    unsigned width;  /* 0: lines are never broken */
    bool color;
    unsigned column; /* where the next character goes */
    unsigned indent; /* where a broken line goes on */
};

/* How many columns text takes: wide characters of East Asia take two, combining marks none. */
unsigned page_columns(const char *text);

void page_line(struct page *page);
/* Blanks up to column; at least one unless the line is empty. */
void page_tab(struct page *page, unsigned column);
/* Words, broken between lines that begin at page->indent. */
void page_words(struct page *page, const char *text);
/* The same after something on the line, with a blank between. */
void page_more(struct page *page, const char *text);
/* A piece of text that is never broken. */
void page_word(struct page *page, const char *text, enum page_color color);

#endif
