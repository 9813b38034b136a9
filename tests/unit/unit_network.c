/* DNS, SMB, NTLMSSP and WebDAV as logs and probes have them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

static void the_dns_word_checks_the_build(void **state)
{
    static const char *const forms[] = {
        "Microsoft DNS 6.0.6003 (1773501D)",
        "version.bind    text = \"Microsoft DNS 6.0.6003 (1773501D)\"",
        "VERSION.BIND.\t1476526080 IN TXT \"Microsoft DNS 6.0.6003 (1773501D)\"",
        "53/tcp open  domain  Microsoft DNS 6.0.6003 (1773501D) (Windows Server 2008 SP2)",
        "|_  bind.version: Microsoft DNS 6.0.6003 (1773501D)",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct shown shown = show(&recogniser_network, forms[i]);

        assert_int_equal(shown.scan.statements, 1);
        assert_shown(&shown, FIELD_BUILD, "6003");
        assert_shown(&shown, FIELD_REVISION, "20509");
        assert_int_equal(shown_count(&shown, FIELD_IMITATION), 0);
        assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->grade, GRADE_NETWORK);
        assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->witness, WITNESS_DNS);
        shown_free(&shown);
    }
}

static void a_wrong_dns_word_is_a_spoof(void **state)
{
    struct shown shown = show(&recogniser_network, "Microsoft DNS 6.0.6100 (2AEF76E)");

    (void)state;
    assert_shown(&shown, FIELD_BUILD, "6100");
    assert_int_equal(shown_count(&shown, FIELD_REVISION), 0);
    assert_int_equal(shown_count(&shown, FIELD_IMITATION), 1);
    shown_free(&shown);
}

static void native_os_in_its_forms(void **state)
{
    static const char *const forms[] = {
        "Windows Server (R) 2008 Enterprise without Hyper-V 6003 Service Pack 2",
        "  Native OS:              Windows Server (R) 2008 Enterprise without Hyper-V 6003 "
        "Service Pack 2",
        "|   OS: Windows Server (R) 2008 Enterprise without Hyper-V 6003 Service Pack 2 "
        "(Windows Server (R) 2008 Enterprise without Hyper-V 6.0)",
        "[*] 192.0.2.7 (Windows Server (R) 2008 Enterprise without Hyper-V 6003 Service Pack 2)",
        "\"Windows Server (R) 2008 Enterprise without Hyper-V 6003 Service Pack 2, v.275\"",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct shown shown = show(&recogniser_network, forms[i]);

        if (shown.scan.statements != 1)
            fail_msg("not read: %s", forms[i]);
        assert_shown(&shown, FIELD_PRODUCT_NAME,
                     "Windows Server (R) 2008 Enterprise without Hyper-V");
        assert_shown(&shown, FIELD_BUILD, "6003");
        assert_shown(&shown, FIELD_SERVICE_PACK, "2");
        assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->witness, WITNESS_SMB);
        shown_free(&shown);
    }
}

static void a_probe_says_more_around_it(void **state)
{
    struct shown shown =
        show(&recogniser_network, "Native Lan Man:         Windows Server (R) 2008 Standard 6.0\n"
                                  "Native OS:              Windows Vista (TM) Home Premium 6000\n"
                                  "Windows Build Version:  6.0.6003\n"
                                  "Windows Version:        Windows Server 2008, Rollup KB4489887\n"
                                  "NB Computer Name:       SRV-1\n");

    (void)state;
    assert_shown(&shown, FIELD_MAJOR, "6");
    assert_int_equal(shown_count(&shown, FIELD_BUILD), 2);
    assert_string_equal(shown_fact(&shown, FIELD_BUILD, 0)->value, "6000");
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 1)->witness, WITNESS_NTLMSSP);
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV-1");
    assert_int_equal(shown_count(&shown, FIELD_PACKAGE), 0);
    shown_free(&shown);
}

static void scanners_name_host_and_architecture(void **state)
{
    struct shown shown =
        show(&recogniser_network,
             "SMB  192.0.2.7  445  SRV-1  [*] Windows Server (R) 2008 Standard 6003 "
             "Service Pack 2 x32 (name:SRV-1) (domain:X) (signing:False)\n");

    (void)state;
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV-1");
    assert_shown(&shown, FIELD_ARCH, "x86");
    shown_free(&shown);
}

static void other_words_for_the_same(void **state)
{
    static const char *const forms[] = {
        "SMB  192.0.2.7  445  SRV-1  [*] Windows 6.0 Build 6003 (name:SRV-1) (domain:X)",
        "+ Version: Windows 6.0 Build 6003 NLMPv15",
        "Domain=[X] OS=[Windows Server (R) 2008 Standard 6003 Service Pack 2] "
        "Server=[Windows Server (R) 2008 Standard 6.0]",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct shown shown = show(&recogniser_network, forms[i]);

        assert_int_equal(shown.scan.statements, 1);
        assert_shown(&shown, FIELD_MAJOR, "6");
        assert_shown(&shown, FIELD_BUILD, "6003");
        shown_free(&shown);
    }
}

static void webdav_agents_in_logs(void **state)
{
    static const char *const forms[] = {
        "1\t-\tGET\t/\tMicrosoft-WebDAV-MiniRedir/6.0.6002\t-\n"
        "2\t-\tGET\t/\tMicrosoft-WebDAV-MiniRedir/6.0.6002\t-\n",
        "192.0.2.1 - - [x] \"GET / HTTP/1.1\" 200 5 \"-\" \"Microsoft-WebDAV-MiniRedir/6.0.6002\"",
        "User-Agent: Microsoft-WebDAV-MiniRedir/6.0.6002",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct shown shown = show(&recogniser_network, forms[i]);

        assert_int_equal(shown.scan.statements, 1); /* the same one counts once */
        assert_shown(&shown, FIELD_BUILD, "6002");
        assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->grade, GRADE_NETWORK);
        shown_free(&shown);
    }
}

static void fingerprints_and_prose_are_refused(void **state)
{
    static const char *const texts[] = {
        "<example os.build=\"6002\">Windows Server (R) 2008 Standard 6002 Service Pack 2</example>",
        "<fingerprint pattern=\"^Microsoft DNS 6.0.6003 \\(1773501D\\)$\">",
        "<example>Microsoft DNS 6.0.6003 (1773501D)</example>",
        "It answers Microsoft DNS 6.0.6003 (1773501D) to everybody",
        "\"Microsoft DNS 6.0.6003 (1773501D)\",", /* of an array in source code */
        "Microsoft DNS 6.0.6003",
        "Microsoft DNS 6.0.6003 (xyzxyzxy)",
        "Windows Server 2008",
        "Windows Server 2008 Service Pack 2",
        "Windows Vista (TM) Home Premium 6000",
        "Windows Server 2008 SP2 Build 6002 Directory Listing",
        "Support for Windows Server (R) 2008 Standard 6003 Service Pack 2 ends",
        "Version: Windows 6.0 Build 6278",
        "Version: Windows 6.0 Build 6003 and later",
        "Windows 6.0 Build 6003",
        "Domain=[X] OS=[Unix] Server=[Samba 3.0]",
        "Native OS: Unix",
        "Product_Version: 2.0.50727",
        "[*] Started reverse handler",
        "agents = [\"Microsoft-WebDAV-MiniRedir/6.0.6002\"]",
        "Microsoft-WebDAV-MiniRedir/6.0.6002",
        "NB Computer Name: SRV-1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_refused(&recogniser_network, texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_dns_word_checks_the_build),
        cmocka_unit_test(a_wrong_dns_word_is_a_spoof),
        cmocka_unit_test(native_os_in_its_forms),
        cmocka_unit_test(a_probe_says_more_around_it),
        cmocka_unit_test(scanners_name_host_and_architecture),
        cmocka_unit_test(other_words_for_the_same),
        cmocka_unit_test(webdav_agents_in_logs),
        cmocka_unit_test(fingerprints_and_prose_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
