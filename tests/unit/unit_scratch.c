/* Tests of core/platform/scratch_posix.c: the private folder goes away.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/platform/scratch.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void fill(const struct scratch *scratch)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof(path), "%s/folder", scratch_path(scratch));
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof(path), "%s/folder/file", scratch_path(scratch));
    file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    snprintf(path, sizeof(path), "%s/link", scratch_path(scratch));
    assert_int_equal(symlink("/", path), 0);
}

static void test_goes_away(void **state)
{
    struct scratch *scratch = scratch_open();
    char path[512], inner[600];
    struct stat status;

    (void)state;
    assert_non_null(scratch);
    snprintf(path, sizeof(path), "%s", scratch_path(scratch));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    fill(scratch);
    scratch_clear(scratch);
    snprintf(inner, sizeof(inner), "%s/folder", path);
    assert_int_not_equal(lstat(inner, &status), 0);
    assert_int_equal(stat(path, &status), 0);
    fill(scratch);
    scratch_close(scratch);
    assert_int_not_equal(stat(path, &status), 0);
    assert_int_equal(stat("/", &status), 0);
    scratch_close(NULL);
}

/* A signal ends the program as it would have, after the folders are gone. */
static void test_signal(void **state)
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};

    (void)state;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        char path[512] = "";
        struct stat status;
        int pipes[2], end;
        pid_t child;

        assert_int_equal(pipe(pipes), 0);
        child = fork();
        if (child == 0) {
            struct scratch *scratch = scratch_open();

            fill(scratch);
            if (write(pipes[1], scratch_path(scratch), strlen(scratch_path(scratch))) < 0)
                _exit(1);
            raise(numbers[i]);
            _exit(2);
        }
        close(pipes[1]);
        assert_true(read(pipes[0], path, sizeof(path) - 1) > 0);
        close(pipes[0]);
        assert_int_equal(waitpid(child, &end, 0), child);
        assert_true(WIFSIGNALED(end));
        assert_int_equal(WTERMSIG(end), numbers[i]);
        assert_int_not_equal(stat(path, &status), 0);
    }
}

static volatile sig_atomic_t seen;

static void note(int number)
{
    seen = number;
}

/* Who had something to do before still does it, with and without a folder. */
static void test_handler_of_others(void **state)
{
    struct sigaction action = {.sa_handler = note}, now;
    struct scratch *scratch;

    (void)state;
    sigaction(SIGHUP, &action, NULL);
    scratch = scratch_open();
    scratch_close(scratch);
    sigaction(SIGHUP, NULL, &now);
    assert_true(now.sa_handler == note);
    raise(SIGHUP);
    assert_int_equal(seen, SIGHUP);
    signal(SIGHUP, SIG_DFL);
}

static void test_no_place(void **state)
{
    (void)state;
    setenv("TMPDIR", "/no/such/folder", 1);
    assert_null(scratch_open());
    unsetenv("TMPDIR");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_goes_away),
        cmocka_unit_test(test_signal),
        cmocka_unit_test(test_handler_of_others),
        cmocka_unit_test(test_no_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
