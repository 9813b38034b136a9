/* What all recognisers need of a line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "../ascii.h"
#include "shapes.h"

#include <string.h>

/* Marks behind which people paste console output. Those that are also words or rules need a blank
 * after them: "REMOTE", "-----". */
static const struct {
    const char *mark;
    bool needs_blank;
} marks[] = {
    {";", false}, {"#", false}, {"//", false}, {"REM", true}, {"--", true}, {">", true},
};

static const char *skip_blanks(const char *text)
{
    size_t n;

    while ((n = blank_length(text, 3)) > 0)
        text += n;
    return text;
}

const char *recogniser_uncomment(const char *text)
{
    /* Quoted mail has one mark for each time it was quoted. */
    for (int depth = 0; depth < 8; depth++) {
        const char *after = NULL;

        text = skip_blanks(text);
        for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]) && !after; i++) {
            after = ascii_after(text, marks[i].mark);
            if (after && marks[i].needs_blank && *after && *after != '>' && !blank_length(after, 3))
                after = NULL;
        }
        if (!after)
            return text;
        text = after;
    }
    return skip_blanks(text);
}

struct source recogniser_source(struct text_scan *scan, const struct text_line *line,
                                enum fact_grade grade, enum fact_witness witness, const char *what)
{
    struct arena *arena = scan->machine->arena;
    const char *clean = text_clean(arena, what);

    return (struct source){
        .grade = grade,
        .witness = witness,
        .evidence = scan->evidence,
        .where = *clean ? arena_printf(arena, "%s, line %lu", clean, line->number)
                        : arena_printf(arena, "line %lu", line->number),
    };
}

struct fact *recogniser_add(struct text_scan *scan, const struct source *source,
                            enum fact_field field, struct span value)
{
    return facts_add_text(&scan->machine->facts, source, field,
                          arena_strndup(scan->machine->arena, value.text, value.length));
}
