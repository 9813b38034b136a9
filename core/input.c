/* Bytes of one piece of evidence, read forward.
 *
 * The head is read when the input is opened, and a small file is then read to its end: whether
 * more is to come is asked of the file, not of the size that it claims (files of /proc claim 0).
 *
 * SPDX-License-Identifier: MIT
 */
#include "input.h"

#include "arena.h"
#include "limits.h"
#include "platform/file.h"
#include "platform/mapping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    enum input_status status;
    const char *words; /* NULL: the system's reason */
} failures[] = {
    [FILE_MISSING] = {INPUT_MISSING, "no such file or folder"},
    [FILE_DENIED] = {INPUT_DENIED, "permission to read it is denied"},
    [FILE_FOLDER] = {INPUT_FOLDER, "a folder, not a file"},
    [FILE_DEVICE] = {INPUT_DEVICE, "a device, pipe or socket, not a file; pipe it in and use - "
                                   "for standard input"},
    [FILE_ERROR] = {INPUT_ERROR, NULL},
};

/* Bytes that are not held yet; with 0 the input has ended, and input->error says why if not by
 * itself. */
static size_t take_more(struct input *input, void *bytes, size_t size)
{
    int64_t got;

    if (input->source.read) {
        got = (int64_t)input->source.read(input->source.data, bytes, size, &input->error);
    } else {
        got = file_read(input->fd, bytes, size);
        if (got < 0)
            input->error = file_error();
    }
    if (got <= 0)
        input->ended = true;
    return got > 0 ? (size_t)got : 0;
}

/* Fills the head; a read error is kept for whoever reads on. */
static void read_head(struct input *input)
{
    while (input->n_head < LIMIT_HEAD_BYTES && !input->ended)
        input->n_head += take_more(input, input->buffer + input->n_head,
                                   LIMIT_HEAD_BYTES - input->n_head);
    input->head = input->buffer;
    input->n_held = input->n_head;
    input->whole = input->ended && !input->error;
}

enum input_status input_open(struct input *input, const char *path, char *message,
                             size_t message_size)
{
    bool standard = strcmp(path, "-") == 0;
    enum file_status status;

    *input = (struct input){.name = path, .fd = -1, .size = -1};
    status = standard ? file_open_stdin(&input->fd, &input->size)
                      : file_open(path, &input->fd, &input->size);
    if (status != FILE_OPEN) {
        snprintf(message, message_size, "%s: %s", standard ? "standard input" : path,
                 failures[status].words ? failures[status].words : file_error());
        return failures[status].status;
    }
    input->close_fd = !standard;
    input->buffer = memory_alloc(LIMIT_HEAD_BYTES);
    read_head(input);
    if (input->n_head == 0 && input->error) {
        snprintf(message, message_size, "%s: %s", standard ? "standard input" : path, input->error);
        input_close(input);
        return INPUT_ERROR;
    }
    if (message_size)
        message[0] = '\0';
    return INPUT_OK;
}

void input_from_memory(struct input *input, const char *name, const void *bytes, size_t size)
{
    *input = (struct input){
        .name = name,
        .head = bytes,
        .n_head = size < LIMIT_HEAD_BYTES ? size : LIMIT_HEAD_BYTES,
        .whole = size <= LIMIT_HEAD_BYTES,
        .size = (int64_t)size,
        .fd = -1,
        .n_held = size,
        .ended = true,
    };
}

void input_from_source(struct input *input, const char *name, const struct input_source *source)
{
    *input = (struct input){.name = name, .fd = -1, .size = -1, .source = *source};
    input->buffer = memory_alloc(LIMIT_HEAD_BYTES);
    read_head(input);
}

size_t input_read(struct input *input, void *bytes, size_t size)
{
    size_t held = input->n_held - input->held_given;
    size_t given = 0;

    if (size == 0 || (input->cancel && *input->cancel))
        return 0;
    if (held > 0) {
        given = held < size ? held : size;
        memcpy(bytes, input->head + input->held_given, given);
        input->held_given += given;
    } else if (!input->ended) {
        given = take_more(input, bytes, size);
    }
    input->consumed += (int64_t)given;
    if (given && input->tap)
        input->tap(input->tap_data, bytes, given);
    return given;
}

bool input_hold(struct input *input, size_t limit)
{
    size_t room = input->n_held > LIMIT_HEAD_BYTES ? input->n_held : LIMIT_HEAD_BYTES;

    /* Standard input may be a file, but one that somebody else holds the place in. */
    if (input->close_fd)
        return true;
    while (!input->ended && input->n_held < limit) {
        if (input->n_held == room) {
            room = room < limit / 2 ? room * 2 : limit;
            input->buffer = memory_realloc(input->buffer, room);
            input->head = input->buffer;
        }
        if (input->cancel && *input->cancel)
            return false;
        input->n_held += take_more(input, input->buffer + input->n_held, room - input->n_held);
    }
    if (input->ended && !input->error)
        input->size = (int64_t)input->n_held;
    return input->ended && !input->error;
}

const uint8_t *input_bytes(struct input *input, size_t *size)
{
    input->looked_into = true;
    if (input->ended) {
        *size = input->n_held;
        return input->head;
    }
    if (!input->close_fd || input->size <= 0 || (uint64_t)input->size > SIZE_MAX)
        return NULL;
    if (!input->mapped) {
        input->n_mapped = (size_t)input->size;
        input->mapped = mapping_open(input->fd, input->n_mapped);
    }
    *size = input->n_mapped;
    return input->mapped;
}

size_t input_read_at(struct input *input, int64_t offset, void *bytes, size_t size)
{
    size_t done = 0;

    input->looked_into = true;
    if (offset < 0 || (input->cancel && *input->cancel))
        return 0;
    if ((uint64_t)offset < input->n_held) {
        done = input->n_held - (size_t)offset;
        if (done > size)
            done = size;
        memcpy(bytes, input->head + offset, done);
    }
    while (done < size && !input->ended && input->close_fd) {
        int64_t got =
            file_read_at(input->fd, offset + (int64_t)done, (uint8_t *)bytes + done, size - done);

        if (got < 0)
            input->error = file_error();
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return done;
}

bool input_at_end(const struct input *input)
{
    return input->ended && input->held_given == input->n_held;
}

void input_close(struct input *input)
{
    mapping_close(input->mapped, input->n_mapped);
    if (input->close_fd)
        file_close(input->fd);
    free(input->buffer);
    *input = (struct input){.name = input->name, .fd = -1, .size = -1, .ended = true};
}
