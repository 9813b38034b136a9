/* Earlier reports of this program, as JSON (resources/schema/report-1.json): one, or one for each
 * of many machines.
 *
 * The facts are taken out with who stated them, where and how good that is, and are judged again
 * with what is known today. Verdict, level, findings and plan of the report are not looked at. The
 * pieces of evidence are those that the report was made from, each with the report's name behind
 * its own, because that is where they were read this time; size and digest are as the report says.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../arena.h"
#include "../json_pick.h"
#include "../json_read.h"
#include "../json_values.h"
#include "../limits.h"
#include "../machine_sink.h"
#include "../path.h"

#include <stdlib.h>
#include <string.h>

#define SCHEMA       "winver6003-report-1"
#define SCHEMA_STEM  "winver6003-report-"
#define SHA256_CHARS 64

/* A piece as the report names it. */
struct piece {
    const char *name;
    size_t length;
};

struct reading {
    struct machine_sink *sink;
    const char *file; /* last part of the report's own name */
    bool stopped;
    /* Of the report at hand */
    struct machine *machine;
    struct arena *arena;  /* what is needed while it is read */
    unsigned first;       /* its first piece of evidence */
    bool renamed;         /* that is one of the report's, not the report itself */
    struct piece *pieces; /* by evidence index - first */
    unsigned n_pieces;
    unsigned long n_unknown; /* facts that cannot be taken over */
};

/* FACT_NO_NUMBER for anything else. */
static int64_t whole_number(const char *text)
{
    const char *digits = text && *text == '-' ? text + 1 : text;
    size_t length = text ? strspn(digits, "0123456789") : 0;

    return length > 0 && length <= 18 && !digits[length] ? strtoll(text, NULL, 10) : FACT_NO_NUMBER;
}

/* ---- Evidence ---- */

static void add_problems(struct reading *reading, unsigned evidence, struct json_span list)
{
    struct json_read json = {0};
    enum json_token token;

    json_read_open(&json, list.text, list.length);
    while ((token = json_read_next(&json)) != JSON_END && token != JSON_ERROR)
        if (token == JSON_STRING)
            machine_add_problem(reading->machine, evidence, "%s", strbuf_text(&json.value));
    json_read_close(&json);
}

static bool find_problems(void *data, const char *key, struct json_span member)
{
    struct json_span *problems = data;

    if (strcmp(key, "problems") != 0)
        return true;
    *problems = member;
    return false;
}

static bool is_digest(const char *text)
{
    return text && strspn(text, "0123456789abcdef") == SHA256_CHARS && !text[SHA256_CHARS];
}

static bool add_piece(void *data, const char *key, struct json_span member)
{
    enum { NAME, READER, BYTES, SHA256, DROPPED, COUNT };
    static const char *const paths[COUNT] = {"name", "reader", "bytes", "sha256",
                                             "problems_dropped"};
    struct reading *reading = data;
    struct machine *machine = reading->machine;
    struct json_span problems = {NULL, 0};
    const char *values[COUNT];
    struct evidence *piece;
    unsigned evidence;
    int64_t number;

    (void)key;
    if (member.length == 0 || *member.text != '{')
        return true;
    if (reading->n_pieces == LIMIT_FOLDER_FILES)
        return false;
    json_pick(member.text, member.length, NULL, paths, COUNT, machine->arena, values);
    if (!values[NAME])
        return true;
    values[NAME] = arena_printf(machine->arena, "%s (in %s)", values[NAME], reading->file);
    if (reading->renamed) {
        evidence = machine_add_evidence(machine, values[NAME]);
    } else {
        evidence = reading->first;
        machine->evidence[evidence].name = text_clean(machine->arena, values[NAME]);
        reading->renamed = true;
    }
    piece = &machine->evidence[evidence];
    piece->told = true;
    if (values[READER])
        piece->reader = "report";
    number = whole_number(values[BYTES]);
    piece->bytes = number >= 0 ? number : -1;
    piece->sha256 = is_digest(values[SHA256]) ? values[SHA256] : NULL;
    json_each(member.text, member.length, find_problems, &problems);
    if (problems.text)
        add_problems(reading, evidence, problems);
    number = whole_number(values[DROPPED]);
    machine->evidence[evidence].n_problems_dropped += number > 0 ? (unsigned)number : 0;
    reading->pieces[reading->n_pieces++] =
        (struct piece){piece->name, strlen(piece->name) - strlen(" (in )") - strlen(reading->file)};
    return true;
}

/* Of which piece the fact is, by its source "NAME: PLACE"; *where is the place. */
static unsigned piece_of(const struct reading *reading, const char *source, const char **where)
{
    unsigned found = 0;
    size_t longest = 0;

    *where = source;
    for (unsigned i = 0; i < reading->n_pieces; i++) {
        const struct piece *piece = &reading->pieces[i];
        const char *behind = source + piece->length;

        if (piece->length < longest || strncmp(source, piece->name, piece->length) != 0)
            continue;
        if (*behind && strncmp(behind, ": ", 2) != 0)
            continue;
        if (piece->length == longest && longest > 0)
            continue;
        longest = piece->length;
        found = i;
        *where = *behind ? behind + 2 : behind;
    }
    return reading->first + found;
}

/* ---- Facts ---- */

enum member {
    M_FIELD,
    M_VALUE,
    M_SOURCE,
    M_GRADE,
    M_WITNESS,
    M_STATUS,
    M_NUMBER,
    M_NOTE,
    M_KB,
    M_STATE,
    M_VERSION,
    M_IDENTITY,
    M_INSTALLED_ON,
    M_COUNT
};

static const char *const members[M_COUNT] = {
    [M_FIELD] = "field",
    [M_VALUE] = "value",
    [M_SOURCE] = "source",
    [M_GRADE] = "grade",
    [M_WITNESS] = "witness",
    [M_STATUS] = "status",
    [M_NUMBER] = "number",
    [M_NOTE] = "note",
    [M_KB] = "package.kb",
    [M_STATE] = "package.state",
    [M_VERSION] = "package.version",
    [M_IDENTITY] = "package.identity",
    [M_INSTALLED_ON] = "package.installed_on",
};

static struct fact *add_package(struct reading *reading, const struct source *source,
                                const char *const *values)
{
    struct package package = {
        .version = VERSION_NONE,
        .identity = values[M_IDENTITY],
        .installed_on = values[M_INSTALLED_ON],
    };
    int64_t kb = values[M_KB] && !strncmp(values[M_KB], "KB", 2) ? whole_number(values[M_KB] + 2)
                                                                 : FACT_NO_NUMBER;

    if (kb > 0 && kb <= UINT32_MAX)
        package.kb = (uint32_t)kb;
    if (values[M_STATE])
        package.state = package_state_from_name(values[M_STATE]);
    if (values[M_VERSION])
        version_parse(values[M_VERSION], &package.version);
    return facts_add_package(&reading->machine->facts, source, &package);
}

/* A reader never states a number of these fields that is none, or too large for a version. */
static bool fits(enum fact_field field, int64_t number)
{
    return !fact_field_is_number(field) ||
           (number >= 0 && (field == FIELD_MEMORY_KB || number <= INT32_MAX));
}

static bool add_fact(void *data, const char *key, struct json_span member)
{
    struct reading *reading = data;
    struct facts *facts = &reading->machine->facts;
    const char *values[M_COUNT];
    struct source source;
    enum fact_field field;
    enum fact_status status;
    struct fact *fact;
    int64_t number;

    (void)key;
    if (member.length == 0 || *member.text != '{')
        return true;
    if (facts->count == LIMIT_FACTS) {
        facts->dropped++;
        return true;
    }
    json_pick(member.text, member.length, NULL, members, M_COUNT, reading->machine->arena, values);
    for (int i = 0; i < M_COUNT; i++)
        if (!values[i] && i <= M_STATUS)
            values[i] = "";
    field = fact_field_from_name(values[M_FIELD]);
    source.grade = fact_grade_from_name(values[M_GRADE]);
    source.witness = fact_witness_from_name(values[M_WITNESS]);
    status = fact_status_from_name(values[M_STATUS]);
    number = whole_number(values[M_NUMBER]);
    if (field == FIELD_NONE || source.grade == GRADE_NONE ||
        strcmp(values[M_STATUS], fact_status_name(status)) != 0 ||
        (status == FACT_STATED && !fits(field, number))) {
        reading->n_unknown++;
        return true;
    }
    source.evidence = piece_of(reading, values[M_SOURCE], &source.where);
    source.where = text_clean(reading->machine->arena, source.where);
    if (status != FACT_STATED) {
        fact = facts_add_missing(facts, &source, field, status, NULL);
    } else if (field == FIELD_PACKAGE) {
        fact = add_package(reading, &source, values);
    } else if (fact_field_is_number(field)) {
        fact = facts_add_number(facts, &source, field, number);
    } else {
        fact = facts_add_text(facts, &source, field, values[M_VALUE]);
        fact->number = number;
    }
    if (values[M_NOTE])
        fact->note = text_clean(reading->machine->arena, values[M_NOTE]);
    return true;
}

/* ---- The report ---- */

struct parts {
    struct json_span facts, evidence;
    bool is_report;
};

static bool find_parts(void *data, const char *key, struct json_span member)
{
    struct parts *parts = data;

    if (!strcmp(key, "facts"))
        parts->facts = member;
    else if (!strcmp(key, "evidence"))
        parts->evidence = member;
    else if (!strcmp(key, "schema"))
        parts->is_report = true;
    return true;
}

static void read_report(struct reading *reading, struct json_span object, const char **error)
{
    enum { SCHEMA_NAME, NAME, DROPPED, COUNT };
    static const char *const paths[COUNT] = {"schema", "machine.name", "facts_dropped"};
    const char *values[COUNT];
    struct parts parts = {.is_report = false};
    int64_t dropped;

    *error = json_each(object.text, object.length, find_parts, &parts);
    json_pick(object.text, object.length, NULL, paths, COUNT, reading->arena, values);
    if (!values[SCHEMA_NAME] || strncmp(values[SCHEMA_NAME], SCHEMA_STEM, strlen(SCHEMA_STEM)) != 0)
        return;
    if (strcmp(values[SCHEMA_NAME], SCHEMA) != 0) {
        *error = "a report of another version of this program, which is not known";
        return;
    }
    reading->machine = machine_sink_begin(reading->sink, &reading->first);
    reading->stopped = !reading->machine;
    if (reading->stopped)
        return;
    reading->renamed = false;
    reading->n_pieces = 0;
    reading->n_unknown = 0;
    if (parts.evidence.text)
        json_each(parts.evidence.text, parts.evidence.length, add_piece, reading);
    if (parts.facts.text)
        json_each(parts.facts.text, parts.facts.length, add_fact, reading);
    dropped = whole_number(values[DROPPED]);
    reading->machine->facts.dropped += dropped > 0 ? (size_t)dropped : 0;
    if (reading->n_unknown)
        machine_add_problem(reading->machine, reading->first,
                            "%lu of the report's facts are of kinds that are not known here",
                            reading->n_unknown);
    /* No facts: nothing is known of the machine. No list of them: the report is cut off. */
    machine_sink_end(reading->sink, values[NAME], parts.facts.text != NULL);
}

struct list {
    struct reading *reading;
    const char *error;
};

static bool each_of_list(void *data, const char *key, struct json_span member)
{
    struct list *list = data;

    (void)key;
    if (member.length > 0 && *member.text == '{')
        read_report(list->reading, member, &list->error);
    return !list->reading->stopped;
}

static bool report_probe(const struct input *input)
{
    static const char *const marks[] = {"\"" SCHEMA_STEM, NULL};

    return json_values_probe(input, marks);
}

static void report_read_each(struct input *input, struct machine_sink *sink)
{
    struct reading reading = {
        .sink = sink,
        .file = path_last_part(input->name),
        .arena = arena_new(),
        .pieces = memory_alloc(LIMIT_FOLDER_FILES * sizeof(*reading.pieces)),
    };
    struct json_values *values = json_values_open(input);
    struct json_value value;

    while (!reading.stopped && json_values_next(values, &value)) {
        struct list list = {.reading = &reading};
        const char *error = NULL;

        arena_reset(reading.arena);
        if (*value.text == '[') {
            error = json_each(value.text, value.length, each_of_list, &list);
            error = error ? error : list.error;
        } else {
            read_report(&reading, (struct json_span){value.text, value.length}, &error);
        }
        if (value.cut || error)
            machine_sink_problem(sink, "the report of line %lu: %s", value.line,
                                 value.cut ? value.cut : error);
    }
    json_values_close(values);
    free(reading.pieces);
    arena_free(reading.arena);
}

const struct reader reader_report = {
    .id = "report",
    .title = "JSON report of winver6003",
    .probe = report_probe,
    .read_each = report_read_each,
};
