/* Rules on what the evidence itself is worth.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

#include <string.h>

/* NetBIOS names end here; tools differ in whether they print the whole name. */
#define NETBIOS_LENGTH 15

void assess_hive_clean(struct examination *examination, struct finding *finding)
{
    struct fact_list hives = {0};
    const struct fact *dirty = NULL;

    facts_each(fact, examination->facts)
    {
        if (fact->field != FIELD_HIVE || fact->status != FACT_STATED)
            continue;
        fact_list_add(examination, &hives, fact);
        if (!strcmp(fact->value, "dirty"))
            dirty = fact;
    }
    if (!hives.count) {
        finding->result = RESULT_NOT_APPLICABLE;
        finding->detail = "No hive is among the evidence.";
        return;
    }
    finding->result = dirty ? RESULT_WARN : RESULT_PASS;
    finding->detail = arena_printf(examination->arena, "%s.", facts_phrase(examination, &hives));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Host names are the same up to case, domain and NetBIOS length. */
static bool same_host(const char *a, const char *b)
{
    size_t i = 0;

    while (i < NETBIOS_LENGTH && lower(a[i]) == lower(b[i]) && a[i] && a[i] != '.')
        i++;
    return i == NETBIOS_LENGTH || ((a[i] == '\0' || a[i] == '.') && (b[i] == '\0' || b[i] == '.'));
}

static bool same_value(const struct fact *a, const struct fact *b)
{
    if (a->field == FIELD_COMPUTER_NAME)
        return same_host(a->value, b->value);
    if (a->field == FIELD_INSTALL_DATE)
        /* As text the same moment has many shapes; a day apart is a time zone. */
        return a->number == FACT_NO_NUMBER || b->number == FACT_NO_NUMBER ||
               (a->number - b->number <= 86400 && b->number - a->number <= 86400);
    return !strcmp(a->value, b->value);
}

void assess_evidence_fresh(struct examination *examination, struct finding *finding)
{
    static const enum fact_field fields[] = {FIELD_COMPUTER_NAME, FIELD_PRODUCT_ID,
                                             FIELD_INSTALL_DATE};
    bool compared = false;

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        struct fact_list values = {0};
        bool differ = false;

        facts_each(fact, examination->facts)
        {
            if (fact->field != fields[i] || fact->status != FACT_STATED)
                continue;
            fact_list_add(examination, &values, fact);
            compared = compared || fact->evidence != values.items[0]->evidence;
            differ = differ || !same_value(values.items[0], fact);
        }
        if (!differ)
            continue;
        finding->result = RESULT_FAIL;
        finding->detail = arena_printf(examination->arena, "The pieces name different machines: %s.",
                                       facts_phrase(examination, &values));
        if (is_candidate(examination))
            conflict_add(examination, fields[i], &values,
                         "The evidence comes from more than one machine.");
        return;
    }
    if (compared) {
        finding->result = RESULT_PASS;
        finding->detail = "Names and ids agree over all pieces.";
    } else if (examination->machine->n_evidence > 1) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = "The pieces carry no names that could be compared.";
    } else {
        finding->result = RESULT_NOT_APPLICABLE;
        finding->detail = "There is one piece of evidence.";
    }
}

/* A hive that may be older than the machine was: its logs would tell. */
static bool has_dirty_hive(const struct examination *examination)
{
    facts_each(fact, examination->facts)
    {
        if (fact->field == FIELD_HIVE && fact->status == FACT_STATED &&
            strcmp(fact->value, "dirty") == 0)
            return true;
    }
    return false;
}

/* Sets what would raise the grade most, in the order in which the verdict needs it. */
static const char *what_settles(const struct examination *examination, enum fact_grade grade)
{
    if (examination->imitations.count)
        return "evidence from the machine itself: its SOFTWARE and SYSTEM registry, or ntoskrnl.exe";
    if (examination->builds_differ && has_dirty_hive(examination))
        return "the logs that belong to the dirty hive (SOFTWARE.LOG1 and SOFTWARE.LOG2 beside it): "
               "it may be older than the machine";
    if (examination->build == VERSION_UNKNOWN)
        return "the build: ver, systeminfo, or an export of "
               "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    if (examination->assessment->n_conflicts)
        return "the version of System32\\ntoskrnl.exe, which cannot be edited like a registry value";
    if (examination->product == PRODUCT_NOT_KNOWN)
        return "what tells Server 2008 from Vista: systeminfo, or an export of "
               "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ProductOptions";
    if (!examination->revisions.count)
        return "the revision: BuildLabEx and UBR from an export of "
               "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion, or ntoskrnl.exe";
    if (!examination->packages_seen || examination->packages_cut)
        return "the installed packages: an export of HKLM\\SOFTWARE\\Microsoft\\Windows\\"
               "CurrentVersion\\Component Based Servicing\\Packages";
    if (grade > GRADE_FILE)
        return "the version of System32\\ntoskrnl.exe";
    return NULL;
}

void assess_evidence_enough(struct examination *examination, struct finding *finding)
{
    enum fact_grade grade = GRADE_COUNT;

    for (size_t i = 0; i < examination->builds.count; i++)
        if (examination->builds.items[i]->grade < grade)
            grade = examination->builds.items[i]->grade;
    examination->assessment->settle = what_settles(examination, grade);

    if (!examination->builds.count || examination->product == PRODUCT_NOT_KNOWN) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = arena_printf(
            examination->arena, "%s is not known. What would settle it: %s.",
            examination->builds.count ? "The product" : "The build",
            examination->assessment->settle ? examination->assessment->settle : "more evidence");
        return;
    }
    finding->result = grade >= GRADE_NETWORK ? RESULT_WARN : RESULT_PASS;
    finding->detail = arena_printf(
        examination->arena, "The build is known by %s evidence%s.%s%s%s",
        grade >= GRADE_COUNT ? "no" : fact_grade_name(grade),
        grade >= GRADE_NETWORK ? " only, which others can forge" : "",
        examination->assessment->settle ? " Better still: " : "",
        examination->assessment->settle ? examination->assessment->settle : "",
        examination->assessment->settle ? "." : "");
}
