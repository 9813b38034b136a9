/* Facts: adding, finding and naming them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fact.h"

#include "ascii.h"
#include "limits.h"
#include "utf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct field_row {
    const char *name;
    const char *title;
    bool number;
    bool private;
};

static const struct field_row fields[FIELD_COUNT] = {
    [FIELD_NONE] = {"none", "None", false, false},
    [FIELD_PRODUCT_NAME] = {"product", "Product", false, false},
    [FIELD_PRODUCT_TYPE] = {"product_type", "Product type", false, false},
    [FIELD_EDITION] = {"edition", "Edition", false, false},
    [FIELD_SKU] = {"sku", "SKU", true, false},
    [FIELD_INSTALLATION_TYPE] = {"installation_type", "Installation type", false, false},
    [FIELD_ARCH] = {"arch", "Architecture", false, false},
    [FIELD_FOUNDATION] = {"foundation", "Foundation package", false, false},
    [FIELD_MAJOR] = {"major", "Major version", true, false},
    [FIELD_MINOR] = {"minor", "Minor version", true, false},
    [FIELD_BUILD] = {"build", "Build", true, false},
    [FIELD_REVISION] = {"revision", "Revision", true, false},
    [FIELD_SERVICE_PACK] = {"service_pack", "Service pack", true, false},
    [FIELD_CSD_BUILD_NUMBER] = {"csd_build_number", "CSD build number", true, false},
    [FIELD_BUILD_LAB] = {"build_lab", "Build lab", false, false},
    [FIELD_BUILD_LAB_EX] = {"build_lab_ex", "Build lab, extended", false, false},
    [FIELD_BUILD_TYPE] = {"build_type", "Build type", false, false},
    [FIELD_OS_FILE] = {"os_file", "System file", false, false},
    [FIELD_SERVICING_STACK] = {"servicing_stack", "Servicing stack", false, false},
    [FIELD_PACKAGE] = {"package", "Package", false, false},
    [FIELD_PACKAGE_LIST] = {"package_list", "Package list", false, false},
    [FIELD_PENDING] = {"pending", "Pending", false, false},
    [FIELD_ESU] = {"esu", "Extended Security Updates", false, false},
    [FIELD_SHA2] = {"sha2", "SHA-2 code signing", true, false},
    [FIELD_INSTALL_DATE] = {"install_date", "Install date", false, false},
    [FIELD_EVIDENCE_DATE] = {"evidence_date", "Evidence date", false, false},
    [FIELD_COMPUTER_NAME] = {"computer_name", "Computer name", false, true},
    [FIELD_ADDRESS] = {"address", "Network address", false, true},
    [FIELD_OWNER] = {"owner", "Registered owner", false, true},
    [FIELD_ORGANIZATION] = {"organization", "Registered organization", false, true},
    [FIELD_PRODUCT_ID] = {"product_id", "Product ID", false, true},
    [FIELD_MEMORY_KB] = {"memory_kb", "Physical memory, KB", true, false},
    [FIELD_LANGUAGE] = {"language", "Language", false, false},
    [FIELD_IMITATION] = {"imitation", "Mark of an imitation", false, false},
    [FIELD_VISTA_MARK] = {"vista_mark", "Mark of a changed Vista", false, false},
    [FIELD_WOW64] = {"wow64", "32-bit registry view", false, false},
    [FIELD_LOOKALIKE] = {"lookalike", "Not the version of Windows", false, false},
    [FIELD_HIVE] = {"hive", "Hive", false, false},
    [FIELD_ENCODING] = {"encoding", "Encoding", false, false},
};

static const char *const grades[GRADE_COUNT] = {
    [GRADE_NONE] = "none",         [GRADE_KERNEL] = "kernel",       [GRADE_FILE] = "file",
    [GRADE_REGISTRY] = "registry", [GRADE_COMPONENT] = "component", [GRADE_TOOL] = "tool",
    [GRADE_NETWORK] = "network",   [GRADE_METADATA] = "metadata",   [GRADE_PICTURE] = "picture",
};

static const char *const witnesses[WITNESS_COUNT] = {
    [WITNESS_NONE] = "none",
    [WITNESS_KERNEL] = "kernel",
    [WITNESS_API] = "api",
    [WITNESS_KERNEL_FILE] = "kernel-file",
    [WITNESS_SYSTEM_FILE] = "system-file",
    [WITNESS_CURRENT_VERSION] = "CurrentVersion",
    [WITNESS_CURRENT_BUILD] = "CurrentBuild",
    [WITNESS_CURRENT_BUILD_NUMBER] = "CurrentBuildNumber",
    [WITNESS_UBR] = "UBR",
    [WITNESS_BUILD_LAB] = "BuildLab",
    [WITNESS_BUILD_LAB_EX] = "BuildLabEx",
    [WITNESS_PRODUCT_OPTIONS] = "ProductOptions",
    [WITNESS_REGISTRY] = "registry",
    [WITNESS_CBS] = "cbs",
    [WITNESS_SYSTEMINFO] = "systeminfo",
    [WITNESS_VER] = "ver",
    [WITNESS_WINVER] = "winver",
    [WITNESS_WMI] = "wmi",
    [WITNESS_HOTFIX_LIST] = "hotfix-list",
    [WITNESS_MSINFO] = "msinfo",
    [WITNESS_DXDIAG] = "dxdiag",
    [WITNESS_WER] = "wer",
    [WITNESS_RUNTIME] = "runtime",
    [WITNESS_INVENTORY] = "inventory",
    [WITNESS_SMB] = "smb",
    [WITNESS_NTLMSSP] = "ntlmssp",
    [WITNESS_DNS] = "dns",
    [WITNESS_WIM] = "wim",
    [WITNESS_REPORT] = "report",
};

static const char *const statuses[FACT_STATUS_COUNT] = {
    [FACT_STATED] = "stated",
    [FACT_ABSENT] = "absent",
    [FACT_NOT_RECORDED] = "not-recorded",
};

static const char *const package_states[PACKAGE_STATE_COUNT] = {
    [PACKAGE_STATE_NONE] = "listed",
    [PACKAGE_ABSENT] = "absent",
    [PACKAGE_RESOLVED] = "resolved",
    [PACKAGE_STAGED] = "staged",
    [PACKAGE_SUPERSEDED] = "superseded",
    [PACKAGE_INSTALL_PENDING] = "install-pending",
    [PACKAGE_UNINSTALL_PENDING] = "uninstall-pending",
    [PACKAGE_INSTALLED] = "installed",
    [PACKAGE_FAILED] = "failed",
};

static int name_index(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(names[i], name))
            return i;
    return 0;
}

const char *fact_field_name(enum fact_field field)
{
    return fields[field].name;
}

enum fact_field fact_field_from_name(const char *name)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (!strcmp(fields[i].name, name))
            return (enum fact_field)i;
    return FIELD_NONE;
}

const char *fact_field_title(enum fact_field field)
{
    return fields[field].title;
}

bool fact_field_is_number(enum fact_field field)
{
    return fields[field].number;
}

bool fact_field_is_private(enum fact_field field)
{
    return fields[field].private;
}

const char *fact_grade_name(enum fact_grade grade)
{
    return grades[grade];
}

enum fact_grade fact_grade_from_name(const char *name)
{
    return (enum fact_grade)name_index(grades, GRADE_COUNT, name);
}

const char *fact_witness_name(enum fact_witness witness)
{
    return witnesses[witness];
}

enum fact_witness fact_witness_from_name(const char *name)
{
    return (enum fact_witness)name_index(witnesses, WITNESS_COUNT, name);
}

const char *fact_status_name(enum fact_status status)
{
    return statuses[status];
}

enum fact_status fact_status_from_name(const char *name)
{
    return (enum fact_status)name_index(statuses, FACT_STATUS_COUNT, name);
}

const char *package_state_name(enum package_state state)
{
    return package_states[state];
}

enum package_state package_state_from_name(const char *name)
{
    return (enum package_state)name_index(package_states, PACKAGE_STATE_COUNT, name);
}

/* Valid UTF-8 without controls and surrounding blanks, in the arena. */
char *text_clean(struct arena *arena, const char *text)
{
    /* Nearly every text is plain. */
    size_t plain = ascii_printable(text);
    size_t left = strlen(text + plain);
    /* One bad byte becomes the three of U+FFFD. */
    char *clean = arena_alloc(arena, plain + left * 3 + 1);
    char *to = clean + plain;

    memcpy(clean, text, plain);
    text += plain;
    while (left) {
        uint32_t character = UTF_REPLACEMENT;
        int taken = utf8_take((const uint8_t *)text, left, &character);
        size_t length = taken > 0 ? (size_t)taken : 1;

        if (taken <= 0)
            character = UTF_REPLACEMENT;
        to += utf8_put(to, utf_is_control(character) ? ' ' : character);
        text += length;
        left -= length;
    }
    while (to > clean && to[-1] == ' ')
        to--;
    *to = '\0';
    while (*clean == ' ')
        clean++;
    return clean;
}

static struct fact *facts_add(struct facts *facts, const struct source *source,
                              enum fact_field field)
{
    struct fact *fact;

    if (facts->count == LIMIT_FACTS) {
        facts->dropped++;
        fact = arena_alloc(facts->arena, sizeof(*fact));
    } else {
        if (facts->count == facts->size) {
            facts->size *= 2;
            facts->items = memory_realloc(facts->items, facts->size * sizeof(*facts->items));
        }
        fact = &facts->items[facts->count++];
    }
    *fact = (struct fact){
        .field = field,
        .grade = source->grade,
        .witness = source->witness,
        .evidence = source->evidence,
        .value = "",
        .number = FACT_NO_NUMBER,
        .where = source->where ? arena_strdup(facts->arena, source->where) : "",
    };
    return fact;
}

struct fact *facts_add_text(struct facts *facts, const struct source *source,
                            enum fact_field field, const char *value)
{
    struct fact *fact = facts_add(facts, source, field);

    fact->value = text_clean(facts->arena, value);
    if (!*fact->value)
        fact->status = FACT_ABSENT;
    return fact;
}

struct fact *facts_add_number(struct facts *facts, const struct source *source,
                              enum fact_field field, int64_t number)
{
    struct fact *fact = facts_add(facts, source, field);
    char text[24];

    snprintf(text, sizeof(text), "%" PRId64, number);
    fact->value = arena_strdup(facts->arena, text);
    fact->number = number;
    return fact;
}

void facts_add_version(struct facts *facts, const struct source *source,
                       const struct version *version)
{
    const struct {
        enum fact_field field;
        int32_t part;
    } parts[] = {
        {FIELD_MAJOR, version->major},
        {FIELD_MINOR, version->minor},
        {FIELD_BUILD, version->build},
        {FIELD_REVISION, version->revision},
    };

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (parts[i].part != VERSION_UNKNOWN)
            facts_add_number(facts, source, parts[i].field, parts[i].part);
}

void facts_add_build_lab(struct facts *facts, const struct source *source, enum fact_field field,
                         const char *value)
{
    struct source derived = *source;
    struct build_lab lab;
    const char *arch;
    struct fact *fact = facts_add_text(facts, source, field, value);

    if (fact->status != FACT_STATED)
        return;
    if (!build_lab_parse(fact->value, &lab)) {
        fact->note = "not the shape of a build-lab string";
        return;
    }
    derived.witness = field == FIELD_BUILD_LAB_EX ? WITNESS_BUILD_LAB_EX : WITNESS_BUILD_LAB;
    if (lab.build != VERSION_UNKNOWN)
        facts_add_number(facts, &derived, FIELD_BUILD, lab.build);
    if (lab.revision != VERSION_UNKNOWN)
        facts_add_number(facts, &derived, FIELD_REVISION, lab.revision);
    if (lab.arch[0]) {
        arch = arch_canonical(lab.arch);
        facts_add_text(facts, &derived, FIELD_ARCH, arch ? arch : lab.arch);
    }
}

struct fact *facts_add_package(struct facts *facts, const struct source *source,
                               const struct package *package)
{
    struct fact *fact = facts_add(facts, source, FIELD_PACKAGE);
    struct package *copy = arena_alloc(facts->arena, sizeof(*copy));

    *copy = *package;
    if (package->identity)
        copy->identity = text_clean(facts->arena, package->identity);
    if (package->installed_on)
        copy->installed_on = text_clean(facts->arena, package->installed_on);
    fact->package = copy;
    if (package->kb)
        fact->value = arena_printf(facts->arena, "KB%lu", (unsigned long)package->kb);
    else
        fact->value = copy->identity ? copy->identity : "";
    return fact;
}

struct fact *facts_add_lookalike(struct facts *facts, const struct source *source,
                                 const char *value, const char *note)
{
    struct fact *fact = facts_add_text(facts, source, FIELD_LOOKALIKE, value);

    fact->note = arena_strdup(facts->arena, note);
    return fact;
}

struct fact *facts_add_missing(struct facts *facts, const struct source *source,
                               enum fact_field field, enum fact_status status, const char *note)
{
    struct fact *fact = facts_add(facts, source, field);

    fact->status = status;
    fact->note = note ? arena_strdup(facts->arena, note) : NULL;
    return fact;
}

const struct fact *facts_best(const struct facts *facts, enum fact_field field)
{
    const struct fact *best = NULL;

    facts_each(fact, facts)
    {
        if (fact->field != field || fact->status != FACT_STATED)
            continue;
        if (!best || fact->grade < best->grade)
            best = fact;
    }
    return best;
}

const struct fact *facts_by_witness(const struct facts *facts, enum fact_field field,
                                    enum fact_witness witness)
{
    facts_each(fact, facts)
    {
        if (fact->field == field && fact->witness == witness && fact->status == FACT_STATED)
            return fact;
    }
    return NULL;
}
