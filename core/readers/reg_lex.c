/* The syntax of .reg files.
 *
 * Most lines of a big export belong to keys that nobody asked for. Of those only one thing must
 * be known: whether a string is still open at the end of the line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "reg_lex.h"

#include "../ascii.h"
#include "../utf.h"

#include <string.h>

enum reg_dialect reg_dialect_of(const char *line)
{
    static const struct {
        const char *text;
        enum reg_dialect dialect;
    } openings[] = {
        {"REGEDIT4", REG_REGEDIT4},
        {"Windows Registry Editor Version 5.00", REG_VERSION_5},
        {"WINE REGISTRY Version 2", REG_WINE},
    };

    for (;;) {
        if (*line == ' ' || *line == '\t')
            line++;
        else if (!strncmp(line, "\xef\xbb\xbf", 3))
            line += 3;
        else
            break;
    }
    for (size_t i = 0; i < sizeof(openings) / sizeof(openings[0]); i++) {
        const char *rest = ascii_after(line, openings[i].text);

        if (rest && !ascii_is_word(*rest))
            return openings[i].dialect;
    }
    return REG_NOT_ONE;
}

void reg_lex_start(struct reg_lexer *lexer, enum reg_dialect dialect)
{
    lexer->dialect = dialect;
    lexer->wanted = false;
    lexer->in = REG_IN_NOTHING;
    lexer->key[0] = '\0';
    lexer->what = NULL;
}

/* The quote that ends the string, or end. A quote behind an odd run of backslashes is part of
 * it. */
static const char *find_quote(const char *text, const char *end)
{
    const char *at = text;

    while ((at = memchr(at, '"', (size_t)(end - at))) != NULL) {
        size_t slashes = 0;

        while (at - slashes > text && at[-1 - (long)slashes] == '\\')
            slashes++;
        if (slashes % 2 == 0)
            return at;
        at++;
    }
    return end;
}

static enum reg_event bad(struct reg_lexer *lexer, const char *what)
{
    lexer->in = REG_IN_NOTHING;
    lexer->what = what;
    return REG_BAD;
}

static void add_raw(struct reg_lexer *lexer, const char *bytes, size_t length)
{
    size_t room = LIMIT_VALUE_BYTES - lexer->raw_len;

    if (length > room) {
        length = room;
        lexer->cut = true;
    }
    memcpy(lexer->raw + lexer->raw_len, bytes, length);
    lexer->raw_len += length;
}

static int hex_digit(char c)
{
    c = ascii_lower(c);
    if (ascii_is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Wine's \xABCD, one to four digits. */
static size_t take_wine_escape(const char *from, const char *end, struct reg_lexer *lexer)
{
    uint32_t code = 0;
    size_t digits = 0;
    char utf8[UTF8_MAX];

    while (digits < 4 && from + digits < end && hex_digit(from[digits]) >= 0)
        code = code * 16 + (uint32_t)hex_digit(from[digits++]);
    add_raw(lexer, utf8, utf8_put(utf8, code));
    return digits;
}

/* Text between quotes without its escapes. */
static void add_string(struct reg_lexer *lexer, const char *from, const char *end)
{
    while (from < end) {
        const char *slash = memchr(from, '\\', (size_t)(end - from));

        if (!slash || slash + 1 >= end) {
            add_raw(lexer, from, (size_t)(end - from));
            return;
        }
        add_raw(lexer, from, (size_t)(slash - from));
        from = slash + 2;
        if (slash[1] == 'n')
            add_raw(lexer, "\n", 1);
        else if (slash[1] == 'r')
            add_raw(lexer, "\r", 1);
        else if (slash[1] == '0' && lexer->dialect == REG_WINE)
            add_raw(lexer, "\0", 1);
        else if (slash[1] == 'x' && lexer->dialect == REG_WINE)
            from += take_wine_escape(from, end, lexer);
        else
            add_raw(lexer, slash + 1, 1);
    }
}

static enum reg_event finish_string(struct reg_lexer *lexer)
{
    lexer->in = REG_IN_NOTHING;
    if (!lexer->collecting)
        return REG_NOTHING;
    lexer->data = lexer->raw;
    lexer->size = lexer->raw_len;
    return REG_VALUE;
}

/* Goes on inside a string, from is its next character. */
static enum reg_event continue_string(struct reg_lexer *lexer, const char *from, const char *end,
                                      bool line_cut)
{
    const char *quote = find_quote(from, end);

    if (lexer->collecting)
        add_string(lexer, from, quote);
    if (quote < end) {
        const char *rest = quote + 1;

        while (rest < end && (*rest == ' ' || *rest == '\t'))
            rest++;
        if (lexer->collecting && rest < end && *rest != ';')
            return bad(lexer, "text after the closing quote");
        return finish_string(lexer);
    }
    if (line_cut) {
        lexer->cut = true;
        return finish_string(lexer);
    }
    if (lexer->collecting)
        add_raw(lexer, "\n", 1);
    lexer->in = REG_IN_STRING;
    return REG_NOTHING;
}

static enum reg_event finish_bytes(struct reg_lexer *lexer)
{
    size_t length = 0;

    lexer->in = REG_IN_NOTHING;
    lexer->data = lexer->raw;
    lexer->size = lexer->raw_len;
    if (!lexer->utf16)
        return REG_VALUE;
    lexer->data = lexer->text;
    if (lexer->dialect == REG_REGEDIT4) {
        /* 8-bit text of an unsaid code page: what matters here is ASCII. */
        for (size_t i = 0; i < lexer->raw_len; i++)
            length += utf8_put(lexer->text + length, (unsigned char)lexer->raw[i]);
    } else {
        length = registry_utf8(lexer->raw, lexer->raw_len, lexer->text, sizeof(lexer->text));
    }
    lexer->size = length;
    return REG_VALUE;
}

/* "00,01,\" */
static enum reg_event continue_bytes(struct reg_lexer *lexer, const char *from, const char *end,
                                     bool line_cut)
{
    while (from < end) {
        int high, low;
        char byte;

        if (*from == ' ' || *from == '\t' || *from == ',') {
            from++;
            continue;
        }
        if (*from == '\\') {
            lexer->in = REG_IN_BYTES;
            return REG_NOTHING;
        }
        if (*from == ';')
            break;
        high = hex_digit(from[0]);
        low = from + 1 < end ? hex_digit(from[1]) : -1;
        if (high < 0)
            return bad(lexer, "not a list of bytes");
        from++;
        if (low >= 0)
            from++;
        byte = (char)(low >= 0 ? high * 16 + low : high);
        add_raw(lexer, &byte, 1);
    }
    if (line_cut)
        lexer->cut = true;
    return finish_bytes(lexer);
}

static const char *skip_blanks(const char *from, const char *end)
{
    while (from < end && (*from == ' ' || *from == '\t'))
        from++;
    return from;
}

static enum reg_event take_dword(struct reg_lexer *lexer, const char *from, const char *end)
{
    uint32_t number = 0;
    int digits = 0;

    for (from = skip_blanks(from, end); from < end && hex_digit(*from) >= 0; from++, digits++)
        number = number << 4 | (uint32_t)hex_digit(*from);
    from = skip_blanks(from, end);
    if (digits == 0 || digits > 8 || (from < end && *from != ';'))
        return bad(lexer, "not a dword");
    lexer->type = REGISTRY_DWORD;
    for (int i = 0; i < 4; i++)
        lexer->raw[i] = (char)(number >> (8 * i) & 0xff);
    lexer->data = lexer->raw;
    lexer->size = 4;
    return REG_VALUE;
}

/* The number in "hex(2):" or "str(7):"; from stands behind the word, *rest behind the colon. */
static bool take_type(const char *from, const char *end, enum registry_type without, int *type,
                      const char **rest)
{
    *type = (int)without;
    if (from < end && *from == '(') {
        int digits = 0;

        *type = 0;
        for (from++; from < end && digits < 8 && hex_digit(*from) >= 0; from++, digits++)
            *type = (int)((unsigned)*type << 4 | (unsigned)hex_digit(*from));
        if (digits == 0 || digits == 8 || from >= end || *from != ')')
            return false;
        from++;
    }
    if (from >= end || *from != ':')
        return false;
    *rest = from + 1;
    return true;
}

/* What follows the "=" of a wanted value. */
static enum reg_event take_data(struct reg_lexer *lexer, const char *from, const char *end,
                                bool line_cut)
{
    const char *rest;
    int type;

    lexer->raw_len = 0;
    lexer->cut = false;
    lexer->collecting = true;
    lexer->utf16 = false;
    from = skip_blanks(from, end);
    if (from < end && *from == '"') {
        lexer->type = REGISTRY_SZ;
        return continue_string(lexer, from + 1, end, line_cut);
    }
    if (from < end && *from == '-')
        return REG_DELETED_VALUE;
    if ((rest = ascii_after(from, "dword:")) != NULL && rest <= end)
        return take_dword(lexer, rest, end);
    rest = ascii_after(from, "hex");
    if (rest && take_type(rest, end, REGISTRY_BINARY, &type, &rest)) {
        lexer->type = (enum registry_type)type;
        lexer->utf16 = registry_type_is_text((enum registry_type)type);
        return continue_bytes(lexer, rest, end, line_cut);
    }
    rest = ascii_after(from, "str");
    if (rest && take_type(rest, end, REGISTRY_SZ, &type, &rest) && rest < end && *rest == '"') {
        lexer->type = (enum registry_type)type;
        return continue_string(lexer, rest + 1, end, line_cut);
    }
    return bad(lexer, "a value of no known form");
}

/* A line that begins a value: "name"=... or @=... */
static enum reg_event take_value(struct reg_lexer *lexer, const char *from, const char *end,
                                 bool line_cut)
{
    const char *quote = from;

    lexer->name[0] = '\0';
    if (*from == '"') {
        quote = find_quote(from + 1, end);
        if (quote == end)
            return bad(lexer, "a value name without its closing quote");
        if (lexer->wanted) {
            lexer->raw_len = 0;
            lexer->cut = false;
            add_string(lexer, from + 1, quote);
            if (lexer->raw_len >= sizeof(lexer->name) ||
                memchr(lexer->raw, '\0', lexer->raw_len))
                return bad(lexer, "an impossible value name");
            memcpy(lexer->name, lexer->raw, lexer->raw_len);
            lexer->name[lexer->raw_len] = '\0';
        }
    }
    from = skip_blanks(quote + 1, end);
    if (from == end || *from != '=')
        return lexer->wanted ? bad(lexer, "a value without \"=\"") : REG_NOTHING;
    from++;
    if (lexer->wanted)
        return take_data(lexer, from, end, line_cut);
    /* Only an open string matters: lines of byte lists are passed over by their blanks. */
    lexer->collecting = false;
    from = skip_blanks(from, end);
    if (lexer->dialect == REG_WINE && ascii_after(from, "str"))
        from = memchr(from, '"', (size_t)(end - from)) ? strchr(from, '"') : end;
    if (from < end && *from == '"')
        return continue_string(lexer, from + 1, end, line_cut);
    return REG_NOTHING;
}

static enum reg_event take_key(struct reg_lexer *lexer, const char *from, const char *end)
{
    bool deleted = from[1] == '-';
    size_t length;

    from += deleted ? 2 : 1;
    lexer->in = REG_IN_NOTHING;
    lexer->wanted = false;
    while (end > from && end[-1] != ']')
        end--;
    if (end == from) {
        lexer->key[0] = '\0';
        return bad(lexer, "a key without its closing bracket");
    }
    end--;
    length = (size_t)(end - from);
    if (length >= sizeof(lexer->key))
        length = 0; /* none that long matters */
    if (lexer->dialect == REG_WINE) {
        lexer->raw_len = 0;
        lexer->cut = false;
        add_string(lexer, from, from + length);
        length = lexer->raw_len < sizeof(lexer->key) ? lexer->raw_len : 0;
        memcpy(lexer->key, lexer->raw, length);
    } else {
        memcpy(lexer->key, from, length);
    }
    lexer->key[length] = '\0';
    return deleted ? REG_DELETED_KEY : REG_KEY;
}

/* A string that never ended swallows what follows. A line that is wholly a key is taken for one:
 * no text value is known to hold such a line. */
static bool is_rescue(const char *from, const char *end)
{
    while (end > from && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return end > from && end[-1] == ']' && ascii_after(from, "[HKEY_");
}

enum reg_event reg_lex_line(struct reg_lexer *lexer, const struct text_line *line)
{
    const char *from = line->text;
    const char *end = from + line->length;

    lexer->what = NULL;
    if (lexer->in == REG_IN_STRING) {
        if (is_rescue(from, end)) {
            enum reg_event event = take_key(lexer, from, end);

            lexer->what = "a string before this key is never closed";
            return event;
        }
        return continue_string(lexer, from, end, line->cut);
    }
    if (lexer->in == REG_IN_BYTES) {
        from = skip_blanks(from, end);
        if (from == end || *from == ';')
            return REG_NOTHING;
        if (*from != '[' && *from != '"' && *from != '@')
            return continue_bytes(lexer, from, end, line->cut);
        /* The list was broken off: what is here is a new line of its own. */
        lexer->in = REG_IN_NOTHING;
        if (*from == '[') {
            enum reg_event event = take_key(lexer, from, end);

            lexer->what = "a byte list before this key is broken off";
            return event;
        }
        return bad(lexer, "a byte list is broken off");
    }
    if (!lexer->wanted && *from != '[' && *from != '"' && *from != '@' && *from != ' ' &&
        *from != '\t')
        return REG_NOTHING;
    from = skip_blanks(from, end);
    if (from == end || *from == ';' || *from == '#')
        return REG_NOTHING;
    if (*from == '[')
        return take_key(lexer, from, end);
    if (*from == '"' || *from == '@')
        return take_value(lexer, from, end, line->cut);
    return lexer->wanted ? bad(lexer, "neither a key nor a value") : REG_NOTHING;
}

enum reg_event reg_lex_end(struct reg_lexer *lexer)
{
    if (lexer->in == REG_IN_NOTHING || !lexer->collecting)
        return REG_NOTHING;
    return bad(lexer, "the file ends inside a value");
}
