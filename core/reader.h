/* Readers turn bytes into facts. The seam between evidence formats and everything else.
 *
 * A reader is chosen by content, never by name. It returns the facts it got and tells what was
 * damaged as problems; it does not fail, print, ask for the time or look at other files.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_READER_H
#define WINVER6003_READER_H

#include "input.h"
#include "machine.h"

struct reader {
    const char *id;    /* in reports: "text", "reg" */
    const char *title; /* "Registry export (.reg)": named where input was not recognised */
    /* true when the head is this reader's. Readers are asked in the order of the table. */
    bool (*probe)(const struct input *input);
    /* Reads all of input into machine as evidence number evidence. Returns false when nothing in
     * it was a statement about a Windows machine: the file is then "not recognised". */
    bool (*read)(struct input *input, struct machine *machine, unsigned evidence);
};

/* All readers, the most specific first; ends with NULL. */
extern const struct reader *const readers[];

enum evidence_status {
    EVIDENCE_OK,
    EVIDENCE_UNREADABLE,   /* exit 66 */
    EVIDENCE_UNRECOGNISED, /* exit 66 */
    EVIDENCE_EMPTY,        /* a file of no bytes; exit 66 */
    EVIDENCE_CANCELLED,
};

/* Progress and cancel for long reads; every member may be zero. */
struct evidence_watch {
    void (*progress)(void *data, int64_t done, int64_t total); /* total -1 when unknown */
    void *data;
    const bool *cancel;
    bool digest; /* fill in the SHA-256 of each piece */
};

/* Reads path (a file, a folder with everything inside it, "-") into machine. On any status but
 * OK, *message (in the machine's arena) is one line for the user: the name, what it looks like,
 * what is understood. A folder is OK when at least one piece inside was recognised; the others are
 * listed as evidence without a reader. watch may be NULL. */
enum evidence_status evidence_read(struct machine *machine, const char *path,
                                   const struct evidence_watch *watch, const char **message);
/* The same for an input that is open already: file name and head are known. */
enum evidence_status evidence_read_input(struct machine *machine, struct input *input,
                                         const struct evidence_watch *watch,
                                         const char **message);

#endif
