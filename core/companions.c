/* Files that lie beside a piece of evidence and belong to it, such as the logs of a hive.
 *
 * Windows does not tell SOFTWARE.LOG1 from software.log1, other systems do and have either: the
 * folder is looked through, and of several the one in the given letters counts.
 *
 * SPDX-License-Identifier: MIT
 */
#include "companions.h"

#include "arena.h"
#include "ascii.h"
#include "limits.h"
#include "platform/folder.h"

#include <string.h>

/* The path without its last name, with the separator. */
static size_t folder_length(const char *path)
{
    size_t length = strlen(path);

    while (length && path[length - 1] != '/' && path[length - 1] != '\\')
        length--;
    return length;
}

static const char *find_beside(struct arena *arena, const char *path, const char *suffix)
{
    size_t length = folder_length(path);
    const char *where = length ? arena_strndup(arena, path, length) : "./";
    const char *wanted = arena_printf(arena, "%s%s", path + length, suffix);
    struct folder *folder = folder_open(where);
    const char *name, *found = NULL;
    unsigned n_entries = 0;
    enum folder_kind kind;
    bool failed;

    while (folder && n_entries++ < LIMIT_FOLDER_ENTRIES &&
           (name = folder_next(folder, &kind, &failed)) != NULL) {
        if (kind != FOLDER_FILE || !ascii_equal(name, wanted))
            continue;
        if (!found || strcmp(name, wanted) == 0)
            found = arena_printf(arena, "%.*s%s", (int)length, path, name);
    }
    if (folder)
        folder_close(folder);
    return found;
}

bool companion_open(const struct input *input, const char *suffix, struct arena *arena,
                    struct input *companion)
{
    char message[1];
    const char *path;

    if (input->companions)
        return input->companions->open(input->companions, suffix, arena, companion);
    if (!input->close_fd)
        return false;
    path = find_beside(arena, input->name, suffix);
    return path && input_open(companion, path, message, sizeof(message)) == INPUT_OK;
}
