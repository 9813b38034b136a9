/* Updates as the registry lists them: packages of Component Based Servicing, what waits for a
 * restart, the servicing stack, hotfix keys, SHA-2 and ESU marks.
 *
 * One update is many packages (Package_1_for_KB4493730 to Package_25_for_KB4493730, one for each
 * part of Windows that it touches), so packages are folded to one fact for each KB and state.
 *
 * The states are those of "CBS Servicing States Chart" (TechNet, Tip of the Day, 2015-10-12): NT
 * 6.0 writes the small numbers of its second table (0x4 staged, 0x7 installed, 0x8 permanent), 6.1
 * and later the same states times 16 (0x40, 0x70, 0x80) with superseded (0x50), uninstall pending
 * (0x5) and partially installed (0x65) between them. No number means two things. Negative ones
 * are the same states, "but broken".
 *
 * SPDX-License-Identifier: MIT
 */
#include "registry_scan.h"

#include "../ascii.h"
#include "../buildlab.h"
#include "../knowledge.h"
#include "package_identity.h"

#include <stdio.h>
#include <string.h>

static const struct {
    uint32_t number;
    enum package_state state;
} states[] = {
    {0x0, PACKAGE_ABSENT},
    {0x1, PACKAGE_RESOLVED}, /* resolving */
    {0x2, PACKAGE_RESOLVED},
    {0x3, PACKAGE_RESOLVED}, /* staging: the files are not all there yet */
    {0x4, PACKAGE_STAGED},
    {0x5, PACKAGE_UNINSTALL_PENDING},
    {0x6, PACKAGE_INSTALL_PENDING},
    {0x7, PACKAGE_INSTALLED},
    {0x8, PACKAGE_INSTALLED}, /* permanent */
    {0x10, PACKAGE_RESOLVED},
    {0x20, PACKAGE_RESOLVED},
    {0x30, PACKAGE_RESOLVED},
    {0x40, PACKAGE_STAGED},
    {0x50, PACKAGE_SUPERSEDED},
    {0x60, PACKAGE_INSTALL_PENDING},
    {0x65, PACKAGE_INSTALL_PENDING}, /* partially installed */
    {0x70, PACKAGE_INSTALLED},
    {0x80, PACKAGE_INSTALLED},
};

static enum package_state state_of(uint32_t number)
{
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        if (states[i].number == number)
            return states[i].state;
    return PACKAGE_FAILED;
}

const char *const package_value_names[] = {"CurrentState", "InstallTimeHigh", "InstallTimeLow",
                                           NULL};
const char *const session_value_names[] = {"Complete", NULL};
const char *const sessions_value_names[] = {"Exclusive", "TotalSessionPhases", NULL};
const char *const updates_value_names[] = {"UpdateExeVolatile", NULL};
void package_met(struct registry_scan *scan)
{
    struct open_package *open = &scan->packages.open;

    /* Every part of Windows is a package; those that are no update need not be read. */
    open->kb = package_kb(scan->star, strcspn(scan->star, "~"));
    if (!open->kb && !package_is_foundation(scan->star)) {
        scan->kind = NULL;
        return;
    }
    open->open = true;
    open->has_state = false;
    open->time_high = open->time_low = 0;
    open->identity[0] = '\0';
    strncat(open->identity, scan->star, sizeof(open->identity) - 1);
}

void package_value(struct registry_scan *scan, const struct registry_data *value)
{
    struct open_package *open = &scan->packages.open;
    int64_t number;

    if (!open->open || !registry_data_number(value, &number))
        return;
    if (ascii_equal(value->name, "CurrentState")) {
        open->has_state = true;
        open->state = (uint32_t)number;
    } else if (ascii_equal(value->name, "InstallTimeHigh")) {
        open->time_high = (uint32_t)number;
    } else if (ascii_equal(value->name, "InstallTimeLow")) {
        open->time_low = (uint32_t)number;
    }
}

/* The day of a FILETIME (100 ns since 1601-01-01), in the arena; NULL for none. */
static const char *filetime_day(struct arena *arena, uint32_t high, uint32_t low)
{
    uint64_t ticks = (uint64_t)high << 32 | low;
    char text[DAY_TEXT_SIZE];

    if (high == 0 || high >= 0x03000000)
        return NULL;
    day_to_text(day_from_unix((int64_t)(ticks / 10000000u) - INT64_C(11644473600)), text);
    return *text ? arena_strdup(arena, text) : NULL;
}

#define SLOTS (LIMIT_PACKAGES * 2)

/* Where KB and state are, or belong: an empty slot. */
static size_t find_slot(const struct package_folds *folds, uint32_t kb, enum package_state state)
{
    uint32_t hash = (kb * 31 + (uint32_t)state) * 2654435761u;
    size_t slot = hash % SLOTS;

    for (; folds->slots[slot]; slot = (slot + 1) % SLOTS) {
        const struct package *package = &folds->items[folds->slots[slot] - 1].package;

        if (package->kb == kb && package->state == state)
            break;
    }
    return slot;
}

static const struct package_fold *find_fold(const struct package_folds *folds, uint32_t kb,
                                            enum package_state state)
{
    size_t slot = find_slot(folds, kb, state);

    return folds->slots[slot] ? &folds->items[folds->slots[slot] - 1] : NULL;
}

/* The day is that of the first part: once it is known, the state is all that counts. */
bool package_wants_more(const struct registry_scan *scan)
{
    const struct open_package *open = &scan->packages.open;
    const struct package_fold *fold;

    if (!open->has_state || !scan->packages.slots || !open->kb)
        return true;
    fold = find_fold(&scan->packages, open->kb, state_of(open->state));
    return !fold || !fold->package.installed_on;
}

static struct package_fold *fold_of(struct registry_scan *scan, const struct package *package)
{
    struct package_folds *folds = &scan->packages;
    size_t slot;

    if (!folds->slots)
        folds->slots = arena_alloc(scan->machine->arena, SLOTS * sizeof(*folds->slots));
    slot = find_slot(folds, package->kb, package->state);
    if (folds->slots[slot])
        return &folds->items[folds->slots[slot] - 1];
    if (folds->count == LIMIT_PACKAGES) {
        folds->dropped++;
        return NULL;
    }
    if (folds->count == folds->size) {
        size_t size = folds->size ? folds->size * 2 : 128;
        struct package_fold *items =
            arena_alloc(scan->machine->arena, size * sizeof(*folds->items));

        if (folds->count)
            memcpy(items, folds->items, folds->count * sizeof(*items));
        folds->items = items;
        folds->size = size;
    }
    folds->slots[slot] = (uint16_t)(folds->count + 1);
    folds->items[folds->count] = (struct package_fold){.package = *package};
    folds->items[folds->count].package.identity =
        arena_strdup(scan->machine->arena, package->identity);
    return &folds->items[folds->count++];
}

/* Packages of a machine have its architecture; those of 32-bit parts say wow64 or msil. */
static void say_arch(struct registry_scan *scan, const struct package_identity *identity)
{
    static const char *const arches[] = {"x86", "amd64", "ia64"};

    for (int i = 0; i < 3; i++) {
        struct source source;

        if (scan->packages.arch_said[i] || strlen(arches[i]) != identity->arch_len ||
            !ascii_equal_n(identity->arch, arches[i], identity->arch_len))
            continue;
        scan->packages.arch_said[i] = true;
        source = registry_source(scan, GRADE_COMPONENT, WITNESS_CBS, NULL);
        facts_add_text(&scan->machine->facts, &source, FIELD_ARCH, arch_canonical(arches[i]));
        scan->statements++;
    }
}

static void say_foundation(struct registry_scan *scan, const struct package_identity *identity,
                           enum package_state state)
{
    struct source source = registry_source(scan, GRADE_COMPONENT, WITNESS_CBS, NULL);
    const struct version *v = &identity->version;
    struct fact *fact;

    if (state == PACKAGE_ABSENT)
        return;
    fact = facts_add_text(&scan->machine->facts, &source, FIELD_FOUNDATION,
                          arena_printf(scan->machine->arena, "%d.%d.%d.%d", (int)v->major,
                                       (int)v->minor, (int)v->build, (int)v->revision));
    if (state != PACKAGE_INSTALLED)
        fact->note = package_state_name(state);
    scan->statements++;
}

void package_close(struct registry_scan *scan)
{
    struct open_package *open = &scan->packages.open;
    struct package package = {0};
    struct package_fold *fold;
    struct package_identity identity;

    if (!open->open)
        return;
    open->open = false;
    if (scan->machine->facts.count >= LIMIT_FACTS || !package_identity_parse(&identity, open->identity))
        return;
    /* A key without its state (a list of keys) shows that servicing knows the package, no more:
     * it may be in, out or waiting. */
    if (!open->has_state) {
        if (scan->packages.stateless++ == 0)
            scan->packages.stateless_at = arena_strdup(scan->machine->arena, scan->path);
        return;
    }
    package.kb = open->kb;
    package.version = identity.version;
    package.state = state_of(open->state);
    package.identity = open->identity;
    if (package_is_foundation(identity.name)) {
        say_foundation(scan, &identity, package.state);
        say_arch(scan, &identity);
    }
    if (!package.kb)
        return;
    say_arch(scan, &identity);
    fold = fold_of(scan, &package);
    if (!fold)
        return;
    if (fold->count++ == 0)
        fold->where = arena_strdup(scan->machine->arena, scan->path);
    if (version_compare(&package.version, &fold->package.version) > 0)
        fold->package.version = package.version;
    if (!fold->package.installed_on)
        fold->package.installed_on =
            filetime_day(scan->machine->arena, open->time_high, open->time_low);
    /* The package of the whole update stands for its parts. */
    if (ascii_after(package.identity, "Package_for_") &&
        !ascii_after(fold->package.identity, "Package_for_")) {
        fold->package.identity = arena_strdup(scan->machine->arena, package.identity);
        fold->where = arena_strdup(scan->machine->arena, scan->path);
    }
}

/* An update that is in, or on its way, has parts that this machine has no use for: they stay
 * staged or absent and say nothing about the update. */
static const enum package_state strong_states[] = {
    PACKAGE_INSTALLED, PACKAGE_SUPERSEDED, PACKAGE_INSTALL_PENDING, PACKAGE_UNINSTALL_PENDING};
static const enum package_state weak_states[] = {PACKAGE_STAGED, PACKAGE_RESOLVED, PACKAGE_ABSENT};

static bool is_unused_part(const struct package_folds *folds, const struct package *package)
{
    bool weak = false;

    for (size_t i = 0; i < sizeof(weak_states) / sizeof(weak_states[0]); i++)
        weak = weak || package->state == weak_states[i];
    for (size_t i = 0; weak && i < sizeof(strong_states) / sizeof(strong_states[0]); i++)
        if (find_fold(folds, package->kb, strong_states[i]))
            return true;
    return false;
}

/* "3 parts staged, 1 absent"; NULL when there are none. */
static const char *unused_parts(struct arena *arena, const struct package_folds *folds,
                                const struct package *package)
{
    const char *note = NULL;

    for (size_t i = 0; i < sizeof(weak_states) / sizeof(weak_states[0]); i++) {
        const struct package_fold *part = find_fold(folds, package->kb, weak_states[i]);

        if (!part || part->package.state == package->state)
            continue;
        note = arena_printf(arena, "%s%s%u parts %s", note ? note : "", note ? ", " : "",
                            part->count, package_state_name(weak_states[i]));
    }
    return note;
}

static void say_folds(struct registry_scan *scan)
{
    struct package_folds *folds = &scan->packages;

    for (size_t i = 0; i < folds->count; i++) {
        const struct package_fold *fold = &folds->items[i];
        struct source source = {GRADE_COMPONENT, WITNESS_CBS, scan->evidence, fold->where};
        struct fact *fact;

        if (is_unused_part(folds, &fold->package))
            continue;
        if (fold->count > 1)
            source.where = arena_printf(scan->machine->arena, "%s and %u more", fold->where,
                                        fold->count - 1);
        fact = facts_add_package(&scan->machine->facts, &source, &fold->package);
        fact->note = unused_parts(scan->machine->arena, folds, &fold->package);
        scan->statements++;
    }
    if (folds->stateless) {
        struct source source = {GRADE_COMPONENT, WITNESS_CBS, scan->evidence,
                                folds->stateless_at};

        facts_add_missing(&scan->machine->facts, &source, FIELD_PACKAGE, FACT_NOT_RECORDED,
                          arena_printf(scan->machine->arena,
                                       "%u packages are named without their CurrentState",
                                       folds->stateless));
        scan->statements++;
    }
    if (folds->dropped)
        machine_add_problem(scan->machine, scan->evidence,
                            "%lu packages beyond the first %d different updates were not kept",
                            (unsigned long)folds->dropped, LIMIT_PACKAGES);
}

/* ---- Hotfix keys of the old installer ---- */

void hotfix_met(struct registry_scan *scan)
{
    const char *name = scan->star;
    struct source source = registry_source(scan, GRADE_REGISTRY, WITNESS_REGISTRY, NULL);
    struct package package = {.version = VERSION_NONE};

    package.kb = ascii_after(name, "KB") ? package_kb(name, strlen(name)) : 0;
    if (!package.kb || scan->machine->facts.count >= LIMIT_FACTS)
        return;
    facts_add_package(&scan->machine->facts, &source, &package);
    scan->statements++;
}

/* ---- What waits ---- */

static void say_pending(struct registry_scan *scan, const char *what, const char *note)
{
    struct fact *fact = registry_say(scan, WITNESS_CBS, FIELD_PENDING, NULL, what);

    fact->note = note;
}

/* RebootPending, RebootInProgress, RebootRequired: the key being there is the mark. */
void pending_met(struct registry_scan *scan)
{
    const char *name = strrchr(scan->path, '\\');

    if (scan->machine->facts.count < LIMIT_FACTS)
        say_pending(scan, name ? name + 1 : scan->path, NULL);
}

/* The key PackagesPending itself may stay behind, empty; what is below it waits. */
void packages_pending_met(struct registry_scan *scan)
{
    if (scan->pending.packages++ == 0)
        scan->pending.packages_at = arena_strdup(scan->machine->arena, scan->path);
}

/* SessionsPending is there on a healthy machine too: Exclusive names the session that holds the
 * stack, 0 for none. PackagesPending may carry the same value. */
void sessions_value(struct registry_scan *scan, const struct registry_data *value)
{
    int64_t number;

    if ((ascii_equal(value->name, "Exclusive") ||
         ascii_equal(value->name, "TotalSessionPhases")) &&
        registry_data_number(value, &number) && number != 0)
        say_pending(scan, strrchr(scan->path, '\\') + 1,
                    arena_printf(scan->machine->arena, "%s is %lu", value->name,
                                 (unsigned long)number));
}

static void session_done(struct registry_scan *scan)
{
    if (scan->pending.session_open)
        scan->pending.sessions++;
    scan->pending.session_open = false;
}

void session_met(struct registry_scan *scan)
{
    session_done(scan);
    scan->pending.session_open = true;
    if (!scan->pending.session_at)
        scan->pending.session_at = arena_strdup(scan->machine->arena, scan->path);
}

/* A finished session may leave its key with Complete = 1. */
void session_value(struct registry_scan *scan, const struct registry_data *value)
{
    int64_t number;

    if (ascii_equal(value->name, "Complete") && registry_data_number(value, &number) &&
        number != 0)
        scan->pending.session_open = false;
}

void updates_value(struct registry_scan *scan, const struct registry_data *value)
{
    int64_t number;

    if (ascii_equal(value->name, "UpdateExeVolatile") && registry_data_number(value, &number) &&
        number != 0)
        registry_say(scan, WITNESS_REGISTRY, FIELD_PENDING, value->name, value->name);
}

/* ---- The servicing stack, SHA-2, ESU ---- */

static void say_stack(struct registry_scan *scan, const char *text, const char *name)
{
    struct source source = registry_source(scan, GRADE_COMPONENT, WITNESS_CBS, name);
    struct version version = VERSION_NONE;
    size_t used = version_parse(text, &version);

    if (!used || text[used] || version.revision == VERSION_UNKNOWN)
        return;
    facts_add_text(&scan->machine->facts, &source, FIELD_SERVICING_STACK, text);
    scan->statements++;
}

/* The value's name is the version, its text the folder of the stack. */
void stack_value(struct registry_scan *scan, const struct registry_data *value)
{
    say_stack(scan, value->name, value->name);
}

void stack_met(struct registry_scan *scan)
{
    if (scan->machine->facts.count < LIMIT_FACTS)
        say_stack(scan, scan->star, NULL);
}

void sha2_value(struct registry_scan *scan, const struct registry_data *value)
{
    int64_t number;

    if ((ascii_equal(value->name, "SHA2-Codesigning-Support") ||
         ascii_equal(value->name, "SHA2-Core-Codesigning-Support")) &&
        registry_data_number(value, &number))
        registry_say_number(scan, WITNESS_REGISTRY, FIELD_SHA2, value->name, number ? 1 : 0);
}

/* An ESU activation id is a GUID that occurs nowhere else: that it is named shows that a licence
 * was put in at some time, not that it is active. */
static void look_for_esu_at(struct registry_scan *scan, const char *text, const char *name)
{
    size_t seen = 0;

    for (size_t i = 0; i < n_esu_items && seen < ESU_SEEN_MAX; i++) {
        struct fact *fact;

        if (!ascii_after(esu_items[i].kind, "activation-id"))
            continue;
        seen++;
        if (scan->esu_seen[seen - 1] || !ascii_after(text, esu_items[i].value))
            continue;
        scan->esu_seen[seen - 1] = true;
        fact = registry_say(scan, WITNESS_REGISTRY, FIELD_ESU, name, esu_items[i].item);
        fact->note = "its activation id is in the registry; the licence state is not";
    }
}

static void look_for_esu(struct registry_scan *scan, const char *text, const char *name)
{
    const char *dash = text;

    /* A GUID has its first dash behind eight digits. */
    while ((dash = strchr(dash, '-')) != NULL) {
        if (dash - text >= 8)
            look_for_esu_at(scan, dash - 8, name);
        dash++;
    }
}

void esu_met(struct registry_scan *scan)
{
    look_for_esu(scan, scan->path, NULL);
}

void esu_value(struct registry_scan *scan, const struct registry_data *value)
{
    look_for_esu(scan, value->name, NULL);
    if (value->type == REGISTRY_SZ || value->type == REGISTRY_MULTI_SZ)
        look_for_esu(scan, registry_data_text(scan, value), NULL);
}

void packages_end(struct registry_scan *scan)
{
    session_done(scan);
    say_folds(scan);
    if (scan->pending.packages) {
        snprintf(scan->path, sizeof(scan->path), "%s", scan->pending.packages_at);
        say_pending(scan, "PackagesPending",
                    arena_printf(scan->machine->arena, "%u packages", scan->pending.packages));
    }
    if (scan->pending.sessions) {
        snprintf(scan->path, sizeof(scan->path), "%s", scan->pending.session_at);
        say_pending(scan, "SessionsPending",
                    arena_printf(scan->machine->arena, "%u unfinished",
                                 scan->pending.sessions));
    }
}
