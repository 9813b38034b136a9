/* The files of Windows whose version tells the build, and the marks of others.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_SYSTEM_FILE_H
#define WINVER6003_SYSTEM_FILE_H

#include "shapes.h"

/* ntoskrnl.exe, ntkrnlpa.exe: the kernel itself, also by the names that its builds for one or
 * several processors have inside (ntkrnlmp.exe, ntkrpamp.exe). name has no folder. */
bool system_file_is_kernel(struct span name);
/* The kernel and other files that come with Windows and are serviced with it. None of those that
 * applications bring along under the same name. */
bool system_file_is_known(struct span name);

#endif
