/* What the names of packages and components on a system drive say. Private to system_drive*.c.
 *
 * servicing\Packages has a file for each package that servicing knows, installed or not, and
 * winsxs\Manifests one for each version of each component that was ever unpacked and not cleaned
 * away since. So they tell the product and the servicing stack, and what was on its way; what is
 * installed the SOFTWARE hive says.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_SYSTEM_DRIVE_NAMES_H
#define WINVER6003_SYSTEM_DRIVE_NAMES_H

#include "machine.h"

#define DRIVE_FOUNDATIONS 4
/* The longest name that file systems of Windows allow has 255 characters. */
#define DRIVE_NAME_SIZE (255 * 3 + 1)

struct drive_component {
    unsigned n; /* versions seen */
    struct version newest;
    char file[DRIVE_NAME_SIZE]; /* of that */
};

struct drive_names {
    struct machine *machine;
    unsigned evidence;
    struct drive_component kernel, stack, esu;
    const char *foundations[DRIVE_FOUNDATIONS]; /* identities */
    unsigned n_foundations;
    unsigned n_updates;     /* packages of updates that move a machine to 6003 */
    uint32_t update;        /* the newest of them */
    bool pending;           /* winsxs\pending.xml is there */
    const char *vista_mark; /* a file in System32 that a changed Vista has; NULL for none */
};

/* One name of servicing\Packages. */
void drive_names_package(struct drive_names *names, const char *name);
/* One name of winsxs\Manifests. */
void drive_names_component(struct drive_names *names, const char *name);
/* Adds what they said as facts; false for nothing. */
bool drive_names_state(struct drive_names *names);

#endif
