/* Registry exports (.reg) of any size, as a stream.
 *
 * An export of a whole HKLM\SOFTWARE has 400 MB in UTF-16 and about twenty values that matter:
 * keys are asked for first, and values of others are passed over without looking into them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "reg_lex.h"
#include "registry_facts.h"

#include <string.h>

/* The opening stands in the first lines, in 8-bit text or in UTF-16 of either order. */
#define OPENING_BYTES 256

static bool is_mark(unsigned char byte)
{
    return byte == 0xff || byte == 0xfe || byte == 0xef || byte == 0xbb || byte == 0xbf ||
           byte == '\r' || byte == '\n' || byte == ' ' || byte == '\t' || byte == 0;
}

static bool reg_probe(const struct input *input)
{
    char text[OPENING_BYTES];
    size_t at = 0, length = 0;

    while (at < input->n_head && at < OPENING_BYTES && is_mark(input->head[at]))
        at++;
    /* Without its NULs UTF-16 reads like ASCII, as far as the opening goes. */
    for (; at < input->n_head && length + 1 < sizeof(text); at++)
        if (input->head[at])
            text[length++] = (char)input->head[at];
    text[length] = '\0';
    return reg_dialect_of(text) != REG_NOT_ONE;
}

struct reg_reading {
    struct machine *machine;
    unsigned evidence;
    struct reg_lexer *lexer;
    struct registry_scan *scan;
    bool deletions;
};

static bool is_text(enum registry_type type)
{
    return type == REGISTRY_SZ || type == REGISTRY_EXPAND_SZ || type == REGISTRY_MULTI_SZ;
}

static void take_event(struct reg_reading *reading, enum reg_event event,
                       const struct text_line *line)
{
    struct reg_lexer *lexer = reading->lexer;

    if (lexer->what && event != REG_NOTHING)
        machine_add_problem(reading->machine, reading->evidence, "line %lu: %s", line->number,
                            lexer->what);
    switch (event) {
    case REG_KEY:
        lexer->wanted = registry_key(reading->scan, lexer->key);
        break;
    case REG_VALUE:
        /* Long byte lists (ProductPolicy, licences) are of no use here, long texts may be. */
        if (lexer->cut && is_text(lexer->type))
            machine_add_problem(reading->machine, reading->evidence,
                                "line %lu: value cut after %d bytes", line->number,
                                LIMIT_VALUE_BYTES);
        registry_value(reading->scan, lexer->name, lexer->type, lexer->data, lexer->size);
        break;
    case REG_DELETED_KEY:
    case REG_DELETED_VALUE:
        if (!reading->deletions)
            machine_add_problem(reading->machine, reading->evidence,
                                "line %lu: deletes something: a script to change a registry, not "
                                "an export of one",
                                line->number);
        reading->deletions = true;
        break;
    case REG_NOTHING:
    case REG_BAD:
        break;
    }
}

static bool reg_read(struct input *input, struct machine *machine, unsigned evidence)
{
    struct source source = {GRADE_REGISTRY, WITNESS_NONE, evidence, "the file"};
    struct reg_reading reading = {.machine = machine, .evidence = evidence};
    struct text_lines *lines = text_open(input, LIMIT_REG_BYTES);
    enum reg_dialect dialect = REG_NOT_ONE;
    struct text_line line = {0};
    size_t n_facts = machine->facts.count;
    unsigned statements = 0;

    while (dialect == REG_NOT_ONE && line.number < 8 && text_next_line(lines, &line))
        dialect = reg_dialect_of(line.text);
    if (dialect == REG_NOT_ONE)
        goto out;
    reading.lexer = arena_alloc(machine->arena, sizeof(*reading.lexer));
    reading.scan = registry_begin(machine, evidence, dialect != REG_WINE);
    reg_lex_start(reading.lexer, dialect);
    if (dialect == REG_WINE)
        facts_add_text(&machine->facts, &source, FIELD_IMITATION, "a registry file of Wine");
    while (text_next_line(lines, &line))
        take_event(&reading, reg_lex_line(reading.lexer, &line), &line);
    take_event(&reading, reg_lex_end(reading.lexer), &line);
    statements = registry_end(reading.scan) + (dialect == REG_WINE);
    if (text_problem(lines))
        machine_add_problem(machine, evidence, "%s", text_problem(lines));
    if (statements)
        facts_add_text(&machine->facts, &source, FIELD_ENCODING, text_encoding(lines));
    else
        machine->facts.count = n_facts;
out:
    text_close(lines);
    return statements > 0;
}

const struct reader reader_reg = {
    .id = "reg",
    .title = "registry export (.reg)",
    .probe = reg_probe,
    .read = reg_read,
};
