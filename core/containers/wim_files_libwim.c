/* Files of an image in a WIM by way of libwim, which is loaded when the first WIM is met.
 *
 * The library writes files to a folder and nowhere else: to a private one that goes away. Links are
 * left where they are, and what is too large to be one of these files as well.
 *
 * SPDX-License-Identifier: MIT
 */
#include "wim_files.h"

#include "../arena.h"
#include "../limits.h"
#include "../platform/file.h"
#include "../platform/library.h"
#include "../platform/scratch.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wimlib.h>

#define WHY_SIZE  256
#define PATH_SIZE 128

/* The library's functions under their own names. */
#define FUNCTIONS(use)                                                                             \
    use(wimlib_extract_paths) use(wimlib_free) use(wimlib_get_error_string)                        \
    use(wimlib_global_init) use(wimlib_iterate_dir_tree) use(wimlib_open_wim)

#define MEMBER(name) __typeof__(&name) name;
#define SYMBOL(name) {#name, &functions->name},

struct functions {
    FUNCTIONS(MEMBER)
};

/* Below the Windows folder. */
static const char *const wanted[] = {
    "System32/config/SOFTWARE",      "System32/config/SOFTWARE.LOG",
    "System32/config/SOFTWARE.LOG1", "System32/config/SOFTWARE.LOG2",
    "System32/config/SYSTEM",        "System32/config/SYSTEM.LOG",
    "System32/config/SYSTEM.LOG1",   "System32/config/SYSTEM.LOG2",
    "System32/ntoskrnl.exe",         "System32/ntkrnlpa.exe",
};

#define N_WANTED (sizeof(wanted) / sizeof(wanted[0]))

struct wim_files {
    struct functions lib;
    WIMStruct *wim;
    struct scratch *scratch;
    char why[WHY_SIZE];
};

static bool load(struct functions *functions, const char **why)
{
    const struct library_symbol symbols[] = {FUNCTIONS(SYMBOL)};

    return library_load("libwim.so.15", symbols, sizeof(symbols) / sizeof(symbols[0]), why);
}

static const char *because(char why[WHY_SIZE], const char *what, const char *reason)
{
    snprintf(why, WHY_SIZE, "%s: %s", what, reason);
    return why;
}

struct wim_files *wim_files_open(const char *path, const char **why)
{
    static _Thread_local char text[WHY_SIZE];
    struct wim_files *files = memory_alloc(sizeof(*files));
    int error;

    if (!load(&files->lib, why)) {
        *why = because(text, "images need a library that is not there", *why);
        free(files);
        return NULL;
    }
    error = files->lib.wimlib_global_init(WIMLIB_INIT_FLAG_ASSUME_UTF8 |
                                          WIMLIB_INIT_FLAG_DEFAULT_CASE_INSENSITIVE);
    if (!error)
        error = files->lib.wimlib_open_wim(path, WIMLIB_OPEN_FLAG_ERROR_IF_SPLIT, &files->wim);
    if (error) {
        *why = because(text, "the images cannot be opened",
                       files->lib.wimlib_get_error_string((enum wimlib_error_code)error));
        files->wim = NULL;
        wim_files_close(files);
        return NULL;
    }
    files->scratch = scratch_open();
    if (!files->scratch) {
        *why = because(text, "no private folder for what is inside", file_error());
        wim_files_close(files);
        return NULL;
    }
    return files;
}

void wim_files_close(struct wim_files *files)
{
    if (!files)
        return;
    if (files->wim)
        files->lib.wimlib_free(files->wim);
    scratch_close(files->scratch);
    free(files);
}

/* What an entry of an image is. */
struct found {
    uint64_t bytes;
    bool plain;
};

static int look_at(const struct wimlib_dir_entry *entry, void *data)
{
    struct found *found = data;

    found->plain = !(entry->attributes &
                     (WIMLIB_FILE_ATTRIBUTE_DIRECTORY | WIMLIB_FILE_ATTRIBUTE_REPARSE_POINT |
                      WIMLIB_FILE_ATTRIBUTE_DEVICE | WIMLIB_FILE_ATTRIBUTE_ENCRYPTED));
    found->bytes = entry->streams[0].resource.uncompressed_size;
    return 0;
}

const char *wim_files_of_image(struct wim_files *files, int image, const char *windows,
                               const char **why)
{
    char names[N_WANTED][PATH_SIZE];
    const char *paths[N_WANTED];
    size_t n_paths = 0;
    uint64_t bytes = 0;
    int error = 0;

    *why = NULL;
    scratch_clear(files->scratch);
    for (size_t i = 0; i < N_WANTED; i++) {
        struct found found = {0};

        snprintf(names[n_paths], PATH_SIZE, "/%.32s/%s", windows, wanted[i]);
        error = files->lib.wimlib_iterate_dir_tree(files->wim, image, names[n_paths], 0, look_at,
                                                   &found);
        if (error && error != WIMLIB_ERR_PATH_DOES_NOT_EXIST)
            break;
        if (error || !found.plain)
            continue;
        bytes += found.bytes;
        if (bytes > LIMIT_WIM_BYTES) {
            *why = because(files->why, names[n_paths], "too large to be read out of an image");
            bytes -= found.bytes;
            continue;
        }
        paths[n_paths] = names[n_paths];
        n_paths++;
    }
    if (error == WIMLIB_ERR_PATH_DOES_NOT_EXIST)
        error = 0;
    if (!error && n_paths > 0)
        error = files->lib.wimlib_extract_paths(
            files->wim, image, scratch_path(files->scratch), paths, n_paths,
            WIMLIB_EXTRACT_FLAG_NO_ACLS | WIMLIB_EXTRACT_FLAG_NO_ATTRIBUTES |
                WIMLIB_EXTRACT_FLAG_NO_PRESERVE_DIR_STRUCTURE | WIMLIB_EXTRACT_FLAG_NORPFIX);
    if (error) {
        *why = because(files->why, "what is in the image cannot be read",
                       files->lib.wimlib_get_error_string((enum wimlib_error_code)error));
        return NULL;
    }
    return scratch_path(files->scratch);
}
