/* The syntax of .reg files, line by line: what a line is, not what it means.
 *
 * Three dialects: REGEDIT4 (8-bit; expandable and multiple strings as 8-bit bytes), "Windows
 * Registry Editor Version 5.00" (those strings as UTF-16LE bytes), and the files in which Wine
 * keeps its registry ("WINE REGISTRY Version 2": backslashes doubled in key names, str(n):).
 * Regedit writes a line end inside a string as a line end, and breaks long byte lists with a
 * backslash, so that one value may take many lines.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_REG_LEX_H
#define WINVER6003_REG_LEX_H

#include "../limits.h"
#include "../text.h"
#include "registry_facts.h"

enum reg_dialect {
    REG_NOT_ONE,
    REG_REGEDIT4,
    REG_VERSION_5,
    REG_WINE,
};

enum reg_event {
    REG_NOTHING,       /* blank, comment, part of a value that goes on, or not wanted */
    REG_KEY,           /* key */
    REG_DELETED_KEY,   /* key: "[-HKEY_...]" */
    REG_VALUE,         /* name, type, data, size */
    REG_DELETED_VALUE, /* name */
    REG_BAD,           /* what: what is wrong with the line */
};

struct reg_lexer {
    enum reg_dialect dialect;
    /* Set by the caller after each key: whether its values are wanted. Others are passed over. */
    bool wanted;

    char key[LIMIT_KEY_PATH];
    char name[LIMIT_KEY_PATH]; /* "" is the default value */
    enum registry_type type;
    const char *data; /* as registry_value() takes it */
    size_t size;
    bool cut; /* the value was longer than LIMIT_VALUE_BYTES */
    const char *what;

    /* private */
    enum { REG_IN_NOTHING, REG_IN_STRING, REG_IN_BYTES } in;
    bool collecting; /* the value that goes on is wanted */
    bool utf16;      /* the byte list is UTF-16 text */
    char raw[LIMIT_VALUE_BYTES + 4];
    size_t raw_len;
    char text[LIMIT_VALUE_BYTES * 2];
};

/* The dialect that a first line opens; marks and blanks before it are passed over. */
enum reg_dialect reg_dialect_of(const char *line);

void reg_lex_start(struct reg_lexer *lexer, enum reg_dialect dialect);
/* Looks at the next line. One line may end a value and be a key only when the value was damaged:
 * the value is then lost, REG_KEY reported and what set. */
enum reg_event reg_lex_line(struct reg_lexer *lexer, const struct text_line *line);
/* After the last line: REG_BAD when it ended inside a value. */
enum reg_event reg_lex_end(struct reg_lexer *lexer);

#endif
