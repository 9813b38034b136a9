/* Registry exports as files: which are taken, and what is told of damage.
 *
 * SPDX-License-Identifier: MIT
 */
#include "registry.h"

#include "core/strbuf.h"

#define HEAD "Windows Registry Editor Version 5.00\r\n\r\n"
#define KEY "[" CURRENT_VERSION "]\r\n"

/* text in UTF-16, with a byte order mark, little-endian or big. */
static size_t to_utf16(const char *text, bool big, unsigned char *out)
{
    size_t n = 0;

    for (const char *mark = big ? "\xfe\xff" : "\xff\xfe"; n < 2; n++)
        out[n] = (unsigned char)mark[n];
    for (; *text; text++) {
        out[n++] = big ? 0 : (unsigned char)*text;
        out[n++] = big ? (unsigned char)*text : 0;
    }
    return n;
}

static void reads_every_encoding(void **state)
{
    static const char text[] = HEAD KEY "\"CurrentBuild\"=\"6003\"\r\n\"UBR\"=dword:00005a28\r\n";
    unsigned char wide[sizeof(text) * 2 + 4];
    bool probed;

    (void)state;
    for (int i = 0; i < 4; i++) {
        size_t size = i < 2 ? to_utf16(text, i == 1, wide) : sizeof(text) - 1;
        struct shown shown;

        if (i >= 2)
            memcpy(wide, i == 2 ? text : "REGEDIT4\r\n", i == 2 ? size : 10);
        if (i == 3) {
            memcpy(wide + 10, text + strlen(HEAD), size - strlen(HEAD));
            size = size - strlen(HEAD) + 10;
        }
        shown = read_reg_bytes(wide, size, &probed);
        assert_true(probed);
        assert_true(shown.scan.statements);
        assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->number, 6003);
        assert_int_equal(shown_fact(&shown, FIELD_REVISION, 0)->number, 23080);
        assert_int_equal(shown_count(&shown, FIELD_ENCODING), 1);
        shown_free(&shown);
    }
}

static void refuses_other_text(void **state)
{
    static const char *const texts[] = {
        "",
        "REGEDIT",
        "CurrentBuild REG_SZ 6003",
        "About: Windows Registry Editor Version 5.00",
        "\xff\xfe",
    };
    bool probed;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct shown shown = read_reg_bytes(texts[i], strlen(texts[i]), &probed);

        assert_false(probed);
        assert_int_equal(shown.scan.statements, 0);
        assert_int_equal(shown.machine->facts.count, 0);
        shown_free(&shown);
    }
}

static void finds_nothing_in_other_keys(void **state)
{
    struct shown shown = read_reg(HEAD "[" CURRENT_VERSION "\\Fonts]\r\n"
                                       "\"CurrentBuild\"=\"6003\"\r\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 0);
    assert_int_equal(shown.machine->facts.count, 0);
    shown_free(&shown);
}

static void tells_damage_and_goes_on(void **state)
{
    struct shown shown = read_reg(HEAD KEY "\"CurrentBuild\"=6003\r\n"
                                           "\"CurrentBuildNumber\"=\"6003\"\r\n"
                                           "\"ProductName\"=\"Windows Ser");

    (void)state;
    assert_int_equal(shown_count(&shown, FIELD_BUILD), 1);
    assert_int_equal(shown.machine->evidence[0].n_problems, 2);
    assert_string_equal(shown.machine->evidence[0].problems[0],
                        "line 4: a value of no known form");
    assert_non_null(strstr(shown.machine->evidence[0].problems[1], "ends inside"));
    shown_free(&shown);
}

static void knows_a_script(void **state)
{
    struct shown shown = read_reg(HEAD "[-HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\r\n" KEY
                                       "\"CurrentBuild\"=\"6003\"\r\n\"UBR\"=-\r\n");

    (void)state;
    assert_int_equal(shown.machine->evidence[0].n_problems, 1);
    assert_non_null(strstr(shown.machine->evidence[0].problems[0], "script"));
    assert_int_equal(shown_fact(&shown, FIELD_REVISION, 0)->status, FACT_ABSENT);
    shown_free(&shown);
}

static void tells_only_of_texts_that_they_were_cut(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct shown shown;

    (void)state;
    strbuf_adds(&text, HEAD KEY "\"CurrentBuild\"=\"6003\"\r\n\"DigitalProductId\"=hex:00");
    for (int i = 0; i < LIMIT_VALUE_BYTES + 10; i++)
        strbuf_adds(&text, i % 25 ? ",00" : ",\\\r\n  00");
    strbuf_adds(&text, "\r\n\"RegisteredOwner\"=\"");
    for (int i = 0; i < LIMIT_VALUE_BYTES + 10; i++)
        strbuf_addc(&text, 'x');
    strbuf_adds(&text, "\"\r\n");
    shown = read_reg(strbuf_text(&text));
    assert_int_equal(shown.machine->evidence[0].n_problems, 1);
    assert_int_equal(strlen(shown_value(&shown, FIELD_OWNER)), LIMIT_VALUE_BYTES);
    shown_free(&shown);
    strbuf_free(&text);
}

static void knows_wines_own_files(void **state)
{
    struct shown shown = read_reg("WINE REGISTRY Version 2\n;; All keys relative to \\\\Machine\n\n"
                                  "[Software\\\\Microsoft\\\\Windows NT\\\\CurrentVersion] 12\n"
                                  "\"CurrentBuild\"=\"6003\"\n");

    (void)state;
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->number, 6003);
    assert_int_equal(shown_count(&shown, FIELD_IMITATION), 1);
    shown_free(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_encoding),
        cmocka_unit_test(refuses_other_text),
        cmocka_unit_test(finds_nothing_in_other_keys),
        cmocka_unit_test(tells_damage_and_goes_on),
        cmocka_unit_test(knows_a_script),
        cmocka_unit_test(tells_only_of_texts_that_they_were_cut),
        cmocka_unit_test(knows_wines_own_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
