/* ver, the banner of cmd.exe, and the text of the winver dialog.
 *
 * All of them are recognised as whole lines, so that a script or a page that mentions one is not
 * taken for the machine itself. The dialog has no labels for the product, the owner and the
 * organisation: they are known by their place after its version.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "shapes.h"

#include <string.h>

/* From the dialog's version to its last line, with every sentence wrapped. */
#define DIALOG_LINES 16

enum dialog_part {
    DIALOG_NONE,
    DIALOG_VERSION, /* the version was met */
    DIALOG_TO,      /* "... License Terms to:" */
    DIALOG_OWNER,
    DIALOG_ORGANIZATION,
};

struct ver {
    enum dialog_part part;
    unsigned long first; /* line of the dialog's version */
};

static void *begin(struct text_scan *scan)
{
    return arena_alloc(scan->machine->arena, sizeof(struct ver));
}

static void state(struct text_scan *scan, const struct source *source, const struct shape_os *os)
{
    scan->statements++;
    facts_add_version(&scan->machine->facts, source, &os->version);
    if (os->service_pack != VERSION_UNKNOWN)
        facts_add_number(&scan->machine->facts, source, FIELD_SERVICE_PACK, os->service_pack);
}

/* "Windows Server (R) 2008 Datacenter without Hyper-V [Version 6.0.6003.22464 Service Pack 2]
 * 32-bit": what re-implementations of winver show, the revision from UBR. */
static bool full_winver(struct text_scan *scan, const struct text_line *line, struct span text)
{
    size_t open = span_find(text, "["), close = span_find(text, "]");
    struct span name = span_trim((struct span){text.text, open}), inside, bits;
    struct shape_os os = {VERSION_NONE, VERSION_UNKNOWN, VERSION_UNKNOWN};
    struct source source;
    size_t n, at = 0;

    if (close == text.length || open > close || !span_has(name, "Windows ") ||
        !(span_starts(name, "Windows") || span_starts(name, "Microsoft")))
        return false;
    inside = span_trim((struct span){text.text + open + 1, close - open - 1});
    bits = span_trim(span_from(text, close + 1));
    if (bits.length > 0 && !span_is(bits, "32-bit") && !span_is(bits, "64-bit"))
        return false;
    while (at < inside.length && (inside.text[at] < '0' || inside.text[at] > '9'))
        at++;
    inside = span_from(inside, at);
    n = inside.length ? version_parse(inside.text, &os.version) : 0;
    os.service_pack = shape_service_pack(inside);
    if (n == 0 || os.version.build == VERSION_UNKNOWN || os.service_pack == VERSION_UNKNOWN ||
        !span_starts(span_trim(span_from(inside, n)), "Service Pack "))
        return false;
    source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_WINVER, "winver");
    state(scan, &source, &os);
    recogniser_add(scan, &source, FIELD_PRODUCT_NAME, name);
    if (span_is(bits, "32-bit"))
        facts_add_text(&scan->machine->facts, &source, FIELD_ARCH, "x86");
    return true;
}

/* "The Windows Server (R) 2008 Standard operating system and its user interface are..." */
static bool dialog_product(struct text_scan *scan, const struct text_line *line, struct span text)
{
    size_t end = span_find(text, " operating system and its user interface");
    struct source source;

    if (end == text.length || end > 80 || !span_starts(text, "The ") || !span_has(text, "Windows"))
        return false;
    source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_WINVER, "winver");
    recogniser_add(scan, &source, FIELD_PRODUCT_NAME,
                   span_trim((struct span){text.text + 4, end - 4}));
    return true;
}

/* A line of the dialog below its version. */
static bool dialog_line(struct text_scan *scan, struct ver *ver, const struct text_line *line,
                        struct span text)
{
    struct source source;
    struct span label, value;

    if (line->number - ver->first > DIALOG_LINES) {
        ver->part = DIALOG_NONE;
        return false;
    }
    if (shape_labelled(text, &label, &value) && value.length > 0) {
        int64_t kb = shape_memory_kb(value);

        ver->part = DIALOG_NONE;
        if (kb < 0)
            return false;
        source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_WINVER, "winver");
        facts_add_number(&scan->machine->facts, &source, FIELD_MEMORY_KB, kb);
        return true;
    }
    switch (ver->part) {
    case DIALOG_VERSION:
        if (dialog_product(scan, line, text))
            return true;
        if (!span_ends(text, ":") && !span_ends(text, "："))
            return false;
        ver->part = DIALOG_TO;
        return true;
    case DIALOG_TO:
        source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_WINVER, "winver");
        recogniser_add(scan, &source, FIELD_OWNER, text);
        ver->part = DIALOG_OWNER;
        return true;
    case DIALOG_OWNER:
        source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_WINVER, "winver");
        recogniser_add(scan, &source, FIELD_ORGANIZATION, text);
        ver->part = DIALOG_ORGANIZATION;
        return true;
    default:
        return false;
    }
}

static bool banner(struct text_scan *scan, const struct text_line *line, struct span text)
{
    struct source source;
    struct shape_os os;
    bool wine;

    if (!shape_ver(text, &os, &wine))
        return false;
    source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_VER, "ver");
    state(scan, &source, &os);
    if (wine)
        facts_add_text(&scan->machine->facts, &source, FIELD_IMITATION,
                       "Wine: its ver writes the version without brackets");
    return true;
}

/* "Wine CMD Version 5.1.2600 (8.0)" */
static bool wine_banner(struct text_scan *scan, const struct text_line *line, struct span text)
{
    struct source source;

    if (!span_starts(text, "Wine CMD Version ") ||
        shape_first_number(span_from(text, strlen("Wine CMD Version "))) < 0)
        return false;
    source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_VER, "ver");
    scan->statements++;
    facts_add_text(&scan->machine->facts, &source, FIELD_IMITATION, "Wine's command processor");
    return true;
}

static bool line_shown(struct text_scan *scan, void *data, const struct text_line *line)
{
    struct span text = span_trim(span_of(recogniser_uncomment(line->text)));
    struct ver *ver = data;
    struct source source;
    struct shape_os os;

    if (text.length == 0)
        return false;
    if (shape_winver(text, &os)) {
        source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_WINVER, "winver");
        state(scan, &source, &os);
        ver->part = DIALOG_VERSION;
        ver->first = line->number;
        return true;
    }
    if (banner(scan, line, text) || wine_banner(scan, line, text) || full_winver(scan, line, text))
        return true;
    return ver->part != DIALOG_NONE && dialog_line(scan, ver, line, text);
}

const struct recogniser recogniser_ver = {
    .id = "ver",
    .begin = begin,
    .line = line_shown,
};
