/* What a folder holds, in one order on every system.
 *
 * SPDX-License-Identifier: MIT
 */
#include "entries.h"

#include "core/limits.h"
#include "core/platform/file.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;

    return strcmp(left->name, right->name);
}

static void add(struct entries *entries, const char *name, enum folder_kind kind)
{
    if (entries->count == LIMIT_BATCH_ENTRIES) {
        entries->problem = arena_printf(entries->arena,
                                        "more than %d entries; the rest was left "
                                        "out",
                                        LIMIT_BATCH_ENTRIES);
        return;
    }
    if (entries->count == entries->size) {
        entries->size = entries->size ? entries->size * 2 : 64;
        entries->items = memory_realloc(entries->items, entries->size * sizeof(*entries->items));
    }
    entries->items[entries->count++] = (struct entry){arena_strdup(entries->arena, name), kind};
}

void entries_read(struct entries *entries, const char *path)
{
    enum folder_kind kind;
    bool failed = false;
    struct folder *folder;
    const char *name;

    if (entries->arena)
        arena_reset(entries->arena);
    else
        entries->arena = arena_new();
    entries->count = 0;
    entries->problem = NULL;
    folder = folder_open(path);
    failed = !folder;
    while (folder && !entries->problem && (name = folder_next(folder, &kind, &failed)) != NULL)
        add(entries, name, kind);
    if (failed)
        entries->problem = arena_strdup(entries->arena, file_error());
    if (folder)
        folder_close(folder);
    if (entries->count > 0)
        qsort(entries->items, entries->count, sizeof(*entries->items), by_name);
}

void entries_free(struct entries *entries)
{
    free(entries->items);
    arena_free(entries->arena);
    *entries = (struct entries){0};
}
