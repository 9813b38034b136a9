/* The judge: for each state and rule, facts that lead there and a neighbour that does not.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/judge/examine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MAX_SAYINGS 12

/* One fact: text is a number where the field is one; a package is "KB4493471 installed". */
struct saying {
    enum fact_field field;
    enum fact_grade grade;
    enum fact_witness witness;
    const char *text;
};

#define SERVER {FIELD_PRODUCT_TYPE, GRADE_REGISTRY, WITNESS_PRODUCT_OPTIONS, "server"}
#define VISTA {FIELD_PRODUCT_TYPE, GRADE_REGISTRY, WITNESS_PRODUCT_OPTIONS, "workstation"}
#define NAME(text) {FIELD_PRODUCT_NAME, GRADE_REGISTRY, WITNESS_REGISTRY, text}
#define BUILD(text) {FIELD_BUILD, GRADE_REGISTRY, WITNESS_CURRENT_BUILD, text}
#define SP(text) {FIELD_SERVICE_PACK, GRADE_REGISTRY, WITNESS_CURRENT_VERSION, text}
#define UBR(text) {FIELD_REVISION, GRADE_REGISTRY, WITNESS_UBR, text}
#define LAB(text) {FIELD_BUILD_LAB_EX, GRADE_REGISTRY, WITNESS_BUILD_LAB_EX, text}
#define KERNEL_BUILD(text) {FIELD_BUILD, GRADE_FILE, WITNESS_KERNEL_FILE, text}
#define KERNEL_REVISION(text) {FIELD_REVISION, GRADE_FILE, WITNESS_KERNEL_FILE, text}
#define FILE_VERSION(text) {FIELD_OS_FILE, GRADE_FILE, WITNESS_SYSTEM_FILE, text}
#define PACKAGE(text) {FIELD_PACKAGE, GRADE_COMPONENT, WITNESS_CBS, text}
#define LISTED(text) {FIELD_PACKAGE, GRADE_TOOL, WITNESS_HOTFIX_LIST, text}
#define PENDING(text) {FIELD_PENDING, GRADE_REGISTRY, WITNESS_CBS, text}
#define LIST(text) {FIELD_PACKAGE_LIST, GRADE_TOOL, WITNESS_HOTFIX_LIST, text}

static struct machine *machine_that_says(const struct saying *sayings)
{
    struct machine *machine = machine_new("test");
    unsigned evidence = machine_add_evidence(machine, "test");

    for (size_t i = 0; i < MAX_SAYINGS && sayings[i].text; i++) {
        struct source source = {sayings[i].grade, sayings[i].witness, evidence, "here"};
        const char *text = sayings[i].text;

        if (sayings[i].field == FIELD_PACKAGE) {
            struct package package = {.version = VERSION_NONE};
            char *state;

            package.kb = (uint32_t)strtoul(text + 2, &state, 10);
            package.state = package_state_from_name(*state ? state + 1 : "listed");
            facts_add_package(&machine->facts, &source, &package);
        } else if (sayings[i].field == FIELD_BUILD_LAB_EX ||
                   sayings[i].field == FIELD_BUILD_LAB) {
            facts_add_build_lab(&machine->facts, &source, sayings[i].field, text);
        } else if (fact_field_is_number(sayings[i].field)) {
            facts_add_number(&machine->facts, &source, sayings[i].field, atol(text));
        } else {
            facts_add_text(&machine->facts, &source, sayings[i].field, text);
        }
    }
    return machine;
}

static void judge_on(const struct machine *machine, const char *day, const struct policy *policy,
                     bool strict, struct assessment *assessment)
{
    struct judge_options options = {
        .as_of = day_from_text(day),
        .policy = policy,
        .strict = strict,
    };

    judge(machine, &options, assessment);
}

static enum rule_result result_of(const struct assessment *assessment, const char *rule)
{
    for (size_t i = 0; i < assessment->n_findings; i++)
        if (!strcmp(assessment->findings[i].rule->id, rule))
            return assessment->findings[i].result;
    fail_msg("no finding for %s", rule);
    return RESULT_NONE;
}

static void states(void **state)
{
    static const struct {
        const char *what;
        enum verdict_state expected;
        struct saying sayings[MAX_SAYINGS];
    } rows[] = {
        {"nothing", STATE_UNKNOWN, {{0}}},
        {"6003 server", STATE_TRANSITIONED, {SERVER, BUILD("6003"), SP("2")}},
        {"6002 server", STATE_NOT_TRANSITIONED, {SERVER, BUILD("6002"), SP("2")}},
        {"6001 server", STATE_NOT_TRANSITIONED, {SERVER, BUILD("6001"), SP("1")}},
        {"6003, Vista or Server", STATE_UNKNOWN, {BUILD("6003")}},
        {"6003 Vista", STATE_NOT_APPLICABLE, {VISTA, BUILD("6003"), SP("2")}},
        {"6000", STATE_NOT_APPLICABLE,
         {{FIELD_MAJOR, GRADE_TOOL, WITNESS_VER, "6"},
          {FIELD_MINOR, GRADE_TOOL, WITNESS_VER, "0"},
          BUILD("6000")}},
        {"2008 R2", STATE_NOT_APPLICABLE,
         {NAME("Windows Server 2008 R2 Standard"),
          {FIELD_MAJOR, GRADE_TOOL, WITNESS_VER, "6"},
          {FIELD_MINOR, GRADE_TOOL, WITNESS_VER, "1"},
          BUILD("7601")}},
        {"a server that is R2 and 6.0", STATE_CONFLICT,
         {SERVER, NAME("Windows Server 2008 R2 Standard"),
          {FIELD_MAJOR, GRADE_TOOL, WITNESS_VER, "6"},
          {FIELD_MINOR, GRADE_TOOL, WITNESS_VER, "0"},
          BUILD("6003")}},
        {"Wine", STATE_IMITATION,
         {SERVER, BUILD("6003"), {FIELD_IMITATION, GRADE_REGISTRY, WITNESS_REGISTRY, "Wine"}}},
        {"a build never shipped", STATE_IMITATION, {SERVER, BUILD("6100")}},
        {"edited registry", STATE_CONFLICT,
         {SERVER, BUILD("6003"), KERNEL_BUILD("6002"), KERNEL_REVISION("24566"),
          LAB("6002.18005.amd64fre.lh_sp2rtm.090410-1830")}},
        {"new kernel file, old registry", STATE_INCOMPLETE,
         {SERVER, BUILD("6002"), KERNEL_BUILD("6003"), KERNEL_REVISION("20489")}},
        {"new lab string only", STATE_CONFLICT,
         {SERVER, BUILD("6002"), LAB("6003.20489.x86fre.vistasp2_ldr_escrow.190320-1700")}},
        {"installed, waiting", STATE_INCOMPLETE,
         {SERVER, BUILD("6002"), PACKAGE("KB4493471 installed"), PENDING("RebootPending")}},
        {"staged, waiting", STATE_INCOMPLETE,
         {SERVER, BUILD("6002"), PACKAGE("KB4493471 staged"), PENDING("RebootPending")}},
        {"staged, nothing waits", STATE_NOT_TRANSITIONED,
         {SERVER, BUILD("6002"), PACKAGE("KB4493471 staged")}},
        {"servicing stack only", STATE_NOT_TRANSITIONED,
         {SERVER, BUILD("6002"), PACKAGE("KB4493730 installed")}},
        {"preview only", STATE_INCOMPLETE, {SERVER, BUILD("6002"), LISTED("KB4489887")}},
        {"6002's own rollup", STATE_NOT_TRANSITIONED,
         {SERVER, BUILD("6002"), LISTED("KB4489880")}},
        {"revision past the end", STATE_CONFLICT, {SERVER, BUILD("6003"), UBR("23718")}},
        {"last revision", STATE_TRANSITIONED, {SERVER, BUILD("6003"), UBR("23717")}},
        {"revision before LDR", STATE_CONFLICT, {SERVER, BUILD("6003"), UBR("18005")}},
        {"wrong service pack", STATE_CONFLICT, {SERVER, BUILD("6003"), SP("1")}},
        {"wrong branch", STATE_CONFLICT,
         {SERVER, BUILD("6003"), LAB("6003.18005.amd64fre.lh_sp2rtm.090410-1830")}},
        {"lab too early", STATE_CONFLICT,
         {SERVER, BUILD("6003"), LAB("6003.22918.amd64fre.vistasp2_ldr_escrow.190320-1700")}},
        {"lab too late", STATE_CONFLICT,
         {SERVER, BUILD("6003"), LAB("6003.20489.amd64fre.vistasp2_ldr_escrow.240927-1811")}},
        {"ARM", STATE_CONFLICT,
         {SERVER, BUILD("6003"), {FIELD_ARCH, GRADE_TOOL, WITNESS_SYSTEMINFO, "ARM-based PC"}}},
        {"Itanium", STATE_TRANSITIONED,
         {SERVER, BUILD("6003"), {FIELD_ARCH, GRADE_TOOL, WITNESS_SYSTEMINFO, "ia64"}}},
        {"Vista that calls itself a server", STATE_NOT_APPLICABLE,
         {SERVER, NAME("Windows Server (R) 2008 Standard"), BUILD("6003"),
          {FIELD_VISTA_MARK, GRADE_REGISTRY, WITNESS_REGISTRY, "EditionID_bak"}}},
        {"Vista's foundation", STATE_NOT_APPLICABLE,
         {NAME("Windows Server (R) 2008 Standard"), BUILD("6003"),
          {FIELD_FOUNDATION, GRADE_COMPONENT, WITNESS_CBS, "6.0.6000.16386"}}},
        {"server's foundation", STATE_TRANSITIONED,
         {BUILD("6003"), {FIELD_FOUNDATION, GRADE_COMPONENT, WITNESS_CBS, "6.0.6001.18000"}}},
        {"server name, workstation type", STATE_CONFLICT,
         {VISTA, NAME("Windows Server (R) 2008 Standard"), BUILD("6003")}},
        {"updates without a build", STATE_UNKNOWN, {LISTED("KB4493471"), LIST("complete")}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct machine *machine = machine_that_says(rows[i].sayings);
        struct assessment assessment;

        judge_on(machine, "2026-06-01", NULL, false, &assessment);
        if (assessment.state != rows[i].expected)
            fail_msg("%s: %s, not %s (%s)", rows[i].what, verdict_state_name(assessment.state),
                     verdict_state_name(rows[i].expected), assessment.headline);
        assert_int_equal(assessment.exit_code, verdict_exit_code(rows[i].expected));
        assert_true(assessment.headline[0]);
        assert_int_equal(assessment.n_findings, n_rules);
        machine_free(machine);
    }
}

static void results(void **state)
{
    static const struct {
        const char *rule;
        enum rule_result expected;
        struct saying sayings[MAX_SAYINGS];
    } rows[] = {
        {"product", RESULT_PASS, {SERVER, BUILD("6003")}},
        {"product", RESULT_UNKNOWN, {BUILD("6003")}},
        {"product", RESULT_NOT_APPLICABLE, {VISTA, BUILD("6003")}},
        {"service-pack", RESULT_PASS, {SERVER, BUILD("6002"), SP("2")}},
        {"service-pack", RESULT_FAIL, {SERVER, BUILD("6001"), SP("1")}},
        {"service-pack", RESULT_UNKNOWN, {SERVER, BUILD("6003")}},
        {"not-an-imitation", RESULT_PASS, {SERVER, BUILD("6003")}},
        {"not-an-imitation", RESULT_WARN,
         {SERVER,
          {FIELD_BUILD, GRADE_KERNEL, WITNESS_KERNEL, "6003"},
          {FIELD_BUILD, GRADE_TOOL, WITNESS_API, "6002"}}},
        {"not-an-imitation", RESULT_UNKNOWN,
         {SERVER, {FIELD_BUILD, GRADE_TOOL, WITNESS_VER, "6003"}}},
        {"build-agrees", RESULT_PASS, {SERVER, BUILD("6003"), KERNEL_BUILD("6003")}},
        {"build-agrees", RESULT_WARN, {SERVER, BUILD("6002"), KERNEL_BUILD("6003")}},
        {"build-agrees", RESULT_FAIL, {SERVER, BUILD("6003"), KERNEL_BUILD("6002")}},
        {"build-known", RESULT_WARN,
         {SERVER, BUILD("6002"), LAB("6002.16659.x86fre.lh_sp2rc.090114-1728")}},
        {"build-known", RESULT_PASS,
         {SERVER, BUILD("6002"), LAB("6002.18005.x86fre.lh_sp2rtm.090410-1830")}},
        {"revision-agrees", RESULT_WARN,
         {SERVER, BUILD("6003"), UBR("22464"),
          LAB("6003.22918.x86fre.vistasp2_ldr_escrow.240927-1811")}},
        {"revision-agrees", RESULT_PASS,
         {SERVER, BUILD("6003"), UBR("23279"), KERNEL_BUILD("6003"), KERNEL_REVISION("23267")}},
        {"revision-agrees", RESULT_UNKNOWN, {SERVER, BUILD("6003"), UBR("22464")}},
        {"revision-agrees", RESULT_WARN,
         {SERVER, BUILD("6003"), UBR("20489"), PACKAGE("KB5073697 installed")}},
        /* Old libraries beside a new kernel are normal, new ones beside an old kernel are not. */
        {"revision-agrees", RESULT_PASS,
         {SERVER, BUILD("6003"), UBR("22918"), KERNEL_BUILD("6003"), KERNEL_REVISION("22918"),
          FILE_VERSION("kernel32.dll 6.0.6002.18005"), FILE_VERSION("hal.dll 6.0.6003.20489"),
          FILE_VERSION("win32k.sys 6.0.6003.22966")}},
        {"revision-agrees", RESULT_WARN,
         {SERVER, BUILD("6003"), UBR("20489"), KERNEL_BUILD("6003"), KERNEL_REVISION("20489"),
          FILE_VERSION("win32k.sys 6.0.6003.22918")}},
        {"lab-fits", RESULT_PASS,
         {SERVER, BUILD("6003"), LAB("6003.22918.x86fre.vistasp2_ldr_escrow.240927-1811")}},
        {"lab-fits", RESULT_WARN,
         {SERVER, BUILD("6002"), LAB("6002.23000.x86fre.vistasp2_other.130101-1200")}},
        {"lab-fits", RESULT_FAIL,
         {SERVER, BUILD("6002"), LAB("6002.23000.x86fre.win7_rtm.090713-1255")}},
        {"cause", RESULT_PASS, {SERVER, BUILD("6003"), LISTED("KB4499180")}},
        {"cause", RESULT_UNKNOWN, {SERVER, BUILD("6003"), LISTED("KB4493730"), LIST("cut")}},
        {"cause", RESULT_NOT_APPLICABLE, {SERVER, BUILD("6002")}},
        {"complete", RESULT_PASS, {SERVER, BUILD("6003"), PACKAGE("KB4493471 installed")}},
        {"complete", RESULT_FAIL, {SERVER, BUILD("6002"), PACKAGE("KB4493471 install-pending")}},
        {"complete", RESULT_WARN,
         {SERVER, BUILD("6003"), PACKAGE("KB4493471 uninstall-pending")}},
        {"complete", RESULT_UNKNOWN, {SERVER, BUILD("6002")}},
        {"reversed", RESULT_WARN, {SERVER, BUILD("6002"), PACKAGE("KB4493471 absent")}},
        {"reversed", RESULT_PASS, {SERVER, BUILD("6002"), PACKAGE("KB4493730 installed")}},
        {"prerequisites", RESULT_WARN, {SERVER, BUILD("6002"), LIST("complete")}},
        {"prerequisites", RESULT_UNKNOWN, {SERVER, BUILD("6002"), LIST("cut")}},
        {"prerequisites", RESULT_PASS,
         {SERVER, BUILD("6002"), PACKAGE("KB4493730 installed"), PACKAGE("KB4474419 installed")}},
        {"esu", RESULT_PASS, {SERVER, BUILD("6003"), UBR("20706")}},
        {"esu", RESULT_UNKNOWN, {SERVER, BUILD("6003"), UBR("20731")}},
        {"esu", RESULT_WARN, {SERVER, BUILD("6003"), UBR("20731"), LIST("complete")}},
        {"esu", RESULT_PASS, {SERVER, BUILD("6003"), UBR("20731"), LISTED("KB4538484")}},
        {"esu", RESULT_NOT_APPLICABLE, {SERVER, BUILD("6002")}},
        {"level", RESULT_PASS, {SERVER, BUILD("6003"), UBR("23717")}},
        {"level", RESULT_WARN, {SERVER, BUILD("6003"), UBR("23716")}},
        {"level", RESULT_UNKNOWN, {SERVER, BUILD("6003")}},
        {"evidence-enough", RESULT_WARN,
         {SERVER, {FIELD_BUILD, GRADE_NETWORK, WITNESS_SMB, "6003"}}},
        {"hive-clean", RESULT_WARN,
         {SERVER, BUILD("6002"), {FIELD_HIVE, GRADE_REGISTRY, WITNESS_REGISTRY, "dirty"}}},
        {"hive-clean", RESULT_NOT_APPLICABLE, {SERVER, BUILD("6002")}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct machine *machine = machine_that_says(rows[i].sayings);
        struct assessment assessment;
        enum rule_result result;

        judge_on(machine, "2026-06-01", NULL, false, &assessment);
        result = result_of(&assessment, rows[i].rule);
        if (result != rows[i].expected)
            fail_msg("row %d, %s: %s, not %s", (int)i, rows[i].rule, rule_result_name(result),
                     rule_result_name(rows[i].expected));
        machine_free(machine);
    }
}

static void levels(void **state)
{
    static const struct {
        const char *release;
        struct saying sayings[MAX_SAYINGS];
    } rows[] = {
        {"2019-04", {SERVER, BUILD("6003"), {FIELD_REVISION, GRADE_NETWORK, WITNESS_DNS, "20509"}}},
        {"2024-10",
         {SERVER, BUILD("6003"), UBR("22464"),
          LAB("6003.22918.x86fre.vistasp2_ldr_escrow.240927-1811")}},
        {"2024-01", {SERVER, BUILD("6003"), UBR("22464")}},
        {"2025-05",
         {SERVER, BUILD("6003"), KERNEL_BUILD("6003"), KERNEL_REVISION("23267")}},
        /* Above all of December 2025, so from the January package, though its kernel's own number
         * is not published. */
        {"2026-01",
         {SERVER, BUILD("6003"), KERNEL_BUILD("6003"), KERNEL_REVISION("23710")}},
        {"2025-12", {SERVER, BUILD("6003"), UBR("23710")}},
        {"2019-04", {SERVER, BUILD("6003"), PACKAGE("KB4493471 installed")}},
        /* A system file proves its revision, never more than the kernel where that speaks; of
         * another build, or beyond all that was shipped, it proves nothing. */
        {"2024-10", {SERVER, BUILD("6003"), FILE_VERSION("win32k.sys 6.0.6003.22918")}},
        {"2019-04",
         {SERVER, BUILD("6003"), KERNEL_BUILD("6003"), KERNEL_REVISION("20489"),
          FILE_VERSION("win32k.sys 6.0.6003.22918")}},
        {NULL, {SERVER, BUILD("6003"), FILE_VERSION("win32k.sys 6.0.6002.24566")}},
        {NULL, {SERVER, BUILD("6003"), FILE_VERSION("win32k.sys 6.0.6003.24000")}},
        {NULL, {SERVER, FILE_VERSION("win32k.sys 6.0.6003.22918")}},
        {NULL, {SERVER, BUILD("6003"), PACKAGE("KB4493471 install-pending")}},
        {"sp2", {SERVER, BUILD("6002"), LAB("6002.18005.x86fre.lh_sp2rtm.090410-1830")}},
        {"2019-03", {SERVER, BUILD("6002"), LISTED("KB4489880")}},
        /* A 6003 package does not raise a machine that still runs 6002. */
        {"2019-03", {SERVER, BUILD("6002"), LISTED("KB4489880"), LISTED("KB5073697")}},
        {NULL, {VISTA, BUILD("6003"), UBR("22464")}},
        /* A revision of 6002 says nothing of 6003, and a conflict proves nothing. */
        {NULL,
         {SERVER, BUILD("6003"), KERNEL_BUILD("6002"), KERNEL_REVISION("24566")}},
        {NULL, {SERVER, BUILD("6003"), UBR("23718")}},
        /* Before its restart a machine has the level of what runs. */
        {"2019-03",
         {SERVER, BUILD("6002"), KERNEL_BUILD("6003"), KERNEL_REVISION("20489"),
          LISTED("KB4489880")}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct machine *machine = machine_that_says(rows[i].sayings);
        struct assessment assessment;
        const struct release *release;

        judge_on(machine, "2026-06-01", NULL, false, &assessment);
        release = assessment.level.release;
        if (!rows[i].release)
            assert_null(release);
        else if (!release || strcmp(release->id, rows[i].release) != 0)
            fail_msg("row %d: %s, not %s", (int)i, release ? release->id : "none",
                     rows[i].release);
        machine_free(machine);
    }
}

static void counts_behind(void **state)
{
    const struct saying final[MAX_SAYINGS] = {SERVER, BUILD("6003"), UBR("23717")};
    const struct saying before[MAX_SAYINGS] = {SERVER, BUILD("6003"), UBR("23666")};
    struct machine *machine = machine_that_says(final);
    struct assessment assessment;

    (void)state;
    judge_on(machine, "2026-06-01", NULL, false, &assessment);
    assert_true(assessment.level.final);
    assert_int_equal(assessment.level.releases_behind, 0);
    assert_int_equal(assessment.level.cves_since, 0);
    machine_free(machine);

    machine = machine_that_says(before);
    judge_on(machine, "2026-06-01", NULL, false, &assessment);
    assert_string_equal(assessment.level.release->id, "2025-12");
    assert_int_equal(assessment.level.releases_behind, 1);
    assert_int_equal(assessment.level.days_behind, 35);
    assert_int_equal(assessment.level.cves_since,
                     cve_count_of(release_final())->cves_total);
    machine_free(machine);
}

static void support_by_day(void **state)
{
    static const struct {
        const char *day, *phase;
    } rows[] = {
        {"2008-05-05", NULL},         {"2010-01-01", "mainstream"},
        {"2015-01-13", "mainstream"}, {"2015-01-14", "extended"},
        {"2020-01-14", "extended"},   {"2020-01-15", "esu-year1"},
        {"2022-06-01", "esu-year3"},  {"2023-06-01", "azure-year4"},
        {"2025-01-01", "premium-assurance"}, {"2026-01-13", "premium-assurance"},
        {"2026-01-14", NULL},
    };
    const struct saying sayings[MAX_SAYINGS] = {SERVER, BUILD("6003")};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct machine *machine = machine_that_says(sayings);
        struct assessment assessment;

        judge_on(machine, rows[i].day, NULL, false, &assessment);
        if (!rows[i].phase)
            assert_null(assessment.support.phase);
        else if (!assessment.support.phase ||
                 strcmp(assessment.support.phase->id, rows[i].phase) != 0)
            fail_msg("%s: %s, not %s", rows[i].day,
                     assessment.support.phase ? assessment.support.phase->id : "none",
                     rows[i].phase);
        assert_int_equal(assessment.support.ended, !strcmp(rows[i].day, "2026-01-14"));
        machine_free(machine);
    }
}

static void policy_and_strict_raise_the_exit_code(void **state)
{
    const struct saying lagging[MAX_SAYINGS] = {
        SERVER, BUILD("6003"), UBR("22464"),
        LAB("6003.22918.x86fre.vistasp2_ldr_escrow.240927-1811")};
    const struct saying clean[MAX_SAYINGS] = {SERVER, BUILD("6003"), SP("2"), UBR("20706")};
    static const char *const fail_on[] = {"revision-agrees", NULL};
    struct policy policy = {.esu = ESU_AFTER_2020_01, .fail_on = fail_on};
    struct machine *machine = machine_that_says(lagging);
    struct assessment assessment;

    (void)state;
    judge_on(machine, "2026-06-01", NULL, false, &assessment);
    assert_int_equal(assessment.exit_code, 0);
    judge_on(machine, "2026-06-01", NULL, true, &assessment);
    assert_int_equal(assessment.exit_code, 2);
    assert_int_equal(assessment.state, STATE_TRANSITIONED);
    judge_on(machine, "2026-06-01", &policy, false, &assessment);
    assert_int_equal(assessment.exit_code, 2);
    assert_int_equal(result_of(&assessment, "revision-agrees"), RESULT_FAIL);
    machine_free(machine);

    machine = machine_that_says(clean);
    judge_on(machine, "2026-06-01", NULL, true, &assessment);
    assert_int_equal(assessment.exit_code, 0);
    policy = (struct policy){.esu = ESU_STRICT};
    judge_on(machine, "2026-06-01", &policy, false, &assessment);
    assert_int_equal(assessment.exit_code, 2);
    assert_int_equal(result_of(&assessment, "esu"), RESULT_FAIL);
    policy = (struct policy){.esu = ESU_AFTER_2020_01, .minimum_level = release_by_id("2020-02")};
    judge_on(machine, "2026-06-01", &policy, false, &assessment);
    assert_int_equal(result_of(&assessment, "level"), RESULT_FAIL);
    policy.minimum_level = release_by_id("2020-01");
    judge_on(machine, "2026-06-01", &policy, false, &assessment);
    assert_int_equal(assessment.exit_code, 0);
    machine_free(machine);
}

/* What lies behind it is judged, the finding stays, and nobody can take the report for another. */
static void trusted_imitation(void **state)
{
    const struct saying wine[MAX_SAYINGS] = {
        SERVER, BUILD("6003"), SP("2"), {FIELD_IMITATION, GRADE_KERNEL, WITNESS_KERNEL, "Wine 8.0"}};
    const struct judge_options options = {.as_of = day_from_text("2026-06-01"),
                                          .trust_imitation = true};
    struct machine *machine = machine_that_says(wine);
    struct assessment assessment;

    (void)state;
    judge_on(machine, "2026-06-01", NULL, false, &assessment);
    assert_int_equal(assessment.state, STATE_IMITATION);
    assert_null(strstr(assessment.headline, "--trust-imitation"));
    judge(machine, &options, &assessment);
    assert_int_equal(assessment.state, STATE_TRANSITIONED);
    assert_int_equal(assessment.exit_code, 0);
    assert_int_equal(result_of(&assessment, "not-an-imitation"), RESULT_WARN);
    assert_non_null(strstr(assessment.headline, "[--trust-imitation] "));
    machine_free(machine);
    /* Marked whether or not it was needed. */
    machine = machine_that_says((const struct saying[MAX_SAYINGS]){SERVER, BUILD("6003")});
    judge(machine, &options, &assessment);
    assert_non_null(strstr(assessment.headline, "[--trust-imitation] "));
    assert_int_equal(result_of(&assessment, "not-an-imitation"), RESULT_PASS);
    machine_free(machine);
}

static bool plan_has(const struct assessment *assessment, uint32_t kb)
{
    for (size_t i = 0; i < assessment->n_plan; i++)
        if (assessment->plan[i].kb == kb)
            return true;
    return false;
}

static void plans_leave_out_what_is_done(void **state)
{
    const struct saying bare[MAX_SAYINGS] = {SERVER, BUILD("6002"), SP("2"), LIST("complete")};
    const struct saying ready[MAX_SAYINGS] = {SERVER, BUILD("6002"), SP("2"),
                                              PACKAGE("KB4493730 installed"), LIST("complete")};
    const struct saying final[MAX_SAYINGS] = {SERVER, BUILD("6003"), UBR("23717")};
    struct machine *machine = machine_that_says(bare);
    struct assessment assessment;

    (void)state;
    judge_on(machine, "2026-06-01", NULL, false, &assessment);
    assert_true(plan_has(&assessment, 4493730));
    assert_true(plan_has(&assessment, 4493471));
    assert_true(plan_has(&assessment, 4474419));
    assert_true(plan_has(&assessment, release_final()->kb_rollup));
    for (size_t i = 0, n = 0; i < assessment.n_plan; i++) {
        assert_true(assessment.plan[i].title[0] && assessment.plan[i].why[0]);
        assert_true(assessment.plan[i].source[0]);
        if (assessment.plan[i].step)
            assert_int_equal(assessment.plan[i].step, ++n);
    }
    machine_free(machine);

    machine = machine_that_says(ready);
    judge_on(machine, "2026-06-01", NULL, false, &assessment);
    assert_false(plan_has(&assessment, 4493730));
    assert_true(plan_has(&assessment, 4493471));
    machine_free(machine);

    machine = machine_that_says(final);
    judge_on(machine, "2026-06-01", NULL, false, &assessment);
    assert_true(assessment.n_plan > 0);
    for (size_t i = 0; i < assessment.n_plan; i++)
        assert_int_equal(assessment.plan[i].step, 0);
    machine_free(machine);
}

static void the_worst_state_decides(void **state)
{
    static const enum verdict_state order[] = {STATE_TRANSITIONED, STATE_NOT_APPLICABLE,
                                               STATE_UNKNOWN, STATE_NOT_TRANSITIONED,
                                               STATE_IMITATION, STATE_INCOMPLETE,
                                               STATE_CONFLICT};

    (void)state;
    for (size_t i = 0; i < 7; i++)
        for (size_t j = 0; j < 7; j++)
            assert_int_equal(verdict_worse(order[i], order[j]), order[i > j ? i : j]);
}

static void names_go_both_ways(void **state)
{
    (void)state;
    for (int i = 0; i < STATE_COUNT; i++)
        assert_int_equal(verdict_state_from_name(verdict_state_name((enum verdict_state)i)), i);
    for (int i = 0; i < RESULT_COUNT; i++)
        assert_int_equal(rule_result_from_name(rule_result_name((enum rule_result)i)), i);
    for (int i = 0; i < SEVERITY_COUNT; i++)
        assert_int_equal(severity_from_name(severity_name((enum severity)i)), i);
}

static void every_rule_explains_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_rules; i++) {
        const struct rule *rule = &rules[i];

        assert_ptr_equal(rule_by_id(rule->id), rule);
        assert_true(rule->title[0] && rule->good[0] && rule->bad[0] && rule->absent[0]);
        assert_true(rule->remedy[0] && rule->source[0]);
        assert_int_not_equal(rule->severity, SEVERITY_NONE);
        assert_non_null(rule->assess);
    }
    assert_null(rule_by_id("no-such-rule"));
}

static void product_names(void **state)
{
    static const struct {
        const char *name, *plain;
        enum product product;
    } rows[] = {
        {"Microsoftr Windows Serverr 2008 Standard", "Windows Server 2008 Standard",
         PRODUCT_SERVER_2008},
        {"Microsoft\xc2\xae Windows Server\xc2\xae 2008 Enterprise without Hyper-V",
         "Windows Server 2008 Enterprise without Hyper-V", PRODUCT_SERVER_2008},
        {"Windows Server (R) 2008 Datacenter", "Windows Server 2008 Datacenter",
         PRODUCT_SERVER_2008},
        {"Microsoftr Windows VistaT Business", "Windows Vista Business", PRODUCT_VISTA},
        {"Windows Vista\xe2\x84\xa2 Home Premium", "Windows Vista Home Premium", PRODUCT_VISTA},
        {"Microsoft Windows Server 2008 R2 Standard", "Windows Server 2008 R2 Standard",
         PRODUCT_OTHER},
        {"Windows Web Server 2008", "Windows Web Server 2008", PRODUCT_SERVER_2008},
        {"Windows Storage Server 2008 Standard", "Windows Storage Server 2008 Standard",
         PRODUCT_SERVER_2008},
        {"Microsoft Windows 7 Enterprise", "Windows 7 Enterprise", PRODUCT_OTHER},
        {"Microsoft Windows 2008", "Windows 2008", PRODUCT_NOT_KNOWN},
        {"Microsoft Windows Server 2019 Standard", "Windows Server 2019 Standard",
         PRODUCT_OTHER},
        {"Some Linux 6.0", "Some Linux 6.0", PRODUCT_NOT_KNOWN},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_string_equal(product_plain_name(arena, rows[i].name), rows[i].plain);
        assert_int_equal(product_from_name(rows[i].name), rows[i].product);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states),
        cmocka_unit_test(results),
        cmocka_unit_test(levels),
        cmocka_unit_test(counts_behind),
        cmocka_unit_test(support_by_day),
        cmocka_unit_test(policy_and_strict_raise_the_exit_code),
        cmocka_unit_test(trusted_imitation),
        cmocka_unit_test(plans_leave_out_what_is_done),
        cmocka_unit_test(the_worst_state_decides),
        cmocka_unit_test(names_go_both_ways),
        cmocka_unit_test(every_rule_explains_itself),
        cmocka_unit_test(product_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
