/* Fuzz target: archives, and what is in them as the evidence of one machine.
 *
 * The library that unpacks is not what is tested, but what is made of it: names, limits, archives
 * inside archives, files that end early.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

#include "core/containers/container.h"
#include "core/limits.h"
#include "core/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct machine *machine = machine_new("fuzz");
    enum evidence_status status;
    const char *message;
    struct input input;

    input_from_memory(&input, "fuzz", data, size);
    if (container_probe(&input)) {
        status = evidence_read_input(machine, &input, NULL, &message);
        FUZZ_CHECK(status == EVIDENCE_OK || *message);
        FUZZ_CHECK(status != EVIDENCE_OK || machine->facts.count > 0);
        FUZZ_CHECK(machine->n_evidence > 0);
        FUZZ_CHECK(machine->facts.count <= LIMIT_FACTS);
        facts_each (fact, &machine->facts)
            FUZZ_CHECK(fact->evidence < machine->n_evidence);
    }
    input_close(&input);
    machine_free(machine);
    return 0;
}
