/* Reports: a verdict as bytes. One instance of struct report_format for each --format.
 *
 * Same machine, day and options: same bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_REPORT_H
#define WINVER6003_REPORT_H

#include "../judge/judge.h"
#include "../machine.h"
#include "../strbuf.h"

struct report_options {
    bool color;    /* escape sequences in text */
    bool verbose;  /* text lists every fact and the findings that pass */
    unsigned width; /* of the terminal for wrapping; 0 for none */
};

struct report_format {
    const char *name;  /* "text" */
    const char *title; /* for --help */
    /* Before the first and after the last machine; NULL for nothing. */
    void (*begin)(struct strbuf *out);
    void (*machine)(const struct machine *machine, const struct assessment *assessment,
                    const struct report_options *options, struct strbuf *out);
    void (*end)(struct strbuf *out);
};

/* Ends with NULL; the first is the default. */
extern const struct report_format *const report_formats[];
const struct report_format *report_format_by_name(const char *name);

#endif
