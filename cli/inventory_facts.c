/* What the cells of an inventory's row state.
 *
 * A cell that is not understood is told, never guessed at: the row then counts as unknown.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inventory.h"

#include "core/arena.h"
#include "core/ascii.h"

#include <stdlib.h>
#include <string.h>

/* How much of a cell that is not understood is repeated to the user. */
#define QUOTED_BYTES 40

/* Trimmed and NUL-terminated, in the arena; "" for the words that exports put where a database
 * has nothing. */
static const char *cell_text(struct machine *machine, const struct inventory_cell *cell)
{
    static const char *const nothing[] = {"-", "n/a", "null", "none"};
    struct inventory_cell trimmed = inventory_trim(cell->text, cell->length);
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
    return arena_printf(machine->arena, "%s \"%.*s\" is not %s", inventory_column_name(column),
                        (int)length, clean, expected);
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
