/* What Windows says of itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include "live.h"

#include <windows.h>

/* Not in the headers of every SDK; in ntdll.dll since NT 5.0. */
LONG WINAPI RtlGetVersion(RTL_OSVERSIONINFOW *info);

bool live_is_possible(void)
{
    return true;
}

void live_read(struct machine *machine, const bool *cancel)
{
    unsigned evidence = machine_add_evidence(machine, LIVE_NAME);
    struct source source = {GRADE_KERNEL, WITNESS_KERNEL, evidence, "RtlGetVersion"};
    RTL_OSVERSIONINFOW info = {.dwOSVersionInfoSize = sizeof(info)};

    (void)cancel;
    machine->evidence[evidence].reader = "live";
    if (RtlGetVersion(&info) == 0)
        facts_add_version(&machine->facts, &source,
                          &(struct version){(int32_t)info.dwMajorVersion,
                                            (int32_t)info.dwMinorVersion,
                                            (int32_t)info.dwBuildNumber, VERSION_UNKNOWN});
}
