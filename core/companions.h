/* Files that lie beside a piece of evidence in a folder of the file system.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_COMPANIONS_H
#define WINVER6003_COMPANIONS_H

#include "input.h"

struct path_companions {
    struct companions companions;
    const char *path; /* of the piece itself; borrowed */
};

/* Nothing is looked at before it is asked for. Only plain files count: a symbolic link could lead
 * to another machine's. */
void companions_beside(struct path_companions *beside, const char *path);

#endif
