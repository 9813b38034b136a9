/* Finds a drawing by its name.
 *
 * SPDX-License-Identifier: MIT
 */
#include "steps.h"

#include <string.h>

const struct art *art_by_name(const char *name)
{
    for (size_t i = 0; arts[i]; i++)
        if (!strcmp(arts[i]->name, name))
            return arts[i];
    return NULL;
}
