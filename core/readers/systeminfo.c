/* systeminfo: its list, its table and its CSV, redirected or pasted, in any display language.
 *
 * The program writes the same items in the same order in every language, so the item is known by
 * its distance from the version, and the version by the shape of its value. Positions are trusted
 * only while values that nobody translates stand where they belong (the build type, the product
 * id, the system type, the locale); what was held back until then is dropped otherwise.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "../ascii.h"
#include "../limits.h"
#include "shapes.h"

#include <string.h>

/* The items, in systeminfo's order. Those between are counted and not read. */
enum item {
    ITEM_HOST,
    ITEM_PRODUCT,
    ITEM_VERSION,
    ITEM_MANUFACTURER,
    ITEM_CONFIGURATION,
    ITEM_BUILD_TYPE,
    ITEM_OWNER,
    ITEM_ORGANIZATION,
    ITEM_PRODUCT_ID,
    ITEM_INSTALL_DATE,
    ITEM_SYSTEM_TYPE = 13,
    ITEM_LOCALE = 19,
    ITEM_MEMORY = 22,
    ITEM_HOTFIXES = 30,
    ITEM_NETWORK = 31,
    ITEM_COUNT = 33
};

/* The longest owner that setup takes is 255 characters. */
#define ITEM_BYTES  512
#define LABEL_BYTES 128
#define HOST_BYTES  64

/* A label line that may turn out to be of the block. */
struct held {
    bool set;
    unsigned long number;
    char label[LABEL_BYTES];
    char value[ITEM_BYTES];
};

struct systeminfo {
    struct held before[2]; /* the last label lines, the newer one second */
    bool open;             /* inside a block */
    int item;              /* of the last label line */
    bool in_step;          /* the build type stood in its place */
    bool has_arch, has_memory, has_locale;
    bool after_id; /* the last label line was the product id */
    struct held configuration, owner, organization;
    unsigned blank_lines;
    /* The hotfix list. */
    bool listing;
    int32_t claimed;     /* -1 when no count was given */
    int32_t last_number; /* in the value of the last label line */
    int32_t entries;
    bool cut;
    struct source list_source;
    /* Where the columns of a table begin; from its line of equals signs. */
    unsigned n_columns;
    unsigned columns[ITEM_COUNT + 1];
};

static void *begin(struct text_scan *scan)
{
    return arena_alloc(scan->machine->arena, sizeof(struct systeminfo));
}

static struct source source_of(struct text_scan *scan, const struct text_line *line,
                               struct span label)
{
    char what[LABEL_BYTES];

    return recogniser_source(scan, line, GRADE_TOOL, WITNESS_SYSTEMINFO,
                             span_copy(label, what, sizeof(what)));
}

static void add(struct text_scan *scan, const struct source *source, enum fact_field field,
                struct span value)
{
    facts_add_text(&scan->machine->facts, source, field,
                   arena_strndup(scan->machine->arena, value.text, value.length));
}

static void hold(struct held *held, const struct text_line *line, struct span label,
                 struct span value)
{
    held->set = true;
    held->number = line->number;
    span_copy(label, held->label, sizeof(held->label));
    span_copy(value, held->value, sizeof(held->value));
}

static struct source held_source(struct text_scan *scan, const struct held *held)
{
    return source_of(scan, &(struct text_line){.number = held->number}, span_of(held->label));
}

static void release(struct text_scan *scan, struct held *held, enum fact_field field)
{
    if (held->set) {
        struct source source = held_source(scan, held);

        add(scan, &source, field, span_of(held->value));
    }
    held->set = false;
}

static void release_configuration(struct text_scan *scan, struct held *held)
{
    const char *type = shape_product_type(span_of(held->value));

    if (held->set && type) {
        struct source source = held_source(scan, held);

        facts_add_text(&scan->machine->facts, &source, FIELD_PRODUCT_TYPE, type);
    }
    held->set = false;
}

/* The hotfix list: "7 Hotfix(s) Installed.", then "[01]: KB4493730" and so on. */

static void list_begin(struct systeminfo *info, struct source source, int32_t claimed)
{
    info->listing = true;
    info->claimed = claimed;
    info->entries = 0;
    info->cut = false;
    info->list_source = source;
    info->list_source.witness = WITNESS_HOTFIX_LIST;
}

static void list_end(struct text_scan *scan, struct systeminfo *info)
{
    struct fact *fact;
    bool complete = !info->cut && info->claimed == info->entries;

    if (!info->listing)
        return;
    info->listing = false;
    fact = facts_add_text(&scan->machine->facts, &info->list_source, FIELD_PACKAGE_LIST,
                          complete ? "complete" : "cut");
    fact->number = info->claimed < 0 ? info->entries : info->claimed;
    if (!complete)
        fact->note = arena_printf(scan->machine->arena, "%d entries of %d are there",
                                  (int)info->entries, (int)fact->number);
}

static bool looks_like_hotfix(struct span entry)
{
    int32_t number;

    return shape_kb(entry) || span_starts(entry, "KB") || span_starts(entry, "{") ||
           span_is(entry, "File 1") ||
           (entry.length == 7 && ascii_lower(*entry.text) == 'q' &&
            shape_numbers(span_from(entry, 1), &number, 1)) ||
           ((entry.length == 6 || entry.length == 7) && shape_numbers(entry, &number, 1));
}

/* Entries that are no KB (old Q numbers, "File 1", component ids) are counted only. */
static void list_entry(struct text_scan *scan, struct systeminfo *info, struct source source,
                       struct span entry)
{
    struct package package = {.kb = shape_kb(entry), .version = VERSION_NONE};

    info->entries++;
    if (!package.kb)
        return;
    source.witness = WITNESS_HOTFIX_LIST;
    facts_add_package(&scan->machine->facts, &source, &package);
}

/* A list within one value: "7 Hotfix(s) Installed.,[01]: KB2305420,[02]: KB2999226". */
static void list_value(struct text_scan *scan, struct systeminfo *info, struct source source,
                       struct span value)
{
    size_t at = span_find(value, "[");

    list_begin(info, source, shape_first_number((struct span){value.text, at}));
    while (at < value.length) {
        struct span rest = span_from(value, at + 1), entry;
        size_t next = span_find(rest, "[");
        int32_t number;

        if (shape_entry((struct span){value.text + at, next + 1}, &number, &entry)) {
            if (span_ends(entry, ","))
                entry.length--;
            list_entry(scan, info, source, span_trim(entry));
        }
        at += next + 1;
    }
}

/* The block. */

static void block_end(struct text_scan *scan, struct systeminfo *info)
{
    if (!info->open)
        return;
    info->open = false;
    list_end(scan, info);
    /* The text ends before the item that would confirm the place: the order held so far. */
    if (info->item == ITEM_CONFIGURATION || info->in_step)
        release_configuration(scan, &info->configuration);
    if (info->in_step && info->item <= ITEM_PRODUCT_ID) {
        release(scan, &info->owner, FIELD_OWNER);
        release(scan, &info->organization, FIELD_ORGANIZATION);
    }
    info->before[0].set = info->before[1].set = false;
}

static void state_version(struct text_scan *scan, const struct source *source,
                          const struct shape_os *os)
{
    struct facts *facts = &scan->machine->facts;

    scan->statements++;
    facts_add_version(facts, source, &os->version);
    if (os->build_again != os->version.build)
        facts_add_number(facts, source, FIELD_BUILD, os->build_again);
    if (os->service_pack != VERSION_UNKNOWN)
        facts_add_number(facts, source, FIELD_SERVICE_PACK, os->service_pack);
}

static void state_product(struct text_scan *scan, const struct source *source, struct span name)
{
    if (!span_has(name, "Windows"))
        return;
    add(scan, source, FIELD_PRODUCT_NAME, name);
    if (shape_wine_product(name))
        facts_add_text(&scan->machine->facts, source, FIELD_IMITATION,
                       "a product name that only Wine has");
}

static void state_product_id(struct text_scan *scan, const struct source *source, struct span id)
{
    add(scan, source, FIELD_PRODUCT_ID, id);
    if (shape_wine_product_id(id))
        facts_add_text(&scan->machine->facts, source, FIELD_IMITATION,
                       "the product id that every Wine has");
}

static bool is_host(struct span name)
{
    return name.length > 0 && name.length < HOST_BYTES && !memchr(name.text, ' ', name.length);
}

static void block_begin(struct text_scan *scan, struct systeminfo *info,
                        const struct text_line *line, struct span label, const struct shape_os *os)
{
    struct source source = source_of(scan, line, label), product_source;
    struct held *host = &info->before[0], *product = &info->before[1];
    unsigned long step = line->number - product->number;

    block_end(scan, info);
    /* Double-spaced pastes have a blank line between any two. */
    if (product->set && step <= 2 && span_has(span_of(product->value), "Windows")) {
        if (host->set && product->number - host->number == step && is_host(span_of(host->value)))
            release(scan, host, FIELD_COMPUTER_NAME);
        product_source = held_source(scan, product);
        state_product(scan, &product_source, span_of(product->value));
    }
    state_version(scan, &source, os);
    info->open = true;
    info->item = ITEM_VERSION;
    info->in_step = info->has_arch = info->has_memory = info->has_locale = false;
    info->after_id = false;
    info->configuration.set = info->owner.set = info->organization.set = false;
    info->listing = false;
    info->last_number = -1;
}

static bool is_build_type(struct span value)
{
    return span_ends(value, " Free") || span_ends(value, " Checked");
}

/* The items that hold words of the machine's own; true when the line was one of them. */
static bool positional_item(struct text_scan *scan, struct systeminfo *info,
                            const struct text_line *line, struct span label, struct span value)
{
    struct source source;

    switch (info->item) {
    case ITEM_CONFIGURATION:
        hold(&info->configuration, line, label, value);
        return true;
    case ITEM_OWNER:
        if (info->in_step)
            hold(&info->owner, line, label, value);
        return info->in_step;
    case ITEM_ORGANIZATION:
        if (info->in_step)
            hold(&info->organization, line, label, value);
        return info->in_step;
    case ITEM_PRODUCT_ID:
        /* Not of the shape, or it would not have come here: "N/A". */
        release(scan, &info->owner, FIELD_OWNER);
        release(scan, &info->organization, FIELD_ORGANIZATION);
        return false;
    case ITEM_HOTFIXES:
        if (!info->in_step)
            return false;
        source = source_of(scan, line, label);
        if (span_has(value, "[01]:"))
            list_value(scan, info, source, value);
        else if (shape_first_number(value) > 0)
            list_begin(info, source, shape_first_number(value));
        else
            facts_add_missing(&scan->machine->facts, &source, FIELD_PACKAGE_LIST, FACT_NOT_RECORDED,
                              "systeminfo gives no list of hotfixes");
        return true;
    default:
        return false;
    }
}

/* The items that show what they are, which also put the count right again. */
static bool shaped_item(struct text_scan *scan, struct systeminfo *info,
                        const struct text_line *line, struct span label, struct span value)
{
    const char *arch;
    struct source source;

    if (is_build_type(value) && info->item <= ITEM_BUILD_TYPE) {
        if (info->item == ITEM_BUILD_TYPE)
            release_configuration(scan, &info->configuration);
        info->configuration.set = false;
        info->item = ITEM_BUILD_TYPE;
        info->in_step = true;
        source = source_of(scan, line, label);
        add(scan, &source, FIELD_BUILD_TYPE, value);
        return true;
    }
    if (shape_product_id(value) && info->item <= ITEM_INSTALL_DATE) {
        if (info->item == ITEM_PRODUCT_ID) {
            release(scan, &info->owner, FIELD_OWNER);
            release(scan, &info->organization, FIELD_ORGANIZATION);
        }
        info->owner.set = info->organization.set = false;
        info->item = ITEM_PRODUCT_ID;
        info->after_id = true;
        source = source_of(scan, line, label);
        state_product_id(scan, &source, value);
        return true;
    }
    if (info->after_id) {
        info->after_id = false;
        source = source_of(scan, line, label);
        if (shape_first_number(value) >= 0)
            add(scan, &source, FIELD_INSTALL_DATE, value);
        return true;
    }
    arch = info->has_arch || info->item < ITEM_PRODUCT_ID ? NULL : shape_system_type(value);
    if (arch && (span_has(value, "-bas") || (info->in_step && info->item == ITEM_SYSTEM_TYPE))) {
        info->item = ITEM_SYSTEM_TYPE;
        info->has_arch = true;
        source = source_of(scan, line, label);
        facts_add_text(&scan->machine->facts, &source, FIELD_ARCH, arch);
        return true;
    }
    if (!info->has_locale && shape_locale(value)) {
        info->item = ITEM_LOCALE;
        info->has_locale = true;
        source = source_of(scan, line, label);
        add(scan, &source, FIELD_LANGUAGE, value);
        return true;
    }
    if (!info->has_memory && info->item > ITEM_ORGANIZATION && shape_memory_kb(value) >= 0) {
        info->item = ITEM_MEMORY;
        info->has_memory = true;
        source = source_of(scan, line, label);
        facts_add_number(&scan->machine->facts, &source, FIELD_MEMORY_KB, shape_memory_kb(value));
        return true;
    }
    return false;
}

static bool block_line(struct text_scan *scan, struct systeminfo *info,
                       const struct text_line *line, struct span text)
{
    struct span label, value, entry;
    int32_t number;

    if (shape_entry(text, &number, &entry)) {
        if (!info->listing && (shape_kb(entry) || (number == 1 && looks_like_hotfix(entry))))
            list_begin(info, source_of(scan, line, SPAN("hotfixes")), info->last_number);
        if (!info->listing)
            return false;
        list_entry(scan, info, source_of(scan, line, SPAN("hotfixes")), entry);
        info->cut = info->cut || line->cut;
        return true;
    }
    if (!shape_labelled(text, &label, &value)) {
        /* "... and 214 more" */
        if (info->listing &&
            (span_starts(text, "...") || span_starts(text, "…") || span_starts(text, "[..."))) {
            info->cut = true;
            return true;
        }
        return false;
    }
    list_end(scan, info);
    info->item++;
    info->last_number = shape_first_number(value);
    if (span_starts(value, "\\\\"))
        info->item = ITEM_HOTFIXES - 1;
    if (shaped_item(scan, info, line, label, value) ||
        positional_item(scan, info, line, label, value))
        return true;
    /* Long behind the last item: other output that happens to have labels. */
    if (info->item > ITEM_COUNT + 60)
        block_end(scan, info);
    return false;
}

/* One record of CSV or of the table: all items in one line. */

static void record(struct text_scan *scan, struct systeminfo *info, const struct text_line *line,
                   const struct span *items, unsigned n_items)
{
    struct source source = source_of(scan, line, SPAN("systeminfo"));
    struct facts *facts = &scan->machine->facts;
    struct shape_os os;
    const char *text;

    block_end(scan, info);
    shape_systeminfo_version(items[ITEM_VERSION], &os);
    if (is_host(items[ITEM_HOST]))
        add(scan, &source, FIELD_COMPUTER_NAME, items[ITEM_HOST]);
    state_product(scan, &source, items[ITEM_PRODUCT]);
    state_version(scan, &source, &os);
    if (n_items <= ITEM_SYSTEM_TYPE || !is_build_type(items[ITEM_BUILD_TYPE])) {
        machine_add_problem(scan->machine, scan->evidence,
                            "line %lu: the record ends after %u items", line->number, n_items);
        return;
    }
    text = shape_product_type(items[ITEM_CONFIGURATION]);
    if (text)
        facts_add_text(facts, &source, FIELD_PRODUCT_TYPE, text);
    add(scan, &source, FIELD_BUILD_TYPE, items[ITEM_BUILD_TYPE]);
    add(scan, &source, FIELD_OWNER, items[ITEM_OWNER]);
    add(scan, &source, FIELD_ORGANIZATION, items[ITEM_ORGANIZATION]);
    if (shape_product_id(items[ITEM_PRODUCT_ID]))
        state_product_id(scan, &source, items[ITEM_PRODUCT_ID]);
    if (shape_first_number(items[ITEM_INSTALL_DATE]) >= 0)
        add(scan, &source, FIELD_INSTALL_DATE, items[ITEM_INSTALL_DATE]);
    text = shape_system_type(items[ITEM_SYSTEM_TYPE]);
    if (text)
        facts_add_text(facts, &source, FIELD_ARCH, text);
    if (n_items > ITEM_LOCALE && shape_locale(items[ITEM_LOCALE]))
        add(scan, &source, FIELD_LANGUAGE, items[ITEM_LOCALE]);
    if (n_items > ITEM_MEMORY && shape_memory_kb(items[ITEM_MEMORY]) >= 0)
        facts_add_number(facts, &source, FIELD_MEMORY_KB, shape_memory_kb(items[ITEM_MEMORY]));
    if (n_items > ITEM_HOTFIXES && span_has(items[ITEM_HOTFIXES], "[01]:")) {
        list_value(scan, info, source, items[ITEM_HOTFIXES]);
        info->cut = line->cut || span_ends(items[ITEM_HOTFIXES], "...");
        list_end(scan, info);
    } else {
        facts_add_missing(facts, &source, FIELD_PACKAGE_LIST, FACT_NOT_RECORDED,
                          "the record has no list of hotfixes");
    }
}

/* Takes the quoted fields of a CSV line; a doubled quote inside one is left as it is, because no
 * item that is read here has any. */
static unsigned csv_fields(struct span line, struct span *fields, unsigned max)
{
    unsigned n = 0;

    while (n < max && line.length > 0 && *line.text == '"') {
        size_t end = 1;

        while (end < line.length &&
               (line.text[end] != '"' || (end + 1 < line.length && line.text[end + 1] == '"')))
            end += line.text[end] == '"' ? 2 : 1;
        if (end > line.length)
            end = line.length;
        fields[n++] = span_trim((struct span){line.text + 1, end - 1});
        line = span_from(line, end + 1);
        if (line.length == 0 || *line.text != ',')
            break;
        line = span_from(line, 1);
    }
    return n;
}

static bool csv_line(struct text_scan *scan, struct systeminfo *info, const struct text_line *line,
                     struct span text)
{
    struct span fields[ITEM_COUNT];
    struct shape_os os;
    unsigned n;

    if (text.length == 0 || *text.text != '"')
        return false;
    n = csv_fields(text, fields, ITEM_COUNT);
    if (n < ITEM_OWNER || !shape_systeminfo_version(fields[ITEM_VERSION], &os))
        return false;
    record(scan, info, line, fields, n);
    return true;
}

/* Counts in characters, as the program pads; ideographs take two cells on a screen but one here. */
static size_t character_offset(struct span text, unsigned characters)
{
    size_t i = 0;

    while (i < text.length && characters > 0) {
        i++;
        while (i < text.length && ((unsigned char)text.text[i] & 0xc0) == 0x80)
            i++;
        characters--;
    }
    return i;
}

/* "==================== ======" under the table's header: where its columns begin. */
static bool table_rule(struct systeminfo *info, struct span text)
{
    unsigned n = 0;

    if (text.length < ITEM_COUNT || *text.text != '=')
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] != '=' && text.text[i] != ' ')
            return false;
        if (text.text[i] == '=' && (i == 0 || text.text[i - 1] == ' ') && n < ITEM_COUNT)
            info->columns[n++] = (unsigned)i;
    }
    info->columns[n] = (unsigned)text.length + 1;
    info->n_columns = n;
    return n > ITEM_OWNER;
}

static bool table_line(struct text_scan *scan, struct systeminfo *info,
                       const struct text_line *line, struct span text)
{
    struct span fields[ITEM_COUNT];
    struct shape_os os;

    if (info->n_columns <= ITEM_OWNER)
        return false;
    for (unsigned i = 0; i < info->n_columns; i++) {
        size_t from = character_offset(text, info->columns[i]);
        size_t to = character_offset(text, info->columns[i + 1]);

        fields[i] = span_trim((struct span){text.text + from, to - from});
    }
    if (!shape_systeminfo_version(fields[ITEM_VERSION], &os)) {
        info->n_columns = 0;
        return false;
    }
    record(scan, info, line, fields, info->n_columns);
    return true;
}

/* "C:\>", "PS C:\Users>": the next command's output is not this one's. */
static bool is_prompt(struct span text)
{
    size_t at = span_find(text, ":\\");

    return at < 5 && at < text.length && span_has(text, ">");
}

static bool line_shown(struct text_scan *scan, void *state, const struct text_line *line)
{
    struct systeminfo *info = state;
    struct span text = span_of(recogniser_uncomment(line->text)), label, value;
    struct shape_os os;

    if (span_trim(text).length == 0) {
        if (++info->blank_lines > 1)
            block_end(scan, info);
        return false;
    }
    info->blank_lines = 0;
    if (csv_line(scan, info, line, text) || table_line(scan, info, line, text))
        return true;
    if (table_rule(info, text))
        return true;
    if (is_prompt(text)) {
        block_end(scan, info);
        info->before[0].set = info->before[1].set = false;
        return false;
    }
    if (shape_labelled(text, &label, &value) && shape_systeminfo_version(value, &os)) {
        block_begin(scan, info, line, label, &os);
        return true;
    }
    if (info->open)
        return block_line(scan, info, line, text);
    if (shape_labelled(text, &label, &value)) {
        info->before[0] = info->before[1];
        hold(&info->before[1], line, label, value);
    }
    return false;
}

static void end(struct text_scan *scan, void *state)
{
    block_end(scan, state);
}

const struct recogniser recogniser_systeminfo = {
    .id = "systeminfo",
    .begin = begin,
    .line = line_shown,
    .end = end,
};
