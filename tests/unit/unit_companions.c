/* Tests of core/companions.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/companions.h"

#include "core/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

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

/* The text of the companion, or NULL for none. */
static const char *look(const char *path, const char *suffix)
{
    static char text[32];
    struct arena *arena = arena_new();
    struct input input, companion;
    char message[256];
    bool found;

    assert_int_equal(input_open(&input, path, message, sizeof(message)), INPUT_OK);
    found = companion_open(&input, suffix, arena, &companion);
    if (found) {
        text[input_read(&companion, text, sizeof(text) - 1)] = '\0';
        input_close(&companion);
    }
    input_close(&input);
    arena_free(arena);
    return found ? text : NULL;
}

static void found_in_either_case(void **state)
{
    char whole[64];

    (void)state;
    write_file("SOFTWARE", "x");
    assert_null(look("SOFTWARE", ".LOG1"));
    write_file("software.log1", "lower");
    assert_string_equal(look("SOFTWARE", ".LOG1"), "lower");
    write_file("SOFTWARE.LOG1", "upper");
    assert_string_equal(look("SOFTWARE", ".LOG1"), "upper");
    assert_null(look("SOFTWARE", ".LOG2"));
    snprintf(whole, sizeof(whole), "%s/SOFTWARE", folder);
    assert_string_equal(look(whole, ".LOG1"), "upper");
    assert_int_equal(unlink("SOFTWARE") + unlink("software.log1") + unlink("SOFTWARE.LOG1"), 0);
}

static void links_and_folders_are_not(void **state)
{
    (void)state;
    write_file("SOFTWARE", "x");
    write_file("elsewhere", "secret");
    assert_int_equal(symlink("elsewhere", "SOFTWARE.LOG1"), 0);
    assert_null(look("SOFTWARE", ".LOG1"));
    assert_int_equal(unlink("SOFTWARE") + unlink("elsewhere") + unlink("SOFTWARE.LOG1"), 0);
}

static bool give(const struct companions *self, const char *suffix, struct arena *arena,
                 struct input *companion)
{
    (void)self;
    (void)arena;
    input_from_memory(companion, suffix, "given", 5);
    return true;
}

static void memory_has_those_that_it_is_given(void **state)
{
    const struct companions companions = {give};
    struct arena *arena = arena_new();
    struct input input, companion;

    (void)state;
    input_from_memory(&input, "SOFTWARE", "x", 1);
    assert_false(companion_open(&input, ".LOG1", arena, &companion));
    input.companions = &companions;
    assert_true(companion_open(&input, ".LOG1", arena, &companion));
    assert_memory_equal(companion.head, "given", 5);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_in_either_case),
        cmocka_unit_test(links_and_folders_are_not),
        cmocka_unit_test(memory_has_those_that_it_is_given),
    };

    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
