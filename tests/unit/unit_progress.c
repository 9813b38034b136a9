/* Tests of cli/progress.c: a line that is drawn when it changes and leaves nothing behind.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* What run writes to the error channel. */
static size_t capture(void (*run)(void), char *text, size_t size)
{
    FILE *file = tmpfile();
    int errors = dup(STDERR_FILENO);
    size_t length;

    assert_non_null(file);
    fflush(stderr);
    dup2(fileno(file), STDERR_FILENO);
    run();
    fflush(stderr);
    dup2(errors, STDERR_FILENO);
    close(errors);
    rewind(file);
    length = fread(text, 1, size - 1, file);
    text[length] = '\0';
    fclose(file);
    return length;
}

static void draw_some(void)
{
    struct progress progress = {.shown = true};

    progress_draw(&progress, 10, 1);
    progress_draw(&progress, 20, 1);
    progress_draw(&progress, 20, 2);
    progress_draw(&progress, 20020, 2);
    progress_erase(&progress);
    progress_erase(&progress);
    progress_draw(&progress, 20021, -1);
    progress_erase(&progress);
}

static void draw_none(void)
{
    struct progress progress = {0};

    progress_draw(&progress, 10, 1);
    progress_erase(&progress);
}

static void test_draw(void **state)
{
    char text[1000];

    (void)state;
    capture(draw_some, text, sizeof(text));
    assert_string_equal(text, "\r10 machines, 1%\r20 machines, 2%\r20020 machines, 2%"
                              "\r                  \r"
                              "\r20021 machines\r              \r");
    assert_int_equal(capture(draw_none, text, sizeof(text)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_draw)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
