/* The level: the newest published release that the evidence proves, and what came after it.
 *
 * It is a lower bound. A file or lab string with a revision proves the release of that revision
 * or a later one; an installed update proves its release. The kernel's own file says what is on
 * disk, so where it speaks nothing else raises the level; UBR, lab string, packages, other system
 * files and DNS are otherwise taken together and the highest bound holds.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

#include <string.h>

static bool is_kernel_revision(const struct fact *fact)
{
    return fact->witness == WITNESS_KERNEL_FILE || fact->witness == WITNESS_KERNEL ||
           fact->witness == WITNESS_BUILD_LAB_EX;
}

/* The next release of the same build that is not a preview; NULL at the end. */
static const struct release *next_release(const struct release *release)
{
    for (const struct release *next = release + 1; next < releases + n_releases; next++)
        if (next->build == release->build && next->kind != RELEASE_PREVIEW)
            return next;
    return NULL;
}

const struct release *level_of_revision(const struct examination *examination,
                                        const struct fact *fact)
{
    const struct release *release, *next;
    bool kernel = is_kernel_revision(fact);

    if (examination->build == VERSION_UNKNOWN ||
        build_of_revision(examination, fact) != examination->build ||
        revision_out_of_range(examination, examination->build, fact->number))
        return NULL;
    release = release_by_revision(examination->build, (int32_t)fact->number, kernel);
    if (!release || !kernel)
        return release;
    /* A kernel above everything in a package belongs to the next one: no month since May 2021
     * breaks "previous package < kernel <= package". It is needed where the kernel's own number
     * of the next release is not known. */
    next = next_release(release);
    if (next && next->kernel_revision == NOT_KNOWN && release->package_level &&
        next->package_level && fact->number > release->revision &&
        fact->number <= next->revision)
        return next;
    return release;
}

const struct release *level_of_file(const struct examination *examination,
                                    const struct fact *fact)
{
    const char *text = strrchr(fact->value, ' ');
    struct version version;

    if (fact->field != FIELD_OS_FILE || fact->witness != WITNESS_SYSTEM_FILE ||
        fact->status != FACT_STATED || !text || !version_parse(text + 1, &version) ||
        version.build != examination->build || version.revision == VERSION_UNKNOWN ||
        revision_out_of_range(examination, version.build, version.revision))
        return NULL;
    return release_by_revision(version.build, version.revision, false);
}

struct candidate {
    const struct release *release;
    const struct fact *by;
};

static void consider(struct candidate *best, const struct release *release, const struct fact *by)
{
    if (!release)
        return;
    if (!best->release || release->date > best->release->date ||
        (release->date == best->release->date && release > best->release) ||
        (release == best->release && by->grade < best->by->grade))
        *best = (struct candidate){release, by};
}

static void count_since(struct level *level)
{
    const struct release *final = release_final();

    level->releases_behind = 0;
    level->cves_since = 0;
    level->kev_since = 0;
    for (const struct release *r = level->release + 1; r < releases + n_releases; r++) {
        const struct cve_count *count = cve_count_of(r);

        if (r->date <= level->release->date)
            continue;
        if (r->kind == RELEASE_PATCH_TUESDAY || r->kind == RELEASE_OUT_OF_BAND)
            level->releases_behind++;
        if (count) {
            level->cves_since += count->cves_total;
            level->kev_since += count->kev_os + count->kev_ie9_only;
        }
    }
    level->days_behind = final->date - level->release->date;
    level->final = level->release == final;
}

void level_assess(struct examination *examination)
{
    struct level *level = &examination->assessment->level;
    struct candidate kernel = {0};
    struct candidate any = {0};
    struct candidate *best;
    char day[DAY_TEXT_SIZE];

    *level = (struct level){
        .releases_behind = NOT_KNOWN,
        .days_behind = NOT_KNOWN,
        .cves_since = NOT_KNOWN,
        .kev_since = NOT_KNOWN,
    };
    /* Where sources contradict each other on the build, nothing is proven. */
    if (!is_candidate(examination) ||
        (examination->builds_differ && !examination->reboot_explains))
        return;
    for (size_t i = 0; i < examination->revisions.count; i++) {
        const struct fact *fact = examination->revisions.items[i];
        const struct release *release = level_of_revision(examination, fact);

        if (fact->witness == WITNESS_KERNEL_FILE)
            consider(&kernel, release, fact);
        consider(&any, release, fact);
    }
    for (size_t i = 0; i < examination->facts->count; i++) {
        const struct fact *fact = &examination->facts->items[i];
        const struct release *release;

        consider(&any, level_of_file(examination, fact), fact);
        if (fact->field != FIELD_PACKAGE || fact->status != FACT_STATED || !fact->package ||
            !package_is_in(fact))
            continue;
        release = release_by_kb(fact->package->kb);
        if (release && release->build == examination->build)
            consider(&any, release, fact);
    }
    best = kernel.release ? &kernel : &any;
    if (!best->release)
        return;
    level->release = best->release;
    level->by = best->by;
    count_since(level);
    level->text = arena_printf(
        examination->arena, "%s%s (%s), by %s", level->final ? "" : "at least ",
        level->final ? arena_printf(examination->arena, "%s, the final release",
                                    level->release->name)
                     : level->release->name,
        day_to_text(level->release->date, day), fact_phrase(examination, level->by));
}
