/* Bytes of one piece of evidence, read forward, never written to.
 *
 * A file is opened read-only; devices, pipes and sockets given by name are refused (standard
 * input is the way for pipes). The first LIMIT_HEAD_BYTES can be looked at before a reader is
 * chosen.
 *
 * Formats that are looked into, here and there instead of from front to back, use input_hold()
 * and then input_bytes() or, where that has nothing, input_read_at().
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_INPUT_H
#define WINVER6003_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct input;

/* Where companions.h looks for what lies beside a piece that is no file itself. */
struct companions {
    /* As companion_open(), for the piece that these are of. */
    bool (*open)(const struct companions *self, const char *suffix, struct arena *arena,
                 struct input *companion);
};

/* Where bytes come from that are neither those of a file nor in memory: what is unpacked on the way. */
struct input_source {
    /* Fills bytes as far as it can; 0 at the end, and when it cannot go on, with *error set. */
    size_t (*read)(void *data, void *bytes, size_t size, const char **error);
    void *data;
};

struct input {
    const char *name;    /* borrowed */
    const uint8_t *head; /* the first bytes, n_head of them */
    size_t n_head;
    bool whole;       /* the head is everything there is */
    int64_t size;     /* of the file when it was opened; -1 for a stream that is not held */
    int64_t consumed; /* bytes that input_read() has given out */
    /* private to input.c */
    int fd; /* -1 for memory and a source */
    struct input_source source; /* its read is NULL for a file and memory */
    bool close_fd;
    uint8_t *buffer;
    size_t n_held; /* bytes at head that input_read() gives out first: the head, or all of memory */
    size_t held_given;
    bool ended; /* nothing is behind what is held */
    const uint8_t *mapped; /* all of the file; NULL while it is not mapped */
    size_t n_mapped;
    /* Sees every byte that input_read() gives out, for a digest or progress; NULL for none. */
    void (*tap)(void *data, const void *bytes, size_t length);
    void *tap_data;
    /* public again */
    const char *error; /* why reading stopped early; NULL while all is well */
    bool looked_into;  /* by input_bytes() or input_read_at(): consumed tells little */
    const struct companions *companions; /* borrowed; NULL: look into the folder of name */
    const bool *cancel; /* set by another thread to stop; NULL for never */
    unsigned packed;    /* archives around it */
    struct input *outer; /* the archive whose only file this is: the evidence is that one; NULL */
};

/* Why an argument cannot be read as a file. */
enum input_status {
    INPUT_OK,
    INPUT_MISSING,
    INPUT_DENIED,
    INPUT_FOLDER,
    INPUT_DEVICE, /* device, pipe or socket */
    INPUT_ERROR,
};

/* Opens path ("-" is standard input) and reads the head. message gets a line for the user that
 * names the way out; it is "" on INPUT_OK. input_close() is due only after INPUT_OK. */
enum input_status input_open(struct input *input, const char *path, char *message,
                             size_t message_size);
/* The same over memory; nothing is copied or freed. */
void input_from_memory(struct input *input, const char *name, const void *bytes, size_t size);
/* The same over what a source gives, whose data outlives the input. */
void input_from_source(struct input *input, const char *name, const struct input_source *source);
/* The next bytes, the head first; 0 at the end, on an error (input->error is then set) and after
 * a cancel. */
size_t input_read(struct input *input, void *bytes, size_t size);
/* Makes every byte reachable for input_read_at(): a stream is read to its end into memory, a file
 * and memory are so already. false when there are more than limit bytes or an error came: what is
 * there up to then is reachable. */
bool input_hold(struct input *input, size_t limit);
/* All of the input in memory, valid until input_close(); NULL where there is no way to have it so.
 * A file is mapped: touch it inside mapping_guarded() (platform/mapping.h), take each length once.
 * After input_hold() only. */
const uint8_t *input_bytes(struct input *input, size_t *size);
/* The size bytes at offset, or as many as are there. Moves nothing; after input_hold() only. */
size_t input_read_at(struct input *input, int64_t offset, void *bytes, size_t size);
/* Whether all has been given out. */
bool input_at_end(const struct input *input);
void input_close(struct input *input);

#endif
