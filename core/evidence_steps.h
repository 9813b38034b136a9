/* The steps of reading a piece of evidence that its ways share. Private to evidence*.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_EVIDENCE_STEPS_H
#define WINVER6003_EVIDENCE_STEPS_H

#include "reader.h"

/* The reader that takes the input; NULL when none does. */
const struct reader *evidence_reader(const struct input *input);
/* evidence_read_input() when that reader is known. */
enum evidence_status evidence_read_with(const struct reader *reader, struct machine *machine,
                                        struct input *input, const struct evidence_watch *watch,
                                        const char **message);
/* Nothing came of the input, which is that piece of evidence: why. */
enum evidence_status evidence_refuse(struct machine *machine, unsigned evidence,
                                     const struct input *input, const struct reader *reader,
                                     const char **message);

/* Reads with a reader of many, where one machine is wanted, into this one. Returns how many the
 * input states something of; the facts and problems are only there when it is 1. */
unsigned long evidence_read_only(const struct reader *reader, struct input *input,
                                 struct machine *machine, unsigned evidence);

/* The SHA-256 of all bytes of an input that can be reached by input_read_at(), in text, which has
 * DIGEST_TEXT_SIZE bytes. Returns why there is none, NULL when there is one. */
const char *evidence_digest(struct input *input, char *text);
/* Adds it to the piece, or why there is none. */
void evidence_add_digest(struct machine *machine, unsigned evidence, struct input *input);

#endif
