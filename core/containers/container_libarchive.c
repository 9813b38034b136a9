/* Archives by way of libarchive, which is loaded when the first archive is met.
 *
 * Only formats and filters that the library has inside itself are switched on: for others it would
 * start programs. Bytes come through input_read_at(), so that an archive can be gone through again
 * for a file that belongs to another one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "container.h"

#include "../arena.h"
#include "../limits.h"
#include "../platform/library.h"
#include "container_marks.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>

#define PIECE_BYTES (64 * 1024)
#define WHY_SIZE    256

/* The library's functions under their own names. */
#define FUNCTIONS(use)                                                                             \
    use(archive_read_new) use(archive_read_free) use(archive_read_support_filter_bzip2)            \
    use(archive_read_support_filter_gzip) use(archive_read_support_filter_xz)                      \
    use(archive_read_support_format_7zip) use(archive_read_support_format_cab)                     \
    use(archive_read_support_format_raw) use(archive_read_support_format_tar)                      \
    use(archive_read_support_format_zip) use(archive_read_set_callback_data)                       \
    use(archive_read_set_read_callback) use(archive_read_set_seek_callback)                        \
    use(archive_read_set_skip_callback) use(archive_read_open1) use(archive_read_next_header)      \
    use(archive_read_data) use(archive_error_string) use(archive_entry_pathname)                   \
    use(archive_entry_pathname_utf8) use(archive_entry_filetype) use(archive_entry_hardlink)       \
    use(archive_format) use(archive_filter_code)

#define MEMBER(name) __typeof__(&name) name;
#define SYMBOL(name) {#name, &functions->name},

struct functions {
    FUNCTIONS(MEMBER)
};

struct container {
    struct functions lib;
    struct archive *archive;
    struct input *packed;
    int64_t at;     /* of packed: what is read next */
    int64_t size;   /* of packed; -1 when not known */
    int64_t unpacked;
    unsigned long n_entries;
    const char *limit; /* the one that was reached; NULL */
    bool ended;
    char why[WHY_SIZE];
    uint8_t piece[PIECE_BYTES];
};

bool container_probe(const struct input *input)
{
    return container_has_mark(input);
}

/* ---- What libarchive calls ---- */

static la_ssize_t read_piece(struct archive *archive, void *data, const void **bytes)
{
    struct container *container = data;
    size_t got = input_read_at(container->packed, container->at, container->piece, PIECE_BYTES);

    (void)archive;
    container->at += (int64_t)got;
    *bytes = container->piece;
    return (la_ssize_t)got;
}

static la_int64_t seek(struct archive *archive, void *data, la_int64_t offset, int whence)
{
    struct container *container = data;

    (void)archive;
    if (container->size < 0)
        return ARCHIVE_FATAL;
    if (whence == SEEK_CUR)
        offset += container->at;
    else if (whence == SEEK_END)
        offset += container->size;
    if (offset < 0)
        return ARCHIVE_FATAL;
    container->at = offset < container->size ? offset : container->size;
    return container->at;
}

static la_int64_t skip(struct archive *archive, void *data, la_int64_t length)
{
    struct container *container = data;
    int64_t left = container->size - container->at;

    (void)archive;
    if (container->size < 0 || length <= 0)
        return 0;
    if (length > left)
        length = left;
    container->at += length;
    return length;
}

/* ---- Opening ---- */

static bool load(struct functions *functions, const char **why)
{
    const struct library_symbol symbols[] = {FUNCTIONS(SYMBOL)};

    return library_load("libarchive.so.13", symbols, sizeof(symbols) / sizeof(symbols[0]), why);
}

/* Without it nothing of this kind works: the same words for everybody. */
static const char *why_not_loaded(const char *why)
{
    static _Thread_local char text[WHY_SIZE];

    snprintf(text, sizeof(text), "archives need a library that is not there: %s", why);
    return text;
}

/* A format that is only understood by starting a program answers with a warning. */
static bool set_up(struct container *container)
{
    const struct functions *lib = &container->lib;
    struct archive *archive = container->archive;

    return lib->archive_read_support_filter_gzip(archive) == ARCHIVE_OK &&
           lib->archive_read_support_filter_bzip2(archive) == ARCHIVE_OK &&
           lib->archive_read_support_filter_xz(archive) == ARCHIVE_OK &&
           lib->archive_read_support_format_zip(archive) == ARCHIVE_OK &&
           lib->archive_read_support_format_7zip(archive) == ARCHIVE_OK &&
           lib->archive_read_support_format_cab(archive) == ARCHIVE_OK &&
           lib->archive_read_support_format_tar(archive) == ARCHIVE_OK &&
           lib->archive_read_support_format_raw(archive) == ARCHIVE_OK &&
           lib->archive_read_set_callback_data(archive, container) == ARCHIVE_OK &&
           lib->archive_read_set_read_callback(archive, read_piece) == ARCHIVE_OK &&
           lib->archive_read_set_seek_callback(archive, seek) == ARCHIVE_OK &&
           lib->archive_read_set_skip_callback(archive, skip) == ARCHIVE_OK;
}

static const char *reason(struct container *container)
{
    const char *text = container->lib.archive_error_string(container->archive);

    snprintf(container->why, sizeof(container->why), "the archive is damaged, or of a kind that is "
             "not understood: %s", text ? text : "no reason given");
    return container->why;
}

struct container *container_open(struct input *packed, const char **why)
{
    struct container *container;

    if (!input_hold(packed, LIMIT_ARCHIVE_STREAM_BYTES)) {
        *why = packed->error ? packed->error : "the archive is too long to be read as a stream";
        return NULL;
    }
    container = memory_alloc(sizeof(*container));
    container->packed = packed;
    container->size = packed->size;
    if (!load(&container->lib, why)) {
        *why = why_not_loaded(*why);
        free(container);
        return NULL;
    }
    container->archive = container->lib.archive_read_new();
    if (container->archive && set_up(container) &&
        container->lib.archive_read_open1(container->archive) == ARCHIVE_OK)
        return container;
    *why = "the library that looks into archives does not open it";
    container_close(container);
    return NULL;
}

void container_close(struct container *container)
{
    if (!container)
        return;
    if (container->archive)
        container->lib.archive_read_free(container->archive);
    free(container);
}

/* ---- Limits ---- */

/* Whether so much more would be too much. */
static const char *over_limit(struct container *container, size_t more)
{
    int64_t all = container->unpacked + (int64_t)more;

    if (all > LIMIT_ARCHIVE_BYTES)
        return "the archive unpacks to more than the 2 GB that are read of one";
    if (all > LIMIT_ARCHIVE_RATIO_FROM && container->size >= 0 &&
        all / LIMIT_ARCHIVE_RATIO > container->size)
        return "the archive unpacks to more than 300 times its size, which no evidence does";
    return NULL;
}

static size_t unpack(void *data, void *bytes, size_t size, const char **error)
{
    struct container *container = data;
    la_ssize_t got;

    if (container->limit || container->ended)
        return 0;
    *error = container->limit = over_limit(container, size);
    if (container->limit)
        return 0;
    got = container->lib.archive_read_data(container->archive, bytes, size);
    if (got < 0)
        *error = reason(container);
    if (got == ARCHIVE_FATAL)
        container->ended = true;
    if (got <= 0)
        return 0;
    container->unpacked += got;
    return (size_t)got;
}

/* ---- Going through it ---- */

/* Whether the library passes over the rest of an entry without unpacking it. */
static bool skips_for_free(const struct container *container)
{
    int format = container->lib.archive_format(container->archive) & ARCHIVE_FORMAT_BASE_MASK;

    return format == ARCHIVE_FORMAT_ZIP ||
           (format == ARCHIVE_FORMAT_TAR &&
            container->lib.archive_filter_code(container->archive, 0) == ARCHIVE_FILTER_NONE);
}

/* Passes over it under our limits where the library has none. */
static void skip_rest(struct container *container)
{
    uint8_t *bytes = memory_alloc(PIECE_BYTES);
    const char *error;

    if (container->n_entries > 0 && !skips_for_free(container))
        while (unpack(container, bytes, PIECE_BYTES, &error) > 0)
            ;
    free(bytes);
}

bool container_next(struct container *container, struct container_file *file, const char **why)
{
    const struct functions *lib = &container->lib;
    struct archive_entry *entry;
    const char *name;
    int status;

    *why = NULL;
    /* A packed file is alone. */
    if (container->n_entries > 0 &&
        lib->archive_format(container->archive) == ARCHIVE_FORMAT_RAW)
        return false;
    skip_rest(container);
    if (container->limit) {
        *why = container->limit;
        return false;
    }
    if (container->ended)
        return false;
    if (container->n_entries == LIMIT_ARCHIVE_ENTRIES) {
        snprintf(container->why, sizeof(container->why), "only the first %d entries were looked at",
                 LIMIT_ARCHIVE_ENTRIES);
        *why = container->why;
        return false;
    }
    status = lib->archive_read_next_header(container->archive, &entry);
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
        container->ended = true;
        if (status != ARCHIVE_EOF)
            *why = reason(container);
        return false;
    }
    /* What no format knows would be taken for one packed file, as it is. */
    if (lib->archive_format(container->archive) == ARCHIVE_FORMAT_RAW &&
        lib->archive_filter_code(container->archive, 0) == ARCHIVE_FILTER_NONE) {
        container->ended = true;
        *why = "the archive is damaged, or of a kind that is not understood";
        return false;
    }
    container->n_entries++;
    name = lib->archive_entry_pathname_utf8(entry);
    if (!name)
        name = lib->archive_entry_pathname(entry);
    file->name = name ? name : "";
    file->folder = lib->archive_entry_filetype(entry) == AE_IFDIR;
    file->regular = lib->archive_entry_filetype(entry) == AE_IFREG &&
                    !lib->archive_entry_hardlink(entry);
    return true;
}

struct input_source container_source(struct container *container)
{
    return (struct input_source){.read = unpack, .data = container};
}
