/* One machine under examination: its evidence, the facts read from it, and what was wrong with it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MACHINE_H
#define WINVER6003_MACHINE_H

#include "fact.h"

#include <stdbool.h>
#include <stdint.h>

/* A piece of evidence: a file, standard input, or the live system. */
struct evidence {
    const char *name;   /* as given, cleaned for display; "-" for standard input */
    const char *reader; /* id of the reader that took it; NULL when none knew it */
    int64_t bytes;      /* how many were read; -1 where that is not known */
    const char *sha256; /* 64 hex digits; NULL unless asked for */
    const char **problems; /* n_problems texts: what is wrong and where */
    unsigned n_problems;
    unsigned n_problems_dropped; /* beyond LIMIT_PROBLEMS */
    bool told; /* by an earlier report: the reader has filled in all of this, nobody else does */
};

struct machine {
    struct arena *arena; /* owns everything below */
    struct facts facts;
    struct evidence *evidence;
    unsigned n_evidence;
    unsigned evidence_size;
    const char *label; /* what to call it before its name is known: the argument, a row */
};

/* Never NULL; machine_free() takes NULL. */
struct machine *machine_new(const char *label);
void machine_free(struct machine *machine);
/* Empty again, for the next row of a batch. */
void machine_reset(struct machine *machine, const char *label);

/* A new piece of evidence; returns its index. */
unsigned machine_add_evidence(struct machine *machine, const char *name);
/* "line 12: value cut after 8192 bytes": says what and where, the file's name is added in reports. */
void machine_add_problem(struct machine *machine, unsigned evidence, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Replaces host, owner, organisation, product id and user names in paths by short tags that are
 * the same for the same value, in facts, evidence names and problems. Call before judging. */
void machine_redact(struct machine *machine);

#endif
