/* Systems that are no Windows have nothing to say here.
 *
 * SPDX-License-Identifier: MIT
 */
#include "live.h"

bool live_is_possible(void)
{
    return false;
}

void live_read(struct machine *machine, const bool *cancel)
{
    (void)cancel;
    machine->evidence[machine_add_evidence(machine, LIVE_NAME)].reader = "live";
}
