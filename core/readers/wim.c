/* Windows images (.wim): each image is a machine.
 *
 * The header says where the XML is, which says what each image was when that was written. Where the
 * library for it is there, the hives and the kernel inside each image are read as well: an XML that
 * is no longer true then shows as a conflict.
 *
 * Layout after "Windows Imaging File Format (WIM)", Microsoft 2007, and wimlib.h of wimlib.net.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../arena.h"
#include "../companions.h"
#include "../containers/wim_files.h"
#include "../cursor.h"
#include "../limits.h"
#include "../machine_sink.h"
#include "../platform/folder.h"
#include "wim_xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC          "MSWIM\0\0\0"
#define MAGIC_BYTES    8
#define HEADER_BYTES   208
#define PART_OFF       40
#define IMAGES_OFF     44
#define XML_OFF        72
#define SIZE_BYTES_MAX 0x00ffffffffffffffULL
/* Of a resource: bits above its size. */
#define RESOURCE_COMPRESSED 0x04
#define RESOURCE_SOLID      0x10
#define MESSAGE_SIZE        512
#define NAMES_MAX           16

struct header {
    uint16_t part, n_parts;
    uint32_t n_images;
    uint64_t xml_size, xml_offset;
    uint8_t xml_flags;
};

struct reading {
    struct input *input;
    struct machine_sink *sink;
    struct wim_files *files;     /* NULL when the XML is all there is */
    char only_xml[MESSAGE_SIZE]; /* why it is; "" */
    bool stopped;
    bool seen[LIMIT_WIM_IMAGES + 1]; /* images that the XML has */
};

static bool wim_probe(const struct input *input)
{
    return input->n_head >= MAGIC_BYTES && memcmp(input->head, MAGIC, MAGIC_BYTES) == 0;
}

static bool read_header(const struct input *input, struct header *header)
{
    struct cursor cursor = cursor_over(input->head, input->n_head);
    uint64_t size;

    cursor_seek(&cursor, PART_OFF);
    header->part = cursor_u16le(&cursor);
    header->n_parts = cursor_u16le(&cursor);
    cursor_seek(&cursor, IMAGES_OFF);
    header->n_images = cursor_u32le(&cursor);
    cursor_seek(&cursor, XML_OFF);
    size = cursor_u64le(&cursor);
    header->xml_flags = (uint8_t)(size >> 56);
    header->xml_size = size & SIZE_BYTES_MAX;
    header->xml_offset = cursor_u64le(&cursor);
    return input->n_head >= HEADER_BYTES && !cursor.failed;
}

/* ---- The files in an image ---- */

/* Logs of a hive lie beside it in the private folder, whatever the hive is called for people. */
struct beside {
    struct companions base;
    const char *path;
};

static bool open_beside(const struct companions *self, const char *suffix, struct arena *arena,
                        struct input *companion)
{
    const struct beside *beside = (const struct beside *)self;
    const struct input lies = {.name = beside->path, .fd = -1, .close_fd = true};

    return companion_open(&lies, suffix, arena, companion);
}

static bool read_file(struct reading *reading, struct machine *machine, const char *folder,
                      const char *name, int image)
{
    struct beside beside = {{open_beside}, arena_printf(machine->arena, "%s/%s", folder, name)};
    char message[MESSAGE_SIZE];
    const char *unused;
    struct input input;
    bool read;

    if (input_open(&input, beside.path, message, sizeof(message)) != INPUT_OK)
        return false;
    input.name = arena_printf(machine->arena, "%s/%d/%s", reading->input->name, image, name);
    input.companions = &beside.base;
    input.cancel = reading->input->cancel;
    read = evidence_read_input(machine, &input, NULL, &unused) == EVIDENCE_OK;
    input_close(&input);
    return read;
}

/* By name, so that reports are the same every time. */
static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_log(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && (dot[1] == 'L' || dot[1] == 'l');
}

static bool read_folder(struct reading *reading, struct machine *machine, const char *path,
                        int image)
{
    struct folder *folder = folder_open(path);
    const char *names[NAMES_MAX], *name;
    enum folder_kind kind;
    bool failed, any = false;
    size_t n = 0;

    while (folder && n < NAMES_MAX && (name = folder_next(folder, &kind, &failed)) != NULL)
        if (kind == FOLDER_FILE && !is_log(name))
            names[n++] = arena_strdup(machine->arena, name);
    if (folder)
        folder_close(folder);
    qsort(names, n, sizeof(*names), by_name);
    for (size_t i = 0; i < n; i++)
        any |= read_file(reading, machine, path, names[i], image);
    return any;
}

static bool read_files(struct reading *reading, struct machine *machine, unsigned evidence,
                       const struct wim_image *image)
{
    /* Without an XML: where Windows has been put since NT 4.0. */
    const char *usual[] = {"Windows", "WINNT"};
    const char *said[] = {image->values[WIM_SYSTEMROOT]};
    const char **names = said[0] ? said : usual;
    size_t n = said[0] ? 1 : 2;
    bool any = false;

    if (*reading->only_xml)
        machine_add_problem(machine, evidence, "%s", reading->only_xml);
    for (size_t i = 0; i < n && !any && reading->files && image->index > 0; i++) {
        const char *why;
        const char *folder = wim_files_of_image(reading->files, image->index, names[i], &why);

        if (why)
            machine_add_problem(machine, evidence, "image %d: %s", image->index, why);
        any = folder && read_folder(reading, machine, folder, image->index);
    }
    return any;
}

/* ---- Images ---- */

static bool take_image(void *data, const struct wim_image *image)
{
    struct reading *reading = data;
    struct machine *machine;
    const char *name = image->values[WIM_NAME];
    const char *label;
    unsigned evidence;
    bool stated;

    if (image->index > 0 && image->index <= LIMIT_WIM_IMAGES)
        reading->seen[image->index] = true;
    machine = machine_sink_begin(reading->sink, &evidence);
    reading->stopped = !machine;
    if (!machine)
        return false;
    stated = wim_xml_state(image, machine, evidence);
    stated |= read_files(reading, machine, evidence, image);
    label = arena_printf(machine->arena, "image %d%s%s", image->index, name ? ", " : "",
                         name ? name : "");
    machine_sink_end(reading->sink, label, stated);
    return true;
}

static void read_xml(struct reading *reading, const struct header *header)
{
    struct arena *arena;
    const char *problem;
    uint8_t *xml;
    size_t size;

    if (header->xml_flags & (RESOURCE_COMPRESSED | RESOURCE_SOLID)) {
        machine_sink_problem(reading->sink, "its XML is compressed, which no tool does");
        return;
    }
    if (header->xml_size > LIMIT_WIM_XML_BYTES || header->xml_offset > INT64_MAX) {
        machine_sink_problem(reading->sink, "its XML is said to be of %lu KB, and is not read",
                             (unsigned long)(header->xml_size / 1024));
        return;
    }
    xml = memory_alloc((size_t)header->xml_size + 1);
    size =
        input_read_at(reading->input, (int64_t)header->xml_offset, xml, (size_t)header->xml_size);
    if (size < header->xml_size)
        machine_sink_problem(reading->sink, "cut off: %lu bytes of its XML are missing",
                             (unsigned long)(header->xml_size - size));
    arena = arena_new();
    problem = wim_xml_read(xml, size, arena, take_image, reading);
    if (problem)
        machine_sink_problem(reading->sink, "%s", problem);
    arena_free(arena);
    free(xml);
}

/* Images that the XML does not have, by what is in them. */
static void read_others(struct reading *reading, const struct header *header)
{
    for (uint32_t i = 1; reading->files && i <= header->n_images && i <= LIMIT_WIM_IMAGES; i++) {
        struct wim_image image = {.index = (int)i};

        if (!reading->seen[i] && !reading->stopped)
            take_image(reading, &image);
    }
}

static void open_files(struct reading *reading, const struct header *header)
{
    const char *why = NULL;

    if (header->n_parts > 1)
        why = "it is one part of several";
    else if (!reading->input->close_fd)
        why = "it is no file of its own";
    else
        reading->files = wim_files_open(reading->input->name, &why);
    if (!reading->files)
        snprintf(reading->only_xml, sizeof(reading->only_xml),
                 "only its XML was looked at, not what is in its images: %s", why);
}

static void wim_read_each(struct input *input, struct machine_sink *sink)
{
    struct reading reading = {.input = input, .sink = sink};
    struct header header;

    if (!input_hold(input, LIMIT_WIM_STREAM_BYTES) && !input->error)
        machine_sink_problem(sink, "longer than the %d MB that are read of a stream",
                             LIMIT_WIM_STREAM_BYTES / (1024 * 1024));
    if (!read_header(input, &header)) {
        machine_sink_problem(sink, "its header is cut off");
        return;
    }
    open_files(&reading, &header);
    read_xml(&reading, &header);
    read_others(&reading, &header);
    if (header.n_images > LIMIT_WIM_IMAGES)
        machine_sink_problem(sink, "it has %lu images, and no more than %d are looked at",
                             (unsigned long)header.n_images, LIMIT_WIM_IMAGES);
    wim_files_close(reading.files);
}

const struct reader reader_wim = {
    .id = "wim",
    .title = "Windows image (.wim)",
    .probe = wim_probe,
    .read_each = wim_read_each,
};
