/* Tests of core/readers/hive_reader.c. Whole reports are tested in tests/hive.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive_image.h"

#include "core/readers/readers.h"

#include <stdlib.h>
#include <unistd.h>

static struct hive_image image;

static uint32_t below(const char *const *names, uint32_t value)
{
    uint32_t key = 0;

    for (; *names; names++) {
        key = image_key(&image, *names, key, value);
        value = 0;
    }
    return key;
}

static const char *const version_path[] = {"CurrentVersion", "Windows NT", "Microsoft", "ROOT",
                                           NULL};

static struct machine *read_image(bool *recognised)
{
    struct machine *machine = machine_new("test");
    struct input input;

    machine_add_evidence(machine, "X");
    input_from_memory(&input, "X", image.bytes, image.size);
    assert_true(reader_hive.probe(&input));
    *recognised = reader_hive.read(&input, machine, 0);
    return machine;
}

static int make(void **state)
{
    (void)state;
    image_begin(&image);
    return 0;
}

static void other_files_are_not_taken(void **state)
{
    struct input input;

    (void)state;
    input_from_memory(&input, "X", "REGEDIT4\r\n", 10);
    assert_false(reader_hive.probe(&input));
    input_from_memory(&input, "X", "reg", 3);
    assert_false(reader_hive.probe(&input));
}

static void a_version_is_a_statement(void **state)
{
    const struct fact *fact;
    struct machine *machine;
    bool recognised;

    (void)state;
    image_end(&image, below(version_path, image_text(&image, "CurrentBuild", "6003")));
    machine = read_image(&recognised);
    assert_true(recognised);
    fact = facts_by_witness(&machine->facts, FIELD_BUILD, WITNESS_CURRENT_BUILD);
    assert_non_null(fact);
    assert_int_equal(fact->number, 6003);
    assert_int_equal(fact->grade, GRADE_REGISTRY);
    assert_string_equal(fact->where,
                        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\"
                        "CurrentBuild");
    fact = facts_best(&machine->facts, FIELD_HIVE);
    assert_string_equal(fact->value, "clean");
    machine_free(machine);
}

static void a_dirty_hive_says_so(void **state)
{
    const struct fact *fact;
    struct machine *machine;
    bool recognised;

    (void)state;
    image_end(&image, below(version_path, image_text(&image, "CurrentBuild", "6003")));
    put_u32(image.bytes + 4, 6);
    image_checksum(image.bytes);
    machine = read_image(&recognised);
    assert_true(recognised);
    fact = facts_best(&machine->facts, FIELD_HIVE);
    assert_string_equal(fact->value, "dirty");
    assert_non_null(strstr(fact->note, "sequence numbers 6 and 5"));
    machine_free(machine);
}

static void other_hives_state_nothing(void **state)
{
    static const char *const path[] = {"Domains", "SAM", "ROOT", NULL};
    struct machine *machine;
    bool recognised;

    (void)state;
    image_end(&image, below(path, image_text(&image, "CurrentBuild", "6003")));
    machine = read_image(&recognised);
    assert_false(recognised);
    assert_int_equal(machine->facts.count, 0);
    machine_free(machine);
}

static void a_log_is_no_hive(void **state)
{
    struct machine *machine;
    bool recognised;

    (void)state;
    image_end(&image, below(version_path, image_text(&image, "CurrentBuild", "6003")));
    image_base(image.bytes, HIVE_FILE_LOG, 5, 5, 32, HIVE_PAGE);
    machine = read_image(&recognised);
    assert_false(recognised);
    assert_true(was_told(machine, "a transaction log"));
    machine_free(machine);
}

static void damaged_data_are_told(void **state)
{
    uint32_t value = image_text(&image, "CurrentBuild", "6003");
    struct machine *machine;
    bool recognised;

    (void)state;
    put_u32(image_bin(&image, value) + 12, 8);
    image_end(&image, below(version_path, value));
    machine = read_image(&recognised);
    assert_false(recognised);
    assert_true(was_told(machine, "CurrentBuild: its data is damaged"));
    machine_free(machine);
}

static void cut_files_end_somewhere(void **state)
{
    struct machine *machine;
    size_t whole;
    bool recognised;

    (void)state;
    image_end(&image, below(version_path, image_text(&image, "CurrentBuild", "6003")));
    whole = image.size;
    for (image.size = 4; image.size < whole; image.size += 61) {
        machine = read_image(&recognised);
        assert_true(recognised || machine->evidence[0].n_problems > 0);
        machine_free(machine);
    }
}

static void a_file_may_shrink(void **state)
{
    static const uint8_t filler[80 * 1024];
    char path[] = "/tmp/winver6003-unit-XXXXXX", message[256];
    int fd = mkstemp(path);
    struct machine *machine = machine_new("test");
    struct input input;

    (void)state;
    image_cell(&image, filler, sizeof(filler));
    image_end(&image, below(version_path, image_text(&image, "CurrentBuild", "6003")));
    assert_int_equal(write(fd, image.bytes, image.size), image.size);
    machine_add_evidence(machine, "X");
    assert_int_equal(input_open(&input, path, message, sizeof(message)), INPUT_OK);
    assert_int_equal(ftruncate(fd, 70 * 1024), 0);
    assert_false(reader_hive.read(&input, machine, 0));
    assert_true(was_told(machine, "it became shorter"));
    input_close(&input);
    machine_free(machine);
    close(fd);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_files_are_not_taken),
        cmocka_unit_test_setup(a_version_is_a_statement, make),
        cmocka_unit_test_setup(a_dirty_hive_says_so, make),
        cmocka_unit_test_setup(other_hives_state_nothing, make),
        cmocka_unit_test_setup(a_log_is_no_hive, make),
        cmocka_unit_test_setup(damaged_data_are_told, make),
        cmocka_unit_test_setup(cut_files_end_somewhere, make),
        cmocka_unit_test_setup(a_file_may_shrink, make),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
