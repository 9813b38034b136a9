/* Tests of core/readers/nfo.c: the summary that msinfo32 saves as XML.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machines.h"

#define ROW(item, value) "<Data><Item><![CDATA[" item "]]></Item><Value>" value "</Value></Data>\n"
#define HEAD                                                                                       \
    "<?xml version=\"1.0\"?><MsInfo><Metadata><CreationUTC>04/10/19 09:10:11"                      \
    "</CreationUTC></Metadata><Category name=\"System Summary\">\n"
#define NAME    ROW("OS Name", "Microsoft Windows Server 2008 Standard")
#define VERSION ROW("Version", "6.0.6003 Service Pack 2 Build 6003")

static void test_summary(void **state)
{
    struct machines machines =
        machines_of("m.nfo", HEAD NAME VERSION ROW("System Name", "FS1") "</Category></MsInfo>");

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_value(machines.items[0], FIELD_PRODUCT_NAME, "Microsoft Windows Server 2008 Standard");
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    assert_value(machines.items[0], FIELD_SERVICE_PACK, "2");
    assert_value(machines.items[0], FIELD_COMPUTER_NAME, "FS1");
    assert_value(machines.items[0], FIELD_EVIDENCE_DATE, "04/10/19 09:10:11");
    assert_int_equal(machines.items[0]->evidence[0].n_problems, 0);
    assert_string_equal(machines.items[0]->evidence[0].reader, "nfo");
    machines_free(&machines);
}

/* Columns are named in the display language; only their order counts. */
static void test_german(void **state)
{
    struct machines machines = machines_of(
        "m.nfo", HEAD "<Data><Element>Betriebssystemname</Element><Wert>Microsoft Windows Server "
                      "2008 Standard</Wert></Data><Data><Element>Version</Element><Wert>6.0.6002 "
                      "Service Pack 2 Build 6002</Wert></Data></Category></MsInfo>");

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_value(machines.items[0], FIELD_BUILD, "6002");
    machines_free(&machines);
}

/* Categories below the summary are not read: their rows have other columns. */
static void test_other_categories(void **state)
{
    struct machines machines =
        machines_of("m.nfo", HEAD NAME "<Category name=\"Hardware Resources\">" VERSION
                                       "</Category></Category></MsInfo>");

    (void)state;
    assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
    machines_free(&machines);
}

static void test_damage(void **state)
{
    struct machines machines = machines_of("m.nfo", HEAD NAME VERSION "<Data><Item>");

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    assert_int_equal(machines.items[0]->evidence[0].n_problems, 1);
    machines_free(&machines);

    /* A tab in a cell is no column; a row with one cell is none. */
    machines = machines_of("m.nfo", HEAD "<Data><Item>a\t6.0.6003 Service Pack 2 Build "
                                         "6003</Item></Data></Category></MsInfo>");
    assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
    machines_free(&machines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_german),
        cmocka_unit_test(test_other_categories),
        cmocka_unit_test(test_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
