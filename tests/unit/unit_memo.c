/* Tests of cli/memo.c: what was kept comes back around the row's own, and nothing else does.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/memo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define LENGTH_TEXT "600397310036"

static bool keep(struct memo *memo, const char *key, const char *report, int tag)
{
    return memo_keep(memo, key, strlen(key), report, strlen(report), tag);
}

static bool written(const struct memo *memo, const char *key, const struct memo_own *own,
                    struct strbuf *out, int *tag)
{
    strbuf_clear(out);
    return memo_write(memo, key, strlen(key), own, out, tag);
}

static void test_stand_ins(void **state)
{
    const struct memo_own short_own = {"A", 1, 2, 33};
    const struct memo_own long_own = {"a-very.long_host-name-of-some-forty-letters", 43,
                                      4000000000UL, 65535};
    struct memo *memo = memo_new(100000);
    struct strbuf out = STRBUF_EMPTY;
    char length[32];
    int tag = 0;

    (void)state;
    snprintf(length, sizeof(length), "%lu%06lu", (unsigned long)(MEMO_LENGTH / 1000000),
             (unsigned long)(MEMO_LENGTH % 1000000));
    assert_string_equal(length, LENGTH_TEXT);
    assert_false(written(memo, "key", &short_own, &out, &tag));
    assert_true(keep(memo, "key", MEMO_HOST ",at " MEMO_LINE "," LENGTH_TEXT "!" MEMO_HOST, 4));
    assert_true(keep(memo, "other", "nothing of its own", 1));
    assert_true(keep(memo, "", "", 2));
    assert_true(written(memo, "key", &short_own, &out, &tag));
    assert_string_equal(strbuf_text(&out), "A,at 2,33!A");
    assert_int_equal(tag, 4);
    assert_true(written(memo, "key", &long_own, &out, &tag));
    assert_string_equal(strbuf_text(&out), "a-very.long_host-name-of-some-forty-letters,"
                                           "at 4000000000,65535!"
                                           "a-very.long_host-name-of-some-forty-letters");
    assert_true(written(memo, "other", &long_own, &out, &tag));
    assert_string_equal(strbuf_text(&out), "nothing of its own");
    assert_true(written(memo, "", &short_own, &out, &tag));
    assert_string_equal(strbuf_text(&out), "");
    assert_int_equal(tag, 2);
    assert_false(written(memo, "ke", &short_own, &out, &tag));
    assert_false(written(memo, "key ", &short_own, &out, &tag));
    memo_forget(memo);
    assert_false(written(memo, "key", &short_own, &out, &tag));
    strbuf_free(&out);
    memo_free(memo);
    memo_free(NULL);
}

/* Text is added behind what is there, and keys hold any byte. */
static void test_any_bytes(void **state)
{
    static const char key[] = "a\0b\n\xff";
    struct memo *memo = memo_new(10000);
    struct strbuf out = STRBUF_EMPTY;
    int tag;

    (void)state;
    assert_true(memo_keep(memo, key, sizeof(key) - 1, MEMO_HOST "\n", 13, 0));
    strbuf_adds(&out, "before ");
    assert_true(
        memo_write(memo, key, sizeof(key) - 1, &(struct memo_own){"H", 1, 1, 1}, &out, &tag));
    assert_string_equal(strbuf_text(&out), "before H\n");
    assert_false(memo_write(memo, "a\0c\n\xff", 5, &(struct memo_own){"H", 1, 1, 1}, &out, &tag));
    strbuf_free(&out);
    memo_free(memo);
}

static void test_not_kept(void **state)
{
    struct memo *memo = memo_new(10000);
    struct strbuf report = STRBUF_EMPTY;

    (void)state;
    assert_false(keep(memo, "a " MEMO_HOST, "x", 0));
    assert_false(keep(memo, MEMO_LINE, "x", 0));
    assert_false(keep(memo, "1" LENGTH_TEXT "1", "x", 0));
    for (int i = 0; i < 65; i++)
        strbuf_adds(&report, MEMO_HOST);
    assert_false(keep(memo, "too many", strbuf_text(&report), 0));
    for (int i = 0; i < 1000; i++)
        strbuf_adds(&report, "0123456789");
    assert_false(keep(memo, "too large", strbuf_text(&report), 0));
    strbuf_free(&report);
    memo_free(memo);
}

/* More than it has room for: it forgets, and what it has is right at all times. */
static void test_bounded(void **state)
{
    struct memo *memo = memo_new(20000);
    struct strbuf out = STRBUF_EMPTY;
    unsigned found = 0;
    int tag;

    (void)state;
    for (int i = 0; i < 30000; i++) {
        char key[16], report[64], expected[64];

        snprintf(key, sizeof(key), "%d", i % 10007);
        snprintf(report, sizeof(report), "%d of " MEMO_HOST, i % 10007);
        snprintf(expected, sizeof(expected), "%d of H", i % 10007);
        if (!written(memo, key, &(struct memo_own){"H", 1, 1, 1}, &out, &tag)) {
            assert_true(keep(memo, key, report, i % 5));
            assert_true(written(memo, key, &(struct memo_own){"H", 1, 1, 1}, &out, &tag));
        } else {
            found++;
        }
        assert_string_equal(strbuf_text(&out), expected);
        if (i % 3 == 0) {
            assert_true(written(memo, key, &(struct memo_own){"H", 1, 1, 1}, &out, &tag));
            found++;
        }
    }
    assert_true(found >= 10000);
    strbuf_free(&out);
    memo_free(memo);
}

static void test_plain(void **state)
{
    char long_name[257];

    (void)state;
    assert_true(memo_plain("SRV-01.example_org", 18));
    assert_true(memo_plain("7", 1));
    assert_false(memo_plain("", 0));
    assert_false(memo_plain("-a", 2));
    assert_false(memo_plain("a b", 3));
    assert_false(memo_plain("a\"b", 3));
    assert_false(memo_plain("a\0b", 3));
    assert_false(memo_plain("\xc3\xa9", 2));
    assert_false(memo_plain("=a", 2));
    assert_false(memo_plain("a\\b", 3));
    memset(long_name, 'a', sizeof(long_name));
    assert_true(memo_plain(long_name, 255));
    assert_false(memo_plain(long_name, 256));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stand_ins), cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_not_kept),  cmocka_unit_test(test_bounded),
        cmocka_unit_test(test_plain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
