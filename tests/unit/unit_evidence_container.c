/* Tests of core/evidence_container.c: which files of an archive are read, and as what.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/containers/container.h"
#include "core/limits.h"
#include "machines.h"
#include "tar_image.h"

#define VER  "Microsoft Windows [Version 6.0.6003]\r\n"
#define VER2 "Microsoft Windows [Version 6.0.6002]\r\n"

/* Without the library nothing is looked into, and there is nothing to test. */
static int can_unpack(void **state)
{
    struct strbuf tar = STRBUF_EMPTY;
    struct container *container;
    struct input input;
    const char *why;
    bool can;

    tar_add(&tar, "a", "b");
    tar_end(&tar);
    input_from_memory(&input, "test.tar", tar.text, tar.length);
    container = container_open(&input, &why);
    can = container != NULL;
    container_close(container);
    strbuf_free(&tar);
    *state = can ? (void *)"can" : NULL;
    return 0;
}

static struct machines machines_of_tar(struct strbuf *tar)
{
    struct machines machines;

    tar_end(tar);
    machines = machines_of_bytes("x.tar", tar->text, tar->length);
    strbuf_free(tar);
    return machines;
}

static void test_only_file(void **state)
{
    struct strbuf tar = STRBUF_EMPTY;
    struct machines machines;
    size_t size;

    if (!*state)
        skip();
    tar_add_bytes(&tar, "folder/", '5', "", 0);
    tar_add(&tar, "folder/ver.txt", VER);
    size = tar.length + 2 * TAR_BLOCK;
    machines = machines_of_tar(&tar);
    assert_int_equal(machines.status, EVIDENCE_OK);
    assert_int_equal(machines.count, 1);
    assert_int_equal(machines.items[0]->n_evidence, 1);
    assert_string_equal(machines.items[0]->evidence[0].name, "x.tar");
    assert_string_equal(machines.items[0]->evidence[0].reader, "text");
    assert_int_equal(machines.items[0]->evidence[0].bytes, size);
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    machines_free(&machines);
}

/* The only file may be of many machines; of several files none may. */
static void test_many_machines(void **state)
{
    static const char facts[] =
        "a | SUCCESS => {\"ansible_facts\": {\"os_family\": \"Windows\", \"kernel\": "
        "\"6.0.6002.0\"}}\nb | SUCCESS => {\"ansible_facts\": {\"os_family\": \"Windows\", "
        "\"kernel\": \"6.0.6003.0\"}}\n";
    struct strbuf tar = STRBUF_EMPTY;
    struct machines machines;

    if (!*state)
        skip();
    tar_add(&tar, "setup.txt", facts);
    machines = machines_of_tar(&tar);
    assert_int_equal(machines.count, 2);
    assert_string_equal(machines.items[0]->label, "x.tar, a");
    machines_free(&machines);

    tar_add(&tar, "setup.txt", facts);
    tar_add(&tar, "ver.txt", VER);
    machines = machines_of_tar(&tar);
    assert_int_equal(machines.count, 1);
    assert_int_equal(machine_count(machines.items[0], FIELD_BUILD), 1);
    assert_non_null(strstr(machines.items[0]->evidence[1].problems[0], "2 machines"));
    machines_free(&machines);
}

static void test_several(void **state)
{
    struct strbuf tar = STRBUF_EMPTY;
    struct machines machines;
    const struct machine *machine;

    if (!*state)
        skip();
    tar_add(&tar, "./b.txt", VER);
    tar_add_bytes(&tar, "link", '2', "", 0);
    tar_add(&tar, "a.txt", "nothing of a version");
    tar_add(&tar, "deep/c.txt", VER2);
    machines = machines_of_tar(&tar);
    assert_int_equal(machines.count, 1);
    machine = machines.items[0];
    assert_int_equal(machine->n_evidence, 4);
    assert_string_equal(machine->evidence[0].reader, "archive");
    assert_non_null(strstr(machine->evidence[0].problems[0], "1 links or devices"));
    assert_string_equal(machine->evidence[1].name, "x.tar/b.txt");
    assert_null(machine->evidence[2].reader);
    assert_string_equal(machine->evidence[3].name, "x.tar/deep/c.txt");
    assert_int_equal(machine_count(machine, FIELD_BUILD), 2);
    machines_free(&machines);
}

static void test_nothing_in_it(void **state)
{
    struct strbuf tar = STRBUF_EMPTY;
    struct machines machines;

    if (!*state)
        skip();
    tar_add(&tar, "a.txt", "nothing");
    tar_add(&tar, "b.txt", "nothing");
    machines = machines_of_tar(&tar);
    assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
    assert_non_null(strstr(machines.message, "any of the 2 files"));
    machines_free(&machines);
}

/* A package of an update has the kernel that a machine would get. */
static void test_update(void **state)
{
    static const char *const names[] = {"WSUSSCAN.cab", "update.mum", "folder/_manifest_.cix.xml"};

    if (!*state)
        skip();
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct strbuf tar = STRBUF_EMPTY;
        struct machines machines;

        tar_add(&tar, "ver.txt", VER);
        tar_add(&tar, names[i], "x");
        machines = machines_of_tar(&tar);
        assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
        assert_non_null(strstr(machines.message, "package of an update"));
        machines_free(&machines);
    }
}

/* Of a packed drive: what a drive that lies there is read for. Of anything else: all. */
static void test_drive(void **state)
{
    static const struct {
        const char *name;
        bool read;
    } rows[] = {
        {"C/Windows/System32/config/SOFTWARE", true},
        {"C/Windows/System32/config/system.LOG1", true},
        {"C/windows/system32/ntoskrnl.exe", true},
        {"WINNT\\system32\\ntoskrnl.exe", true},
        {"windows/systeminfo.txt", true},
        {"evidence/windows.txt", true},
        {"C/Windows/System32/config/SAM", false},
        {"C/Windows/System32/config/RegBack/SOFTWARE", false},
        {"RegBack/SOFTWARE", false},
        {"C/Windows/System32/notepad.exe", false},
        {"C/Windows/System32/drivers/ntoskrnl.exe", false},
        {"C/Windows/winsxs/x/ntoskrnl.exe", false},
    };

    if (!*state)
        skip();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct strbuf tar = STRBUF_EMPTY;
        struct machines machines;

        tar_add(&tar, "ver.txt", VER);
        tar_add(&tar, rows[i].name, VER2);
        machines = machines_of_tar(&tar);
        assert_int_equal(machines.count, 1);
        if (machine_count(machines.items[0], FIELD_BUILD) != 1u + rows[i].read)
            fail_msg("%s was %sread", rows[i].name, rows[i].read ? "not " : "");
        machines_free(&machines);
    }
}

static void test_depth(void **state)
{
    struct strbuf inner = STRBUF_EMPTY, middle = STRBUF_EMPTY, tar = STRBUF_EMPTY;
    struct machines machines;
    const struct machine *machine;

    if (!*state)
        skip();
    tar_add(&inner, "a.txt", VER2);
    tar_add(&inner, "b.txt", VER2);
    tar_end(&inner);
    tar_add_bytes(&middle, "inner.tar", '0', inner.text, inner.length);
    tar_add(&middle, "ver.txt", VER);
    tar_end(&middle);
    tar_add_bytes(&tar, "middle.tar", '0', middle.text, middle.length);
    tar_add(&tar, "text", "nothing");
    machines = machines_of_tar(&tar);
    assert_int_equal(machines.count, 1);
    machine = machines.items[0];
    assert_int_equal(machine_count(machine, FIELD_BUILD), 1);
    assert_string_equal(machine->evidence[2].name, "x.tar/middle.tar/inner.tar");
    assert_non_null(strstr(machine->evidence[2].problems[0], "too deep"));
    machines_free(&machines);
    strbuf_free(&inner);
    strbuf_free(&middle);
}

static void test_damage(void **state)
{
    struct strbuf tar = STRBUF_EMPTY;
    struct machines machines;

    if (!*state)
        skip();
    tar_add(&tar, "a.txt", VER);
    tar_add(&tar, "b.txt", VER2);
    tar.length -= TAR_BLOCK; /* the data of the second */
    machines = machines_of_bytes("x.tar", tar.text, tar.length);
    assert_int_equal(machines.count, 1);
    assert_int_equal(machine_count(machines.items[0], FIELD_BUILD), 1);
    assert_int_equal(machines.items[0]->evidence[2].n_problems, 1);
    machines_free(&machines);

    /* The mark of a format and nothing of it. */
    tar.text[0] ^= 1;
    machines = machines_of_bytes("x.tar", tar.text, tar.length);
    assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
    assert_non_null(strstr(machines.message, "damaged"));
    machines_free(&machines);
    strbuf_free(&tar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_file), cmocka_unit_test(test_many_machines),
        cmocka_unit_test(test_several),   cmocka_unit_test(test_nothing_in_it),
        cmocka_unit_test(test_update),    cmocka_unit_test(test_drive),
        cmocka_unit_test(test_depth),     cmocka_unit_test(test_damage),
    };

    return cmocka_run_group_tests(tests, can_unpack, NULL);
}
