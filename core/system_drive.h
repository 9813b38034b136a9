/* A folder that is the system drive of a Windows, mounted or copied, read as one machine.
 *
 * A drive has a hundred thousand files and some ten that state what runs on it: those are opened,
 * by their names, and nothing else. Of two folders of servicing the names are read, which have the
 * versions of packages and components in them. So the cost does not grow with the drive.
 *
 * No symbolic link on the drive is followed: those of a mounted Windows lead out of it, to the
 * reader's own system.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_SYSTEM_DRIVE_H
#define WINVER6003_SYSTEM_DRIVE_H

#include "machine.h"

enum system_drive_kind {
    SYSTEM_DRIVE_NONE,
    SYSTEM_DRIVE_WHOLE, /* other things of a Windows lie in the folder: nobody put evidence there */
    SYSTEM_DRIVE_COPY,  /* a Windows folder, and what else is there may be evidence */
    SYSTEM_DRIVE_CONFIG, /* System32\config alone: see system_drive_skips() */
};

struct system_drive {
    const char *windows;  /* path of the Windows folder: "mnt/C/Windows" */
    const char *system32; /* and of the folder in it */
};

/* What path, a folder, is, whatever the case of the names. drive is filled for WHOLE and COPY; its
 * paths are in arena. */
enum system_drive_kind system_drive_find(struct system_drive *drive, struct arena *arena,
                                         const char *path);
/* Calls read for each file that states something, and adds to machine as a piece of evidence of
 * its own what the names of packages say and what is missing. True when names said something. */
bool system_drive_read(const struct system_drive *drive, struct machine *machine,
                       void (*read)(void *data, const char *path), void *data);

/* Whether that file of System32\config is no evidence of its own: a hive that states nothing, or a
 * log that is read together with its hive. The folders there have older copies of all hives. */
bool system_drive_skips(const char *name);
/* The length of the hive's name in that of its log: 8 for "SOFTWARE.LOG1"; 0 for any other name. */
size_t system_drive_log_of(const char *name);

#endif
