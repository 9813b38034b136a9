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

static enum folder_kind kind_of_mode(mode_t mode)
{
    return S_ISLNK(mode)   ? FOLDER_LINK
           : S_ISREG(mode) ? FOLDER_FILE
           : S_ISDIR(mode) ? FOLDER_FOLDER
                           : FOLDER_OTHER;
}

bool folder_kind_at(const char *path, enum folder_kind *kind)
{
    struct stat facts;

    if (lstat(path, &facts) != 0)
        return false;
    *kind = kind_of_mode(facts.st_mode);
    return true;
}

/* Most file systems say it with the name; the others are asked, entry by entry. */
static enum folder_kind kind_of(DIR *entries, const struct dirent *entry)
{
    struct stat facts;

    if (entry->d_type != DT_UNKNOWN)
        return kind_of_mode(DTTOIF(entry->d_type));
    if (fstatat(dirfd(entries), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0)
        return FOLDER_FILE; /* opening it will tell what is wrong with it */
    return kind_of_mode(facts.st_mode);
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
    if (kind)
        *kind = kind_of(folder->entries, found);
    return found->d_name;
}

void folder_close(struct folder *folder)
{
    closedir(folder->entries);
    free(folder);
}
