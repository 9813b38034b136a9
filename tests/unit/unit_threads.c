/* Tests of core/platform/threads.h: everybody runs, one is inside at a time, waiters wake.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/platform/threads.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define THREADS 8
#define ROUNDS  2000

struct shared {
    struct monitor *monitor;
    unsigned long count;
    unsigned turn;
    unsigned ran[THREADS];
    unsigned n_threads;
};

static void add(void *data, unsigned index)
{
    struct shared *shared = data;

    for (int i = 0; i < ROUNDS; i++) {
        monitor_enter(shared->monitor);
        shared->count++;
        monitor_leave(shared->monitor);
    }
    shared->ran[index]++;
}

static void test_one_inside(void **state)
{
    struct shared shared = {.monitor = monitor_new()};

    (void)state;
    threads_run(THREADS, add, &shared);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(shared.ran[i], 1);
    assert_int_equal(shared.count, (unsigned long)THREADS * ROUNDS);
    monitor_free(shared.monitor);
}

/* Each waits for its turn, so that a wake that is lost hangs the test. */
static void take_turns(void *data, unsigned index)
{
    struct shared *shared = data;

    for (int i = 0; i < ROUNDS / 10; i++) {
        monitor_enter(shared->monitor);
        while (shared->turn != index)
            monitor_wait(shared->monitor);
        shared->count++;
        shared->turn = (index + 1) % shared->n_threads;
        monitor_wake_all(shared->monitor);
        monitor_leave(shared->monitor);
    }
}

static void test_turns(void **state)
{
    struct shared shared = {.monitor = monitor_new(), .n_threads = 4};

    (void)state;
    threads_run(4, take_turns, &shared);
    assert_int_equal(shared.count, 4 * (ROUNDS / 10));
    monitor_free(shared.monitor);
}

static void test_one_thread(void **state)
{
    struct shared shared = {.monitor = monitor_new()};

    (void)state;
    threads_run(1, add, &shared);
    assert_int_equal(shared.ran[0], 1);
    assert_int_equal(shared.ran[1], 0);
    monitor_free(shared.monitor);
    monitor_free(NULL);
    assert_true(threads_cores() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_inside),
        cmocka_unit_test(test_turns),
        cmocka_unit_test(test_one_thread),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
