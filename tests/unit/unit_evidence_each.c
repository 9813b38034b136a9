/* Inputs of many machines, with a reader of their own: "M:" and then a letter a machine. "s" states
 * something, "-" does not, "!" is a problem of the whole. What begins with "A:" is one machine.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/machine_sink.h"
#include "core/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static bool probe_many(const struct input *input)
{
    return input->n_head >= 2 && memcmp(input->head, "M:", 2) == 0;
}

static void read_many(struct input *input, struct machine_sink *sink)
{
    char text[64] = "";
    size_t length = input_read(input, text, sizeof(text) - 1);

    for (size_t i = 2; i < length; i++) {
        struct machine *machine;
        char label[8];
        unsigned evidence;

        if (text[i] == '!') {
            machine_sink_problem(sink, "problem %d", (int)i);
            continue;
        }
        machine = machine_sink_begin(sink, &evidence);
        if (!machine)
            return;
        struct source source = {GRADE_NETWORK, WITNESS_SMB, evidence, "here"};

        facts_add_number(&machine->facts, &source, FIELD_BUILD, (int64_t)i);
        machine_add_problem(machine, evidence, "of %d", (int)i);
        snprintf(label, sizeof(label), "h%d", (int)i);
        machine_sink_end(sink, label, text[i] == 's');
    }
}

static bool probe_one(const struct input *input)
{
    return input->n_head >= 2 && memcmp(input->head, "A:", 2) == 0;
}

static bool read_one(struct input *input, struct machine *machine, unsigned evidence)
{
    struct source source = {GRADE_TOOL, WITNESS_VER, evidence, "here"};
    char text[64];

    while (input_read(input, text, sizeof(text)) > 0)
        ;
    facts_add_number(&machine->facts, &source, FIELD_BUILD, 6003);
    return true;
}

static const struct reader many = {
    .id = "many", .title = "Many", .probe = probe_many, .read_each = read_many};
static const struct reader one = {
    .id = "one", .title = "One", .probe = probe_one, .read = read_one};

/* In place of the program's own table. */
const struct reader *const readers[] = {&many, &one, NULL};

/* What came, as a line: "2 several 4 several(problem)". */
static char seen[512];
static enum evidence_next answer;
static unsigned stop_after;
static struct machine *kept;
static bool cancel;
static struct evidence_each each;

static enum evidence_next take(void *data, struct machine *machine)
{
    const struct evidence *piece = &machine->evidence[0];
    size_t length = strlen(seen);

    (void)data;
    length += (size_t)snprintf(seen + length, sizeof(seen) - length, "[%s %s", machine->label,
                               facts_best(&machine->facts, FIELD_BUILD)->value);
    if (each.several)
        length += (size_t)snprintf(seen + length, sizeof(seen) - length, " several");
    for (unsigned i = 0; i < piece->n_problems; i++)
        length +=
            (size_t)snprintf(seen + length, sizeof(seen) - length, ", %s", piece->problems[i]);
    snprintf(seen + length, sizeof(seen) - length, "]");
    assert_int_equal(machine->n_evidence, 1);
    assert_non_null(piece->reader);
    if (answer == EVIDENCE_KEEP) {
        machine_free(kept);
        kept = machine;
    }
    return stop_after > 0 && --stop_after == 0 ? EVIDENCE_STOP : answer;
}

static enum evidence_status read_text(const char *text, const struct evidence_watch *watch,
                                      const char **message)
{
    struct input input;

    seen[0] = '\0';
    each.take = take;
    input_from_memory(&input, "in", text, strlen(text));
    return evidence_read_each_input(&each, &input, watch, message);
}

static void expect(const char *text, enum evidence_status status, const char *machines,
                   const char *message)
{
    const char *got = NULL;

    assert_int_equal(read_text(text, NULL, &got), status);
    assert_string_equal(seen, machines);
    assert_string_equal(got, message);
    assert_non_null(each.machine);
}

static int forget(void **state)
{
    (void)state;
    evidence_each_free(&each);
    machine_free(kept);
    kept = NULL;
    answer = EVIDENCE_NEXT;
    stop_after = 0;
    cancel = false;
    return 0;
}

static void in_order(void **state)
{
    (void)state;
    expect("M:s", EVIDENCE_OK, "[in, h2 2, of 2]", "");
    expect("M:sss", EVIDENCE_OK,
           "[in, h2 2 several, of 2][in, h3 3 several, of 3][in, h4 4 several, of 4]", "");
    expect("A:", EVIDENCE_OK, "[in 6003]", "");
}

static void silent_ones_are_counted(void **state)
{
    (void)state;
    expect("M:-s-", EVIDENCE_OK, "[in, h3 3, of 3]", "in: no sign of Windows on 2 of its 3 hosts");
    expect("M:--", EVIDENCE_UNRECOGNISED, "",
           "in: looks like text, but nothing in it states a Windows version; understood: Many and "
           "One");
    expect("other", EVIDENCE_UNRECOGNISED, "",
           "in: looks like text, which is not understood; understood: Many and One");
    expect("", EVIDENCE_EMPTY, "", "in: the file is empty; understood: Many and One");
}

static void problems_of_the_whole_go_to_the_last(void **state)
{
    (void)state;
    expect("M:!ss!-", EVIDENCE_OK,
           "[in, h3 3 several, of 3][in, h4 4 several, of 4, problem 2, problem 5]",
           "in: no sign of Windows on 1 of its 3 hosts");
    expect("M:!", EVIDENCE_UNRECOGNISED, "",
           "in: looks like text, but nothing in it states a Windows version (problem 2); "
           "understood: Many and One");
}

static void kept_machines_stay(void **state)
{
    (void)state;
    answer = EVIDENCE_KEEP;
    expect("M:sss", EVIDENCE_OK,
           "[in, h2 2 several, of 2][in, h3 3 several, of 3][in, h4 4 several, of 4]", "");
    assert_string_equal(kept->label, "in, h4");
    expect("A:", EVIDENCE_OK, "[in 6003]", "");
    assert_string_equal(kept->label, "in");
}

static void stops(void **state)
{
    (void)state;
    stop_after = 2;
    expect("M:sssss", EVIDENCE_OK, "[in, h2 2 several, of 2][in, h3 3 several, of 3]", "");
}

static void cancelled(void **state)
{
    const struct evidence_watch watch = {.cancel = &cancel};
    const char *message;

    (void)state;
    cancel = true;
    assert_int_equal(read_text("M:ss", &watch, &message), EVIDENCE_CANCELLED);
    assert_string_equal(message, "in: reading was stopped");
    assert_string_equal(seen, "");
}

static char digest[65];
static unsigned n_digests;

static enum evidence_next take_digest(void *data, struct machine *machine)
{
    (void)data;
    assert_non_null(machine->evidence[0].sha256);
    if (n_digests++)
        assert_string_equal(machine->evidence[0].sha256, digest);
    snprintf(digest, sizeof(digest), "%s", machine->evidence[0].sha256);
    assert_int_equal(machine->evidence[0].bytes, 4);
    return EVIDENCE_NEXT;
}

/* All of the bytes, with the first machine already. */
static void digests(void **state)
{
    const struct evidence_watch watch = {.digest = true};
    struct evidence_each other = {.take = take_digest};
    const char *message;
    struct input input;

    (void)state;
    input_from_memory(&input, "in", "M:ss", 4);
    assert_int_equal(evidence_read_each_input(&other, &input, &watch, &message), EVIDENCE_OK);
    assert_int_equal(n_digests, 2);
    assert_string_equal(digest, "52cee0d245389958efddd451506163cc18b089b050a8c20761fefbf108403815");
    evidence_each_free(&other);
}

static void one_is_wanted(void **state)
{
    struct machine *machine = machine_new("mine");
    const char *message;
    struct input input;

    (void)state;
    input_from_memory(&input, "in", "M:-s-", 5);
    assert_int_equal(evidence_read_input(machine, &input, NULL, &message), EVIDENCE_OK);
    assert_int_equal(machine->facts.count, 1);
    assert_int_equal(facts_best(&machine->facts, FIELD_BUILD)->number, 3);
    assert_string_equal(machine->label, "mine");
    assert_string_equal(machine->evidence[0].reader, "many");
    assert_int_equal(machine->evidence[0].n_problems, 1);

    /* Nothing of several, and nothing taken from what was there. */
    input_from_memory(&input, "in", "M:-sss!", 7);
    assert_int_equal(evidence_read_input(machine, &input, NULL, &message), EVIDENCE_UNRECOGNISED);
    assert_string_equal(message, "in: holds 3 machines, and one is asked for; given on its own, "
                                 "each of them is judged");
    assert_int_equal(machine->facts.count, 1);
    assert_int_equal(machine->n_evidence, 2);
    assert_null(machine->evidence[1].reader);
    assert_int_equal(machine->evidence[1].n_problems, 1);
    assert_string_equal(machine->evidence[1].problems[0],
                        "not read: it holds 3 machines, and one is asked for");

    input_from_memory(&input, "in", "M:-", 3);
    assert_int_equal(evidence_read_input(machine, &input, NULL, &message), EVIDENCE_UNRECOGNISED);
    assert_int_equal(machine->facts.count, 1);
    machine_free(machine);
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "wb");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void paths(void **state)
{
    char folder[] = "/tmp/winver6003-unit-XXXXXX";
    const char *message;

    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    write_file("scan", "M:ss");
    assert_int_equal(mkdir("d", 0700), 0);
    write_file("d/a", "A:");
    seen[0] = '\0';
    each.take = take;
    assert_int_equal(evidence_read_each(&each, "scan", NULL, &message), EVIDENCE_OK);
    assert_int_equal(evidence_read_each(&each, "d", NULL, &message), EVIDENCE_OK);
    assert_string_equal(seen, "[scan, h2 2 several, of 2][scan, h3 3 several, of 3][d 6003]");
    assert_int_equal(evidence_read_each(&each, "none", NULL, &message), EVIDENCE_UNREADABLE);
    assert_string_equal(message, "none: no such file or folder");
    unlink("scan");
    unlink("d/a");
    rmdir("d");
    assert_int_equal(chdir("/"), 0);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(in_order, forget),
        cmocka_unit_test_teardown(silent_ones_are_counted, forget),
        cmocka_unit_test_teardown(problems_of_the_whole_go_to_the_last, forget),
        cmocka_unit_test_teardown(kept_machines_stay, forget),
        cmocka_unit_test_teardown(stops, forget),
        cmocka_unit_test_teardown(cancelled, forget),
        cmocka_unit_test_teardown(digests, forget),
        cmocka_unit_test_teardown(one_is_wanted, forget),
        cmocka_unit_test_teardown(paths, forget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
