/* Recognisers: each knows one kind of output that people save or paste as text.
 *
 * One text file may hold several outputs one after another, so the text reader shows every line
 * to every recogniser, in the order of its table, until one takes it. A recogniser looks for the
 * shape of values, not for labels, because the labels are in the display language of the machine.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_RECOGNISER_H
#define WINVER6003_RECOGNISER_H

#include "../machine.h"
#include "../text.h"
#include "shapes.h"

/* What a recogniser works on. */
struct text_scan {
    struct machine *machine;
    unsigned evidence;
    /* Counted up by recognisers for each statement about a Windows machine; a file with none is
     * not recognised. A look-alike number is no statement. */
    unsigned statements;
};

struct recogniser {
    const char *id;
    /* Working state, from the machine's arena; NULL when there is none. begin may be NULL. */
    void *(*begin)(struct text_scan *scan);
    /* true when the line is this recogniser's and no other need look at it. Comment marks that
     * people paste text behind (";", "#", "//", "REM", "--", "> ") are still on the line. */
    bool (*line)(struct text_scan *scan, void *state, const struct text_line *line);
    /* After the last line, for what only shows at the end. May be NULL. */
    void (*end)(struct text_scan *scan, void *state);
};

/* In the order in which they are asked. */
extern const struct recogniser recogniser_systeminfo;
extern const struct recogniser recogniser_ver;      /* ver, cmd banner, winver's text */
extern const struct recogniser recogniser_filever;  /* versions of the kernel and its kin */
extern const struct recogniser recogniser_wmi;      /* wmic os, Get-WmiObject, wmic tables */
extern const struct recogniser recogniser_hotfix;   /* wmic qfe, Get-HotFix, KB lists */
extern const struct recogniser recogniser_regquery; /* reg query, pasted registry tables */
extern const struct recogniser recogniser_msinfo;
extern const struct recogniser recogniser_dxdiag;
extern const struct recogniser recogniser_wer;
extern const struct recogniser recogniser_runtime;   /* php_uname, .NET, SQL Server's @@VERSION */
extern const struct recogniser recogniser_network;   /* DNS version.bind, SMB native OS, WebDAV */
extern const struct recogniser recogniser_lookalike; /* takes no line, makes no statement */

/* line->text without a comment mark and blanks before it. */
const char *recogniser_uncomment(const char *text);
/* A source for a line: where is "WHAT, line N". The text lives in the machine's arena. */
struct source recogniser_source(struct text_scan *scan, const struct text_line *line,
                                enum fact_grade grade, enum fact_witness witness, const char *what);

/* facts_add_text() of a part of a line. */
struct fact *recogniser_add(struct text_scan *scan, const struct source *source,
                            enum fact_field field, struct span value);

#endif
