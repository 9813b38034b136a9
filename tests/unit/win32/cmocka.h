/* What the unit tests use of cmocka, for Windows: Debian has no cmocka for mingw-w64.
 *
 * The same macros and the same meaning, written anew and in one file. A failed assertion prints
 * where it stands and leaves its test by a long jump. Output is TAP, so that meson counts each test.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEST_CMOCKA_H
#define WINVER6003_TEST_CMOCKA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef int (*CMFixtureFunction)(void **state);

struct CMUnitTest {
    const char *name;
    void (*test_func)(void **state);
    CMFixtureFunction setup_func, teardown_func;
    void *initial_state;
};

/* Where the running test is left to, and why. */
enum cm_end { CM_FAILED = 1, CM_SKIPPED };
static void *cm_left[5] __attribute__((unused));
static enum cm_end cm_why __attribute__((unused));

#define LargestIntegralType uintmax_t

__attribute__((format(ms_printf, 1, 2), unused)) static void print_message(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vprintf(format, args);
    va_end(args);
}

__attribute__((format(ms_printf, 1, 2), unused)) static void print_error(const char *format, ...)
{
    va_list args;

    /* Standard output is TAP. */
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
}

__attribute__((noreturn, unused)) static void cm_leave(enum cm_end end, const char *file, int line)
{
    if (end == CM_FAILED)
        print_error("%s:%d: error: failure\n", file, line);
    cm_why = end;
    __builtin_longjmp(cm_left, 1);
}

#define fail() cm_leave(CM_FAILED, __FILE__, __LINE__)
#define skip() cm_leave(CM_SKIPPED, __FILE__, __LINE__)
#define fail_msg(...)                                                                              \
    do {                                                                                           \
        print_error("ERROR: " __VA_ARGS__);                                                        \
        print_error("\n");                                                                         \
        fail();                                                                                    \
    } while (0)

__attribute__((unused)) static void _assert_true(uintmax_t result, const char *expression,
                                                 const char *file, int line)
{
    if (result)
        return;
    print_error("%s\n", expression);
    cm_leave(CM_FAILED, file, line);
}

static inline void cm_integers(uintmax_t a, uintmax_t b, bool equal, const char *file, int line)
{
    if ((a == b) == equal)
        return;
    print_error("%I64d %s %I64d\n", (int64_t)a, equal ? "!=" : "==", (int64_t)b);
    cm_leave(CM_FAILED, file, line);
}

static inline void cm_strings(const char *a, const char *b, bool equal, const char *file, int line)
{
    if ((strcmp(a, b) == 0) == equal)
        return;
    print_error("\"%s\" %s \"%s\"\n", a, equal ? "!=" : "==", b);
    cm_leave(CM_FAILED, file, line);
}

static inline void cm_bytes(const void *a, const void *b, size_t size, bool equal, const char *file,
                            int line)
{
    const unsigned char *left = a;
    const unsigned char *right = b;
    size_t at = 0;

    while (at < size && left[at] == right[at])
        at++;
    if ((at == size) == equal)
        return;
    if (equal)
        print_error("byte %lu: 0x%02x != 0x%02x\n", (unsigned long)at, left[at], right[at]);
    else
        print_error("%lu bytes are the same\n", (unsigned long)size);
    cm_leave(CM_FAILED, file, line);
}

static inline void cm_range(uintmax_t value, uintmax_t low, uintmax_t high, const char *file,
                            int line)
{
    if (value >= low && value <= high)
        return;
    print_error("%I64d is not within %I64d-%I64d\n", (int64_t)value, (int64_t)low, (int64_t)high);
    cm_leave(CM_FAILED, file, line);
}

/* Integers are compared as cmocka does: as the widest ones, after their own promotions. */
#define cm_wide(value) ((uintmax_t)(value))
#define assert_true(c) _assert_true((c) ? 1 : 0, #c, __FILE__, __LINE__)
#define assert_false(c) _assert_true((c) ? 0 : 1, "!(" #c ")", __FILE__, __LINE__)
#define assert_null(p) _assert_true((p) == NULL, #p " is NULL", __FILE__, __LINE__)
#define assert_non_null(p) _assert_true((p) != NULL, #p " is not NULL", __FILE__, __LINE__)
#define assert_int_equal(a, b) cm_integers(cm_wide(a), cm_wide(b), true, __FILE__, __LINE__)
#define assert_int_not_equal(a, b) cm_integers(cm_wide(a), cm_wide(b), false, __FILE__, __LINE__)
#define assert_ptr_equal(a, b)                                                                     \
    cm_integers((uintptr_t)(a), (uintptr_t)(b), true, __FILE__, __LINE__)
#define assert_ptr_not_equal(a, b)                                                                 \
    cm_integers((uintptr_t)(a), (uintptr_t)(b), false, __FILE__, __LINE__)
#define assert_string_equal(a, b) cm_strings((a), (b), true, __FILE__, __LINE__)
#define assert_string_not_equal(a, b) cm_strings((a), (b), false, __FILE__, __LINE__)
#define assert_memory_equal(a, b, size) cm_bytes((a), (b), (size), true, __FILE__, __LINE__)
#define assert_memory_not_equal(a, b, size) cm_bytes((a), (b), (size), false, __FILE__, __LINE__)
#define assert_in_range(value, low, high)                                                          \
    cm_range(cm_wide(value), cm_wide(low), cm_wide(high), __FILE__, __LINE__)

/* clang-format off */
#define cmocka_unit_test(f) {#f, f, NULL, NULL, NULL}
#define cmocka_unit_test_setup(f, setup) {#f, f, setup, NULL, NULL}
#define cmocka_unit_test_teardown(f, teardown) {#f, f, NULL, teardown, NULL}
#define cmocka_unit_test_setup_teardown(f, setup, teardown) {#f, f, setup, teardown, NULL}
#define cmocka_unit_test_prestate(f, state) {#f, f, NULL, NULL, state}
/* clang-format on */

/* 0 when the test came to its end. A function of its own, as the compiler's own setjmp() wants: that
 * of the system would want unwind tables. */
__attribute__((noinline, unused)) static int cm_call(const struct CMUnitTest *test, void **state)
{
    if (__builtin_setjmp(cm_left))
        return (int)cm_why;
    test->test_func(state);
    return 0;
}

/* One test with its setup and teardown: "ok", "not ok" or a skipped "ok". */
static inline bool cm_run(const struct CMUnitTest *test, unsigned number, void *state)
{
    void *own = test->initial_state ? test->initial_state : state;
    int end = CM_FAILED;

    if (test->setup_func && test->setup_func(&own) != 0)
        print_error("%s: its setup failed\n", test->name);
    else
        end = cm_call(test, &own);
    if (test->teardown_func && test->teardown_func(&own) != 0)
        end = CM_FAILED;
    printf("%sok %u - %s%s\n", end == CM_FAILED ? "not " : "", number, test->name,
           end == CM_SKIPPED ? " # SKIP" : "");
    fflush(stdout);
    return end != CM_FAILED;
}

static inline int cm_run_group(const struct CMUnitTest *tests, size_t n, CMFixtureFunction setup,
                               CMFixtureFunction teardown)
{
    void *state = NULL;
    int n_failed = 0;

    printf("1..%u\n", (unsigned)n);
    if (setup && setup(&state) != 0) {
        printf("Bail out! the setup of the group failed\n");
        return (int)n;
    }
    for (size_t i = 0; i < n; i++)
        n_failed += !cm_run(&tests[i], (unsigned)i + 1, state);
    if (teardown && teardown(&state) != 0) {
        print_error("the teardown of the group failed\n");
        n_failed++;
    }
    return n_failed;
}

#define cmocka_run_group_tests(tests, setup, teardown)                                             \
    cm_run_group((tests), sizeof(tests) / sizeof((tests)[0]), (setup), (teardown))

#endif
