/* Which key a path names, and what its values are as numbers and texts.
 *
 * A whole SOFTWARE export has hundreds of thousands of keys and a few dozen matter, so that the
 * common answer, "not this one", has to be cheap.
 *
 * SPDX-License-Identifier: MIT
 */
#include "registry_scan.h"

#include "../ascii.h"
#include "../utf.h"

#include <stdio.h>
#include <string.h>

#define CBS "microsoft\\windows\\currentversion\\component based servicing\\"

static void wine_met(struct registry_scan *scan)
{
    if (scan->wine_said)
        return;
    scan->wine_said = true;
    registry_say(scan, WITNESS_REGISTRY, FIELD_IMITATION, NULL, "a Software\\Wine key");
}

/* Rows at the top that state what this program is about. */
#define N_VITAL 2

/* Relative to a hive. Beside a "*" at the end of a pattern there is no name of another. */
static const struct key_kind hive_kinds[] = {
    {"microsoft\\windows nt\\currentversion", NULL, current_version_value},
    {CBS "packages\\*", package_met, package_value, package_value_names},
    {CBS "rebootpending", pending_met, NULL},
    {CBS "rebootinprogress", pending_met, NULL},
    {CBS "packagespending", NULL, sessions_value, sessions_value_names},
    {CBS "packagespending\\*", packages_pending_met, NULL},
    {CBS "sessionspending", NULL, sessions_value, sessions_value_names},
    {CBS "sessionspending\\*", session_met, session_value, session_value_names},
    {CBS "version", NULL, stack_value},
    {CBS "version\\*", stack_met, NULL},
    {"microsoft\\windows\\currentversion\\windowsupdate\\auto update\\rebootrequired", pending_met,
     NULL},
    {"microsoft\\windows\\currentversion\\servicing\\codesigning\\sha2", NULL, sha2_value},
    {"microsoft\\windows nt\\currentversion\\hotfix\\*", hotfix_met, NULL},
    {"microsoft\\updates", NULL, updates_value, updates_value_names},
    {"microsoft\\updates\\*\\*", hotfix_met, NULL},
    {"microsoft\\updates\\*\\*\\*", hotfix_met, NULL},
    {"microsoft\\windows nt\\currentversion\\softwareprotectionplatform\\**", esu_met, esu_value},
    {"microsoft\\windows nt\\currentversion\\sl\\**", esu_met, esu_value},
    {"software\\wine\\**", wine_met, NULL},
    {"software\\wow6432node\\wine\\**", wine_met, NULL},
    {"system\\select", NULL, select_value},
    {"select", NULL, select_value},
    {"setup\\*", NULL, source_os_value},
};

/* Past the next name and its backslash; NULL when that name is the last. */
static const char *next_name(const char *path)
{
    const char *end = strchr(path, '\\');

    return end ? end + 1 : NULL;
}

/* Where the last "*" stood goes to *star. */
static bool pattern_matches(const char *pattern, const char *path, const char **star)
{
    for (;;) {
        if (pattern[0] == '*' && pattern[1] == '*')
            return true;
        if (pattern[0] == '*') {
            *star = path;
            if (!*path || *path == '\\')
                return false;
            while (*path && *path != '\\')
                path++;
            pattern++;
        }
        while (*pattern && *pattern != '\\' && *pattern == ascii_lower(*path)) {
            pattern++;
            path++;
        }
        if (!*pattern)
            return !*path;
        if (*pattern != '\\')
            return false;
        if (!*path)
            return pattern[1] == '*' && pattern[2] == '*';
        if (*path != '\\')
            return false;
        pattern++;
        path++;
    }
}

enum registry_root {
    ROOT_MACHINE, /* or none: relative to something in it */
    ROOT_USERS,
    ROOT_USER,
    ROOT_OTHER, /* classes, current configuration: views of other keys */
};

static const struct {
    const char *name;
    enum registry_root root;
} roots[] = {
    {"HKEY_LOCAL_MACHINE", ROOT_MACHINE},  {"HKLM:", ROOT_MACHINE},
    {"HKLM", ROOT_MACHINE},                {"\\Registry\\Machine", ROOT_MACHINE},
    {"HKEY_CURRENT_USER", ROOT_USER},      {"HKCU:", ROOT_USER},
    {"HKCU", ROOT_USER},                   {"HKEY_USERS", ROOT_USERS},
    {"HKU", ROOT_USERS},                   {"\\Registry\\User", ROOT_USERS},
    {"HKEY_CLASSES_ROOT", ROOT_OTHER},     {"HKCR", ROOT_OTHER},
    {"HKEY_CURRENT_CONFIG", ROOT_OTHER},   {"HKCC", ROOT_OTHER},
};

static const char *strip_root(const char *path, enum registry_root *root)
{
    const char *provider = ascii_after(path, "Microsoft.PowerShell.Core\\Registry::");
    const char *rest;

    if (!provider)
        provider = ascii_after(path, "Registry::");
    if (!provider)
        provider = ascii_after(path, "Computer\\");
    if (provider)
        path = provider;
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        rest = ascii_after(path, roots[i].name);
        if (rest && (*rest == '\\' || !*rest)) {
            *root = roots[i].root;
            return *rest ? rest + 1 : rest;
        }
    }
    *root = ROOT_MACHINE;
    return *path == '\\' ? path + 1 : path;
}

/* 0 for CurrentControlSet, the number of ControlSet00N, else -1; what follows goes to *rest. */
static int control_set_number(const char *path, const char **rest)
{
    const char *after = ascii_after(path, "currentcontrolset\\");
    int number = 0;

    if (after) {
        *rest = after;
        return 0;
    }
    after = ascii_after(path, "controlset");
    if (!after)
        return -1;
    for (int i = 0; i < 3; i++) {
        if (!ascii_is_digit(after[i]))
            return -1;
        number = number * 10 + (after[i] - '0');
    }
    if (after[3] != '\\' || number == 0)
        return -1;
    *rest = after + 4;
    return number;
}

static const struct key_kind *find_kind(const struct key_kind *kinds, size_t count,
                                        const char *path, const char **star)
{
    for (size_t i = 0; i < count; i++)
        if (pattern_matches(kinds[i].pattern, path, star))
            return &kinds[i];
    return NULL;
}

/* The kind of a path without its root. name is tried as relative to a hive. */
static const struct key_kind *kind_at(struct registry_scan *scan, const char *name)
{
    const char *rest = NULL;

    scan->control_set = control_set_number(name, &rest);
    if (scan->control_set >= 0)
        return find_kind(control_set_kinds, n_control_set_kinds, rest, &scan->star);
    rest = ascii_after(name, "wow6432node\\");
    scan->wow64 = rest != NULL;
    /* Only the version is worth telling from the 32-bit view: the rest is not mirrored there. */
    if (rest)
        return find_kind(hive_kinds, 1, rest, &scan->star);
    return find_kind(hive_kinds, sizeof(hive_kinds) / sizeof(hive_kinds[0]), name, &scan->star);
}

static const struct key_kind *kind_of(struct registry_scan *scan)
{
    enum registry_root root;
    const char *path = strip_root(scan->path, &root);
    const struct key_kind *kind;
    const char *below;

    scan->wow64 = false;
    scan->control_set = -1;
    scan->star = NULL;
    if (root == ROOT_OTHER)
        return NULL;
    /* A user's own Windows NT\CurrentVersion says nothing about the machine. */
    if (root == ROOT_USER)
        return ascii_after(path, "software\\wine") ? kind_at(scan, path) : NULL;
    kind = kind_at(scan, path);
    if (kind)
        return kind;
    /* The first name may be that of the hive, or the one that it was mounted as. */
    below = next_name(path);
    return below ? kind_at(scan, below) : NULL;
}

/* What of the pattern is behind path, which ends with a backslash or is empty; NULL when it is
 * not about keys below it. */
static const char *pattern_below(const char *pattern, const char *path)
{
    while (*path && !(pattern[0] == '*' && pattern[1] == '*')) {
        if (*pattern == '*') {
            pattern++;
            path += strcspn(path, "\\");
        }
        while (*pattern && *pattern != '\\' && *pattern == ascii_lower(*path)) {
            pattern++;
            path++;
        }
        if (*pattern != '\\' || *path != '\\')
            return NULL;
        pattern++;
        path++;
    }
    return pattern;
}

/* length 0 stands for any name. */
static void add_name(struct registry_names *names, const char *name, size_t length, bool deeper,
                     bool vital)
{
    char copy[REGISTRY_NAME_SIZE];
    size_t i = 0;

    names->deeper = names->deeper || deeper;
    if (length == 0) {
        names->any = true;
        return;
    }
    snprintf(copy, sizeof(copy), "%.*s", (int)length, name);
    while (i < names->count && strcmp(names->items[i].name, copy) != 0)
        i++;
    if (i == REGISTRY_NAMES_MAX)
        return;
    if (i == names->count)
        strcpy(names->items[names->count++].name, copy);
    names->items[i].deeper = names->items[i].deeper || deeper;
    names->items[i].vital = names->items[i].vital || vital;
}

static void look_below(const struct key_kind *kinds, size_t count, size_t n_vital, const char *path,
                       struct registry_names *names)
{
    for (size_t i = 0; i < count; i++) {
        const char *below = pattern_below(kinds[i].pattern, path);
        size_t length;

        if (!below)
            continue;
        length = strcspn(below, "\\");
        if (below[0] == '*' && below[1] == '*') {
            /* Where only being there matters, the key on top is enough. */
            if (kinds[i].value)
                add_name(names, NULL, 0, true, false);
        } else if (below[0] == '*') {
            add_name(names, NULL, 0, below[length] != '\0', false);
        } else {
            add_name(names, below, length, below[length] != '\0', i < n_vital);
        }
    }
}

void registry_look_below(const char *path, struct registry_names *names)
{
    char key[LIMIT_KEY_PATH + 1];
    const char *rest;

    *names = (struct registry_names){.count = 0};
    snprintf(key, sizeof(key), *path ? "%s\\" : "%s", path);
    if (control_set_number(key, &rest) >= 0) {
        look_below(control_set_kinds, n_control_set_kinds, n_control_set_kinds, rest, names);
        return;
    }
    if (!*path)
        add_name(names, "wow6432node", strlen("wow6432node"), true, false);
    rest = ascii_after(key, "wow6432node\\");
    if (rest)
        look_below(hive_kinds, 1, 0, rest, names);
    else
        look_below(hive_kinds, sizeof(hive_kinds) / sizeof(hive_kinds[0]), N_VITAL, key, names);
}

struct registry_scan *registry_begin(struct machine *machine, unsigned evidence, bool whole_keys)
{
    struct registry_scan *scan = arena_alloc(machine->arena, sizeof(*scan));

    scan->machine = machine;
    scan->evidence = evidence;
    scan->whole_keys = whole_keys;
    scan->control_set = -1;
    scan->selected_set = -1;
    scan->current.major_number = -1;
    scan->current.minor_number = -1;
    return scan;
}

/* Past this nothing is read any more: a flood of values must not cost memory either. */
static bool is_spent(struct registry_scan *scan)
{
    if (scan->n_read++ < LIMIT_REGISTRY_VALUES)
        return false;
    if (scan->n_read == LIMIT_REGISTRY_VALUES + 1)
        machine_add_problem(scan->machine, scan->evidence,
                            "more than %d values in keys that matter: the rest was not read",
                            LIMIT_REGISTRY_VALUES);
    return true;
}

static bool is_printable(const char *text)
{
    return !text[ascii_printable(text)];
}

/* Paths of keys that matter are shown: they go without controls, and are known by what is left. */
static bool clean_path(struct registry_scan *scan)
{
    scan->kind = NULL;
    if (is_spent(scan))
        return false;
    snprintf(scan->path, sizeof(scan->path), "%s",
             text_clean(scan->machine->arena, scan->path));
    scan->kind = kind_of(scan);
    return scan->kind != NULL;
}

/* Thousands of packages lie beside each other: what is known of one's place is known of all. */
static bool is_sibling(const struct registry_scan *scan, const char *key_path, size_t length)
{
    const char *name = key_path + scan->sibling_length;

    return scan->sibling_kind && length > scan->sibling_length && length < sizeof(scan->path) &&
           memcmp(key_path, scan->path, scan->sibling_length) == 0 && !strchr(name, '\\') &&
           is_printable(name);
}

static void keep_for_siblings(struct registry_scan *scan)
{
    const char *pattern = scan->kind->pattern;
    size_t length = strlen(pattern);

    if (scan->wow64 || scan->control_set >= 0 || !scan->star || strchr(scan->star, '\\') ||
        length < 2 || strcmp(pattern + length - 2, "\\*") != 0)
        return;
    scan->sibling_kind = scan->kind;
    scan->sibling_length = (size_t)(scan->star - scan->path);
}

bool registry_key(struct registry_scan *scan, const char *key_path)
{
    size_t length = strlen(key_path);

    while (length && (key_path[length - 1] == '\\' || key_path[length - 1] == ' '))
        length--;
    package_close(scan);
    if (is_sibling(scan, key_path, length)) {
        memcpy(scan->path + scan->sibling_length, key_path + scan->sibling_length,
               length - scan->sibling_length);
        scan->path[length] = '\0';
        scan->kind = scan->sibling_kind;
        scan->star = scan->path + scan->sibling_length;
        if (scan->kind->met)
            scan->kind->met(scan);
        return scan->kind && scan->kind->value;
    }
    scan->kind = NULL;
    scan->sibling_kind = NULL;
    if (length >= sizeof(scan->path)) {
        scan->path[0] = '\0';
        return false;
    }
    memcpy(scan->path, key_path, length);
    scan->path[length] = '\0';
    scan->kind = kind_of(scan);
    if (!scan->kind)
        return false;
    if (!is_printable(scan->path) && !clean_path(scan))
        return false;
    keep_for_siblings(scan);
    if (scan->kind->met && !scan->wow64)
        scan->kind->met(scan);
    return scan->kind && scan->kind->value;
}

const char *const *registry_value_names(const struct registry_scan *scan)
{
    return scan->kind ? scan->kind->names : NULL;
}

bool registry_wants_more(const struct registry_scan *scan)
{
    return !scan->kind || scan->kind->value != package_value || package_wants_more(scan);
}

void registry_value(struct registry_scan *scan, const char *value_name, enum registry_type type,
                    const void *data, size_t size)
{
    struct registry_data value = {value_name, type, size ? data : "", size};

    if (!scan->kind || !scan->kind->value)
        return;
    if (scan->machine->facts.count >= LIMIT_FACTS) {
        scan->machine->facts.dropped++;
        return;
    }
    /* Packages have many values, and keep none of them. */
    if (scan->kind->value != package_value && is_spent(scan))
        return;
    if (scan->control_set >= 0)
        control_set_keep(scan, &value);
    else
        scan->kind->value(scan, &value);
}

void registry_fact(struct registry_scan *scan, const char *key_path, const char *value_name,
                   enum registry_type type, const void *data, size_t size)
{
    if (ascii_equal(scan->path, key_path) || registry_key(scan, key_path))
        registry_value(scan, value_name, type, data, size);
}

unsigned registry_end(struct registry_scan *scan)
{
    package_close(scan);
    control_sets_end(scan);
    current_version_end(scan);
    packages_end(scan);
    if (scan->wow64_at && !scan->native_version)
        machine_add_problem(scan->machine, scan->evidence,
                            "only the 32-bit view of the registry (WOW6432Node) is shown; export "
                            "the same key with the 64-bit regedit or reg /reg:64");
    return scan->statements;
}

/* ---- Values ---- */

static bool text_number(const char *text, int64_t *number)
{
    int64_t result = 0;
    int base = 10;
    int digits = 0;

    if (text[0] == '0' && ascii_lower(text[1]) == 'x') {
        base = 16;
        text += 2;
    }
    for (; *text; text++, digits++) {
        char c = ascii_lower(*text);
        int digit;

        if (ascii_is_digit(c))
            digit = c - '0';
        else if (base == 16 && c >= 'a' && c <= 'f')
            digit = c - 'a' + 10;
        else
            return false;
        if (digits == 15)
            return false;
        result = result * base + digit;
    }
    *number = result;
    return digits > 0;
}

bool registry_data_number(const struct registry_data *value, int64_t *number)
{
    uint64_t result = 0;
    char text[32];
    size_t begin = 0, end = 0;

    if (registry_type_is_text(value->type)) {
        while (end < value->size && value->bytes[end])
            end++;
        while (begin < end && value->bytes[begin] == ' ')
            begin++;
        while (end > begin && value->bytes[end - 1] == ' ')
            end--;
        if (end - begin >= sizeof(text))
            return false;
        memcpy(text, value->bytes + begin, end - begin);
        text[end - begin] = '\0';
        return text_number(text, number);
    }
    if (value->type == REGISTRY_DWORD && value->size == 4) {
        for (int i = 3; i >= 0; i--)
            result = result << 8 | value->bytes[i];
    } else if (value->type == REGISTRY_DWORD_BIG_ENDIAN && value->size == 4) {
        for (int i = 0; i < 4; i++)
            result = result << 8 | value->bytes[i];
    } else if (value->type == REGISTRY_QWORD && value->size == 8) {
        for (int i = 7; i >= 0; i--)
            result = result << 8 | value->bytes[i];
        if (result > INT64_MAX)
            return false;
    } else {
        return false;
    }
    *number = (int64_t)result;
    return true;
}

const char *registry_data_text(struct registry_scan *scan, const struct registry_data *value)
{
    size_t length = 0;
    char *copy;

    if (!registry_type_is_text(value->type))
        return "";
    while (length < value->size && value->bytes[length])
        length++;
    copy = arena_strndup(scan->machine->arena, (const char *)value->bytes, length);
    while (length && copy[length - 1] == ' ')
        copy[--length] = '\0';
    while (*copy == ' ')
        copy++;
    return copy;
}

struct source registry_source(struct registry_scan *scan, enum fact_grade grade,
                              enum fact_witness witness, const char *name)
{
    struct source source = {grade, witness, scan->evidence, scan->where};

    if (name)
        snprintf(scan->where, sizeof(scan->where), "%s\\%.240s", scan->path, name);
    else
        snprintf(scan->where, sizeof(scan->where), "%s", scan->path);
    return source;
}

struct fact *registry_say(struct registry_scan *scan, enum fact_witness witness,
                          enum fact_field field, const char *name, const char *text)
{
    struct source source = registry_source(scan, GRADE_REGISTRY, witness, name);
    struct fact *fact = facts_add_text(&scan->machine->facts, &source, field, text);

    if (fact->status == FACT_STATED)
        scan->statements++;
    return fact;
}

struct fact *registry_say_number(struct registry_scan *scan, enum fact_witness witness,
                                 enum fact_field field, const char *name, int64_t number)
{
    struct source source = registry_source(scan, GRADE_REGISTRY, witness, name);

    scan->statements++;
    return facts_add_number(&scan->machine->facts, &source, field, number);
}

size_t registry_utf8(const void *utf16, size_t bytes, char *text, size_t size)
{
    return utf8_from_utf16le(utf16, bytes, text, size);
}
