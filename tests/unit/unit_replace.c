/* Tests of core/platform/replace_*.c: old content or new, never a part, and nothing beside it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/platform/replace.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    char folder[64];
    char file[80];
    char message[REPLACE_MESSAGE_SIZE];
};

static int make_place(void **state)
{
    static struct place place;

    strcpy(place.folder, "/tmp/unit_replace.XXXXXX");
    if (!mkdtemp(place.folder))
        return -1;
    snprintf(place.file, sizeof(place.file), "%s/report", place.folder);
    *state = &place;
    return 0;
}

static int remove_place(void **state)
{
    struct place *place = *state;
    DIR *folder = opendir(place->folder);
    struct dirent *entry;

    while ((entry = readdir(folder)) != NULL)
        unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
    return rmdir(place->folder);
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_content(const char *path, const char *text)
{
    char content[64] = "";
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    content[fread(content, 1, sizeof(content) - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(content, text);
}

static unsigned files_in(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    unsigned count = 0;

    while ((entry = readdir(folder)) != NULL)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(folder);
    return count;
}

static void test_new(void **state)
{
    struct place *place = *state;
    struct replace *replace = replace_open(place->file, place->message);

    assert_non_null(replace);
    assert_true(replace_write(replace, "one ", 4, place->message));
    assert_int_equal(access(place->file, F_OK), -1);
    assert_true(replace_write(replace, "two", 3, place->message));
    assert_true(replace_commit(replace, place->message));
    assert_content(place->file, "one two");
    assert_int_equal(files_in(place->folder), 1);
}

static void test_old_stays_until_the_end(void **state)
{
    struct place *place = *state;
    struct replace *replace;
    struct stat after;

    put(place->file, "old");
    chmod(place->file, 0640);
    replace = replace_open(place->file, place->message);
    assert_non_null(replace);
    assert_true(replace_write(replace, "new", 3, place->message));
    assert_content(place->file, "old");
    assert_true(replace_commit(replace, place->message));
    assert_content(place->file, "new");
    assert_int_equal(stat(place->file, &after), 0);
    assert_int_equal(after.st_mode & 0777, 0640);
    assert_int_equal(files_in(place->folder), 1);
}

static void test_abandon(void **state)
{
    struct place *place = *state;
    struct replace *replace;

    put(place->file, "old");
    replace = replace_open(place->file, place->message);
    assert_non_null(replace);
    assert_true(replace_write(replace, "new", 3, place->message));
    replace_abandon(replace);
    assert_content(place->file, "old");
    assert_int_equal(files_in(place->folder), 1);
}

static void test_link_stays(void **state)
{
    struct place *place = *state;
    char link[96];
    struct replace *replace;
    struct stat status;

    put(place->file, "old");
    snprintf(link, sizeof(link), "%s/link", place->folder);
    assert_int_equal(symlink("report", link), 0);
    replace = replace_open(link, place->message);
    assert_non_null(replace);
    assert_true(replace_write(replace, "new", 3, place->message));
    assert_true(replace_commit(replace, place->message));
    assert_content(place->file, "new");
    assert_int_equal(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
}

static void test_failures(void **state)
{
    struct place *place = *state;
    char path[96];
    struct replace *replace;

    snprintf(path, sizeof(path), "%s/none/report", place->folder);
    assert_null(replace_open(path, place->message));
    assert_string_equal(place->message, "No such file or directory");
    assert_null(replace_open(place->folder, place->message));
    assert_string_equal(place->message, "Is a directory");
    replace = replace_open("/dev/full", place->message);
    assert_non_null(replace);
    assert_false(replace_write(replace, "x", 1, place->message));
    assert_string_equal(place->message, "No space left on device");
    replace_abandon(replace);
}

static void test_would_touch(void **state)
{
    struct place *place = *state;
    char path[96];

    put(place->file, "x");
    assert_true(replace_would_touch(place->file, place->file));
    assert_true(replace_would_touch(place->file, place->folder));
    snprintf(path, sizeof(path), "%s/new", place->folder);
    assert_true(replace_would_touch(path, place->folder));
    assert_false(replace_would_touch(path, place->file));
    snprintf(path, sizeof(path), "%s/./report", place->folder);
    assert_true(replace_would_touch(path, place->file));
    assert_false(replace_would_touch("/dev/null", "/"));
    assert_false(replace_would_touch("/tmp/other-report", place->folder));
    assert_true(replace_would_touch("/tmp/other-report", "/"));
    assert_false(replace_would_touch(place->file, "/no/such/evidence"));
    assert_false(replace_would_touch("/no/such/folder/report", place->folder));
}

static void test_would_touch_from_inside(void **state)
{
    struct place *place = *state;
    char before[512];

    assert_non_null(getcwd(before, sizeof(before)));
    assert_int_equal(chdir(place->folder), 0);
    assert_true(replace_would_touch("report", "."));
    assert_true(replace_would_touch("report", place->folder));
    assert_false(replace_would_touch("../report-of-unit-replace", "."));
    assert_int_equal(chdir(before), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_new, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_old_stays_until_the_end, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_abandon, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_link_stays, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_failures, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_would_touch, make_place, remove_place),
        cmocka_unit_test_setup_teardown(test_would_touch_from_inside, make_place, remove_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
