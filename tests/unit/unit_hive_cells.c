/* Tests of core/readers/hive_cells.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive_image.h"

#include "core/limits.h"
#include "core/readers/hive_cells.h"

static struct hive_image image;
static uint32_t first, second;

static int make(void **state)
{
    (void)state;
    image_begin(&image);
    first = image_cell(&image, "first", 5);
    second = image_cell(&image, "second, which is longer", 23);
    image_end(&image, first);
    return 0;
}

static void cells_are_found(void **state)
{
    struct opened_hive opened;
    struct cursor cell;

    (void)state;
    opened_begin(&opened, &image);
    for (int copied = 0; copied < 2; copied++) {
        if (copied)
            opened.hive.cells.bytes = NULL; /* as where nothing can be mapped */
        assert_true(hive_cell(&opened.hive.cells, first, &cell));
        assert_int_equal(cursor_left(&cell), 12);
        assert_memory_equal(cell.bytes, "first", 5);
        assert_true(hive_plain_cell(&opened.hive.cells, second, &cell));
        assert_memory_equal(cell.bytes, "second, which is longer", 23);
        assert_true(hive_plain_cell(&opened.hive.cells, first, &cell));
    }
    assert_int_equal(opened.machine->evidence[0].n_problems, 0);
    opened_close(&opened);
}

static void expect_none(uint32_t offset, const char *why)
{
    struct opened_hive opened;
    struct cursor cell;

    opened_begin(&opened, &image);
    assert_false(hive_cell(&opened.hive.cells, offset, &cell));
    assert_int_equal(cursor_left(&cell), 0);
    assert_true(was_told(opened.machine, why));
    opened_close(&opened);
}

static void what_is_no_cell_is_told(void **state)
{
    (void)state;
    expect_none(first + 4, "not a multiple of 8");
    expect_none(HIVE_NIL, "not a multiple of 8");
    expect_none(0xfffffff8u, "beyond the bins");
    expect_none(HIVE_PAGE, "beyond the bins");
    expect_none(image.at, "not in use");
    put_u32(image_bin(&image, first), (uint32_t)-18);
    expect_none(first, "is not a multiple of 8");
    put_u32(image_bin(&image, first), (uint32_t)-8192);
    expect_none(first, "is too large");
    put_u32(image_bin(&image, first), 0x80000000u);
    expect_none(first, "is too large");
    put_u32(image_bin(&image, first), 0);
    expect_none(first, "is none");
    image.size = HIVE_BASE_BYTES + 16;
    expect_none(second, "the file ends");
}

static void data_begin_at_a_cell(void **state)
{
    struct opened_hive opened;
    struct cursor cell;

    (void)state;
    /* Inside the second cell something that looks like one. */
    put_u32(image_bin(&image, second + 8), (uint32_t)-16);
    opened_begin(&opened, &image);
    assert_true(hive_cell(&opened.hive.cells, second + 8, &cell));
    assert_false(hive_plain_cell(&opened.hive.cells, second + 8, &cell));
    assert_true(was_told(opened.machine, "in the middle of another cell"));
    opened_close(&opened);

    memcpy(image_bin(&image, 0), "HBIN", 4);
    opened_begin(&opened, &image);
    assert_false(hive_plain_cell(&opened.hive.cells, second, &cell));
    assert_true(was_told(opened.machine, "there is no bin around it"));
    opened_close(&opened);
}

static void steps_are_counted(void **state)
{
    struct opened_hive opened;

    (void)state;
    opened_begin(&opened, &image);
    opened.hive.cells.steps_left = 2;
    assert_true(hive_step(&opened.hive.cells));
    assert_true(hive_step(&opened.hive.cells));
    assert_false(hive_step(&opened.hive.cells));
    assert_false(hive_step(&opened.hive.cells));
    assert_true(was_told(opened.machine, "lists point at each other"));
    assert_int_equal(opened.machine->evidence[0].n_problems, 1);
    opened_close(&opened);
}

static void logs_count(void **state)
{
    struct hive_patches patches = {.arena = arena_new()};
    uint8_t sector[HIVE_SECTOR];
    struct opened_hive opened;
    struct cursor cell;

    (void)state;
    memcpy(sector, image_bin(&image, 0), sizeof(sector));
    memcpy(sector + first + 4, "other", 5);
    assert_true(hive_patches_put(&patches, 0, sector, sizeof(sector)));
    opened_begin(&opened, &image);
    opened.hive.cells.patches = &patches;
    assert_true(hive_plain_cell(&opened.hive.cells, first, &cell));
    assert_memory_equal(cell.bytes, "other", 5);
    opened_close(&opened);
    arena_free(patches.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(cells_are_found, make),
        cmocka_unit_test_setup(what_is_no_cell_is_told, make),
        cmocka_unit_test_setup(data_begin_at_a_cell, make),
        cmocka_unit_test_setup(steps_are_counted, make),
        cmocka_unit_test_setup(logs_count, make),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
