/* A row of an inventory judged as a machine of its own.
 *
 * SPDX-License-Identifier: MIT
 */
#include "inventory.h"

#include "core/arena.h"

bool inventory_judge(struct machine *machine, const struct inventory_place *place,
                     const struct inventory_row *cells, const struct judge_options *options,
                     bool redact, struct assessment *assessment)
{
    const char *problem;
    unsigned evidence;

    machine_reset(machine, "");
    machine->label = arena_printf(machine->arena, "%s, %s", place->inventory, place->line);
    evidence = machine_add_evidence(machine, place->inventory);
    machine->evidence[evidence].reader = "inventory";
    machine->evidence[evidence].bytes = place->bytes;
    problem = inventory_facts(machine, evidence, place->line, cells);
    if (problem)
        machine_add_problem(machine, evidence, "%s: %s", place->line, problem);
    if (redact)
        machine_redact(machine);
    judge(machine, options, assessment);
    if (problem) {
        assessment->state = STATE_UNKNOWN;
        assessment->exit_code = verdict_exit_code(STATE_UNKNOWN);
        assessment->headline =
            arena_printf(machine->arena, "The row of the inventory cannot be read (%s): %s.",
                         place->line, problem);
    }
    return !problem;
}
