/* Numbers that are none of the system's: told, and never a statement.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/limits.h"

#include "recognise.h"

static void each_kind_is_named(void **state)
{
    static const struct {
        const char *line, *value, *word;
    } kinds[] = {
        {"BuildVersion                   6.0.6002.18111", "6.0.6002.18111", "PowerShell"},
        {"CLRVersion                     2.0.50727.3634", "2.0.50727.3634", ".NET runtime"},
        {"wuaueng.dll 7.7.6003.20705", "7.7.6003.20705", "Update agent"},
        {"class 6.0.6003.20560!Static", "6.0.6003.20560", "common controls"},
        {"x 6.10.6002.18305 y", "6.10.6002.18305", "common controls"},
        {"Server2008_SP2_Update = 6.0.6003.2", "6.0.6003.2", "scanner"},
        {"Platform 6.0.6002.131072", "6.0.6002.131072", "service pack times"},
        {"app 6.0.6278.1", "6.0.6278.1", "application"},
        {"DxDiag Version: 6.00.6001.18000", "6.00.6001.18000", "dxdiag"},
        {"Hardware Abstraction Layer 6.0.6001.18000", "6.0.6001.18000", "abstraction"},
        {"The patch version is 6.0.6002.19743 (KB4012598)", "6.0.6002.19743", "not said"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct shown shown = show(&recogniser_lookalike, kinds[i].line);

        assert_int_equal(shown.scan.statements, 0);
        assert_int_equal(shown.taken, 0);
        assert_shown(&shown, FIELD_LOOKALIKE, kinds[i].value);
        if (!strstr(shown_fact(&shown, FIELD_LOOKALIKE, 0)->note, kinds[i].word))
            fail_msg("%s: %s", kinds[i].line, shown_fact(&shown, FIELD_LOOKALIKE, 0)->note);
        shown_free(&shown);
    }
}

static void other_numbers_are_not_told(void **state)
{
    struct shown shown =
        show(&recogniser_lookalike,
             "10.0.17134.1\n192.168.0.1\n6.0\n6.0.0\nv6.0.6002.1\n6002\n1.6.0.6002\n");

    (void)state;
    assert_int_equal(shown.machine->facts.count, 0);
    shown_free(&shown);
}

static void many_are_told_once_and_bounded(void **state)
{
    char text[4096] = "";
    struct shown shown;

    (void)state;
    for (int i = 0; i < 60; i++) {
        char line[32] = "6.0.6002.18xx\n6.0.6002.18xx\n";

        line[11] = line[25] = (char)('0' + i / 10);
        line[12] = line[26] = (char)('0' + i % 10);
        strcat(text, line);
    }
    shown = show(&recogniser_lookalike, text);
    assert_int_equal(shown_count(&shown, FIELD_LOOKALIKE), LIMIT_LOOKALIKES);
    assert_string_equal(shown_fact(&shown, FIELD_LOOKALIKE, 1)->value, "6.0.6002.1801");
    shown_free(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_named),
        cmocka_unit_test(other_numbers_are_not_told),
        cmocka_unit_test(many_are_told_once_and_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
