/* Tests of core/readers/hive.c. Every shape of whole hives is compared in tests/hive.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive_image.h"

#include <stdio.h>

static struct hive_image image;
static struct opened_hive opened;

static int make(void **state)
{
    (void)state;
    image_begin(&image);
    return 0;
}

static struct hive_key open_root(uint32_t root)
{
    struct hive_key key;

    image_end(&image, root);
    opened_begin(&opened, &image);
    assert_true(opened.is_open);
    assert_true(hive_root(&opened.hive, &key));
    return key;
}

static void paths_lead_to_values(void **state)
{
    uint32_t value = image_text(&image, "CurrentBuild", "6003");
    uint32_t key = image_key(&image, "Inner", 0, value);
    struct hive_key root = open_root(image_key(&image, "ROOT", key, 0));
    struct hive_value found;
    struct hive_key inner;
    uint8_t data[16] = {0};
    char name[32];

    (void)state;
    assert_true(hive_find_path(&opened.hive, &root, "INNER", &inner));
    assert_string_equal(hive_name_text(&inner.name, name, sizeof(name)), "Inner");
    assert_true(hive_find_path(&opened.hive, &root, "", &inner));
    assert_true(hive_find_path(&opened.hive, &root, "inner", &inner));
    assert_true(hive_value(&opened.hive, &inner, "currentbuild", &found));
    assert_int_equal(found.type, 1);
    assert_int_equal(found.len, 10);
    assert_true(hive_data(&opened.hive, &found, data, sizeof(data)));
    assert_memory_equal(data,
                        "6\0"
                        "0\0"
                        "0\0"
                        "3\0",
                        8);
    memset(data, 0, sizeof(data));
    assert_true(hive_data(&opened.hive, &found, data, 3));
    assert_int_equal(data[3], 0);
    assert_false(hive_find_path(&opened.hive, &root, "Inner\\Inner", &inner));
    assert_false(hive_find_path(&opened.hive, &root, "Inne", &inner));
    assert_false(hive_value(&opened.hive, &root, "CurrentBuild", &found));
    assert_int_equal(opened.machine->evidence[0].n_problems, 0);
    opened_close(&opened);
}

/* Keys K000 to K199, in leaves of fifty. */
static uint32_t long_list(const char *leaf, bool hints)
{
    uint32_t keys[50], marks[50], leaves[4];
    char name[8];

    for (uint32_t i = 0; i < 4; i++) {
        for (uint32_t j = 0; j < 50; j++) {
            snprintf(name, sizeof(name), "K%03u", (unsigned)(i * 50 + j));
            keys[j] = image_key(&image, name, 0, 0);
            memcpy(&marks[j], name, 4);
            if (leaf[1] == 'h') {
                marks[j] = 0;
                for (const char *c = name; *c; c++)
                    marks[j] = marks[j] * 37 + (unsigned char)*c;
            } else {
                uint8_t *mark = (uint8_t *)name;

                marks[j] = mark[0] | (uint32_t)mark[1] << 8 | (uint32_t)mark[2] << 16 |
                           (uint32_t)mark[3] << 24;
            }
        }
        leaves[i] = image_list(&image, leaf, keys, hints ? marks : NULL, 50);
    }
    return image_list(&image, "ri", leaves, NULL, 4);
}

static void long_lists_are_searched(void **state)
{
    static const char *const leaves[] = {"lf", "lh", "li"};

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        struct hive_key root, key;
        uint32_t list, steps;

        image_begin(&image);
        list = long_list(leaves[i % 3], i < 3);
        root = open_root(image_key_over(&image, "ROOT", list, 200, HIVE_NIL, 0));
        steps = opened.hive.cells.steps_left;
        assert_true(hive_find(&opened.hive, &root, "k137", &key));
        assert_true(hive_name_is(&key.name, "K137"));
        /* Wrong hashes cost a second way through the list, and no more. */
        assert_true((steps - opened.hive.cells.steps_left <= 200) == (i != 4));
        assert_true(hive_find(&opened.hive, &root, "K000", &key));
        assert_true(hive_find(&opened.hive, &root, "K199", &key));
        assert_false(hive_find(&opened.hive, &root, "K200", &key));
        opened_close(&opened);
    }
}

static void damage_is_passed_over(void **state)
{
    uint32_t value = image_text(&image, "V", "6003");
    uint32_t good = image_key(&image, "Good", 0, value);
    uint32_t keys[] = {8, HIVE_NIL, value, good};
    uint32_t list = image_list(&image, "lh", keys, NULL, 4);
    struct hive_key root = open_root(image_key_over(&image, "ROOT", list, 9, HIVE_NIL, 0));
    struct hive_key key;

    (void)state;
    assert_true(hive_find(&opened.hive, &root, "Good", &key));
    assert_true(was_told(opened.machine, "not a key"));
    assert_false(hive_find(&opened.hive, &root, "Bad", &key));
    assert_true(was_told(opened.machine, "a key says that it has 9 subkeys, its list has 4"));
    opened_close(&opened);
}

static void lists_that_are_none(void **state)
{
    uint32_t text = image_cell(&image, "text", 4);
    uint32_t inner = image_list(&image, "ri", &text, NULL, 1);
    uint32_t lists[] = {text, image_list(&image, "ri", &inner, NULL, 1)};
    struct hive_subkeys subkeys;
    struct hive_key root, key;

    (void)state;
    for (int i = 0; i < 2; i++) {
        root = open_root(image_key_over(&image, "ROOT", lists[i], 1, HIVE_NIL, 0));
        hive_subkeys_begin(&subkeys, &opened.hive, &root);
        assert_false(hive_subkeys_next(&subkeys, &key));
        assert_true(was_told(opened.machine, "not a list of subkeys"));
        opened_close(&opened);
    }
    put_u16(image_bin(&image, lists[1]) + 6, 600);
    root = open_root(image_key_over(&image, "ROOT", lists[1], 1, HIVE_NIL, 0));
    hive_subkeys_begin(&subkeys, &opened.hive, &root);
    assert_true(was_told(opened.machine, "longer than its cell"));
    opened_close(&opened);
}

static void a_nul_ends_a_name(void **state)
{
    uint32_t value = image_text(&image, "Build!hidden", "6003");
    struct hive_key root;
    struct hive_value found;

    (void)state;
    image_bin(&image, value)[4 + 20 + 5] = 0;
    root = open_root(image_key(&image, "ROOT", 0, value));
    assert_true(hive_value(&opened.hive, &root, "Build", &found));
    assert_true(was_told(opened.machine, "there is a NUL in the name \"Build\""));
    assert_false(hive_value(&opened.hive, &root, "Buil", &found));
    opened_close(&opened);
}

static void names_are_latin_or_wide(void **state)
{
    const struct hive_name latin = {(const uint8_t *)"Z\xfcrich", 6, false};
    const struct hive_name wide = {(const uint8_t *)"B\0u\0\x16\x04", 6, true};
    const struct hive_name plain = {(const uint8_t *)"B\0u\0", 4, true};
    char text[32];

    (void)state;
    assert_string_equal(hive_name_text(&latin, text, sizeof(text)), "Z\xc3\xbcrich");
    assert_string_equal(hive_name_text(&wide, text, sizeof(text)), "Bu\xd0\x96");
    assert_true(hive_name_is(&plain, "bU"));
    assert_false(hive_name_is(&wide, "Bu"));
    assert_false(hive_name_is(&plain, "B"));
    assert_string_equal(hive_name_text(&latin, text, 4), "Z");
}

static void data_that_are_not_there(void **state)
{
    const struct {
        uint32_t declared, at;
    } bad[] = {{5 | 0x80000000u, 0}, {5, 8}, {5000, 0}, {0, 8}};
    struct hive_value found;
    uint8_t data[8];

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        uint32_t cell, value;
        struct hive_key root;

        image_begin(&image);
        cell = image_cell(&image, "some bytes", 10);
        value = image_value_at(&image, "V", 3, "", 0, bad[i].at ? bad[i].at : cell);
        put_u32(image_bin(&image, value) + 8, bad[i].declared);
        put_u32(image_bin(&image, value) + 12, bad[i].at ? bad[i].at : cell);
        root = open_root(image_key(&image, "ROOT", 0, value));
        assert_true(hive_value(&opened.hive, &root, "V", &found));
        assert_false(hive_data(&opened.hive, &found, data, sizeof(data)));
        assert_true(opened.machine->evidence[0].n_problems > 0);
        opened_close(&opened);
    }
}

static void an_empty_value_is_one(void **state)
{
    uint32_t value = image_value_at(&image, "V", 1, "", 0, HIVE_NIL);
    struct hive_value found;
    struct hive_key root;

    (void)state;
    put_u32(image_bin(&image, value) + 8, 0); /* not even marked as short */
    put_u32(image_bin(&image, value) + 12, HIVE_NIL);
    root = open_root(image_key(&image, "ROOT", 0, value));
    assert_true(hive_value(&opened.hive, &root, "V", &found));
    assert_true(hive_data(&opened.hive, &found, NULL, 0));
    assert_int_equal(opened.machine->evidence[0].n_problems, 0);
    opened_close(&opened);
}

static void large_data_are_joined(void **state)
{
    static uint8_t segment[16348], data[20000];
    uint32_t segments[2], value, cell;
    uint8_t db[8] = {'d', 'b', 2};
    struct hive_value found;
    struct hive_key root;

    (void)state;
    memset(segment, 1, sizeof(segment));
    segments[0] = image_cell(&image, segment, sizeof(segment));
    memset(segment, 2, sizeof(segment));
    segments[1] = image_cell(&image, segment, 20000 - 16344 + 4);
    put_u32(db + 4, image_offsets(&image, segments, 2));
    cell = image_cell(&image, db, sizeof(db));
    value = image_value_at(&image, "V", 3, data, 20000, cell);
    image_end(&image, image_key(&image, "ROOT", 0, value));
    put_u32(image.bytes + 24, 5); /* version 1.5 */
    opened_begin(&opened, &image);
    assert_true(hive_root(&opened.hive, &root));
    assert_true(hive_value(&opened.hive, &root, "V", &found));
    assert_true(hive_data(&opened.hive, &found, data, sizeof(data)));
    assert_int_equal(data[16343], 1);
    assert_int_equal(data[16344], 2);
    assert_int_equal(data[19999], 2);
    /* Before 1.4 that is no way to keep data. */
    opened.hive.base.minor = 3;
    assert_false(hive_data(&opened.hive, &found, data, sizeof(data)));
    opened.hive.base.minor = 5;
    put_u16(image_bin(&image, cell) + 6, 1);
    assert_false(hive_data(&opened.hive, &found, data, sizeof(data)));
    opened_close(&opened);
}

static void predefined_handles_are_no_values(void **state)
{
    uint32_t key = image_key_over(&image, "ROOT", HIVE_NIL, 0, HIVE_NIL, 0x80000050u);
    struct hive_key root;

    (void)state;
    image_bin(&image, key)[6] |= 0x40;
    root = open_root(key);
    assert_int_equal(root.n_values, 0);
    opened_close(&opened);
}

static void versions(void **state)
{
    (void)state;
    image_end(&image, image_key(&image, "ROOT", 0, 0));
    for (uint32_t minor = 0; minor < 9; minor++) {
        put_u32(image.bytes + 24, minor);
        opened_begin(&opened, &image);
        assert_int_equal(opened.is_open, minor >= 2 && minor <= 6);
        assert_int_equal(was_told(opened.machine, "is not read"), !opened.is_open);
        opened_close(&opened);
    }
}

static void subkeys_of_itself(void **state)
{
    uint32_t self = image.at + 16; /* where the key will be: behind the list */
    uint32_t list = image_list(&image, "lh", &self, NULL, 1);
    struct hive_key key = open_root(image_key_over(&image, "ROOT", list, 1, HIVE_NIL, 0));
    struct hive_subkeys subkeys;

    (void)state;
    opened.hive.cells.steps_left = 100;
    for (int i = 0; i < 1000; i++) {
        hive_subkeys_begin(&subkeys, &opened.hive, &key);
        if (!hive_subkeys_next(&subkeys, &key))
            break;
    }
    assert_true(was_told(opened.machine, "lists point at each other"));
    opened_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(paths_lead_to_values, make),
        cmocka_unit_test_setup(long_lists_are_searched, make),
        cmocka_unit_test_setup(damage_is_passed_over, make),
        cmocka_unit_test_setup(lists_that_are_none, make),
        cmocka_unit_test_setup(a_nul_ends_a_name, make),
        cmocka_unit_test_setup(names_are_latin_or_wide, make),
        cmocka_unit_test_setup(data_that_are_not_there, make),
        cmocka_unit_test_setup(an_empty_value_is_one, make),
        cmocka_unit_test_setup(large_data_are_joined, make),
        cmocka_unit_test_setup(predefined_handles_are_no_values, make),
        cmocka_unit_test_setup(versions, make),
        cmocka_unit_test_setup(subkeys_of_itself, make),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
