/* Files that lie beside a piece of evidence in a folder of the file system.
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

#include <stddef.h>
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

static bool open_beside(const struct companions *self, const char *suffix, struct arena *arena,
                        struct input *companion)
{
    const struct path_companions *beside = (const struct path_companions *)self;
    const char *path = find_beside(arena, beside->path, suffix);
    char message[1];

    return path && input_open(companion, path, message, sizeof(message)) == INPUT_OK;
}

void companions_beside(struct path_companions *beside, const char *path)
{
    *beside = (struct path_companions){.companions.open = open_beside, .path = path};
}
