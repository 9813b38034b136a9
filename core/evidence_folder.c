/* A folder as evidence of one machine: every file inside it, in bytewise order of the names.
 *
 * A system drive among them, or the folder itself being one, is read as system_drive.h says.
 *
 * Symbolic links are told and not followed: they could lead out of the folder, to another machine
 * or in circles. What cannot be read is told and does not keep the rest from being read.
 *
 * SPDX-License-Identifier: MIT
 */
#include "evidence_folder.h"

#include "arena.h"
#include "ascii.h"
#include "limits.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "system_drive.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    char *name;
    enum folder_kind kind;
};

struct walk {
    struct machine *machine;
    const struct evidence_watch *watch; /* the caller's, its progress led through this walk */
    struct evidence_watch inner;
    int64_t done_before; /* bytes of the files before this one */
    unsigned n_pieces;
    unsigned n_recognised;
    unsigned n_drives;
    bool full; /* LIMIT_FOLDER_FILES */
    bool cancelled;
};

static void walk_progress(void *data, int64_t done, int64_t total)
{
    struct walk *walk = data;

    (void)total; /* of one file */
    walk->watch->progress(walk->watch->data, walk->done_before + done, -1);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static void tell(struct walk *walk, const char *path, const char *problem)
{
    machine_add_problem(walk->machine, machine_add_evidence(walk->machine, path), "%s", problem);
}

static void read_piece(struct walk *walk, const char *path)
{
    unsigned n_before = walk->machine->n_evidence;
    const char *message;

    switch (evidence_read(walk->machine, path, &walk->inner, &message)) {
    case EVIDENCE_OK:
        walk->n_recognised++;
        break;
    case EVIDENCE_UNREADABLE: {
        size_t length = strlen(path);

        /* The reason stands behind the name, which the evidence has already. */
        if (strncmp(message, path, length) == 0 && strncmp(message + length, ": ", 2) == 0)
            message += length + 2;
        if (walk->machine->n_evidence > n_before)
            machine_add_problem(walk->machine, n_before, "%s", message);
        else
            tell(walk, path, message);
        break;
    }
    case EVIDENCE_CANCELLED:
        walk->cancelled = true;
        break;
    case EVIDENCE_UNRECOGNISED:
    case EVIDENCE_EMPTY:
        break;
    }
    if (walk->machine->n_evidence > n_before)
        walk->done_before += walk->machine->evidence[n_before].bytes;
}

/* The entries in order; NULL (with the reason told) when the folder cannot be read to its end. */
static struct entry *list_folder(struct walk *walk, const char *path, size_t *n_entries)
{
    struct folder *folder = folder_open(path);
    struct entry *entries = NULL;
    size_t size = 0;
    size_t count = 0;
    enum folder_kind kind;
    bool failed = true;
    const char *name;

    *n_entries = 0;
    while (folder && (name = folder_next(folder, &kind, &failed)) != NULL) {
        if (count == LIMIT_FOLDER_ENTRIES) {
            machine_add_problem(walk->machine, machine_add_evidence(walk->machine, path),
                                "has more than %d entries: the others were not looked at",
                                LIMIT_FOLDER_ENTRIES);
            break;
        }
        if (count == size) {
            size = size ? size * 2 : 64;
            entries = memory_realloc(entries, size * sizeof(*entries));
        }
        entries[count].name = memory_alloc(strlen(name) + 1);
        strcpy(entries[count].name, name);
        entries[count++].kind = kind;
    }
    if (failed)
        tell(walk, path, file_error());
    if (folder)
        folder_close(folder);
    if (count)
        qsort(entries, count, sizeof(*entries), by_name);
    *n_entries = count;
    return entries;
}

static void read_of_drive(void *data, const char *path)
{
    struct walk *walk = data;

    if (walk->cancelled)
        return;
    walk->n_pieces++;
    read_piece(walk, path);
}

/* The folder is, or holds, the system drive of a Windows: read as such. */
static void read_drive(struct walk *walk, const struct system_drive *drive)
{
    walk->n_drives++;
    if (system_drive_read(drive, walk->machine, read_of_drive, walk))
        walk->n_recognised++;
}

/* Read together with the hive that lies there too. */
static bool is_log_of_another(const struct entry *entries, size_t n_entries, const char *name)
{
    size_t length = system_drive_log_of(name);

    for (size_t i = 0; length && i < n_entries; i++)
        if (strlen(entries[i].name) == length && ascii_equal_n(entries[i].name, name, length))
            return true;
    return false;
}

static void walk_folder(struct walk *walk, const char *path, unsigned depth)
{
    struct system_drive drive = {.windows = ""};
    enum system_drive_kind is = system_drive_find(&drive, walk->machine->arena, path);
    size_t length = strlen(path);
    const char *slash = length && (path[length - 1] == '/' || path[length - 1] == '\\') ? "" : "/";
    struct entry *entries;
    size_t n_entries;

    if (is == SYSTEM_DRIVE_WHOLE || is == SYSTEM_DRIVE_COPY)
        read_drive(walk, &drive);
    if (is == SYSTEM_DRIVE_WHOLE)
        return;
    entries = list_folder(walk, path, &n_entries);
    for (size_t i = 0; i < n_entries && !walk->full && !walk->cancelled; i++) {
        const char *inner =
            arena_printf(walk->machine->arena, "%s%s%s", path, slash, entries[i].name);

        if (is == SYSTEM_DRIVE_CONFIG &&
            (entries[i].kind == FOLDER_FOLDER || system_drive_skips(entries[i].name)))
            continue;
        if (strcmp(inner, drive.windows) == 0 ||
            is_log_of_another(entries, n_entries, entries[i].name))
            continue;
        if (entries[i].kind == FOLDER_FOLDER && depth < LIMIT_FOLDER_DEPTH) {
            walk_folder(walk, inner, depth + 1);
            continue;
        }
        if (walk->n_pieces == LIMIT_FOLDER_FILES) {
            machine_add_problem(walk->machine, machine_add_evidence(walk->machine, inner),
                                "this and all behind it were not read: %d pieces were before it",
                                LIMIT_FOLDER_FILES);
            walk->full = true;
            break;
        }
        walk->n_pieces++;
        switch (entries[i].kind) {
        case FOLDER_FILE:
            read_piece(walk, inner);
            break;
        case FOLDER_FOLDER:
            tell(walk, inner, "not read: folders are too deep inside each other");
            break;
        case FOLDER_LINK:
            tell(walk, inner, "not read: a symbolic link, which is not followed");
            break;
        case FOLDER_OTHER:
            tell(walk, inner, "not read: a device, pipe or socket");
            break;
        }
    }
    for (size_t i = 0; i < n_entries; i++)
        free(entries[i].name);
    free(entries);
}

/* Of the pieces from first on, one that has a reason for not being used; "" for none. */
static const char *reason_of(const struct machine *machine, unsigned first)
{
    for (unsigned i = first; i < machine->n_evidence; i++)
        if (machine->evidence[i].n_problems)
            return arena_printf(machine->arena, " (%s: %s)", machine->evidence[i].name,
                                machine->evidence[i].problems[0]);
    return "";
}

enum evidence_status evidence_read_folder(struct machine *machine, const char *path,
                                          const struct evidence_watch *watch, const char **message)
{
    const char *name = text_clean(machine->arena, path);
    struct walk walk = {.machine = machine, .watch = watch};
    unsigned n_before = machine->n_evidence;

    if (watch)
        walk.inner = *watch;
    if (walk.inner.progress) {
        walk.inner.progress = walk_progress;
        walk.inner.data = &walk;
    }
    *message = "";
    walk_folder(&walk, path, 1);
    if (walk.cancelled) {
        *message = arena_printf(machine->arena, "%s: reading was stopped", name);
        return EVIDENCE_CANCELLED;
    }
    if (walk.n_recognised)
        return EVIDENCE_OK;
    if (walk.n_pieces == 0 && walk.n_drives > 0) {
        *message = arena_printf(machine->arena,
                                "%s: a system drive, and none of the files on it that state its "
                                "version can be read",
                                name);
        return EVIDENCE_UNRECOGNISED;
    }
    if (walk.n_pieces == 0 && machine->n_evidence > n_before) {
        *message = arena_printf(machine->arena, "%s: the folder cannot be read: %s", name,
                                machine->evidence[n_before].problems[0]);
        return EVIDENCE_UNREADABLE;
    }
    *message = walk.n_pieces == 0
                   ? arena_printf(machine->arena, "%s: the folder has no files in it", name)
                   : arena_printf(machine->arena,
                                  "%s: nothing states a Windows version in any of its %u files%s",
                                  name, walk.n_pieces, reason_of(machine, n_before));
    return EVIDENCE_UNRECOGNISED;
}
