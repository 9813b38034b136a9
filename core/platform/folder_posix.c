/* Folders on POSIX.
 *
 * SPDX-License-Identifier: MIT
 */
#include "folder.h"

#include "../arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct folder {
    DIR *entries;
};

struct folder *folder_open(const char *path)
{
    DIR *entries = opendir(path);
    struct folder *folder;

    if (!entries)
        return NULL;
    folder = memory_alloc(sizeof(*folder));
    folder->entries = entries;
    return folder;
}

static enum folder_kind kind_of(DIR *entries, const char *name)
{
    struct stat facts;

    if (fstatat(dirfd(entries), name, &facts, AT_SYMLINK_NOFOLLOW) != 0)
        return FOLDER_FILE; /* opening it will tell what is wrong with it */
    return S_ISLNK(facts.st_mode)   ? FOLDER_LINK
           : S_ISREG(facts.st_mode) ? FOLDER_FILE
           : S_ISDIR(facts.st_mode) ? FOLDER_FOLDER
                                    : FOLDER_OTHER;
}

const char *folder_next(struct folder *folder, enum folder_kind *kind, bool *failed)
{
    struct dirent *found;

    do {
        errno = 0;
        found = readdir(folder->entries);
    } while (found && (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0));
    *failed = !found && errno != 0;
    if (!found)
        return NULL;
    *kind = kind_of(folder->entries, found->d_name);
    return found->d_name;
}

void folder_close(struct folder *folder)
{
    closedir(folder->entries);
    free(folder);
}
