/* Rules on entitlement, level and support.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

/* The revision or package that shows a level past the last public one; NULL. */
static const struct fact *paid_by(const struct examination *examination)
{
    for (size_t i = 0; i < examination->revisions.count; i++) {
        const struct fact *fact = examination->revisions.items[i];

        if (examination->build == 6003 && fact->number > REVISION_LAST_PUBLIC &&
            fact->number <= release_final()->revision)
            return fact;
    }
    for (size_t i = 0; i < examination->movers_in.count; i++) {
        const struct fact *fact = examination->movers_in.items[i];
        const struct known_package *known = known_package_by_kb(fact->package->kb);

        if (known && known->esu_required)
            return fact;
    }
    return NULL;
}

void assess_esu(struct examination *examination, struct finding *finding)
{
    const struct fact *paid = paid_by(examination);
    bool strict = examination->policy->esu == ESU_STRICT;
    bool looked = (examination->packages_seen && !examination->packages_cut) ||
                  examination->components_seen;

    if (examination->build != 6003) {
        finding->result = examination->build == VERSION_UNKNOWN ? RESULT_UNKNOWN
                                                                 : RESULT_NOT_APPLICABLE;
        finding->detail = examination->build == VERSION_UNKNOWN
                              ? "No source states a build."
                              : "Every update of this build was public.";
        return;
    }
    if (examination->esu.count) {
        finding->result = RESULT_PASS;
        finding->detail = arena_printf(examination->arena, "Evidence of a programme: %s.",
                                       facts_phrase(examination, &examination->esu));
        return;
    }
    if (strict) {
        finding->result = RESULT_FAIL;
        finding->policy = true;
        finding->detail = "The policy demands evidence of Extended Security Updates for any 6003, "
                          "and there is none. (6003 itself was public: the first preparation "
                          "package came eleven months after it.)";
        return;
    }
    if (paid) {
        finding->result = looked ? RESULT_WARN : RESULT_UNKNOWN;
        finding->detail = arena_printf(
            examination->arena, "%s is past the last public level (January 2020, 20705/20706), %s.",
            fact_phrase(examination, paid),
            looked ? "and no trace of Extended Security Updates, Azure or Premium Assurance was "
                     "found. Unusual: a bypass, a slipstreamed image, or a licence removed later"
                   : "which needs a programme; entitlement was not looked at");
        return;
    }
    if (examination->assessment->level.release) {
        finding->result = RESULT_PASS;
        finding->detail = "Nothing shows a level past the last public one, which needs no "
                          "programme.";
        return;
    }
    finding->result = RESULT_UNKNOWN;
    finding->detail = "The level is not known, so it cannot be said whether it needs a programme.";
}

void assess_level(struct examination *examination, struct finding *finding)
{
    const struct level *level = &examination->assessment->level;
    const struct release *minimum = examination->policy->minimum_level;

    if (!level->release) {
        finding->result = minimum ? RESULT_FAIL : RESULT_UNKNOWN;
        finding->policy = minimum != NULL;
        finding->detail =
            minimum ? arena_printf(examination->arena,
                                   "The policy asks for %s, and no source proves any level.",
                                   minimum->name)
                    : "No source proves a level.";
        return;
    }
    if (minimum && level->release->date < minimum->date) {
        finding->result = RESULT_FAIL;
        finding->policy = true;
        finding->detail = arena_printf(examination->arena,
                                       "The policy asks for %s; proven is %s.", minimum->name,
                                       level->text);
        return;
    }
    finding->result = level->final || minimum ? RESULT_PASS : RESULT_WARN;
    finding->detail =
        level->final
            ? arena_printf(examination->arena, "%s.", level->text)
            : arena_printf(examination->arena,
                           "%s: %d releases and %d days behind the final one; %d published "
                           "vulnerabilities were fixed since%s, %d of them known to be exploited.",
                           level->text, (int)level->releases_behind, (int)level->days_behind,
                           (int)level->cves_since,
                           level->release->kind == RELEASE_RTM ? " September 2018, before which "
                                                                 "they were not counted"
                                                               : "",
                           (int)level->kev_since);
}

void assess_support(struct examination *examination, struct finding *finding)
{
    finding->result = examination->assessment->support.ended ? RESULT_WARN : RESULT_PASS;
    finding->detail = examination->assessment->support.text;
}

void assess_exposure(struct examination *examination, struct finding *finding)
{
    if (!examination->assessment->support.ended) {
        finding->result = RESULT_PASS;
        finding->detail = "Support can still cover the machine.";
        return;
    }
    finding->result = RESULT_WARN;
    finding->detail = "No further update will come for this system: isolate it, and plan to move.";
}
