/* Files of Windows as evidence: the kernel, and the files that are serviced with it.
 *
 * What a file is, its version resource says and not its name. The kernel states the build. Another
 * file of the system proves that servicing brought at least its revision, and no more: old files
 * beside a new kernel are normal. Everything else that has a version of NT 6.0 was only made
 * together with it: redistributable libraries say 6001 or 6002 on any Windows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../arena.h"
#include "../ascii.h"
#include "../limits.h"
#include "pe.h"
#include "pe_version.h"
#include "readers.h"
#include "system_file.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    struct machine *machine;
    unsigned evidence;
    struct pe_file pe;
    struct pe_version version;
    const char *name; /* as the resource has it: "ntkrnlmp.exe"; "" for none */
};

static struct source source_of(const struct reading *reading, enum fact_witness witness,
                               const char *part)
{
    return (struct source){GRADE_FILE, witness, reading->evidence,
                           arena_printf(reading->machine->arena, "%s of %s", part,
                                        *reading->name ? reading->name : "a program")};
}

static const char *version_text(struct arena *arena, const struct version *v)
{
    return arena_printf(arena, "%d.%d.%d.%d", (int)v->major, (int)v->minor, (int)v->build,
                        (int)v->revision);
}

/* "linked 2019-03-21" */
static const char *link_day(const struct reading *reading)
{
    char day[DAY_TEXT_SIZE];

    day_to_text(day_from_unix(reading->pe.linked), day);
    return arena_printf(reading->machine->arena, "linked %s", day);
}

/* ---- The version resource ---- */

static bool read_version(struct reading *reading, uint32_t address, uint32_t len)
{
    struct pe_file *pe = &reading->pe;
    uint8_t *bytes;
    size_t wanted = len < LIMIT_PE_VERSION_BYTES ? len : LIMIT_PE_VERSION_BYTES;
    size_t got;
    bool found;

    if (len > LIMIT_PE_VERSION_BYTES)
        pe_problem(pe, "a version resource of %lu bytes: its length has room for %d only",
                   (unsigned long)len, LIMIT_PE_VERSION_BYTES - 1);
    bytes = memory_alloc(wanted + 1);
    got = pe_read(pe, address, bytes, wanted);
    if (got < wanted)
        pe_problem(pe, "the version resource is cut off: %lu of its %lu bytes are there",
                   (unsigned long)got, (unsigned long)len);
    found = pe_version_read(&reading->version, bytes, got, reading->machine->arena);
    if (found && reading->version.damage && got == len)
        pe_problem(pe, "its version resource is damaged: %s", reading->version.damage);
    free(bytes);
    return found;
}

/* The first that is one; in which language does not matter, the numbers are the same in all. */
static bool find_version(struct reading *reading)
{
    uint32_t address, len;

    for (unsigned n = 0; n < LIMIT_PE_VERSIONS; n++) {
        if (!pe_resource(&reading->pe, PE_RESOURCE_VERSION, n, &address, &len))
            return false;
        if (read_version(reading, address, len))
            return true;
    }
    return false;
}

/* A name of a system file as tables have it: three of the oldest leave the end out. */
static const char *whole_name(const char *name)
{
    static const char *const whole[] = {"gdi32.dll", "kernel32.dll", "user32.dll"};

    for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
        if (ascii_equal_n(name, whole[i], strlen(name)) && strlen(name) + 4 == strlen(whole[i]))
            return whole[i];
    return name;
}

/* The name that the file has in the system's sources: of two the one that is a system file's. */
static const char *name_of(const struct pe_version *version)
{
    const char *original = whole_name(version->original_name);
    const char *internal = whole_name(version->internal_name);

    if (!*original ||
        (system_file_is_known(span_of(internal)) && !system_file_is_known(span_of(original))))
        return internal;
    return original;
}

/* ---- What it states ---- */

/* Linking is the last step of a build: 6.1.7601.18409 (win7sp1_gdr.140303-2144) was linked three
 * hours after that time (debugger output, public code index id 21122007491). */
#define LINK_DAYS 14

static void compare_days(const struct reading *reading, const struct build_lab *lab)
{
    day_t linked = day_from_unix(reading->pe.linked);
    char day[DAY_TEXT_SIZE];

    if (lab->day == DAY_NONE || (linked - lab->day <= LINK_DAYS && lab->day - linked <= LINK_DAYS))
        return;
    pe_problem(&reading->pe, "%s, and its build lab is of %s: one of the two was changed",
               link_day(reading), day_to_text(lab->day, day));
}

/* The text of the file version repeats the numbers. Where it does not, somebody changed one: both
 * are stated, and the judge sees that they differ. */
static void state_text(struct reading *reading)
{
    const char *text = text_clean(reading->machine->arena, reading->version.file_version);
    struct source source = source_of(reading, WITNESS_KERNEL_FILE, "FileVersion");
    const struct version *numbers = &reading->version.file;
    struct facts *facts = &reading->machine->facts;
    struct version version;
    struct build_lab lab;
    struct fact *fact;
    bool differs;

    if (!version_parse(text, &version))
        return;
    differs = numbers->build != VERSION_UNKNOWN && version_compare(numbers, &version) != 0;
    if (differs && reading->version.damage)
        return; /* a text that is cut off says another number */
    if (build_lab_parse(text, &lab)) {
        fact = facts_add_text(facts, &source, FIELD_BUILD_LAB, text);
        fact->note = link_day(reading);
        compare_days(reading, &lab);
    }
    if (differs)
        pe_problem(&reading->pe, "its version resource says %s in numbers and %s in words",
                   version_text(reading->machine->arena, numbers), text);
    if (differs || numbers->build == VERSION_UNKNOWN)
        facts_add_version(facts, &source, &version);
}

static void state_kernel(struct reading *reading)
{
    struct source source = source_of(reading, WITNESS_KERNEL_FILE, "version resource");
    struct facts *facts = &reading->machine->facts;
    const char *arch = pe_arch(&reading->pe);

    facts_add_version(facts, &source, &reading->version.file);
    state_text(reading);
    source = source_of(reading, WITNESS_KERNEL_FILE, "header");
    facts_add_text(
        facts, &source, FIELD_ARCH,
        arch ? arch
             : arena_printf(reading->machine->arena, "processor 0x%x", reading->pe.processor));
}

static void state_system_file(struct reading *reading)
{
    struct source source = source_of(reading, WITNESS_SYSTEM_FILE, "version resource");
    struct arena *arena = reading->machine->arena;
    const char *arch = pe_arch(&reading->pe);
    struct fact *fact;

    fact = facts_add_text(
        &reading->machine->facts, &source, FIELD_OS_FILE,
        arena_printf(arena, "%s %s", reading->name, version_text(arena, &reading->version.file)));
    fact->note =
        arena_printf(arena, "%s, %s", arch ? arch : "for another processor", link_day(reading));
}

/* A file of Windows by another maker: Wine, ReactOS. */
static void state_imitation(struct reading *reading)
{
    struct arena *arena = reading->machine->arena;
    struct source source = source_of(reading, WITNESS_SYSTEM_FILE, "version resource");
    const char *file = *reading->name ? reading->name : "a library";

    if (reading->pe.wine) {
        source = source_of(reading, WITNESS_SYSTEM_FILE, "DOS stub");
        facts_add_text(&reading->machine->facts, &source, FIELD_IMITATION,
                       arena_printf(arena, "%s is Wine's: %s", file, reading->pe.wine));
        return;
    }
    facts_add_text(&reading->machine->facts, &source, FIELD_IMITATION,
                   arena_printf(arena, "%s is not Microsoft's: %.80s, %.80s", file,
                                text_clean(arena, reading->version.company),
                                text_clean(arena, reading->version.product_name)));
}

static void state_lookalike(struct reading *reading)
{
    struct source source = source_of(reading, WITNESS_NONE, "version resource");
    const struct version *version = &reading->version.file;
    struct arena *arena = reading->machine->arena;
    const char *name = *reading->name ? reading->name : "a program without a name";

    if (version->build == VERSION_UNKNOWN || (!(version->major == 6 && version->minor == 0) &&
                                              !(version->build >= 6000 && version->build <= 6003)))
        return;
    facts_add_lookalike(&reading->machine->facts, &source, version_text(arena, version),
                        span_ends(span_of(name), ".mui")
                            ? "texts of a program in one language, which updates mostly leave as "
                              "they are"
                            : arena_printf(arena,
                                           "version of %.120s, which does not say on which "
                                           "Windows it lies",
                                           name));
}

static bool is_microsofts(const struct pe_version *version)
{
    return ascii_after(version->company, "Microsoft") && !ascii_find(version->product_name, "Wine");
}

static bool state(struct reading *reading, bool has_version)
{
    struct span name = span_of(reading->name);
    const struct pe_version *version = &reading->version;
    /* A file of Windows names its maker; one that names nobody proves nothing either way. */
    bool known = has_version && *version->company && system_file_is_known(name);

    /* Libraries of Wine without a version stand in a prefix only; those with one are also given
     * out alone, for programs on a Windows. */
    if (reading->pe.wine ? known || !has_version : known && !is_microsofts(version)) {
        state_imitation(reading);
        return true;
    }
    if (known && system_file_is_kernel(name)) {
        state_kernel(reading);
        return true;
    }
    if (known && version->file.build != VERSION_UNKNOWN) {
        state_system_file(reading);
        return true;
    }
    if (has_version)
        state_lookalike(reading);
    return false;
}

static bool read_pe(struct input *input, struct machine *machine, unsigned evidence)
{
    struct reading *reading = memory_alloc(sizeof(*reading));
    bool stated = false;
    bool has_version;

    *reading = (struct reading){.machine = machine, .evidence = evidence, .name = ""};
    if (!input_hold(input, LIMIT_PE_STREAM_BYTES) && !input->error)
        machine_add_problem(machine, evidence, "longer than the %d MB that are read from a pipe",
                            LIMIT_PE_STREAM_BYTES / (1024 * 1024));
    if (pe_open(&reading->pe, input, machine, evidence)) {
        has_version = find_version(reading);
        if (has_version)
            reading->name = text_clean(machine->arena, name_of(&reading->version));
        stated = state(reading, has_version);
    }
    free(reading);
    return stated;
}

const struct reader reader_pe = {
    .id = "pe",
    .title = "file of Windows (ntoskrnl.exe, kernel32.dll...)",
    .probe = pe_probe,
    .read = read_pe,
};
