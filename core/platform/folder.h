/* Walking the entries of one folder.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PLATFORM_FOLDER_H
#define WINVER6003_PLATFORM_FOLDER_H

#include <stdbool.h>

enum folder_kind {
    FOLDER_OTHER, /* device, pipe, socket */
    FOLDER_FILE,
    FOLDER_FOLDER,
    FOLDER_LINK, /* symbolic link, or a junction on Windows */
};

struct folder; /* open for reading */

/* What is at path itself: a link is not followed, those on the way to it are. false when nothing is
 * there or it cannot be told. */
bool folder_kind_at(const char *path, enum folder_kind *kind);

/* NULL when it cannot be read; file_error() has the reason. */
struct folder *folder_open(const char *path);
/* The next entry in no particular order, without "." and ".."; the name is valid until the next
 * call. kind may be NULL. The name is NULL at the end and on an error, which *failed then tells. */
const char *folder_next(struct folder *folder, enum folder_kind *kind, bool *failed);
void folder_close(struct folder *folder);

#endif
