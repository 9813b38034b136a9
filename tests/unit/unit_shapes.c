/* The shapes of values: each with texts that have it and texts that must not.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/shapes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void blanks_of_all_scripts_are_trimmed(void **state)
{
    (void)state;
    assert_true(span_is(span_trim(SPAN(" \t a b \t")), "a b"));
    assert_true(span_is(span_trim(SPAN("\xc2\xa0"
                                       "6\xe3\x80\x80")),
                        "6"));
    assert_int_equal(span_trim(SPAN(" \xe2\x80\xaf ")).length, 0);
}

static void a_copy_ends_before_a_character_that_does_not_fit(void **state)
{
    char buffer[4];

    (void)state;
    assert_string_equal(span_copy(SPAN("ab\xc3\xa4"), buffer, sizeof(buffer)), "ab");
    assert_string_equal(span_copy(SPAN("abcdef"), buffer, sizeof(buffer)), "abc");
}

static void words_are_found_in_either_case(void **state)
{
    (void)state;
    assert_int_equal(span_find(SPAN("on WINDOWS nt"), "Windows"), 3);
    assert_int_equal(span_find(SPAN("a (b) (c)"), "(c"), 6);
    assert_int_equal(span_find(SPAN("a (b"), "(c"), 4);
    assert_int_equal(span_find(SPAN("ab"), "abc"), 2);
    assert_int_equal(span_find((struct span){"abc(", 3}, "("), 3); /* not beyond the end */
    assert_int_equal(span_find(SPAN(""), "x"), 0);
    assert_false(span_has(SPAN(""), "x"));
}

static void labels_are_words_before_a_colon(void **state)
{
    struct span label, value;

    (void)state;
    assert_true(shape_labelled(SPAN("OS Name:      Windows"), &label, &value));
    assert_true(span_is(label, "OS Name"));
    assert_true(span_is(value, "Windows"));
    assert_true(shape_labelled(SPAN("    Version : 6.0"), &label, &value));
    assert_true(span_is(label, "Version"));
    assert_true(shape_labelled(SPAN("系统型号：   X"), &label, &value));
    assert_true(span_is(value, "X"));
    assert_true(shape_labelled(SPAN("Registered Organization:"), &label, &value));
    assert_int_equal(value.length, 0);

    assert_false(shape_labelled(SPAN("C:\\Windows\\system32"), &label, &value));
    assert_false(shape_labelled(SPAN("at 10:15:00"), &label, &value));
    assert_false(shape_labelled(SPAN("printf(\"a: b\")"), &label, &value));
    assert_false(shape_labelled(SPAN("<b>OS: Windows"), &label, &value));
    assert_false(shape_labelled(SPAN(": nothing"), &label, &value));
    assert_false(shape_labelled(SPAN("no colon"), &label, &value));
}

static void tabs_part_a_label_too(void **state)
{
    struct span label, value;

    (void)state;
    assert_true(shape_tabbed(SPAN("OS Name\tWindows"), &label, &value));
    assert_true(span_is(label, "OS Name"));
    assert_true(span_is(value, "Windows"));
    assert_true(shape_tabbed(SPAN("OS Version:\t6.0"), &label, &value));
    assert_true(span_is(label, "OS Version"));
    assert_false(shape_tabbed(SPAN("OS Name Windows"), &label, &value));
}

static void systeminfo_versions_of_many_languages(void **state)
{
    static const struct {
        const char *text;
        int32_t major, minor, build, again, pack;
    } good[] = {
        {"6.0.6002 Service Pack 2 Build 6002", 6, 0, 6002, 6002, 2},
        {"6.0.6003 Service Pack 2 сборка 6003", 6, 0, 6003, 6003, 2},
        {"6.0.6002 Service Pack 2 ビルド 6002", 6, 0, 6002, 6002, 2},
        {"6.0.6002 Service Pack 2 内部版本 6002", 6, 0, 6002, 6002, 2},
        {"6.0.6002 Service Pack 2 Compilación 6002", 6, 0, 6002, 6002, 2},
        {"6.0.6002 Service Pack 2 version 6002", 6, 0, 6002, 6002, 2},
        {"6.0.6002 Service Pack 2 Numéro 6002", 6, 0, 6002, 6002, 2},
        {"6.0.6002 Service Pack 2 Kompilacja 6002", 6, 0, 6002, 6002, 2},
        {"6.0.6002 2. szervizcsomag build 6002", 6, 0, 6002, 6002, 2},
        {"6.0.6002 Service Pack 2, v.286 Build 6002", 6, 0, 6002, 6002, 2},
        {"10.0.17134 N/D build 17134", 10, 0, 17134, 17134, 0},
        {"10.0.17134 Nicht zutreffend Build 17134", 10, 0, 17134, 17134, 0},
        {"5.1.2600 Service Pack 3 Build 2600", 5, 1, 2600, 2600, 3},
        {"6.0.6003 Service Pack 2 Build 6002", 6, 0, 6003, 6002, 2}, /* edited: both are kept */
    };
    static const char *const bad[] = {
        "6.0.6002",
        "6.0.6002.18005 Service Pack 2 Build 6002",
        "6.0.6002 Service Pack 2",
        "6.0.6002 Service Pack 2 Build 6002.",
        "6.0.6002 Service Pack 2 Build 6002\\n\"",
        "6.0.6002 listening on port 8443", /* the words may say anything */
        "6.0 Service Pack 2 Build 6002",
        "version 6.0.6002 Service Pack 2 Build 6002",
        "6.0.6002Service Pack 2 Build 6002",
        "6.0.6002 Service Pack 2 Build 6002.18005",
        "",
    };
    struct shape_os os;

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        if (!shape_systeminfo_version(span_of(good[i].text), &os))
            fail_msg("not read: %s", good[i].text);
        assert_int_equal(os.version.major, good[i].major);
        assert_int_equal(os.version.minor, good[i].minor);
        assert_int_equal(os.version.build, good[i].build);
        assert_int_equal(os.build_again, good[i].again);
        assert_int_equal(os.service_pack, good[i].pack);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        if (shape_systeminfo_version(span_of(bad[i]), &os))
            fail_msg("read: %s", bad[i]);
}

static void winver_lines_of_many_languages(void **state)
{
    static const struct {
        const char *text;
        int32_t major, build, revision, pack;
    } good[] = {
        {"Version 6.0 (Build 6003: Service Pack 2)", 6, 6003, -1, 2},
        {"Version 6.0 (Build 6002: Service Pack 2, v.744)", 6, 6002, -1, 2},
        {"Version 6.0 (Numéro 6002 : Service Pack 2)", 6, 6002, -1, 2},
        {"Versión 6.0 (Compilación 6002: Service Pack 2)", 6, 6002, -1, 2},
        {"Версия 6.0 (сборка 6003: Service Pack 2)", 6, 6003, -1, 2},
        {"バージョン 6.0 (ビルド 6002: Service Pack 2)", 6, 6002, -1, 2},
        {"版本 6.0（内部版本 6002：Service Pack 2）", 6, 6002, -1, 2},
        {"Version 6.0 (Build 6000)", 6, 6000, -1, 0},
        {"Version 22H2 (OS Build 19045.3803)", -1, 19045, 3803, -1},
    };
    static const char *const bad[] = {
        "Version 6.0",
        "Version 6.0.6003 (Build 6003: Service Pack 2)",
        "Version 6.0 (Build 6003: Service Pack 2) is the last",
        "echo \"Version 6.0 (Build 6003: Service Pack 2)\"",
        "Shows: Version 6.0 (Build 6003: Service Pack 2)",
        "Version 6.0 (6003)",
        "version 3.0 (December 2000)",
        "Version 2.1 (revised 2019-04-09)",
        "(Build 6003: Service Pack 2)",
        "Version 6.0 (Build 6003: see below)",
        ")",
    };
    struct shape_os os;

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        if (!shape_winver(span_of(good[i].text), &os))
            fail_msg("not read: %s", good[i].text);
        assert_int_equal(os.version.major, good[i].major);
        assert_int_equal(os.version.build, good[i].build);
        assert_int_equal(os.version.revision, good[i].revision);
        assert_int_equal(os.service_pack, good[i].pack);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        if (shape_winver(span_of(bad[i]), &os))
            fail_msg("read: %s", bad[i]);
}

static void ver_lines_of_many_languages(void **state)
{
    static const char *const good[] = {
        "Microsoft Windows [Version 6.0.6003]",     "Microsoft Windows [Версия 6.0.6003]",
        "Microsoft Windows [版本 6.0.6003]",        "Microsoft Windows [Versión 6.0.6003]",
        "Microsoft Windows [verziószám: 6.0.6003]", "  Microsoft Windows [Sürüm 6.0.6003]  ",
    };
    static const char *const bad[] = {
        "echo Microsoft Windows [Version 6.0.6003]",
        "Microsoft Windows [Version 6.0.6003] is what it says",
        "Microsoft Windows [Version 6.0]",
        "Microsoft Windows [Version %ver%]",
        "Windows [Version 6.0.6003]",
        "Microsoft Windows 6.0",
        "Microsoft Windows 6.0.6003 is out",
        "Microsoft Windows",
    };
    struct shape_os os;
    bool wine;

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        if (!shape_ver(span_of(good[i]), &os, &wine))
            fail_msg("not read: %s", good[i]);
        assert_int_equal(os.version.build, 6003);
        assert_false(wine);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        if (shape_ver(span_of(bad[i]), &os, &wine))
            fail_msg("read: %s", bad[i]);
    assert_true(shape_ver(SPAN("Microsoft Windows XP [Version 5.1.2600]"), &os, &wine));
    assert_int_equal(os.version.build, 2600);
    assert_true(shape_ver(SPAN("Microsoft Windows [Version 10.0.19045.3803]"), &os, &wine));
    assert_int_equal(os.version.revision, 3803);
    assert_true(shape_ver(SPAN("Microsoft Windows 6.0.6002"), &os, &wine));
    assert_true(wine);
}

static void numbers_stand_alone(void **state)
{
    int32_t n[8];

    (void)state;
    assert_int_equal(shape_numbers(SPAN("6.0.6002.2.2.0.272.7"), n, 8), 8);
    assert_int_equal(n[7], 7);
    assert_int_equal(shape_numbers(SPAN("6.0.6002"), n, 4), 3);
    assert_int_equal(shape_numbers(SPAN("6.0.6002.1.2"), n, 4), 0);
    assert_int_equal(shape_numbers(SPAN("6.0."), n, 4), 0);
    assert_int_equal(shape_numbers(SPAN("6.0.1234567890"), n, 4), 0);
    assert_int_equal(shape_numbers(SPAN("-6.0"), n, 4), 0);
    assert_int_equal(shape_numbers(SPAN(""), n, 4), 0);
    assert_int_equal(shape_first_number(SPAN("安装了 7 个")), 7);
    assert_int_equal(shape_first_number(SPAN("N/A")), -1);
    assert_int_equal(shape_service_pack(SPAN("X Service Pack 2, v.744")), 2);
    assert_int_equal(shape_service_pack(SPAN("Service Pack 20")), VERSION_UNKNOWN);
    assert_int_equal(shape_service_pack(SPAN("Service Pack")), VERSION_UNKNOWN);
}

static void kbs_and_other_hotfixes(void **state)
{
    struct span entry;
    int32_t number;

    (void)state;
    assert_int_equal(shape_kb(SPAN("KB4493730")), 4493730);
    assert_int_equal(shape_kb(SPAN("KB958830-v2")), 958830);
    assert_int_equal(shape_kb(SPAN("Q147222")), 0);
    assert_int_equal(shape_kb(SPAN("File 1")), 0);
    assert_int_equal(shape_kb(SPAN("KB12")), 0);
    assert_int_equal(shape_kb(SPAN("KB4493730 and more")), 0);
    assert_true(shape_entry(SPAN("  [01]: KB4493730"), &number, &entry));
    assert_int_equal(number, 1);
    assert_true(span_is(entry, "KB4493730"));
    assert_true(shape_entry(SPAN("[214]: File 1"), &number, &entry));
    assert_false(shape_entry(SPAN("[01] KB4493730"), &number, &entry));
    assert_false(shape_entry(SPAN("[6.0.6002.18005]"), &number, &entry));
}

static void what_the_machine_is(void **state)
{
    (void)state;
    assert_string_equal(shape_system_type(SPAN("x64-based PC")), "x64");
    assert_string_equal(shape_system_type(SPAN("X86-basierter PC")), "x86");
    assert_string_equal(shape_system_type(SPAN("Itanium-based System")), "ia64");
    assert_null(shape_system_type(SPAN("VMware Virtual Platform")));
    assert_null(shape_system_type(
        SPAN("Intel64 Family 6 Model 26 Stepping 5 GenuineIntel with x64 extensions")));

    assert_true(shape_product_id(SPAN("92573-082-2500115-76417")));
    assert_true(shape_product_id(SPAN("89584-OEM-7332141-00029")));
    assert_true(shape_product_id(SPAN("00330-50000-00000-AAOEM")));
    assert_false(shape_product_id(SPAN("92573-082-2500115")));
    assert_false(shape_product_id(SPAN("92573-082-2500115-7641")));
    assert_false(shape_product_id(SPAN("N/A")));
    assert_true(shape_wine_product_id(SPAN("12345-OEM-0000001-54321")));
    assert_false(shape_wine_product_id(SPAN("12345-OEM-0000002-54321")));
    assert_true(shape_wine_product(SPAN("Microsoft Windows 2008")));
    assert_false(shape_wine_product(SPAN("Microsoft Windows Server 2008")));

    assert_true(shape_locale(SPAN("en-us;English (United States)")));
    assert_true(shape_locale(SPAN("ru;Русский")));
    assert_false(shape_locale(SPAN("English")));
    assert_false(shape_locale(SPAN("12;x")));
}

static void memory_of_all_notations(void **state)
{
    static const struct {
        const char *text;
        int64_t kb;
    } texts[] = {
        {"1,022 MB", 1022 * 1024},
        {"1.022 MB", 1022 * 1024},
        {"1 022 Mo", 1022 * 1024},
        {"1\xc2\xa0"
         "022 Mo",
         1022 * 1024},
        {"1\xef\xbf\xbd"
         "022 Mo",
         1022 * 1024}, /* a no-break space that did not survive */
        {"1\xc3\xbf"
         "022 Mo",
         1022 * 1024}, /* the same in a wrong code page */
        {"1'022 MB", 1022 * 1024},
        {"4 095 МБ", 4095 * 1024},
        {"511 MB", 511 * 1024},
        {"1978MB RAM", 1978 * 1024},
        {"4,192,220 KB", 4192220},
        {"2.5 GB", -1},
        {"1,02 MB", -1},
        {"MB", -1},
        {"1,022", -1},
        {"1,022 files", -1},
        {"1,022 Megabytes of memory", -1},
        {"99999999999999 MB", -1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (shape_memory_kb(span_of(texts[i].text)) != texts[i].kb)
            fail_msg("%s: %ld", texts[i].text, (long)shape_memory_kb(span_of(texts[i].text)));
}

static void builds_that_were_given_out(void **state)
{
    (void)state;
    assert_true(shape_known_build(&(struct version){6, 0, 6003, -1}));
    assert_true(shape_known_build(&(struct version){6, 1, 7601, 24545}));
    assert_true(shape_known_build(&(struct version){10, 0, 26100, -1}));
    assert_false(shape_known_build(&(struct version){6, 0, 6278, -1}));
    assert_false(shape_known_build(&(struct version){7, 7, 6003, 20705}));
    assert_false(shape_known_build(&(struct version){2, 0, 50727, -1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_of_all_scripts_are_trimmed),
        cmocka_unit_test(a_copy_ends_before_a_character_that_does_not_fit),
        cmocka_unit_test(words_are_found_in_either_case),
        cmocka_unit_test(labels_are_words_before_a_colon),
        cmocka_unit_test(tabs_part_a_label_too),
        cmocka_unit_test(systeminfo_versions_of_many_languages),
        cmocka_unit_test(winver_lines_of_many_languages),
        cmocka_unit_test(ver_lines_of_many_languages),
        cmocka_unit_test(numbers_stand_alone),
        cmocka_unit_test(kbs_and_other_hotfixes),
        cmocka_unit_test(what_the_machine_is),
        cmocka_unit_test(memory_of_all_notations),
        cmocka_unit_test(builds_that_were_given_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
