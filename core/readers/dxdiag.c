/* DxDiag's text report: the operating system with its build lab, in the display language.
 *
 *    Operating System: Windows Vista Home Premium (6.0, Build 6002) Service Pack 2 (6002.lh_...)
 *
 * Known by the two brackets. "DxDiag Version" below is that of dxdiag.exe and often older.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "shapes.h"

#include <string.h>

/* The report's "System Information" from the operating system on. */
#define REPORT_LINES 20
#define VALUE_BYTES  256

struct dxdiag {
    /* The two label lines above: the report's time, the machine's name. */
    char before[2][VALUE_BYTES];
    unsigned long before_line[2];
    bool machine_named; /* the nearer label is the English one */
    unsigned long os_line;
    bool has_memory;
};

/* What the value says; spans point into it. */
struct dxdiag_os {
    struct span product;
    struct shape_os os;
    struct span lab; /* empty when not there */
};

static void *begin(struct text_scan *scan)
{
    return arena_alloc(scan->machine->arena, sizeof(struct dxdiag));
}

/* "6.0, Build 6002" */
static bool read_brackets(struct span inside, struct shape_os *os)
{
    size_t comma = span_find(inside, ",");
    int32_t parts[2];
    struct span build;

    *os = (struct shape_os){VERSION_NONE, VERSION_UNKNOWN, VERSION_UNKNOWN};
    if (shape_numbers(span_trim((struct span){inside.text, comma}), parts, 2) != 2)
        return false;
    build = span_trim(span_from(inside, comma + 1));
    if (build.length < 5 || build.text[build.length - 1] < '0' ||
        build.text[build.length - 1] > '9')
        return false;
    os->version.major = parts[0];
    os->version.minor = parts[1];
    os->version.build = shape_first_number(build);
    return os->version.build >= 1000 && os->version.build <= 99999;
}

static bool read_value(struct span value, struct dxdiag_os *system)
{
    size_t open = span_find(value, "("), close;
    struct span rest;
    struct build_lab lab;
    char text[VALUE_BYTES];

    if (value.length >= VALUE_BYTES)
        return false;
    /* "Windows Server (R) 2008 Standard (6.0, Build 6002)": the first that holds a version. */
    for (;;) {
        struct span inside = span_from(value, open + 1);

        if (open >= value.length)
            return false;
        close = span_find(inside, ")");
        if (close == inside.length)
            return false;
        rest = span_trim(span_from(inside, close + 1));
        inside.length = close;
        if (read_brackets(inside, &system->os))
            break;
        open += 1 + span_find(span_from(value, open + 1), "(");
    }
    system->product = span_trim((struct span){value.text, open});
    if (!span_has(system->product, "Windows"))
        return false;
    system->os.service_pack = shape_service_pack(rest);
    open = span_find(rest, "(");
    system->lab = span_from(rest, open + 1);
    if (system->lab.length > 0)
        system->lab.length = span_find(system->lab, ")");
    if (system->lab.length > 0 &&
        !build_lab_parse(span_copy(system->lab, text, sizeof(text)), &lab))
        system->lab.length = 0;
    return system->lab.length > 0 || rest.length == 0 || system->os.service_pack != VERSION_UNKNOWN;
}

static struct source source_of(struct text_scan *scan, unsigned long number, const char *what)
{
    return recogniser_source(scan, &(struct text_line){.number = number}, GRADE_TOOL,
                             WITNESS_DXDIAG, what);
}

static void state_system(struct text_scan *scan, struct dxdiag *report,
                         const struct text_line *line, const struct dxdiag_os *system)
{
    struct facts *facts = &scan->machine->facts;
    struct source source;

    /* In other languages the name is known by its place: the time is above it. */
    if (report->before_line[1] + 1 == line->number &&
        (report->machine_named ||
         (report->before_line[0] + 1 == report->before_line[1] &&
          shape_first_number(span_of(report->before[0])) >= 0 && strchr(report->before[0], ':')))) {
        source = source_of(scan, report->before_line[1], "DxDiag");
        facts_add_text(facts, &source, FIELD_COMPUTER_NAME, report->before[1]);
        if (report->before_line[0] + 1 == report->before_line[1]) {
            source = source_of(scan, report->before_line[0], "DxDiag");
            facts_add_text(facts, &source, FIELD_EVIDENCE_DATE, report->before[0]);
        }
    }
    source = source_of(scan, line->number, "DxDiag");
    scan->statements++;
    recogniser_add(scan, &source, FIELD_PRODUCT_NAME, system->product);
    facts_add_version(facts, &source, &system->os.version);
    if (system->os.service_pack != VERSION_UNKNOWN)
        facts_add_number(facts, &source, FIELD_SERVICE_PACK, system->os.service_pack);
    if (system->lab.length > 0)
        facts_add_build_lab(
            facts, &source, FIELD_BUILD_LAB,
            arena_strndup(scan->machine->arena, system->lab.text, system->lab.length));
    report->os_line = line->number;
    report->has_memory = false;
}

static bool line_shown(struct text_scan *scan, void *state, const struct text_line *line)
{
    struct dxdiag *report = state;
    struct span text = span_of(recogniser_uncomment(line->text)), label, value;
    struct dxdiag_os system;
    struct source source;

    if (!shape_labelled(text, &label, &value))
        return false;
    if (read_value(value, &system)) {
        state_system(scan, report, line, &system);
        return true;
    }
    if (span_is(label, "DxDiag Version")) {
        source = source_of(scan, line->number, "DxDiag");
        value.length = span_find(value, " ");
        facts_add_lookalike(&scan->machine->facts, &source,
                            arena_strndup(scan->machine->arena, value.text, value.length),
                            "version of dxdiag.exe");
        return true;
    }
    if (report->os_line && line->number - report->os_line < REPORT_LINES && !report->has_memory &&
        span_ends(value, " RAM") && shape_memory_kb(value) >= 0) {
        report->has_memory = true;
        source = source_of(scan, line->number, "DxDiag");
        facts_add_number(&scan->machine->facts, &source, FIELD_MEMORY_KB, shape_memory_kb(value));
        return true;
    }
    memcpy(report->before[0], report->before[1], VALUE_BYTES);
    report->before_line[0] = report->before_line[1];
    span_copy(value, report->before[1], VALUE_BYTES);
    report->before_line[1] = line->number;
    report->machine_named = span_is(label, "Machine name");
    return false;
}

const struct recogniser recogniser_dxdiag = {
    .id = "dxdiag",
    .begin = begin,
    .line = line_shown,
};
