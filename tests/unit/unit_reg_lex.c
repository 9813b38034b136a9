/* The syntax of .reg files, line by line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "registry.h"

#include "core/readers/reg_lex.h"

static struct reg_lexer lexer;

static void start(enum reg_dialect dialect)
{
    struct text_line key = {.text = "[HKEY_LOCAL_MACHINE\\X]", .length = 22};

    reg_lex_start(&lexer, dialect);
    assert_int_equal(reg_lex_line(&lexer, &key), REG_KEY);
    assert_string_equal(lexer.key, "HKEY_LOCAL_MACHINE\\X");
    lexer.wanted = true;
}

static enum reg_event next(const char *text)
{
    struct text_line line = {.text = text, .length = strlen(text)};

    return reg_lex_line(&lexer, &line);
}

static void assert_value(const char *name, enum registry_type type, const char *data, size_t size)
{
    assert_string_equal(lexer.name, name);
    assert_int_equal(lexer.type, type);
    assert_int_equal(lexer.size, size);
    assert_memory_equal(lexer.data, data, size);
    assert_false(lexer.cut);
}

static void knows_the_dialects(void **state)
{
    (void)state;
    assert_int_equal(reg_dialect_of("REGEDIT4"), REG_REGEDIT4);
    assert_int_equal(reg_dialect_of("\xef\xbb\xbf\xef\xbb\xbf Windows Registry Editor "
                                    "Version 5.00 "), REG_VERSION_5);
    assert_int_equal(reg_dialect_of("WINE REGISTRY Version 2"), REG_WINE);
    assert_int_equal(reg_dialect_of("REGEDIT45"), REG_NOT_ONE);
    assert_int_equal(reg_dialect_of("REGEDIT"), REG_NOT_ONE);
    assert_int_equal(reg_dialect_of("The REGEDIT4 format"), REG_NOT_ONE);
    assert_int_equal(reg_dialect_of(""), REG_NOT_ONE);
}

static void reads_values(void **state)
{
    (void)state;
    start(REG_VERSION_5);
    assert_int_equal(next("\"CurrentBuild\"=\"6003\""), REG_VALUE);
    assert_value("CurrentBuild", REGISTRY_SZ, "6003", 4);
    assert_int_equal(next("\"a \\\"b\\\\c\"=\"C:\\\\Windows \\\"x\\\"\" ; remark"), REG_VALUE);
    assert_value("a \"b\\c", REGISTRY_SZ, "C:\\Windows \"x\"", 14);
    assert_int_equal(next("@=\"\""), REG_VALUE);
    assert_value("", REGISTRY_SZ, "", 0);
    assert_int_equal(next("\"UBR\"=dword:00005a28"), REG_VALUE);
    assert_value("UBR", REGISTRY_DWORD, "\x28\x5a\0\0", 4);
    assert_int_equal(next("\"b\"=hex:01,ff,0A"), REG_VALUE);
    assert_value("b", REGISTRY_BINARY, "\x01\xff\x0a", 3);
    assert_int_equal(next("\"e\"=hex(2):25,00,e4,00,00,00"), REG_VALUE);
    assert_value("e", REGISTRY_EXPAND_SZ, "%\xc3\xa4", 4);
    assert_int_equal(next("\"m\"=hex(7):41,00,00,00,42,00,00,00,00,00"), REG_VALUE);
    assert_value("m", REGISTRY_MULTI_SZ, "A\0B\0", 5);
    assert_int_equal(next("\"q\"=hex(b):01,00,00,00,00,00,00,00"), REG_VALUE);
    assert_value("q", REGISTRY_QWORD, "\x01\0\0\0\0\0\0", 8);
    assert_int_equal(next("\"n\"=hex(0):"), REG_VALUE);
    assert_value("n", REGISTRY_NONE, "", 0);
    assert_int_equal(next("\"gone\"=-"), REG_DELETED_VALUE);
    assert_string_equal(lexer.name, "gone");
}

static void reads_8_bit_strings_of_regedit4(void **state)
{
    (void)state;
    start(REG_REGEDIT4);
    assert_int_equal(next("\"e\"=hex(2):25,53,00"), REG_VALUE);
    assert_value("e", REGISTRY_EXPAND_SZ, "%S", 3);
}

static void joins_lines(void **state)
{
    (void)state;
    start(REG_VERSION_5);
    assert_int_equal(next("\"b\"=hex:00,01,\\"), REG_NOTHING);
    assert_int_equal(next("  02,03,\\"), REG_NOTHING);
    assert_int_equal(next("; a remark between"), REG_NOTHING);
    assert_int_equal(next("  04"), REG_VALUE);
    assert_value("b", REGISTRY_BINARY, "\0\1\2\3\4", 5);
    assert_int_equal(next("\"t\"=\"one"), REG_NOTHING);
    assert_int_equal(next("[two]"), REG_NOTHING);
    assert_int_equal(next(""), REG_NOTHING);
    assert_int_equal(next("three\""), REG_VALUE);
    assert_value("t", REGISTRY_SZ, "one\n[two]\n\nthree", 16);
}

static void passes_over_what_nobody_wants(void **state)
{
    (void)state;
    start(REG_VERSION_5);
    lexer.wanted = false;
    assert_int_equal(next("\"a\"=\"x"), REG_NOTHING);
    assert_int_equal(next("[HKEY_LOCAL_MACHINE is not a key here"), REG_NOTHING);
    assert_int_equal(next("\\\\\""), REG_NOTHING);
    assert_int_equal(next("\"b\"=hex:00,\\"), REG_NOTHING);
    assert_int_equal(next("  01"), REG_NOTHING);
    assert_int_equal(next("rubbish"), REG_NOTHING);
    assert_int_equal(next("\"no equals\""), REG_NOTHING);
    assert_int_equal(next("[HKEY_LOCAL_MACHINE\\Y]"), REG_KEY);
    assert_string_equal(lexer.key, "HKEY_LOCAL_MACHINE\\Y");
}

static void reads_keys(void **state)
{
    (void)state;
    reg_lex_start(&lexer, REG_VERSION_5);
    assert_int_equal(next("  [HKEY_LOCAL_MACHINE\\A[1]b]  ; remark"), REG_KEY);
    assert_string_equal(lexer.key, "HKEY_LOCAL_MACHINE\\A[1]b");
    assert_int_equal(next("[-HKEY_LOCAL_MACHINE\\A]"), REG_DELETED_KEY);
    assert_string_equal(lexer.key, "HKEY_LOCAL_MACHINE\\A");
    assert_int_equal(next("[HKEY_LOCAL_MACHINE\\A"), REG_BAD);
    assert_int_equal(next("["), REG_BAD);
    assert_int_equal(next("[]"), REG_KEY);
    assert_string_equal(lexer.key, "");
}

static void tells_damage(void **state)
{
    static const char *const lines[] = {
        "\"a",           "\"a\"",          "\"a\"=",      "\"a\"=6003",      "\"a\"=dword:",
        "\"a\"=dword:xy", "\"a\"=dword:123456789", "\"a\"=hex(:00", "\"a\"=hex(2:00",
        "\"a\"=hex:zz",  "\"a\"=\"b\" c",  "rubbish",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        start(REG_VERSION_5);
        if (next(lines[i]) != REG_BAD)
            fail_msg("not told: %s", lines[i]);
        assert_non_null(lexer.what);
        /* And the next line is read again. */
        assert_int_equal(next("\"b\"=\"c\""), REG_VALUE);
    }
}

static void finds_its_way_back(void **state)
{
    (void)state;
    start(REG_VERSION_5);
    assert_int_equal(next("\"a\"=\"never closed"), REG_NOTHING);
    assert_int_equal(next("\\\""), REG_NOTHING);
    assert_int_equal(next("[HKEY_LOCAL_MACHINE\\Y]"), REG_KEY);
    assert_non_null(lexer.what);
    start(REG_VERSION_5);
    assert_int_equal(next("\"a\"=hex:00,\\"), REG_NOTHING);
    assert_int_equal(next("[HKEY_LOCAL_MACHINE\\Y]"), REG_KEY);
    assert_non_null(lexer.what);
    start(REG_VERSION_5);
    assert_int_equal(next("\"a\"=\"cut"), REG_NOTHING);
    assert_int_equal(reg_lex_end(&lexer), REG_BAD);
    start(REG_VERSION_5);
    assert_int_equal(reg_lex_end(&lexer), REG_NOTHING);
}

static void cuts_long_values(void **state)
{
    static char text[LIMIT_VALUE_BYTES + 100];
    struct text_line line = {.text = "\"a\"=\"of a line that was cut", .cut = true};

    (void)state;
    start(REG_VERSION_5);
    memset(text, 'x', sizeof(text) - 1);
    memcpy(text, "\"a\"=\"", 5);
    text[sizeof(text) - 2] = '"';
    assert_int_equal(next(text), REG_VALUE);
    assert_true(lexer.cut);
    assert_int_equal(lexer.size, LIMIT_VALUE_BYTES);
    assert_int_equal(next("\"b\"=\"c\""), REG_VALUE);
    assert_false(lexer.cut);
    line.length = strlen(line.text);
    assert_int_equal(reg_lex_line(&lexer, &line), REG_VALUE);
    assert_true(lexer.cut);
    assert_int_equal(next("\"b\"=\"c\""), REG_VALUE);
}

static void reads_wines_own_files(void **state)
{
    (void)state;
    reg_lex_start(&lexer, REG_WINE);
    assert_int_equal(next("#arch=win64"), REG_NOTHING);
    assert_int_equal(next("[Software\\\\Microsoft\\\\Windows NT\\\\CurrentVersion] 1273299354"),
                     REG_KEY);
    assert_string_equal(lexer.key, "Software\\Microsoft\\Windows NT\\CurrentVersion");
    lexer.wanted = true;
    assert_int_equal(next("#time=1caee7d4a0d6e0c"), REG_NOTHING);
    assert_int_equal(next("\"a\"=str(2):\"x\\x00e4y\""), REG_VALUE);
    assert_value("a", REGISTRY_EXPAND_SZ, "x\xc3\xa4y", 4);
    assert_int_equal(next("\"m\"=str(7):\"A\\0B\\0\""), REG_VALUE);
    assert_value("m", REGISTRY_MULTI_SZ, "A\0B", 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_dialects),
        cmocka_unit_test(reads_values),
        cmocka_unit_test(reads_8_bit_strings_of_regedit4),
        cmocka_unit_test(joins_lines),
        cmocka_unit_test(passes_over_what_nobody_wants),
        cmocka_unit_test(reads_keys),
        cmocka_unit_test(tells_damage),
        cmocka_unit_test(finds_its_way_back),
        cmocka_unit_test(cuts_long_values),
        cmocka_unit_test(reads_wines_own_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
