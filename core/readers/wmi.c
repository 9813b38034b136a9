/* Win32_OperatingSystem as wmic, Get-WmiObject and Get-CimInstance print it.
 *
 * Many classes have a Version, a Caption or a BuildNumber (the BIOS, products, the CLR in a dump
 * of [Environment]), so a record counts only when its properties fit together: the version has
 * three parts, the build number is its third, the caption names a Windows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "../ascii.h"
#include "../buildlab.h"
#include "../day.h"
#include "../limits.h"
#include "records.h"
#include "shapes.h"

#include <string.h>

enum property {
    VERSION,
    BUILD_NUMBER,
    CAPTION,
    CSD_VERSION,
    SP_MAJOR,
    OS_ARCHITECTURE,
    PRODUCT_TYPE,
    SKU,
    PRODUCT_SUITE,
    SERIAL_NUMBER,
    REGISTERED_USER,
    ORGANIZATION,
    INSTALL_DATE,
    LOCAL_TIME,
    CS_NAME,
    PS_COMPUTER_NAME,
    NODE,
    BUILD_TYPE,
    MEMORY,
    MUI_LANGUAGES,
    OS_LANGUAGE,
    N_PROPERTIES
};

static const char *const names[N_PROPERTIES] = {
    [VERSION] = "Version",
    [BUILD_NUMBER] = "BuildNumber",
    [CAPTION] = "Caption",
    [CSD_VERSION] = "CSDVersion",
    [SP_MAJOR] = "ServicePackMajorVersion",
    [OS_ARCHITECTURE] = "OSArchitecture",
    [PRODUCT_TYPE] = "ProductType",
    [SKU] = "OperatingSystemSKU",
    [PRODUCT_SUITE] = "OSProductSuite",
    [SERIAL_NUMBER] = "SerialNumber",
    [REGISTERED_USER] = "RegisteredUser",
    [ORGANIZATION] = "Organization",
    [INSTALL_DATE] = "InstallDate",
    [LOCAL_TIME] = "LocalDateTime",
    [CS_NAME] = "CSName",
    [PS_COMPUTER_NAME] = "PSComputerName",
    [NODE] = "Node",
    [BUILD_TYPE] = "BuildType",
    [MEMORY] = "TotalVisibleMemorySize",
    [MUI_LANGUAGES] = "MUILanguages",
    [OS_LANGUAGE] = "OSLanguage",
};

#define BIT(property) (1UL << (property))
/* No other class that people print has these. */
#define OS_ONLY                                                                                   \
    (BIT(CSD_VERSION) | BIT(SP_MAJOR) | BIT(OS_ARCHITECTURE) | BIT(SKU) | BIT(PRODUCT_SUITE) |    \
     BIT(REGISTERED_USER) | BIT(BUILD_TYPE) | BIT(MEMORY) | BIT(MUI_LANGUAGES))

static bool is_header(unsigned long stated, size_t others)
{
    if (stated & (OS_ONLY | BIT(BUILD_NUMBER)))
        return true;
    /* "Name Version" heads lists of programs; Version alone is a query for it. */
    return (stated & BIT(VERSION)) && others == 0;
}

static const struct record_class os_class = {names, N_PROPERTIES, is_header};

struct wmi {
    struct text_scan *scan;
    struct records *records;
};

static struct span value_of(const struct record *record, enum property property)
{
    return span_of(record->values[property] ? record->values[property] : "");
}

static struct source source_of(struct text_scan *scan, const struct record *record,
                               enum property property)
{
    const struct text_line line = {.number = record->lines[property]};

    return recogniser_source(scan, &line, GRADE_TOOL, WITNESS_WMI, names[property]);
}

/* A number and nothing else. */
static bool number_of(const struct record *record, enum property property, int32_t *number)
{
    return shape_numbers(value_of(record, property), number, 1) == 1;
}

/* Three parts, no more: .NET's and PowerShell's own versions have four. */
static bool version_of(const struct record *record, struct version *version)
{
    int32_t parts[4];

    if (shape_numbers(value_of(record, VERSION), parts, 4) != 3)
        return false;
    *version = (struct version){parts[0], parts[1], parts[2], VERSION_UNKNOWN};
    return true;
}

static bool names_windows(const struct record *record)
{
    return span_has(value_of(record, CAPTION), "Windows");
}

static bool is_os(const struct record *record)
{
    struct version version = VERSION_NONE;
    bool has_version = version_of(record, &version);
    bool known = has_version && shape_known_build(&version);
    bool windows = names_windows(record);
    int32_t build;
    bool has_build = number_of(record, BUILD_NUMBER, &build);

    if (record->values[VERSION] && *record->values[VERSION] && !has_version)
        return false;
    if (has_build && has_version && build == version.build)
        return true;
    if ((known || has_build) && (record->names & OS_ONLY))
        return true;
    if (windows && (known || has_build || (!has_version && (record->names & OS_ONLY))))
        return true;
    /* A query for one property; "Version: 6.0.6003" may be of anything. */
    return known && !record->loose && record->names == BIT(VERSION);
}

static void say_number(struct text_scan *scan, const struct record *record,
                       enum property property, enum fact_field field)
{
    struct source source = source_of(scan, record, property);
    int32_t number;

    if (number_of(record, property, &number))
        facts_add_number(&scan->machine->facts, &source, field, number);
}

static void say_text(struct text_scan *scan, const struct record *record, enum property property,
                     enum fact_field field)
{
    struct source source = source_of(scan, record, property);

    if (record->values[property] && *record->values[property])
        facts_add_text(&scan->machine->facts, &source, field, record->values[property]);
}

static void say_version(struct text_scan *scan, const struct record *record)
{
    struct source source = source_of(scan, record, VERSION);
    struct version version;

    if (version_of(record, &version))
        facts_add_version(&scan->machine->facts, &source, &version);
}

/* "64-bit", "64 bits", "64 бит": x64 or ia64, which it does not say. */
static void say_arch(struct text_scan *scan, const struct record *record)
{
    struct source source = source_of(scan, record, OS_ARCHITECTURE);
    struct span value = value_of(record, OS_ARCHITECTURE);
    const char *arch = arch_canonical(value.text);

    if (arch)
        facts_add_text(&scan->machine->facts, &source, FIELD_ARCH, arch);
    else if (span_starts(value, "64"))
        facts_add_text(&scan->machine->facts, &source, FIELD_ARCH, "64-bit");
    else if (span_starts(value, "32"))
        facts_add_text(&scan->machine->facts, &source, FIELD_ARCH, "x86");
    else
        say_text(scan, record, OS_ARCHITECTURE, FIELD_ARCH);
}

static void say_product_type(struct text_scan *scan, const struct record *record)
{
    static const char *const types[] = {"workstation", "domain controller", "server"};
    struct source source = source_of(scan, record, PRODUCT_TYPE);
    int32_t number;

    if (!number_of(record, PRODUCT_TYPE, &number) || number < 1 || number > 3)
        return;
    facts_add_text(&scan->machine->facts, &source, FIELD_PRODUCT_TYPE, types[number - 1]);
    if (number == 1 && span_has(value_of(record, CAPTION), "Windows Server"))
        facts_add_text(&scan->machine->facts, &source, FIELD_IMITATION,
                       "a server by name whose ProductType is 1 (workstation), as Wine has it");
}

static void say_service_pack(struct text_scan *scan, const struct record *record)
{
    struct source source = source_of(scan, record, CSD_VERSION);
    int32_t number = shape_service_pack(value_of(record, CSD_VERSION));

    if (number != VERSION_UNKNOWN)
        facts_add_number(&scan->machine->facts, &source, FIELD_SERVICE_PACK, number);
    say_number(scan, record, SP_MAJOR, FIELD_SERVICE_PACK);
}

static int digits_at(const char *text, size_t at, size_t count)
{
    int number = 0;

    for (size_t i = at; i < at + count; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

/* "20190409103000.000000+120": local time, and how many minutes that is ahead of UTC. */
static bool cim_time(struct span value, int64_t *seconds)
{
    day_t day;
    int offset;

    if (value.length != 25 || value.text[14] != '.' ||
        (value.text[21] != '+' && value.text[21] != '-'))
        return false;
    for (size_t i = 0; i < value.length; i++)
        if (i != 14 && i != 21 && !ascii_is_digit(value.text[i]))
            return false;
    day = day_from_ymd(digits_at(value.text, 0, 4), digits_at(value.text, 4, 2),
                       digits_at(value.text, 6, 2));
    if (day == DAY_NONE)
        return false;
    offset = digits_at(value.text, 22, 3) * (value.text[21] == '-' ? -60 : 60);
    *seconds = (int64_t)day * 86400 + digits_at(value.text, 8, 2) * 3600 +
               digits_at(value.text, 10, 2) * 60 + digits_at(value.text, 12, 2) - offset;
    return true;
}

static void say_time(struct text_scan *scan, const struct record *record, enum property property,
                     enum fact_field field)
{
    struct source source = source_of(scan, record, property);
    struct span value = value_of(record, property);
    struct fact *fact;
    int64_t seconds;

    if (value.length == 0)
        return;
    fact = facts_add_text(&scan->machine->facts, &source, field, value.text);
    if (cim_time(value, &seconds))
        fact->number = seconds;
}

/* {"en-US"}, {en-US}, {"de-DE","en-US"} */
static void say_language(struct text_scan *scan, const struct record *record)
{
    struct source source = source_of(scan, record, MUI_LANGUAGES);
    struct span value = value_of(record, MUI_LANGUAGES);
    char *text = arena_strndup(scan->machine->arena, value.text, value.length);
    char *to = text;

    for (size_t i = 0; i < value.length; i++)
        if (!strchr("{}\"", value.text[i]))
            *to++ = value.text[i];
    *to = '\0';
    if (*text)
        facts_add_text(&scan->machine->facts, &source, FIELD_LANGUAGE, text);
    else
        say_text(scan, record, OS_LANGUAGE, FIELD_LANGUAGE);
}

static bool taken(void *data, const struct record *record)
{
    struct text_scan *scan = ((struct wmi *)data)->scan;

    if (!is_os(record))
        return false;
    if (scan->machine->facts.count >= LIMIT_FACTS) {
        scan->machine->facts.dropped++;
        return true;
    }
    say_text(scan, record, CAPTION, FIELD_PRODUCT_NAME);
    say_version(scan, record);
    say_number(scan, record, BUILD_NUMBER, FIELD_BUILD);
    say_service_pack(scan, record);
    say_product_type(scan, record);
    say_number(scan, record, SKU, FIELD_SKU);
    say_arch(scan, record);
    say_text(scan, record, BUILD_TYPE, FIELD_BUILD_TYPE);
    say_text(scan, record, CS_NAME, FIELD_COMPUTER_NAME);
    if (!record->values[CS_NAME])
        say_text(scan, record, record->values[NODE] ? NODE : PS_COMPUTER_NAME,
                 FIELD_COMPUTER_NAME);
    say_text(scan, record, REGISTERED_USER, FIELD_OWNER);
    say_text(scan, record, ORGANIZATION, FIELD_ORGANIZATION);
    if (shape_product_id(value_of(record, SERIAL_NUMBER)))
        say_text(scan, record, SERIAL_NUMBER, FIELD_PRODUCT_ID);
    say_time(scan, record, INSTALL_DATE, FIELD_INSTALL_DATE);
    say_time(scan, record, LOCAL_TIME, FIELD_EVIDENCE_DATE);
    say_number(scan, record, MEMORY, FIELD_MEMORY_KB);
    say_language(scan, record);
    scan->statements++;
    return true;
}

static void *begin(struct text_scan *scan)
{
    struct wmi *wmi = arena_alloc(scan->machine->arena, sizeof(*wmi));

    wmi->scan = scan;
    wmi->records = records_new(scan->machine->arena, &os_class, taken, wmi);
    return wmi;
}

static bool line_shown(struct text_scan *scan, void *state, const struct text_line *line)
{
    struct wmi *wmi = state;

    (void)scan;
    switch (records_line(wmi->records, line, recogniser_uncomment(line->text))) {
    case RECORD_TABLE:
    case RECORD_CSV:
        return true;
    case RECORD_LIST:
        /* Until it is clear whose list it is others may look at the line too. CSDVersion is a
         * value of the registry as well. */
        return (records_names(wmi->records) & OS_ONLY & ~BIT(CSD_VERSION)) != 0;
    case RECORD_NO_FORM:
        break;
    }
    return false;
}

static void end(struct text_scan *scan, void *state)
{
    struct wmi *wmi = state;

    (void)scan;
    records_end(wmi->records);
}

const struct recogniser recogniser_wmi = {
    .id = "wmi",
    .begin = begin,
    .line = line_shown,
    .end = end,
};
