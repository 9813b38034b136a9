/* The command line of the terminal program, parsed and checked.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_OPTIONS_H
#define WINVER6003_OPTIONS_H

#include "core/judge/judge.h"
#include "core/report/report.h"

#include <stdbool.h>

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

enum options_action {
    ACTION_JUDGE,
    ACTION_HELP,
    ACTION_VERSION,
    ACTION_RULES,     /* --rules */
    ACTION_EXPLAIN,   /* --explain RULE */
    ACTION_KNOWLEDGE, /* --knowledge [TABLE] */
};

struct options {
    enum options_action action;
    const char *topic;            /* the rule or table of the action; NULL */
    const char *const *arguments; /* the evidence, n_arguments of them */
    int n_arguments;
    bool together;
    bool batch;
    const struct report_format *format;
    const char *output; /* -o; NULL for standard output */
    bool quiet;
    enum color_choice color;
    bool verbose;
    bool strict;
    bool trust_imitation;
    bool redact;
    bool digest;
    day_t as_of; /* from --as-of, else today: the one place that reads the clock fills it */
    const char *policy_path;
    struct policy policy; /* read from it, else the default */
    unsigned jobs;        /* threads of --batch; 0 for all cores */
    const char *error;    /* what was told when options_parse() failed; format is set even then */
};

/* Exit codes beside those of the verdict. */
enum {
    EXIT_USAGE = 64,    /* the command line */
    EXIT_NO_INPUT = 66, /* evidence that cannot be read or is not recognised */
    EXIT_FAULT = 70,    /* our own */
    EXIT_CANT_WRITE = 74,
};

/* Returns 0, or EXIT_USAGE/EXIT_NO_INPUT after a message on stderr. Strings are borrowed from argv
 * or live in arena. */
int options_parse(struct options *options, struct arena *arena, int argc, char **argv);
void options_print_help(struct strbuf *out);
/* For a call without arguments: what this is and the next step. */
void options_print_short_help(struct strbuf *out);
/* Color and width as the terminal, the environment and the options have it. */
struct report_options options_for_report(const struct options *options);

/* cli/batch.c: every entry of the folders, every row of the inventories. Returns the exit code. */
int batch_run(const struct options *options);

/* cli/output.c: where reports go. A file appears whole or not at all: written beside, synced,
 * renamed. */
struct output;
struct output *output_open(const char *path); /* NULL is standard output; NULL on failure, told */
/* false once writing has failed; the reason was told on stderr, once. */
bool output_write(struct output *output, const char *bytes, size_t length);
/* Flushes and, for a file, renames into place. false (told) when that failed. Frees output. */
bool output_close(struct output *output);
/* Removes what was written and frees output. */
void output_abandon(struct output *output);

#endif
