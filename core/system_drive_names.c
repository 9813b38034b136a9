/* Facts from the names of packages and components.
 *
 * Names of components after Microsoft's own lists of files that servicing needs, such as
 *   amd64_microsoft-windows-servicingstack_31bf3856ad364e35_6.0.6002.18005_none_[hash].manifest
 * (troubleshooting article on inconsistent stores of Server 2008); pending.xml after "Event ID
 * 4375" (learn.microsoft.com, previous versions): it is what servicing does at the next start.
 *
 * SPDX-License-Identifier: MIT
 */
#include "system_drive_names.h"

#include "ascii.h"
#include "knowledge.h"
#include "readers/package_identity.h"

#include <string.h>

#define PUBLISHER "31bf3856ad364e35_"

static bool ends(const char *name, size_t length, const char *suffix)
{
    size_t suffix_length = strlen(suffix);

    return length > suffix_length && ascii_equal(name + length - suffix_length, suffix);
}

void drive_names_package(struct drive_names *names, const char *name)
{
    const struct known_package *known, *newest;
    size_t length = strlen(name);
    uint32_t kb;

    /* Beside each .mum is a .cat of the same name. */
    if (!ends(name, length, ".mum"))
        return;
    if (package_is_foundation(name) && names->n_foundations < DRIVE_FOUNDATIONS)
        names->foundations[names->n_foundations++] =
            arena_strndup(names->machine->arena, name, length - strlen(".mum"));
    kb = package_kb(name, strcspn(name, "~"));
    known = kb ? known_package_by_kb(kb) : NULL;
    if (!known || !known_package_moves_to_6003(known))
        return;
    names->n_updates++;
    newest = known_package_by_kb(names->update);
    if (!newest || known->date > newest->date)
        names->update = kb;
}

static void take_component(struct drive_component *component, const char *file, const char *rest)
{
    struct version version;
    size_t used;

    rest = rest ? ascii_after(rest, PUBLISHER) : NULL;
    used = rest ? version_parse(rest, &version) : 0;
    if (!used || rest[used] != '_' || version.revision == VERSION_UNKNOWN)
        return;
    component->n++;
    if (component->n > 1 && version_compare(&version, &component->newest) <= 0)
        return;
    component->newest = version;
    component->file[0] = '\0';
    strncat(component->file, file, sizeof(component->file) - 1);
}

void drive_names_component(struct drive_names *names, const char *name)
{
    /* Long names of components are shortened in the middle. */
    const char *rest = strchr(name, '_');
    const char *windows = rest ? ascii_after(rest, "_microsoft-windows-") : NULL;

    if (!windows || !ends(name, strlen(name), ".manifest"))
        return;
    switch (ascii_lower(*windows)) {
    case 'o':
        take_component(&names->kernel, name, ascii_after(windows, "os-kernel_"));
        break;
    case 's':
        take_component(&names->stack, name, ascii_after(windows, "servicingstack_"));
        take_component(&names->esu, name, ascii_after(windows, "s..edsecurityupdatesai_"));
        break;
    default:
        break;
    }
}

/* ---- What they say ---- */

static struct source source_of(const struct drive_names *names, const char *where)
{
    return (struct source){GRADE_COMPONENT, WITNESS_CBS, names->evidence, where};
}

static const char *version_text(struct arena *arena, const struct version *v)
{
    return arena_printf(arena, "%d.%d.%d.%d", (int)v->major, (int)v->minor, (int)v->build,
                        (int)v->revision);
}

static bool state_foundations(const struct drive_names *names)
{
    struct facts *facts = &names->machine->facts;
    struct arena *arena = names->machine->arena;
    bool stated = false;

    for (unsigned i = 0; i < names->n_foundations; i++) {
        struct source source = source_of(
            names, arena_printf(arena, "servicing\\Packages\\%s.mum", names->foundations[i]));
        struct package_identity identity;
        const char *arch;

        if (!package_identity_parse(&identity, names->foundations[i]))
            continue;
        stated = true;
        facts_add_text(facts, &source, FIELD_FOUNDATION, version_text(arena, &identity.version));
        arch = arch_canonical(arena_strndup(arena, identity.arch, identity.arch_len));
        if (arch)
            facts_add_text(facts, &source, FIELD_ARCH, arch);
    }
    return stated;
}

static bool state_component(const struct drive_names *names,
                            const struct drive_component *component, enum fact_field field,
                            const char *name)
{
    struct arena *arena = names->machine->arena;
    struct source source;
    struct fact *fact;

    if (!component->n)
        return false;
    source = source_of(names, arena_printf(arena, "winsxs\\Manifests\\%s", component->file));
    fact =
        facts_add_text(&names->machine->facts, &source, field,
                       arena_printf(arena, "%s%s", name, version_text(arena, &component->newest)));
    fact->note =
        component->n == 1
            ? "the only version in the component store"
            : arena_printf(arena, "the newest of %u versions in the component store", component->n);
    return true;
}

static bool has_component_facts(const struct facts *facts)
{
    facts_each (fact, facts) {
        if (fact->field == FIELD_PACKAGE && fact->grade == GRADE_COMPONENT)
            return true;
    }
    return false;
}

/* Only where the hive did not say more. */
static void state_updates(const struct drive_names *names)
{
    struct source source = source_of(names, "servicing\\Packages");

    if (names->n_updates && !has_component_facts(&names->machine->facts))
        facts_add_missing(&names->machine->facts, &source, FIELD_PACKAGE, FACT_NOT_RECORDED,
                          arena_printf(names->machine->arena,
                                       "updates to 6003 are known to servicing, KB%lu the newest "
                                       "of them; whether they are installed the SOFTWARE hive says",
                                       (unsigned long)names->update));
}

bool drive_names_state(struct drive_names *names)
{
    struct facts *facts = &names->machine->facts;
    bool stated = state_foundations(names);
    struct source source;

    stated = state_component(names, &names->stack, FIELD_SERVICING_STACK, "") || stated;
    stated =
        state_component(names, &names->kernel, FIELD_OS_FILE, "microsoft-windows-os-kernel ") ||
        stated;
    state_updates(names);
    if (names->pending) {
        source = source_of(names, "winsxs\\pending.xml");
        facts_add_text(facts, &source, FIELD_PENDING, "pending.xml");
        stated = true;
    }
    if (names->vista_mark) {
        source = source_of(names, "System32");
        facts_add_text(facts, &source, FIELD_VISTA_MARK, names->vista_mark);
        stated = true;
    }
    /* It comes with every update from February 2020 on, and asks for the licence at the end: that
     * there is one it does not show. */
    if (names->esu.n) {
        source = source_of(names, "winsxs\\Manifests");
        facts_add_missing(facts, &source, FIELD_ESU, FACT_NOT_RECORDED,
                          "updates that ask for a licence were unpacked here "
                          "(ExtendedSecurityUpdatesAI); whether this machine has one the names "
                          "do not say");
    }
    return stated;
}
