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

struct machine_sink; /* machine_sink.h */

struct reader {
    const char *id;    /* in reports: "text", "reg" */
    const char *title; /* "Registry export (.reg)": named where input was not recognised */
    /* true when the head is this reader's. Readers are asked in the order of the table. */
    bool (*probe)(const struct input *input);
    /* Reads all of input into machine as evidence number evidence. Returns false when nothing in
     * it was a statement about a Windows machine: the file is then "not recognised". */
    bool (*read)(struct input *input, struct machine *machine, unsigned evidence);
    /* In place of read, for inputs that may describe many machines: puts one after another into
     * the sink. */
    void (*read_each)(struct input *input, struct machine_sink *sink);
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

/* Reads path (a file, a folder with everything inside it, "-") into one machine. A scan of several
 * is refused here, with their number in *message: evidence_read_each() has them. On any status but
 * OK, *message (in the machine's arena) is one line for the user: the name, what it looks like,
 * what is understood. A folder is OK when at least one piece inside was recognised; the others are
 * listed as evidence without a reader. watch may be NULL. */
enum evidence_status evidence_read(struct machine *machine, const char *path,
                                   const struct evidence_watch *watch, const char **message);
/* The same for an input that is open already: file name and head are known. */
enum evidence_status evidence_read_input(struct machine *machine, struct input *input,
                                         const struct evidence_watch *watch,
                                         const char **message);

/* What is to be done after a machine was taken. */
enum evidence_next {
    EVIDENCE_NEXT, /* its memory is used again for the next one */
    EVIDENCE_KEEP, /* it belongs to the taker now, who frees it */
    EVIDENCE_STOP, /* as NEXT, and no more are wanted */
};

/* Takes the machines of a piece of evidence, one after another as they are read. Zeroed but for
 * take and data; may be used for one piece after another. */
struct evidence_each {
    enum evidence_next (*take)(void *data, struct machine *machine);
    void *data;
    bool several; /* while take() runs: the piece has more machines than this one */
    struct machine *machine; /* working memory; never NULL after a read */
    struct machine *behind;  /* the same, for the machine that is held back */
};
void evidence_each_free(struct evidence_each *each);

/* Reads path as evidence_read() does, but a scan of many machines gives each of them; anything
 * else gives one. take() is called before this returns, for every machine, and not at all on any
 * status but OK and CANCELLED. *message is in each->machine; on OK it may be a remark for the user
 * ("scan.xml: no sign of Windows on 3 of its 5 hosts"), else "". */
enum evidence_status evidence_read_each(struct evidence_each *each, const char *path,
                                        const struct evidence_watch *watch, const char **message);
enum evidence_status evidence_read_each_input(struct evidence_each *each, struct input *input,
                                              const struct evidence_watch *watch,
                                              const char **message);

#endif
