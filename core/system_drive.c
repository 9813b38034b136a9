/* Finding a system drive, and the files on it that state what runs there.
 *
 * SPDX-License-Identifier: MIT
 */
#include "system_drive.h"

#include "arena.h"
#include "ascii.h"
#include "limits.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "system_drive_names.h"

#include <string.h>

static const char *join(struct arena *arena, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    const char *slash =
        length && (folder[length - 1] == '/' || folder[length - 1] == '\\') ? "" : "/";

    return arena_printf(arena, "%s%s%s", folder, slash, name);
}

static const char *in_case(struct arena *arena, const char *name, char first, char last)
{
    char *copy = arena_strdup(arena, name);

    for (char *at = copy; *at; at++)
        if (*at >= first && *at <= last)
            *at ^= 'a' - 'A';
    return copy;
}

/* The entry of that name, in any case; of several the first in bytewise order. NULL for none. */
static const char *look_through(struct arena *arena, const char *folder, const char *name,
                                enum folder_kind *kind)
{
    struct folder *entries = folder_open(folder);
    const char *entry, *found = NULL;
    enum folder_kind its_kind;
    unsigned n_entries = 0;
    bool failed;

    while (entries && n_entries++ < LIMIT_FOLDER_ENTRIES &&
           (entry = folder_next(entries, &its_kind, &failed)) != NULL) {
        if (!ascii_equal(entry, name) || (found && strcmp(entry, found) > 0))
            continue;
        found = arena_strdup(arena, entry);
        *kind = its_kind;
    }
    if (entries)
        folder_close(entries);
    return found ? join(arena, folder, found) : NULL;
}

/* The entry of that name in one of the usual spellings, without looking at any other. */
static const char *find_usual(struct arena *arena, const char *folder, const char *name,
                              enum folder_kind *kind)
{
    const char *spellings[] = {name, in_case(arena, name, 'A', 'Z'),
                               in_case(arena, name, 'a', 'z')};

    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
        const char *path = join(arena, folder, spellings[i]);

        if ((i == 0 || strcmp(spellings[i], name) != 0) && folder_kind_at(path, kind))
            return path;
    }
    return NULL;
}

/* System32 has four thousand entries: they are gone through only for what has to be there. */
static const char *find_in(struct arena *arena, const char *folder, const char *name,
                           enum folder_kind *kind)
{
    const char *path = find_usual(arena, folder, name, kind);

    return path ? path : look_through(arena, folder, name, kind);
}

static const char *find_folder(struct arena *arena, const char *folder, const char *name)
{
    enum folder_kind kind;
    const char *path = find_in(arena, folder, name, &kind);

    return path && kind == FOLDER_FOLDER ? path : NULL;
}

/* One that need not be there. */
static const char *find_usual_folder(struct arena *arena, const char *folder, const char *name)
{
    enum folder_kind kind;
    const char *path = find_usual(arena, folder, name, &kind);

    return path && kind == FOLDER_FOLDER ? path : NULL;
}

/* ---- Is it one? ---- */

/* Evidence that somebody collected has none of these. */
static bool lies_on_a_drive(const char *name)
{
    static const char *const names[] = {
        "Program Files", "ProgramData",  "Users",        "Documents and Settings",
        "bootmgr",       "pagefile.sys", "hiberfil.sys", "System Volume Information",
        "$Recycle.Bin",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (ascii_equal(name, names[i]))
            return true;
    return false;
}

static bool has_system(struct system_drive *drive, struct arena *arena, const char *windows,
                       const char *system32)
{
    enum folder_kind kind;

    if (!system32 || (!find_folder(arena, system32, "config") &&
                      !find_in(arena, system32, "ntoskrnl.exe", &kind)))
        return false;
    drive->windows = windows;
    drive->system32 = system32;
    return true;
}

/* What the names of one folder tell of it. */
struct outline {
    const char *folders[3]; /* System32, Windows, WINNT as they are spelled there */
    bool lies_on_a_drive;
    bool software, system, other_hives; /* the files */
};

static const char *const other_hives[] = {"SAM", "SECURITY", "DEFAULT", "COMPONENTS",
                                          "BCD-Template"};

static void outline_name(struct outline *outline, struct arena *arena, const char *name,
                         enum folder_kind kind)
{
    static const char *const folders[] = {"System32", "Windows", "WINNT"};

    outline->lies_on_a_drive = outline->lies_on_a_drive || lies_on_a_drive(name);
    for (size_t i = 0; kind == FOLDER_FOLDER && i < sizeof(folders) / sizeof(folders[0]); i++)
        if (ascii_equal(name, folders[i]) &&
            (!outline->folders[i] || strcmp(name, outline->folders[i]) < 0))
            outline->folders[i] = arena_strdup(arena, name);
    if (kind != FOLDER_FILE)
        return;
    outline->software = outline->software || ascii_equal(name, "SOFTWARE");
    outline->system = outline->system || ascii_equal(name, "SYSTEM");
    for (size_t i = 0; i < sizeof(other_hives) / sizeof(other_hives[0]); i++)
        outline->other_hives = outline->other_hives || ascii_equal(name, other_hives[i]);
}

enum system_drive_kind system_drive_find(struct system_drive *drive, struct arena *arena,
                                         const char *path)
{
    struct folder *entries = folder_open(path);
    struct outline outline = {{NULL}};
    enum folder_kind kind;
    unsigned n_entries = 0;
    const char *name;
    bool failed;

    while (entries && n_entries++ < LIMIT_FOLDER_ENTRIES &&
           (name = folder_next(entries, &kind, &failed)) != NULL)
        outline_name(&outline, arena, name, kind);
    if (entries)
        folder_close(entries);
    if (outline.folders[0] && has_system(drive, arena, path, join(arena, path, outline.folders[0])))
        return SYSTEM_DRIVE_WHOLE;
    for (size_t i = 1; i < sizeof(outline.folders) / sizeof(outline.folders[0]); i++) {
        const char *windows = outline.folders[i] ? join(arena, path, outline.folders[i]) : NULL;

        if (windows && has_system(drive, arena, windows, find_folder(arena, windows, "System32")))
            return outline.lies_on_a_drive ? SYSTEM_DRIVE_WHOLE : SYSTEM_DRIVE_COPY;
    }
    return outline.software && outline.system && outline.other_hives ? SYSTEM_DRIVE_CONFIG
                                                                     : SYSTEM_DRIVE_NONE;
}

size_t system_drive_log_of(const char *name)
{
    static const char *const hives[] = {"SOFTWARE", "SYSTEM", "NTUSER.DAT"};
    static const char *const ends[] = {".LOG", ".LOG1", ".LOG2"};

    for (size_t i = 0; i < sizeof(hives) / sizeof(hives[0]); i++) {
        const char *rest = ascii_after(name, hives[i]);

        for (size_t e = 0; rest && e < sizeof(ends) / sizeof(ends[0]); e++)
            if (ascii_equal(rest, ends[e]))
                return strlen(hives[i]);
    }
    return 0;
}

bool system_drive_skips(const char *name)
{
    static const char *const hives[] = {"SOFTWARE", "SYSTEM"};
    const char *rest;

    for (size_t i = 0; i < sizeof(other_hives) / sizeof(other_hives[0]); i++) {
        rest = ascii_after(name, other_hives[i]);
        if (rest && (!*rest || *rest == '.' || *rest == '{'))
            return true;
    }
    for (size_t i = 0; i < sizeof(hives) / sizeof(hives[0]); i++) {
        rest = ascii_after(name, hives[i]);
        if (rest && (ascii_after(rest, ".SAV") || *rest == '{'))
            return true;
    }
    return system_drive_log_of(name) > 0;
}

/* ---- The files ---- */

struct drive_reading {
    struct machine *machine;
    unsigned evidence; /* the drive itself */
    void (*read)(void *data, const char *path);
    void *data;
};

/* Reads a file; false when it is not there. part is what people call it. */
static bool read_file(const struct drive_reading *reading, const char *folder, const char *name,
                      const char *part)
{
    enum folder_kind kind;
    const char *path = folder ? find_in(reading->machine->arena, folder, name, &kind) : NULL;

    if (!path)
        return false;
    if (kind == FOLDER_FILE)
        reading->read(reading->data, path);
    else
        machine_add_problem(reading->machine, reading->evidence, "%s%s was not read: %s", part,
                            name,
                            kind == FOLDER_LINK     ? "a symbolic link, which is not followed"
                            : kind == FOLDER_FOLDER ? "a folder of that name"
                                                    : "a device, pipe or socket");
    return true;
}

static void read_needed(const struct drive_reading *reading, const char *folder, const char *name,
                        const char *part)
{
    if (!read_file(reading, folder, name, part))
        machine_add_problem(reading->machine, reading->evidence, "%s%s is not there", part, name);
}

/* Which of its two kernels a 32-bit system starts depends on its processor and memory; other
 * systems have one. */
static bool may_have_second_kernel(const struct machine *machine)
{
    const struct fact *arch = facts_by_witness(&machine->facts, FIELD_ARCH, WITNESS_KERNEL_FILE);

    return !arch || strcmp(arch->value, "x86") == 0;
}

static void read_files(const struct drive_reading *reading, const struct system_drive *drive)
{
    static const char *const others[] = {"kernel32.dll", "hal.dll", "win32k.sys"};
    const char *config = find_folder(reading->machine->arena, drive->system32, "config");
    const char *logs = find_usual_folder(reading->machine->arena, drive->windows, "Logs");

    read_needed(reading, config, "SOFTWARE", "System32/config/");
    read_needed(reading, config, "SYSTEM", "System32/config/");
    read_needed(reading, drive->system32, "ntoskrnl.exe", "System32/");
    if (may_have_second_kernel(reading->machine))
        read_file(reading, drive->system32, "ntkrnlpa.exe", "System32/");
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        read_file(reading, drive->system32, others[i], "System32/");
    if (logs)
        read_file(reading, find_usual_folder(reading->machine->arena, logs, "CBS"), "CBS.log",
                  "Logs/CBS/");
}

/* ---- The names ---- */

/* Shows every name of a folder to take. */
static void each_name(const struct drive_reading *reading, const char *folder, const char *part,
                      void (*take)(struct drive_names *names, const char *name),
                      struct drive_names *names)
{
    struct folder *entries = folder ? folder_open(folder) : NULL;
    unsigned long n_entries = 0;
    bool failed = false;
    const char *name = NULL;

    if (!folder)
        return;
    while (entries && n_entries++ < LIMIT_STORE_NAMES &&
           (name = folder_next(entries, NULL, &failed)) != NULL)
        take(names, name);
    if (!entries || failed)
        machine_add_problem(reading->machine, reading->evidence, "%s: %s", part, file_error());
    else if (name)
        machine_add_problem(reading->machine, reading->evidence,
                            "%s: of its names the first %d were read", part, LIMIT_STORE_NAMES);
    if (entries)
        folder_close(entries);
}

static bool read_names(const struct drive_reading *reading, const struct system_drive *drive)
{
    /* What a Vista calls in place of kernel32.dll and its update agent to be given server updates
     * (data of the project, "Vista"). */
    static const char *const changed[] = {"kerneles.dll", "wuaueng6.dll"};
    struct arena *arena = reading->machine->arena;
    const char *servicing = find_folder(arena, drive->windows, "servicing");
    const char *store = find_folder(arena, drive->windows, "winsxs");
    struct drive_names names = {.machine = reading->machine, .evidence = reading->evidence};
    enum folder_kind kind;

    each_name(reading, servicing ? find_folder(arena, servicing, "Packages") : NULL,
              "servicing/Packages", drive_names_package, &names);
    each_name(reading, store ? find_folder(arena, store, "Manifests") : NULL, "winsxs/Manifests",
              drive_names_component, &names);
    names.pending = store && find_usual(arena, store, "pending.xml", &kind) && kind == FOLDER_FILE;
    for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); i++)
        if (find_usual(arena, drive->system32, changed[i], &kind) && kind == FOLDER_FILE)
            names.vista_mark = changed[i];
    return drive_names_state(&names);
}

bool system_drive_read(const struct system_drive *drive, struct machine *machine,
                       void (*read)(void *data, const char *path), void *data)
{
    struct drive_reading reading = {
        .machine = machine,
        .evidence = machine_add_evidence(machine, drive->windows),
        .read = read,
        .data = data,
    };
    bool stated;

    read_files(&reading, drive);
    stated = read_names(&reading, drive);
    machine->evidence[reading.evidence].reader = "system-drive";
    return stated;
}
