/* Version quadruples and lab strings: each shape has an example and a near miss.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/buildlab.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void versions(void **state)
{
    static const struct {
        const char *text;
        size_t length;
        struct version version;
    } rows[] = {
        {"6.0", 3, {6, 0, -1, -1}},
        {"6.0.6003", 8, {6, 0, 6003, -1}},
        {"6.0.6003.20489", 14, {6, 0, 6003, 20489}},
        {"6.0.6002 Service Pack 2", 8, {6, 0, 6002, -1}},
        {"6.0.6003.20489.1", 14, {6, 0, 6003, 20489}},
        {"10.0.17763.", 10, {10, 0, 17763, -1}},
        {"6", 0, {6, -1, -1, -1}},
        {"", 0, {-1, -1, -1, -1}},
        {".0.6003", 0, {-1, -1, -1, -1}},
        {"-6.0.6003", 0, {-1, -1, -1, -1}},
        {"999999999.0", 0, {-1, -1, -1, -1}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct version version;

        assert_int_equal(version_parse(rows[i].text, &version), rows[i].length);
        if (!rows[i].length)
            continue;
        assert_int_equal(version.major, rows[i].version.major);
        assert_int_equal(version.minor, rows[i].version.minor);
        assert_int_equal(version.build, rows[i].version.build);
        assert_int_equal(version.revision, rows[i].version.revision);
    }
}

static void order(void **state)
{
    static const char *const rising[] = {"6.0", "6.0.6002", "6.0.6002.24566", "6.0.6003.20480",
                                         "6.0.6003.20489", "6.1.0.0", "10.0"};
    struct version a, b;

    (void)state;
    for (size_t i = 0; i < sizeof(rising) / sizeof(rising[0]); i++) {
        version_parse(rising[i], &a);
        assert_int_equal(version_compare(&a, &a), 0);
        for (size_t j = 0; j < i; j++) {
            version_parse(rising[j], &b);
            assert_true(version_compare(&a, &b) > 0);
            assert_true(version_compare(&b, &a) < 0);
        }
    }
}

static void lab_strings(void **state)
{
    static const struct {
        const char *text;
        int32_t build, revision;
        const char *arch, *flavour, *branch, *day;
        int32_t minute;
    } rows[] = {
        {"6002.vistasp2_gdr.090803-2339", 6002, -1, "", "", "vistasp2_gdr", "2009-08-03", 1419},
        {"6003.22918.x86fre.vistasp2_ldr_escrow.240927-1811", 6003, 22918, "x86", "fre",
         "vistasp2_ldr_escrow", "2024-09-27", 1091},
        {"6002.18005.amd64chk.lh_sp2rtm.090410-1830", 6002, 18005, "amd64", "chk", "lh_sp2rtm",
         "2009-04-10", 1110},
        {"6.0.6002.18005 (lh_sp2rtm.090410-1830)", 6002, 18005, "", "", "lh_sp2rtm",
         "2009-04-10", 1110},
        {"vistasp2_ldr_escrow.251211-1611", -1, -1, "", "", "vistasp2_ldr_escrow", "2025-12-11",
         971},
        {" 6001.18000.longhorn_rtm.080118-1840 ", 6001, 18000, "", "", "longhorn_rtm",
         "2008-01-18", 1120},
        {"6001.18000.x86fre.longhorn_rtm.0", 6001, 18000, "x86", "fre", "longhorn_rtm", "", -1},
        {"6001.18000.ia64fre.longhorn_rtm.080118-1840", 6001, 18000, "ia64", "fre",
         "longhorn_rtm", "2008-01-18", 1120},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct build_lab lab;
        char day[DAY_TEXT_SIZE];

        assert_true(build_lab_parse(rows[i].text, &lab));
        assert_int_equal(lab.build, rows[i].build);
        assert_int_equal(lab.revision, rows[i].revision);
        assert_string_equal(lab.arch, rows[i].arch);
        assert_string_equal(lab.flavour, rows[i].flavour);
        assert_string_equal(lab.branch, rows[i].branch);
        assert_string_equal(day_to_text(lab.day, day), rows[i].day);
        assert_int_equal(lab.minute, rows[i].minute);
    }
}

static void not_labs(void **state)
{
    static const char *const texts[] = {
        "",
        "6003",
        "6003.20489",
        "1.511.1 () (Obsolete data - do not use)",
        "6.0.6003.20489",
        "6003.vistasp2_ldr_escrow",
        "6003.vistasp2_ldr_escrow.251311-1611", /* no month 13 */
        "6003.vistasp2_ldr_escrow.251211-1611 and more",
        "6.0.6002.18005 (lh_sp2rtm.090410-1830",
        "6003.22918.vistasp2_ldr_escrow.2409271811999",
        "123456789.vista_rtm.061101-2205",
        "6003.a_branch_name_that_is_far_longer_than_any_that_windows_ever_had.090803-2339",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct build_lab lab;

        if (build_lab_parse(texts[i], &lab))
            fail_msg("taken for a lab string: %s", texts[i]);
    }
}

static void architectures(void **state)
{
    static const char *const rows[][2] = {
        {"x64-based PC", "x64"},  {"AMD64", "x64"},          {"X86-based PC", "x86"},
        {"i586", "x86"},          {"Itanium-based System", "ia64"}, {"IA64", "ia64"},
        {"x86_64", "x64"},        {"32-bit", "x86"},         {"EM64T Family 6", "x64"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *arch = arch_canonical(rows[i][0]);

        assert_non_null(arch);
        assert_string_equal(arch, rows[i][1]);
    }
    assert_null(arch_canonical("64-bit"));
    assert_null(arch_canonical("ARM-based PC"));
    assert_null(arch_canonical("0x64"));
    assert_null(arch_canonical(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions),
        cmocka_unit_test(order),
        cmocka_unit_test(lab_strings),
        cmocka_unit_test(not_labs),
        cmocka_unit_test(architectures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
