/* The plan: ordered steps that take this very machine to 6003 and on to the final level.
 *
 * A step that the evidence shows done is left out; one that may be done but was not looked at
 * stays in and says so. Order and dates follow resources/knowledge/esu.tsv (prerequisite rows).
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

#include "../strbuf.h"

#include <string.h>

#define MAX_STEPS 16

#define KB_SP2 948465u
#define KB_SSU 4493730u           /* SHA-2 capable servicing stack, 2019-04-09 */
#define KB_FIRST_ROLLUP 4493471u  /* first regular rollup of 6003, 2019-04-09 */
#define KB_SHA2 4474419u          /* for updates from July 2019 on */
#define KB_SSU_ESU 4526478u       /* a servicing stack that the ESU prerequisites accept */
#define KB_LAST_PUBLIC 4534303u   /* rollup of January 2020 */
#define KB_ESU_PREP 5016891u      /* the last edition of the licensing preparation package */

struct planner {
    struct examination *examination;
    struct plan_step steps[MAX_STEPS];
    size_t count;
    unsigned number;
    bool packages_known; /* whether a package that is not listed is really missing */
};

static struct plan_step *add_step(struct planner *planner, uint32_t kb, const char *title,
                                  const char *why)
{
    struct plan_step *step = &planner->steps[planner->count];
    const struct known_package *known = kb ? known_package_by_kb(kb) : NULL;

    if (planner->count == MAX_STEPS - 1)
        return step; /* the scratch step: more cannot be planned than is written below */
    planner->count++;
    *step = (struct plan_step){
        .step = ++planner->number,
        .kb = kb,
        .title = title,
        .why = why,
        .date = known ? known->date : DAY_NONE,
        .source = known ? known->source : "",
    };
    return step;
}

/* A step for a package, unless the evidence shows it (or a successor in kbs, ended by 0). */
static void add_package(struct planner *planner, const uint32_t *kbs, const char *title,
                        const char *why)
{
    if (package_in(planner->examination, kbs))
        return;
    if (!planner->packages_known)
        why = arena_printf(planner->examination->arena,
                           "%s Skip it where it is installed: the evidence does not show it.",
                           why);
    add_step(planner, kbs[0], title, why);
}

static void add_advice(struct planner *planner, const char *title, const char *why,
                       const char *source)
{
    struct plan_step *step = add_step(planner, 0, title, why);

    step->step = 0;
    step->source = source;
    planner->number--;
}

static bool reached(const struct planner *planner, day_t date)
{
    const struct release *level = planner->examination->assessment->level.release;

    return level && level->build == 6003 && level->date >= date;
}

static void plan_to_6003(struct planner *planner)
{
    static const uint32_t sp2[] = {KB_SP2, 0};
    static const uint32_t ssu[] = {KB_SSU,  4517134, 4526478, 4531787, 4536953,
                                   4550737, 4562031, 4572374, 0};
    static const uint32_t rollup[] = {KB_FIRST_ROLLUP, 0};
    struct plan_step *step;

    if (planner->examination->build == 6001)
        add_package(planner, sp2, "Install Service Pack 2",
                    "Build 6001 is Service Pack 1; every 6002 and 6003 update needs Service Pack "
                    "2.");
    add_package(planner, ssu, "Install the servicing stack update KB4493730",
                "It can read SHA-2 signatures, which later updates carry. Its own files say "
                "6003.20484, even while the kernel is 6002.");
    add_package(planner, rollup, "Install KB4493471, the rollup of April 2019",
                "With it the machine becomes build 6003. It is public: no Extended Security "
                "Updates are needed.");
    step = add_step(planner, 0, "Restart and look again",
                    "The build changes when the new kernel starts: ver and winver then say 6003.");
    step->source = "Microsoft, \"Build number changing to 6003 in Windows Server 2008\"";
}

static void plan_to_final(struct planner *planner)
{
    static const uint32_t sha2[] = {KB_SHA2, 0};
    static const uint32_t ssu[] = {KB_SSU_ESU, 4517134, 4531787, 4536953, 0};
    static const uint32_t public[] = {KB_LAST_PUBLIC, 0};
    static const uint32_t prep[] = {KB_ESU_PREP, 4575904, 4538484, 0};
    const struct release *final = release_final();
    struct examination *examination = planner->examination;
    const struct fact *sha2_mark = facts_best(examination->facts, FIELD_SHA2);
    char day[DAY_TEXT_SIZE];

    /* A level past a date shows that what was needed for it had been there. */
    if (!reached(planner, day_from_ymd(2019, 7, 16)) && !(sha2_mark && sha2_mark->number == 1))
        add_package(planner, sha2, "Install SHA-2 code signing support, KB4474419",
                    "Updates from July 2019 on are signed with SHA-2 only.");
    if (!reached(planner, day_from_ymd(2020, 1, 14))) {
        add_package(planner, ssu, "Install a servicing stack of September 2019 or later",
                    "Updates from February 2020 on ask for KB4517134 or later.");
        add_package(planner, public, "Install KB4534303, the rollup of January 2020",
                    "The last level that is open to every machine.");
    }
    add_package(planner, prep, "Install the licensing preparation package KB5016891",
                "Updates from February 2020 on check for Extended Security Updates, Azure or "
                "Premium Assurance. An entitlement that was bought while its programme ran has to "
                "be activated first; without one, stay at January 2020.");
    add_step(planner, final->kb_rollup,
             arena_printf(examination->arena, "Install KB%lu, the final rollup",
                          (unsigned long)final->kb_rollup),
             arena_printf(examination->arena,
                          "Revision %d of %s closes the history of 6003. It needs an entitlement.",
                          (int)final->revision, day_to_text(final->date, day)));
}

static bool upgrades_in_place(const struct examination *examination)
{
    const struct fact *arch = examination->assessment->identity.arch;

    return !arch || (arch_canonical(arch->value) && !strcmp(arch_canonical(arch->value), "x64"));
}

static void closing_advice(struct planner *planner)
{
    struct examination *examination = planner->examination;
    struct strbuf hops = STRBUF_EMPTY;

    add_advice(planner, "Isolate the server while it stays",
               "Off the internet and behind a strict firewall: after 2026-01-13 no update comes "
               "for it under any programme.",
               "resources/knowledge/lifecycle.tsv");
    if (!upgrades_in_place(examination)) {
        add_advice(planner, "Migrate to a supported system",
                   "There is no in-place way from this architecture: install Windows Server 2022 "
                   "or later on new hardware, in Azure or on Azure Stack HCI, and move the roles.",
                   "resources/knowledge/upgrades.tsv");
        return;
    }
    for (size_t i = 0; i < n_upgrade_hops; i++) {
        if (i == 0)
            strbuf_adds(&hops, upgrade_hops[i].from);
        strbuf_addf(&hops, " -> %s", upgrade_hops[i].to);
    }
    add_advice(planner, "Migrate to a supported system",
               arena_printf(examination->arena,
                            "Better install new (Windows Server 2022 or later, Azure, Azure Stack "
                            "HCI) and move the roles. In place it takes these hops, none of which "
                            "can be left out: %s.",
                            strbuf_text(&hops)),
               upgrade_hops[0].source);
    strbuf_free(&hops);
}

void plan_make(struct examination *examination)
{
    struct assessment *assessment = examination->assessment;
    struct planner planner = {
        .examination = examination,
        .packages_known = examination->packages_seen && !examination->packages_cut,
    };
    struct plan_step *step;

    switch (assessment->state) {
    case STATE_INCOMPLETE:
        step = add_step(&planner, 0, "Restart the machine, then look again",
                        examination->movers_in.count || examination->movers_waiting.count
                            ? "An update to 6003 is installed or waiting, and the old kernel still "
                              "runs."
                            : "The kernel on disk is 6003 already, and the old one still runs.");
        step->source = "resources/knowledge/packages.tsv";
        plan_to_final(&planner);
        closing_advice(&planner);
        break;
    case STATE_NOT_TRANSITIONED:
        if (examination->pendings.count) {
            step = add_step(&planner, 0, "Restart the machine first",
                            "Something waits for a restart; updates refuse to start before it.");
            step->source = "resources/knowledge/packages.tsv";
        }
        plan_to_6003(&planner);
        plan_to_final(&planner);
        closing_advice(&planner);
        break;
    case STATE_TRANSITIONED:
        if (!assessment->level.final)
            plan_to_final(&planner);
        closing_advice(&planner);
        break;
    case STATE_CONFLICT:
    case STATE_UNKNOWN:
    case STATE_IMITATION:
        step = add_step(&planner, 0,
                        assessment->state == STATE_CONFLICT ? "Find out which source is right"
                                                            : "Bring the evidence that settles it",
                        arena_printf(examination->arena, "Needed: %s.",
                                     assessment->settle ? assessment->settle
                                                        : "evidence from the machine itself"));
        step->source = "winver6003 --explain evidence-enough";
        break;
    default:
        break;
    }
    if (!planner.count)
        return;
    assessment->plan =
        arena_alloc(examination->arena, planner.count * sizeof(*assessment->plan));
    memcpy(assessment->plan, planner.steps, planner.count * sizeof(*assessment->plan));
    assessment->n_plan = planner.count;
}
