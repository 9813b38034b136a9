/* Tests of cli/options.c and of the suggestions in cli/message.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/message.h"
#include "cli/options.h"
#include "core/live/live.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MOST 12

static struct arena *arena;
static struct options options;

/* Parses words, up to NULL, behind the program's name. */
static int parse(const char *const words[])
{
    char *argv[MOST + 2] = {(char *)"winver6003"};
    int argc = 1;

    for (; words[argc - 1]; argc++)
        argv[argc] = (char *)words[argc - 1];
    arena_reset(arena);
    return options_parse(&options, arena, argc, argv);
}

#define PARSE(...) parse((const char *const[MOST]){__VA_ARGS__})

static void test_defaults(void **state)
{
    (void)state;
    assert_int_equal(PARSE("server.txt"), 0);
    assert_int_equal(options.action, ACTION_JUDGE);
    assert_int_equal(options.n_arguments, 1);
    assert_string_equal(options.arguments[0], "server.txt");
    assert_string_equal(options.format->name, "text");
    assert_null(options.output);
    assert_int_equal(options.color, COLOR_AUTO);
    assert_int_equal(options.policy.esu, ESU_AFTER_2020_01);
    assert_true(options.as_of > day_from_ymd(2020, 1, 1));
    assert_false(options.together || options.batch || options.quiet || options.verbose ||
                 options.strict || options.redact || options.digest);
}

static void test_all(void **state)
{
    (void)state;
    assert_int_equal(PARSE("a", "--format=json", "-o", "/tmp/out.json", "--together", "-qv", "b",
                           "--as-of", "2019-04-09", "--color=never"), 0);
    assert_int_equal(options.n_arguments, 2);
    assert_string_equal(options.arguments[1], "b");
    assert_string_equal(options.format->name, "json");
    assert_string_equal(options.output, "/tmp/out.json");
    assert_true(options.together && options.quiet && options.verbose);
    assert_int_equal(options.as_of, day_from_ymd(2019, 4, 9));
    assert_int_equal(options.color, COLOR_NEVER);

    assert_int_equal(PARSE("--strict", "--redact", "--digest", "--batch", "--jobs", "3",
                           "-o/tmp/x", "--", "-odd"), 0);
    assert_true(options.strict && options.redact && options.digest && options.batch);
    assert_int_equal(options.jobs, 3);
    assert_string_equal(options.output, "/tmp/x");
    assert_string_equal(options.arguments[0], "-odd");

    assert_int_equal(PARSE("-", "-o", "-"), 0);
    assert_string_equal(options.arguments[0], "-");
    assert_null(options.output);
}

static void test_questions(void **state)
{
    (void)state;
    assert_int_equal(PARSE("--knowledge"), 0);
    assert_int_equal(options.action, ACTION_KNOWLEDGE);
    assert_null(options.topic);
    assert_int_equal(PARSE("--knowledge", "releases"), 0);
    assert_string_equal(options.topic, "releases");
    assert_int_equal(PARSE("--knowledge", "-o", "/tmp/x"), 0);
    assert_null(options.topic);
    assert_int_equal(PARSE("--explain", "esu"), 0);
    assert_int_equal(options.action, ACTION_EXPLAIN);
    assert_string_equal(options.topic, "esu");
    assert_int_equal(PARSE("--rules", "--help"), 0);
    assert_int_equal(options.action, ACTION_HELP);
    assert_int_equal(PARSE("--version"), 0);
    assert_int_equal(options.action, ACTION_VERSION);
    assert_int_equal(PARSE("--rules", "server.txt"), EXIT_USAGE);
}

/* Each mistake names the thing, and the way out. */
struct mistake {
    const char *words[MOST];
    int code;
    const char *thing, *way_out;
};

static void assert_mistake(const struct mistake *mistake)
{
    assert_int_equal(parse(mistake->words), mistake->code);
    assert_non_null(options.error);
    if (!strstr(options.error, mistake->thing) || !strstr(options.error, mistake->way_out) ||
        strchr(options.error, '\n'))
        fail_msg("%s: %s", mistake->words[0], options.error);
}

static void test_mistakes(void **state)
{
    static const struct mistake examples[] = {
        {{"--fromat", "json", "a"}, 64, "'--fromat'", "'--format'"},
        {{"--strct", "a"}, 64, "'--strct'", "'--strict'"},
        {{"--nothing-like-it", "a"}, 64, "'--nothing-like-it'", "--help"},
        {{"-x", "a"}, 64, "'-x'", "--help"},
        {{"--format"}, 64, "--format needs a value", "FORMAT"},
        {{"-o"}, 64, "--output needs a value", "FILE"},
        {{"--format", "xml", "a"}, 64, "'xml'", "nagios"},
        {{"--format=jsn", "a"}, 64, "'jsn'", "'json'"},
        {{"--quiet=yes", "a"}, 64, "--quiet takes no value", "'yes'"},
        {{"--as-of", "2019-13-01", "a"}, 64, "'2019-13-01'", "YYYY-MM-DD"},
        {{"--as-of", "", "a"}, 64, "''", "YYYY-MM-DD"},
        {{"--color", "red", "a"}, 64, "'red'", "always"},
        {{"--jobs", "0", "--batch", "a"}, 64, "'0'", "256"},
        {{"--jobs", "2", "a"}, 64, "--jobs", "--batch"},
        {{"--together", "--batch", "a"}, 64, "--together", "leave one"},
        {{"-", "-"}, 64, "-", "only once"},
        {{"a", ""}, 64, "empty", "evidence"},
        {{"--output=", "a"}, 64, "empty", "path"},
        {{"--policy", "/no/such/policy", "a"}, 66, "/no/such/policy", "policy"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
        assert_mistake(&examples[i]);
}

/* Windows has none of these files, and without evidence is evidence itself. */
static void test_mistakes_elsewhere(void **state)
{
    static const struct mistake examples[] = {
        {{"--strict"}, 64, "no evidence", "standard input"},
        {{"--policy", "/dev/null", "a"}, 66, "/dev/null", "device"},
        {{"/tmp", "-o", "/tmp/report.txt"}, 64, "'/tmp/report.txt'", "another place"},
    };

    (void)state;
    if (live_is_possible())
        skip();
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
        assert_mistake(&examples[i]);
}

static void test_format_is_known_after_a_mistake(void **state)
{
    (void)state;
    assert_int_equal(PARSE("--no-such", "--format", "nagios", "a"), EXIT_USAGE);
    assert_string_equal(options.format->name, "nagios");
    assert_non_null(strstr(options.error, "--no-such"));
}

static void test_suggestion(void **state)
{
    static const struct {
        const char *wanted, *nearest;
    } examples[] = {
        {"fromat", "format"},    {"verbos", "verbose"}, {"ver", "verbose"}, {"colour", "color"},
        {"xyzzy", NULL},         {"", NULL},            {"v", NULL},
        {"a-word-of-more-than-thirty-two-letters", NULL},
    };
    static const char *const names[] = {"format", "verbose", "version", "color"};

    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        struct suggestion suggestion = {.wanted = examples[i].wanted};

        for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++)
            suggestion_offer(&suggestion, names[j]);
        if (examples[i].nearest)
            assert_string_equal(suggestion.nearest, examples[i].nearest);
        else
            assert_null(suggestion.nearest);
    }
}

static int make(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int clear(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_all),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_mistakes_elsewhere),
        cmocka_unit_test(test_format_is_known_after_a_mistake),
        cmocka_unit_test(test_suggestion),
    };

    return cmocka_run_group_tests(tests, make, clear);
}
