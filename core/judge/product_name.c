/* What a product name says, whatever an OEM code page did to its trade marks.
 *
 * "Microsoft® Windows Server® 2008 Standard" reaches us as "Microsoftr Windows Serverr 2008",
 * "Windows VistaT", "Windows ??", with "(R)" or with the signs intact.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

#include "../ascii.h"
#include "../strbuf.h"

#include <string.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* How many bytes at text are a trade mark, or what is left of one between words. */
static size_t mark_length(const char *text)
{
    static const char *const marks[] = {"\xc2\xae", "\xe2\x84\xa2", "\xef\xbf\xbd",
                                        "(R)",      "(r)",          "(TM)",
                                        "(tm)",     "\xc2\xa9",     "?"};

    /* Most characters are those of words, and no mark begins with one. */
    if (ascii_is_word(*text) || *text == ' ')
        return 0;
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (!strncmp(text, marks[i], strlen(marks[i])))
            return strlen(marks[i]);
    return 0;
}

/* A word that carries a trade mark, with the letter that the code page left of it. */
static bool damaged(const char *word, size_t length, size_t *real_length)
{
    static const struct {
        const char *word;
        char left;
    } known[] = {{"microsoft", 'r'}, {"windows", 'r'}, {"server", 'r'}, {"vista", 't'}};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        size_t n = strlen(known[i].word);
        size_t j = 0;

        while (j < n && j < length && lower(word[j]) == known[i].word[j])
            j++;
        if (j == n && length == n + 1 && lower(word[n]) == known[i].left) {
            *real_length = n;
            return true;
        }
    }
    return false;
}

const char *product_plain_name(struct arena *arena, const char *name)
{
    struct strbuf out = STRBUF_EMPTY;
    const char *plain;

    while (*name) {
        const char *word;
        size_t length = 0, mark;

        if (*name == ' ') {
            name++;
            continue;
        }
        mark = mark_length(name);
        if (mark) {
            name += mark;
            continue;
        }
        word = name;
        while (word[length] && word[length] != ' ' && !mark_length(word + length))
            length++;
        name += length;
        damaged(word, length, &length);
        if (length == 9 && lower(word[0]) == 'm' && lower(word[1]) == 'i' && !out.length &&
            lower(word[8]) == 't')
            continue; /* Microsoft */
        if (out.length)
            strbuf_addc(&out, ' ');
        strbuf_add(&out, word, length);
    }
    plain = arena_strdup(arena, strbuf_text(&out));
    strbuf_free(&out);
    return plain;
}

static bool contains(const char *text, const char *word)
{
    return strstr(text, word) != NULL;
}

/* True for digits that stand alone: "7" in "windows 7 ultimate", not in "windows 2007". */
static bool has_number(const char *text, const char *number)
{
    size_t length = strlen(number);

    for (const char *at = strstr(text, number); at; at = strstr(at + 1, number)) {
        bool before = at > text && at[-1] != ' ';
        bool after = at[length] && at[length] != ' ' && at[length] != '.' && at[length] != ',';

        if (!before && !after)
            return true;
    }
    return false;
}

enum product product_from_name(const char *name)
{
    static const char *const others[] = {"xp",   "2000", "2003", "2012", "2016", "2019",
                                         "2022", "2025", "7",    "8",    "8.1",  "10",
                                         "11",   "nt",   "98",   "95",   "me"};
    struct arena *arena = arena_new();
    char *plain = arena_strdup(arena, product_plain_name(arena, name));
    enum product product = PRODUCT_NOT_KNOWN;

    for (char *c = plain; *c; c++)
        *c = lower(*c);
    if (contains(plain, "vista"))
        product = PRODUCT_VISTA;
    else if (contains(plain, "2008 r2") || contains(plain, "2008r2") ||
             contains(plain, "hyper-v server 2008 r2"))
        product = PRODUCT_OTHER;
    else if (contains(plain, "server") && contains(plain, "2008"))
        product = PRODUCT_SERVER_2008;
    else if (contains(plain, "windows"))
        for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
            if (has_number(plain, others[i]))
                product = PRODUCT_OTHER;
    arena_free(arena);
    return product;
}
