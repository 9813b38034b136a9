/* A folder that is what an installation disc of Windows has on it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_DISC_FOLDER_H
#define WINVER6003_DISC_FOLDER_H

#include "arena.h"

/* The path of sources/install.wim in that folder, in whatever case, in arena; NULL when it is no
 * disc. Links are not followed. */
const char *disc_folder_image(struct arena *arena, const char *path);

#endif
