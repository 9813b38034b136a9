/* Rules on build, revision and lab string.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

#include <stdlib.h>
#include <string.h>

/* A lab string is made one to seven weeks before the release that carries it (December 2025 lab
 * for January 2026; labs.tsv). Twice that is beyond doubt. */
#define LAB_LEAD_DAYS 100
/* Branch timestamps are local to the lab: a day of slack at either end. */
#define LAB_SLACK_DAYS 1

void assess_build_agrees(struct examination *examination, struct finding *finding)
{
    const struct fact_list *builds = &examination->builds;

    if (!builds->count) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = "No source states the build of the operating system.";
        return;
    }
    if (!examination->builds_differ) {
        finding->result = RESULT_PASS;
        finding->detail =
            builds->count == 1
                ? arena_printf(examination->arena, "One source states it: %s.",
                               fact_phrase(examination, builds->items[0]))
                : arena_printf(examination->arena, "%lu statements, all %s.",
                               (unsigned long)builds->count, builds->items[0]->value);
        return;
    }
    if (examination->reboot_explains) {
        finding->result = RESULT_WARN;
        finding->detail = arena_printf(
            examination->arena, "Build %d runs, and files on disk already are 6003: %s.",
            (int)examination->build, facts_phrase(examination, builds));
        return;
    }
    finding->result = RESULT_FAIL;
    finding->detail = arena_printf(examination->arena, "The sources differ: %s.",
                                   facts_phrase(examination, builds));
    if (examination->product != PRODUCT_OTHER)
        conflict_add(examination, FIELD_BUILD, builds,
                     arena_printf(examination->arena, "The sources state different builds: %s.",
                                  values_phrase(examination, builds)));
}

/* A branch row for that branch name and build; any build when build is VERSION_UNKNOWN. */
static const struct branch *find_branch(const char *name, int32_t build)
{
    for (size_t i = 0; i < n_branches; i++) {
        if (strcmp(branches[i].branch, name))
            continue;
        if (build == VERSION_UNKNOWN || branches[i].build == build)
            return &branches[i];
    }
    return NULL;
}

static bool is_prerelease(const struct branch *branch)
{
    return !strcmp(branch->role, "beta") || !strcmp(branch->role, "rc");
}

void assess_build_known(struct examination *examination, struct finding *finding)
{
    const struct build_lab *lab = &examination->assessment->lab_parts;
    int32_t build = examination->build;
    const struct branch *branch;

    if (build == VERSION_UNKNOWN) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = "No source states a build.";
        return;
    }
    if (build < 6001 || build > 6003) {
        finding->result = RESULT_FAIL;
        finding->detail =
            arena_printf(examination->arena,
                         build > 6003 ? "NT 6.0 ended with build 6003: %d was never shipped."
                                      : "%d is older than Server 2008, which began at 6001.",
                         (int)build);
        return;
    }
    branch = examination->assessment->lab ? find_branch(lab->branch, build) : NULL;
    if (branch && is_prerelease(branch)) {
        finding->result = RESULT_WARN;
        finding->detail = arena_printf(examination->arena, "Lab %s made %s.", branch->branch,
                                       branch->product);
        return;
    }
    finding->result = RESULT_PASS;
    finding->detail = arena_printf(examination->arena, "%d is a shipped build.", (int)build);
}

void assess_revision_range(struct examination *examination, struct finding *finding)
{
    struct fact_list bad = {0};
    const char *why = NULL;

    for (size_t i = 0; i < examination->revisions.count; i++) {
        const struct fact *fact = examination->revisions.items[i];
        const char *reason =
            revision_out_of_range(examination, build_of_revision(examination, fact), fact->number);

        if (!reason)
            continue;
        why = reason;
        fact_list_add(examination, &bad, fact);
    }
    if (!examination->revisions.count || examination->build == VERSION_UNKNOWN) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = "No source states a revision.";
        return;
    }
    if (bad.count) {
        finding->result = RESULT_FAIL;
        finding->detail = arena_printf(examination->arena, "Never shipped: %s; %s.",
                                       facts_phrase(examination, &bad), why);
        conflict_add(examination, FIELD_REVISION, &bad,
                     arena_printf(examination->arena, "This revision cannot belong to the build: %s.",
                                  why));
        return;
    }
    finding->result = RESULT_PASS;
    finding->detail = arena_printf(examination->arena, "%s.",
                                   facts_phrase(examination, &examination->revisions));
}

/* Whether two revisions of one build are explained by one release. */
static bool one_release(const struct examination *examination, const struct fact *a,
                        const struct fact *b)
{
    const struct release *ra, *rb;

    if (llabs(a->number - b->number) <= KERNEL_BELOW_PACKAGE)
        return true;
    ra = level_of_revision(examination, a);
    rb = level_of_revision(examination, b);
    return ra && ra == rb;
}

/* The package whose revision is the highest among those that are in. */
static const struct fact *newest_mover(const struct examination *examination,
                                       const struct release **release)
{
    const struct fact *newest = NULL;

    *release = NULL;
    for (size_t i = 0; i < examination->movers_in.count; i++) {
        const struct fact *fact = examination->movers_in.items[i];
        const struct release *its = release_by_kb(fact->package->kb);

        if (its && (!*release || its->date > (*release)->date)) {
            *release = its;
            newest = fact;
        }
    }
    return newest;
}

/* The system file that is more than one release newer than the kernel; NULL for none. Every release
 * of 6003 brings a kernel: one that stayed behind was put there, or servicing did not finish. */
static const struct fact *file_ahead(const struct examination *examination)
{
    const struct release *kernel = NULL;

    for (size_t i = 0; i < examination->revisions.count; i++) {
        const struct fact *fact = examination->revisions.items[i];
        const struct release *its = level_of_revision(examination, fact);

        if (fact->witness == WITNESS_KERNEL_FILE && its && (!kernel || its->date > kernel->date))
            kernel = its;
    }
    if (!kernel || kernel->build != 6003)
        return NULL;
    facts_each(fact, examination->facts)
    {
        const struct release *its = level_of_file(examination, fact);

        /* An out-of-band release between two Patch Tuesdays need not bring one. */
        if (its && its - kernel > 2)
            return fact;
    }
    return NULL;
}

void assess_revision_agrees(struct examination *examination, struct finding *finding)
{
    const struct fact_list *revisions = &examination->revisions;
    const struct release *package_release;
    const struct fact *package = newest_mover(examination, &package_release);
    const struct fact *file = file_ahead(examination);
    const struct fact *highest = NULL;
    bool apart = false;

    for (size_t i = 0; i < revisions->count; i++) {
        if (build_of_revision(examination, revisions->items[i]) != examination->build)
            continue;
        if (!highest || revisions->items[i]->number > highest->number)
            highest = revisions->items[i];
        for (size_t j = 0; j < i; j++)
            apart = apart ||
                    (build_of_revision(examination, revisions->items[j]) == examination->build &&
                     !one_release(examination, revisions->items[i], revisions->items[j]));
    }
    if (apart) {
        finding->result = RESULT_WARN;
        finding->detail = arena_printf(
            examination->arena, "Further apart than one release explains: %s.",
            facts_phrase(examination, revisions));
        return;
    }
    if (file) {
        finding->result = RESULT_WARN;
        finding->detail = arena_printf(
            examination->arena, "Every release brings a kernel, and %s is newer than %s.",
            fact_phrase(examination, file), facts_phrase(examination, revisions));
        return;
    }
    if (package && highest && package_release->build == examination->build &&
        package_release->revision != NOT_KNOWN &&
        highest->number + KERNEL_BELOW_PACKAGE < package_release->revision) {
        finding->result = RESULT_WARN;
        finding->detail = arena_printf(
            examination->arena, "%s brings revision %d, and the highest stated is %s.",
            fact_phrase(examination, package), (int)package_release->revision,
            fact_phrase(examination, highest));
        return;
    }
    if (revisions->count < 2) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = revisions->count ? "Only one source states a revision."
                                           : "No source states a revision.";
        return;
    }
    finding->result = RESULT_PASS;
    finding->detail =
        arena_printf(examination->arena, "%s.", facts_phrase(examination, revisions));
}

/* Whether a branch name is one of NT 6.0's families at all. */
static bool is_nt60_branch(const char *name)
{
    return !strncmp(name, "vista", 5) || !strncmp(name, "lh_", 3) ||
           !strncmp(name, "longhorn", 8);
}

/* NULL, or why the time of a lab string cannot be. */
static const char *time_wrong(const struct examination *examination, const struct build_lab *lab,
                              int32_t build, const struct branch *branch)
{
    const struct release *release, *next = NULL;
    const struct branch *before = find_branch(branch->branch, build - 1);
    char day[DAY_TEXT_SIZE], other[DAY_TEXT_SIZE];

    if (lab->day == DAY_NONE)
        return NULL;
    day_to_text(lab->day, day);
    /* A branch that made the build before this one cannot have made this one earlier. */
    if (before && before->last != DAY_NONE && lab->day < before->last - LAB_SLACK_DAYS)
        return arena_printf(examination->arena, "the branch still made %d on %s, and this says %s",
                            (int)build - 1, day_to_text(before->last, other), day);
    if (lab->day > release_final()->date)
        return arena_printf(examination->arena, "%s is after the final release (%s)", day,
                            day_to_text(release_final()->date, other));
    if (lab->revision == VERSION_UNKNOWN)
        return NULL;
    release = release_by_revision(build, lab->revision, true);
    if (!release || build != 6003)
        return NULL;
    for (const struct release *r = release + 1; r < releases + n_releases && !next; r++)
        if (r->build == build && r->kind != RELEASE_PREVIEW)
            next = r;
    if (next && lab->day > next->date)
        return arena_printf(examination->arena,
                            "%s is after the release that followed revision %d (%s, %s)", day,
                            (int)lab->revision, next->name, day_to_text(next->date, other));
    if (lab->day < release->date - LAB_LEAD_DAYS)
        return arena_printf(examination->arena, "%s is too early for revision %d (%s, %s)", day,
                            (int)lab->revision, release->name,
                            day_to_text(release->date, other));
    return NULL;
}

/* NULL, or the known lab string of the branch that stands in another order of time. */
static const char *order_wrong(const struct examination *examination, const struct build_lab *lab,
                               int32_t build)
{
    for (size_t i = 0; i < n_known_labs; i++) {
        const struct known_lab *known = &known_labs[i];
        struct build_lab parts;

        if (known->build != build || strcmp(known->branch, lab->branch) ||
            known->revision == NOT_KNOWN || lab->revision == VERSION_UNKNOWN ||
            lab->day == DAY_NONE)
            continue;
        if (!build_lab_parse(known->string, &parts) || parts.day == DAY_NONE)
            continue;
        if ((lab->revision > known->revision && lab->day < parts.day) ||
            (lab->revision < known->revision && lab->day > parts.day))
            return arena_printf(examination->arena,
                                "revision and time are out of order with %s", known->string);
        if (lab->revision == known->revision &&
            (lab->day != parts.day ||
             (lab->minute != VERSION_UNKNOWN && parts.minute != VERSION_UNKNOWN &&
              lab->minute != parts.minute)))
            return arena_printf(examination->arena, "revision %d was made as %s",
                                (int)lab->revision, known->string);
    }
    return NULL;
}

/* Looks at one lab string; NULL, or what does not fit. *certain tells conflict from warning. */
static const char *lab_wrong(const struct examination *examination, const struct fact *fact,
                             bool *certain)
{
    const struct branch *branch;
    struct build_lab lab;
    const char *wrong;
    int32_t build;

    *certain = true;
    if (!build_lab_parse(fact->value, &lab)) {
        *certain = false;
        return "it does not have the shape of a lab string";
    }
    build = lab.build != VERSION_UNKNOWN ? lab.build : examination->build;
    branch = find_branch(lab.branch, build);
    if (!branch) {
        if (find_branch(lab.branch, VERSION_UNKNOWN))
            return arena_printf(examination->arena, "branch %s never made build %d", lab.branch,
                                (int)build);
        *certain = build == 6003 || !is_nt60_branch(lab.branch);
        return arena_printf(examination->arena, "branch %s is not known to have made build %d",
                            lab.branch, (int)build);
    }
    wrong = time_wrong(examination, &lab, build, branch);
    return wrong ? wrong : order_wrong(examination, &lab, build);
}

void assess_lab_fits(struct examination *examination, struct finding *finding)
{
    struct fact_list bad = {0};
    const char *wrong = NULL;
    bool certain = false;
    bool seen = false;

    facts_each(fact, examination->facts)
    {
        const char *what;
        bool sure;

        if ((fact->field != FIELD_BUILD_LAB && fact->field != FIELD_BUILD_LAB_EX) ||
            fact->status != FACT_STATED)
            continue;
        seen = true;
        what = lab_wrong(examination, fact, &sure);
        if (!what)
            continue;
        if (!wrong || (sure && !certain))
            wrong = arena_printf(examination->arena, "%s: %s", fact->value, what);
        certain = certain || sure;
        fact_list_add(examination, &bad, fact);
    }
    if (!seen) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = "No source states a lab string.";
        return;
    }
    if (!bad.count) {
        finding->result = RESULT_PASS;
        finding->detail = "Branch, time and revision go with the build.";
        return;
    }
    finding->result = certain ? RESULT_FAIL : RESULT_WARN;
    finding->detail = arena_printf(examination->arena, "%s.", wrong);
    if (certain)
        conflict_add(examination, FIELD_BUILD_LAB, &bad,
                     arena_printf(examination->arena, "The lab string does not fit: %s.", wrong));
}

void assess_not_a_revision(struct examination *examination, struct finding *finding)
{
    struct fact_list seen = {0};

    facts_each(fact, examination->facts)
    {
        if (fact->field == FIELD_LOOKALIKE && fact->status == FACT_STATED)
            fact_list_add(examination, &seen, fact);
    }
    finding->result = seen.count ? RESULT_PASS : RESULT_NOT_APPLICABLE;
    finding->detail = seen.count ? arena_printf(examination->arena, "Not used: %s.",
                                                facts_phrase(examination, &seen))
                                 : "No such number was seen.";
}
