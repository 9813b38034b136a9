/* What a folder holds, in one order on every system.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_ENTRIES_H
#define WINVER6003_ENTRIES_H

#include "core/arena.h"
#include "core/platform/folder.h"

#include <stddef.h>

struct entry {
    const char *name;
    enum folder_kind kind;
};

struct entries {
    struct entry *items; /* in bytewise order of their names */
    size_t count;
    size_t size;
    struct arena *arena;
    const char *problem; /* why this is not all, or nothing; NULL */
};

/* entries is zeroed or was read before. At most LIMIT_BATCH_ENTRIES. */
void entries_read(struct entries *entries, const char *folder);
void entries_free(struct entries *entries);

#endif
