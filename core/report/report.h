/* Reports: a verdict as bytes. One instance of struct report_format for each --format.
 *
 * Same machine, day and options: same bytes. The day is that of the assessment.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_REPORT_H
#define WINVER6003_REPORT_H

#include "../judge/judge.h"
#include "../machine.h"
#include "../strbuf.h"

struct report_options {
    bool color;     /* escape sequences in text */
    bool verbose;   /* text lists every fact and the findings that pass */
    unsigned width; /* of the terminal for wrapping; 0 for none */
    /* Of this machine in a report about several, from 1; 0 for the only one. */
    unsigned long number;
};

/* What came out for several machines. */
struct report_tally {
    unsigned long machines; /* that were judged */
    unsigned long unusable; /* pieces of evidence that gave no machine */
    int exit_code;          /* of all: that of the worst state, or 66 */
    unsigned long codes[5]; /* machines by exit code 0 to 4 */
};

struct report_format {
    const char *name;  /* "text" */
    const char *title; /* for --help */
    /* A machine's name, a line number or a count moves nothing around it: no columns, no wrapping.
     * A batch then makes the reports of machines that differ in nothing else only once. */
    bool verbatim;
    /* Before the first and after the last machine; NULL for nothing. */
    void (*begin)(struct strbuf *out);
    void (*machine)(const struct machine *machine, const struct assessment *assessment,
                    const struct report_options *options, struct strbuf *out);
    void (*end)(struct strbuf *out);

    /* For a format that answers to a program with its first line and exit code; each NULL for
     * what everybody does. */
    /* Goes before all machines when there are several: their text has to be held back. */
    void (*summary)(const struct report_tally *tally, struct strbuf *out);
    /* What standard output says, beside the error channel, when there is no report. */
    void (*failure)(const char *message, struct strbuf *out);
    /* The exit code of the process in place of ours. */
    int (*exit_code)(int code);
};

/* Ends with NULL; the first is the default. */
extern const struct report_format *const report_formats[];
const struct report_format *report_format_by_name(const char *name);

#endif
