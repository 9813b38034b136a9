/* Lists of SMB scanners: a machine a host, and which texts are no such lists.
 *
 * SPDX-License-Identifier: MIT
 */
#include "scanned.h"

#define NXC(address, name, os)                                                                     \
    "SMB         " address "       445    " name "             [*] " os " (name:" name             \
    ") (domain:example.com) (signing:False) (SMBv1:True)\n"
#define S6003 "Windows Server (R) 2008 Standard 6003 Service Pack 2 x32"

static void netexec(void **state)
{
    struct scanned *scanned = scan_text(
        "$ nxc smb 192.0.2.0/24\n" NXC("192.0.2.5", "SRV1", S6003)
            NXC("192.0.2.7", "NAS", "Unix - Samba")
                NXC("192.0.2.6", "SRV2",
                    "Windows 6.0 Build 6002 x64") "SMB         192.0.2.6       445    SRV2         "
                                                  "    [+] example.com\\guest:\n");

    (void)state;
    assert_int_equal(scanned->status, EVIDENCE_OK);
    assert_string_equal(scanned->message, "scan: no sign of Windows on 1 of its 3 hosts");
    assert_int_equal(scanned->n, 2);
    assert_scanned(scanned, 0, FIELD_BUILD, "6003");
    assert_scanned(scanned, 0, FIELD_PRODUCT_NAME, "Windows Server (R) 2008 Standard");
    assert_scanned(scanned, 0, FIELD_COMPUTER_NAME, "SRV1");
    assert_scanned(scanned, 0, FIELD_ADDRESS, "192.0.2.5");
    assert_string_equal(scanned->machines[0]->label, "scan, 192.0.2.5");
    assert_string_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->where, "SMB native OS, line 2");
    assert_scanned(scanned, 1, FIELD_BUILD, "6002");
    assert_scanned(scanned, 1, FIELD_ARCH, "x64");
    assert_null(scanned_fact(scanned, 1, FIELD_PRODUCT_NAME, 0));
    scanned_free(scanned);
}

static void fscan(void **state)
{
    struct scanned *scanned =
        scan_text("[*] 192.0.2.5 (Windows Server (R) 2008 Datacenter 6003 Service Pack 2)\n"
                  "[+] 192.0.2.5 MS17-010\n"
                  "[*] 192.0.2.6 (Windows Server (R) 2008 Datacenter 6002 Service Pack 2)\n");

    (void)state;
    assert_int_equal(scanned->n, 2);
    assert_scanned(scanned, 0, FIELD_BUILD, "6003");
    assert_scanned(scanned, 1, FIELD_BUILD, "6002");
    scanned_free(scanned);
}

static void taken_by_text(const char *text)
{
    struct scanned *scanned = scan_text(text);

    assert_int_equal(scanned->n, 1);
    assert_string_equal(scanned->machines[0]->evidence[0].reader, "text");
    scanned_free(scanned);
}

static void others(void **state)
{
    (void)state;
    /* One host; two under something else. */
    taken_by_text(NXC("192.0.2.5", "SRV1", S6003));
    taken_by_text(NXC("192.0.2.5", "SRV1", S6003) NXC("192.0.2.5", "SRV1", S6003));
    taken_by_text("Microsoft Windows [Version 6.0.6003]\n" NXC("192.0.2.5", "SRV1", S6003)
                      NXC("192.0.2.6", "SRV2", S6003));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(netexec),
        cmocka_unit_test(fscan),
        cmocka_unit_test(others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
