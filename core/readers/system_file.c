/* The files of Windows whose version tells the build.
 *
 * SPDX-License-Identifier: MIT
 */
#include "system_file.h"

/* Setup puts one of the last two in the place of one of the first; its version resource goes on
 * saying which. */
static const char *const kernels[] = {"ntoskrnl.exe", "ntkrnlpa.exe", "ntkrnlmp.exe",
                                      "ntkrpamp.exe"};

static const char *const others[] = {
    "advapi32.dll", "csrss.exe",    "dwm.exe",      "explorer.exe", "gdi32.dll",
    "hal.dll",      "halacpi.dll",  "halmacpi.dll", "kernel32.dll", "lsass.exe",
    "ntdll.dll",    "ole32.dll",    "rpcrt4.dll",   "services.exe", "shell32.dll",
    "spoolsv.exe",  "svchost.exe",  "taskeng.exe",  "user32.dll",   "win32k.sys",
    "wininit.exe",  "winlogon.exe", "winver.exe",   "wmiprvse.exe",
};

bool system_file_is_kernel(struct span name)
{
    for (size_t i = 0; i < sizeof(kernels) / sizeof(kernels[0]); i++)
        if (span_is(name, kernels[i]))
            return true;
    return false;
}

bool system_file_is_known(struct span name)
{
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (span_is(name, others[i]))
            return true;
    return system_file_is_kernel(name);
}
