/* Files of an image in a WIM that state what Windows it is: the hives with their logs, the kernel.
 *
 * Picked when the program is built: wim_files_libwim.c, or wim_files_none.c for builds that read
 * the XML of a WIM and nothing else, and say so.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_WIM_FILES_H
#define WINVER6003_WIM_FILES_H

struct wim_files; /* private */

/* Opens the WIM at path. NULL when it cannot be: *why then says why, for the user. */
struct wim_files *wim_files_open(const char *path, const char **why);
/* NULL is allowed. */
void wim_files_close(struct wim_files *files);
/* Puts the files of one image, counted from 1, into a private folder in the place of those of
 * another one, and returns its path, valid until the next call. windows is the name of the Windows
 * folder. NULL, with *why, when it cannot be done; *why may be set beside a folder for what is
 * missing there. */
const char *wim_files_of_image(struct wim_files *files, int image, const char *windows,
                               const char **why);

#endif
