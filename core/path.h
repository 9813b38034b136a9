/* Paths of either kind: evidence from Windows is named with backslashes on Linux, too.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PATH_H
#define WINVER6003_PATH_H

#include <stdbool.h>

static inline bool path_is_separator(char c)
{
    return c == '/' || c == '\\';
}

/* What stands behind the last separator that something stands behind; path where there is none. */
static inline const char *path_last_part(const char *path)
{
    const char *last = path;

    for (const char *at = path; *at; at++)
        if (path_is_separator(*at) && at[1])
            last = at + 1;
    return last;
}

#endif
