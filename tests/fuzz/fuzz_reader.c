/* Fuzz target: one reader over any bytes, and on to the verdict and every report.
 *
 * Compiled once for each reader: FUZZ_READER is its id. The reader gets what its probe refuses too:
 * a head can be right and all behind it wrong. A reader of many machines is driven both ways: each of
 * them, and all for one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

#include "core/evidence_steps.h"
#include "core/limits.h"
#include "core/reader.h"
#include "core/report/report.h"
#include "core/utf.h"

#include <stdlib.h>
#include <string.h>

static const struct reader *find_reader(void)
{
    for (size_t i = 0; readers[i]; i++) {
        if (strcmp(readers[i]->id, FUZZ_READER) == 0)
            return readers[i];
    }
    abort(); /* the list in meson.build names a reader that the table does not have */
}

/* What the judge and the reports may rely on. */
static void check_text(const char *text)
{
    size_t left = strlen(text);

    while (left) {
        uint32_t character;
        int taken = utf8_take((const uint8_t *)text, left, &character);

        FUZZ_CHECK(taken > 0 && !utf_is_control(character));
        text += taken;
        left -= (size_t)taken;
    }
}

static void check_machine(const struct machine *machine)
{
    FUZZ_CHECK(machine->facts.count <= LIMIT_FACTS);
    facts_each (fact, &machine->facts) {
        FUZZ_CHECK(fact->field > FIELD_NONE && fact->field < FIELD_COUNT);
        FUZZ_CHECK(fact->grade > GRADE_NONE && fact->grade < GRADE_COUNT);
        FUZZ_CHECK(fact->witness < WITNESS_COUNT);
        FUZZ_CHECK(fact->status < FACT_STATUS_COUNT);
        FUZZ_CHECK(fact->evidence < machine->n_evidence);
        FUZZ_CHECK(fact->value && fact->where);
        FUZZ_CHECK((fact->package != NULL) ==
                   (fact->field == FIELD_PACKAGE && fact->status == FACT_STATED));
        check_text(fact->value);
        check_text(fact->where);
    }
    for (unsigned i = 0; i < machine->n_evidence; i++) {
        FUZZ_CHECK(machine->evidence[i].n_problems <= LIMIT_PROBLEMS);
        for (unsigned p = 0; p < machine->evidence[i].n_problems; p++)
            check_text(machine->evidence[i].problems[p]);
    }
}

static void report(const struct machine *machine)
{
    const struct judge_options judge_options = {.as_of = day_from_ymd(2026, 1, 13)};
    const struct report_options options = {.verbose = true};
    struct assessment assessment;

    judge(machine, &judge_options, &assessment);
    for (size_t i = 0; report_formats[i]; i++) {
        struct strbuf out = STRBUF_EMPTY;

        report_formats[i]->machine(machine, &assessment, &options, &out);
        FUZZ_CHECK(out.length > 0);
        strbuf_free(&out);
    }
}

static enum evidence_next take(void *data, struct machine *machine)
{
    (void)data;
    check_machine(machine);
    report(machine);
    machine_redact(machine);
    check_machine(machine);
    return EVIDENCE_NEXT;
}

static void read_each(const uint8_t *data, size_t size)
{
    struct evidence_each each = {.take = take};
    const char *message;
    struct input input;

    input_from_memory(&input, "fuzz", data, size);
    evidence_read_each_input(&each, &input, NULL, &message);
    evidence_each_free(&each);
}

static bool read_one(const struct reader *reader, struct input *input, struct machine *machine,
                     unsigned evidence)
{
    return reader->read_each ? evidence_read_only(reader, input, machine, evidence) == 1
                             : reader->read(input, machine, evidence);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct reader *reader = find_reader();
    struct machine *machine = machine_new("fuzz");
    unsigned evidence = machine_add_evidence(machine, "fuzz");
    struct input input;

    input_from_memory(&input, "fuzz", data, size);
    if (size && reader->probe(&input) && reader->read_each)
        read_each(data, size);
    if (size && read_one(reader, &input, machine, evidence))
        machine->evidence[evidence].reader = reader->id;
    check_machine(machine);
    report(machine);
    machine_redact(machine);
    check_machine(machine);
    machine_free(machine);
    return 0;
}
