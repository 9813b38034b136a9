/* Registry hives as evidence: SOFTWARE, SYSTEM, and NTUSER.DAT for the marks of an imitation.
 *
 * Goes down to the keys that registry_facts.h asks for and nowhere else. Which hive it is shows in
 * the keys below its root, whatever the file is called. A hive that a machine did not finish
 * writing is repaired in memory from the logs beside it; what its version key said before is then
 * noted at each fact that came out differently.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../arena.h"
#include "../limits.h"
#include "../platform/mapping.h"
#include "../strbuf.h"
#include "hive.h"
#include "hive_log.h"
#include "registry_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name of 255 characters as UTF-8. */
#define NAME_SIZE (255 * 3 + 1)
/* Control sets have three digits. */
#define CONTROL_SETS_MAX 999

/* Values of the version key that state something: there are twenty. */
#define VERSION_VALUES_MAX 32
/* Among how many: it has sixty at most. */
#define VERSION_VALUES_LOOKED_AT 1000

/* Names that a kind of key may ask for. */
#define WANTED_MAX 31

#define VERSION_KEY "Microsoft\\Windows NT\\CurrentVersion"

struct reading {
    struct input *input;
    struct machine *machine;
    unsigned evidence;
    struct hive_base base; /* of the file */
    struct hive_replay replay;
    bool replayed;
    struct hive hive;
    bool is_open;
    struct registry_scan *scan; /* NULL when it is none of the hives that matter */
    size_t n_facts;             /* before */
    struct strbuf changes;      /* by the replay, in words */
    char path[LIMIT_KEY_PATH];  /* of the key being read */
    size_t length;              /* of that */
    size_t root_length;         /* of the part that names the hive, with its backslash */
    uint8_t data[LIMIT_VALUE_BYTES];
    char text[LIMIT_VALUE_BYTES * 3 / 2 + 2];
};

static bool hive_probe(const struct input *input)
{
    return input->n_head >= 4 && memcmp(input->head, "regf", 4) == 0;
}

/* ---- Values ---- */

/* The data as registry_value() wants it; false when it is not there. */
static bool take_data(struct reading *reading, struct hive *hive, const struct hive_value *value,
                      const void **data, size_t *size)
{
    size_t length = value->len < sizeof(reading->data) ? value->len : sizeof(reading->data);

    if (!hive_data(hive, value, reading->data, length))
        return false;
    *data = reading->data;
    *size = length;
    if (registry_type_is_text((enum registry_type)value->type)) {
        *data = reading->text;
        *size = registry_utf8(reading->data, length, reading->text, sizeof(reading->text));
    }
    return true;
}

/* The place of a name among those that are wanted; WANTED_MAX where it is none of them. */
static unsigned place_of(const struct hive_name *name, const char *const *names)
{
    for (unsigned i = 0; names[i]; i++)
        if (hive_name_is(name, names[i]))
            return i;
    return WANTED_MAX;
}

static unsigned all_of(const char *const *names)
{
    unsigned all = 0;

    for (unsigned i = 0; names[i]; i++)
        all |= 1u << i;
    return all;
}

static void read_values(struct reading *reading, const struct hive_key *key)
{
    const char *const *wanted = registry_value_names(reading->scan);
    unsigned missing = wanted ? all_of(wanted) : 1;
    struct hive_values list;
    struct hive_value value;
    char name[NAME_SIZE];
    const void *data;
    size_t size;

    hive_values_begin(&list, &reading->hive, key);
    /* Of values that share a name the first counts, as hive_value() has it. */
    while (missing && hive_values_next(&list, &value)) {
        if (wanted) {
            unsigned bit = 1u << place_of(&value.name, wanted);

            if (!(missing & bit))
                continue;
            missing &= ~bit;
        }
        hive_name_text(&value.name, name, sizeof(name));
        if (!take_data(reading, &reading->hive, &value, &data, &size)) {
            hive_problem(&reading->hive.cells, "%.120s\\%.60s: its data is damaged", reading->path,
                         name);
            continue;
        }
        if (value.len > sizeof(reading->data))
            hive_problem(&reading->hive.cells, "%.120s\\%.60s: cut after %d of %lu bytes",
                         reading->path, name, LIMIT_VALUE_BYTES, (unsigned long)value.len);
        registry_value(reading->scan, name, (enum registry_type)value.type, data, size);
        if (wanted && !registry_wants_more(reading->scan))
            return;
    }
}

/* ---- Keys ---- */

static void read_below(struct reading *reading, const struct hive_key *key, unsigned depth);

/* Reads a key below the one at hand, whose path is put back afterwards. deeper: those below it may
 * matter too. */
static void read_key(struct reading *reading, const struct hive_key *key, unsigned depth,
                     bool deeper)
{
    size_t length = reading->length;
    size_t name_length;
    char name[NAME_SIZE];

    hive_name_text(&key->name, name, sizeof(name));
    name_length = strlen(name);
    if (length + 1 + name_length >= sizeof(reading->path)) {
        hive_problem(&reading->hive.cells, "%.120s...: names too long to be read", reading->path);
        return;
    }
    if (length > reading->root_length)
        reading->path[reading->length++] = '\\';
    memcpy(reading->path + reading->length, name, name_length + 1);
    reading->length += name_length;
    if (registry_key(reading->scan, reading->path))
        read_values(reading, key);
    if (deeper && key->n_subkeys > 0)
        read_below(reading, key, depth);
    reading->length = length;
    reading->path[length] = '\0';
}

/* Reads what matters of the keys below one; depth is its own. */
static void read_below(struct reading *reading, const struct hive_key *key, unsigned depth)
{
    const struct input *input = reading->hive.cells.input;
    struct registry_names names;
    struct hive_subkeys list;
    struct hive_key below;

    if (depth == LIMIT_HIVE_DEPTH) {
        hive_problem(&reading->hive.cells, "keys below %d others were not read", LIMIT_HIVE_DEPTH);
        return;
    }
    registry_look_below(reading->path + reading->root_length, &names);
    if (!names.any) {
        for (size_t i = 0; i < names.count; i++) {
            const char *name = names.items[i].name;

            if (names.items[i].vital ? hive_find(&reading->hive, key, name, &below)
                                     : hive_find_by_hint(&reading->hive, key, name, &below))
                read_key(reading, &below, depth + 1, names.items[i].deeper);
        }
        return;
    }
    hive_subkeys_begin(&list, &reading->hive, key);
    while (!(input->cancel && *input->cancel) && hive_subkeys_next(&list, &below))
        read_key(reading, &below, depth + 1, names.deeper);
}

/* ---- SYSTEM ---- */

static bool is_control_set(const struct hive_key *key)
{
    char name[NAME_SIZE];

    hive_name_text(&key->name, name, sizeof(name));
    name[strlen("ControlSet")] = '\0';
    return hive_name_is(&(struct hive_name){(const uint8_t *)name, (uint16_t)strlen(name), false},
                        "ControlSet");
}

/* The current set, as Select names it. */
static bool find_control_set(struct reading *reading, const struct hive_key *root,
                             struct hive_key *set)
{
    struct hive_key select;
    struct hive_value value;
    uint8_t number[4] = {0};
    struct cursor cursor = cursor_over(number, sizeof(number));
    char name[32];
    uint32_t current;

    if (!hive_find(&reading->hive, root, "Select", &select) ||
        !hive_value(&reading->hive, &select, "Current", &value) || value.type != REGISTRY_DWORD ||
        value.len != sizeof(number) || !hive_data(&reading->hive, &value, number, sizeof(number)))
        return false;
    current = cursor_u32le(&cursor);
    snprintf(name, sizeof(name), "ControlSet%03lu", (unsigned long)current);
    if (current >= 1 && current <= CONTROL_SETS_MAX && hive_find(&reading->hive, root, name, set))
        return true;
    hive_problem(&reading->hive.cells, "%sSelect names %s, which is not there", reading->path,
                 name);
    return false;
}

/* The one that counts, and nothing of the others; all of them where that is not said. */
static void read_control_sets(struct reading *reading, const struct hive_key *root)
{
    struct hive_subkeys list;
    struct hive_key set;

    if (find_control_set(reading, root, &set)) {
        read_key(reading, &set, 1, true);
        return;
    }
    hive_subkeys_begin(&list, &reading->hive, root);
    while (hive_subkeys_next(&list, &set))
        if (is_control_set(&set))
            read_key(reading, &set, 1, true);
}

/* ---- The whole ---- */

/* What registry_facts.h should call it, by the keys below its root. */
static const char *name_of_hive(struct hive *hive, const struct hive_key *root)
{
    static const struct {
        const char *key, *name;
    } kinds[] = {
        {"Select", "HKEY_LOCAL_MACHINE\\SYSTEM\\"},
        {"ControlSet001", "HKEY_LOCAL_MACHINE\\SYSTEM\\"},
        {"Microsoft", "HKEY_LOCAL_MACHINE\\SOFTWARE\\"},
        {"Wow6432Node", "HKEY_LOCAL_MACHINE\\SOFTWARE\\"},
        {"Software", "HKEY_CURRENT_USER\\"},
    };
    struct hive_key key;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (hive_find(hive, root, kinds[i].key, &key))
            return kinds[i].name;
    return NULL;
}

static void read_hive(void *data)
{
    struct reading *reading = data;
    struct hive_key root;
    const char *name;

    reading->is_open = hive_open(
        &reading->hive, reading->input, reading->replayed ? &reading->replay.base : NULL,
        reading->replayed ? &reading->replay.patches : NULL, reading->machine, reading->evidence);
    if (!reading->is_open || !hive_root(&reading->hive, &root))
        return;
    name = name_of_hive(&reading->hive, &root);
    if (!name)
        return;
    snprintf(reading->path, sizeof(reading->path), "%s", name);
    reading->length = reading->root_length = strlen(name);
    reading->scan = registry_begin(reading->machine, reading->evidence, true);
    read_below(reading, &root, 0);
    if (strstr(name, "SYSTEM"))
        read_control_sets(reading, &root);
}

static void say_state(struct reading *reading)
{
    const struct hive_base *base = &reading->base;
    const char *replayed = reading->replayed ? reading->replay.what : NULL;
    struct source source = {GRADE_REGISTRY, WITNESS_REGISTRY, reading->evidence, "base block"};
    struct arena *arena = reading->machine->arena;
    const char *why;
    struct fact *fact;

    fact = facts_add_text(&reading->machine->facts, &source, FIELD_HIVE,
                          replayed                   ? "replayed"
                          : hive_base_is_dirty(base) ? "dirty"
                                                     : "clean");
    if (!hive_base_is_dirty(base))
        return;
    why = base->checksum_good
              ? arena_printf(arena, "sequence numbers %lu and %lu: a write did not end",
                             (unsigned long)base->primary, (unsigned long)base->secondary)
              : "the checksum of its base block is wrong";
    fact->note = replayed ? arena_printf(arena, "%s; replayed in memory: %s%s", why, replayed,
                                         strbuf_text(&reading->changes))
                          : arena_printf(arena, "%s, and no log beside it could be replayed", why);
}

/* ---- Before and after the replay ---- */

/* A value of the version key in one of the two hives, as text; NULL when it has none. */
static const char *value_text(struct reading *reading, struct hive *hive,
                              const struct hive_key *key, const char *name)
{
    struct arena *arena = reading->machine->arena;
    struct hive_value value;
    const void *data;
    size_t size;

    if (!hive_value(hive, key, name, &value) || !take_data(reading, hive, &value, &data, &size))
        return NULL;
    if (registry_type_is_text((enum registry_type)value.type))
        return text_clean(arena, data);
    if (value.type == REGISTRY_DWORD && size == 4) {
        struct cursor cursor = cursor_over(data, size);

        return arena_printf(arena, "%lu", (unsigned long)cursor_u32le(&cursor));
    }
    return NULL;
}

/* Whether a fact is what a value of the version key states; its name goes to *name. */
static bool is_of_version_key(const struct fact *fact, const char **name)
{
    *name = strstr(fact->where, VERSION_KEY "\\");
    if (fact->status != FACT_STATED || !*name || strstr(fact->where, "Wow6432Node") ||
        strstr(fact->where, "WOW6432Node"))
        return false;
    *name += strlen(VERSION_KEY "\\");
    return true;
}

/* Notes at the facts from n_facts on that the value states what it was before. */
static void note_before(struct reading *reading, const char *changed, const char *was)
{
    struct facts *facts = &reading->machine->facts;

    for (size_t i = reading->n_facts; i < facts->count; i++) {
        struct fact *fact = &facts->items[i];
        const char *name;

        if (is_of_version_key(fact, &name) && strcmp(name, changed) == 0)
            fact->note = arena_printf(reading->machine->arena, "%s%sbefore the replay: %s",
                                      fact->note ? fact->note : "", fact->note ? "; " : "", was);
    }
}

/* Whether a fact came from the value of that name. */
static bool is_stated(const struct reading *reading, const char *value_name)
{
    const struct facts *facts = &reading->machine->facts;
    const char *name;

    for (size_t i = reading->n_facts; i < facts->count; i++)
        if (is_of_version_key(&facts->items[i], &name) && strcmp(name, value_name) == 0)
            return true;
    return false;
}

/* Whether the last name is among those before it: a damaged key may have several of one name. */
static bool is_seen(char names[][NAME_SIZE], size_t last)
{
    for (size_t i = 0; i < last; i++)
        if (strcmp(names[i], names[last]) == 0)
            return true;
    return false;
}

/* What the version key said before, at every fact that came out differently, and in one line. */
static void note_changes(void *data)
{
    struct reading *reading = data;
    struct hive before, *after = &reading->hive;
    struct hive_key root, key = {0}, key_after;
    char seen[VERSION_VALUES_MAX][NAME_SIZE];
    size_t n_seen = 0;
    struct hive_values list;
    struct hive_value value;

    if (!hive_root(after, &root) || !hive_find_path(after, &root, VERSION_KEY, &key_after) ||
        !hive_open(&before, reading->input, NULL, NULL, NULL, 0))
        return;
    if (hive_root(&before, &root))
        hive_find_path(&before, &root, VERSION_KEY, &key);
    hive_values_begin(&list, after, &key_after);
    for (unsigned left = VERSION_VALUES_LOOKED_AT;
         left > 0 && n_seen < VERSION_VALUES_MAX && hive_values_next(&list, &value); left--) {
        const char *was, *is;

        hive_name_text(&value.name, seen[n_seen], NAME_SIZE);
        if (is_seen(seen, n_seen) || !is_stated(reading, seen[n_seen]))
            continue;
        was = value_text(reading, &before, &key, seen[n_seen]);
        is = value_text(reading, after, &key_after, seen[n_seen]);
        n_seen++;
        if (!is || (was && strcmp(was, is) == 0))
            continue;
        was = was ? was : "not there";
        note_before(reading, seen[n_seen - 1], was);
        strbuf_addf(&reading->changes, "; %.40s was %.80s, is %.80s", seen[n_seen - 1], was, is);
    }
    hive_close(&before);
}

/* The base block and, where a write did not end, the logs. false when it is no hive to be read. */
static bool prepare(struct reading *reading, struct arena *arena)
{
    struct input *input = reading->input;

    if (!input_hold(input, LIMIT_HIVE_STREAM_BYTES) && !input->error)
        machine_add_problem(reading->machine, reading->evidence,
                            "longer than the %d MB that are read from a pipe",
                            LIMIT_HIVE_STREAM_BYTES / (1024 * 1024));
    if (!hive_base_read(input->head, input->n_head, &reading->base)) {
        machine_add_problem(reading->machine, reading->evidence, "the base block is cut off");
        return false;
    }
    input->looked_into = true;
    if (reading->base.type != HIVE_FILE_PRIMARY && reading->base.checksum_good) {
        machine_add_problem(reading->machine, reading->evidence,
                            "a transaction log: it is read together with the hive beside it");
        return false;
    }
    if (hive_base_is_dirty(&reading->base))
        reading->replayed = hive_replay_logs(&reading->replay, input, &reading->base, arena,
                                             reading->machine, reading->evidence);
    return true;
}

static bool hive_read(struct input *input, struct machine *machine, unsigned evidence)
{
    struct reading *reading = memory_alloc(sizeof(*reading));
    struct arena *arena = arena_new();
    unsigned statements = 0;
    bool whole;

    reading->input = input;
    reading->machine = machine;
    reading->evidence = evidence;
    reading->n_facts = machine->facts.count;
    if (prepare(reading, arena)) {
        whole = mapping_guarded(read_hive, reading);
        if (reading->scan)
            statements = registry_end(reading->scan);
        if (statements && reading->replayed && whole)
            whole = mapping_guarded(note_changes, reading);
        if (statements)
            say_state(reading);
        else
            machine->facts.count = reading->n_facts;
        if (reading->replayed)
            machine_add_problem(machine, evidence, "replayed in memory: %s%s", reading->replay.what,
                                strbuf_text(&reading->changes));
        if (!whole)
            machine_add_problem(machine, evidence,
                                "it became shorter, or could not be read, while it was read");
        if (reading->is_open)
            hive_close(&reading->hive);
    }
    strbuf_free(&reading->changes);
    arena_free(arena);
    free(reading);
    return statements > 0;
}

const struct reader reader_hive = {
    .id = "hive",
    .title = "registry hive",
    .probe = hive_probe,
    .read = hive_read,
};
