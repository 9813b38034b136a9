/* The machines that a text is evidence of, as evidence_read_each() gives them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEST_MACHINES_H
#define WINVER6003_TEST_MACHINES_H

#include "core/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MACHINES_MAX 8

struct machines {
    struct machine *items[MACHINES_MAX];
    unsigned count;
    enum evidence_status status;
    char message[1024];
};

static inline enum evidence_next machines_take(void *data, struct machine *machine)
{
    struct machines *machines = data;

    assert_true(machines->count < MACHINES_MAX);
    machines->items[machines->count++] = machine;
    return EVIDENCE_KEEP;
}

/* Release with machines_free(). */
static inline struct machines machines_of_bytes(const char *name, const void *bytes, size_t size)
{
    struct machines machines = {.count = 0};
    struct evidence_each each = {.take = machines_take, .data = &machines};
    const char *message;
    struct input input;

    input_from_memory(&input, name, bytes, size);
    machines.status = evidence_read_each_input(&each, &input, NULL, &message);
    strncpy(machines.message, message, sizeof(machines.message) - 1);
    input_close(&input);
    evidence_each_free(&each);
    return machines;
}

static inline struct machines machines_of(const char *name, const char *text)
{
    return machines_of_bytes(name, text, strlen(text));
}

static inline void machines_free(struct machines *machines)
{
    for (unsigned i = 0; i < machines->count; i++)
        machine_free(machines->items[i]);
}

/* The first stated value of a field; "" when there is none. */
static inline const char *machine_value(const struct machine *machine, enum fact_field field)
{
    facts_each (fact, &machine->facts)
        if (fact->field == field && fact->status == FACT_STATED)
            return fact->value;
    return "";
}

static inline unsigned machine_count(const struct machine *machine, enum fact_field field)
{
    unsigned n = 0;

    facts_each (fact, &machine->facts)
        n += fact->field == field;
    return n;
}

#define assert_value(machine, field, value)                                                        \
    assert_string_equal(machine_value(machine, field), value)

#endif
