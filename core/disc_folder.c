/* A folder that is what an installation disc of Windows has on it.
 *
 * The setup program stands beside the folder of sources: a folder of evidence may have a WIM in it
 * too, which is then one piece of many.
 *
 * SPDX-License-Identifier: MIT
 */
#include "disc_folder.h"

#include "ascii.h"
#include "limits.h"
#include "platform/folder.h"

#include <string.h>

/* The entry of that name and kind; of several the first in bytewise order. */
static const char *find(struct arena *arena, const char *path, const char *wanted,
                        enum folder_kind wanted_kind)
{
    struct folder *folder = folder_open(path);
    const char *name, *found = NULL;
    unsigned n_entries = 0;
    enum folder_kind kind;
    bool failed;

    while (folder && n_entries++ < LIMIT_FOLDER_ENTRIES &&
           (name = folder_next(folder, &kind, &failed)) != NULL)
        if (kind == wanted_kind && ascii_equal(name, wanted) && (!found || strcmp(name, found) < 0))
            found = arena_strdup(arena, name);
    if (folder)
        folder_close(folder);
    return found ? arena_printf(arena, "%s/%s", path, found) : NULL;
}

const char *disc_folder_image(struct arena *arena, const char *path)
{
    const char *sources = find(arena, path, "sources", FOLDER_FOLDER);

    return sources && find(arena, path, "setup.exe", FOLDER_FILE)
               ? find(arena, sources, "install.wim", FOLDER_FILE)
               : NULL;
}
