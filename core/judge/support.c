/* What support a Windows Server 2008 SP2 has on a day.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

void support_assess(struct examination *examination)
{
    struct support *support = &examination->assessment->support;
    const struct lifecycle_phase *last = NULL;
    char day[DAY_TEXT_SIZE], end[DAY_TEXT_SIZE];

    *support = (struct support){.on = examination->options->as_of, .text = ""};
    if (!is_candidate(examination))
        return;
    day_to_text(support->on, day);
    for (size_t i = 0; i < n_lifecycle; i++) {
        const struct lifecycle_phase *phase = &lifecycle[i];

        if (!last || phase->last > last->last)
            last = phase;
        /* The first that holds: free support before paid, wider programmes before narrow ones. */
        if (!support->phase && support->on >= phase->first && support->on <= phase->last)
            support->phase = phase;
    }
    if (support->phase) {
        support->text = arena_printf(
            examination->arena, "On %s: %s (to %s)%s.", day, support->phase->name,
            day_to_text(support->phase->last, end),
            support->phase->free ? "" : ", for machines that are covered by it");
        return;
    }
    support->ended = last && support->on > last->last;
    support->text =
        support->ended
            ? arena_printf(examination->arena, "On %s: ended. The last programme, %s, ran to %s.",
                           day, last->name, day_to_text(last->last, end))
            : arena_printf(examination->arena, "On %s: before the release of the product.", day);
}
