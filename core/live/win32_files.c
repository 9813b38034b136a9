/* The files of the running system that state its version, read as files are that came from one.
 *
 * Out of the real System32: 32-bit programs on a 64-bit system see another one under that name, and
 * the real one as Sysnative.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../arena.h"
#include "../input.h"
#include "../limits.h"
#include "../platform/folder.h"
#include "../readers/readers.h"
#include "win32_probe.h"

#include <string.h>

#define FOLDER_UNITS 512

static const char *windows_folder(struct live *live)
{
    WCHAR folder[FOLDER_UNITS];
    UINT units = GetSystemWindowsDirectoryW(folder, FOLDER_UNITS);

    return units > 0 && units < FOLDER_UNITS ? live_text(live, folder) : NULL;
}

/* The folder that files are really read from; NULL when there is none. */
static const char *real_system32(struct live *live, const char *windows)
{
    BOOL wow64 = FALSE;
    enum folder_kind kind;
    const char *folder;

    IsWow64Process(GetCurrentProcess(), &wow64);
    folder = arena_printf(live->machine->arena, wow64 ? "%s\\Sysnative" : "%s\\System32", windows);
    return folder_kind_at(folder, &kind) || wow64 ? folder : NULL;
}

/* What the reader has to say of one file, with that file's name. */
static void name_problems(struct live *live, unsigned first, const char *name)
{
    struct evidence *evidence = &live->machine->evidence[live->evidence];

    for (unsigned i = first; i < evidence->n_problems; i++)
        evidence->problems[i] =
            arena_printf(live->machine->arena, "System32\\%s: %s", name, evidence->problems[i]);
}

static void read_file(struct live *live, const char *name, bool needed)
{
    unsigned first = live->machine->evidence[live->evidence].n_problems;
    size_t n_facts = live->machine->facts.count;
    const char *path = arena_printf(live->machine->arena, "%s\\%s", live->system32, name);
    const char *place = arena_printf(live->machine->arena, "System32\\%s", name);
    bool kernel = strcmp(name, "ntoskrnl.exe") == 0;
    struct source source =
        live_source(live, GRADE_FILE, kernel ? WITNESS_KERNEL_FILE : WITNESS_SYSTEM_FILE, place);
    enum fact_field field = kernel ? FIELD_BUILD : FIELD_OS_FILE;
    char message[LIMIT_LIVE_MESSAGE];
    struct input input;
    enum input_status status = input_open(&input, path, message, sizeof(message));

    if (status != INPUT_OK) {
        if (needed || status != INPUT_MISSING)
            facts_add_missing(&live->machine->facts, &source, field,
                              status == INPUT_MISSING ? FACT_ABSENT : FACT_NOT_RECORDED,
                              status == INPUT_MISSING  ? "there is no such file"
                              : status == INPUT_DENIED ? "access denied"
                                                       : "it cannot be read");
        return;
    }
    input.cancel = live->cancel;
    if (!reader_pe.probe(&input) || !reader_pe.read(&input, live->machine, live->evidence)) {
        if (live->machine->facts.count == n_facts)
            facts_add_missing(&live->machine->facts, &source, field, FACT_NOT_RECORDED,
                              "the file states no version of Windows");
    }
    input_close(&input);
    name_problems(live, first, name);
}

/* Which of its two kernels a 32-bit system started depends on its processor and memory. */
static bool may_have_second_kernel(const struct live *live)
{
    const struct fact *arch =
        facts_by_witness(&live->machine->facts, FIELD_ARCH, WITNESS_KERNEL_FILE);

    return !arch || strcmp(arch->value, "x86") == 0;
}

static bool is_file(const char *path)
{
    enum folder_kind kind;

    return folder_kind_at(path, &kind) && kind == FOLDER_FILE;
}

/* Files that say something by being there: see system_drive.c. */
static void look_for_marks(struct live *live, const char *windows)
{
    static const char *const changed[] = {"kerneles.dll", "wuaueng6.dll"};
    struct source source = live_source(live, GRADE_COMPONENT, WITNESS_CBS, "System32");
    struct arena *arena = live->machine->arena;

    for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); i++)
        if (is_file(arena_printf(arena, "%s\\%s", live->system32, changed[i])))
            facts_add_text(&live->machine->facts, &source, FIELD_VISTA_MARK, changed[i]);
    source.where = "winsxs\\pending.xml";
    if (is_file(arena_printf(arena, "%s\\winsxs\\pending.xml", windows)))
        facts_add_text(&live->machine->facts, &source, FIELD_PENDING, "pending.xml");
}

void probe_files(struct live *live)
{
    static const char *const others[] = {"kernel32.dll", "hal.dll", "win32k.sys"};
    struct source source =
        live_source(live, GRADE_FILE, WITNESS_KERNEL_FILE, "System32\\ntoskrnl.exe");
    const char *windows = windows_folder(live);

    if (windows)
        live->system32 = real_system32(live, windows);
    if (!live->system32) {
        facts_add_missing(&live->machine->facts, &source, FIELD_BUILD, FACT_NOT_RECORDED,
                          "the folder of the system is not told");
        return;
    }
    read_file(live, "ntoskrnl.exe", true);
    if (may_have_second_kernel(live))
        read_file(live, "ntkrnlpa.exe", false);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]) && !live_over(live); i++)
        read_file(live, others[i], true);
    look_for_marks(live, windows);
}
