/* Files that lie beside a piece of evidence and belong to it, such as the logs of a hive.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_COMPANIONS_H
#define WINVER6003_COMPANIONS_H

#include "input.h"

#include <stdbool.h>

/* Opens the file that has the input's own name with suffix added, letters in either case. Asks
 * input->companions; without them, and for a file, the folder that it is in. Only plain files
 * count: a symbolic link could lead to another machine's. false when there is none. The name of
 * companion is in arena; input_close() it. */
bool companion_open(const struct input *input, const char *suffix, struct arena *arena,
                    struct input *companion);

#endif
