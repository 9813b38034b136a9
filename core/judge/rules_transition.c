/* Rules on the change from 6002 to 6003 itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

/* A component store with fewer packages than this was not read as a whole. */
#define WHOLE_COMPONENT_STORE 20

static size_t count_packages(const struct examination *examination)
{
    size_t n = 0;

    facts_each(fact, examination->facts)
    {
        n += fact->field == FIELD_PACKAGE && fact->status == FACT_STATED;
    }
    return n;
}

void assess_cause(struct examination *examination, struct finding *finding)
{
    if (examination->build != 6003) {
        finding->result = examination->build == VERSION_UNKNOWN ? RESULT_UNKNOWN
                                                                 : RESULT_NOT_APPLICABLE;
        finding->detail = examination->build == VERSION_UNKNOWN
                              ? "No source states a build."
                              : "The machine does not run 6003.";
        return;
    }
    if (examination->movers_in.count || examination->movers_leaving.count) {
        const struct fact_list *movers = examination->movers_in.count
                                             ? &examination->movers_in
                                             : &examination->movers_leaving;

        finding->result = RESULT_PASS;
        finding->detail = arena_printf(examination->arena, "Explained by %s.",
                                       facts_phrase(examination, movers));
        return;
    }
    if (examination->components_seen &&
        count_packages(examination) >= WHOLE_COMPONENT_STORE) {
        finding->result = RESULT_WARN;
        finding->detail = "The component packages hold no update that makes a machine 6003.";
        return;
    }
    finding->result = RESULT_UNKNOWN;
    finding->detail =
        !examination->packages_seen
            ? "No list of updates was given."
        : examination->packages_cut
            ? "The list of updates is cut off, so what it does not name may still be installed."
            : "No such update is listed; superseded ones are cleaned away, so that proves "
              "nothing.";
}

void assess_complete(struct examination *examination, struct finding *finding)
{
    bool below = examination->build == 6001 || examination->build == 6002;
    struct fact_list movers = {0};

    for (size_t i = 0; i < examination->movers_in.count; i++)
        fact_list_add(examination, &movers, examination->movers_in.items[i]);
    for (size_t i = 0; i < examination->movers_waiting.count; i++)
        fact_list_add(examination, &movers, examination->movers_waiting.items[i]);

    if (examination->build == VERSION_UNKNOWN) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = "No source states a build.";
    } else if (below && (movers.count || examination->reboot_explains)) {
        finding->result = RESULT_FAIL;
        finding->detail = arena_printf(
            examination->arena, "Build %d runs, but %s.%s%s%s", (int)examination->build,
            movers.count ? arena_printf(examination->arena, "6003 is on its way: %s",
                                        facts_phrase(examination, &movers))
                         : "the kernel file on disk is 6003 already",
            examination->pendings.count ? " Waiting: " : "",
            examination->pendings.count ? facts_phrase(examination, &examination->pendings) : "",
            examination->pendings.count ? "." : "");
    } else if (examination->movers_leaving.count) {
        finding->result = RESULT_WARN;
        finding->detail =
            arena_printf(examination->arena, "At the next restart it goes away: %s.",
                         facts_phrase(examination, &examination->movers_leaving));
    } else if (examination->pendings.count || examination->movers_waiting.count) {
        finding->result = RESULT_WARN;
        finding->detail = arena_printf(
            examination->arena, "Something waits for a restart: %s.",
            facts_phrase(examination, examination->pendings.count
                                          ? &examination->pendings
                                          : &examination->movers_waiting));
    } else if (examination->build == 6003 || examination->packages_seen) {
        finding->result = RESULT_PASS;
        finding->detail = examination->build == 6003 ? "6003 runs, and nothing is known to wait."
                                                     : "No update to 6003 is under way.";
    } else {
        finding->result = RESULT_UNKNOWN;
        finding->detail = "Neither packages nor pending work were looked at.";
    }
}

void assess_reversed(struct examination *examination, struct finding *finding)
{
    bool below = examination->build == 6001 || examination->build == 6002;
    struct fact_list traces = {0};

    if (!below) {
        finding->result = examination->build == VERSION_UNKNOWN ? RESULT_UNKNOWN
                                                                 : RESULT_NOT_APPLICABLE;
        finding->detail = examination->build == VERSION_UNKNOWN
                              ? "No source states a build."
                              : "The machine does not run an older build.";
        return;
    }
    for (size_t i = 0; i < examination->movers_gone.count; i++)
        fact_list_add(examination, &traces, examination->movers_gone.items[i]);
    for (size_t i = 0; i < examination->movers_leaving.count; i++)
        fact_list_add(examination, &traces, examination->movers_leaving.items[i]);
    facts_each(fact, examination->facts)
    {
        /* UBR came with 6003: it stays behind when the update goes. */
        if (fact->field == FIELD_REVISION && fact->witness == WITNESS_UBR &&
            fact->status == FACT_STATED && !examination->movers_in.count &&
            !examination->movers_waiting.count && !examination->reboot_explains)
            fact_list_add(examination, &traces, fact);
    }
    if (traces.count) {
        finding->result = RESULT_WARN;
        finding->detail =
            arena_printf(examination->arena, "6003 was here and was taken back: %s.",
                         facts_phrase(examination, &traces));
        return;
    }
    finding->result = examination->packages_seen ? RESULT_PASS : RESULT_UNKNOWN;
    finding->detail = examination->packages_seen
                          ? "No trace of an earlier 6003."
                          : "No packages were looked at.";
}

/* Servicing stacks from the SHA-2 capable one of April 2019 on. */
static const struct fact *servicing_stack_in(const struct examination *examination)
{
    const struct known_package *first = known_package_by_kb(4493730);

    facts_each(fact, examination->facts)
    {
        const struct known_package *known;

        if (fact->field != FIELD_PACKAGE || fact->status != FACT_STATED || !fact->package ||
            !package_is_in(fact))
            continue;
        known = known_package_by_kb(fact->package->kb);
        if (known && first && known->kind == PACKAGE_SSU && known->date >= first->date)
            return fact;
    }
    return NULL;
}

void assess_prerequisites(struct examination *examination, struct finding *finding)
{
    static const uint32_t sha2[] = {4474419, 0};
    const struct fact *sha2_mark = facts_best(examination->facts, FIELD_SHA2);
    const struct release *level = examination->assessment->level.release;
    /* Updates from then on are signed with SHA-2 only: who has one had what reads it. */
    bool past_sha2 = level && level->date >= day_from_ymd(2019, 7, 16);
    const char *missing[3];
    size_t n = 0;

    if (examination->build == VERSION_UNKNOWN) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = "No source states a build.";
        return;
    }
    if (level == release_final()) {
        finding->result = RESULT_NOT_APPLICABLE;
        finding->detail = "The final release is reached: there is no next step.";
        return;
    }
    if (examination->build == 6001) {
        finding->result = RESULT_WARN;
        finding->detail = "Service Pack 2 comes first.";
        return;
    }
    if (!past_sha2 && !servicing_stack_in(examination) &&
        !facts_best(examination->facts, FIELD_SERVICING_STACK))
        missing[n++] = "servicing stack KB4493730 or later";
    if (!past_sha2 && !package_in(examination, sha2) && !(sha2_mark && sha2_mark->number == 1))
        missing[n++] = "SHA-2 support KB4474419 (for updates from July 2019 on)";
    if (!examination->esu.count && level && level->date >= day_from_ymd(2020, 1, 14))
        missing[n++] = "licence preparation KB4538484 or later (for updates from February 2020 "
                       "on)";
    if (!n) {
        finding->result = RESULT_PASS;
        finding->detail = past_sha2 ? "The level shows that what the next step needs is there."
                                    : "Servicing stack and SHA-2 support are there.";
        return;
    }
    finding->result =
        examination->packages_seen && !examination->packages_cut ? RESULT_WARN : RESULT_UNKNOWN;
    finding->detail = arena_printf(
        examination->arena, "%s: %s%s%s%s%s.",
        finding->result == RESULT_WARN ? "Not among the packages" : "Not shown by the evidence",
        missing[0], n > 1 ? "; " : "", n > 1 ? missing[1] : "", n > 2 ? "; " : "",
        n > 2 ? missing[2] : "");
}
