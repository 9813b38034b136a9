/* Tests of core/disc_folder.c: which folder is that of an installation disc.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/disc_folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];

static const char *in_folder(const char *name)
{
    static char path[128];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static void touch(const char *name)
{
    FILE *file = fopen(in_folder(name), "w");

    assert_non_null(file);
    fclose(file);
}

static void test_disc(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    strcpy(folder, "/tmp/unit-disc-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_null(disc_folder_image(arena, folder));
    mkdir(in_folder("SOURCES"), 0700);
    assert_null(disc_folder_image(arena, folder));
    touch("SOURCES/Install.wim");
    /* A folder of evidence may have as much. */
    assert_null(disc_folder_image(arena, folder));
    touch("setup.exe");
    assert_string_equal(disc_folder_image(arena, folder), in_folder("SOURCES/Install.wim"));
    unlink(in_folder("SOURCES/Install.wim"));
    assert_int_equal(symlink("/etc/passwd", in_folder("SOURCES/install.wim")), 0);
    assert_null(disc_folder_image(arena, folder));
    unlink(in_folder("SOURCES/install.wim"));
    unlink(in_folder("setup.exe"));
    rmdir(in_folder("SOURCES"));
    rmdir(folder);
    assert_null(disc_folder_image(arena, folder));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_disc),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
