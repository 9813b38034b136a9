/* JSON of inventories: facts of facter (Puppet) and Ansible, tables of osquery.
 *
 *    {"kernelversion": "6.0.6002", "operatingsystemrelease": "2008", ...}          facter
 *    host | SUCCESS => {"ansible_facts": {"ansible_kernel": "6.0.6003.0", ...}}    ansible -m setup
 *    {"_meta": {"hostvars": {"host": {"ansible_kernel": ...}}}}            ansible-inventory --list
 *    [{"version": "6.0.6002", "platform": "windows", ...}]                         osqueryi --json
 *    {"hostIdentifier": "host", "columns": {"hotfix_id": "KB4493471", ...}}        osqueryd's log
 *
 * They stand alone, in lists, as members of one another's objects, or one a line. So the objects
 * that speak of one machine are looked for by the keys they have, to a bounded depth; what is
 * above an object gives the host's name. Rows of osquery belong to one machine until another host
 * is named.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../arena.h"
#include "../ascii.h"
#include "../json_pick.h"
#include "../json_values.h"
#include "../limits.h"
#include "../machine_sink.h"
#include "asset.h"
#include "osquery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a host; DNS has 253. */
#define LABEL_BYTES 256

struct reading {
    struct machine_sink *sink;
    bool stopped;
    struct osquery_rows rows;
};

/* An object on the way down. */
struct place {
    struct reading *reading;
    const char *label; /* the host that it is of, as far as is known */
    unsigned depth;
    /* What its own keys show */
    bool facter, ansible, rows;
    unsigned osquery;       /* bits of enum osquery_column */
    char name[LABEL_BYTES]; /* what it says itself that the host is called; "" */
    struct json_span ansible_facts;
};

static void set_label(char label[LABEL_BYTES], const char *text)
{
    snprintf(label, LABEL_BYTES, "%s", text);
}

static bool begin(struct reading *reading, struct asset *asset)
{
    *asset = (struct asset){0};
    asset->machine = machine_sink_begin(reading->sink, &asset->evidence);
    reading->stopped = !asset->machine;
    return asset->machine != NULL;
}

/* ---- facter ---- */

enum facter {
    F_KERNEL,
    F_OSFAMILY,
    F_OS_FAMILY,
    F_KERNELVERSION,
    F_KERNELRELEASE,
    F_OPERATINGSYSTEMRELEASE,
    F_OS_RELEASE,
    F_PRODUCT_NAME,
    F_EDITION,
    F_INSTALLATION_TYPE,
    F_ARCHITECTURE,
    F_OS_ARCHITECTURE,
    F_HARDWAREMODEL,
    F_HOSTNAME,
    F_NET_HOSTNAME,
    F_FQDN,
    F_MEMORY_MB,
    F_COUNT
};

static const char *const facter_paths[F_COUNT] = {
    [F_KERNEL] = "kernel",
    [F_OSFAMILY] = "osfamily",
    [F_OS_FAMILY] = "os.family",
    [F_KERNELVERSION] = "kernelversion",
    [F_KERNELRELEASE] = "kernelrelease",
    [F_OPERATINGSYSTEMRELEASE] = "operatingsystemrelease",
    [F_OS_RELEASE] = "os.release.full",
    [F_PRODUCT_NAME] = "os.windows.product_name",
    [F_EDITION] = "os.windows.edition_id",
    [F_INSTALLATION_TYPE] = "os.windows.installation_type",
    [F_ARCHITECTURE] = "architecture",
    [F_OS_ARCHITECTURE] = "os.architecture",
    [F_HARDWAREMODEL] = "hardwaremodel",
    [F_HOSTNAME] = "hostname",
    [F_NET_HOSTNAME] = "networking.hostname",
    [F_FQDN] = "fqdn",
    [F_MEMORY_MB] = "memorysize_mb",
};

/* The first of these that is there; NULL when none is. */
static const char *first_of(const char *const *values, const int *indexes, size_t count, int *which)
{
    for (size_t i = 0; i < count; i++) {
        *which = indexes[i];
        if (values[indexes[i]] && *values[indexes[i]])
            return values[indexes[i]];
    }
    return NULL;
}

static void facter_text(struct asset *asset, enum fact_field field, const char *const *values,
                        const int *indexes, size_t count)
{
    int which = 0;
    const char *value = first_of(values, indexes, count, &which);

    asset_text(asset, field, facter_paths[which], value);
}

/* Facter tells a server from a workstation and words its own release from that: "2008", "2008 R2",
 * "Vista", "10"; of versions it does not know it repeats the kernel's. */
static void facter_release(struct asset *asset, const char *where, const char *release)
{
    struct arena *arena = asset->machine->arena;
    bool server;

    if (!release || strchr(release, '.'))
        return;
    server = ascii_after(release, "20") != NULL;
    asset_text(asset, FIELD_PRODUCT_NAME, where,
               arena_printf(arena, "Windows %s%.40s", server ? "Server " : "", release));
    asset_text(asset, FIELD_PRODUCT_TYPE, where, server ? "server" : "workstation");
}

static bool is_windows(const char *name)
{
    return name && ascii_equal(name, "windows");
}

static void read_facter(struct asset *asset, struct json_span object)
{
    static const int archs[] = {F_ARCHITECTURE, F_OS_ARCHITECTURE, F_HARDWAREMODEL};
    static const int names[] = {F_HOSTNAME, F_NET_HOSTNAME, F_FQDN};
    static const int products[] = {F_PRODUCT_NAME};
    static const int releases[] = {F_OPERATINGSYSTEMRELEASE, F_OS_RELEASE};
    const char *values[F_COUNT];
    const char *release;
    int which = 0;

    json_pick(object.text, object.length, NULL, facter_paths, F_COUNT, asset->machine->arena,
              values);
    if (!is_windows(values[F_KERNEL]) && !is_windows(values[F_OSFAMILY]) &&
        !is_windows(values[F_OS_FAMILY]))
        return;
    asset_version(asset, facter_paths[F_KERNELVERSION], values[F_KERNELVERSION]);
    if (!values[F_KERNELVERSION] || !values[F_KERNELRELEASE] ||
        strcmp(values[F_KERNELVERSION], values[F_KERNELRELEASE]) != 0)
        asset_version(asset, facter_paths[F_KERNELRELEASE], values[F_KERNELRELEASE]);
    if (values[F_PRODUCT_NAME]) {
        facter_text(asset, FIELD_PRODUCT_NAME, values, products, 1);
    } else {
        release = first_of(values, releases, 2, &which);
        facter_release(asset, facter_paths[which], release);
    }
    asset_text(asset, FIELD_EDITION, facter_paths[F_EDITION], values[F_EDITION]);
    asset_text(asset, FIELD_INSTALLATION_TYPE, facter_paths[F_INSTALLATION_TYPE],
               values[F_INSTALLATION_TYPE]);
    asset_arch(asset, facter_paths[F_ARCHITECTURE], first_of(values, archs, 3, &which));
    facter_text(asset, FIELD_COMPUTER_NAME, values, names, 3);
    asset_memory(asset, facter_paths[F_MEMORY_MB], values[F_MEMORY_MB], 1024);
}

/* ---- Ansible ---- */

enum ansible {
    A_OS_FAMILY,
    A_SYSTEM,
    A_DISTRIBUTION,
    A_OS_NAME,
    A_DISTRIBUTION_VERSION,
    A_KERNEL,
    A_PRODUCT_TYPE,
    A_INSTALLATION_TYPE,
    A_ARCHITECTURE2,
    A_ARCHITECTURE,
    A_HOSTNAME,
    A_NODENAME,
    A_MEMORY_MB,
    A_OWNER,
    A_DATE,
    A_COUNT
};

#define ANSIBLE_PREFIX "ansible_"

static const char *const ansible_paths[A_COUNT] = {
    [A_OS_FAMILY] = "os_family",
    [A_SYSTEM] = "system",
    [A_DISTRIBUTION] = "distribution",
    [A_OS_NAME] = "os_name",
    [A_DISTRIBUTION_VERSION] = "distribution_version",
    [A_KERNEL] = "kernel",
    [A_PRODUCT_TYPE] = "os_product_type",
    [A_INSTALLATION_TYPE] = "os_installation_type",
    [A_ARCHITECTURE2] = "architecture2",
    [A_ARCHITECTURE] = "architecture",
    [A_HOSTNAME] = "hostname",
    [A_NODENAME] = "nodename",
    [A_MEMORY_MB] = "memtotal_mb",
    [A_OWNER] = "owner_name",
    [A_DATE] = "date_time.iso8601",
};

static const char *ansible_where(struct asset *asset, enum ansible item)
{
    return arena_printf(asset->machine->arena, ANSIBLE_PREFIX "%s", ansible_paths[item]);
}

static void ansible_text(struct asset *asset, enum fact_field field, const char *const *values,
                         enum ansible item)
{
    asset_text(asset, field, ansible_where(asset, item), values[item]);
}

static void ansible_product_type(struct asset *asset, const char *const *values)
{
    const char *type = values[A_PRODUCT_TYPE];

    if (type && ascii_equal(type, "domain_controller"))
        type = "domain controller";
    asset_text(asset, FIELD_PRODUCT_TYPE, ansible_where(asset, A_PRODUCT_TYPE), type);
}

static void read_ansible(struct asset *asset, struct json_span object)
{
    const char *values[A_COUNT];

    json_pick(object.text, object.length, ANSIBLE_PREFIX, ansible_paths, A_COUNT,
              asset->machine->arena, values);
    if (!is_windows(values[A_OS_FAMILY]) &&
        !(values[A_SYSTEM] && ascii_equal(values[A_SYSTEM], "Win32NT")))
        return;
    if (values[A_DISTRIBUTION])
        ansible_text(asset, FIELD_PRODUCT_NAME, values, A_DISTRIBUTION);
    else
        ansible_text(asset, FIELD_PRODUCT_NAME, values, A_OS_NAME);
    asset_version(asset, ansible_where(asset, A_DISTRIBUTION_VERSION),
                  values[A_DISTRIBUTION_VERSION]);
    if (!values[A_DISTRIBUTION_VERSION] || !values[A_KERNEL] ||
        strcmp(values[A_DISTRIBUTION_VERSION], values[A_KERNEL]) != 0)
        asset_version(asset, ansible_where(asset, A_KERNEL), values[A_KERNEL]);
    ansible_product_type(asset, values);
    ansible_text(asset, FIELD_INSTALLATION_TYPE, values, A_INSTALLATION_TYPE);
    /* The second says which of the 64-bit ones it is. */
    asset_arch(asset, ansible_where(asset, A_ARCHITECTURE2),
               values[A_ARCHITECTURE2] ? values[A_ARCHITECTURE2] : values[A_ARCHITECTURE]);
    ansible_text(asset, FIELD_COMPUTER_NAME, values, values[A_HOSTNAME] ? A_HOSTNAME : A_NODENAME);
    asset_memory(asset, ansible_where(asset, A_MEMORY_MB), values[A_MEMORY_MB], 1024);
    ansible_text(asset, FIELD_OWNER, values, A_OWNER);
    ansible_text(asset, FIELD_EVIDENCE_DATE, values, A_DATE);
}

/* ---- osquery ---- */

static void add_row(struct reading *reading, struct json_span object, const char *label)
{
    const char *values[OSQUERY_COLUMNS];
    struct arena *arena = arena_new();

    json_pick(object.text, object.length, NULL, osquery_columns, OSQUERY_COLUMNS, arena, values);
    osquery_add(&reading->rows, values, label);
    reading->stopped |= reading->rows.stopped;
    arena_free(arena);
}

/* ---- Looking for them ---- */

/* Members that are about how things are kept, not about whose they are. */
static bool is_structure(const char *key)
{
    static const char *const names[] = {"_meta",  "hostvars", "ansible_facts", "facts",
                                        "values", "hosts",    "columns",       "snapshot",
                                        "plays",  "tasks",    "results",       "ansible_local"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (!strcmp(key, names[i]))
            return true;
    return *key == '\0';
}

/* A text without escapes, which names of hosts have none of. */
static void take_name(struct place *place, struct json_span member)
{
    if (member.length > 2 && member.length < LABEL_BYTES && *member.text == '"') {
        memcpy(place->name, member.text + 1, member.length - 2);
        place->name[member.length - 2] = '\0';
    }
}

static bool look(void *data, const char *key, struct json_span member)
{
    static const char *const ansible[] = {"ansible_distribution", "ansible_kernel",
                                          "ansible_os_family", "ansible_system"};
    static const char *const names[] = {"hostIdentifier", "certname", "name"};
    struct place *place = data;

    if (!strcmp(key, "kernelversion") || !strcmp(key, "kernelrelease"))
        place->facter = true;
    for (size_t i = 0; i < sizeof(ansible) / sizeof(ansible[0]); i++)
        place->ansible |= !strcmp(key, ansible[i]);
    if (!strcmp(key, "ansible_facts") && *member.text == '{')
        place->ansible_facts = member;
    for (unsigned i = 0; i < OSQUERY_COLUMNS; i++)
        if (!strcmp(key, osquery_columns[i]))
            place->osquery |= 1u << i;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (!strcmp(key, names[i]) && (i == 0 || !*place->name))
            take_name(place, member);
    place->rows |= !strcmp(key, "columns") || !strcmp(key, "snapshot") || !strcmp(key, "values") ||
                   !strcmp(key, "facts");
    return true;
}

static bool ansible_speaks(void *data, const char *key, struct json_span member)
{
    static const char *const names[] = {"os_family", "system", "distribution", "kernel"};
    const char *plain = ascii_after(key, ANSIBLE_PREFIX);
    bool *speaks = data;

    (void)member;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        *speaks |= !strcmp(plain ? plain : key, names[i]);
    return !*speaks;
}

static void take_machine(struct reading *reading, struct json_span object, const char *label,
                         void (*read)(struct asset *asset, struct json_span object))
{
    struct asset asset;

    osquery_end(&reading->rows);
    if (!begin(reading, &asset))
        return;
    read(&asset, object);
    machine_sink_end(reading->sink, *label ? label : NULL, asset.stated);
}

static const char *look_into(struct reading *reading, struct json_span object, const char *label,
                             unsigned depth);

static bool look_below(void *data, const char *key, struct json_span member)
{
    struct place *place = data;
    const char *label = is_structure(key) ? place->label : key;

    if (member.length > 0 && (*member.text == '{' || *member.text == '['))
        look_into(place->reading, member, label, place->depth + 1);
    return !place->reading->stopped;
}

/* Returns what is wrong with the JSON; NULL for nothing. */
static const char *look_into(struct reading *reading, struct json_span object, const char *label,
                             unsigned depth)
{
    struct place place = {.reading = reading, .label = label, .depth = depth};
    bool speaks = false;
    const char *error = NULL;

    if (depth > LIMIT_JSON_MACHINE_DEPTH)
        return NULL;
    if (*object.text == '{')
        error = json_each(object.text, object.length, look, &place);
    if (place.ansible_facts.text)
        json_each(place.ansible_facts.text, place.ansible_facts.length, ansible_speaks, &speaks);
    if (place.rows && *place.name)
        place.label = place.name;
    if (place.ansible)
        take_machine(reading, object, label, read_ansible);
    else if (speaks)
        take_machine(reading, place.ansible_facts, label, read_ansible);
    else if (place.facter)
        take_machine(reading, object, label, read_facter);
    else if (osquery_is_table(place.osquery))
        add_row(reading, object, label);
    else
        error = json_each(object.text, object.length, look_below, &place);
    return error;
}

/* ---- The reader ---- */

static bool json_probe(const struct input *input)
{
    static const char *const marks[] = {"\"kernelversion\"",
                                        "\"kernelrelease\"",
                                        "\"ansible_facts\"",
                                        "\"ansible_distribution",
                                        "\"ansible_os_family",
                                        "\"ansible_kernel\"",
                                        "\"ansible_system\"",
                                        "\"hotfix_id\"",
                                        "\"platform_like\"",
                                        "\"hostvars\"",
                                        NULL};

    return json_values_probe(input, marks);
}

/* "web1" of "web1 | SUCCESS =>"; "" for anything else. */
static void label_before(const char *before, char label[LABEL_BYTES])
{
    const char *bar = strstr(before, " | ");

    set_label(label, bar ? before : "");
    if (bar)
        label[bar - before] = '\0';
}

static void json_read_each(struct input *input, struct machine_sink *sink)
{
    struct reading *reading = memory_alloc(sizeof(*reading));
    struct json_values *values = json_values_open(input);
    struct json_value value;
    char label[LABEL_BYTES];

    reading->sink = reading->rows.sink = sink;
    while (!reading->stopped && json_values_next(values, &value)) {
        const char *error;

        label_before(value.before, label);
        error = look_into(reading, (struct json_span){value.text, value.length}, label, 1);
        if (value.cut)
            machine_sink_problem(sink, "the JSON of line %lu: %s", value.line, value.cut);
        else if (error)
            machine_sink_problem(sink, "the JSON of line %lu: %s", value.line, error);
    }
    osquery_end(&reading->rows);
    json_values_close(values);
    free(reading);
}

const struct reader reader_json = {
    .id = "inventory-json",
    .title = "JSON of facter, Ansible or osquery",
    .probe = json_probe,
    .read_each = json_read_each,
};
