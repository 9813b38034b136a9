/* The machines of an input that may have many, as any program gets them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEST_SCANNED_H
#define WINVER6003_TEST_SCANNED_H

#include "core/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SCANNED_MOST 8

struct scanned {
    enum evidence_status status;
    const char *message; /* in each */
    struct machine *machines[SCANNED_MOST];
    unsigned n;
    struct evidence_each each;
};

static inline enum evidence_next scanned_take(void *data, struct machine *machine)
{
    struct scanned *scanned = data;

    assert_true(scanned->n < SCANNED_MOST);
    scanned->machines[scanned->n++] = machine;
    return EVIDENCE_KEEP;
}

/* Release with scanned_free(). */
static inline struct scanned *scan_bytes(const void *bytes, size_t size)
{
    struct scanned *scanned = calloc(1, sizeof(*scanned));
    struct input input;

    assert_non_null(scanned);
    scanned->each = (struct evidence_each){.take = scanned_take, .data = scanned};
    input_from_memory(&input, "scan", bytes, size);
    scanned->status = evidence_read_each_input(&scanned->each, &input, NULL, &scanned->message);
    return scanned;
}

static inline struct scanned *scan_text(const char *text)
{
    return scan_bytes(text, strlen(text));
}

static inline void scanned_free(struct scanned *scanned)
{
    for (unsigned i = 0; i < scanned->n; i++)
        machine_free(scanned->machines[i]);
    evidence_each_free(&scanned->each);
    free(scanned);
}

/* The n-th stated value of a field, NULL when there are fewer. */
static inline const struct fact *scanned_fact(const struct scanned *scanned, unsigned machine,
                                              enum fact_field field, unsigned n)
{
    assert_true(machine < scanned->n);
    facts_each (fact, &scanned->machines[machine]->facts)
        if (fact->field == field && fact->status == FACT_STATED && n-- == 0)
            return fact;
    return NULL;
}

static inline void assert_scanned(const struct scanned *scanned, unsigned machine,
                                  enum fact_field field, const char *value)
{
    const struct fact *fact = scanned_fact(scanned, machine, field, 0);

    assert_non_null(fact);
    assert_string_equal(fact->value, value);
}

static inline void assert_problem(const struct scanned *scanned, unsigned machine,
                                  const char *problem)
{
    const struct evidence *piece = &scanned->machines[machine]->evidence[0];

    assert_int_equal(piece->n_problems, 1);
    assert_string_equal(piece->problems[0], problem);
}

#endif
