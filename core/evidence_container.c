/* An archive as evidence of one machine: every file inside it, in the archive's order.
 *
 * An archive with one file in it stands for that file. Of a packed system drive only the files that
 * state something are read. A hive finds its logs by going through the archive again.
 *
 * Packages of updates are archives too and hold kernels of the build that they would bring: they
 * are refused, because they are about no machine.
 *
 * SPDX-License-Identifier: MIT
 */
#include "evidence_container.h"

#include "arena.h"
#include "ascii.h"
#include "containers/container.h"
#include "evidence_steps.h"
#include "limits.h"
#include "path.h"
#include "readers/system_file.h"

#include <stdlib.h>
#include <string.h>

struct unpacking {
    struct machine *machine;
    struct input *packed;
    struct container *container;
    const struct evidence_watch *watch;
    unsigned evidence; /* the archive itself */
    unsigned n_pieces;
    unsigned n_recognised;
    unsigned n_not_read; /* links and devices */
    unsigned n_passed;   /* files of Windows that state nothing */
    bool update;         /* it is a package of an update */
    bool cancelled;
};

/* ---- Names ---- */

/* What follows the folder of that name in path, NULL when it is not there. */
static const char *behind_folder(const char *path, const char *folder)
{
    for (const char *at = path; *at; at++) {
        const char *rest = at == path || path_is_separator(at[-1]) ? ascii_after(at, folder) : NULL;

        if (rest && path_is_separator(*rest))
            return rest + 1;
    }
    return NULL;
}

static bool in_one_folder(const char *path)
{
    return !strpbrk(path, "/\\");
}

/* What a .msu and the .cab in it have, and nothing else. */
static bool is_of_update(const char *path)
{
    return ascii_equal(path, "WSUSSCAN.cab") || ascii_equal(path, "update.mum") ||
           ascii_equal(path, "_manifest_.cix.xml");
}

/* Folders of Windows with thousands of files that state nothing, or what is not installed. */
static bool is_bulk(const char *windows)
{
    static const char *const folders[] = {"assembly",
                                          "Fonts",
                                          "inf",
                                          "Installer",
                                          "Microsoft.NET",
                                          "servicing",
                                          "SoftwareDistribution",
                                          "SysWOW64",
                                          "winsxs"};

    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        const char *rest = ascii_after(windows, folders[i]);

        if (rest && path_is_separator(*rest))
            return true;
    }
    return false;
}

/* Whether a file of a packed system drive is none of those that system_drive.h would read. */
static bool is_passed(const char *path)
{
    const char *windows = behind_folder(path, "Windows");
    const char *system32, *config;

    /* Older copies of all hives. */
    if (behind_folder(path, "RegBack"))
        return true;
    if (!windows)
        windows = behind_folder(path, "WINNT");
    if (!windows)
        return false;
    if (is_bulk(windows))
        return true;
    system32 = behind_folder(windows, "System32");
    if (!system32)
        return false;
    config = behind_folder(system32, "config");
    if (config && in_one_folder(config))
        return !ascii_after(config, "SOFTWARE") && !ascii_after(config, "SYSTEM");
    return !in_one_folder(system32) || !system_file_is_known(span_of(system32));
}

/* ---- Files that belong to another one ---- */

struct beside {
    struct companions base;
    struct input *packed;
    const char *name; /* in the archive */
};

static uint8_t *read_all(struct container *container, struct arena *arena, size_t *size)
{
    struct input_source source = container_source(container);
    uint8_t *bytes = NULL, *copy;
    const char *error = NULL;
    size_t room = 0, got;

    *size = 0;
    do {
        if (*size == room) {
            room = room ? room * 2 : LIMIT_HEAD_BYTES;
            bytes = memory_realloc(bytes, room);
        }
        got = source.read(source.data, bytes + *size, room - *size, &error);
        *size += got;
    } while (got > 0 && *size < LIMIT_HIVE_LOG_BYTES);
    copy = arena_alloc(arena, *size ? *size : 1);
    memcpy(copy, bytes, *size);
    free(bytes);
    return copy;
}

static bool open_beside(const struct companions *self, const char *suffix, struct arena *arena,
                        struct input *companion)
{
    const struct beside *beside = (const struct beside *)self;
    const char *wanted = arena_printf(arena, "%s%s", beside->name, suffix);
    struct container_file file;
    struct container *container;
    bool found = false;
    const char *why;

    container = container_open(beside->packed, &why);
    while (container && !found && container_next(container, &file, &why)) {
        if (!file.regular || !ascii_equal(file.name, wanted))
            continue;
        size_t size;
        const uint8_t *bytes = read_all(container, arena, &size);

        input_from_memory(companion, arena_strdup(arena, file.name), bytes, size);
        found = true;
    }
    container_close(container);
    return found;
}

/* ---- The only file ---- */

/* How many files the archive has, two for several and for one that cannot be gone through. */
static unsigned count_files(struct input *packed)
{
    struct container_file file;
    struct container *container;
    unsigned count = 0;
    const char *why;

    container = container_open(packed, &why);
    while (container && count < 2 && container_next(container, &file, &why))
        count += !file.folder;
    container_close(container);
    return why ? 2 : count;
}

bool evidence_unpack(struct unpacked *unpacked, struct input *packed)
{
    struct container_file file = {.regular = false};
    struct input_source source;
    const char *why;

    if (packed->packed == LIMIT_ARCHIVE_DEPTH || count_files(packed) != 1)
        return false;
    unpacked->container = container_open(packed, &why);
    while (unpacked->container && !file.regular && container_next(unpacked->container, &file, &why))
        ;
    if (!file.regular || is_of_update(path_last_part(file.name))) {
        container_close(unpacked->container);
        return false;
    }
    source = container_source(unpacked->container);
    input_from_source(&unpacked->input, packed->name, &source);
    unpacked->input.packed = packed->packed + 1;
    unpacked->input.outer = packed->outer ? packed->outer : packed;
    return true;
}

void unpacked_close(struct unpacked *unpacked)
{
    input_close(&unpacked->input);
    container_close(unpacked->container);
}

/* ---- All files ---- */

static void read_file(struct unpacking *unpacking, const char *name)
{
    struct machine *machine = unpacking->machine;
    struct input_source source = container_source(unpacking->container);
    unsigned n_before = machine->n_evidence;
    struct beside beside = {{open_beside}, unpacking->packed, name};
    struct input input;
    const char *message, *path;

    path = arena_printf(machine->arena, "%s/%s", unpacking->packed->name, name);
    input_from_source(&input, path, &source);
    input.packed = unpacking->packed->packed + 1;
    input.companions = &beside.base;
    switch (evidence_read_input(machine, &input, unpacking->watch, &message)) {
    case EVIDENCE_OK:
        unpacking->n_recognised++;
        break;
    case EVIDENCE_CANCELLED:
        unpacking->cancelled = true;
        break;
    case EVIDENCE_UNREADABLE:
    case EVIDENCE_UNRECOGNISED:
    case EVIDENCE_EMPTY:
        break;
    }
    if (input.error && machine->n_evidence > n_before)
        machine_add_problem(machine, n_before, "%s", input.error);
    input_close(&input);
}

static void read_entry(struct unpacking *unpacking, const struct container_file *file)
{
    const char *name = file->name;

    while (path_is_separator(*name) || (name[0] == '.' && path_is_separator(name[1])))
        name++;
    if (file->folder)
        return;
    if (is_of_update(path_last_part(name)))
        unpacking->update = true;
    else if (!file->regular)
        unpacking->n_not_read++;
    else if (is_passed(name))
        unpacking->n_passed++;
    else if (strlen(name) > LIMIT_ARCHIVE_NAME)
        machine_add_problem(unpacking->machine, unpacking->evidence,
                            "not read: the name %.40s... is longer than %d bytes", name,
                            LIMIT_ARCHIVE_NAME);
    else {
        unpacking->n_pieces++;
        read_file(unpacking, arena_strdup(unpacking->machine->arena, name));
    }
}

static void read_entries(struct unpacking *unpacking)
{
    struct machine *machine = unpacking->machine;
    struct container_file file;
    const char *why = NULL;

    while (!unpacking->cancelled && !unpacking->update &&
           container_next(unpacking->container, &file, &why)) {
        if (unpacking->n_pieces == LIMIT_FOLDER_FILES) {
            machine_add_problem(machine, unpacking->evidence,
                                "%.200s and all behind it were not read: %d pieces were before it",
                                file.name, LIMIT_FOLDER_FILES);
            break;
        }
        read_entry(unpacking, &file);
    }
    if (why)
        machine_add_problem(machine, unpacking->evidence, "%s", why);
    if (unpacking->n_not_read)
        machine_add_problem(machine, unpacking->evidence, "%u links or devices in it were not read",
                            unpacking->n_not_read);
    if (unpacking->n_passed)
        machine_add_problem(machine, unpacking->evidence,
                            "%u files of Windows that state no version were passed over",
                            unpacking->n_passed);
}

static enum evidence_status finish(struct unpacking *unpacking, size_t n_facts,
                                   const char **message)
{
    struct machine *machine = unpacking->machine;
    struct evidence *piece = &machine->evidence[unpacking->evidence];

    *message = "";
    if (unpacking->cancelled) {
        *message = arena_printf(machine->arena, "%s: reading was stopped", piece->name);
        return EVIDENCE_CANCELLED;
    }
    if (unpacking->update) {
        machine->facts.count = n_facts;
        machine->n_evidence = unpacking->evidence + 1;
        machine_add_problem(machine, unpacking->evidence,
                            "a package of an update: it holds what a machine would get, and says "
                            "nothing of one");
        *message = arena_printf(machine->arena,
                                "%s: a package of an update, which says nothing of a machine",
                                piece->name);
        return EVIDENCE_UNRECOGNISED;
    }
    if (unpacking->n_recognised == 0) {
        *message =
            arena_printf(machine->arena,
                         "%s: nothing states a Windows version in any of "
                         "the %u files of this archive%s%s%s",
                         piece->name, unpacking->n_pieces, piece->n_problems ? " (" : "",
                         piece->n_problems ? piece->problems[0] : "", piece->n_problems ? ")" : "");
        return EVIDENCE_UNRECOGNISED;
    }
    piece->reader = "archive";
    return EVIDENCE_OK;
}

enum evidence_status evidence_read_container(struct machine *machine, struct input *packed,
                                             const struct evidence_watch *watch,
                                             const char **message)
{
    struct unpacking unpacking = {
        .machine = machine,
        .packed = packed,
        .watch = watch,
        .evidence = machine_add_evidence(machine, packed->name),
    };
    size_t n_facts = machine->facts.count;
    enum evidence_status status;
    const char *why;

    packed->cancel = watch ? watch->cancel : NULL;
    if (packed->packed == LIMIT_ARCHIVE_DEPTH)
        why = "not looked into: archives are too deep inside each other";
    else
        unpacking.container = container_open(packed, &why);
    if (!unpacking.container) {
        machine_add_problem(machine, unpacking.evidence, "%s", why);
        return evidence_refuse(machine, unpacking.evidence, packed, NULL, message);
    }
    machine->evidence[unpacking.evidence].bytes = packed->size;
    read_entries(&unpacking);
    container_close(unpacking.container);
    status = finish(&unpacking, n_facts, message);
    if (watch && watch->digest && status != EVIDENCE_CANCELLED)
        evidence_add_digest(machine, unpacking.evidence, packed);
    return status;
}
