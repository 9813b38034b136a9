/* Tests of cli/queue.c: the pieces that arguments give, in their order.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/queue.h"

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

static void path_of(const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", folder, name);
}

static void write_file(const char *name, const char *text)
{
    char path[128];
    FILE *file;

    path_of(name, path);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int make_files(void **state)
{
    char path[128];

    (void)state;
    strcpy(folder, "/tmp/winver6003-queue-XXXXXX");
    assert_non_null(mkdtemp(folder));
    path_of("inside", path);
    assert_int_equal(mkdir(path, 0700), 0);
    path_of("nothing", path);
    assert_int_equal(mkdir(path, 0700), 0);
    write_file("inside/b", "evidence");
    write_file("inside/a", "evidence");
    path_of("inside/c", path);
    assert_int_equal(symlink("a", path), 0);
    write_file("inv.csv", "host,version\nA,6.0\nB,6.0\n");
    write_file("header.csv", "host,version\n");
    write_file("short.csv", "host,product\nA,x\n");
    write_file("evidence", "evidence");
    return 0;
}

static int remove_files(void **state)
{
    static const char *const names[] = {"inside/a", "inside/b",   "inside/c",  "inside",  "nothing",
                                        "inv.csv",  "header.csv", "short.csv", "evidence"};
    char path[128];

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        path_of(names[i], path);
        remove(path);
    }
    return rmdir(folder);
}

/* Each piece as a line: "rows 2", "path inside/a", "input evidence", "tell ...". */
static void list(const char *const *names, int n_names, char text[2048])
{
    static char paths[8][128];
    const char *arguments[8];
    struct queue *queue;
    struct piece piece;
    size_t at = 0;

    for (int i = 0; i < n_names; i++) {
        path_of(names[i], paths[i]);
        arguments[i] = paths[i];
    }
    queue = queue_new(arguments, n_names, 1000);
    piece_start(&piece);
    while (queue_next(queue, &piece)) {
        const char *what = piece.kind == PIECE_PATH    ? piece.path
                           : piece.kind == PIECE_INPUT ? piece.input.name
                                                       : piece.message;

        if (what)
            what += strncmp(what, folder, strlen(folder)) ? 0 : strlen(folder) + 1;
        switch (piece.kind) {
        case PIECE_ROWS:
            at += (size_t)sprintf(text + at, "rows from line %lu of %s\n", piece.block.line,
                                  piece.inventory_name + strlen(folder) + 1);
            break;
        case PIECE_PATH:
            at += (size_t)sprintf(text + at, "path %s\n", what);
            break;
        case PIECE_INPUT:
            at += (size_t)sprintf(text + at, "input %s\n", what);
            input_close(&piece.input);
            break;
        case PIECE_MESSAGE:
            at += (size_t)sprintf(text + at, "tell %s\n", what);
            break;
        case PIECE_NONE:
            fail();
        }
    }
    assert_false(queue_next(queue, &piece));
    piece_free(&piece);
    queue_free(queue);
}

static void test_order(void **state)
{
    const char *const names[] = {"evidence", "inv.csv", "inside", "inv.csv"};
    char text[2048];

    (void)state;
    list(names, 4, text);
    assert_string_equal(text, "input evidence\n"
                              "rows from line 2 of inv.csv\n"
                              "path inside/a\n"
                              "path inside/b\n"
                              "tell inside/c: a link, which is not followed; name what it leads "
                              "to instead\n"
                              "rows from line 2 of inv.csv\n");
}

static void test_what_gives_nothing(void **state)
{
    const char *const names[] = {"missing", "nothing", "header.csv", "short.csv"};
    char text[2048];

    (void)state;
    list(names, 4, text);
    assert_non_null(strstr(text, "tell missing: "));
    assert_non_null(strstr(text, "tell nothing: an empty folder\n"));
    assert_non_null(strstr(text, "tell header.csv: an inventory without a row\n"));
    assert_non_null(strstr(text, "tell short.csv: the header has no column \"version\""));
}

/* Left in the middle, as after a full disk. */
static void test_left_early(void **state)
{
    const char *arguments[1];
    char path[128];
    struct queue *queue;
    struct piece piece;

    (void)state;
    path_of("inv.csv", path);
    arguments[0] = path;
    queue = queue_new(arguments, 1, 10);
    piece_start(&piece);
    assert_true(queue_next(queue, &piece));
    piece_free(&piece);
    queue_free(queue);
    queue_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_what_gives_nothing),
        cmocka_unit_test(test_left_early),
    };

    return cmocka_run_group_tests(tests, make_files, remove_files);
}
