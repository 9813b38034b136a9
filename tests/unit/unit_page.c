/* Tests of core/report/page.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/report/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_columns(void **state)
{
    (void)state;
    assert_int_equal(page_columns(""), 0);
    assert_int_equal(page_columns("abc"), 3);
    assert_int_equal(page_columns("\xC2\xAE"), 1);
    assert_int_equal(page_columns("\xE7\xAE\xA1\xE7\x90\x86"), 4); /* two ideographs */
    assert_int_equal(page_columns("e\xCC\x81"), 1);                /* combining accent */
    assert_int_equal(page_columns("\xFF"), 1);
}

static void test_wrap(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct page page = {.out = &out, .width = 30};

    (void)state;
    page.indent = 6;
    page_words(&page, "Level");
    page_tab(&page, 6);
    page_words(&page, "at least April 2019 by the lab string and "
                      "a-word-longer-than-the-whole-line x");
    page_line(&page);
    assert_string_equal(strbuf_text(&out), "Level at least April 2019 by\n"
                                           "      the lab string and\n"
                                           "      a-word-longer-than-the-whole-line\n"
                                           "      x\n");
    strbuf_free(&out);
}

static void test_no_width(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct page page = {.out = &out};

    (void)state;
    for (int i = 0; i < 100; i++)
        page_words(&page, "word");
    assert_null(strchr(strbuf_text(&out), '\n'));
    assert_int_equal(out.length, 400);
    strbuf_free(&out);
}

static void test_filter(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct page page = {.out = &out, .color = true};

    (void)state;
    page_word(&page, "\x1b[31m\xE2\x80\xAE\r\xC2\x9B" "a\xFF\n", PAGE_PLAIN);
    assert_string_equal(strbuf_text(&out), " [31m   a\xEF\xBF\xBD ");
    strbuf_clear(&out);
    page_word(&page, "fail", PAGE_RED);
    assert_string_equal(strbuf_text(&out), "\x1b[1;31mfail\x1b[0m");
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_no_width),
        cmocka_unit_test(test_filter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
