/* Names of servicing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/package_identity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void identities(void **state)
{
    struct package_identity identity;

    (void)state;
    assert_true(
        package_identity_parse(&identity, "Package_for_KB4493471~31bf3856ad364e35~amd64~~6.0.1.7"));
    assert_int_equal(identity.name_len, strlen("Package_for_KB4493471"));
    assert_int_equal(identity.arch_len, 5);
    assert_memory_equal(identity.arch, "amd64", 5);
    assert_int_equal(identity.version.revision, 7);

    assert_false(package_identity_parse(&identity, "Package_for_KB4493471~31bf~amd64~6.0.1.7"));
    assert_false(package_identity_parse(&identity, "Package~31bf~amd64~~6.0.1.7.mum"));
    assert_false(package_identity_parse(&identity, "Package~31bf~amd64~~"));
    assert_false(package_identity_parse(&identity, ""));
}

static void numbers_of_updates(void **state)
{
    static const struct {
        const char *text;
        uint32_t kb;
    } rows[] = {
        {"Package_for_KB4493471", 4493471},
        {"Package_2_for_kb948465", 948465},
        {"VistaSP2-KB948465", 948465},
        {"KB4493471", 4493471},
        {"Package_for_KB12", 0},
        {"Package_for_KB123456789", 0},
        {"SomeKB4493471", 0},
        {"", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(package_kb(rows[i].text, strlen(rows[i].text)), rows[i].kb);
    /* Not beyond the length given. */
    assert_int_equal(package_kb("x~KB4493471", 1), 0);
}

static void the_foundation(void **state)
{
    (void)state;
    assert_true(
        package_is_foundation("microsoft-windows-Foundation-Package~31bf3856ad364e35~x86~"));
    assert_false(package_is_foundation("Microsoft-Windows-Foundation-Package-2~31bf"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identities),
        cmocka_unit_test(numbers_of_updates),
        cmocka_unit_test(the_foundation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
