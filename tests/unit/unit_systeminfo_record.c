/* systeminfo /fo csv and /fo table.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

#define FIELDS                                                                                     \
    "\"SRV-1\",\"Microsoftr Windows Serverr 2008 Standard \","                                     \
    "\"6.0.6003 Service Pack 2 Build 6003\",\"Microsoft Corporation\",\"Member Server\","          \
    "\"Multiprocessor Free\",\"Ada\",\"\",\"92573-082-2500446-76233\",\"5/17/2010, 2:22:41 PM\","  \
    "\"6/12/2019, 5:03:16 AM\",\"Beispiel\",\"BS-2200\",\"x64-based PC\","                         \
    "\"1 Processor(s) Installed.,[01]: Intel64 Family 6\",\"BIOS\",\"C:\\Windows\","               \
    "\"C:\\Windows\\system32\",\"\\Device\\HarddiskVolume1\",\"en-us;English (United States)\","   \
    "\"en-us;English (United States)\",\"(GMT)\",\"8,190 MB\",\"6,829 MB\",\"1 MB\",\"2 MB\","     \
    "\"3 MB\",\"C:\\pagefile.sys\",\"WORKGROUP\",\"\\\\SRV-1\","

static void a_csv_record_is_read(void **state)
{
    struct shown shown =
        show(&recogniser_systeminfo,
             "\"Host Name\",\"OS Name\",\"OS Version\"\n" FIELDS
             "\"2 Hotfix(s) Installed.,[01]: KB4493730,[02]: KB4499180\",\"1 NIC(s)\"\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV-1");
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Microsoftr Windows Serverr 2008 Standard");
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_shown(&shown, FIELD_PRODUCT_TYPE, "server");
    assert_shown(&shown, FIELD_OWNER, "Ada");
    assert_int_equal(shown_fact(&shown, FIELD_ORGANIZATION, 0)->status, FACT_ABSENT);
    assert_shown(&shown, FIELD_PRODUCT_ID, "92573-082-2500446-76233");
    assert_shown(&shown, FIELD_ARCH, "x64");
    assert_shown(&shown, FIELD_LANGUAGE, "en-us;English (United States)");
    assert_shown(&shown, FIELD_MEMORY_KB, "8386560");
    assert_int_equal(shown_count(&shown, FIELD_PACKAGE), 2);
    assert_shown(&shown, FIELD_PACKAGE_LIST, "complete");
    shown_free(&shown);
}

static void a_csv_record_that_is_cut_says_so(void **state)
{
    struct shown shown = show(&recogniser_systeminfo,
                              FIELDS "\"216 Hotfix(s) Installed.,[01]: KB4493730,[02]: KB44\n");

    (void)state;
    assert_shown(&shown, FIELD_PACKAGE_LIST, "cut");
    assert_int_equal(shown_count(&shown, FIELD_PACKAGE), 1);
    shown_free(&shown);

    shown = show(&recogniser_systeminfo, "\"SRV-1\",\"Microsoft Windows Server 2008\","
                                         "\"6.0.6003 Service Pack 2 Build 6003\",\"Microsoft\","
                                         "\"Member Server\",\"Multiprocessor Free\"\n");
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_int_equal(shown.machine->evidence[0].n_problems, 1);
    shown_free(&shown);
}

static void a_table_is_read_by_its_columns(void **state)
{
    struct shown shown =
        show(&recogniser_systeminfo, "Host Name OS Name                  OS Version                "
                                     "         OS Manufacturer       "
                                     "OS Configuration OS Build Type       Owner\n"
                                     "========= ======================== "
                                     "================================== ===================== "
                                     "================ =================== =====\n"
                                     "SRV-1     Windows Server 2008 Süd  6.0.6003 Service Pack 2 "
                                     "Build 6003 Microsoft Corporation "
                                     "Member Server    Multiprocessor Free Ada  \n");

    (void)state;
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV-1");
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Windows Server 2008 Süd");
    assert_shown(&shown, FIELD_BUILD, "6003");
    shown_free(&shown);
}

static void other_csv_is_refused(void **state)
{
    (void)state;
    assert_refused(&recogniser_systeminfo, "\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"\n");
    assert_refused(&recogniser_systeminfo, "\"6.0.6003 Service Pack 2 Build 6003\"\n");
    assert_refused(&recogniser_systeminfo, "\"\n");
    assert_refused(&recogniser_systeminfo, "=================================\nx\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_csv_record_is_read),
        cmocka_unit_test(a_csv_record_that_is_cut_says_so),
        cmocka_unit_test(a_table_is_read_by_its_columns),
        cmocka_unit_test(other_csv_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
