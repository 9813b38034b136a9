/* A recogniser shown the lines of a text, as the text reader shows them, and what it made of them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEST_RECOGNISE_H
#define WINVER6003_TEST_RECOGNISE_H

#include "core/readers/recogniser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct shown {
    struct machine *machine;
    struct text_scan scan;
    unsigned taken; /* lines that the recogniser took */
};

/* Release with shown_free(). */
static inline struct shown show(const struct recogniser *recogniser, const char *text)
{
    struct shown shown = {.machine = machine_new("test")};
    unsigned long number = 0;
    void *state;

    shown.scan = (struct text_scan){.machine = shown.machine,
                                    .evidence = machine_add_evidence(shown.machine, "test.txt")};
    state = recogniser->begin ? recogniser->begin(&shown.scan) : NULL;
    while (*text) {
        size_t length = strcspn(text, "\n");
        char *copy = arena_strndup(shown.machine->arena, text, length);
        struct text_line line = {.text = copy, .length = length, .number = ++number};

        shown.taken += recogniser->line(&shown.scan, state, &line);
        text += length + (text[length] == '\n');
    }
    if (recogniser->end)
        recogniser->end(&shown.scan, state);
    return shown;
}

static inline void shown_free(struct shown *shown)
{
    machine_free(shown->machine);
}

static inline size_t shown_count(const struct shown *shown, enum fact_field field)
{
    size_t n = 0;

    facts_each (fact, &shown->machine->facts)
        n += fact->field == field;
    return n;
}

/* The nth fact of a field, from 0; fails the test when there are fewer. */
static inline const struct fact *shown_fact(const struct shown *shown, enum fact_field field,
                                            size_t n)
{
    facts_each (fact, &shown->machine->facts)
        if (fact->field == field && n-- == 0)
            return fact;
    fail_msg("no fact of field %s", fact_field_name(field));
    return NULL;
}

/* The first value of a field; "" when there is none. */
static inline const char *shown_value(const struct shown *shown, enum fact_field field)
{
    facts_each (fact, &shown->machine->facts)
        if (fact->field == field)
            return fact->value;
    return "";
}

static inline void assert_shown(const struct shown *shown, enum fact_field field, const char *value)
{
    assert_string_equal(shown_value(shown, field), value);
}

/* Nothing in the text is a statement about a machine. */
static inline void assert_refused(const struct recogniser *recogniser, const char *text)
{
    struct shown shown = show(recogniser, text);

    if (shown.scan.statements)
        fail_msg("taken for a statement: %s", text);
    shown_free(&shown);
}

#endif
