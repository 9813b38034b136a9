/* Finding a system drive, and which of its files are read.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/system_drive.h"

#include "core/strbuf.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/winver6003-unit-XXXXXX";

static int forget(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts;
    (void)kind;
    (void)place;
    return remove(path);
}

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    return chdir("/") == 0 && nftw(folder, forget, 8, FTW_DEPTH | FTW_PHYS) == 0 ? 0 : -1;
}

/* Makes the file path with all folders above it; a path that ends in / is a folder. */
static void make(const char *path)
{
    char part[256];
    const char *slash = path;
    FILE *file;

    while ((slash = strchr(slash, '/')) != NULL) {
        snprintf(part, sizeof(part), "%.*s", (int)(slash - path), path);
        mkdir(part, 0700);
        slash++;
    }
    if (path[strlen(path) - 1] == '/')
        return;
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
}

static void forget_all(void)
{
    assert_int_equal(nftw(folder, forget, 8, FTW_DEPTH | FTW_PHYS), 0);
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(chdir(folder), 0);
}

static void drives_are_found(void **state)
{
    static const struct {
        const char *files[6];
        const char *path;
        enum system_drive_kind kind;
        const char *windows;
    } rows[] = {
        {{"d/Windows/System32/config/"}, "d", SYSTEM_DRIVE_COPY, "d/Windows"},
        {{"d/WINNT/system32/ntoskrnl.exe"}, "d/", SYSTEM_DRIVE_COPY, "d/WINNT"},
        {{"d/wInDoWs/sYsTeM32/CONFIG/"}, "d", SYSTEM_DRIVE_COPY, "d/wInDoWs"},
        {{"d/Windows/System32/config/", "d/pagefile.sys"}, "d", SYSTEM_DRIVE_WHOLE, "d/Windows"},
        {{"d/Windows/System32/config/", "d/USERS/"}, "d", SYSTEM_DRIVE_WHOLE, "d/Windows"},
        {{"w/System32/config/", "w/notes.txt"}, "w", SYSTEM_DRIVE_WHOLE, "w"},
        /* Of two the one that the system is in. */
        {{"d/Windows/notes.txt", "d/WINNT/System32/config/"}, "d", SYSTEM_DRIVE_COPY, "d/WINNT"},
        {{"d/Windows/System32/notes.txt"}, "d", SYSTEM_DRIVE_NONE, NULL},
        {{"d/Windows/notes.txt"}, "d", SYSTEM_DRIVE_NONE, NULL},
        {{"d/Windows"}, "d", SYSTEM_DRIVE_NONE, NULL},
        {{"d/windows-server/System32/config/"}, "d", SYSTEM_DRIVE_NONE, NULL},
        {{"c/SOFTWARE", "c/system", "c/Sam"}, "c", SYSTEM_DRIVE_CONFIG, NULL},
        {{"c/SOFTWARE", "c/SYSTEM"}, "c", SYSTEM_DRIVE_NONE, NULL},
        {{"c/SOFTWARE", "c/SAM"}, "c", SYSTEM_DRIVE_NONE, NULL},
        {{"c/notes.txt"}, "c", SYSTEM_DRIVE_NONE, NULL},
        {{"c/notes.txt"}, "not there", SYSTEM_DRIVE_NONE, NULL},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct system_drive drive = {NULL, NULL};
        enum system_drive_kind kind;

        for (size_t f = 0; rows[i].files[f]; f++)
            make(rows[i].files[f]);
        kind = system_drive_find(&drive, arena, rows[i].path);
        if (kind != rows[i].kind || !drive.windows != !rows[i].windows ||
            (drive.windows && strcmp(drive.windows, rows[i].windows) != 0))
            fail_msg("row %d: kind %d, %s", (int)i, (int)kind,
                     drive.windows ? drive.windows : "none");
        forget_all();
    }
    arena_free(arena);
}

static void take(void *data, const char *path)
{
    strbuf_addf(data, "%s ", path);
}

/* What is read of the drive "d", and the problems told of it. */
static const char *read_drive(struct machine *machine, struct strbuf *out)
{
    struct system_drive drive;

    machine_reset(machine, "test");
    strbuf_clear(out);
    assert_true(system_drive_find(&drive, machine->arena, "d") != SYSTEM_DRIVE_NONE);
    system_drive_read(&drive, machine, take, out);
    for (unsigned i = 0; i < machine->evidence[0].n_problems; i++)
        strbuf_addf(out, "[%s] ", machine->evidence[0].problems[i]);
    return strbuf_text(out);
}

static void only_what_counts_is_read(void **state)
{
    struct machine *machine = machine_new("test");
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    make("d/Windows/System32/config/SOFTWARE");
    make("d/Windows/System32/config/SOFTWARE.LOG1");
    make("d/Windows/System32/config/SAM");
    make("d/Windows/System32/config/RegBack/SOFTWARE");
    make("d/Windows/System32/config/System");
    make("d/Windows/System32/ntoskrnl.exe");
    make("d/Windows/System32/other.dll");
    make("d/Windows/System32/HAL.dll");
    make("d/Windows/notes.txt");
    assert_string_equal(read_drive(machine, &out),
                        "d/Windows/System32/config/SOFTWARE d/Windows/System32/config/System "
                        "d/Windows/System32/ntoskrnl.exe d/Windows/System32/HAL.dll ");
    forget_all();
    strbuf_free(&out);
    machine_free(machine);
}

static void what_is_missing_is_told(void **state)
{
    struct machine *machine = machine_new("test");
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    make("d/Windows/System32/config/SYSTEM");
    make("d/Windows/System32/ntoskrnl.exe/");
    assert_string_equal(read_drive(machine, &out),
                        "d/Windows/System32/config/SYSTEM "
                        "[System32/config/SOFTWARE is not there] "
                        "[System32/ntoskrnl.exe was not read: a folder of that name] ");
    forget_all();
    strbuf_free(&out);
    machine_free(machine);
}

static void links_are_not_followed(void **state)
{
    struct machine *machine = machine_new("test");
    struct strbuf out = STRBUF_EMPTY;
    struct system_drive drive;

    (void)state;
    make("away/System32/config/SOFTWARE");
    make("away/Packages/Microsoft-Windows-Foundation-Package~31bf~x86~~6.0.6001.18000.mum");
    make("d/Windows/System32/config/SYSTEM");
    assert_int_equal(
        symlink("../../../../away/System32/config/SOFTWARE", "d/Windows/System32/config/SOFTWARE"),
        0);
    assert_int_equal(symlink("/etc/hostname", "d/Windows/System32/ntoskrnl.exe"), 0);
    assert_int_equal(symlink("../../away", "d/Windows/servicing"), 0);
    assert_string_equal(read_drive(machine, &out),
                        "d/Windows/System32/config/SYSTEM "
                        "[System32/config/SOFTWARE was not read: a symbolic link, which is not "
                        "followed] "
                        "[System32/ntoskrnl.exe was not read: a symbolic link, which is not "
                        "followed] ");
    assert_int_equal(machine->facts.count, 0);
    /* And a drive whose Windows is a link is none. */
    make("e/");
    assert_int_equal(symlink("../away", "e/Windows"), 0);
    assert_int_equal(system_drive_find(&drive, machine->arena, "e"), SYSTEM_DRIVE_NONE);
    forget_all();
    strbuf_free(&out);
    machine_free(machine);
}

static void names_are_read(void **state)
{
    struct machine *machine = machine_new("test");
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    make("d/windows/system32/config/");
    make("d/windows/system32/wuaueng6.dll");
    make("d/windows/SERVICING/packages/"
         "Microsoft-Windows-Foundation-Package~31bf3856ad364e35~x86~~6.0.6000.16386.mum");
    make("d/windows/WinSxS/manifests/"
         "x86_microsoft-windows-servicingstack_31bf3856ad364e35_6.0.6002.18005_none_0b.manifest");
    make("d/windows/WinSxS/Pending.xml");
    make("d/windows/WinSxS/pending.xml");
    read_drive(machine, &out);
    assert_string_equal(facts_best(&machine->facts, FIELD_FOUNDATION)->value, "6.0.6000.16386");
    assert_string_equal(facts_best(&machine->facts, FIELD_SERVICING_STACK)->value,
                        "6.0.6002.18005");
    assert_string_equal(facts_best(&machine->facts, FIELD_PENDING)->value, "pending.xml");
    assert_string_equal(facts_best(&machine->facts, FIELD_VISTA_MARK)->value, "wuaueng6.dll");
    assert_string_equal(machine->evidence[0].reader, "system-drive");
    forget_all();
    strbuf_free(&out);
    machine_free(machine);
}

static void other_hives_are_skipped(void **state)
{
    static const char *const skipped[] = {
        "SAM",          "sam.log",       "SECURITY",   "DEFAULT.LOG1",     "COMPONENTS{0f.TM.blf",
        "SOFTWARE.LOG", "software.log2", "SYSTEM.sav", "SYSTEM{1e.TM.blf", "BCD-Template.LOG"};
    static const char *const kept[] = {"SOFTWARE", "SYSTEM",       "systeminfo.txt", "SAMPLE",
                                       "notes",    "SOFTWARE.reg", "SYSTEM.txt"};

    (void)state;
    for (size_t i = 0; i < sizeof(skipped) / sizeof(skipped[0]); i++)
        assert_true(system_drive_skips(skipped[i]));
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
        assert_false(system_drive_skips(kept[i]));
    assert_int_equal(system_drive_log_of("Software.Log2"), 8);
    assert_int_equal(system_drive_log_of("NTUSER.DAT.LOG1"), 10);
    assert_int_equal(system_drive_log_of("SYSTEM.LOG3"), 0);
    assert_int_equal(system_drive_log_of("setup.log"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drives_are_found),        cmocka_unit_test(only_what_counts_is_read),
        cmocka_unit_test(what_is_missing_is_told), cmocka_unit_test(links_are_not_followed),
        cmocka_unit_test(names_are_read),          cmocka_unit_test(other_hives_are_skipped),
    };

    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
