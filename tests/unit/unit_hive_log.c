/* Tests of core/readers/hive_log.c. Replays whose outcome is known are in tests/hive.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive_image.h"

#include "core/readers/hive_log.h"

static struct hive_image image;
static uint8_t log_bytes[2][16 * 1024];
static size_t log_sizes[2];

static bool open_log(const struct companions *self, const char *suffix, struct arena *arena,
                     struct input *companion)
{
    int log = strcmp(suffix, ".LOG1") == 0 ? 0 : strcmp(suffix, ".LOG2") == 0 ? 1 : -1;

    (void)self;
    (void)arena;
    if (log < 0 || !log_sizes[log])
        return false;
    input_from_memory(companion, suffix, log_bytes[log], log_sizes[log]);
    return true;
}

static const struct companions companions = {open_log};

static void put_u64(uint8_t *at, uint64_t value)
{
    put_u32(at, (uint32_t)value);
    put_u32(at + 4, (uint32_t)(value >> 32));
}

/* A hive whose only key has a name to be changed; dirty. */
static int make(void **state)
{
    (void)state;
    memset(log_sizes, 0, sizeof(log_sizes));
    memset(log_bytes, 0, sizeof(log_bytes));
    image_begin(&image);
    image_end(&image, image_key(&image, "Before", 0, 0));
    image_base(image.bytes, 0, 6, 5, 32, HIVE_PAGE);
    return 0;
}

/* The hive's page with another name. */
static void put_page(uint8_t *at, const char *name)
{
    memcpy(at, image_bin(&image, 0), HIVE_PAGE);
    memcpy(at + 32 + 4 + 76, name, 6);
}

static void make_old_log(const char *name)
{
    image_base(log_bytes[0], HIVE_FILE_LOG, 6, 6, 32, HIVE_PAGE);
    memcpy(log_bytes[0] + 512, "DIRT\xff", 5);
    put_page(log_bytes[0] + 1024, name);
    log_sizes[0] = 1024 + HIVE_PAGE;
}

static size_t put_entry(uint8_t *at, uint32_t sequence, const char *name)
{
    const uint32_t size = 4608;

    memcpy(at, "HvLE", 4);
    put_u32(at + 4, size);
    put_u32(at + 12, sequence);
    put_u32(at + 16, HIVE_PAGE);
    put_u32(at + 20, 1);
    put_u32(at + 40, 0);
    put_u32(at + 44, HIVE_PAGE);
    put_page(at + 48, name);
    put_u64(at + 24, hive_log_hash(at + 40, size - 40));
    put_u64(at + 32, hive_log_hash(at, 32));
    return size;
}

static void make_new_log(int log, uint32_t sequence, const char *first, const char *second)
{
    size_t at = HIVE_SECTOR;

    image_base(log_bytes[log], HIVE_FILE_LOG_NEW, sequence, sequence, 32, HIVE_PAGE);
    at += put_entry(log_bytes[log] + at, sequence, first);
    if (second)
        at += put_entry(log_bytes[log] + at, sequence + 1, second);
    log_sizes[log] = at;
}

/* Replays; the name that the root then has, or NULL when nothing was replayed. */
static const char *replay(const char *told)
{
    static char name[16];
    struct machine *machine = machine_new("test");
    struct hive_replay result;
    struct hive_base base;
    struct hive_key root;
    struct input input;
    struct hive hive;
    bool replayed;

    machine_add_evidence(machine, "X");
    input_from_memory(&input, "X", image.bytes, image.size);
    input.companions = &companions;
    assert_true(hive_base_read(image.bytes, image.size, &base));
    replayed = hive_replay_logs(&result, &input, &base, machine->arena, machine, 0);
    if (told)
        assert_true(was_told(machine, told));
    else
        assert_int_equal(machine->evidence[0].n_problems, 0);
    if (replayed) {
        assert_false(hive_base_is_dirty(&result.base));
        assert_int_equal(result.base.type, HIVE_FILE_PRIMARY);
        assert_true(hive_open(&hive, &input, &result.base, &result.patches, machine, 0));
        assert_true(hive_root(&hive, &root));
        hive_name_text(&root.name, name, sizeof(name));
        hive_close(&hive);
    }
    machine_free(machine);
    return replayed ? name : NULL;
}

static void the_hash_is_known(void **state)
{
    static const uint8_t bytes[] = "HvLE0123";

    (void)state;
    assert_true(hive_log_hash(bytes, 0) == UINT64_C(0xb39efca403966e08));
    assert_true(hive_log_hash(bytes, 8) == UINT64_C(0xa7bd71fa43da0295));
}

static void without_logs_nothing(void **state)
{
    (void)state;
    assert_null(replay(NULL));
}

static void old_logs(void **state)
{
    (void)state;
    make_old_log("After1");
    assert_string_equal(replay(NULL), "After1");
    log_bytes[0][100] ^= 1;
    assert_null(replay("LOG1: not replayed: it was itself not written to its end"));
    make_old_log("After1");
    log_bytes[0][512] = 'd';
    assert_null(replay("no dirty vector"));
    make_old_log("After1");
    log_sizes[0]--;
    assert_null(replay("cut off"));
    make_old_log("After1");
    log_bytes[0][516] = 0;
    assert_null(replay("empty"));
    /* An older one: the hive was written after it. */
    make_old_log("After1");
    put_u32(image.bytes + 16, 1);
    image_checksum(image.bytes);
    assert_null(replay("older than the hive"));
}

static void new_logs(void **state)
{
    (void)state;
    make_new_log(0, 5, "After1", "After2");
    assert_string_equal(replay(NULL), "After2");
    make_new_log(1, 7, "After3", NULL);
    assert_string_equal(replay(NULL), "After3");
    /* A gap between the two. */
    make_new_log(1, 8, "After4", NULL);
    assert_string_equal(replay("LOG2: not replayed: entry 8 and what follows"), "After2");
    /* The second entry is damaged, then its header. */
    log_sizes[1] = 0;
    log_bytes[0][512 + 4608 + 2000] ^= 1;
    assert_string_equal(replay("entry 6 and what follows: its pages are damaged"), "After1");
    make_new_log(0, 5, "After1", "After2");
    log_bytes[0][512 + 4608 + 16] ^= 1;
    assert_string_equal(replay("its header is damaged"), "After1");
    make_new_log(0, 5, "After1", "After2");
    log_sizes[0] -= 512;
    assert_string_equal(replay("it is cut off"), "After1");
}

static void entries_that_lead_out(void **state)
{
    (void)state;
    for (int field = 0; field < 3; field++) {
        static const uint32_t bad[3][2] = {{20, 2000}, {40, HIVE_PAGE}, {44, 0}};

        make_new_log(0, 5, "After1", NULL);
        put_u32(log_bytes[0] + 512 + bad[field][0], bad[field][1]);
        put_u64(log_bytes[0] + 512 + 24, hive_log_hash(log_bytes[0] + 512 + 40, 4608 - 40));
        put_u64(log_bytes[0] + 512 + 32, hive_log_hash(log_bytes[0] + 512, 32));
        assert_null(replay("its pages are damaged"));
    }
}

static void a_torn_base_block(void **state)
{
    (void)state;
    image.bytes[100] ^= 1;
    make_old_log("After1");
    assert_string_equal(replay(NULL), "After1");
    make_new_log(0, 40, "After1", NULL);
    make_new_log(1, 41, "After2", NULL);
    assert_string_equal(replay(NULL), "After2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hash_is_known),
        cmocka_unit_test_setup(without_logs_nothing, make),
        cmocka_unit_test_setup(old_logs, make),
        cmocka_unit_test_setup(new_logs, make),
        cmocka_unit_test_setup(entries_that_lead_out, make),
        cmocka_unit_test_setup(a_torn_base_block, make),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
