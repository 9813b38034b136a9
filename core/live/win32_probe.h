/* The probes of the live machine, and what they share. Private to core/live/win32*.c.
 *
 * A probe asks one thing of the system and puts every answer down as a fact, or says why there is
 * none. None writes anything anywhere, none asks for a right that every user does not have.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_WIN32_PROBE_H
#define WINVER6003_WIN32_PROBE_H

#include "../machine.h"

#include <windows.h>

struct licence_question; /* win32_licence.c */

struct live {
    struct machine *machine;
    unsigned evidence;
    const bool *cancel;
    ULONGLONG until;                   /* GetTickCount64() at which the answer is due */
    struct version kernel;             /* as RtlGetVersion has it */
    const char *system32;              /* the real one, UTF-8; NULL when it is not known */
    struct licence_question *question; /* put at the start, answered by the end; NULL */
};

/* NULL, or why nothing more is to be asked: out of time, stopped. */
const char *live_over(const struct live *live);
/* Where the facts of one place come from; where is copied by the facts. */
struct source live_source(const struct live *live, enum fact_grade grade, enum fact_witness witness,
                          const char *where);
/* "access denied", else the number of the Windows error. */
const char *live_error(const struct live *live, LONG error);
/* UTF-16 as text of the machine. */
const char *live_text(const struct live *live, const WCHAR *text);
/* A function of a library that is loaded already, to be cast to its type; NULL where this system
 * has none of it. */
typedef void any_function(void);
any_function *live_function(const WCHAR *library, const char *name);

void probe_version(struct live *live);
void probe_imitation(struct live *live);
void probe_product(struct live *live);
void probe_registry(struct live *live);
void probe_files(struct live *live);
void probe_machine(struct live *live);

/* Puts the question to the licensing service in a thread of its own. */
void licence_ask(struct live *live);
/* Takes the answer, if it comes in time, and lets go of the question. */
void probe_licence(struct live *live);

#endif
