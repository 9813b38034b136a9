/* Tests of cli/ordered.c: results come in the order of the work, whoever finishes first.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/ordered.h"
#include "core/platform/threads.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define PIECES 3000
#define SLOTS  5

struct line {
    struct monitor *lock;
    struct ordered *ordered;
    unsigned next;
    unsigned numbers[SLOTS];
    /* Touched only in give(). */
    unsigned given[PIECES * 2];
    unsigned n_given;
    int inside;
};

static void give(void *data, unsigned slot)
{
    struct line *line = data;

    assert_int_equal(line->inside++, 0);
    line->given[line->n_given++] = line->numbers[slot];
    line->inside--;
}

/* Some pieces take much longer than others, some hand on what they have in between. */
static void work(void *data, unsigned index)
{
    struct line *line = data;

    (void)index;
    for (;;) {
        volatile unsigned idle = 0;
        unsigned slot, number;

        monitor_enter(line->lock);
        if (line->next == PIECES) {
            monitor_leave(line->lock);
            return;
        }
        slot = ordered_begin(line->ordered);
        number = line->next++;
        line->numbers[slot] = number;
        monitor_leave(line->lock);
        for (unsigned i = 0; i < number % 7 * 500; i++)
            idle++;
        if (number % 3 == 0)
            ordered_flush(line->ordered, slot);
        ordered_finish(line->ordered, slot);
    }
}

static void run(unsigned n_threads, unsigned n_slots)
{
    static struct line line;
    unsigned at = 0;

    line = (struct line){.lock = monitor_new()};
    line.ordered = ordered_new(n_slots, give, &line);
    threads_run(n_threads, work, &line);
    for (unsigned number = 0; number < PIECES; number++)
        for (unsigned i = 0; i < (number % 3 == 0 ? 2U : 1U); i++)
            assert_int_equal(line.given[at++], number);
    assert_int_equal(line.n_given, at);
    ordered_free(line.ordered);
    monitor_free(line.lock);
}

static void test_order(void **state)
{
    (void)state;
    run(1, 1);
    run(1, SLOTS);
    run(2, SLOTS);
    run(8, SLOTS);
    run(8, 1);
    ordered_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
