/* The text reader: shows each line of a text to the recognisers, in order, until one takes it.
 *
 * One file may hold the output of several tools, so there is no format of the whole. What makes a
 * file evidence is a statement by at least one recogniser; what others added to a file without one
 * is taken back, because it then says nothing about a machine.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../limits.h"
#include "recogniser.h"
#include "shapes.h"
#include "text_literal.h"

#include <string.h>

static const struct recogniser *const recognisers[] = {
    &recogniser_systeminfo, &recogniser_ver,      &recogniser_filever, &recogniser_wmi,
    &recogniser_hotfix,     &recogniser_regquery, &recogniser_msinfo,  &recogniser_dxdiag,
    &recogniser_wer,        &recogniser_runtime,  &recogniser_network, &recogniser_lookalike,
};

/* Blank lines part one output from the next; a run of them parts no more than this many do, and
 * a file of nothing else has to end soon. */
#define BLANKS_SHOWN 3

#define N_RECOGNISERS (sizeof(recognisers) / sizeof(recognisers[0]))

static void show(struct text_scan *scan, void **states, const struct text_line *line)
{
    for (size_t i = 0; i < N_RECOGNISERS; i++)
        if (recognisers[i]->line(scan, states[i], line))
            return;
}

static void tell_problems(struct text_scan *scan, const struct text_lines *lines,
                          const struct text_literal *literal)
{
    const char *problem = text_problem(lines);

    if (problem)
        machine_add_problem(scan->machine, scan->evidence, "%s", problem);
    if (literal->n_skipped)
        machine_add_problem(scan->machine, scan->evidence,
                            "line %lu: text inside a program's source is no evidence "
                            "(%lu lines were passed over)",
                            literal->first_skipped, literal->n_skipped);
}

static bool text_read(struct input *input, struct machine *machine, unsigned evidence)
{
    struct text_scan scan = {.machine = machine, .evidence = evidence};
    struct text_lines *lines = text_open(input, LIMIT_TEXT_BYTES);
    struct text_literal literal = {0};
    size_t n_facts = machine->facts.count;
    void *states[N_RECOGNISERS] = {0};
    struct text_line line;
    unsigned long blanks = 0;
    struct source source = {.grade = GRADE_TOOL, .evidence = evidence, .where = ""};

    for (size_t i = 0; i < N_RECOGNISERS; i++)
        if (recognisers[i]->begin)
            states[i] = recognisers[i]->begin(&scan);
    while (text_next_line(lines, &line)) {
        blanks = line.length ? 0 : blanks + 1;
        if (blanks <= BLANKS_SHOWN && !text_literal_skips(&literal, &line))
            show(&scan, states, &line);
    }
    for (size_t i = 0; i < N_RECOGNISERS; i++)
        if (recognisers[i]->end)
            recognisers[i]->end(&scan, states[i]);
    if (scan.statements > 0)
        facts_add_text(&machine->facts, &source, FIELD_ENCODING, text_encoding(lines));
    else
        machine->facts.count = n_facts;
    tell_problems(&scan, lines, &literal);
    text_close(lines);
    return scan.statements > 0;
}

const struct reader reader_text = {
    .id = "text",
    .title = "text that states a version: systeminfo, ver, winver, wmic, PowerShell, reg query, "
             "msinfo32, DxDiag, error reports, PHP, .NET, SQL Server, DNS, SMB",
    .probe = text_probe,
    .read = text_read,
};
