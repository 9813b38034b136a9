/* Tests of core/readers/cbs_log.c: which files are such a log, and what its lines say.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/limits.h"
#include "core/strbuf.h"
#include "machines.h"

#define CBS(time, text) "2019-04-20 " time ", Info                  CBS    " text "\r\n"
#define CSI(time, text) "2019-04-20 " time ", Info                  CSI    " text "\r\n"
#define STACK(version, store)                                                                      \
    "Loaded Servicing Stack v" version " with Core: C:\\Windows\\winsxs\\" store                   \
    "_microsoft-windows-servicingstack_31bf3856ad364e35_" version "_none_0123456789abcdef"         \
    "\\cbscore.dll"
#define DONE(package, result)                                                                      \
    "Exec: Processing complete.  Session: 30733195_1, Package: " package                           \
    "~31bf3856ad364e35~amd64~~6.0.1.1 [HRESULT = " result "]"
#define FAILED "0x800f0922 - CBS_E_INSTALLERS_FAILED"
#define WELL   "0x00000000 - S_OK"

static struct machines read_log(const char *text)
{
    return machines_of_bytes("CBS.log", text, strlen(text));
}

/* The n-th fact of that field, from 0; NULL when there is none. */
static const struct fact *fact_at(const struct machines *machines, enum fact_field field, int n)
{
    facts_each (fact, &machines->items[0]->facts) {
        if (fact->field == field && n-- == 0)
            return fact;
    }
    return NULL;
}

static void test_stack(void **state)
{
    struct machines machines = read_log(
        CSI("10:11:10", "00000001@2019/4/20:08:11:10.455 WcpInitialize (wcp.dll version 0.0.0.6)")
            CBS("10:11:11", "Starting TrustedInstaller initialization.")
                CBS("10:11:12", STACK("6.0.6002.24505", "x86"))
                    CBS("10:11:13", STACK("6.0.6003.20480", "amd64")));
    const struct fact *fact;

    (void)state;
    assert_int_equal(machines.status, EVIDENCE_OK);
    assert_string_equal(machines.items[0]->evidence[0].reader, "cbs-log");
    assert_int_equal(machines.items[0]->evidence[0].n_problems, 0);
    fact = fact_at(&machines, FIELD_SERVICING_STACK, 0);
    assert_string_equal(fact->value, "6.0.6003.20480");
    assert_string_equal(fact->where, "line of 2019-04-20 10:11:13");
    assert_int_equal(fact->grade, GRADE_COMPONENT);
    assert_null(fact_at(&machines, FIELD_SERVICING_STACK, 1));
    assert_string_equal(fact_at(&machines, FIELD_ARCH, 0)->value, "x64");
    /* The stack may be newer than the system. */
    assert_null(fact_at(&machines, FIELD_BUILD, 0));
    machines_free(&machines);
}

static void test_what_failed(void **state)
{
    struct machines machines =
        read_log(CBS("10:00:00", STACK("6.0.6002.24505", "amd64"))
                     CBS("10:00:01", DONE("Package_for_KB4493730", FAILED))
                         CBS("10:00:02", DONE("Package_for_KB4493471", FAILED))
                             CBS("10:00:03", DONE("Package_for_KB4493730", WELL)));
    const struct fact *fact = fact_at(&machines, FIELD_PACKAGE, 0);

    (void)state;
    assert_int_equal(fact->status, FACT_NOT_RECORDED);
    assert_non_null(strstr(fact->note, "Package_for_KB4493471~31bf3856ad364e35~amd64~~6.0.1.1"));
    assert_non_null(strstr(fact->note, FAILED));
    assert_string_equal(fact->where, "line of 2019-04-20 10:00:02");
    assert_null(fact_at(&machines, FIELD_PACKAGE, 1));
    machines_free(&machines);
}

static void test_restart(void **state)
{
    static const char asked[] =
        CBS("10:00:00", "Session: 1_2 finalized. Reboot required: yes [HRESULT = " WELL "]");
    static const char later[] =
        CBS("10:00:00", "Session: 1_2 finalized. Reboot required: yes [HRESULT = " WELL "]")
            CBS("10:30:00", "Session: 1_3 finalized. Reboot required: no [HRESULT = " WELL "]");
    struct machines machines = read_log(asked);
    const struct fact *fact = fact_at(&machines, FIELD_PENDING, 0);

    (void)state;
    assert_int_equal(fact->status, FACT_NOT_RECORDED);
    assert_non_null(strstr(fact->note, "asked for a restart"));
    assert_string_equal(machines.items[0]->evidence[0].problems[0],
                        "this log does not name the servicing stack");
    machines_free(&machines);
    machines = read_log(later);
    assert_null(fact_at(&machines, FIELD_PENDING, 0));
    machines_free(&machines);
}

/* Only the end of a long log is read; the line that it begins in is not taken for one. */
static void test_tail(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct machines machines;

    (void)state;
    strbuf_adds(&text, CBS("10:00:00", STACK("6.0.6002.24505", "amd64")));
    while (text.length < 2 * LIMIT_CBS_LOG_TAIL)
        strbuf_adds(&text, CBS("11:00:00", "Scavenge: Starts"));
    machines = machines_of_bytes("CBS.log", text.text, text.length);
    assert_null(fact_at(&machines, FIELD_SERVICING_STACK, 0));
    assert_string_equal(machines.items[0]->evidence[0].problems[0],
                        "the tail that was read does not name the servicing stack");
    machines_free(&machines);
    strbuf_adds(&text, CBS("12:00:00", STACK("6.0.6003.20480", "amd64")));
    machines = machines_of_bytes("CBS.log", text.text, text.length);
    assert_string_equal(fact_at(&machines, FIELD_SERVICING_STACK, 0)->value, "6.0.6003.20480");
    machines_free(&machines);
    strbuf_free(&text);
}

static void test_many_results(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct machines machines;
    char line[256];

    (void)state;
    for (int i = 0; i < 200; i++) {
        snprintf(line, sizeof(line), CBS("10:00:00", DONE("Package_for_KB%d", FAILED)),
                 4000000 + i);
        strbuf_adds(&text, line);
    }
    machines = machines_of_bytes("CBS.log", text.text, text.length);
    assert_non_null(strstr(fact_at(&machines, FIELD_PACKAGE, 0)->note, "KB4000136"));
    assert_non_null(strstr(fact_at(&machines, FIELD_PACKAGE, 63)->note, "KB4000199"));
    assert_null(fact_at(&machines, FIELD_PACKAGE, 64));
    machines_free(&machines);
    strbuf_free(&text);
}

/* What only resembles such a log is left to others. */
static void test_others(void **state)
{
    static const char *const texts[] = {
        "2019-04-20 10:00:00, Info                  DISM   PID=1 " STACK("6.0.6003.20480",
                                                                         "x86") "\n",
        "CBS " STACK("6.0.6003.20480", "x86") "\n",
        "2019-04-20 10:00:00 Info CBS " STACK("6.0.6003.20480", "x86") "\n",
        "2019-04-2x 10:00:00, Info CBS " STACK("6.0.6003.20480", "x86") "\n",
        "2019-04-20 10:00:00, Informal CBS " STACK("6.0.6003.20480", "x86") "\n",
        "From the log:\n" CBS("10:00:00", STACK("6.0.6003.20480", "x86")),
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct machines machines = read_log(texts[i]);

        assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
        machines_free(&machines);
    }
}

/* Lines that say less than they should. */
static void test_damage(void **state)
{
    struct machines machines = read_log(
        CBS("10:00:00", "Loaded Servicing Stack v6.0.6003 with Core: cbscore.dll")
            CBS("10:00:01", "Loaded Servicing Stack v6.0.6003.20480x with") CBS(
                "10:00:02", "Exec: Processing complete.  Session: 1_2, Package: KB1 [HRESULT = ]")
                CBS("10:00:03", "Exec: Processing complete.  Session: 1_2, Package: ")
                    CBS("10:00:04", "Session: ") "2019-04-20 10:00:05, Info    CBS ");

    (void)state;
    assert_int_equal(machines.status, EVIDENCE_OK);
    assert_null(fact_at(&machines, FIELD_PACKAGE, 0));
    assert_null(fact_at(&machines, FIELD_PENDING, 0));
    assert_string_equal(fact_at(&machines, FIELD_SERVICING_STACK, 0)->value, "6.0.6003.20480");
    assert_null(fact_at(&machines, FIELD_ARCH, 0));
    machines_free(&machines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stack),   cmocka_unit_test(test_what_failed),
        cmocka_unit_test(test_restart), cmocka_unit_test(test_tail),
        cmocka_unit_test(test_others),  cmocka_unit_test(test_many_results),
        cmocka_unit_test(test_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
