/* Registry values as people save or paste them: reg query, PowerShell's Get-ItemProperty, a piece
 * of a .reg file, a Markdown table of a hive's values.
 *
 * What the values mean is in registry_facts.c; here they are only found. A value counts under the
 * key that was named before it. Without a key, names that occur only in CurrentVersion are taken
 * for values of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "../ascii.h"
#include "records.h"
#include "reg_lex.h"
#include "registry_facts.h"
#include "shapes.h"

#include <string.h>

#define CURRENT_VERSION "Microsoft\\Windows NT\\CurrentVersion"

/* Values of CurrentVersion, the telling ones first. */
enum property {
    CURRENT_BUILD,
    CURRENT_BUILD_NUMBER,
    BUILD_LAB,
    BUILD_LAB_EX,
    UBR,
    EDITION_BAK,
    N_TELLING,
    VERSION = N_TELLING,
    CSD_VERSION,
    CSD_BUILD_NUMBER,
    PRODUCT_NAME,
    EDITION,
    INSTALLATION_TYPE,
    PRODUCT_ID,
    OWNER,
    ORGANIZATION,
    INSTALL_DATE,
    BUILD_TYPE,
    MAJOR_NUMBER,
    MINOR_NUMBER,
    PS_PATH,
    N_PROPERTIES
};

static const char *const names[N_PROPERTIES] = {
    [CURRENT_BUILD] = "CurrentBuild",
    [CURRENT_BUILD_NUMBER] = "CurrentBuildNumber",
    [BUILD_LAB] = "BuildLab",
    [BUILD_LAB_EX] = "BuildLabEx",
    [UBR] = "UBR",
    [EDITION_BAK] = "EditionID_bak",
    [VERSION] = "CurrentVersion",
    [CSD_VERSION] = "CSDVersion",
    [CSD_BUILD_NUMBER] = "CSDBuildNumber",
    [PRODUCT_NAME] = "ProductName",
    [EDITION] = "EditionID",
    [INSTALLATION_TYPE] = "InstallationType",
    [PRODUCT_ID] = "ProductId",
    [OWNER] = "RegisteredOwner",
    [ORGANIZATION] = "RegisteredOrganization",
    [INSTALL_DATE] = "InstallDate",
    [BUILD_TYPE] = "CurrentType",
    [MAJOR_NUMBER] = "CurrentMajorVersionNumber",
    [MINOR_NUMBER] = "CurrentMinorVersionNumber",
    [PS_PATH] = "PSPath",
};

#define TELLING ((1UL << N_TELLING) - 1)

static bool is_telling(struct span name)
{
    for (int i = 0; i < N_TELLING; i++)
        if (span_is(name, names[i]))
            return true;
    return false;
}

static bool is_header(unsigned long stated, size_t others)
{
    (void)others;
    return (stated & TELLING) != 0;
}

static const struct record_class current_version_class = {names, N_PROPERTIES, is_header};

struct regquery {
    struct registry_scan *registry;
    struct records *records; /* of Get-ItemProperty */
    bool has_key;            /* a key was named */
    bool wanted;             /* and its values matter */
    struct reg_lexer *lexer; /* of a .reg fragment; NULL until there is one */
    bool in_fragment;
    /* regedit's export as text: name, type and data on lines of their own. */
    char item_name[256];
    enum registry_type item_type;
    bool item_open; /* name and type were seen */
};

/* ---- Key names ---- */

static bool is_rooted(struct span text)
{
    static const char *const roots[] = {"HKEY_",  "HKLM\\",           "HKLM:\\",     "HKCU\\",
                                        "HKU\\",  "Computer\\HKEY_",  "Registry::HKEY_"};

    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
        if (span_starts(text, roots[i]))
            return true;
    return false;
}

static bool is_hive_path(struct span text)
{
    static const char *const starts[] = {"SOFTWARE\\", "SYSTEM\\", "Microsoft\\Windows",
                                         "\\Microsoft\\Windows", "\\ControlSet", "ControlSet0"};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (span_starts(text, starts[i]))
            return true;
    return false;
}

/* The key that a line names and nothing else; Markdown may have set it off. */
static struct span key_of(struct span line)
{
    static const char marks[] = "`*:";
    struct span none = {line.text, 0};

    while (line.length && strchr(marks, line.text[0]))
        line = span_from(line, 1);
    while (line.length && strchr(marks, line.text[line.length - 1]))
        line.length--;
    line = span_trim(line);
    if (!is_rooted(line) && !is_hive_path(line))
        return none;
    if (memchr(line.text, '|', line.length) || memchr(line.text, '\t', line.length) ||
        span_has(line, "    "))
        return none;
    return line;
}

static void take_key(struct regquery *query, struct span key)
{
    char path[LIMIT_KEY_PATH + 1];

    query->has_key = true;
    query->wanted = registry_key(query->registry, span_copy(key, path, sizeof(path)));
}

/* ---- Values ---- */

static const struct {
    const char *name;
    enum registry_type type;
} types[] = {
    {"REG_SZ", REGISTRY_SZ},         {"REG_EXPAND_SZ", REGISTRY_EXPAND_SZ},
    {"REG_DWORD", REGISTRY_DWORD},   {"REG_MULTI_SZ", REGISTRY_MULTI_SZ},
    {"REG_QWORD", REGISTRY_QWORD},   {"REG_BINARY", REGISTRY_BINARY},
    {"REG_NONE", REGISTRY_NONE},
};

/* reg query writes "\0" between the strings of a multiple string. */
static size_t split_strings(char *text, size_t length)
{
    size_t to = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\' && i + 1 < length && text[i + 1] == '0') {
            text[to++] = '\0';
            i++;
        } else {
            text[to++] = text[i];
        }
    }
    return to;
}

/* A number as 4 or 8 bytes; 0 when it is none. reg query writes 0x and hexadecimal digits. */
static size_t number_bytes(struct span text, enum registry_type type, char bytes[8])
{
    size_t size = type == REGISTRY_QWORD ? 8 : 4, at = 0;
    bool hex = span_starts(text, "0x");
    uint64_t number = 0;

    text = span_from(text, hex ? 2 : 0);
    for (; at < text.length && at < 16; at++) {
        char c = ascii_lower(text.text[at]);

        if (ascii_is_digit(c))
            number = number * (hex ? 16 : 10) + (uint64_t)(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            number = number * 16 + (uint64_t)(c - 'a' + 10);
        else
            break;
    }
    if (at == 0 || at < text.length || (size == 4 && number > UINT32_MAX))
        return 0;
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(number >> (8 * i) & 0xff);
    return size;
}

static void take_value(struct regquery *query, struct span name, enum registry_type type,
                       struct span data)
{
    char value_name[256], text[LIMIT_VALUE_BYTES], bytes[8];
    size_t size;

    span_copy(name, value_name, sizeof(value_name));
    if (type == REGISTRY_DWORD || type == REGISTRY_QWORD) {
        size = number_bytes(data, type, bytes);
        if (size)
            registry_value(query->registry, value_name, type, bytes, size);
        return;
    }
    span_copy(data, text, sizeof(text));
    size = strlen(text);
    if (type == REGISTRY_MULTI_SZ)
        size = split_strings(text, size);
    registry_value(query->registry, value_name, type, text, size);
}

static bool type_named(struct span text, enum registry_type *type, size_t *length)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        *length = strlen(types[i].name);
        *type = types[i].type;
        if (span_starts(text, types[i].name) &&
            (text.length == *length || text.text[*length] == ' ' || text.text[*length] == '\t'))
            return true;
    }
    return false;
}

/* regedit's export as text, whose labels are in the language of the machine:
 *     Key Name:  HKEY_LOCAL_MACHINE\...
 *       Name:    CurrentBuild
 *       Type:    REG_SZ
 *       Data:    6002 */
static bool item_line(struct regquery *query, struct span text)
{
    struct span label, value;
    enum registry_type type;
    size_t length;
    bool mine = false;

    if (!shape_labelled(text, &label, &value))
        return false;
    if (is_rooted(value)) {
        take_key(query, value);
        mine = query->wanted;
    } else if (type_named(value, &type, &length) && length == value.length) {
        query->item_type = type;
        query->item_open = query->item_name[0] != '\0';
        return query->wanted;
    } else if (query->item_open && query->wanted) {
        take_value(query, span_of(query->item_name), query->item_type, value);
        mine = true;
        value.length = 0;
    }
    query->item_open = false;
    if (query->wanted)
        span_copy(value, query->item_name, sizeof(query->item_name));
    return mine;
}

/* "    CurrentBuild    REG_SZ    6002", with tabs on NT 5. */
static bool value_line(struct regquery *query, struct span text)
{
    size_t at = span_find(text, "REG_");
    struct span name, rest = span_from(text, at);
    enum registry_type type;
    size_t length;

    if (at == 0 || at == text.length || (text.text[at - 1] != ' ' && text.text[at - 1] != '\t'))
        return false;
    name = span_trim((struct span){text.text, at});
    if (name.length == 0 || name.length > 255)
        return false;
    if (!type_named(rest, &type, &length))
        return false;
    if (!query->has_key && is_telling(name))
        registry_key(query->registry, CURRENT_VERSION);
    else if (!query->wanted)
        return query->has_key;
    take_value(query, name, type, span_trim(span_from(rest, length)));
    return true;
}

/* ---- A piece of a .reg file ---- */

static bool fragment_line(struct text_scan *scan, struct regquery *query,
                          const struct text_line *line, struct span text)
{
    const struct text_line bare = {
        .text = text.text, .length = text.length, .number = line->number, .cut = line->cut};

    if (span_starts(text, "[HKEY_") || span_starts(text, "[-HKEY_")) {
        if (!query->lexer) {
            query->lexer = arena_alloc(scan->machine->arena, sizeof(*query->lexer));
            reg_lex_start(query->lexer, REG_VERSION_5);
        }
        query->in_fragment = true;
    }
    if (!query->in_fragment)
        return false;
    switch (reg_lex_line(query->lexer, &bare)) {
    case REG_KEY:
        query->has_key = true;
        query->wanted = registry_key(query->registry, query->lexer->key);
        query->lexer->wanted = query->wanted;
        return true;
    case REG_VALUE:
        registry_value(query->registry, query->lexer->name, query->lexer->type,
                       query->lexer->data, query->lexer->size);
        return true;
    case REG_DELETED_KEY:
    case REG_DELETED_VALUE:
        return true;
    case REG_BAD:
        query->in_fragment = false;
        return false;
    case REG_NOTHING:
        break;
    }
    /* In a paste a string that goes on is a string that was cut: it must not swallow the rest. */
    if (query->lexer->in == REG_IN_STRING)
        query->lexer->in = REG_IN_NOTHING;
    return text.length && (text.text[0] == '"' || text.text[0] == '@');
}

/* ---- A Markdown table ---- */

static struct span plain_cell(struct span cell)
{
    cell = span_trim(cell);
    while (cell.length >= 2 && strchr("`*", cell.text[0]) &&
           cell.text[cell.length - 1] == cell.text[0])
        cell = span_trim((struct span){cell.text + 1, cell.length - 2});
    return cell;
}

/* Cuts at mark; *rest is what follows it, or empty. */
static struct span cut_at(struct span text, const char *mark, struct span *rest)
{
    size_t at = span_find(text, mark);

    *rest = span_from(text, at + strlen(mark));
    return span_trim((struct span){text.text, at});
}

static void take_cells(struct regquery *query, struct span name_cell, struct span data_cell)
{
    size_t names_in = 1, data_in = 1;
    struct span name, data, note;

    for (struct span rest = name_cell; span_has(rest, " / "); names_in++)
        cut_at(rest, " / ", &rest);
    for (struct span rest = data_cell; span_has(rest, " / "); data_in++)
        cut_at(rest, " / ", &rest);
    while (names_in--) {
        name = cut_at(name_cell, " / ", &name_cell);
        name = cut_at(name, " (", &note); /* "InstallDate (unix)" */
        data = data_cell;
        /* "CurrentVersion / CurrentBuild | 6.0 / 6001" */
        if (data_in > 1)
            data = cut_at(data_cell, " / ", &data_cell);
        data = cut_at(data, " = ", &note); /* "1440399163 = 2015-08-24" */
        take_value(query, plain_cell(name), REGISTRY_SZ, plain_cell(data));
    }
}

/* "| CurrentBuild | 6001 |" below a line that names the key. */
static bool markdown_row(struct regquery *query, struct span text)
{
    struct span name, data, rest;

    if (!query->wanted || !span_starts(text, "|"))
        return false;
    name = cut_at(span_from(text, 1), "|", &rest);
    data = cut_at(rest, "|", &rest);
    if (span_trim(rest).length || name.length == 0)
        return false;
    take_cells(query, plain_cell(name), plain_cell(data));
    return true;
}

/* ---- The recogniser ---- */

/* A record of Get-ItemProperty. PSPath tells the key; without it the names do. */
static bool taken(void *data, const struct record *record)
{
    struct regquery *query = data;
    const char *path = record->values[PS_PATH];

    unsigned long others = record->names & (record->names - 1);

    /* name=value is also how configuration is written: one name is not enough there. */
    if (!(record->names & TELLING) || (record->equals && !others))
        return false;
    query->has_key = true;
    query->wanted = registry_key(query->registry, path && *path ? path : CURRENT_VERSION);
    if (!query->wanted)
        return false;
    for (int i = 0; i < PS_PATH; i++)
        if (record->values[i])
            registry_value(query->registry, names[i], REGISTRY_SZ, record->values[i],
                           strlen(record->values[i]));
    query->has_key = query->wanted = false;
    return true;
}

static void *begin(struct text_scan *scan)
{
    struct regquery *query = arena_alloc(scan->machine->arena, sizeof(*query));

    query->registry = registry_begin(scan->machine, scan->evidence, false);
    query->records =
        records_new(scan->machine->arena, &current_version_class, taken, query);
    return query;
}

static bool line_shown(struct text_scan *scan, void *state, const struct text_line *line)
{
    struct regquery *query = state;
    const char *content = recogniser_uncomment(line->text);
    struct span text = span_trim(span_of(content)), key;

    if (records_line(query->records, line, content) != RECORD_NO_FORM)
        return (records_names(query->records) & TELLING) != 0;
    if (text.length == 0)
        return false;
    if (fragment_line(scan, query, line, text))
        return true;
    if (item_line(query, text) || value_line(query, text) || markdown_row(query, text))
        return true;
    key = key_of(text);
    if (key.length == 0)
        return false;
    take_key(query, key);
    return query->wanted;
}

static void end(struct text_scan *scan, void *state)
{
    struct regquery *query = state;

    records_end(query->records);
    scan->statements += registry_end(query->registry);
}

const struct recogniser recogniser_regquery = {
    .id = "regquery",
    .begin = begin,
    .line = line_shown,
    .end = end,
};
