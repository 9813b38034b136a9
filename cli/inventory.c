/* Inventories: a list of machines, one a row.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inventory.h"

#include "core/arena.h"
#include "core/ascii.h"
#include "core/limits.h"
#include "core/readers/readers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A UTF-8 byte order mark, as Excel and PowerShell write it. */
#define MARK       "\xef\xbb\xbf"
#define MARK_BYTES 3

/* How much of a first line in UTF-16 is looked at, in characters. */
/* A registry hive has its first NUL among them, as programs and archives have. */
#define BINARY_BYTES 16
#define UTF16_HEADER_BYTES 4096

static const char *const names[COLUMN_COUNT] = {
    [COLUMN_HOST] = "host",
    [COLUMN_VERSION] = "version",
    [COLUMN_SERVICE_PACK] = "service_pack",
    [COLUMN_PRODUCT] = "product",
    [COLUMN_REVISION] = "revision",
};

const char *inventory_column_name(enum inventory_column column)
{
    return names[column];
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct inventory_cell inventory_trim(const char *text, size_t length)
{
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    while (length > 0 && is_blank(*text)) {
        text++;
        length--;
    }
    return (struct inventory_cell){text, length};
}

enum inventory_column inventory_column_by_name(const char *text, size_t length)
{
    struct inventory_cell name = inventory_trim(text, length);

    for (int column = 0; column < COLUMN_COUNT; column++) {
        size_t i = 0;

        if (strlen(names[column]) != name.length)
            continue;
        while (i < name.length && ascii_lower(name.text[i]) == names[column][i])
            i++;
        if (i == name.length)
            return (enum inventory_column)column;
    }
    return COLUMN_COUNT;
}

/* What a header line says. */
struct header {
    size_t length;       /* bytes up to the first row, byte order mark included */
    unsigned long lines; /* that these are */
    char delimiter;
    size_t n_columns;
    int columns[COLUMN_COUNT];
    int n_known;
    int repeated; /* a column that stands twice; COLUMN_COUNT for none */
};

static size_t mark_length(const struct input *input)
{
    return input->n_head >= MARK_BYTES && !memcmp(input->head, MARK, MARK_BYTES) ? MARK_BYTES : 0;
}

/* Where the header begins: behind the mark, and behind the line with which Excel is told the
 * delimiter or PowerShell names the type of its objects. */
static size_t header_offset(const struct input *input)
{
    static const char *const before[] = {"sep=", "#TYPE "};
    size_t at = mark_length(input);

    for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
        const char *text = (const char *)input->head + at;
        const char *newline = memchr(text, '\n', input->n_head - at);

        if (newline && (size_t)(newline - text) > strlen(before[i]) &&
            !memcmp(text, before[i], strlen(before[i])))
            at += (size_t)(newline - text) + 1;
    }
    return at;
}

static unsigned long count_lines(const uint8_t *bytes, size_t length)
{
    unsigned long lines = 0;

    for (size_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    return lines;
}

static bool read_header(const struct input *input, char delimiter, struct header *header)
{
    size_t start = header_offset(input);
    const char *text = (const char *)input->head + start;
    struct csv_column columns[INVENTORY_COLUMNS];
    size_t length, used;

    if (csv_row_end(text, input->n_head - start, input->whole, delimiter, &length) != CSV_ROW_OK)
        return false;
    *header = (struct header){
        .length = start + length,
        .lines = count_lines(input->head, start + length),
        .delimiter = delimiter,
        .repeated = COLUMN_COUNT,
    };
    for (int i = 0; i < COLUMN_COUNT; i++)
        header->columns[i] = -1;
    header->n_columns =
        csv_row_split(text, csv_row_trim(text, length), delimiter, columns, INVENTORY_COLUMNS);
    used = header->n_columns < INVENTORY_COLUMNS ? header->n_columns : INVENTORY_COLUMNS;
    for (size_t i = 0; i < used; i++) {
        enum inventory_column column = inventory_column_by_name(columns[i].text, columns[i].length);

        if (column == COLUMN_COUNT)
            continue;
        if (header->columns[column] >= 0) {
            header->repeated = (int)column;
        } else {
            header->columns[column] = (int)i;
            header->n_known++;
        }
    }
    return true;
}

/* The reading of the first line that knows most of its columns. */
static bool find_header(const struct input *input, struct header *header)
{
    static const char delimiters[] = {',', ';', '\t'};
    struct header found;

    header->n_known = 0;
    for (size_t i = 0; i < sizeof(delimiters); i++)
        if (read_header(input, delimiters[i], &found) && found.n_known > header->n_known)
            *header = found;
    return header->n_known > 0;
}

/* Two names of ours in a row of names is no chance. One is not enough: wmic has a "Version". */
static bool probe_csv(const struct input *input)
{
    struct header header;

    if (!find_header(input, &header) || header.n_known < 2)
        return false;
    /* osquery's os_version has version and revision too, of one machine. */
    return header.columns[COLUMN_HOST] >= 0 || !reader_osquery.probe(input);
}

/* Which of our keys the object on this line has, as bits. */
static unsigned keys_of_line(struct json_read *json, const char *text, size_t length)
{
    unsigned keys = 0;
    enum json_token token;

    json_read_open(json, text, length);
    if (json_read_next(json) != JSON_OBJECT)
        return 0;
    while ((token = json_read_next(json)) == JSON_KEY) {
        enum inventory_column column =
            inventory_column_by_name(strbuf_text(&json->value), json->value.length);

        if (column != COLUMN_COUNT)
            keys |= 1u << column;
        json_read_skip(json, token);
    }
    return token == JSON_OBJECT_END && json_read_next(json) == JSON_END ? keys : 0;
}

/* The first line may be a damaged one, so all of the head that is whole lines is asked. */
static bool probe_jsonl(const struct input *input)
{
    const char *at = (const char *)input->head + mark_length(input);
    const char *end = (const char *)input->head + input->n_head;
    struct json_read json = {0};
    bool found = false;

    while (at < end && (is_blank(*at) || *at == '\r' || *at == '\n'))
        at++;
    if (at == end || *at != '{')
        return false;
    while (!found && at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        unsigned keys;

        if (!newline && !input->whole)
            break;
        keys = keys_of_line(&json, at, (size_t)((newline ? newline : end) - at));
        found = (keys >> COLUMN_HOST & 1) && keys != 1u << COLUMN_HOST;
        at = newline ? newline + 1 : end;
    }
    json_read_close(&json);
    return found;
}

static bool is_utf16(const struct input *input)
{
    return input->n_head >= 2 &&
           (!memcmp(input->head, "\xff\xfe", 2) || !memcmp(input->head, "\xfe\xff", 2));
}

/* Looks at the first line only: enough to tell what this is and what to do. */
static bool probe_utf16(const struct input *input)
{
    size_t low = input->head[0] == 0xff ? 0 : 1;
    char text[UTF16_HEADER_BYTES];
    struct input line;
    size_t length = 0;

    for (size_t at = 2; at + 1 < input->n_head && length < sizeof(text); at += 2) {
        text[length] = input->head[at + 1 - low] ? '?' : (char)input->head[at + low];
        if (text[length++] == '\n')
            break;
    }
    input_from_memory(&line, input->name, text, length);
    return probe_csv(&line) || probe_jsonl(&line);
}

bool inventory_probe(const struct input *input)
{
    if (is_utf16(input))
        return probe_utf16(input);
    /* What begins so is no text, and looking for its columns would take long. */
    if (memchr(input->head, '\0', input->n_head < BINARY_BYTES ? input->n_head : BINARY_BYTES))
        return false;
    return probe_csv(input) || probe_jsonl(input);
}

static void discard(struct input *input, size_t length)
{
    char bytes[4096];

    while (length > 0) {
        size_t got = input_read(input, bytes, length < sizeof(bytes) ? length : sizeof(bytes));

        if (got == 0)
            return;
        length -= got;
    }
}

static void find_neighbours(struct inventory *inventory, const struct header *header)
{
    inventory->first_judged = INVENTORY_COLUMNS;
    inventory->last_judged = 0;
    for (int i = COLUMN_VERSION; i < COLUMN_COUNT; i++) {
        size_t at = (size_t)header->columns[i];

        if (header->columns[i] < 0)
            continue;
        if (at < inventory->first_judged)
            inventory->first_judged = at;
        if (at > inventory->last_judged)
            inventory->last_judged = at;
    }
    /* All known columns but the host. */
    inventory->side_by_side =
        inventory->last_judged - inventory->first_judged + 1 == (size_t)header->n_known - 1;
    inventory->rest_judged = inventory->side_by_side && header->columns[COLUMN_HOST] == 0 &&
                             (size_t)header->n_known == header->n_columns;
}

static bool open_csv(struct inventory *inventory, const struct header *header,
                     char message[INVENTORY_MESSAGE_SIZE])
{
    if (header->n_columns > INVENTORY_COLUMNS) {
        snprintf(message, INVENTORY_MESSAGE_SIZE, "the header has more than %d columns",
                 INVENTORY_COLUMNS);
        return false;
    }
    if (header->repeated != COLUMN_COUNT) {
        snprintf(message, INVENTORY_MESSAGE_SIZE, "the header has the column \"%s\" twice",
                 names[header->repeated]);
        return false;
    }
    for (int i = 0; i <= COLUMN_VERSION; i++) {
        if (header->columns[i] < 0) {
            snprintf(message, INVENTORY_MESSAGE_SIZE,
                     "the header has no column \"%s\": an inventory needs host and version, and "
                     "may have service_pack, product and revision",
                     names[i]);
            return false;
        }
    }
    inventory->kind = INVENTORY_CSV;
    inventory->n_columns = header->n_columns;
    memcpy(inventory->columns, header->columns, sizeof(inventory->columns));
    find_neighbours(inventory, header);
    return true;
}

bool inventory_open(struct inventory *inventory, struct input *input, size_t block_size,
                    char message[INVENTORY_MESSAGE_SIZE])
{
    struct header header;

    if (is_utf16(input)) {
        snprintf(message, INVENTORY_MESSAGE_SIZE,
                 "an inventory in UTF-16; save it as UTF-8 (in Excel: CSV UTF-8; in PowerShell: "
                 "-Encoding UTF8)");
        return false;
    }
    if (probe_csv(input)) {
        find_header(input, &header);
        if (!open_csv(inventory, &header, message))
            return false;
        discard(input, header.length);
        rows_open(&inventory->rows, input, header.delimiter, header.lines + 1, block_size);
        return true;
    }
    inventory->kind = INVENTORY_JSONL;
    discard(input, mark_length(input));
    rows_open(&inventory->rows, input, '\n', 1, block_size);
    return true;
}
