/* Tests of core/platform/mapping_posix.c, and of what core/input.c makes of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/input.h"
#include "core/limits.h"
#include "core/platform/mapping.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define PAGES 32
#define PAGE  4096

struct mapped {
    const uint8_t *bytes;
    unsigned sum, reached;
};

static void touch(void *data)
{
    struct mapped *mapped = data;

    for (unsigned i = 0; i < PAGES; i++) {
        mapped->sum += ((const volatile uint8_t *)mapped->bytes)[i * PAGE];
        mapped->reached = i + 1;
    }
}

static void touch_twice(void *data)
{
    struct mapped *mapped = data;

    assert_false(mapping_guarded(touch, mapped));
    assert_true(mapped->reached < PAGES);
    mapped->reached = 1000;
    touch(mapped);
}

static FILE *make_file(void)
{
    FILE *file = tmpfile();

    assert_non_null(file);
    for (unsigned i = 0; i < PAGES * PAGE; i++)
        fputc(1, file);
    assert_int_equal(fflush(file), 0);
    return file;
}

static void shrinking_ends_the_work(void **state)
{
    FILE *file = make_file();
    struct mapped mapped = {mapping_open(fileno(file), PAGES * PAGE), 0, 0};

    (void)state;
    assert_non_null(mapped.bytes);
    assert_true(mapping_guarded(touch, &mapped));
    assert_int_equal(mapped.sum, PAGES);
    assert_int_equal(ftruncate(fileno(file), PAGE * 5), 0);
    mapped.reached = 0;
    assert_false(mapping_guarded(touch, &mapped));
    assert_int_equal(mapped.reached, 5);
    /* Inside each other, and again. */
    assert_false(mapping_guarded(touch_twice, &mapped));
    assert_int_equal(mapped.reached, 5);
    mapping_close(mapped.bytes, PAGES * PAGE);
    mapping_close(NULL, 0);
    fclose(file);
}

static void nothing_cannot_be_mapped(void **state)
{
    FILE *file = tmpfile();

    (void)state;
    assert_null(mapping_open(fileno(file), 0));
    assert_null(mapping_open(-1, PAGE));
    fclose(file);
}

static void inputs_are_reached_anywhere(void **state)
{
    char path[] = "/tmp/winver6003-unit-XXXXXX", message[256];
    int fd = mkstemp(path);
    uint8_t *bytes = malloc(LIMIT_HEAD_BYTES * 2), got[16];
    struct input input;
    size_t size = 0;

    (void)state;
    for (size_t i = 0; i < LIMIT_HEAD_BYTES * 2; i++)
        bytes[i] = (uint8_t)(i * 7 / 3);
    assert_int_equal(write(fd, bytes, LIMIT_HEAD_BYTES * 2), LIMIT_HEAD_BYTES * 2);
    close(fd);
    assert_int_equal(input_open(&input, path, message, sizeof(message)), INPUT_OK);
    assert_true(input_hold(&input, 100)); /* of a file nothing is held */
    /* Over the end of the head, at the end of the file, beyond it. */
    assert_int_equal(input_read_at(&input, LIMIT_HEAD_BYTES - 8, got, 16), 16);
    assert_memory_equal(got, bytes + LIMIT_HEAD_BYTES - 8, 16);
    assert_int_equal(input_read_at(&input, LIMIT_HEAD_BYTES * 2 - 4, got, 16), 4);
    assert_int_equal(input_read_at(&input, LIMIT_HEAD_BYTES * 2, got, 16), 0);
    assert_int_equal(input_read_at(&input, -1, got, 16), 0);
    assert_memory_equal(input_bytes(&input, &size), bytes, LIMIT_HEAD_BYTES * 2);
    assert_int_equal(size, LIMIT_HEAD_BYTES * 2);
    /* And forward as ever. */
    assert_int_equal(input_read(&input, got, 16), 16);
    assert_memory_equal(got, bytes, 16);
    input_close(&input);

    input_from_memory(&input, "memory", bytes, LIMIT_HEAD_BYTES * 2);
    assert_true(input_hold(&input, 100));
    assert_ptr_equal(input_bytes(&input, &size), bytes);
    assert_int_equal(size, LIMIT_HEAD_BYTES * 2);
    input_close(&input);
    free(bytes);
    unlink(path);
}

static void streams_are_held(void **state)
{
    enum { BYTES = LIMIT_HEAD_BYTES * 3 + 5 };
    int ends[2], kept = dup(STDIN_FILENO);
    char message[256];
    struct input input;
    uint8_t byte = 0;
    size_t size = 0;

    (void)state;
    for (int too_long = 0; too_long < 2; too_long++) {
        assert_int_equal(pipe(ends), 0);
        if (fork() == 0) {
            close(ends[0]); /* so that the writing ends when the reader goes */
            for (int i = 0; i < BYTES; i++)
                if (write(ends[1], i == BYTES - 1 ? "b" : "a", 1) != 1)
                    _exit(0);
            _exit(0);
        }
        close(ends[1]);
        dup2(ends[0], STDIN_FILENO);
        assert_int_equal(input_open(&input, "-", message, sizeof(message)), INPUT_OK);
        assert_int_equal(input_hold(&input, too_long ? LIMIT_HEAD_BYTES * 2 : BYTES * 2),
                         !too_long);
        if (!too_long) {
            assert_int_equal(input.size, BYTES);
            assert_non_null(input_bytes(&input, &size));
            assert_int_equal(size, BYTES);
            assert_int_equal(input_read_at(&input, BYTES - 1, &byte, 1), 1);
            assert_int_equal(byte, 'b');
        }
        input_close(&input);
        close(ends[0]);
        dup2(kept, STDIN_FILENO);
    }
    close(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shrinking_ends_the_work),
        cmocka_unit_test(nothing_cannot_be_mapped),
        cmocka_unit_test(inputs_are_reached_anywhere),
        cmocka_unit_test(streams_are_held),
    };

    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
