/* Tests of core/evidence.c and core/evidence_folder.c, with readers of their own: one takes what
 * begins with "A:" and finds a statement where "yes" follows, one takes what begins with "B:" and
 * reads four bytes of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/limits.h"
#include "core/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static bool cancel;
static const char *to_truncate; /* by reader A, while it reads */

static bool probe_a(const struct input *input)
{
    return input->n_head >= 2 && memcmp(input->head, "A:", 2) == 0;
}

static bool read_a(struct input *input, struct machine *machine, unsigned evidence)
{
    struct source source = {GRADE_TOOL, WITNESS_VER, evidence, "line 1"};
    bool found = input->n_head >= 5 && memcmp(input->head + 2, "yes", 3) == 0;
    char piece[4096];

    if (to_truncate)
        assert_int_equal(truncate(to_truncate, LIMIT_HEAD_BYTES + 10), 0);
    while (input_read(input, piece, sizeof(piece)) > 0)
        ;
    if (found)
        facts_add_number(&machine->facts, &source, FIELD_BUILD, 6003);
    return found;
}

static bool probe_b(const struct input *input)
{
    return input->n_head >= 2 && memcmp(input->head, "B:", 2) == 0;
}

static bool read_b(struct input *input, struct machine *machine, unsigned evidence)
{
    char piece[4];

    (void)machine;
    (void)evidence;
    return input_read(input, piece, sizeof(piece)) > 0;
}

static const struct reader reader_a = {"a", "Kind A", probe_a, read_a};
static const struct reader reader_b = {"b", "Kind B", probe_b, read_b};

/* In place of the program's own table. */
const struct reader *const readers[] = {&reader_a, &reader_b, NULL};

static char folder[] = "/tmp/winver6003-unit-XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "wb");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void expect(const char *path, enum evidence_status status, const char *message)
{
    struct machine *machine = machine_new(path);
    const char *got = NULL;

    assert_int_equal(evidence_read(machine, path, NULL, &got), status);
    assert_string_equal(got, message);
    assert_null(strchr(got, '\n'));
    machine_free(machine);
}

static void files(void **state)
{
    struct machine *machine = machine_new("x");
    const char *message;

    (void)state;
    write_file("good", "A:yes");
    assert_int_equal(evidence_read(machine, "good", NULL, &message), EVIDENCE_OK);
    assert_string_equal(message, "");
    assert_int_equal(machine->n_evidence, 1);
    assert_string_equal(machine->evidence[0].name, "good");
    assert_string_equal(machine->evidence[0].reader, "a");
    assert_int_equal(machine->evidence[0].bytes, 5);
    assert_null(machine->evidence[0].sha256);
    assert_int_equal(machine->evidence[0].n_problems, 0);
    assert_int_equal(machine->facts.count, 1);
    machine_free(machine);
    unlink("good");
}

static void refusals(void **state)
{
    (void)state;
    write_file("none", "A:no");
    write_file("empty", "");
    write_file("picture", "\x89PNG\r\n\x1A\n");
    write_file("bad\nname\x1B[31m", "other");
    expect("none", EVIDENCE_UNRECOGNISED,
           "none: looks like text, but nothing in it states a Windows version; understood: "
           "Kind A and Kind B");
    expect("empty", EVIDENCE_EMPTY, "empty: the file is empty; understood: Kind A and Kind B");
    expect("picture", EVIDENCE_UNRECOGNISED,
           "picture: looks like a PNG picture, which is not understood; understood: "
           "Kind A and Kind B");
    expect("bad\nname\x1B[31m", EVIDENCE_UNRECOGNISED,
           "bad name [31m: looks like text, which is not understood; understood: "
           "Kind A and Kind B");
    expect("missing", EVIDENCE_UNREADABLE, "missing: no such file or folder");
    expect("/dev/zero", EVIDENCE_UNREADABLE,
           "/dev/zero: a device, pipe or socket, not a file; pipe it in and use - for standard "
           "input");
    unlink("none");
    unlink("empty");
    unlink("picture");
    unlink("bad\nname\x1B[31m");
}

/* Two gigabytes without content end at the head. */
static void zeros(void **state)
{
    struct machine *machine = machine_new("x");
    const char *message;

    (void)state;
    write_file("zeros", "");
    if (truncate("zeros", (off_t)2 * 1024 * 1024 * 1024) != 0)
        skip();
    assert_int_equal(evidence_read(machine, "zeros", NULL, &message), EVIDENCE_UNRECOGNISED);
    assert_non_null(strstr(message, "looks like zero bytes from the beginning on"));
    assert_int_equal(machine->evidence[0].bytes, 0);
    assert_null(machine->evidence[0].reader);
    machine_free(machine);
    unlink("zeros");
}

static void digests(void **state)
{
    struct evidence_watch watch = {.digest = true};
    struct machine *machine = machine_new("x");
    const char *message;

    (void)state;
    /* SHA-256 of "A:yes", and of "B:" and 78 dots, of which the reader takes four bytes. */
    write_file("a", "A:yes");
    write_file("b", "B:......................................................................"
                    "........");
    write_file("e", "");
    assert_int_equal(evidence_read(machine, "a", &watch, &message), EVIDENCE_OK);
    assert_int_equal(evidence_read(machine, "b", &watch, &message), EVIDENCE_OK);
    assert_int_equal(evidence_read(machine, "e", &watch, &message), EVIDENCE_EMPTY);
    assert_string_equal(machine->evidence[0].sha256,
                        "34b587bb2069e999ced4a9af4f912efe9024bf9404600edf0564ce2b61cde877");
    assert_string_equal(machine->evidence[1].sha256,
                        "39ecf20bfc97000ec0818a1ec3f5296d12e7dd6bbefdac7f0a9642ae2a0ca778");
    assert_int_equal(machine->evidence[1].bytes, 4);
    machine_free(machine);
    unlink("a");
    unlink("b");
    unlink("e");
}

struct progress {
    unsigned calls;
    int64_t done;
    int64_t total;
};

static void on_progress(void *data, int64_t done, int64_t total)
{
    struct progress *progress = data;

    assert_true(done > progress->done);
    progress->calls++;
    progress->done = done;
    progress->total = total;
}

static void write_large(const char *name, size_t size)
{
    char *text = malloc(size + 1);

    memset(text, '.', size);
    memcpy(text, "A:yes", 5);
    text[size] = '\0';
    write_file(name, text);
    free(text);
}

static void progress_and_cancel(void **state)
{
    struct progress progress = {0};
    struct evidence_watch watch = {.progress = on_progress, .data = &progress, .cancel = &cancel};
    struct machine *machine = machine_new("x");
    const char *message;

    (void)state;
    write_large("large", 5 * 1024 * 1024 + 1);
    assert_int_equal(evidence_read(machine, "large", &watch, &message), EVIDENCE_OK);
    assert_in_range(progress.calls, 4, 5);
    assert_int_equal(progress.total, 5 * 1024 * 1024 + 1);
    /* In a folder it goes on over all files, and the whole is not known. */
    mkdir("many", 0700);
    write_large("many/1", 1024 * 1024 + 1);
    write_large("many/2", 1024 * 1024 + 1);
    progress = (struct progress){0};
    assert_int_equal(evidence_read(machine, "many", &watch, &message), EVIDENCE_OK);
    assert_int_equal(progress.calls, 2);
    assert_int_equal(progress.total, -1);
    assert_true(progress.done > 2 * 1024 * 1024);
    cancel = true;
    assert_int_equal(evidence_read(machine, "large", &watch, &message), EVIDENCE_CANCELLED);
    assert_string_equal(message, "large: reading was stopped");
    assert_int_equal(evidence_read(machine, "many", &watch, &message), EVIDENCE_CANCELLED);
    cancel = false;
    machine_free(machine);
    unlink("large");
    unlink("many/1");
    unlink("many/2");
    rmdir("many");
}

static void shrinking_is_told(void **state)
{
    struct machine *machine = machine_new("x");
    const char *message;

    (void)state;
    write_large("shrinks", 300000);
    to_truncate = "shrinks";
    assert_int_equal(evidence_read(machine, "shrinks", NULL, &message), EVIDENCE_OK);
    to_truncate = NULL;
    assert_int_equal(machine->evidence[0].n_problems, 1);
    assert_non_null(strstr(machine->evidence[0].problems[0], "it became shorter while"));
    machine_free(machine);
    unlink("shrinks");
}

/* "NAME reader|problem" of every piece, one a line. */
static void folder_gives(const char *path, enum evidence_status status, const char *message,
                         const char *pieces)
{
    struct machine *machine = machine_new("x");
    const char *got;
    char all[4096] = "";

    assert_int_equal(evidence_read(machine, path, NULL, &got), status);
    assert_string_equal(got, message);
    for (unsigned i = 0; i < machine->n_evidence; i++) {
        const struct evidence *piece = &machine->evidence[i];
        size_t length = strlen(all);

        snprintf(all + length, sizeof(all) - length, "%s %s|%s\n", piece->name,
                 piece->reader ? piece->reader : "-", piece->n_problems ? piece->problems[0] : "");
    }
    assert_string_equal(all, pieces);
    machine_free(machine);
}

static void folders(void **state)
{
    (void)state;
    mkdir("d", 0755);
    folder_gives("d", EVIDENCE_UNRECOGNISED, "d: the folder has no files in it", "");
    write_file("d/z", "other");
    folder_gives("d", EVIDENCE_UNRECOGNISED,
                 "d: nothing states a Windows version in any of its 1 files", "d/z -|\n");
    write_file("d/a", "A:yes");
    write_file("d/B", "B:....");
    write_file("d/empty", "");
    mkdir("d/c", 0755);
    write_file("d/c/inside", "A:yes");
    mkfifo("d/pipe", 0600);
    assert_int_equal(symlink("../d", "d/round"), 0);
    assert_int_equal(symlink("a", "d/link"), 0);
    /* Bytewise: capitals first, whatever the order on disk. */
    folder_gives("d", EVIDENCE_OK, "",
                 "d/B b|\n"
                 "d/a a|\n"
                 "d/c/inside a|\n"
                 "d/empty -|\n"
                 "d/link -|not read: a symbolic link, which is not followed\n"
                 "d/pipe -|not read: a device, pipe or socket\n"
                 "d/round -|not read: a symbolic link, which is not followed\n"
                 "d/z -|\n");
    folder_gives("d/c/", EVIDENCE_OK, "", "d/c/inside a|\n");
    unlink("d/round");
    unlink("d/link");
    unlink("d/pipe");
    unlink("d/c/inside");
    rmdir("d/c");
    unlink("d/empty");
    unlink("d/B");
    unlink("d/a");
    unlink("d/z");
    rmdir("d");
}

static void folders_without_rights(void **state)
{
    (void)state;
    mkdir("d", 0755);
    mkdir("d/closed", 0);
    write_file("d/secret", "A:yes");
    chmod("d/secret", 0);
    write_file("d/z", "A:yes");
    chmod("d/z", 0644);
    chmod(".", 0755);
    if (geteuid() == 0 && seteuid(65534) != 0)
        skip();
    folder_gives("d", EVIDENCE_OK, "",
                 "d/closed -|Permission denied\n"
                 "d/secret -|permission to read it is denied\n"
                 "d/z a|\n");
    folder_gives("d/closed", EVIDENCE_UNREADABLE,
                 "d/closed: the folder cannot be read: Permission denied",
                 "d/closed -|Permission denied\n");
    if (getuid() == 0)
        assert_int_equal(seteuid(0), 0);
    unlink("d/z");
    unlink("d/secret");
    rmdir("d/closed");
    rmdir("d");
}

/* Deeper, and more, than is read: told once, and the rest stays. */
static void folder_limits(void **state)
{
    struct machine *machine = machine_new("x");
    char path[LIMIT_FOLDER_DEPTH * 2 + 32] = "d";
    const char *message;

    (void)state;
    mkdir("d", 0755);
    write_file("d/a", "A:yes");
    for (unsigned depth = 1; depth <= LIMIT_FOLDER_DEPTH; depth++) {
        strcat(path, "/d");
        mkdir(path, 0755);
    }
    assert_int_equal(evidence_read(machine, "d", NULL, &message), EVIDENCE_OK);
    assert_int_equal(machine->n_evidence, 2);
    assert_string_equal(machine->evidence[1].name, path);
    assert_non_null(strstr(machine->evidence[1].problems[0], "too deep"));
    while (strlen(path) > 1) {
        rmdir(path);
        path[strlen(path) - 2] = '\0';
    }
    machine_reset(machine, "x");
    for (unsigned i = 0; i <= LIMIT_FOLDER_FILES; i++) {
        snprintf(path, sizeof(path), "d/%05u", i);
        write_file(path, "x");
    }
    unlink("d/a");
    write_file("d/00000", "A:yes");
    assert_int_equal(evidence_read(machine, "d", NULL, &message), EVIDENCE_OK);
    assert_int_equal(machine->n_evidence, LIMIT_FOLDER_FILES + 1);
    assert_int_equal(machine->evidence[LIMIT_FOLDER_FILES].n_problems, 1);
    for (unsigned i = 0; i <= LIMIT_FOLDER_FILES; i++) {
        snprintf(path, sizeof(path), "d/%05u", i);
        unlink(path);
    }
    rmdir("d");
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files),
        cmocka_unit_test(refusals),
        cmocka_unit_test(zeros),
        cmocka_unit_test(digests),
        cmocka_unit_test(progress_and_cancel),
        cmocka_unit_test(shrinking_is_told),
        cmocka_unit_test(folders),
        cmocka_unit_test(folders_without_rights),
        cmocka_unit_test(folder_limits),
    };

    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
