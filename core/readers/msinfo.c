/* msinfo32's System Summary as text: item, tab, value, in the display language.
 *
 * Its version has the shape of systeminfo's; the tab tells them apart. The product stands in the
 * line above; below come the other items in a fixed order, of which those are read that show by
 * their shape what they are.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "shapes.h"

#include <string.h>

/* The summary's items; what follows are lists of devices. */
#define SUMMARY_LINES 40
/* The system's name stands three lines below the version, the system type six. */
#define NAME_OFFSET 3
#define TYPE_OFFSET 6

#define VALUE_BYTES 512

struct msinfo {
    char product[VALUE_BYTES]; /* value of the line before */
    unsigned long product_line;
    char name[VALUE_BYTES]; /* held until the system type confirms its place */
    unsigned long name_line;
    bool open;
    unsigned long version_line;
    unsigned item; /* lines since the version, empty ones left out */
    bool has_arch, has_memory;
};

static void *begin(struct text_scan *scan)
{
    return arena_alloc(scan->machine->arena, sizeof(struct msinfo));
}

static struct source source_of(struct text_scan *scan, unsigned long number)
{
    return recogniser_source(scan, &(struct text_line){.number = number}, GRADE_TOOL,
                             WITNESS_MSINFO, "msinfo32");
}

static void version_item(struct text_scan *scan, struct msinfo *info, const struct text_line *line,
                         const struct shape_os *os)
{
    struct facts *facts = &scan->machine->facts;
    struct source source = source_of(scan, info->product_line);

    if (info->product_line + 1 == line->number && span_has(span_of(info->product), "Windows"))
        facts_add_text(facts, &source, FIELD_PRODUCT_NAME, info->product);
    source = source_of(scan, line->number);
    scan->statements++;
    facts_add_version(facts, &source, &os->version);
    if (os->build_again != os->version.build)
        facts_add_number(facts, &source, FIELD_BUILD, os->build_again);
    if (os->service_pack != VERSION_UNKNOWN)
        facts_add_number(facts, &source, FIELD_SERVICE_PACK, os->service_pack);
    info->open = true;
    info->version_line = line->number;
    info->item = 0;
    info->name_line = 0;
    info->has_arch = info->has_memory = false;
}

static bool summary_item(struct text_scan *scan, struct msinfo *info, const struct text_line *line,
                         struct span label, struct span value)
{
    struct facts *facts = &scan->machine->facts;
    struct source source;
    const char *arch;
    int64_t kb;

    info->item++;
    if (line->number - info->version_line > SUMMARY_LINES) {
        info->open = false;
        return false;
    }
    if (span_is(label, "System Name") || (info->item == NAME_OFFSET && !info->has_arch)) {
        span_copy(value, info->name, sizeof(info->name));
        info->name_line = line->number;
        if (!span_is(label, "System Name"))
            return true;
        source = source_of(scan, line->number);
        facts_add_text(facts, &source, FIELD_COMPUTER_NAME, info->name);
        info->name_line = 0;
        return true;
    }
    arch = info->has_arch ? NULL : shape_system_type(value);
    if (arch && (span_has(value, "-bas") || info->item == TYPE_OFFSET)) {
        info->has_arch = true;
        if (info->item == TYPE_OFFSET && info->name_line) {
            source = source_of(scan, info->name_line);
            facts_add_text(facts, &source, FIELD_COMPUTER_NAME, info->name);
        }
        source = source_of(scan, line->number);
        facts_add_text(facts, &source, FIELD_ARCH, arch);
        return true;
    }
    if (span_has(value, "Version = \"")) {
        size_t at = span_find(value, "\"") + 1;
        struct span version = span_from(value, at);

        version.length = span_find(version, "\"");
        source = source_of(scan, line->number);
        facts_add_lookalike(facts, &source,
                            arena_strndup(scan->machine->arena, version.text, version.length),
                            "version of the hardware abstraction layer");
        return true;
    }
    kb = info->has_memory || !info->has_arch ? -1 : shape_memory_kb(value);
    if (kb >= 0 && span_has(label, "ysical")) {
        info->has_memory = true;
        source = source_of(scan, line->number);
        facts_add_number(facts, &source, FIELD_MEMORY_KB, kb);
        return true;
    }
    return false;
}

/* A summary that went through a web page has blanks where its tabs were: "Version 6.0.6002 Service
 * Pack 2 Build 6002" under "OS Name Microsoft Windows Server 2008 Standard". Only these two and
 * what English words name can then be told apart. */
static bool spaced_line(struct text_scan *scan, struct msinfo *info, const struct text_line *line,
                        struct span text)
{
    static const char *const names[] = {"System Name", "System Type", "Total Physical Memory"};
    struct shape_os os;
    size_t at = 0;

    text = span_trim(text);
    while (at < text.length && (text.text[at] < '0' || text.text[at] > '9'))
        at++;
    if (at > 0 && at < 40 && blank_length(text.text + at - 1, 1) && !memchr(text.text, ':', at) &&
        shape_systeminfo_version(span_from(text, at), &os) &&
        info->product_line + 1 == line->number && span_has(span_of(info->product), "Microsoft")) {
        version_item(scan, info, line, &os);
        return true;
    }
    for (size_t i = 0; info->open && i < sizeof(names) / sizeof(names[0]); i++)
        if (span_starts(text, names[i]) && blank_length(text.text + strlen(names[i]), 3))
            return summary_item(scan, info, line, span_of(names[i]),
                                span_trim(span_from(text, strlen(names[i]))));
    at = span_find(text, "Microsoft");
    if (at > 0 && at < 40 && span_has(text, "Windows")) {
        span_copy(span_from(text, at), info->product, sizeof(info->product));
        info->product_line = line->number;
    }
    return false;
}

static bool line_shown(struct text_scan *scan, void *state, const struct text_line *line)
{
    struct msinfo *info = state;
    struct span text = span_of(recogniser_uncomment(line->text)), label, value;
    struct shape_os os;

    if (!shape_tabbed(text, &label, &value))
        return spaced_line(scan, info, line, text);
    if (shape_systeminfo_version(value, &os)) {
        version_item(scan, info, line, &os);
        return true;
    }
    if (info->open && summary_item(scan, info, line, label, value))
        return true;
    span_copy(value, info->product, sizeof(info->product));
    info->product_line = line->number;
    return false;
}

const struct recogniser recogniser_msinfo = {
    .id = "msinfo",
    .begin = begin,
    .line = line_shown,
};
