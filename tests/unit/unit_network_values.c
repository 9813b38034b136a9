/* Values of DNS and SMB: what is one, and what only looks like one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/network_values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void dns_words(void **state)
{
    struct network_dns dns;

    (void)state;
    assert_true(network_dns(span_of("Microsoft DNS 6.0.6003 (1773501D)"), &dns));
    assert_int_equal(dns.version[2], 6003);
    assert_int_equal(dns.word, 0x1773501D);
    assert_true(
        network_dns(span_of("Microsoft DNS 6.0.6002 (17724D35) (Windows Server 2008 SP2)"), &dns));
    assert_false(network_dns(span_of("Microsoft DNS 6.0.6003"), &dns));
    assert_false(network_dns(span_of("Microsoft DNS 6.0 (1773501D)"), &dns));
    assert_false(network_dns(span_of("Microsoft DNS 6.0.6003 (1773501D0)"), &dns));
    assert_false(network_dns(span_of("Microsoft DNS 6.0.6003 (1773501G)"), &dns));
    assert_false(network_dns(span_of("Microsoft DNS 6.0.6003 (1773501D) and more"), &dns));
    assert_false(network_dns(span_of("BIND 9.11 (1773501D)"), &dns));
}

static void native_os(void **state)
{
    struct span product;
    struct shape_os os;

    (void)state;
    assert_true(network_native_os(span_of("Windows Server (R) 2008 Standard 6003 Service Pack 2"),
                                  false, &product, &os));
    assert_true(span_is(product, "Windows Server (R) 2008 Standard"));
    assert_int_equal(os.version.build, 6003);
    assert_int_equal(os.service_pack, 2);
    assert_int_equal(os.version.major, VERSION_UNKNOWN);
    /* RTM of Vista has none; only a label says that this is a build. */
    assert_true(
        network_native_os(span_of("Windows Vista (TM) Ultimate 6000"), true, &product, &os));
    assert_int_equal(os.service_pack, 0);
    assert_false(
        network_native_os(span_of("Windows Vista (TM) Ultimate 6000"), false, &product, &os));
    assert_false(network_native_os(span_of("Windows Server 2008"), true, &product, &os));
    assert_false(network_native_os(span_of("Windows 7 - 10"), true, &product, &os));
    assert_false(network_native_os(span_of("Unix"), true, &product, &os));
    assert_false(
        network_native_os(span_of("Windows Server 6003 Service Pack 2"), true, &product, &os));
}

static void with_lan_manager(void **state)
{
    struct version version = VERSION_NONE;
    struct span product;
    struct shape_os os;

    (void)state;
    assert_true(network_smb(span_of("Windows Server (R) 2008 Standard 6003 Service Pack 2 "
                                    "(Windows Server (R) 2008 Standard 6.0)"),
                            true, &product, &os));
    assert_int_equal(os.version.major, 6);
    assert_int_equal(os.version.minor, 0);
    assert_int_equal(os.version.build, 6003);
    assert_true(network_lan_manager(span_of("Windows Vista (TM) Ultimate 6.0"), &version));
    assert_int_equal(version.minor, 0);
    assert_false(network_lan_manager(span_of("Windows 2000 LAN Manager"), &version));
    assert_false(network_lan_manager(span_of("Samba 4.0"), &version));
    assert_false(network_lan_manager(span_of(""), &version));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dns_words),
        cmocka_unit_test(native_os),
        cmocka_unit_test(with_lan_manager),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
