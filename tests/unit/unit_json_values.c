/* Tests of core/json_values.c: where the JSON values of a text begin and end.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/json_values.h"

#include "core/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* "line:before:text" of each value, "!" behind one without end, a bar between them. */
static char *all_of(const void *bytes, size_t size)
{
    static char out[4096];
    struct json_values *values;
    struct json_value value;
    struct input input;
    size_t length = 0;

    input_from_memory(&input, "test", bytes, size);
    values = json_values_open(&input);
    out[0] = '\0';
    while (json_values_next(values, &value)) {
        assert_int_equal(strlen(value.text), value.length);
        length +=
            (size_t)snprintf(out + length, sizeof(out) - length, "%s%lu:%s:%s%s", length ? "|" : "",
                             value.line, value.before, value.text, value.cut ? "!" : "");
    }
    json_values_close(values);
    return out;
}

static void test_values(void **state)
{
    static const struct {
        const char *text, *values;
    } rows[] = {
        {"", ""},
        {"no value here", ""},
        {"{}", "1::{}"},
        {"{\"a\": \"}\"}", "1::{\"a\": \"}\"}"},
        {"{\"a\": \"\\\"}\\\\\"}", "1::{\"a\": \"\\\"}\\\\\"}"},
        {"{\"a\": [{}]}\n[1]\n", "1::{\"a\": [{}]}|2::[1]"},
        {"{}{}", "1::{}|1::{}"},
        {"{\n}\n{\n}\n", "1::{\n}|3::{\n}"},
        /* What Ansible prints */
        {"web1 | SUCCESS => {\n}\nweb2 | SUCCESS => {}",
         "1:web1 | SUCCESS =>:{\n}|3:web2 | SUCCESS =>:{}"},
        /* A bracket in other text is no value */
        {"see [1] and {2}\n{}", "2::{}"},
        /* Cut off: at the end, in a text, in a line of many */
        {"{\"a\": 1", "1::{\"a\": 1!"},
        {"{\"a\": \"b\n{}", "1::{\"a\": \"b\n!|2::{}"},
        {"{\"a\": 1,\n{\"b\": 2}\n", "1::{\"a\": 1,\n!|2::{\"b\": 2}"},
        /* A list or an object with its members on lines of their own is whole */
        {"[\n{},\n{}\n]", "1::[\n{},\n{}\n]"},
        {"{\n\"a\": [\n{}\n]}", "1::{\n\"a\": [\n{}\n]}"},
        {"}{}", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_string_equal(all_of(rows[i].text, strlen(rows[i].text)), rows[i].values);
}

static void test_encodings(void **state)
{
    (void)state;
    assert_string_equal(all_of("\xef\xbb\xbf{}", 5), "1::{}");
    assert_string_equal(all_of("\xff\xfe{\0}\0\r\0\n\0{\0}\0", 14), "1::{}|2::{}");
}

/* Longer than one piece of the input, and than the limit. */
static void test_long(void **state)
{
    size_t size = LIMIT_JSON_BYTES + 16;
    char *text = malloc(size + 3);
    struct json_values *values;
    struct json_value value;
    struct input input;

    (void)state;
    assert_non_null(text);
    memset(text, ' ', size);
    text[0] = '[';
    text[100000] = ']';
    text[100001] = '[';
    text[size - 1] = ']';
    memcpy(text + size, "{}", 3);
    input_from_memory(&input, "test", text, size + 2);
    values = json_values_open(&input);
    assert_true(json_values_next(values, &value));
    assert_int_equal(value.length, 100001);
    assert_null(value.cut);
    assert_true(json_values_next(values, &value));
    assert_null(value.cut);
    assert_true(json_values_next(values, &value));
    assert_string_equal(value.text, "{}");
    json_values_close(values);

    memset(text, ' ', size);
    text[0] = '[';
    text[size - 1] = ']';
    memcpy(text + size, "{}", 3);
    input_from_memory(&input, "test", text, size + 2);
    values = json_values_open(&input);
    assert_true(json_values_next(values, &value));
    assert_non_null(strstr(value.cut, "longer"));
    assert_true(value.length <= LIMIT_JSON_BYTES);
    assert_true(json_values_next(values, &value));
    assert_string_equal(value.text, "{}");
    assert_false(json_values_next(values, &value));
    json_values_close(values);
    free(text);
}

static bool probe(const char *text, size_t size)
{
    static const char *const marks[] = {"\"mark\"", NULL};
    struct input input;

    input_from_memory(&input, "test", text, size);
    return json_values_probe(&input, marks);
}

static void test_probe(void **state)
{
    (void)state;
    assert_true(probe("{\"mark\": 1}", 11));
    assert_true(probe("  [ {\"a\": 1}, {\"mark\": 1}]", 26));
    assert_true(probe("h | SUCCESS => {\"mark\": 1}", 26));
    assert_true(probe("\xff\xfe{\0\"\0m\0a\0r\0k\0\"\0", 16));
    assert_false(probe("", 0));
    assert_false(probe("{\"marks\": 1}", 12));
    assert_false(probe("\"mark\" {", 8));
    assert_false(probe("text \"mark\"", 11));
    assert_false(probe("\0\0\0{\"mark\"", 10));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_probe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
