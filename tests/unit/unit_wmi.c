/* Win32_OperatingSystem in every form, and what only looks like it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

static struct shown wmi(const char *text)
{
    return show(&recogniser_wmi, text);
}

static void assert_server(struct shown shown)
{
    assert_int_equal(shown.scan.statements, 1);
    assert_int_equal(shown_fact(&shown, FIELD_MAJOR, 0)->number, 6);
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->number, 6003);
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->witness, WITNESS_WMI);
    assert_int_equal(shown_fact(&shown, FIELD_BUILD, 0)->grade, GRADE_TOOL);
    assert_int_equal(shown_count(&shown, FIELD_REVISION), 0);
    assert_int_equal(shown_count(&shown, FIELD_IMITATION), 0);
    shown_free(&shown);
}

static void reads_every_form(void **state)
{
    (void)state;
    assert_server(wmi("BuildNumber=6003\nCaption=Microsoft Windows Server 2008 Standard \n"
                      "CSDVersion=Service Pack 2\nProductType=3\nVersion=6.0.6003\n"));
    /* Line ends doubled by a console. */
    assert_server(wmi("\n\n\nBuildNumber=6003\n\nCaption=Microsoft Windows\n\nVersion=6.0.6003\n"
                      "\n\n\n"));
    assert_server(wmi("SystemDirectory : C:\\Windows\\system32\nOrganization    :\n"
                      "BuildNumber     : 6003\nSerialNumber    : 92573-082-2500115-76417\n"
                      "Version         : 6.0.6003\n"));
    assert_server(wmi("> # BuildNumber     : 6003\n> # Version         : 6.0.6003\n"));
    assert_server(wmi("BuildNumber  Caption                          Version   \n"
                      "6003         Microsoft\xc2\xae Windows Server\xc2\xae 2008  6.0.6003  \n"));
    assert_server(wmi("    BuildNumber  ProductType  Version   \n"
                      "    6003                   3  6.0.6003  \n"));
    assert_server(wmi("BuildNumber OSArchitecture Version\n----------- -------------- -------\n"
                      "6003        64-bit         6.0.6003\n"));
    assert_server(wmi("\nNode,BuildNumber,Caption,Version\n"
                      "SRV1,6003,Microsoft Windows Server 2008 Standard,6.0.6003\n"));
    assert_server(wmi("\"PSComputerName\";\"BuildNumber\";\"Version\"\n"
                      "\"SRV1\";\"6003\";\"6.0.6003\"\n"));
    assert_server(wmi("Version   \n6.0.6003  \n"));
    assert_server(wmi("Version=6.0.6003\n"));
}

static void reads_the_properties(void **state)
{
    struct shown shown = wmi("BuildNumber=6002\nBuildType=Multiprocessor Free\n"
                             "Caption=Microsoft\xc2\xae Windows Server\xc2\xae 2008 Standard \n"
                             "CSDVersion=Service Pack 2\nCSName=SRV1\n"
                             "InstallDate=20100914104105.000000+120\n"
                             "LocalDateTime=20190409103000.000000-300\n"
                             "MUILanguages={\"de-DE\"}\nOperatingSystemSKU=7\n"
                             "Organization=Werk\nOSArchitecture=64-bit\nProductType=2\n"
                             "RegisteredUser=IT\nSerialNumber=92573-082-2500115-76417\n"
                             "ServicePackMajorVersion=2\nTotalVisibleMemorySize=4192220\n"
                             "Version=6.0.6002\n");

    (void)state;
    assert_shown(&shown, FIELD_PRODUCT_NAME,
                 "Microsoft\xc2\xae Windows Server\xc2\xae 2008 Standard");
    assert_int_equal(shown_fact(&shown, FIELD_SERVICE_PACK, 0)->number, 2);
    assert_int_equal(shown_fact(&shown, FIELD_SKU, 0)->number, 7);
    assert_shown(&shown, FIELD_PRODUCT_TYPE, "domain controller");
    assert_shown(&shown, FIELD_ARCH, "64-bit");
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV1");
    assert_shown(&shown, FIELD_OWNER, "IT");
    assert_shown(&shown, FIELD_ORGANIZATION, "Werk");
    assert_shown(&shown, FIELD_PRODUCT_ID, "92573-082-2500115-76417");
    assert_shown(&shown, FIELD_LANGUAGE, "de-DE");
    assert_int_equal(shown_fact(&shown, FIELD_MEMORY_KB, 0)->number, 4192220);
    assert_int_equal(shown_fact(&shown, FIELD_INSTALL_DATE, 0)->number, 1284453665);
    assert_int_equal(shown_fact(&shown, FIELD_EVIDENCE_DATE, 0)->number, 1554823800);
    assert_string_equal(shown_fact(&shown, FIELD_SKU, 0)->where, "OperatingSystemSKU, line 9");
    shown_free(&shown);
}

static void leaves_dates_that_it_does_not_understand(void **state)
{
    struct shown shown = wmi("BuildNumber : 6002\nVersion : 6.0.6002\n"
                             "InstallDate : 9/14/2010 10:41:05 AM\n");

    (void)state;
    assert_shown(&shown, FIELD_INSTALL_DATE, "9/14/2010 10:41:05 AM");
    assert_true(shown_fact(&shown, FIELD_INSTALL_DATE, 0)->number == FACT_NO_NUMBER);
    shown_free(&shown);
}

static void knows_wine_by_its_product_type(void **state)
{
    struct shown shown =
        wmi("BuildNumber  Caption                         ProductType  Version   \n"
            "6002         Microsoft Windows Server 2008   1            6.0.6002  \n");

    (void)state;
    assert_int_equal(shown_count(&shown, FIELD_IMITATION), 1);
    shown_free(&shown);
}

static void tells_several_machines_apart(void **state)
{
    struct shown shown = wmi("Node,BuildNumber,Version\nA,6002,6.0.6002\nB,6003,6.0.6003\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 2);
    assert_int_equal(shown_count(&shown, FIELD_COMPUTER_NAME), 2);
    shown_free(&shown);
}

static void refuses_other_versions(void **state)
{
    static const char *const texts[] = {
        /* The CLR in a dump of [Environment], PowerShell's own table, a BIOS, programs. */
        "    SystemDirectory    : C:\\Windows\\system32\n    Version            : 2.0.50727\n",
        "Name                           Value\n----                           -----\n"
        "BuildVersion                   6.0.6002.18111\n",
        "BuildNumber=\nCaption=Phoenix ROM BIOS\nSerialNumber=X\nVersion=PTLTD - 6040000\n",
        "Caption=Microsoft SQL Server\nVersion=6.0.6003\n",
        "Caption                 Version   \nMicrosoft Visual C++    6.0.6003  \n",
        "Name     Version\n----     -------\nPester   6.0.6003\n",
        "Version=6.0.6003.20489\n",
        "Version=6.0.7000\n",
        "Version\n6.0.6003\n",
        "Package: x\nVersion: 6.0.6003\n",
        "Version: 6.0.6003 is what the article is about\n",
        "BuildNumber and Version are properties\n6.0.6003\n",
        "host,version,service_pack,product,revision\nA,6.0.6003,2,Windows Server 2008,20489\n",
        "CSDVersion    REG_SZ    Service Pack 2\nCurrentBuild    REG_SZ    6002\n",
        "BuildNumber  Version\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_refused(&recogniser_wmi, texts[i]);
}

static void survives_odd_tables(void **state)
{
    (void)state;
    assert_refused(&recogniser_wmi, "BuildNumber  Version\n6003\n");
    assert_refused(&recogniser_wmi, "BuildNumber  Version\n60036.0.6003 x\n");
    assert_refused(&recogniser_wmi, "Node,BuildNumber,Version\nA,B,6003,6.0.6003\n");
    assert_refused(&recogniser_wmi, "Node,BuildNumber,Version\n\"\n,\n\"\"\",\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form),
        cmocka_unit_test(reads_the_properties),
        cmocka_unit_test(leaves_dates_that_it_does_not_understand),
        cmocka_unit_test(knows_wine_by_its_product_type),
        cmocka_unit_test(tells_several_machines_apart),
        cmocka_unit_test(refuses_other_versions),
        cmocka_unit_test(survives_odd_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
