/* Tests of cli/explain.c: what is printed comes from the tables, all of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/explain.h"
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void test_rules(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    unsigned lines = 0;

    (void)state;
    explain_rules(&out);
    for (const char *at = strbuf_text(&out); *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, n_rules);
    for (size_t i = 0; i < n_rules; i++) {
        assert_non_null(strstr(strbuf_text(&out), rules[i].id));
        assert_non_null(strstr(strbuf_text(&out), rules[i].title));
    }
    strbuf_free(&out);
}

static void test_each_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_rules; i++) {
        const char *parts[] = {rules[i].id,     rules[i].title,  rules[i].good, rules[i].bad,
                               rules[i].absent, rules[i].remedy, rules[i].source};
        struct strbuf out = STRBUF_EMPTY;

        assert_int_equal(explain_rule(rules[i].id, 0, &out), 0);
        for (size_t j = 0; j < sizeof(parts) / sizeof(parts[0]); j++) {
            if (!parts[j] || !strstr(strbuf_text(&out), parts[j]))
                fail_msg("rule %s, part %u", rules[i].id, (unsigned)j);
        }
        strbuf_free(&out);
    }
}

static void test_knowledge(void **state)
{
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    assert_int_equal(explain_knowledge(NULL, &out), 0);
    assert_non_null(strstr(strbuf_text(&out), "releases\t"));
    for (size_t i = 0; knowledge_table_name(i); i++) {
        strbuf_clear(&out);
        assert_int_equal(explain_knowledge(knowledge_table_name(i), &out), 0);
        assert_non_null(strchr(strbuf_text(&out), '\t'));
    }
    strbuf_free(&out);
}

static void test_unknown(void **state)
{
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    assert_int_equal(explain_rule("no-such-rule", 0, &out), EXIT_USAGE);
    assert_int_equal(explain_rule("", 0, &out), EXIT_USAGE);
    assert_int_equal(explain_knowledge("no-such-table", &out), EXIT_USAGE);
    assert_int_equal(out.length, 0);
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_each_rule),
        cmocka_unit_test(test_knowledge),
        cmocka_unit_test(test_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
