/* Property records: lists, tables and CSV of wmic and PowerShell.
 *
 * A list has no mark at its end. A new record begins where a name comes a second time, where
 * PowerShell leaves a blank line, or where something else is written. wmic's own lines end in
 * CR CR LF under some consoles, which reads as a blank line after each: one or two of them end
 * nothing there.
 *
 * SPDX-License-Identifier: MIT
 */
#include "records.h"

#include "../ascii.h"
#include "shapes.h"

#include <string.h>

/* wmic leaves two blank lines between instances, four when its line ends are doubled. */
#define BLANKS_END_LIST 3
#define BLANKS_END_TABLE 3

struct column {
    int name;     /* -1 for one that is not known */
    size_t begin; /* in characters from the start of the line */
};

struct records {
    const struct record_class *class;
    record_taken *taken;
    void *data;
    struct record record;
    char text[RECORD_TEXT_BYTES];
    size_t text_len;
    int last; /* the property that the line before stated; -1 for another one */
    unsigned blanks;

    enum record_form columns_form; /* a table or CSV is open */
    struct column columns[RECORD_COLUMNS_MAX];
    size_t n_columns;
    char delimiter;
    bool framed; /* the header cannot be a word of some text */
    bool rows;
};

struct records *records_new(struct arena *arena, const struct record_class *class,
                            record_taken *taken, void *data)
{
    struct records *records = arena_alloc(arena, sizeof(*records));

    records->class = class;
    records->taken = taken;
    records->data = data;
    return records;
}

static int name_index(const struct records *records, struct span name)
{
    for (size_t i = 0; i < records->class->n_names; i++)
        if (span_is(name, records->class->names[i]))
            return (int)i;
    return -1;
}

static void start(struct records *records, enum record_form form)
{
    memset(&records->record, 0, sizeof(records->record));
    records->record.form = form;
    records->text_len = 0;
}

static bool finish(struct records *records)
{
    bool taken = false;

    if (records->record.names)
        taken = records->taken(records->data, &records->record);
    start(records, RECORD_NO_FORM);
    return taken;
}

static void put(struct records *records, int name, struct span value,
                const struct text_line *line)
{
    char *to = records->text + records->text_len;
    size_t room = sizeof(records->text) - records->text_len;

    value = span_trim(value);
    if (room == 0)
        return;
    span_copy(value, to, room);
    records->text_len += strlen(to) + 1;
    records->record.values[name] = to;
    records->record.lines[name] = line->number;
    records->record.names |= 1UL << name;
}

struct property {
    struct span name, value;
    bool equals, loose;
};

/* "Name=value" and "Name : value"; name is one word. */
static bool split_property(struct span line, struct property *property)
{
    size_t length = 0, word;

    while (length < line.length && ascii_is_word(line.text[length]))
        length++;
    if (length == 0 || length == line.length)
        return false;
    word = length;
    property->name = (struct span){line.text, length};
    property->equals = line.text[length] == '=';
    property->loose = false;
    if (property->equals) {
        property->value = span_from(line, length + 1);
        return true;
    }
    while (length < line.length && (line.text[length] == ' ' || line.text[length] == '\t'))
        length++;
    if (length == line.length || line.text[length] != ':')
        return false;
    if (length + 1 < line.length && line.text[length + 1] != ' ' && line.text[length + 1] != '\t')
        return false;
    property->loose = length == word;
    property->value = span_from(line, length + 1);
    return true;
}

/* PowerShell breaks long values where the line ends, and puts the rest under the value. */
static bool is_continuation(const struct text_line *line)
{
    return line->length > 16 && !strncmp(line->text, "                ", 16);
}

/* To the value that was put last. */
static void append(struct records *records, struct span rest)
{
    char *to = records->text + records->text_len;
    size_t room = sizeof(records->text) - records->text_len;

    if (records->text_len == 0 || room == 0)
        return;
    to--;
    span_copy(rest, to, room + 1);
    records->text_len += strlen(to);
}

static enum record_form list_line(struct records *records, const struct text_line *line,
                                  struct span text)
{
    struct property property;
    int index;

    if (records->record.form == RECORD_LIST && is_continuation(line)) {
        if (records->last < 0)
            return RECORD_NO_FORM;
        append(records, text);
        return RECORD_LIST;
    }
    if (!split_property(text, &property)) {
        finish(records);
        return RECORD_NO_FORM;
    }
    index = name_index(records, property.name);
    if (records->record.form == RECORD_LIST && (property.equals != records->record.equals ||
                                                (index >= 0 && records->record.values[index])))
        finish(records);
    records->last = index;
    if (index < 0)
        return RECORD_NO_FORM;
    if (records->record.form != RECORD_LIST)
        start(records, RECORD_LIST);
    records->record.equals = property.equals;
    records->record.loose = property.loose;
    put(records, index, property.value, line);
    return RECORD_LIST;
}

/* The characters of text before byte offset. */
static size_t characters(const char *text, size_t offset)
{
    size_t count = 0;

    for (size_t i = 0; i < offset; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            count++;
    return count;
}

static void open_columns(struct records *records, enum record_form form)
{
    finish(records);
    records->columns_form = form;
    records->rows = false;
    records->blanks = 0;
}

/* Property names begin with a capital; what does not, and a registry type, makes a line no header
 * but a sentence or a line of reg query. */
static bool is_name(struct span word)
{
    return word.length && !ascii_is_digit(word.text[0]) &&
           (word.text[0] < 'a' || word.text[0] > 'z') && !span_starts(word, "REG_");
}

/* The names of a header, with their places from the start of text. wmic may have said something
 * on the same line before ("Please wait while WMIC is being installed."), in any language: all up
 * to a full stop inside a word is then passed over. *spoken tells whether that was so. */
static size_t header_words(struct span text, struct span words[RECORD_COLUMNS_MAX], bool *spoken)
{
    size_t n = 0, at = 0;
    bool bad = false;

    *spoken = false;
    while (at < text.length) {
        size_t begin = at;
        struct span word;

        while (at < text.length && text.text[at] != ' ' && text.text[at] != '\t')
            at++;
        for (size_t i = begin; i < at; i++) {
            if (text.text[i] == '.' && i + 1 < at) {
                *spoken = true;
                bad = false;
                n = 0;
                begin = i + 1;
            } else if (!ascii_is_word(text.text[i])) {
                bad = true;
            }
        }
        word = (struct span){text.text + begin, at - begin};
        if (n == RECORD_COLUMNS_MAX)
            return 0;
        words[n++] = word;
        while (at < text.length && (text.text[at] == ' ' || text.text[at] == '\t'))
            at++;
    }
    return bad ? 0 : n;
}

static bool table_header(struct records *records, const struct text_line *line, const char *text)
{
    struct span words[RECORD_COLUMNS_MAX];
    struct column columns[RECORD_COLUMNS_MAX];
    unsigned long names = 0;
    size_t n, others = 0;
    bool spoken;
    const char *origin;

    if (strpbrk(text, ":=\"|<"))
        return false;
    n = header_words(span_of(text), words, &spoken);
    for (size_t i = 0; i < n; i++) {
        columns[i].name = name_index(records, words[i]);
        if (columns[i].name >= 0)
            names |= 1UL << columns[i].name;
        else if (is_name(words[i]))
            others++;
        else
            return false;
    }
    if (!names || !records->class->is_header(names, others))
        return false;
    /* What wmic said pushed only this line to the right; marks and indents stand on all. */
    origin = spoken ? words[0].text : line->text;
    for (size_t i = 0; i < n; i++)
        columns[i].begin = characters(origin, (size_t)(words[i].text - origin));
    open_columns(records, RECORD_TABLE);
    records->n_columns = n;
    memcpy(records->columns, columns, n * sizeof(*columns));
    /* A lone word is a header when wmic padded it, or when a rule follows. */
    records->framed = n > 1 || (line->length && line->text[line->length - 1] == ' ');
    return true;
}

/* The byte offset of a character, text.length beyond the end. */
static size_t byte_of(struct span text, size_t character)
{
    size_t at = 0;

    for (; at < text.length; at++) {
        if (((unsigned char)text.text[at] & 0xc0) == 0x80)
            continue;
        if (character-- == 0)
            return at;
    }
    return text.length;
}

static bool is_rule(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.text[i] != '-' && text.text[i] != ' ')
            return false;
    return text.length > 0;
}

static bool table_row(struct records *records, const struct text_line *line, const char *content)
{
    struct span text = span_of(line->text);
    size_t begin;

    if (!records->rows && is_rule(span_of(content))) {
        records->framed = true;
        return true;
    }
    if (!records->framed)
        return false;
    start(records, RECORD_TABLE);
    begin = byte_of(text, records->columns[0].begin);
    for (size_t i = 0; i < records->n_columns; i++) {
        size_t end = i + 1 < records->n_columns ? byte_of(text, records->columns[i + 1].begin)
                                                : text.length;

        /* A column begins behind a blank; where it does not, the places are of no use. */
        if (end > 0 && end < text.length && text.text[end - 1] != ' ') {
            start(records, RECORD_NO_FORM);
            return false;
        }
        if (records->columns[i].name >= 0)
            put(records, records->columns[i].name,
                (struct span){text.text + begin, end - begin}, line);
        begin = end;
    }
    records->rows = true;
    return finish(records);
}

/* Splits at the delimiter outside quotes; false at the end. */
static bool next_cell(struct span *rest, char delimiter, struct span *cell)
{
    bool quoted = false;
    size_t at = 0;

    if (!rest->text)
        return false;
    while (at < rest->length && (quoted || rest->text[at] != delimiter)) {
        if (rest->text[at] == '"')
            quoted = !quoted;
        at++;
    }
    *cell = span_trim((struct span){rest->text, at});
    if (cell->length >= 2 && cell->text[0] == '"' && cell->text[cell->length - 1] == '"')
        *cell = (struct span){cell->text + 1, cell->length - 2};
    if (at < rest->length)
        *rest = span_from(*rest, at + 1);
    else
        rest->text = NULL;
    return true;
}

static bool csv_header(struct records *records, struct span text)
{
    static const char delimiters[] = ",;\t";
    struct column columns[RECORD_COLUMNS_MAX];

    for (size_t d = 0; delimiters[d]; d++) {
        struct span rest = text, cell;
        unsigned long names = 0;
        size_t n = 0, others = 0;
        bool words = true;

        if (!memchr(text.text, delimiters[d], text.length))
            continue;
        while (words && n < RECORD_COLUMNS_MAX && next_cell(&rest, delimiters[d], &cell)) {
            int index = name_index(records, cell);

            for (size_t i = 0; i < cell.length; i++)
                words = words && ascii_is_word(cell.text[i]);
            words = words && is_name(cell);
            columns[n++] = (struct column){index, 0};
            if (index >= 0)
                names |= 1UL << index;
            else
                others++;
        }
        if (!words || rest.text || !names || !records->class->is_header(names, others))
            continue;
        open_columns(records, RECORD_CSV);
        records->delimiter = delimiters[d];
        records->n_columns = n;
        memcpy(records->columns, columns, n * sizeof(*columns));
        return true;
    }
    return false;
}

static bool csv_row(struct records *records, const struct text_line *line, struct span text)
{
    struct span rest = text, cell;
    size_t n = 0;

    start(records, RECORD_CSV);
    while (next_cell(&rest, records->delimiter, &cell)) {
        if (n < records->n_columns && records->columns[n].name >= 0)
            put(records, records->columns[n].name, cell, line);
        n++;
    }
    /* wmic quotes nothing: a row with more cells than names has lost its places. */
    if (n != records->n_columns) {
        start(records, RECORD_NO_FORM);
        return false;
    }
    records->rows = true;
    return finish(records);
}

enum record_form records_line(struct records *records, const struct text_line *line,
                              const char *text)
{
    struct span whole = span_of(text);

    if (span_trim(whole).length == 0) {
        records->blanks++;
        if (records->record.form == RECORD_LIST &&
            (!records->record.equals || records->blanks >= BLANKS_END_LIST))
            finish(records);
        if (records->blanks >= BLANKS_END_TABLE)
            records->columns_form = RECORD_NO_FORM;
        return RECORD_NO_FORM;
    }
    records->blanks = 0;
    if (table_header(records, line, text) || csv_header(records, whole))
        return records->columns_form;
    if (records->columns_form == RECORD_TABLE) {
        if (table_row(records, line, text))
            return RECORD_TABLE;
        records->columns_form = RECORD_NO_FORM;
    } else if (records->columns_form == RECORD_CSV) {
        if (csv_row(records, line, whole))
            return RECORD_CSV;
        records->columns_form = RECORD_NO_FORM;
    }
    return list_line(records, line, span_trim(whole));
}

unsigned long records_names(const struct records *records)
{
    return records->record.form == RECORD_LIST ? records->record.names : 0;
}

void records_end(struct records *records)
{
    finish(records);
}
