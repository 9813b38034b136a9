/* What the answers of a live system mean: versions weighed, numbers in words, activation ids.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/knowledge.h"
#include "core/live/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static enum version_weight weigh(int32_t minor, int32_t build, int32_t library_minor,
                                 int32_t library_build)
{
    struct version table = {6, minor, build, VERSION_UNKNOWN};
    struct version library = {6, library_minor, library_build, VERSION_UNKNOWN};

    return answers_weigh(&table, &library);
}

static void versions_are_weighed(void **state)
{
    struct version table = {6, 0, 6003, VERSION_UNKNOWN};
    struct version xp = {5, 1, 2600, VERSION_UNKNOWN};
    struct version none = VERSION_NONE;

    (void)state;
    assert_int_equal(weigh(0, 6003, 0, 6003), VERSIONS_AGREE);
    assert_int_equal(answers_weigh(&table, &none), VERSIONS_AGREE);
    /* Not updated together with the kernel. */
    assert_int_equal(weigh(0, 6003, 0, 6002), VERSIONS_OLD_LIBRARY);
    assert_int_equal(weigh(0, 6002, 0, 6001), VERSIONS_OLD_LIBRARY);
    /* A library is never ahead of the kernel that runs. */
    assert_int_equal(weigh(0, 6002, 0, 6003), VERSIONS_DISGUISED);
    assert_int_equal(answers_weigh(&xp, &table), VERSIONS_DISGUISED);
    assert_int_equal(weigh(0, 6002, 1, 7601), VERSIONS_DISGUISED);
    assert_int_equal(weigh(1, 7601, 1, 7600), VERSIONS_DISGUISED);
}

static void numbers_have_words(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_null(answers_product_type(0));
    assert_string_equal(answers_product_type(1), "workstation");
    assert_string_equal(answers_product_type(2), "domain controller");
    assert_string_equal(answers_product_type(3), "server");
    assert_null(answers_product_type(4));
    assert_null(answers_suites(arena, 0));
    assert_string_equal(answers_suites(arena, 0x112),
                        "Enterprise, Terminal, Remote Desktop for administration");
    assert_null(answers_suites(arena, 0x10000));
    assert_string_equal(answers_processor(arena, 0), "x86");
    assert_string_equal(answers_processor(arena, 9), "x64");
    assert_string_equal(answers_processor(arena, 6), "ia64");
    assert_string_equal(answers_processor(arena, 10), "64-bit");
    assert_string_equal(answers_processor(arena, 5), "processor architecture 5");
    assert_string_equal(answers_image_machine(arena, 0x14c), "x86");
    assert_string_equal(answers_image_machine(arena, 0x8664), "x64");
    assert_string_equal(answers_image_machine(arena, 0x200), "ia64");
    assert_string_equal(answers_image_machine(arena, 0x1c4), "processor 0x1c4");
    assert_string_equal(answers_licence(LICENCE_LICENSED), "licensed");
    assert_string_equal(answers_licence(0), "unlicensed");
    assert_string_equal(answers_licence(-1), "in an unknown state");
    assert_string_equal(answers_licence(4), "in an unknown state");
    arena_free(arena);
}

static void editions_that_are_none(void **state)
{
    (void)state;
    assert_null(answers_no_sku(7));
    assert_non_null(answers_no_sku(0));
    assert_non_null(strstr(answers_no_sku(0xabcdabcdu), "not licensed"));
    assert_non_null(answers_no_sku(0x80000000u));
}

static void ids_lie_in_memory_as_on_windows(void **state)
{
    static const uint8_t expected[GUID_BYTES] = {0xed, 0x73, 0x36, 0x55, 0xdf, 0x6d, 0x9c, 0x41,
                                                 0xa1, 0x53, 0xb7, 0x60, 0x28, 0x34, 0x72, 0xfd};
    uint8_t guid[GUID_BYTES];

    (void)state;
    assert_true(answers_guid("553673ed-6ddf-419c-a153-b760283472fd", guid));
    assert_memory_equal(guid, expected, GUID_BYTES);
    assert_true(answers_guid("553673ED-6DDF-419C-A153-B760283472FD", guid));
    assert_memory_equal(guid, expected, GUID_BYTES);
    assert_false(answers_guid("", guid));
    assert_false(answers_guid("553673ed-6ddf-419c-a153-b760283472f", guid));
    assert_false(answers_guid("553673ed-6ddf-419c-a153-b760283472fd0", guid));
    assert_false(answers_guid("553673ed6ddf-419c-a153-b760283472fd00", guid));
    assert_false(answers_guid("{53673ed-6ddf-419c-a153-b760283472fd}", guid));
}

static void every_activation_id_is_one(void **state)
{
    unsigned count = 0;
    uint8_t guid[GUID_BYTES];

    (void)state;
    for (size_t i = 0; i < n_esu_items; i++) {
        if (strncmp(esu_items[i].kind, "activation-id", strlen("activation-id")) != 0)
            continue;
        assert_true(answers_guid(esu_items[i].value, guid));
        count++;
    }
    assert_true(count >= 14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_are_weighed),
        cmocka_unit_test(numbers_have_words),
        cmocka_unit_test(editions_that_are_none),
        cmocka_unit_test(ids_lie_in_memory_as_on_windows),
        cmocka_unit_test(every_activation_id_is_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
