/* Lists of installed updates, and text that only speaks of updates.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

static struct shown hotfix(const char *text)
{
    return show(&recogniser_hotfix, text);
}

static void assert_listed(struct shown shown)
{
    const struct fact *fact = shown_fact(&shown, FIELD_PACKAGE, 0);

    assert_string_equal(fact->value, "KB4493471");
    assert_int_equal(fact->package->kb, 4493471);
    assert_int_equal(fact->package->state, PACKAGE_STATE_NONE);
    assert_int_equal(fact->witness, WITNESS_HOTFIX_LIST);
    assert_int_equal(fact->grade, GRADE_TOOL);
    assert_string_equal(fact->package->installed_on, "4/10/2019");
    assert_int_equal(shown_count(&shown, FIELD_PACKAGE), 2);
    assert_shown(&shown, FIELD_PACKAGE_LIST, "complete");
    assert_true(shown.scan.statements >= 2);
    shown_free(&shown);
}

static void reads_every_form(void **state)
{
    (void)state;
    assert_listed(hotfix("Caption        CSName  Description      HotFixID   InstalledOn  \n"
                         "http://a.b/c   SRV1    Security Update  KB4493471  4/10/2019    \n"
                         "               SRV1    Update           KB4493730  4/10/2019    \n"));
    assert_listed(hotfix("Please wait while WMIC is being installed."
                         "CSName  HotFixID   InstalledOn  \n"
                         "SRV1    KB4493471  4/10/2019    \n"
                         "SRV1    KB4493730  4/10/2019    \n"));
    assert_listed(hotfix("Source  Description      HotFixID      InstalledBy    InstalledOn\n"
                         "------  -----------      --------      -----------    -----------\n"
                         "SRV1    Update           KB4493471     NT AUTH\\SYS     4/10/2019\n"
                         "SRV1    Update           KB4493730                      4/10/2019\n"));
    assert_listed(hotfix("CSName=SRV1\nHotFixID=KB4493471\nInstalledOn=4/10/2019\n\n\n"
                         "CSName=SRV1\nHotFixID=KB4493730\nInstalledOn=4/10/2019\n"));
    assert_listed(hotfix("HotFixID    : KB4493471\nInstalledOn : 4/10/2019\n\n"
                         "HotFixID    : KB4493730\nInstalledOn : 4/10/2019\n"));
    assert_listed(hotfix("Node,HotFixID,InstalledOn\nSRV1,KB4493471,4/10/2019\n"
                         "SRV1,KB4493730,4/10/2019\n"));
}

static void says_the_computer_once(void **state)
{
    struct shown shown = hotfix("CSName  HotFixID   \nSRV1    KB4493471  \nSRV1    KB4493730  \n"
                                "SRV2    KB4493471  \n");

    (void)state;
    assert_int_equal(shown_count(&shown, FIELD_COMPUTER_NAME), 2);
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV1");
    shown_free(&shown);
}

static void counts_ids_that_are_no_kb(void **state)
{
    struct shown shown =
        hotfix("CSName  HotFixID                                ServicePackInEffect  \n"
               "XP      {7A068575-C5DB-43D9-BE20-3895D0C69B17}                       \n"
               "XP      File 1                                  KB2115168            \n"
               "XP      Q147222                                                      \n"
               "XP      943729                                                       \n"
               "XP      KB915800-v9                             SP3                  \n");

    (void)state;
    assert_int_equal(shown.scan.statements, 5);
    assert_int_equal(shown_count(&shown, FIELD_PACKAGE), 2);
    assert_shown(&shown, FIELD_PACKAGE, "KB943729");
    assert_string_equal(shown_fact(&shown, FIELD_PACKAGE, 1)->note,
                        "service pack in effect: SP3");
    shown_free(&shown);
}

static void reads_titled_lines(void **state)
{
    struct shown shown =
        hotfix("KB4486553: 2019-02 Cumulative Update for .NET Framework (KB4486553)\n"
               "KB2267602: Definition Update - KB2267602 (Definition 1.289.501.0)\n");

    (void)state;
    assert_int_equal(shown.scan.statements, 2);
    assert_int_equal(shown_count(&shown, FIELD_PACKAGE), 2);
    shown_free(&shown);
}

static void refuses_talk(void **state)
{
    static const char *const texts[] = {
        "KB4493471\n",
        "KB4493471: Monthly Rollup for Windows Server 2008\n",
        "Install KB4493471 (KB4493471), then restart.\n",
        "The patch version is 6.0.6002.19743 (KB4012598) <BR>\n",
        "HotFixID\nKB4493471\n",
        "HotFixID is the name of the property\nKB4493471 is one\n",
        "The HotFixID column shows KB4493471\n",
        "[01]: KB4493471\n",
        "HotFixID,InstalledOn\nsee KB4493471,never\n",
        "HotFixID   InstalledOn  \nnone       never        \n",
        "KB12: x (KB12)\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_refused(&recogniser_hotfix, texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form),
        cmocka_unit_test(says_the_computer_once),
        cmocka_unit_test(counts_ids_that_are_no_kb),
        cmocka_unit_test(reads_titled_lines),
        cmocka_unit_test(refuses_talk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
