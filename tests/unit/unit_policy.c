/* Policies: read whole or refused with the line and the way out.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/judge/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void a_policy_is_read(void **state)
{
    struct arena *arena = arena_new();
    const char *text = "\xef\xbb\xbf# site policy\r\n[policy]\r\n esu = strict \r\n"
                       "minimum-level=2020-01\n; comment\nfail-on = revision-agrees, hive-clean\n";
    struct policy policy;
    const char *error;

    (void)state;
    assert_true(policy_parse(&policy, arena, text, strlen(text), &error));
    assert_null(error);
    assert_int_equal(policy.esu, ESU_STRICT);
    assert_string_equal(policy.minimum_level->id, "2020-01");
    assert_string_equal(policy.fail_on[0], "revision-agrees");
    assert_string_equal(policy.fail_on[1], "hive-clean");
    assert_null(policy.fail_on[2]);
    assert_false(policy.fail_on_all);

    assert_true(policy_parse(&policy, arena, "[policy]\nfail-on=*", 18, &error));
    assert_true(policy.fail_on_all);
    assert_true(policy_parse(&policy, arena, "", 0, &error));
    assert_int_equal(policy.esu, ESU_AFTER_2020_01);
    arena_free(arena);
}

static void what_is_not_understood_is_an_error(void **state)
{
    static const char *const rows[][2] = {
        {"[policy]\nesuu = strict", "line 2: unknown key 'esuu'; known keys are"},
        {"[policy]\nesu = loose", "line 2: esu is 'loose'"},
        {"[policies]", "line 1: unknown section '[policies]'"},
        {"esu = strict", "line 1: 'esu' stands before [policy]"},
        {"[policy]\n\nstrict", "line 3: 'strict' is not KEY = VALUE"},
        {"[policy]\nminimum-level = 2019-13", "line 2: minimum-level is '2019-13'"},
        {"[policy]\nfail-on = esu, nosuch", "line 2: fail-on names 'nosuch'"},
        {"[policy]\nesu=strict\nesu=strict", "line 3: 'esu' is set twice"},
        {"[policy]\nesu=", "line 2: 'esu' has no value"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct policy policy;
        const char *error = NULL;

        assert_false(policy_parse(&policy, arena, rows[i][0], strlen(rows[i][0]), &error));
        assert_non_null(error);
        if (strncmp(error, rows[i][1], strlen(rows[i][1])) != 0)
            fail_msg("'%s' does not begin with '%s'", error, rows[i][1]);
    }
    arena_free(arena);
}

static void names_go_both_ways(void **state)
{
    (void)state;
    for (int i = 0; i < ESU_POLICY_COUNT; i++)
        assert_int_equal(esu_policy_from_name(esu_policy_name((enum esu_policy)i)), i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_policy_is_read),
        cmocka_unit_test(what_is_not_understood_is_an_error),
        cmocka_unit_test(names_go_both_ways),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
