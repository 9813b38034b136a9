/* An archive as evidence of one machine, as a folder is. Private to evidence*.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_EVIDENCE_CONTAINER_H
#define WINVER6003_EVIDENCE_CONTAINER_H

#include "reader.h"

/* The only file in an archive. */
struct unpacked {
    struct container *container;
    struct input input;
};

/* Opens that file, under the archive's own name; packed must outlive it. false when the archive has
 * none, or several, or cannot be opened. unpacked_close() is due only after true. */
bool evidence_unpack(struct unpacked *unpacked, struct input *packed);
void unpacked_close(struct unpacked *unpacked);

/* As evidence_read_input(), for an input that container_probe() knows and evidence_unpack() does
 * not open: each file in it is a piece of its own. */
enum evidence_status evidence_read_container(struct machine *machine, struct input *packed,
                                             const struct evidence_watch *watch,
                                             const char **message);

#endif
