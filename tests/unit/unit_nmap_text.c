/* Scans as text: which files are scans, and which lines belong to which host.
 *
 * SPDX-License-Identifier: MIT
 */
#include "scanned.h"

#define HEAD "# Nmap 7.80 scan initiated Wed May  8 10:00:00 2019 as: nmap -oN scan 192.0.2.0/24\n"
#define FOOT "# Nmap done at Wed May  8 10:01:40 2019 -- 256 IP addresses (3 hosts up) scanned\n"
#define RDP(build)                                                                                 \
    "Host is up (0.00056s latency).\nPORT     STATE SERVICE       VERSION\n"                       \
    "3389/tcp open  ms-wbt-server Microsoft Terminal Services\n| rdp-ntlm-info: \n"                \
    "|   Target_Name: EXAMPLE\n|_  Product_Version: 6.0." build "\n\n"

static void hosts(void **state)
{
    struct scanned *scanned =
        scan_text(HEAD "Nmap scan report for srv1.example.com (192.0.2.5)\n" RDP(
            "6003") "Nmap scan report for 192.0.2.7\n22/tcp open ssh\n\n"
                    "Nmap scan report for 192.0.2.8 [host down]\n"
                    "Nmap scan report for 192.0.2.6\n" RDP("6002") FOOT);

    (void)state;
    assert_int_equal(scanned->status, EVIDENCE_OK);
    assert_string_equal(scanned->message, "scan: no sign of Windows on 1 of its 3 hosts");
    assert_int_equal(scanned->n, 2);
    assert_scanned(scanned, 0, FIELD_BUILD, "6003");
    assert_string_equal(scanned->machines[0]->label, "scan, srv1.example.com (192.0.2.5)");
    assert_string_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->where,
                        "rdp-ntlm-info, tcp 3389, line 8");
    assert_scanned(scanned, 1, FIELD_BUILD, "6002");
    assert_int_equal(scanned->machines[1]->evidence[0].n_problems, 0);
    scanned_free(scanned);
}

static void all_kinds_of_lines(void **state)
{
    struct scanned *scanned = scan_text(
        "$ sudo nmap -A srv1\nStarting Nmap 7.80 ( https://nmap.org )\n"
        "Nmap scan report for 192.0.2.5\n"
        "53/tcp  open  domain       Microsoft DNS 6.0.6003 (1773501D) (Windows Server 2008 SP2)\n"
        "| dns-nsid: \n|_  bind.version: Microsoft DNS 6.0.6003 (1773501D)\n"
        "445/tcp open  microsoft-ds Windows Server (R) 2008 Standard 6003 Service Pack 2 "
        "microsoft-ds (workgroup: X)\n"
        "Running: Microsoft Windows 7|2008\nOS details: Microsoft Windows 7 SP1\n"
        "Service Info: Host: SRV1; OS: Windows; CPE: cpe:/o:microsoft:windows\n\n"
        "Host script results:\n"
        "|_nbstat: NetBIOS name: SRV1, NetBIOS user: <unknown>\n"
        "| smb-os-discovery: \n"
        "|   OS: Windows Server (R) 2008 Standard 6003 Service Pack 2 (Windows Server (R) 2008 "
        "Standard 6.0)\n"
        "|_  System time: 2019-05-08T12:00:05+02:00\n"
        "| other-script: \n|   OS: Windows Server 2008 Standard 6002 Service Pack 2\n"
        "Nmap done: 1 IP address (1 host up) scanned in 10.00 seconds\n");

    (void)state;
    assert_int_equal(scanned->n, 1);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(scanned_fact(scanned, 0, FIELD_BUILD, i)->number, 6003);
    assert_null(scanned_fact(scanned, 0, FIELD_BUILD, 4));
    assert_scanned(scanned, 0, FIELD_REVISION, "20509");
    assert_scanned(scanned, 0, FIELD_COMPUTER_NAME, "SRV1");
    assert_scanned(scanned, 0, FIELD_LOOKALIKE, "Microsoft Windows 7|2008");
    assert_int_equal(scanned_fact(scanned, 0, FIELD_EVIDENCE_DATE, 0)->number, 1557309605);
    assert_int_equal(scanned->machines[0]->evidence[0].n_problems, 0);
    scanned_free(scanned);
}

static void old_versions(void **state)
{
    struct scanned *scanned =
        scan_text("Starting Nmap 4.76 ( http://nmap.org )\n"
                  "Interesting ports on srv1 (192.0.2.5):\n445/tcp open microsoft-ds\n\n"
                  "Host script results:\n"
                  "|  smb-os-discovery: Windows Server (R) 2008 Standard 6001 Service Pack 1\n"
                  "|  LAN Manager: Windows Server (R) 2008 Standard 6.0\n"
                  "|_ System time: 2009-06-23 09:21:32 UTC-5\n"
                  "Nmap done: 1 IP address\n");

    (void)state;
    assert_int_equal(scanned->n, 1);
    assert_scanned(scanned, 0, FIELD_BUILD, "6001");
    assert_scanned(scanned, 0, FIELD_MAJOR, "6");
    assert_string_equal(scanned->machines[0]->label, "scan, srv1 (192.0.2.5)");
    scanned_free(scanned);
}

static void unfinished(void **state)
{
    struct scanned *scanned = scan_text(HEAD "Nmap scan report for 192.0.2.5\n" RDP("6003"));

    (void)state;
    assert_int_equal(scanned->n, 1);
    assert_problem(scanned, 0, "the scan did not come to its end: hosts may be missing");
    scanned_free(scanned);
    /* An excerpt claims no end. */
    scanned = scan_text("Nmap scan report for 192.0.2.5\n" RDP("6003"));
    assert_int_equal(scanned->n, 1);
    assert_int_equal(scanned->machines[0]->evidence[0].n_problems, 0);
    scanned_free(scanned);
}

static void utf16(void **state)
{
    static const char text[] = "Nmap scan report for 192.0.2.5\n" RDP("6003");
    char wide[2 * sizeof(text)];
    struct scanned *scanned;

    (void)state;
    for (size_t i = 0; i < sizeof(text); i++) {
        wide[2 * i] = text[i];
        wide[2 * i + 1] = '\0';
    }
    scanned = scan_bytes(wide, sizeof(wide) - 2);
    assert_int_equal(scanned->n, 1);
    assert_string_equal(scanned->machines[0]->evidence[0].reader, "nmap-text");
    scanned_free(scanned);
}

/* A scan among other outputs is for the text reader. */
static void in_a_ticket(void **state)
{
    struct scanned *scanned =
        scan_text("Microsoft Windows [Version 6.0.6003]\n\nWe looked from outside:\n\n"
                  "Nmap scan report for 192.0.2.5\n" RDP("6003"));

    (void)state;
    assert_int_equal(scanned->n, 1);
    assert_string_equal(scanned->machines[0]->evidence[0].reader, "text");
    scanned_free(scanned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts),        cmocka_unit_test(all_kinds_of_lines),
        cmocka_unit_test(old_versions), cmocka_unit_test(unfinished),
        cmocka_unit_test(utf16),        cmocka_unit_test(in_a_ticket),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
