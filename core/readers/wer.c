/* Windows Error Reporting: problem reports as text, Report.wer, and the addresses it reports to.
 *
 *    OS Version: 6.0.6002.2.2.0.272.7
 *    /StageOne/....htm?LCID=1033&OS=6.0.6002.2.00010100.2.0.6.18005
 *
 * The first is major, minor, build, platform (2: NT), service pack major and minor, suite mask,
 * SKU. The second has the suite mask in hexadecimal before the service pack, and after the SKU the
 * revision of the system. The SKU tells server from workstation. The application and the module
 * that failed have versions of their own; where they are parts of Windows they are system files.
 *
 * Later systems write the same in pairs, "OsInfo[2].Key=verbld" and "OsInfo[2].Value=6003", of
 * which a report may have nothing else.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "../ascii.h"
#include "../knowledge.h"
#include "line_values.h"
#include "system_file.h"

#include <string.h>

#define PLATFORM_NT 2
#define NAME_BYTES  64
/* Addresses told apart in one log; the same machine reports with the same one. */
#define SEEN_MAX 16

/* Of OsInfo. */
enum { OS_MAJOR, OS_MINOR, OS_BUILD, OS_REVISION, OS_PACK, OS_ARCH, OS_SKU, OS_COUNT };

static const char *const os_keys[OS_COUNT] = {"vermaj", "vermin", "verbld", "ubr",
                                              "versp",  "arch",   "sku"};

struct wer {
    char file[NAME_BYTES]; /* the last "... Name: explorer.exe" */
    unsigned long file_line;
    unsigned n_seen;
    struct version seen[SEEN_MAX];
    bool has_version;     /* an "OS Version" was there */
    unsigned long number; /* of the last OsInfo key */
    int key;              /* that it was; OS_COUNT for one that does not matter */
    unsigned stated;      /* bits of os */
    int32_t os[OS_COUNT];
    unsigned long os_line; /* of the build */
};

static void *begin(struct text_scan *scan)
{
    struct wer *wer = arena_alloc(scan->machine->arena, sizeof(*wer));

    wer->key = OS_COUNT;
    return wer;
}

static void state_system(struct text_scan *scan, const struct source *source,
                         const struct version *version, int32_t service_pack, int32_t number)
{
    struct facts *facts = &scan->machine->facts;
    const struct known_sku *sku = known_sku_by_number(number);

    scan->statements++;
    facts_add_version(facts, source, version);
    if (service_pack != VERSION_UNKNOWN)
        facts_add_number(facts, source, FIELD_SERVICE_PACK, service_pack);
    if (number != VERSION_UNKNOWN)
        facts_add_number(facts, source, FIELD_SKU, number);
    if (sku)
        facts_add_text(facts, source, FIELD_PRODUCT_TYPE, sku->server ? "server" : "workstation");
}

/* "6.0.6002.2.2.0.272.7" */
static bool os_version(struct text_scan *scan, const struct text_line *line, struct span value)
{
    int32_t n[8];
    struct version version;
    struct source source;

    if (shape_numbers(value, n, 8) != 8 || n[3] != PLATFORM_NT || n[4] > 9)
        return false;
    version = (struct version){n[0], n[1], n[2], VERSION_UNKNOWN};
    if (!shape_known_build(&version))
        return false;
    source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_WER, "OS Version");
    state_system(scan, &source, &version, n[4], n[7]);
    return true;
}

static bool was_seen(struct wer *wer, const struct version *version)
{
    for (unsigned i = 0; i < wer->n_seen; i++)
        if (!memcmp(&wer->seen[i], version, sizeof(*version)))
            return true;
    if (wer->n_seen < SEEN_MAX)
        wer->seen[wer->n_seen++] = *version;
    return false;
}

/* The eight decimal numbers of "6.0.6001.2.00010100.1.0.6.18000"; the suite mask, the fifth of
 * nine, is left out. */
static bool address_numbers(struct span text, int32_t numbers[8])
{
    size_t at = 0, mask = 0, dots = 0;
    char decimal[64];

    while (at < text.length && (ascii_is_word(text.text[at]) || text.text[at] == '.')) {
        if (text.text[at++] == '.' && ++dots == 4)
            mask = at;
    }
    text.length = at;
    if (dots != 8 || text.length >= sizeof(decimal))
        return false;
    memcpy(decimal, text.text, mask);
    at = mask + span_find(span_from(text, mask), ".") + 1;
    memcpy(decimal + mask, text.text + at, text.length - at);
    decimal[mask + text.length - at] = '\0';
    return shape_numbers(span_of(decimal), numbers, 8) == 8;
}

/* "OS=6.0.6001.2.00010100.1.0.6.18000" as a parameter of an address in a log. */
static bool address(struct text_scan *scan, struct wer *wer, const struct text_line *line)
{
    struct span text = span_of(line->text);
    size_t at = span_find(text, "OS=");
    int32_t n[8];
    struct version version;
    struct source source;

    if (at == text.length || at == 0 || (text.text[at - 1] != '&' && text.text[at - 1] != '?') ||
        !span_has((struct span){text.text, at}, "/StageOne/"))
        return false;
    if (!address_numbers(span_from(text, at + strlen("OS=")), n) || n[3] != PLATFORM_NT || n[4] > 9)
        return false;
    version = (struct version){n[0], n[1], n[2], n[7]};
    if (!shape_known_build(&version))
        return false;
    if (was_seen(wer, &version))
        return true;
    source = recogniser_source(scan, line, GRADE_NETWORK, WITNESS_WER, "error report's address");
    state_system(scan, &source, &version, n[4], n[6]);
    return true;
}

/* "Application Version: 6.0.6002.18005" below "Application Name: Explorer.EXE"; the driver's and
 * others' likewise. */
static bool file_version(struct text_scan *scan, struct wer *wer, const struct text_line *line,
                         const struct line_value *item)
{
    struct facts *facts = &scan->machine->facts;
    struct version version;
    struct source source;
    int32_t n[4];
    char text[48];

    if (span_ends(item->label, "Name") && item->value.length < NAME_BYTES &&
        item->value.length > 4 && item->value.text[item->value.length - 4] == '.') {
        span_copy(item->value, wer->file, sizeof(wer->file));
        wer->file_line = line->number;
        return false;
    }
    if (!span_ends(item->label, " Version") || shape_numbers(item->value, n, 4) != 4 ||
        wer->file_line + 1 != line->number)
        return false;
    version = (struct version){n[0], n[1], n[2], n[3]};
    span_copy(item->value, text, sizeof(text));
    source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_SYSTEM_FILE, "error report");
    if (system_file_is_known(span_of(wer->file)) && shape_known_build(&version)) {
        facts_add_text(facts, &source, FIELD_OS_FILE,
                       arena_printf(scan->machine->arena, "%s %s", wer->file, text));
        return true;
    }
    if (n[0] != 6 || n[1] != 0)
        return false;
    source.witness = WITNESS_WER;
    facts_add_lookalike(facts, &source, text,
                        arena_printf(scan->machine->arena, "version of %s", wer->file));
    return true;
}

/* "OsInfo[2].Key=verbld", "OsInfo[2].Value=6003" */
static bool os_info(struct wer *wer, const struct text_line *line)
{
    struct span text = span_of(line->text), name, value;
    size_t equals = span_find(text, "=");
    int32_t number;

    if (!span_starts(text, "OsInfo[") || equals == text.length)
        return false;
    name = (struct span){text.text, equals};
    value = span_trim(span_from(text, equals + 1));
    number = shape_first_number(name);
    if (span_ends(name, "].Key")) {
        wer->number = (unsigned long)number;
        for (wer->key = 0; wer->key < OS_COUNT && !span_is(value, os_keys[wer->key]);)
            wer->key++;
    } else if (span_ends(name, "].Value") && wer->key < OS_COUNT &&
               wer->number == (unsigned long)number && shape_numbers(value, &number, 1) == 1) {
        wer->stated |= 1u << wer->key;
        wer->os[wer->key] = number;
        if (wer->key == OS_BUILD)
            wer->os_line = line->number;
    }
    return true;
}

static int32_t os_part(const struct wer *wer, int part)
{
    return wer->stated >> part & 1 ? wer->os[part] : VERSION_UNKNOWN;
}

/* All pairs of OsInfo, where nothing said the same before. */
static void end(struct text_scan *scan, void *state)
{
    /* PROCESSOR_ARCHITECTURE_ of winnt.h */
    static const struct {
        int32_t number;
        const char *arch;
    } archs[] = {{0, "x86"}, {6, "ia64"}, {9, "x64"}};
    struct wer *wer = state;
    const struct text_line line = {.number = wer->os_line};
    struct version version = {os_part(wer, OS_MAJOR), os_part(wer, OS_MINOR),
                              os_part(wer, OS_BUILD), os_part(wer, OS_REVISION)};
    struct source source;

    if (wer->has_version || !shape_known_build(&version))
        return;
    source = recogniser_source(scan, &line, GRADE_TOOL, WITNESS_WER, "OsInfo");
    /* Systems before the one that wrote a revision write 0. */
    if (version.revision == 0)
        version.revision = VERSION_UNKNOWN;
    state_system(scan, &source, &version, os_part(wer, OS_PACK), os_part(wer, OS_SKU));
    for (size_t i = 0; i < sizeof(archs) / sizeof(archs[0]); i++)
        if (archs[i].number == os_part(wer, OS_ARCH))
            facts_add_text(&scan->machine->facts, &source, FIELD_ARCH, archs[i].arch);
}

static bool line_shown(struct text_scan *scan, void *state, const struct text_line *line)
{
    struct line_value values[LINE_VALUES_MAX];
    struct wer *wer = state;
    size_t n;

    if (*line->text == 'O' && os_info(wer, line))
        return true;
    /* Names of files and versions have one; most lines of a long text do not. */
    if (!memchr(line->text, '.', line->length))
        return false;
    n = line_values(span_of(recogniser_uncomment(line->text)), values);
    for (size_t i = 0; i < n; i++) {
        if (values[i].label.length == 0)
            continue;
        if (os_version(scan, line, values[i].value)) {
            wer->has_version = true;
            return true;
        }
        if (file_version(scan, wer, line, &values[i]))
            return true;
    }
    return address(scan, wer, line);
}

const struct recogniser recogniser_wer = {
    .id = "wer",
    .begin = begin,
    .line = line_shown,
    .end = end,
};
