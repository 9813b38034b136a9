/* Tests of core/report/text.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/report/formats.h"
#include "sample_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_whole(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {0};
    struct sample sample;

    (void)state;
    sample_make(&sample, "SRV01");
    report_text.machine(sample.machine, &sample.assessment, &options, &out);
    assert_string_equal(
        strbuf_text(&out),
        "Version 6.0 (Build 6003: Service Pack 2)\n"
        "Conflict: Sources disagree, \"6002\" against 6003 | both stated.\n"
        "Better evidence: ntoskrnl.exe\n"
        "\n"
        "Machine   SRV01, Windows Server 2008 Standard\n"
        "\n"
        "Conflicts\n"
        "  Build: two builds\n"
        "    6003  tool       server.txt: OS Version, line 4\n"
        "    6002  registry   server.txt: CurrentBuild\n"
        "\n"
        "Findings\n"
        "  fail      One build (build-agrees)\n"
        "            What is so on this machine.\n"
        "  warn      Entitlement (esu, policy)\n"
        "            What is so on this machine.\n"
        "\n"
        "Level     at least April 2019\n"
        "Support   Support has ended.\n"
        "\n"
        "Plan\n"
        "   1. KB4493730: Install the servicing stack (2019-04-09)\n"
        "      It comes first.\n"
        "\n"
        "Beyond that\n"
        "   -  Isolate the server\n"
        "      No updates come.\n"
        "\n"
        "Evidence\n"
        "  server.txt: text, 1234 bytes\n"
        "    line 7: value cut\n");
    sample_free(&sample);
    strbuf_free(&out);
}

static void test_verbose(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {.verbose = true};
    struct sample sample;

    (void)state;
    sample_make(&sample, "SRV01");
    report_text.machine(sample.machine, &sample.assessment, &options, &out);
    assert_non_null(strstr(strbuf_text(&out), "  pass      Clean hive (hive-clean)\n"));
    assert_non_null(strstr(strbuf_text(&out), "not-recorded"));
    assert_non_null(strstr(strbuf_text(&out), "KB4493471 installed"));
    assert_non_null(strstr(strbuf_text(&out), "the list is cut\n"));
    sample_free(&sample);
    strbuf_free(&out);
}

/* Without colors there is no escape sequence, with them the words are the same. */
static void test_color(void **state)
{
    struct strbuf plain = STRBUF_EMPTY;
    struct strbuf color = STRBUF_EMPTY;
    struct report_options options = {0};
    struct sample sample;
    size_t kept = 0;

    (void)state;
    sample_make(&sample, "\x1b[2J");
    report_text.machine(sample.machine, &sample.assessment, &options, &plain);
    assert_null(strchr(strbuf_text(&plain), '\x1b'));
    options.color = true;
    report_text.machine(sample.machine, &sample.assessment, &options, &color);
    assert_non_null(strstr(strbuf_text(&color), "\x1b[1;31mConflict\x1b[0m:"));
    for (size_t at = 0; at < color.length; at++) {
        if (color.text[at] == '\x1b') {
            while (color.text[at] != 'm')
                at++;
            continue;
        }
        color.text[kept++] = color.text[at];
    }
    color.text[kept] = '\0';
    assert_string_equal(strbuf_text(&color), strbuf_text(&plain));
    sample_free(&sample);
    strbuf_free(&plain);
    strbuf_free(&color);
}

static void test_several(void **state)
{
    static const char first[] = "=== SRV01 (server.txt) ===\nVersion 6.0 ";
    static const char second[] = "\n=== SRV01 (server.txt) ===\nVersion 6.0 ";
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {.number = 1};
    struct sample sample;

    (void)state;
    sample_make(&sample, "SRV01");
    report_text.machine(sample.machine, &sample.assessment, &options, &out);
    assert_memory_equal(strbuf_text(&out), first, strlen(first));
    strbuf_clear(&out);
    options.number = 2;
    report_text.machine(sample.machine, &sample.assessment, &options, &out);
    assert_memory_equal(strbuf_text(&out), second, strlen(second));
    sample_free(&sample);
    strbuf_free(&out);
}

static void test_without_build(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {0};
    struct sample sample;

    (void)state;
    sample_make(&sample, "SRV01");
    sample.assessment.display = NULL;
    sample.assessment.state = STATE_UNKNOWN;
    sample.assessment.headline = "Nothing states a build.";
    report_text.machine(sample.machine, &sample.assessment, &options, &out);
    assert_memory_equal(strbuf_text(&out), "Unknown: Nothing states a build.\n", 33);
    sample_free(&sample);
    strbuf_free(&out);
}

static void test_width(void **state)
{
    struct strbuf out = STRBUF_EMPTY;
    struct report_options options = {.width = 40, .verbose = true};
    struct sample sample;
    size_t at = 0;

    (void)state;
    sample_make(&sample, "SRV01");
    sample.assessment.headline = "A sentence that is a good deal longer than forty columns are.";
    report_text.machine(sample.machine, &sample.assessment, &options, &out);
    /* The prose; the columns of facts are wider. */
    while (at < out.length && strncmp(out.text + at, "\nFacts", 6) != 0) {
        size_t length = strcspn(out.text + at + 1, "\n");

        assert_in_range(length, 0, 40);
        at += length + 1;
    }
    sample_free(&sample);
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_verbose),
        cmocka_unit_test(test_color),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_without_build),
        cmocka_unit_test(test_width),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
