/* Machines made small.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machine_row.h"

#include "core/report/parts.h"

#include <string.h>

#define CHUNK_BYTES (256 * 1024)

struct row_texts {
    GStringChunk *own;    /* of one row each */
    GStringChunk *shared; /* where one text serves many rows */
    struct strbuf csv;
};

static const char *const titles[LIST_COLUMNS] = {
    [LIST_STATE] = "State",      [LIST_NAME] = "Name",         [LIST_PRODUCT] = "Product",
    [LIST_BUILD] = "Build",      [LIST_REVISION] = "Revision", [LIST_LEVEL] = "Level",
    [LIST_HEADLINE] = "Verdict",
};

const char *list_column_title(enum list_column column)
{
    return titles[column];
}

struct row_texts *row_texts_new(void)
{
    struct row_texts *texts = g_new0(struct row_texts, 1);

    texts->own = g_string_chunk_new(CHUNK_BYTES);
    texts->shared = g_string_chunk_new(CHUNK_BYTES);
    return texts;
}

void row_texts_free(struct row_texts *texts)
{
    g_string_chunk_free(texts->own);
    g_string_chunk_free(texts->shared);
    strbuf_free(&texts->csv);
    g_free(texts);
}

static const char *number_text(gint32 number, char text[ROW_NUMBER_SIZE])
{
    if (number == VERSION_UNKNOWN)
        return "";
    g_snprintf(text, ROW_NUMBER_SIZE, "%d", number);
    return text;
}

const char *machine_row_text(const struct machine_row *row, enum list_column column,
                             char number[ROW_NUMBER_SIZE])
{
    switch (column) {
    case LIST_STATE:
        return verdict_state_word(row->state);
    case LIST_NAME:
        return row->name;
    case LIST_PRODUCT:
        return row->product ? row->product : "";
    case LIST_BUILD:
        return number_text(row->build, number);
    case LIST_REVISION:
        return number_text(row->revision, number);
    case LIST_LEVEL:
        return row->level ? row->level->name : "";
    case LIST_HEADLINE:
        return row->headline;
    case LIST_COLUMNS:
        break;
    }
    return "";
}

int machine_state_badness(enum verdict_state state)
{
    static const guint8 badness[STATE_COUNT] = {
        [STATE_TRANSITIONED] = 1,     [STATE_NOT_APPLICABLE] = 2, [STATE_UNKNOWN] = 3,
        [STATE_NOT_TRANSITIONED] = 4, [STATE_IMITATION] = 5,      [STATE_INCOMPLETE] = 6,
        [STATE_CONFLICT] = 7,
    };

    return badness[state];
}

/* What the filter looks through beside the name; a line for each column keeps them apart. */
static char *fold_rest(const struct machine_row *row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char number[ROW_NUMBER_SIZE];

    for (int column = 0; column < LIST_COLUMNS; column++) {
        if (column == LIST_NAME)
            continue;
        g_string_append(text, machine_row_text(row, (enum list_column)column, number));
        g_string_append_c(text, '\n');
    }
    return g_utf8_casefold(text->str, (gssize)text->len);
}

static void fill_origin(struct machine_origin *to, struct row_texts *texts,
                        const struct machine_origin *from)
{
    *to = *from;
    to->path = g_string_chunk_insert_const(texts->shared, from->path);
    if (from->problem)
        to->problem = g_string_chunk_insert_const(texts->shared, from->problem);
    if (from->cells) {
        const char *end = from->cells;

        for (int i = 0; i < COLUMN_COUNT; i++)
            end += strlen(end) + 1;
        to->cells = g_string_chunk_insert_len(texts->own, from->cells, end - from->cells);
    }
}

void machine_row_fill(struct machine_row *row, struct row_texts *texts,
                      const struct machine *machine, const struct assessment *assessment,
                      const struct machine_origin *origin)
{
    const struct report_format *csv = report_format_by_name("csv");
    const struct report_options options = {0};
    const char *product = part_product(assessment);
    const char *name = part_name(machine, assessment);
    g_autofree char *key = g_utf8_collate_key_for_filename(name, -1);
    g_autofree char *folded = g_utf8_casefold(name, -1);
    g_autofree char *rest = NULL;

    *row = (struct machine_row){
        .name = g_string_chunk_insert(texts->own, name),
        .name_key = g_string_chunk_insert(texts->own, key),
        .name_folded = g_string_chunk_insert(texts->own, folded),
        .product = product ? g_string_chunk_insert_const(texts->shared, product) : NULL,
        .headline = g_string_chunk_insert_const(texts->shared, assessment->headline),
        .level = assessment->level.release,
        .build = assessment->version.build,
        .revision = assessment->version.revision,
        .state = assessment->state,
    };
    rest = fold_rest(row);
    row->rest_folded = g_string_chunk_insert_const(texts->shared, rest);
    strbuf_clear(&texts->csv);
    csv->machine(machine, assessment, &options, &texts->csv);
    row->csv = g_string_chunk_insert(texts->own, strbuf_text(&texts->csv));
    fill_origin(&row->origin, texts, origin);
}

char *machine_cells_pack(const struct inventory_row *cells)
{
    GString *packed = g_string_new(NULL);

    for (int i = 0; i < COLUMN_COUNT; i++) {
        const struct inventory_cell *cell = &cells->cells[i];

        g_string_append_len(packed, cell->text, (gssize)strnlen(cell->text, cell->length));
        g_string_append_c(packed, '\0');
    }
    return g_string_free(packed, FALSE);
}

void machine_cells_unpack(const struct machine_origin *origin, struct inventory_row *cells)
{
    const char *at = origin->cells;

    *cells = (struct inventory_row){.problem = origin->problem};
    for (int i = 0; i < COLUMN_COUNT; i++) {
        cells->cells[i] = (struct inventory_cell){at, strlen(at)};
        at += cells->cells[i].length + 1;
    }
}
