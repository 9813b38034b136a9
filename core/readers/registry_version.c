/* The key Windows NT\CurrentVersion: what each of its values states, and what they must say
 * together.
 *
 * Traps of this key: on NT 5.x CurrentBuild holds "1.511.1 () (Obsolete data - do not use)";
 * CurrentVersion stays at 6.3 on Windows 10 and later, whose own numbers are in
 * CurrentMajorVersionNumber and CurrentMinorVersionNumber; on anything older those two are written
 * by Wine only. The 32-bit view of a 64-bit machine (WOW6432Node) has a copy of its own, which
 * servicing does not keep up to date: it is noted and states nothing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "registry_scan.h"

#include "../ascii.h"
#include "../buildlab.h"
#include "../day.h"
#include "shapes.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void say_text(struct registry_scan *scan, const struct registry_data *value,
                     enum fact_field field)
{
    registry_say(scan, WITNESS_CURRENT_VERSION, field, value->name,
                 registry_data_text(scan, value));
}

static void say_not_a_number(struct registry_scan *scan, const struct registry_data *value,
                             enum fact_field field, enum fact_witness witness)
{
    struct source source = registry_source(scan, GRADE_REGISTRY, witness, value->name);
    const char *text = registry_data_text(scan, value);

    /* NT 5.x says itself that this one is not to be used. */
    if (ascii_find(text, "obsolete")) {
        facts_add_lookalike(&scan->machine->facts, &source, text,
                            "CurrentBuild is obsolete on NT 5; CurrentBuildNumber is the build");
        return;
    }
    facts_add_missing(&scan->machine->facts, &source, field, FACT_NOT_RECORDED,
                      arena_printf(scan->machine->arena, "not a number: \"%.80s\"", text));
    machine_add_problem(scan->machine, scan->evidence, "%.200s: not a number: \"%.80s\"",
                        scan->where, text);
}

static void say_build(struct registry_scan *scan, const struct registry_data *value)
{
    enum fact_witness witness = ascii_equal(value->name, "CurrentBuild")
                                    ? WITNESS_CURRENT_BUILD
                                    : WITNESS_CURRENT_BUILD_NUMBER;
    int64_t number;

    if (registry_data_number(value, &number) && number <= INT32_MAX) {
        registry_say_number(scan, witness, FIELD_BUILD, value->name, number);
        scan->current.has_build = true;
    } else {
        say_not_a_number(scan, value, FIELD_BUILD, witness);
    }
}

static void say_revision(struct registry_scan *scan, const struct registry_data *value)
{
    int64_t number;

    scan->current.has_ubr = true;
    if (registry_data_number(value, &number) && number <= INT32_MAX)
        registry_say_number(scan, WITNESS_UBR, FIELD_REVISION, value->name, number);
    else
        say_not_a_number(scan, value, FIELD_REVISION, WITNESS_UBR);
}

/* "Service Pack 2", or of a beta "Service Pack 2, v.286". */
static void say_service_pack(struct registry_scan *scan, const struct registry_data *value)
{
    const char *text = registry_data_text(scan, value);
    const char *after = ascii_after(text, "Service Pack ");
    struct fact *fact;

    if (!*text)
        return;
    scan->current.has_csd = true;
    if (!after || !ascii_is_digit(*after) || ascii_is_digit(after[1])) {
        say_not_a_number(scan, value, FIELD_SERVICE_PACK, WITNESS_CURRENT_VERSION);
        return;
    }
    fact = registry_say_number(scan, WITNESS_CURRENT_VERSION, FIELD_SERVICE_PACK, value->name,
                               *after - '0');
    if (after[1])
        fact->note = arena_printf(scan->machine->arena, "written as \"%.80s\"",
                                  text_clean(scan->machine->arena, text));
}

static void say_csd_build_number(struct registry_scan *scan, const struct registry_data *value)
{
    int64_t number;

    if (registry_data_number(value, &number))
        registry_say_number(scan, WITNESS_CURRENT_VERSION, FIELD_CSD_BUILD_NUMBER, value->name,
                            number);
}

static void say_lab(struct registry_scan *scan, const struct registry_data *value)
{
    bool extended = ascii_equal(value->name, "BuildLabEx");
    struct source source = registry_source(
        scan, GRADE_REGISTRY, extended ? WITNESS_BUILD_LAB_EX : WITNESS_BUILD_LAB, value->name);
    const char *text = registry_data_text(scan, value);

    if (!*text)
        return;
    if (extended)
        scan->current.has_lab_ex = true;
    facts_add_build_lab(&scan->machine->facts, &source,
                        extended ? FIELD_BUILD_LAB_EX : FIELD_BUILD_LAB, text);
    scan->statements++;
}

static void say_product(struct registry_scan *scan, const struct registry_data *value)
{
    scan->current.product = registry_data_text(scan, value);
    say_text(scan, value, FIELD_PRODUCT_NAME);
}

static void say_product_id(struct registry_scan *scan, const struct registry_data *value)
{
    const char *text = registry_data_text(scan, value);

    say_text(scan, value, FIELD_PRODUCT_ID);
    if (shape_wine_product_id(span_of(text)))
        registry_say(scan, WITNESS_CURRENT_VERSION, FIELD_IMITATION, value->name,
                     "the product ID that Wine writes");
}

static void say_installation_type(struct registry_scan *scan, const struct registry_data *value)
{
    const char *text = registry_data_text(scan, value);

    registry_say(scan, WITNESS_CURRENT_VERSION, FIELD_INSTALLATION_TYPE, value->name,
                 ascii_equal(text, "Server") ? "full" : text);
}

static void say_install_date(struct registry_scan *scan, const struct registry_data *value)
{
    char day[DAY_TEXT_SIZE];
    int64_t seconds;
    struct fact *fact;

    if (!registry_data_number(value, &seconds) || seconds <= 0 || seconds > INT32_MAX * 2LL)
        return;
    day_to_text(day_from_unix(seconds), day);
    fact = registry_say(scan, WITNESS_CURRENT_VERSION, FIELD_INSTALL_DATE, value->name,
                        arena_printf(scan->machine->arena, "%s %02d:%02d:%02d UTC", day,
                                     (int)(seconds / 3600 % 24), (int)(seconds / 60 % 60),
                                     (int)(seconds % 60)));
    fact->number = seconds;
}

static void say_edition(struct registry_scan *scan, const struct registry_data *value)
{
    say_text(scan, value, FIELD_EDITION);
}

/* The edition that a Vista had before it was made to look like a server. */
static void say_edition_backup(struct registry_scan *scan, const struct registry_data *value)
{
    const char *text = registry_data_text(scan, value);

    registry_say(scan, WITNESS_CURRENT_VERSION, FIELD_VISTA_MARK, value->name,
                 arena_printf(scan->machine->arena, "EditionID_bak \"%.80s\"", text));
}

static void say_owner(struct registry_scan *scan, const struct registry_data *value)
{
    say_text(scan, value, FIELD_OWNER);
}

static void say_organization(struct registry_scan *scan, const struct registry_data *value)
{
    say_text(scan, value, FIELD_ORGANIZATION);
}

static void say_build_type(struct registry_scan *scan, const struct registry_data *value)
{
    say_text(scan, value, FIELD_BUILD_TYPE);
}

static void keep_version(struct registry_scan *scan, const struct registry_data *value)
{
    scan->current.version = registry_data_text(scan, value);
}

static void keep_major(struct registry_scan *scan, const struct registry_data *value)
{
    registry_data_number(value, &scan->current.major_number);
}

static void keep_minor(struct registry_scan *scan, const struct registry_data *value)
{
    registry_data_number(value, &scan->current.minor_number);
}

static const struct {
    const char *name;
    void (*say)(struct registry_scan *scan, const struct registry_data *value);
} value_names[] = {
    {"CurrentVersion", keep_version},
    {"CurrentBuild", say_build},
    {"CurrentBuildNumber", say_build},
    {"UBR", say_revision},
    {"BuildLab", say_lab},
    {"BuildLabEx", say_lab},
    {"CSDVersion", say_service_pack},
    {"CSDBuildNumber", say_csd_build_number},
    {"ProductName", say_product},
    {"EditionID", say_edition},
    {"EditionID_bak", say_edition_backup},
    {"InstallationType", say_installation_type},
    {"ProductId", say_product_id},
    {"RegisteredOwner", say_owner},
    {"RegisteredOrganization", say_organization},
    {"InstallDate", say_install_date},
    {"CurrentType", say_build_type},
    {"CurrentMajorVersionNumber", keep_major},
    {"CurrentMinorVersionNumber", keep_minor},
};

/* Values of the 32-bit view are shown, and state nothing. */
static void note_wow64(struct registry_scan *scan, const struct registry_data *value)
{
    struct source source = registry_source(scan, GRADE_REGISTRY, WITNESS_REGISTRY, value->name);
    const char *text = registry_data_text(scan, value);
    struct fact *fact;
    int64_t number;

    if (!*text && registry_data_number(value, &number))
        text = arena_printf(scan->machine->arena, "%" PRId64, number);
    fact = facts_add_text(&scan->machine->facts, &source, FIELD_WOW64,
                          arena_printf(scan->machine->arena, "%s %.200s", value->name, text));
    fact->note = "the copy that 32-bit programs see; updates do not keep it current";
    scan->wow64_at = fact->where;
    scan->statements++;
}

void current_version_value(struct registry_scan *scan, const struct registry_data *value)
{
    for (size_t i = 0; i < sizeof(value_names) / sizeof(value_names[0]); i++) {
        if (!ascii_equal(value->name, value_names[i].name))
            continue;
        if (scan->wow64) {
            note_wow64(scan, value);
            return;
        }
        if (!scan->current.path || !ascii_equal(scan->current.path, scan->path)) {
            current_version_end(scan);
            scan->current.path = arena_strdup(scan->machine->arena, scan->path);
        }
        scan->native_version = true;
        value_names[i].say(scan, value);
        return;
    }
}

static void say_numbers(struct registry_scan *scan)
{
    struct current_version *current = &scan->current;
    struct version version = VERSION_NONE;
    struct source source;
    bool stated = current->version && version_parse(current->version, &version) &&
                  version.build == VERSION_UNKNOWN;

    if (current->version && !stated) {
        source =
            registry_source(scan, GRADE_REGISTRY, WITNESS_CURRENT_VERSION, "CurrentVersion");
        facts_add_missing(&scan->machine->facts, &source, FIELD_MAJOR, FACT_NOT_RECORDED,
                          arena_printf(scan->machine->arena, "not a version: \"%.80s\"",
                                       text_clean(scan->machine->arena, current->version)));
    }
    if (current->major_number >= 10 && (!stated || (version.major == 6 && version.minor == 3))) {
        if (stated) {
            source =
                registry_source(scan, GRADE_REGISTRY, WITNESS_CURRENT_VERSION, "CurrentVersion");
            facts_add_lookalike(&scan->machine->facts, &source, current->version,
                                "stays at 6.3 on every Windows since 10");
        }
        registry_say_number(scan, WITNESS_CURRENT_VERSION, FIELD_MAJOR,
                            "CurrentMajorVersionNumber", current->major_number);
        if (current->minor_number >= 0)
            registry_say_number(scan, WITNESS_CURRENT_VERSION, FIELD_MINOR,
                                "CurrentMinorVersionNumber", current->minor_number);
        return;
    }
    if (stated) {
        source =
            registry_source(scan, GRADE_REGISTRY, WITNESS_CURRENT_VERSION, "CurrentVersion");
        facts_add_version(&scan->machine->facts, &source, &version);
        scan->statements++;
    }
    if (current->major_number >= 0)
        registry_say(scan, WITNESS_CURRENT_VERSION, FIELD_IMITATION, "CurrentMajorVersionNumber",
                     "CurrentMajorVersionNumber, which no Windows before 10 has");
}

/* Windows calls itself "Windows Server (R) 2008 Standard" here; Wine "Microsoft Windows 2008". */
static void judge_product(struct registry_scan *scan)
{
    if (shape_wine_product(span_of(scan->current.product)))
        registry_say(scan, WITNESS_CURRENT_VERSION, FIELD_IMITATION, "ProductName",
                     arena_printf(scan->machine->arena, "product name \"%.60s\", Wine's wording",
                                  scan->current.product));
}

static void say_absent(struct registry_scan *scan)
{
    const struct current_version *current = &scan->current;
    const struct {
        bool there;
        enum fact_field field;
        enum fact_witness witness;
        const char *name;
    } wanted[] = {
        {current->has_csd, FIELD_SERVICE_PACK, WITNESS_CURRENT_VERSION, "CSDVersion"},
        {current->has_ubr, FIELD_REVISION, WITNESS_UBR, "UBR"},
        {current->has_lab_ex, FIELD_BUILD_LAB_EX, WITNESS_BUILD_LAB_EX, "BuildLabEx"},
    };

    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
        struct source source;

        if (wanted[i].there)
            continue;
        source = registry_source(scan, GRADE_REGISTRY, wanted[i].witness, wanted[i].name);
        facts_add_missing(&scan->machine->facts, &source, wanted[i].field, FACT_ABSENT,
                          arena_printf(scan->machine->arena, "there is no value %s",
                                       wanted[i].name));
    }
}

void current_version_end(struct registry_scan *scan)
{
    char kept[LIMIT_KEY_PATH];

    if (!scan->current.path)
        return;
    /* Sources are made from the key at hand: this is about the one before it. */
    memcpy(kept, scan->path, sizeof(kept));
    snprintf(scan->path, sizeof(scan->path), "%s", scan->current.path);
    say_numbers(scan);
    if (scan->current.product)
        judge_product(scan);
    if (scan->whole_keys && scan->current.has_build)
        say_absent(scan);
    memcpy(scan->path, kept, sizeof(kept));
    scan->current = (struct current_version){.major_number = -1, .minor_number = -1};
}
