/* Scans in XML: hosts in order, those that say nothing left out, scans that were cut.
 *
 * SPDX-License-Identifier: MIT
 */
#include "scanned.h"

#include "core/strbuf.h"

#define HEAD                                                                                       \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE nmaprun>\n"                             \
    "<!-- Nmap 7.80 scan -->\n<nmaprun scanner=\"nmap\" start=\"1557309600\">\n"
#define SERVER(address, build)                                                                     \
    "<host><status state=\"up\"/><address addr=\"" address "\" addrtype=\"ipv4\"/>"                \
    "<address addr=\"00:50:56:00:00:01\" addrtype=\"mac\"/><ports>"                                \
    "<port protocol=\"tcp\" portid=\"3389\"><service name=\"ms-wbt-server\" ostype=\"Windows\"/>"  \
    "<script id=\"rdp-ntlm-info\" output=\"&#xa;  Product_Version: 6.0." build "\">"               \
    "<elem key=\"Product_Version\">6.0.6001</elem></script></port></ports></host>\n"
#define PRINTER                                                                                    \
    "<host><status state=\"up\"/><address addr=\"192.0.2.99\" addrtype=\"ipv4\"/>"                 \
    "<ports><port protocol=\"tcp\" portid=\"9100\"><service name=\"jetdirect\"/></port></ports>"   \
    "</host>\n"
#define NOBODY                                                                                     \
    "<host><status state=\"down\"/><address addr=\"192.0.2.98\" addrtype=\"ipv4\"/></host>\n"
#define HINT                                                                                       \
    "<hosthint><status state=\"up\"/><address addr=\"192.0.2.97\" "                                \
    "addrtype=\"ipv4\"/></hosthint>\n"
#define FOOT "<runstats><finished exit=\"success\"/></runstats></nmaprun>\n"

static void hosts(void **state)
{
    struct scanned *scanned = scan_text(HEAD HINT SERVER("192.0.2.5", "6003")
                                            NOBODY PRINTER SERVER("192.0.2.6", "6002") FOOT);

    (void)state;
    assert_int_equal(scanned->status, EVIDENCE_OK);
    assert_string_equal(scanned->message, "scan: no sign of Windows on 1 of its 3 hosts");
    assert_int_equal(scanned->n, 2);
    assert_scanned(scanned, 0, FIELD_BUILD, "6003");
    assert_null(scanned_fact(scanned, 0, FIELD_BUILD, 1));
    assert_scanned(scanned, 0, FIELD_ADDRESS, "192.0.2.5");
    assert_scanned(scanned, 0, FIELD_EVIDENCE_DATE, "2019-05-08 10:00:00 UTC");
    assert_string_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->where,
                        "rdp-ntlm-info, tcp 3389, line 6");
    assert_string_equal(scanned->machines[0]->label, "scan, 192.0.2.5");
    assert_scanned(scanned, 1, FIELD_BUILD, "6002");
    assert_int_equal(scanned->machines[1]->evidence[0].n_problems, 0);
    scanned_free(scanned);
}

static void names_and_services(void **state)
{
    struct scanned *scanned = scan_text(
        HEAD
        "<host><address addr=\"2001:db8::5\" addrtype=\"ipv6\"/><hostnames>"
        "<hostname name=\"srv1.example.com\" type=\"user\"/>"
        "<hostname name=\"other.example.com\" type=\"PTR\"/></hostnames><ports>"
        "<port protocol=\"tcp\" portid=\"53\"><service name=\"domain\" product=\"Microsoft "
        "DNS\" version=\"6.0.6003 (1773501D)\" extrainfo=\"Windows Server 2008 SP2\"/></port>"
        "<port protocol=\"tcp\" portid=\"445\"><service name=\"microsoft-ds\" product=\"Windows "
        "Server 2008 Standard 6003 Service Pack 2 microsoft-ds\" hostname=\"SRV1\" "
        "extrainfo=\"workgroup: X\"/></port></ports>"
        "<hostscript><script id=\"nbstat\" output=\"NetBIOS name: SRV1, NetBIOS user: "
        "&lt;unknown&gt;\"/></hostscript>"
        "<os><osmatch name=\"Microsoft Windows 7\" accuracy=\"100\"/></os></host>" FOOT);

    (void)state;
    assert_int_equal(scanned->n, 1);
    assert_scanned(scanned, 0, FIELD_REVISION, "20509");
    assert_scanned(scanned, 0, FIELD_PRODUCT_NAME, "Windows Server 2008 Standard");
    assert_scanned(scanned, 0, FIELD_COMPUTER_NAME, "SRV1");
    assert_null(scanned_fact(scanned, 0, FIELD_COMPUTER_NAME, 1));
    assert_string_equal(scanned->machines[0]->label, "scan, srv1.example.com (2001:db8::5)");
    assert_scanned(scanned, 0, FIELD_LOOKALIKE, "Microsoft Windows 7");
    scanned_free(scanned);
}

static void cut(void **state)
{
    struct scanned *scanned =
        scan_text(HEAD SERVER("192.0.2.5", "6003") SERVER("192.0.2.6", "6002") "<host><status");

    (void)state;
    assert_int_equal(scanned->n, 2);
    assert_int_equal(scanned->machines[0]->evidence[0].n_problems, 0);
    assert_int_equal(scanned->machines[1]->evidence[0].n_problems, 2);
    assert_string_equal(scanned->machines[1]->evidence[0].problems[0],
                        "line 7: the file ends inside a tag");
    assert_string_equal(scanned->machines[1]->evidence[0].problems[1],
                        "the scan did not come to its end: hosts may be missing");
    scanned_free(scanned);

    /* What a host said before the end counts. */
    scanned = scan_text(HEAD "<host><address addr=\"192.0.2.5\" addrtype=\"ipv4\"/><ports><port>"
                             "<script id=\"rdp-ntlm-info\" output=\"Product_Version: 6.0.6003\"/>");
    assert_int_equal(scanned->n, 1);
    assert_scanned(scanned, 0, FIELD_BUILD, "6003");
    scanned_free(scanned);
}

static void nobody_there(void **state)
{
    struct scanned *scanned = scan_text(HEAD NOBODY PRINTER FOOT);

    (void)state;
    assert_int_equal(scanned->status, EVIDENCE_UNRECOGNISED);
    assert_int_equal(scanned->n, 0);
    assert_non_null(strstr(scanned->message, "scan: looks like XML, but nothing in it states"));
    scanned_free(scanned);
}

/* Several runs in one file, as --append-output leaves them. */
static void appended(void **state)
{
    struct scanned *scanned =
        scan_text(HEAD SERVER("192.0.2.5", "6003") FOOT HEAD SERVER("192.0.2.6", "6002") FOOT);

    (void)state;
    assert_int_equal(scanned->n, 2);
    assert_int_equal(scanned->machines[1]->evidence[0].n_problems, 0);
    scanned_free(scanned);
}

static void hostile_names(void **state)
{
    struct scanned *scanned =
        scan_text(HEAD "<host><address addr=\"&#x1B;[2J\" addrtype=\"ipv4\"/><hostnames><hostname "
                       "name=\"&lt;b&gt;&#x202E;evil\"/></hostnames><ports><port><script "
                       "id=\"&#x9e;rdp-ntlm-info\" output=\"Product_Version: "
                       "6.0.6003&#xa;NetBIOS_Computer_Name: A&#7;B\"/></port></ports></host>" FOOT);

    (void)state;
    assert_int_equal(scanned->n, 1);
    assert_scanned(scanned, 0, FIELD_COMPUTER_NAME, "A B");
    assert_string_equal(scanned->machines[0]->label, "scan, <b> evil ( [2J)");
    assert_string_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->where, "rdp-ntlm-info, line 5");
    scanned_free(scanned);
}

static void other_xml(void **state)
{
    struct scanned *scanned = scan_text("<fingerprints><example>Windows Server (R) 2008 Standard "
                                        "6003 Service Pack 2</example></fingerprints>");

    (void)state;
    assert_int_equal(scanned->status, EVIDENCE_UNRECOGNISED);
    scanned_free(scanned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts),     cmocka_unit_test(names_and_services),
        cmocka_unit_test(cut),       cmocka_unit_test(nobody_there),
        cmocka_unit_test(appended),  cmocka_unit_test(hostile_names),
        cmocka_unit_test(other_xml),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
