/* Archives, as a series of files: .zip, .cab, .tar, .7z, and files packed by gzip, bzip2 or xz.
 *
 * Picked when the program is built: container_libarchive.c, or container_none.c for builds that
 * cannot look into archives and say so. Nothing is unpacked to a disk. Limits of limits.h hold
 * against archives that unpack to more than any evidence is.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_CONTAINER_H
#define WINVER6003_CONTAINER_H

#include "../input.h"

/* By its first bytes. */
bool container_probe(const struct input *input);

struct container; /* private */

/* Opens the archive that packed is, which must outlive it; packed stays readable by
 * input_read_at(), and several may be open over one. NULL when it cannot be: *why then says why,
 * for the user; else it is NULL. */
struct container *container_open(struct input *packed, const char **why);
void container_close(struct container *container);

struct container_file {
    const char *name; /* path inside, "" for one that has none; valid until the next */
    bool regular;     /* else a folder, link or device, which is not to be read */
    bool folder;
};

/* The next entry; false at the end, and where it cannot go on or a limit was reached: *why is then
 * set, else NULL. */
bool container_next(struct container *container, struct container_file *file, const char **why);
/* What is in the entry at hand, once. Read it to wherever, then ask for the next. */
struct input_source container_source(struct container *container);
#endif
