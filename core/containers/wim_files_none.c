/* Files of an image in a WIM, in a build without a library for them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "wim_files.h"

#include <stddef.h>

struct wim_files *wim_files_open(const char *path, const char **why)
{
    (void)path;
    *why = "this program was built without the library to look into images";
    return NULL;
}

void wim_files_close(struct wim_files *files)
{
    (void)files;
}

const char *wim_files_of_image(struct wim_files *files, int image, const char *windows,
                               const char **why)
{
    (void)files;
    (void)image;
    (void)windows;
    *why = NULL;
    return NULL;
}
