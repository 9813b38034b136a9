/* systeminfo: its list, its table and its CSV, redirected or pasted, in any display language.
 *
 * The program writes the same items in the same order in every language, so the item is known by
 * its distance from the version, and the version by the shape of its value. Positions are trusted
 * only while values that nobody translates stand where they belong (the build type, the product
 * id, the system type, the locale); what was held back until then is dropped otherwise.
 *
 * SPDX-License-Identifier: MIT
 */
#include "systeminfo.h"

#include <string.h>

/* The longest owner that setup takes is 255 characters. */
#define ITEM_BYTES 512

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
    char no_pack[64]; /* the words of the version where the service pack would be */
    bool after_id;    /* the last label line was the product id */
    struct held configuration, owner, organization;
    unsigned blank_lines;
    int32_t last_number; /* in the value of the last label line */
    struct hotfix_list list;
    struct systeminfo_columns columns;
};

static void *begin(struct text_scan *scan)
{
    return arena_alloc(scan->machine->arena, sizeof(struct systeminfo));
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
    return systeminfo_source(scan, &(struct text_line){.number = held->number},
                             span_of(held->label));
}

static void release(struct text_scan *scan, struct held *held, enum fact_field field)
{
    if (held->set) {
        struct source source = held_source(scan, held);

        recogniser_add(scan, &source, field, span_of(held->value));
    }
    held->set = false;
}

/* "N/A" in the language of the machine: without a service pack the version has it too. */
static bool is_not_available(const struct systeminfo *info, const char *value)
{
    size_t length = strlen(value);

    return !strcmp(value, "N/A") ||
           (length > 0 && !strncmp(info->no_pack, value, length) && info->no_pack[length] == ' ');
}

static void release_owner(struct text_scan *scan, struct systeminfo *info)
{
    struct {
        struct held *held;
        enum fact_field field;
    } both[] = {{&info->owner, FIELD_OWNER}, {&info->organization, FIELD_ORGANIZATION}};

    for (size_t i = 0; i < 2; i++) {
        if (both[i].held->set && is_not_available(info, both[i].held->value)) {
            struct source source = held_source(scan, both[i].held);

            facts_add_missing(&scan->machine->facts, &source, both[i].field, FACT_NOT_RECORDED,
                              "systeminfo did not get it");
            both[i].held->set = false;
        }
        release(scan, both[i].held, both[i].field);
    }
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

/* The block. */

static void block_end(struct text_scan *scan, struct systeminfo *info)
{
    if (!info->open)
        return;
    info->open = false;
    hotfix_list_end(scan, &info->list);
    /* The text ends before the item that would confirm the place: the order held so far. */
    if (info->item == ITEM_CONFIGURATION || info->in_step)
        release_configuration(scan, &info->configuration);
    if (info->in_step && info->item <= ITEM_PRODUCT_ID) {
        release_owner(scan, info);
    }
    info->before[0].set = info->before[1].set = false;
}

static void block_begin(struct text_scan *scan, struct systeminfo *info,
                        const struct text_line *line, struct span label, struct span value,
                        const struct shape_os *os)
{
    struct source source = systeminfo_source(scan, line, label), product_source;
    struct held *host = &info->before[0], *product = &info->before[1];
    unsigned long step = line->number - product->number;

    block_end(scan, info);
    /* Double-spaced pastes have a blank line between any two. */
    if (product->set && step <= 2 && span_has(span_of(product->value), "Windows")) {
        if (host->set && product->number - host->number == step &&
            systeminfo_is_host(span_of(host->value)))
            release(scan, host, FIELD_COMPUTER_NAME);
        product_source = held_source(scan, product);
        systeminfo_product(scan, &product_source, span_of(product->value));
    }
    systeminfo_version(scan, &source, os);
    value = os->service_pack == 0 ? span_from(value, span_find(value, " ")) : SPAN("");
    span_copy(span_trim(value), info->no_pack, sizeof(info->no_pack));
    info->open = true;
    info->item = ITEM_VERSION;
    info->in_step = info->has_arch = info->has_memory = info->has_locale = false;
    info->after_id = false;
    info->configuration.set = info->owner.set = info->organization.set = false;
    info->list.open = false;
    info->last_number = -1;
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
        release_owner(scan, info);
        return false;
    case ITEM_HOTFIXES:
        if (!info->in_step)
            return false;
        source = systeminfo_source(scan, line, label);
        if (span_has(value, "[01]:"))
            hotfix_list_value(scan, &info->list, source, value);
        else if (shape_first_number(value) > 0)
            hotfix_list_begin(&info->list, source, shape_first_number(value));
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

    if (systeminfo_is_build_type(value) && info->item <= ITEM_BUILD_TYPE) {
        if (info->item == ITEM_BUILD_TYPE)
            release_configuration(scan, &info->configuration);
        info->configuration.set = false;
        info->item = ITEM_BUILD_TYPE;
        info->in_step = true;
        source = systeminfo_source(scan, line, label);
        recogniser_add(scan, &source, FIELD_BUILD_TYPE, value);
        return true;
    }
    if (shape_product_id(value) && info->item <= ITEM_INSTALL_DATE) {
        if (info->item == ITEM_PRODUCT_ID) {
            release_owner(scan, info);
        }
        info->owner.set = info->organization.set = false;
        info->item = ITEM_PRODUCT_ID;
        info->after_id = true;
        source = systeminfo_source(scan, line, label);
        systeminfo_product_id(scan, &source, value);
        return true;
    }
    if (info->after_id) {
        info->after_id = false;
        source = systeminfo_source(scan, line, label);
        if (shape_first_number(value) >= 0)
            recogniser_add(scan, &source, FIELD_INSTALL_DATE, value);
        return true;
    }
    arch = info->has_arch || info->item < ITEM_PRODUCT_ID ? NULL : shape_system_type(value);
    if (arch && (span_has(value, "-bas") || (info->in_step && info->item == ITEM_SYSTEM_TYPE))) {
        info->item = ITEM_SYSTEM_TYPE;
        info->has_arch = true;
        source = systeminfo_source(scan, line, label);
        facts_add_text(&scan->machine->facts, &source, FIELD_ARCH, arch);
        return true;
    }
    if (!info->has_locale && shape_locale(value)) {
        info->item = ITEM_LOCALE;
        info->has_locale = true;
        source = systeminfo_source(scan, line, label);
        recogniser_add(scan, &source, FIELD_LANGUAGE, value);
        return true;
    }
    if (!info->has_memory && info->item > ITEM_ORGANIZATION && shape_memory_kb(value) >= 0) {
        info->item = ITEM_MEMORY;
        info->has_memory = true;
        source = systeminfo_source(scan, line, label);
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
        if (!info->list.open && (shape_kb(entry) || (number == 1 && hotfix_list_is_entry(entry))))
            hotfix_list_begin(&info->list, systeminfo_source(scan, line, SPAN("hotfixes")),
                              info->last_number);
        if (!info->list.open)
            return false;
        hotfix_list_entry(scan, &info->list, systeminfo_source(scan, line, SPAN("hotfixes")),
                          entry);
        info->list.cut = info->list.cut || line->cut;
        return true;
    }
    if (!shape_labelled(text, &label, &value)) {
        /* "... and 214 more" */
        if (info->list.open &&
            (span_starts(text, "...") || span_starts(text, "…") || span_starts(text, "[..."))) {
            info->list.cut = true;
            return true;
        }
        return false;
    }
    hotfix_list_end(scan, &info->list);
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
    if (systeminfo_record(scan, &info->columns, line, text)) {
        block_end(scan, info);
        return true;
    }
    if (is_prompt(text)) {
        block_end(scan, info);
        info->before[0].set = info->before[1].set = false;
        return false;
    }
    if (shape_labelled(text, &label, &value) && shape_systeminfo_version(value, &os)) {
        block_begin(scan, info, line, label, value, &os);
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
