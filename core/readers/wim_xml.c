/* What the XML of a WIM says of each image.
 *
 *    <WIM><TOTALBYTES>...</TOTALBYTES>
 *      <IMAGE INDEX="1"><NAME>...</NAME>
 *        <LASTMODIFICATIONTIME><HIGHPART>0x01C97D3B</HIGHPART><LOWPART>0x...</LOWPART>
 *        </LASTMODIFICATIONTIME>
 *        <WINDOWS><ARCH>9</ARCH><PRODUCTNAME>...</PRODUCTNAME><EDITIONID>ServerStandard</EDITIONID>
 *          <INSTALLATIONTYPE>Server</INSTALLATIONTYPE><PRODUCTTYPE>ServerNT</PRODUCTTYPE>
 *          <VERSION><MAJOR>6</MAJOR><MINOR>0</MINOR><BUILD>6002</BUILD><SPBUILD>18005</SPBUILD>
 *            <SPLEVEL>2</SPLEVEL></VERSION><SYSTEMROOT>WINDOWS</SYSTEMROOT></WINDOWS>
 *        <DISPLAYNAME>Windows Server 2008 Standard (Full Installation)</DISPLAYNAME></IMAGE></WIM>
 *
 * Who captured or serviced the image wrote that, and it is not always written again: what the image
 * itself says counts for more.
 *
 * SPDX-License-Identifier: MIT
 */
#include "wim_xml.h"

#include "../ascii.h"
#include "../day.h"
#include "../input.h"
#include "../limits.h"
#include "../strbuf.h"
#include "../xml_read.h"
#include "shapes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A FILETIME of 1970. */
#define FILETIME_1970 INT64_C(116444736000000000)
#define PATH_BYTES    128

/* Below <WIM><IMAGE>. */
static const char *const paths[WIM_VALUES] = {
    [WIM_NAME] = "NAME",
    [WIM_DISPLAYNAME] = "DISPLAYNAME",
    [WIM_ARCH] = "WINDOWS/ARCH",
    [WIM_PRODUCTNAME] = "WINDOWS/PRODUCTNAME",
    [WIM_EDITIONID] = "WINDOWS/EDITIONID",
    [WIM_INSTALLATIONTYPE] = "WINDOWS/INSTALLATIONTYPE",
    [WIM_PRODUCTTYPE] = "WINDOWS/PRODUCTTYPE",
    [WIM_LANGUAGE] = "WINDOWS/LANGUAGES/DEFAULT",
    [WIM_SYSTEMROOT] = "WINDOWS/SYSTEMROOT",
    [WIM_MAJOR] = "WINDOWS/VERSION/MAJOR",
    [WIM_MINOR] = "WINDOWS/VERSION/MINOR",
    [WIM_BUILD] = "WINDOWS/VERSION/BUILD",
    [WIM_SPBUILD] = "WINDOWS/VERSION/SPBUILD",
    [WIM_SPLEVEL] = "WINDOWS/VERSION/SPLEVEL",
    [WIM_TIME_HIGH] = "LASTMODIFICATIONTIME/HIGHPART",
    [WIM_TIME_LOW] = "LASTMODIFICATIONTIME/LOWPART",
};

enum { ROOT = 1, IMAGE };

struct reading {
    struct xml_read *xml;
    struct arena *arena; /* of the image at hand */
    struct wim_image image;
    char path[PATH_BYTES]; /* below the image; too long a one stays cut, and is none of ours */
    size_t ends[8];        /* of the path, by depth below the image */
    struct strbuf text;
};

static int whole(const char *text)
{
    int32_t number;

    return text && shape_numbers(span_trim(span_of(text)), &number, 1) == 1 ? (int)number
                                                                            : VERSION_UNKNOWN;
}

static void open_element(struct reading *reading, unsigned depth)
{
    size_t from = depth > IMAGE + 1 ? reading->ends[depth - IMAGE - 2] : 0;
    const char *name = xml_name(reading->xml);

    strbuf_clear(&reading->text);
    if (depth == IMAGE) {
        int index = whole(xml_attribute(reading->xml, "INDEX"));

        arena_reset(reading->arena);
        reading->image = (struct wim_image){.index = index > 0 ? index : 0};
        return;
    }
    snprintf(reading->path + from, PATH_BYTES - from, "%s%s", from > 0 ? "/" : "", name);
    reading->ends[depth - IMAGE - 1] = strlen(reading->path);
}

static void close_element(struct reading *reading, unsigned depth)
{
    reading->path[reading->ends[depth - IMAGE - 1]] = '\0';
    for (size_t i = 0; i < WIM_VALUES; i++)
        if (strcmp(reading->path, paths[i]) == 0 && !reading->image.values[i] &&
            reading->text.length > 0)
            reading->image.values[i] = text_clean(reading->arena, strbuf_text(&reading->text));
    strbuf_clear(&reading->text);
}

const char *wim_xml_read(const void *xml, size_t size, struct arena *arena,
                         bool (*take)(void *data, const struct wim_image *image), void *data)
{
    struct reading reading = {.arena = arena_new()};
    bool go_on = true, in_image = false;
    const char *problem = NULL;
    enum xml_event event;
    struct input input;

    input_from_memory(&input, "XML", xml, size);
    reading.xml = xml_open(&input, (int64_t)size);
    while (go_on && (event = xml_next(reading.xml)) != XML_END) {
        unsigned depth = xml_depth(reading.xml);

        if (depth == IMAGE && event == XML_OPEN)
            in_image = xml_is(reading.xml, "IMAGE");
        if (!in_image || depth < IMAGE ||
            depth > IMAGE + sizeof(reading.ends) / sizeof(reading.ends[0]))
            continue;
        if (event == XML_OPEN) {
            open_element(&reading, depth);
        } else if (event == XML_TEXT && reading.text.length < LIMIT_VALUE_BYTES) {
            strbuf_adds(&reading.text, xml_text(reading.xml));
        } else if (event == XML_CLOSE && depth == IMAGE) {
            go_on = take(data, &reading.image);
            in_image = false;
        } else if (event == XML_CLOSE) {
            close_element(&reading, depth);
        }
    }
    /* What an image has up to the damage stands. */
    if (go_on && in_image)
        take(data, &reading.image);
    if (go_on && xml_problem(reading.xml))
        problem = arena_printf(arena, "its XML, %s", xml_problem(reading.xml));
    xml_close(reading.xml);
    input_close(&input);
    strbuf_free(&reading.text);
    arena_free(reading.arena);
    return problem;
}

/* ---- Facts ---- */

struct stating {
    const struct wim_image *image;
    struct facts *facts;
    unsigned evidence;
};

/* "XML of image 2, WINDOWS VERSION BUILD": a slash would look like that of a file's path. */
static const char *place_of(const struct stating *stating, const char *path)
{
    char *where =
        arena_printf(stating->facts->arena, "XML of image %d, %s", stating->image->index, path);

    for (char *at = where; *at; at++)
        if (*at == '/')
            *at = ' ';
    return where;
}

static struct source source_of(const struct stating *stating, enum wim_value value)
{
    return (struct source){GRADE_METADATA, WITNESS_WIM, stating->evidence,
                           place_of(stating, paths[value])};
}

static void say_text(const struct stating *stating, enum fact_field field, enum wim_value value)
{
    struct source source = source_of(stating, value);

    if (stating->image->values[value])
        facts_add_text(stating->facts, &source, field, stating->image->values[value]);
}

static void say_version(const struct stating *stating)
{
    const char *const *values = stating->image->values;
    struct source source = source_of(stating, WIM_BUILD);
    struct version version = {whole(values[WIM_MAJOR]), whole(values[WIM_MINOR]),
                              whole(values[WIM_BUILD]), whole(values[WIM_SPBUILD])};
    int service_pack = whole(values[WIM_SPLEVEL]);

    /* Images of no service pack have a zero there. */
    if (version.revision == 0)
        version.revision = VERSION_UNKNOWN;
    facts_add_version(stating->facts, &source, &version);
    source = source_of(stating, WIM_SPLEVEL);
    if (service_pack >= 0 && service_pack <= 9)
        facts_add_number(stating->facts, &source, FIELD_SERVICE_PACK, service_pack);
}

/* PROCESSOR_ARCHITECTURE_ of winnt.h */
static void say_arch(const struct stating *stating)
{
    static const struct {
        int number;
        const char *arch;
    } archs[] = {{0, "x86"}, {6, "ia64"}, {9, "x64"}};
    struct source source = source_of(stating, WIM_ARCH);
    int number = whole(stating->image->values[WIM_ARCH]);

    for (size_t i = 0; i < sizeof(archs) / sizeof(archs[0]); i++)
        if (archs[i].number == number) {
            facts_add_text(stating->facts, &source, FIELD_ARCH, archs[i].arch);
            return;
        }
    say_text(stating, FIELD_ARCH, WIM_ARCH);
}

static void say_product_type(const struct stating *stating)
{
    static const char *const types[][2] = {
        {"WinNT", "workstation"}, {"ServerNT", "server"}, {"LanmanNT", "domain controller"}};
    struct source source = source_of(stating, WIM_PRODUCTTYPE);
    const char *value = stating->image->values[WIM_PRODUCTTYPE];

    for (size_t i = 0; value && i < sizeof(types) / sizeof(types[0]); i++)
        if (ascii_equal(value, types[i][0]))
            facts_add_text(stating->facts, &source, FIELD_PRODUCT_TYPE, types[i][1]);
}

/* The image's own names: PRODUCTNAME is that of all of Windows. NAME often has the code name in the
 * place of the product's. */
static void say_product(const struct stating *stating)
{
    static const enum wim_value names[] = {WIM_DISPLAYNAME, WIM_NAME};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = stating->image->values[names[i]];

        if (value && ascii_find(value, "Windows") && !ascii_find(value, "Longhorn")) {
            say_text(stating, FIELD_PRODUCT_NAME, names[i]);
            return;
        }
    }
}

static bool hex_word(const char *text, uint32_t *word)
{
    char *end;
    unsigned long value;

    if (!text || strncmp(text, "0x", 2) != 0 || strlen(text) > 10)
        return false;
    value = strtoul(text + 2, &end, 16);
    *word = (uint32_t)value;
    return !*end && end > text + 2;
}

static void say_time(const struct stating *stating)
{
    struct source source = source_of(stating, WIM_TIME_HIGH);
    char text[MOMENT_TEXT_SIZE];
    uint32_t high, low;
    int64_t seconds;

    source.where = place_of(stating, "LASTMODIFICATIONTIME");
    if (!hex_word(stating->image->values[WIM_TIME_HIGH], &high) ||
        !hex_word(stating->image->values[WIM_TIME_LOW], &low) || high >> 31)
        return;
    seconds = ((int64_t)((uint64_t)high << 32 | low) - FILETIME_1970) / 10000000;
    if (seconds > 0 && moment_to_text(seconds, text)[0])
        facts_add_text(stating->facts, &source, FIELD_EVIDENCE_DATE, text)->number = seconds;
}

bool wim_xml_state(const struct wim_image *image, struct machine *machine, unsigned evidence)
{
    const struct stating stating = {image, &machine->facts, evidence};

    if (whole(image->values[WIM_MAJOR]) == VERSION_UNKNOWN ||
        whole(image->values[WIM_BUILD]) == VERSION_UNKNOWN)
        return false;
    say_product(&stating);
    say_version(&stating);
    say_arch(&stating);
    say_product_type(&stating);
    say_text(&stating, FIELD_EDITION, WIM_EDITIONID);
    say_text(&stating, FIELD_INSTALLATION_TYPE, WIM_INSTALLATIONTYPE);
    say_text(&stating, FIELD_LANGUAGE, WIM_LANGUAGE);
    say_time(&stating);
    return true;
}
