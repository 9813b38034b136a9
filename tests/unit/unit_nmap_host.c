/* Lines about one host: which of them state something, and which are nmap's own words.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/nmap_host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct machine *machine;
static struct nmap_host host;

static int begin(void **state)
{
    (void)state;
    machine = machine_new("test");
    nmap_host_begin(&host, machine, machine_add_evidence(machine, "scan"));
    return 0;
}

static int end(void **state)
{
    (void)state;
    machine_free(machine);
    return 0;
}

static void lines(const char *script, const char *text)
{
    nmap_host_script(&host, span_of(script));
    while (*text) {
        size_t length = strcspn(text, "\n");

        nmap_host_line(&host, (struct span){text, length}, 7);
        text += length + (text[length] == '\n');
    }
}

static const struct fact *best(enum fact_field field)
{
    return facts_best(&machine->facts, field);
}

static void smb(void **state)
{
    (void)state;
    lines("smb-os-discovery",
          "  OS: Windows Server (R) 2008 Standard 6003 Service Pack 2 (Windows Server (R) 2008 "
          "Standard 6.0)\n"
          "  OS CPE: cpe:/o:microsoft:windows_server_2008::sp2\n"
          "  Computer name: srv1\n"
          "  NetBIOS computer name: SRV1\\x00\n"
          "  System time: 2019-05-08T12:00:05+02:00\n");
    nmap_host_end(&host);
    assert_true(host.stated);
    assert_string_equal(best(FIELD_PRODUCT_NAME)->value, "Windows Server (R) 2008 Standard");
    assert_int_equal(best(FIELD_MAJOR)->number, 6);
    assert_int_equal(best(FIELD_BUILD)->number, 6003);
    assert_int_equal(best(FIELD_SERVICE_PACK)->number, 2);
    assert_string_equal(best(FIELD_COMPUTER_NAME)->value, "SRV1");
    assert_int_equal(best(FIELD_EVIDENCE_DATE)->number, 1557309605);
    assert_int_equal(best(FIELD_BUILD)->witness, WITNESS_SMB);
    assert_int_equal(best(FIELD_BUILD)->grade, GRADE_NETWORK);
    assert_string_equal(best(FIELD_BUILD)->where, "smb-os-discovery, line 7");
}

/* nmap 4 and 5.0. */
static void smb_of_old(void **state)
{
    (void)state;
    lines("smb-os-discovery", " Windows Server (R) 2008 Standard 6001 Service Pack 1\n"
                              "LAN Manager: Windows Server (R) 2008 Standard 6.0\n"
                              "Name: WORKGROUP\\SRV1\n"
                              "System time: 2009-06-23 09:21:32 UTC-5\n");
    assert_int_equal(best(FIELD_BUILD)->number, 6001);
    assert_int_equal(best(FIELD_MAJOR)->number, 6);
    assert_int_equal(best(FIELD_EVIDENCE_DATE)->number, FACT_NO_NUMBER);
}

static void ntlm(void **state)
{
    (void)state;
    nmap_host_port(&host, SPAN("3389"), SPAN("tcp"));
    lines("rdp-ntlm-info", "  Target_Name: EXAMPLE\n"
                           "  NetBIOS_Domain_Name: EXAMPLE\n"
                           "  NetBIOS_Computer_Name: SRV2\n"
                           "  DNS_Computer_Name: srv2.example.com\n"
                           "  Product_Version: 6.0.6003\n"
                           "  System_Time: 2019-05-08T10:00:07Z\n");
    nmap_host_end(&host);
    assert_int_equal(best(FIELD_BUILD)->number, 6003);
    assert_int_equal(best(FIELD_BUILD)->witness, WITNESS_NTLMSSP);
    assert_string_equal(best(FIELD_BUILD)->where, "rdp-ntlm-info, tcp 3389, line 7");
    assert_null(best(FIELD_REVISION));
    assert_string_equal(best(FIELD_COMPUTER_NAME)->value, "SRV2");
    assert_int_equal(best(FIELD_EVIDENCE_DATE)->number, 1557309607);
}

/* SQL Server has instances, each with its lines. */
static void ntlm_of_sql(void **state)
{
    (void)state;
    lines("ms-sql-ntlm-info", "  192.0.2.5\\SQLEXPRESS: \n"
                              "    NetBIOS_Computer_Name: SRV2\n"
                              "    Product_Version: 6.0.6002\n");
    assert_int_equal(best(FIELD_BUILD)->number, 6002);
    assert_string_equal(best(FIELD_COMPUTER_NAME)->value, "SRV2");
}

static void dns_name_in_want_of_another(void **state)
{
    (void)state;
    lines("http-ntlm-info", "  DNS_Computer_Name: srv2.example.com\n  Product_Version: 6.0.6002\n");
    assert_null(best(FIELD_COMPUTER_NAME));
    nmap_host_end(&host);
    assert_string_equal(best(FIELD_COMPUTER_NAME)->value, "srv2.example.com");
}

static void dns(void **state)
{
    (void)state;
    lines("dns-nsid", "  bind.version: Microsoft DNS 6.0.6003 (1773501D)\n");
    assert_int_equal(best(FIELD_REVISION)->number, 20509);
    assert_int_equal(best(FIELD_BUILD)->witness, WITNESS_DNS);
}

static void snmp(void **state)
{
    (void)state;
    lines("snmp-sysdescr", "Hardware: x86 Family 6 - Software: Windows Version 6.0 (Build 6002 "
                           "Multiprocessor Free)\n");
    assert_int_equal(best(FIELD_BUILD)->number, 6002);
    assert_string_equal(best(FIELD_BUILD_TYPE)->value, "Multiprocessor Free");
}

static void services(void **state)
{
    (void)state;
    nmap_host_port(&host, SPAN("445"), SPAN("tcp"));
    nmap_host_service(&host,
                      SPAN(" open microsoft-ds Windows Server 2008 Standard 6003 Service Pack 2 "
                           "microsoft-ds (workgroup: EXAMPLE)"),
                      7);
    assert_int_equal(best(FIELD_BUILD)->number, 6003);
    assert_string_equal(best(FIELD_PRODUCT_NAME)->value, "Windows Server 2008 Standard");
    nmap_host_service_name(&host, SPAN("SRV1"), 7);
    nmap_host_service_name(&host, SPAN("OTHER"), 7);
    assert_string_equal(best(FIELD_COMPUTER_NAME)->value, "SRV1");
}

/* What nmap concludes, other scripts' output and odd values: no statement. */
static void no_statements(void **state)
{
    (void)state;
    nmap_host_service(&host, SPAN("Microsoft Windows Server 2008 R2 - 2012 microsoft-ds"), 7);
    nmap_host_service(&host, SPAN("Microsoft Windows 7 - 10 microsoft-ds"), 7);
    nmap_host_service(&host, SPAN("Microsoft DNS 6.0.6003"), 7);
    nmap_host_service_os(&host, SPAN("Linux"), 7);
    lines("fingerprint-strings", "OS: Windows Server 2008 Standard 6003 Service Pack 2\n"
                                 "Product_Version: 6.0.6003\n");
    lines("smb-os-discovery", "OS: Windows Server 2003\nOS: Unix (Samba 3.6)\nOS:\n:\n");
    lines("rdp-ntlm-info", "Product_Version: 6.0\nProduct_Version: 6.1.0\nProduct_Version: x\n");
    lines("snmp-sysdescr", "Software: Windows Version 6.0 (Build\nWindows Version 6.0 (Build )\n"
                           "Windows Version 6.9 (Build 6003 X)\n");
    lines("dns-nsid", "id.server: Microsoft DNS 6.0.6003 (1773501D)\n");
    nmap_host_guess(&host, SPAN("Microsoft Windows Server 2008 SP2 (96%)"), 7);
    assert_null(best(FIELD_BUILD));
    assert_false(host.stated);
    assert_string_equal(best(FIELD_LOOKALIKE)->value, "Microsoft Windows Server 2008 SP2 (96%)");
}

static void a_windows_of_unknown_build(void **state)
{
    (void)state;
    nmap_host_service_os(&host, SPAN("Linux, Windows"), 7);
    assert_true(host.stated);
    assert_null(best(FIELD_BUILD));
    assert_string_equal(best(FIELD_LOOKALIKE)->value, "Linux, Windows");
}

static void labels(void **state)
{
    (void)state;
    assert_null(nmap_host_end(&host));
    host.address = "192.0.2.5";
    assert_string_equal(nmap_host_end(&host), "192.0.2.5");
    host.name = "srv1.example.com";
    assert_string_equal(nmap_host_end(&host), "srv1.example.com (192.0.2.5)");
    assert_string_equal(best(FIELD_ADDRESS)->value, "192.0.2.5");
}

static void times(void **state)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } known[] = {
        {"2019-05-08T10:00:07+00:00", 1557309607},     {"2019-05-08T04:30:07-05:30", 1557309607},
        {"2019-05-08T10:00:07", FACT_NO_NUMBER},       {"2019-05-08T10:00:07+0000", FACT_NO_NUMBER},
        {"2019-13-08T10:00:07Z", FACT_NO_NUMBER},      {"2019-05-08T1x:00:07Z", FACT_NO_NUMBER},
        {"2019-05-08T10:00:07+a0:00", FACT_NO_NUMBER},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        host.dated = false;
        machine->facts.count = 0;
        nmap_host_script(&host, SPAN("rdp-ntlm-info"));
        nmap_host_line(&host,
                       span_of(arena_printf(machine->arena, "System_Time: %s", known[i].text)), 1);
        if (best(FIELD_EVIDENCE_DATE)->number != known[i].seconds)
            fail_msg("%s", known[i].text);
    }
}

#define HOST_TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOST_TEST(smb),
        HOST_TEST(smb_of_old),
        HOST_TEST(ntlm),
        HOST_TEST(ntlm_of_sql),
        HOST_TEST(dns_name_in_want_of_another),
        HOST_TEST(dns),
        HOST_TEST(snmp),
        HOST_TEST(services),
        HOST_TEST(no_statements),
        HOST_TEST(a_windows_of_unknown_build),
        HOST_TEST(labels),
        HOST_TEST(times),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
