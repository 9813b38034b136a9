/* Tests of core/json_pick.c: members by their paths.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/json_pick.h"

#include "core/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *pick(struct arena *arena, const char *prefix, const char *path, const char *text)
{
    const char *value;

    json_pick(text, strlen(text), prefix, &path, 1, arena, &value);
    return value ? value : "(none)";
}

static void test_paths(void **state)
{
    static const struct {
        const char *text, *path, *value;
    } rows[] = {
        {"{\"a\": \"x\"}", "a", "x"},
        {"{\"a\": 12}", "a", "12"},
        {"{\"a\": -1.5e3}", "a", "-1.5e3"},
        {"{\"a\": true, \"b\": false}", "b", "false"},
        {"{\"a\": null}", "a", "(none)"},
        {"{\"a\": \"x\", \"a\": \"y\"}", "a", "x"},
        {"{\"a\": {\"b\": {\"c\": \"x\"}}}", "a.b.c", "x"},
        {"{\"a.b.c\": \"x\"}", "a.b.c", "x"},
        {"{\"a\": {\"b\": 1}, \"b\": 2}", "b", "2"},
        {"{\"a\": {\"b\": 1}, \"c\": {\"b\": 2}}", "c.b", "2"},
        /* Not in arrays, not the object itself */
        {"{\"a\": [{\"b\": 1}], \"c\": 3}", "a.b", "(none)"},
        {"{\"a\": [{\"b\": 1}], \"c\": 3}", "c", "3"},
        {"[{\"a\": 1}]", "a", "(none)"},
        {"{\"a\": {\"b\": 1}}", "a", "(none)"},
        {"\"a\"", "a", "(none)"},
        {"", "a", "(none)"},
        /* Damage behind it does no harm */
        {"{\"a\": 1, \"b\"", "a", "1"},
        {"{\"a\": 1, \"b\"", "b", "(none)"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_string_equal(pick(arena, NULL, rows[i].path, rows[i].text), rows[i].value);
    arena_free(arena);
}

static void test_prefix(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(pick(arena, "x_", "a", "{\"x_a\": 1}"), "1");
    assert_string_equal(pick(arena, "x_", "a", "{\"a\": 2}"), "2");
    assert_string_equal(pick(arena, "x_", "a.b", "{\"x_a\": {\"b\": 3}}"), "3");
    assert_string_equal(pick(arena, "x_", "a.b", "{\"a\": {\"x_b\": 3}}"), "(none)");
    assert_string_equal(pick(arena, "x_", "", "{\"x_\": 3}"), "(none)");
    arena_free(arena);
}

/* Names and values longer than any that count, and objects in objects. */
static void test_long(void **state)
{
    struct arena *arena = arena_new();
    char *text = malloc(LIMIT_VALUE_BYTES * 3);
    size_t at = 0;

    (void)state;
    assert_non_null(text);
    for (int i = 0; i < 40; i++)
        at += (size_t)sprintf(text + at, "{\"aaaaaaaaaaaaaaaaaaaa\":");
    at += (size_t)sprintf(text + at, "1");
    memset(text + at, '}', 39);
    at += 39;
    sprintf(text + at, ", \"b\": 2}");
    assert_string_equal(pick(arena, NULL, "b", text), "2");

    sprintf(text, "{\"%0*d\": 1, \"b\": \"%0*d\"}", 300, 0, LIMIT_VALUE_BYTES + 10, 0);
    assert_int_equal(strlen(pick(arena, NULL, "b", text)), LIMIT_VALUE_BYTES);
    free(text);
    arena_free(arena);
}

static bool note(void *data, const char *key, struct json_span member)
{
    char *out = data;

    sprintf(out + strlen(out), "%s=%.*s;", key, (int)member.length, member.text);
    return strcmp(key, "stop") != 0;
}

static const char *each(const char *text, char out[256])
{
    out[0] = '\0';
    return json_each(text, strlen(text), note, out);
}

static void test_each(void **state)
{
    char out[256];

    (void)state;
    assert_null(each("{\"a\": 1, \"b\" : {\"c\": [2]}, \"d\": [3]}", out));
    assert_string_equal(out, "a=1;b={\"c\": [2]};d=[3];");
    assert_null(each("[{\"a\": 1}, [2]]", out));
    assert_string_equal(out, "={\"a\": 1};=[2];");
    assert_null(each("{\"a\": 1, \"stop\": 2, \"b\": 3}", out));
    assert_string_equal(out, "a=1;stop=2;");
    assert_null(each("{}", out));
    assert_string_equal(out, "");
    /* The damaged one comes last, as far as it is right. */
    assert_non_null(each("{\"a\": {\"b\": 1}, \"c\": {\"d\": 2, ]}}", out));
    assert_non_null(strstr(out, "a={\"b\": 1};c={\"d\": 2, "));
    assert_non_null(each("", out));
    assert_string_equal(out, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_prefix),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
