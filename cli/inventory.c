/* Inventories: a list of machines, one a row.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inventory.h"

#include "core/arena.h"
#include "core/ascii.h"
#include "core/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A UTF-8 byte order mark, as Excel and PowerShell write it. */
#define MARK       "\xef\xbb\xbf"
#define MARK_BYTES 3

/* How much of a cell that is not understood is repeated to the user. */
#define QUOTED_BYTES 40

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

static struct inventory_cell trim(const char *text, size_t length)
{
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    while (length > 0 && is_blank(*text)) {
        text++;
        length--;
    }
    return (struct inventory_cell){text, length};
}

/* COLUMN_COUNT for a name that is none of ours. */
static enum inventory_column column_by_name(const char *text, size_t length)
{
    struct inventory_cell name = trim(text, length);

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
    size_t length; /* bytes up to the first row, byte order mark included */
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

static bool read_header(const struct input *input, char delimiter, struct header *header)
{
    size_t mark = mark_length(input);
    const char *text = (const char *)input->head + mark;
    struct csv_column columns[INVENTORY_COLUMNS];
    size_t length, used;

    if (csv_row_end(text, input->n_head - mark, input->whole, delimiter, &length) != CSV_ROW_OK)
        return false;
    *header =
        (struct header){.length = mark + length, .delimiter = delimiter, .repeated = COLUMN_COUNT};
    for (int i = 0; i < COLUMN_COUNT; i++)
        header->columns[i] = -1;
    header->n_columns =
        csv_row_split(text, csv_row_trim(text, length), delimiter, columns, INVENTORY_COLUMNS);
    used = header->n_columns < INVENTORY_COLUMNS ? header->n_columns : INVENTORY_COLUMNS;
    for (size_t i = 0; i < used; i++) {
        enum inventory_column column = column_by_name(columns[i].text, columns[i].length);

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

    return find_header(input, &header) && header.n_known >= 2;
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
            column_by_name(strbuf_text(&json->value), json->value.length);

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

bool inventory_probe(const struct input *input)
{
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

    if (probe_csv(input)) {
        find_header(input, &header);
        if (!open_csv(inventory, &header, message))
            return false;
        discard(input, header.length);
        rows_open(&inventory->rows, input, header.delimiter, 2, block_size);
        return true;
    }
    inventory->kind = INVENTORY_JSONL;
    discard(input, mark_length(input));
    rows_open(&inventory->rows, input, '\n', 1, block_size);
    return true;
}

void inventory_work_free(struct inventory_work *work)
{
    free(work->columns);
    strbuf_free(&work->unquoted);
    strbuf_free(&work->reason);
    strbuf_free(&work->judged);
    json_read_close(&work->json);
    *work = (struct inventory_work){0};
}

/* Columns of a row that holds a doubled quote: rare, so all cells are copied. */
static void unquote(struct inventory_work *work, struct inventory_row *cells,
                    const struct csv_column *const found[COLUMN_COUNT])
{
    size_t offsets[COLUMN_COUNT] = {0};

    strbuf_clear(&work->unquoted);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (!found[i])
            continue;
        offsets[i] = work->unquoted.length;
        cells->cells[i].length =
            csv_column_copy(found[i], strbuf_reserve(&work->unquoted, found[i]->length + 1));
        work->unquoted.length += cells->cells[i].length;
    }
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (found[i])
            cells->cells[i].text = work->unquoted.text + offsets[i];
}

static void split_csv(const struct inventory *inventory, const struct row *row,
                      struct inventory_work *work, struct inventory_row *cells)
{
    const struct csv_column *found[COLUMN_COUNT] = {0};
    bool doubled = false;
    size_t n_columns;

    if (!work->columns)
        work->columns = memory_alloc(INVENTORY_COLUMNS * sizeof(*work->columns));
    n_columns = csv_row_split(row->text, row->length, inventory->rows.delimiter, work->columns,
                              INVENTORY_COLUMNS);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        int at = inventory->columns[i];

        if (at < 0 || (size_t)at >= n_columns)
            continue;
        found[i] = &work->columns[at];
        cells->cells[i] = (struct inventory_cell){found[i]->text, found[i]->length};
        doubled |= found[i]->doubled;
    }
    if (doubled)
        unquote(work, cells, found);
    if (row->status == ROW_BAD_QUOTING) {
        /* The host's column may have run on to the end of the line. */
        const char *stop = memchr(cells->cells[COLUMN_HOST].text, inventory->rows.delimiter,
                                  cells->cells[COLUMN_HOST].length);

        if (stop)
            cells->cells[COLUMN_HOST].length = (size_t)(stop - cells->cells[COLUMN_HOST].text);
    }
    if (n_columns == inventory->n_columns || cells->problem)
        return;
    /* Empty columns at the end are what spreadsheets leave behind. */
    for (size_t i = inventory->n_columns; i < n_columns && i < INVENTORY_COLUMNS; i++)
        if (work->columns[i].length > 0)
            n_columns = INVENTORY_COLUMNS + 1;
    if (n_columns > inventory->n_columns && n_columns <= INVENTORY_COLUMNS)
        return;
    strbuf_clear(&work->reason);
    if (n_columns < inventory->n_columns)
        strbuf_addf(&work->reason, "it has %u of the header's %u columns", (unsigned)n_columns,
                    (unsigned)inventory->n_columns);
    else
        strbuf_addf(&work->reason, "it has more than the header's %u columns",
                    (unsigned)inventory->n_columns);
    cells->problem = strbuf_text(&work->reason);
}

static void split_jsonl(const struct row *row, struct inventory_work *work,
                        struct inventory_row *cells)
{
    struct json_read *json = &work->json;
    size_t offsets[COLUMN_COUNT] = {0};
    bool seen[COLUMN_COUNT] = {false};
    enum json_token token;
    const char *problem = NULL;

    strbuf_clear(&work->unquoted);
    json_read_open(json, row->text, row->length);
    if (json_read_next(json) != JSON_OBJECT) {
        cells->problem = json->error ? "it is not JSON" : "it is not a JSON object";
        return;
    }
    while ((token = json_read_next(json)) == JSON_KEY) {
        enum inventory_column column =
            column_by_name(strbuf_text(&json->value), json->value.length);

        if (column == COLUMN_COUNT) {
            json_read_skip(json, token);
            continue;
        }
        if (seen[column])
            problem = "a key stands twice";
        seen[column] = true;
        token = json_read_next(json);
        if (token == JSON_STRING || token == JSON_NUMBER) {
            offsets[column] = work->unquoted.length;
            cells->cells[column].length = json->value.length;
            strbuf_add(&work->unquoted, strbuf_text(&json->value), json->value.length);
        } else if (token != JSON_NULL) {
            problem = "a value is neither text nor a number";
            json_read_skip(json, token);
        }
    }
    if (token != JSON_OBJECT_END || json_read_next(json) != JSON_END)
        problem = json->error;
    else if (!seen[COLUMN_HOST] || !seen[COLUMN_VERSION])
        problem = seen[COLUMN_HOST] ? "it has no key \"version\"" : "it has no key \"host\"";
    for (int i = 0; i < COLUMN_COUNT; i++)
        cells->cells[i].text = strbuf_text(&work->unquoted) + offsets[i];
    if (json->error) {
        strbuf_clear(&work->reason);
        strbuf_addf(&work->reason, "byte %lu: %s", (unsigned long)json->at + 1, json->error);
        problem = strbuf_text(&work->reason);
    }
    cells->problem = problem;
}

/* What the cells say of themselves, whatever the kind of inventory. */
static const char *cell_problem(const struct inventory_cell cells[COLUMN_COUNT])
{
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (cells[i].length > INVENTORY_CELL_BYTES)
            return "a column holds more text than any name or version has";
        if (memchr(cells[i].text, '\0', cells[i].length))
            return "a column holds a NUL byte";
    }
    return NULL;
}

void inventory_split(const struct inventory *inventory, const struct row *row,
                     struct inventory_work *work, struct inventory_row *cells)
{
    *cells = (struct inventory_row){0};
    for (int i = 0; i < COLUMN_COUNT; i++)
        cells->cells[i].text = "";
    if (row->status == ROW_BAD_QUOTING)
        cells->problem = "bad quoting: a quoted column does not end where a column can end";
    else if (row->status == ROW_TOO_LONG)
        cells->problem = "the row is longer than any inventory has";
    if (inventory->kind == INVENTORY_CSV)
        split_csv(inventory, row, work, cells);
    else if (!cells->problem)
        split_jsonl(row, work, cells);
    if (!cells->problem)
        cells->problem = cell_problem(cells->cells);
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (cells->cells[i].length > INVENTORY_CELL_BYTES)
            cells->cells[i].length = INVENTORY_CELL_BYTES;
}

/* A mark that no row can begin with, then each cell behind its length. */
struct inventory_cell inventory_judged(const struct inventory_row *cells,
                                       struct inventory_work *work)
{
    strbuf_clear(&work->judged);
    strbuf_addc(&work->judged, '\n');
    for (int i = COLUMN_VERSION; i < COLUMN_COUNT; i++) {
        size_t length = cells->cells[i].length;

        strbuf_addc(&work->judged, (char)(length >> 8));
        strbuf_addc(&work->judged, (char)(length & 0xff));
        strbuf_add(&work->judged, cells->cells[i].text, length);
    }
    return (struct inventory_cell){work->judged.text, work->judged.length};
}

bool inventory_judged_in_place(const struct inventory *inventory, const struct row *row,
                               struct inventory_cell *host, struct inventory_cell *judged)
{
    const size_t host_column = (size_t)inventory->columns[COLUMN_HOST];
    const char *at = row->text;
    const char *end = row->text + row->length;
    size_t column = 0;

    if (inventory->rest_judged) {
        const char *stop = memchr(at, inventory->rows.delimiter, row->length);

        if (!stop)
            return false;
        *host = (struct inventory_cell){at, (size_t)(stop - at)};
        *judged = (struct inventory_cell){stop + 1, (size_t)(end - stop) - 1};
        return true;
    }
    if (!inventory->side_by_side)
        return false;
    for (;; column++) {
        const char *stop = memchr(at, inventory->rows.delimiter, (size_t)(end - at));

        if (!stop)
            stop = end;
        if (column == host_column)
            *host = (struct inventory_cell){at, (size_t)(stop - at)};
        if (column == inventory->first_judged)
            judged->text = at;
        if (column == inventory->last_judged)
            judged->length = (size_t)(stop - judged->text);
        if (stop == end)
            break;
        at = stop + 1;
    }
    return column + 1 == inventory->n_columns;
}

/* Trimmed and NUL-terminated, in the arena; "" for the words that exports put where a database
 * has nothing. */
static const char *cell_text(struct machine *machine, const struct inventory_cell *cell)
{
    static const char *const nothing[] = {"-", "n/a", "null", "none"};
    struct inventory_cell trimmed = trim(cell->text, cell->length);
    const char *text = arena_strndup(machine->arena, trimmed.text, trimmed.length);

    for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
        if (ascii_equal(text, nothing[i]))
            return "";
    return text;
}

/* "6.0.6003", "6.0.6003.20489", and "6.0 (6003)" as Active Directory writes it. */
static bool read_version(const char *text, struct version *version)
{
    size_t length = version_parse(text, version);
    long build;
    char *end;

    if (length == 0)
        return false;
    text += length;
    if (version->build == VERSION_UNKNOWN && text[0] == ' ' && text[1] == '(' &&
        ascii_is_digit(text[2])) {
        build = strtol(text + 2, &end, 10);
        if (*end != ')' || build > 99999)
            return false;
        version->build = (int32_t)build;
        text = end + 1;
    }
    return *text == '\0';
}

/* "2", "2.0", "SP2", "Service Pack 2", and with the words of any other language before or behind:
 * -1 unless there is exactly one digit and no other number in it. */
static int read_service_pack(const char *text)
{
    int service_pack = -1;

    for (const char *at = text; *at; at++) {
        if (!ascii_is_digit(*at) || (service_pack >= 0 && !strcmp(at - 1, ".0")))
            continue;
        if (service_pack >= 0)
            return -1;
        service_pack = *at - '0';
    }
    return service_pack;
}

/* -1 for what is none. */
static long read_revision(const char *text)
{
    long revision = 0;

    if (!*text || strlen(text) > 9)
        return -1;
    for (; *text; text++) {
        if (!ascii_is_digit(*text))
            return -1;
        revision = revision * 10 + (*text - '0');
    }
    return revision;
}

static const char *not_understood(struct machine *machine, enum inventory_column column,
                                  const char *text, const char *expected)
{
    const char *clean = text_clean(machine->arena, text);
    size_t length = strlen(clean);

    if (length > QUOTED_BYTES) {
        length = QUOTED_BYTES;
        while (length > 0 && ((unsigned char)clean[length] & 0xc0) == 0x80)
            length--;
    }
    return arena_printf(machine->arena, "%s \"%.*s\" is not %s", names[column], (int)length, clean,
                        expected);
}

const char *inventory_facts(struct machine *machine, unsigned evidence, const char *where,
                            const struct inventory_row *cells)
{
    const struct source source = {GRADE_TOOL, WITNESS_INVENTORY, evidence, where};
    struct facts *facts = &machine->facts;
    const char *text[COLUMN_COUNT];
    const char *problem = NULL;
    struct version version;
    int service_pack;
    long revision;

    for (int i = 0; i < COLUMN_COUNT; i++)
        text[i] = cell_text(machine, &cells->cells[i]);
    facts_add_text(facts, &source, FIELD_COMPUTER_NAME, text[COLUMN_HOST]);
    /* Which cell is which is not sure in a row that is damaged. */
    if (cells->problem)
        return arena_strdup(machine->arena, cells->problem);
    if (*text[COLUMN_PRODUCT])
        facts_add_text(facts, &source, FIELD_PRODUCT_NAME, text[COLUMN_PRODUCT]);
    if (!*text[COLUMN_VERSION])
        facts_add_missing(facts, &source, FIELD_BUILD, FACT_ABSENT, NULL);
    else if (read_version(text[COLUMN_VERSION], &version))
        facts_add_version(facts, &source, &version);
    else
        problem = not_understood(machine, COLUMN_VERSION, text[COLUMN_VERSION],
                                 "a version like 6.0.6003");
    if (*text[COLUMN_SERVICE_PACK]) {
        service_pack = read_service_pack(text[COLUMN_SERVICE_PACK]);
        if (service_pack >= 0)
            facts_add_number(facts, &source, FIELD_SERVICE_PACK, service_pack);
        else if (!problem)
            problem = not_understood(machine, COLUMN_SERVICE_PACK, text[COLUMN_SERVICE_PACK],
                                     "a service pack like 2");
    }
    if (*text[COLUMN_REVISION]) {
        revision = read_revision(text[COLUMN_REVISION]);
        if (revision >= 0)
            facts_add_number(facts, &source, FIELD_REVISION, revision);
        else if (!problem)
            problem = not_understood(machine, COLUMN_REVISION, text[COLUMN_REVISION],
                                     "a revision number like 20489");
    }
    return problem;
}
