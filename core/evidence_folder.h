/* A folder as evidence of one machine. Private to evidence*.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_EVIDENCE_FOLDER_H
#define WINVER6003_EVIDENCE_FOLDER_H

#include "reader.h"

/* As evidence_read(), for a path that is a folder. */
enum evidence_status evidence_read_folder(struct machine *machine, const char *path,
                                          const struct evidence_watch *watch, const char **message);

#endif
