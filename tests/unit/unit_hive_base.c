/* Tests of core/readers/hive_base.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive_image.h"

static void fields_are_read(void **state)
{
    uint8_t bytes[HIVE_SECTOR] = {0};
    struct hive_base base;

    (void)state;
    image_base(bytes, HIVE_FILE_LOG, 7, 6, 0x20, 0x3000);
    assert_true(hive_base_read(bytes, sizeof(bytes), &base));
    assert_int_equal(base.primary, 7);
    assert_int_equal(base.secondary, 6);
    assert_int_equal(base.major, 1);
    assert_int_equal(base.minor, 3);
    assert_int_equal(base.type, HIVE_FILE_LOG);
    assert_int_equal(base.root, 0x20);
    assert_int_equal(base.bins_len, 0x3000);
    assert_int_equal(base.cluster, 1);
    assert_true(base.checksum_good);
}

static void others_are_refused(void **state)
{
    uint8_t bytes[HIVE_SECTOR] = {0};
    struct hive_base base;

    (void)state;
    image_base(bytes, 0, 7, 7, 0x20, 0x3000);
    assert_false(hive_base_read(bytes, sizeof(bytes) - 1, &base));
    assert_false(hive_base_read(bytes, 0, &base));
    bytes[0] = 'R';
    assert_false(hive_base_read(bytes, sizeof(bytes), &base));
}

static void dirt_is_known(void **state)
{
    uint8_t bytes[HIVE_SECTOR] = {0};
    struct hive_base base;

    (void)state;
    image_base(bytes, 0, 7, 7, 0x20, 0x3000);
    assert_true(hive_base_read(bytes, sizeof(bytes), &base));
    assert_false(hive_base_is_dirty(&base));
    image_base(bytes, 0, 8, 7, 0x20, 0x3000);
    assert_true(hive_base_read(bytes, sizeof(bytes), &base));
    assert_true(hive_base_is_dirty(&base));
    image_base(bytes, 0, 7, 7, 0x20, 0x3000);
    bytes[100] ^= 1;
    assert_true(hive_base_read(bytes, sizeof(bytes), &base));
    assert_false(base.checksum_good);
    assert_true(hive_base_is_dirty(&base));
}

static void sums_that_are_kept_free(void **state)
{
    uint8_t bytes[HIVE_SECTOR] = "regf";
    struct hive_base base;

    (void)state;
    /* All but the signature and its double zero: the sum is 0, stored as 1. */
    memcpy(bytes + 500, "regf", 4);
    put_u32(bytes + 508, 1);
    assert_true(hive_base_read(bytes, sizeof(bytes), &base));
    assert_true(base.checksum_good);
    put_u32(bytes + 504, 0xffffffffu);
    put_u32(bytes + 508, 0xfffffffeu);
    assert_true(hive_base_read(bytes, sizeof(bytes), &base));
    assert_true(base.checksum_good);
}

static void sequence_numbers_pass_their_end(void **state)
{
    (void)state;
    assert_true(hive_sequence_before(1, 2));
    assert_false(hive_sequence_before(2, 1));
    assert_false(hive_sequence_before(2, 2));
    assert_true(hive_sequence_before(0xffffffffu, 0));
    assert_false(hive_sequence_before(0, 0xffffffffu));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_read),
        cmocka_unit_test(others_are_refused),
        cmocka_unit_test(dirt_is_known),
        cmocka_unit_test(sums_that_are_kept_free),
        cmocka_unit_test(sequence_numbers_pass_their_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
