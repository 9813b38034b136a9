/* One machine under examination, and hiding whose it is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machine.h"

#include "limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct machine *machine_new(const char *label)
{
    struct machine *machine = memory_alloc(sizeof(*machine));

    machine->arena = arena_new();
    machine->facts.arena = machine->arena;
    /* A systeminfo states about this many; never NULL, so that facts_each() may count from it. */
    machine->facts.size = 32;
    machine->facts.items = memory_alloc(machine->facts.size * sizeof(*machine->facts.items));
    machine->label = text_clean(machine->arena, label);
    return machine;
}

void machine_free(struct machine *machine)
{
    if (!machine)
        return;
    free(machine->facts.items);
    free(machine->evidence);
    arena_free(machine->arena);
    free(machine);
}

void machine_reset(struct machine *machine, const char *label)
{
    arena_reset(machine->arena);
    machine->facts.count = 0;
    machine->facts.dropped = 0;
    machine->n_evidence = 0;
    machine->label = text_clean(machine->arena, label);
}

unsigned machine_add_evidence(struct machine *machine, const char *name)
{
    struct evidence *evidence;

    if (machine->n_evidence == machine->evidence_size) {
        machine->evidence_size = machine->evidence_size ? machine->evidence_size * 2 : 4;
        machine->evidence = memory_realloc(machine->evidence, machine->evidence_size *
                                                                  sizeof(*machine->evidence));
    }
    evidence = &machine->evidence[machine->n_evidence];
    *evidence = (struct evidence){.name = text_clean(machine->arena, name)};
    return machine->n_evidence++;
}

void machine_add_problem(struct machine *machine, unsigned evidence, const char *format, ...)
{
    struct evidence *piece = &machine->evidence[evidence];
    char text[512];
    va_list args;

    if (piece->n_problems == LIMIT_PROBLEMS) {
        piece->n_problems_dropped++;
        return;
    }
    if (!piece->problems)
        piece->problems =
            arena_alloc(machine->arena, LIMIT_PROBLEMS * sizeof(*piece->problems));
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    piece->problems[piece->n_problems++] = text_clean(machine->arena, text);
}
