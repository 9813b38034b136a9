/* Tests of core/report/json_write.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/report/json_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *written(struct strbuf *out, const char *value)
{
    struct json_writer json = JSON_WRITER(out, false);

    strbuf_clear(out);
    json_write_string(&json, NULL, value);
    return strbuf_text(out);
}

static void test_strings(void **state)
{
    static const struct {
        const char *value, *json;
    } examples[] = {
        {"", "\"\""},
        {"plain", "\"plain\""},
        {"a\"b\\c/d", "\"a\\\"b\\\\c/d\""},
        {"\n\r\t\x01\x1f", "\"\\n\\r\\t\\u0001\\u001f\""},
        {"\x7f", "\"\\u007f\""},
        {"\xC2\x85", "\"\\u0085\""},                     /* NEL ends a line for some */
        {"\xE2\x80\xA8\xE2\x80\xA9", "\"\\u2028\\u2029\""}, /* as do these */
        {"\xE2\x80\xAE", "\"\\u202e\""},                 /* turns the direction */
        {"\xC2\xAE\xE2\x84\xA2", "\"\xC2\xAE\xE2\x84\xA2\""},
        {"\xF0\x9F\x98\x80", "\"\xF0\x9F\x98\x80\""},
        {"a\xFFz", "\"a\xEF\xBF\xBDz\""},
        {"\xC0\xAF", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},    /* overlong */
        {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""}, /* surrogate */
        {"cut\xE2\x84", "\"cut\xEF\xBF\xBD\xEF\xBF\xBD\""},
    };
    struct strbuf out = STRBUF_EMPTY;

    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
        assert_string_equal(written(&out, examples[i].value), examples[i].json);
    assert_string_equal(written(&out, NULL), "null");
    strbuf_free(&out);
}

static void write_all(struct json_writer *json)
{
    json_write_object(json, NULL);
    json_write_integer(json, "low", INT64_MIN);
    json_write_integer(json, "zero", 0);
    json_write_integer(json, "high", INT64_MAX);
    json_write_boolean(json, "yes", true);
    json_write_null(json, "none");
    json_write_array(json, "empty");
    json_write_array_end(json);
    json_write_array(json, "list");
    json_write_string(json, NULL, "a");
    json_write_object(json, NULL);
    json_write_object_end(json);
    json_write_array_end(json);
    json_write_boolean(json, "last", false);
    json_write_object_end(json);
}

static void test_shapes(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct json_writer flat = JSON_WRITER(&out, false);
    struct json_writer pretty = JSON_WRITER(&out, true);

    (void)state;
    write_all(&flat);
    assert_string_equal(strbuf_text(&out),
                        "{\"low\":-9223372036854775808,\"zero\":0,\"high\":9223372036854775807,"
                        "\"yes\":true,\"none\":null,\"empty\":[],\"list\":[\"a\",{}],"
                        "\"last\":false}");
    strbuf_clear(&out);
    write_all(&pretty);
    assert_string_equal(strbuf_text(&out), "{\n"
                                           "  \"low\": -9223372036854775808,\n"
                                           "  \"zero\": 0,\n"
                                           "  \"high\": 9223372036854775807,\n"
                                           "  \"yes\": true,\n"
                                           "  \"none\": null,\n"
                                           "  \"empty\": [],\n"
                                           "  \"list\": [\n"
                                           "    \"a\",\n"
                                           "    {}\n"
                                           "  ],\n"
                                           "  \"last\": false\n"
                                           "}");
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_shapes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
