/* Tests of core/readers/hive_patches.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive_image.h"

#include "core/readers/hive_patches.h"

static struct hive_patches patches;

static int make(void **state)
{
    (void)state;
    patches = (struct hive_patches){.arena = arena_new()};
    return 0;
}

static int release(void **state)
{
    (void)state;
    arena_free(patches.arena);
    return 0;
}

static void nothing_changes_nothing(void **state)
{
    uint8_t bytes[HIVE_PAGE] = {7};
    size_t known = 100;

    (void)state;
    assert_false(hive_patches_touch(&patches, 0, HIVE_PAGE));
    hive_patches_apply(&patches, 0, bytes, sizeof(bytes), &known);
    assert_int_equal(bytes[0], 7);
    assert_int_equal(known, 100);
}

static void sectors_take_the_place(void **state)
{
    uint8_t sector[HIVE_SECTOR], bytes[HIVE_PAGE * 2] = {0};
    size_t known = sizeof(bytes);

    (void)state;
    memset(sector, 0xab, sizeof(sector));
    assert_true(hive_patches_put(&patches, HIVE_PAGE - HIVE_SECTOR, sector, sizeof(sector)));
    assert_true(hive_patches_touch(&patches, HIVE_PAGE - 4, 8));
    assert_false(hive_patches_touch(&patches, HIVE_PAGE, 8));
    hive_patches_apply(&patches, 0, bytes, sizeof(bytes), &known);
    assert_int_equal(bytes[HIVE_PAGE - HIVE_SECTOR - 1], 0);
    assert_int_equal(bytes[HIVE_PAGE - HIVE_SECTOR], 0xab);
    assert_int_equal(bytes[HIVE_PAGE - 1], 0xab);
    assert_int_equal(bytes[HIVE_PAGE], 0);
    memset(sector, 0xcd, sizeof(sector));
    assert_true(hive_patches_put(&patches, HIVE_PAGE - HIVE_SECTOR, sector, sizeof(sector)));
    hive_patches_apply(&patches, 0, bytes, sizeof(bytes), &known);
    assert_int_equal(bytes[HIVE_PAGE - 1], 0xcd);
}

static void they_go_on_where_the_file_ends(void **state)
{
    uint8_t page[HIVE_PAGE] = {1}, bytes[HIVE_PAGE * 3] = {0};
    size_t known = HIVE_PAGE;

    (void)state;
    for (uint32_t i = 0; i < 200; i++)
        assert_true(hive_patches_put(&patches, HIVE_PAGE * (1 + i * 2), page, sizeof(page)));
    hive_patches_apply(&patches, 0, bytes, sizeof(bytes), &known);
    assert_int_equal(known, HIVE_PAGE * 2); /* the third page is not there */
    assert_int_equal(bytes[HIVE_PAGE], 1);
    assert_true(hive_patches_touch(&patches, HIVE_PAGE * 399, 8));
    assert_false(hive_patches_touch(&patches, HIVE_PAGE * 398, 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_changes_nothing, make, release),
        cmocka_unit_test_setup_teardown(sectors_take_the_place, make, release),
        cmocka_unit_test_setup_teardown(they_go_on_where_the_file_ends, make, release),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
