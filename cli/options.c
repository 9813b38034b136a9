/* The command line: one table of options that parses them, prints the help and names the nearest.
 *
 * The first mistake is told, but the line is read to its end, because --format decides how the
 * failure is told.
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

#include "core/input.h"
#include "core/limits.h"
#include "core/live/live.h"
#include "core/platform/clock.h"
#include "core/platform/replace.h"
#include "message.h"

#include <stdlib.h>
#include <string.h>

#define MOST_JOBS 256

struct parse {
    struct options *options;
    struct arena *arena;
    bool as_of_given;
    const char **arguments;
};

enum takes { TAKES_NOTHING, TAKES_VALUE, MAY_TAKE_VALUE };

struct option_row {
    const char *name;
    char letter; /* 0 for none */
    enum takes takes;
    const char *value; /* what the value is called */
    const char *help;
    /* value is NULL where none was given. */
    void (*set)(struct parse *parse, const char *value);
};

/* Keeps the first mistake. */
static void fail(struct parse *parse, const char *message)
{
    if (!parse->options->error)
        parse->options->error = message;
}

#define FAIL(parse, ...) fail(parse, arena_printf((parse)->arena, __VA_ARGS__))

/* " (did you mean '...'?)" or nothing. */
static const char *did_you_mean(struct parse *parse, const struct suggestion *suggestion,
                                const char *prefix)
{
    if (!suggestion->nearest)
        return "";
    return arena_printf(parse->arena, " (did you mean '%s%s'?)", prefix, suggestion->nearest);
}

static void set_format(struct parse *parse, const char *value)
{
    const struct report_format *format = report_format_by_name(value);
    struct suggestion suggestion = {.wanted = value};
    struct strbuf names = STRBUF_EMPTY;

    if (format) {
        parse->options->format = format;
        return;
    }
    for (const struct report_format *const *known = report_formats; *known; known++) {
        suggestion_offer(&suggestion, (*known)->name);
        strbuf_adds(&names, known == report_formats ? "" : ", ");
        strbuf_adds(&names, (*known)->name);
    }
    FAIL(parse, "--format: no format '%s'%s; there are %s", value,
         did_you_mean(parse, &suggestion, ""), strbuf_text(&names));
    strbuf_free(&names);
}

static void set_output(struct parse *parse, const char *value)
{
    if (!value[0])
        FAIL(parse, "--output: the name of the file is empty; give a path, or - for standard "
                    "output");
    parse->options->output = strcmp(value, "-") == 0 ? NULL : value;
}

static void set_color(struct parse *parse, const char *value)
{
    static const char *const words[] = {"auto", "always", "never"};

    for (unsigned i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(value, words[i]) == 0) {
            parse->options->color = (enum color_choice)i;
            return;
        }
    }
    FAIL(parse, "--color: '%s' is not one of auto, always, never", value);
}

static void set_as_of(struct parse *parse, const char *value)
{
    parse->options->as_of = day_from_text(value);
    parse->as_of_given = true;
    if (parse->options->as_of == DAY_NONE)
        FAIL(parse, "--as-of: '%s' is not a date; write YYYY-MM-DD, as in 2019-04-09", value);
}

static void set_jobs(struct parse *parse, const char *value)
{
    char *end;
    unsigned long jobs = strtoul(value, &end, 10);

    if (value[0] < '0' || value[0] > '9' || *end || jobs < 1 || jobs > MOST_JOBS)
        FAIL(parse, "--jobs: '%s' is not a number of threads from 1 to %d", value, MOST_JOBS);
    else
        parse->options->jobs = (unsigned)jobs;
}

static void set_policy(struct parse *parse, const char *value)
{
    parse->options->policy_path = value;
}

static void set_together(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->together = true;
}

static void set_batch(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->batch = true;
}

static void set_quiet(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->quiet = true;
}

static void set_verbose(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->verbose = true;
}

static void set_trust_imitation(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->trust_imitation = true;
}

static void set_strict(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->strict = true;
}

static void set_redact(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->redact = true;
}

static void set_digest(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->digest = true;
}

/* The first question asked is the one that is answered; --help before all. */
static void ask(struct parse *parse, enum options_action action, const char *topic)
{
    if (parse->options->action != ACTION_JUDGE && action != ACTION_HELP)
        return;
    parse->options->action = action;
    parse->options->topic = topic;
}

static void set_explain(struct parse *parse, const char *value)
{
    ask(parse, ACTION_EXPLAIN, value);
}

static void set_rules(struct parse *parse, const char *value)
{
    ask(parse, ACTION_RULES, value);
}

static void set_knowledge(struct parse *parse, const char *value)
{
    ask(parse, ACTION_KNOWLEDGE, value);
}

static void set_help(struct parse *parse, const char *value)
{
    ask(parse, ACTION_HELP, value);
}

static void set_version(struct parse *parse, const char *value)
{
    ask(parse, ACTION_VERSION, value);
}

/* In the order of the help. */
static const struct option_row rows[] = {
    {"together", 0, TAKES_NOTHING, NULL, "all arguments are one machine", set_together},
    {"batch", 0, TAKES_NOTHING, NULL,
     "every entry of the folders, every row of the inventories is one machine", set_batch},
    {"jobs", 0, TAKES_VALUE, "N", "threads of --batch; all processors by default", set_jobs},
    {"format", 0, TAKES_VALUE, "FORMAT", "form of the report, see below", set_format},
    {"output", 'o', TAKES_VALUE, "FILE", "write there, whole or not at all", set_output},
    {"quiet", 'q', TAKES_NOTHING, NULL, "nothing on standard output; the exit code says it",
     set_quiet},
    {"verbose", 'v', TAKES_NOTHING, NULL, "all findings and all facts with source and grade",
     set_verbose},
    {"color", 0, TAKES_VALUE, "WHEN", "auto, always or never", set_color},
    {"as-of", 0, TAKES_VALUE, "DATE", "day of the report, YYYY-MM-DD; today by default",
     set_as_of},
    {"policy", 0, TAKES_VALUE, "FILE", "a site's own demands, see the manual", set_policy},
    {"strict", 0, TAKES_NOTHING, NULL, "a warning makes the exit code 2", set_strict},
    {"trust-imitation", 0, TAKES_NOTHING, NULL,
     "for laboratories: judge what lies behind Wine", set_trust_imitation},
    {"redact", 0, TAKES_NOTHING, NULL, "hide names of hosts and people, and product ids",
     set_redact},
    {"digest", 0, TAKES_NOTHING, NULL, "SHA-256 of each piece of evidence", set_digest},
    {"explain", 0, TAKES_VALUE, "RULE", "what a rule means, why, and what to do", set_explain},
    {"rules", 0, TAKES_NOTHING, NULL, "list all rules", set_rules},
    {"knowledge", 0, MAY_TAKE_VALUE, "TABLE", "print a table of what is known; without one list "
     "them", set_knowledge},
    {"help", 'h', TAKES_NOTHING, NULL, "this text", set_help},
    {"version", 0, TAKES_NOTHING, NULL, "version of the program", set_version},
};

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct option_row *row_by_name(const char *name, size_t length)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        if (strlen(rows[i].name) == length && memcmp(rows[i].name, name, length) == 0)
            return &rows[i];
    }
    return NULL;
}

static const struct option_row *row_by_letter(char letter)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        if (rows[i].letter && rows[i].letter == letter)
            return &rows[i];
    }
    return NULL;
}

static bool is_option(const char *argument)
{
    return argument[0] == '-' && argument[1];
}

static void needs_value(struct parse *parse, const struct option_row *row)
{
    FAIL(parse, "--%s needs a value: --%s %s", row->name, row->name, row->value);
}

/* "--name", "--name=value" or "--name value". Returns how many arguments beyond it were taken. */
static int parse_long(struct parse *parse, const char *argument, const char *next)
{
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    const char *value = name[length] ? name + length + 1 : NULL;
    const struct option_row *row = row_by_name(name, length);
    int taken = 0;

    if (!row) {
        char *wanted = arena_strndup(parse->arena, name, length);
        struct suggestion suggestion = {.wanted = wanted};

        for (size_t i = 0; i < N_ROWS; i++)
            suggestion_offer(&suggestion, rows[i].name);
        FAIL(parse, "unknown option '--%s'%s; --help lists them all", wanted,
             did_you_mean(parse, &suggestion, "--"));
        return 0;
    }
    if (row->takes == TAKES_NOTHING && value) {
        FAIL(parse, "--%s takes no value, and '%s' was given", row->name, value);
        return 0;
    }
    if (row->takes != TAKES_NOTHING && !value && next &&
        (row->takes == TAKES_VALUE || !is_option(next))) {
        value = next;
        taken = 1;
    }
    if (row->takes == TAKES_VALUE && !value)
        needs_value(parse, row);
    else
        row->set(parse, value);
    return taken;
}

/* "-q", "-qv", "-oFILE" or "-o FILE". */
static int parse_short(struct parse *parse, const char *argument, const char *next)
{
    for (const char *at = argument + 1; *at; at++) {
        const struct option_row *row = row_by_letter(*at);

        if (!row) {
            FAIL(parse, "unknown option '%s'; --help lists them all; for a file of that name "
                        "write ./%s", argument, argument);
            return 0;
        }
        if (row->takes == TAKES_NOTHING) {
            row->set(parse, NULL);
            continue;
        }
        if (at[1]) {
            row->set(parse, at + 1);
            return 0;
        }
        if (!next) {
            needs_value(parse, row);
            return 0;
        }
        row->set(parse, next);
        return 1;
    }
    return 0;
}

static void parse_arguments(struct parse *parse, int argc, char **argv)
{
    bool options_ended = false;

    for (int i = 1; i < argc; i++) {
        const char *next = i + 1 < argc ? argv[i + 1] : NULL;

        if (options_ended || !is_option(argv[i])) {
            if (!argv[i][0])
                FAIL(parse, "an argument is empty; each one names evidence");
            parse->arguments[parse->options->n_arguments++] = argv[i];
        } else if (strcmp(argv[i], "--") == 0) {
            options_ended = true;
        } else if (argv[i][1] == '-') {
            i += parse_long(parse, argv[i], next);
        } else {
            i += parse_short(parse, argv[i], next);
        }
    }
}

/* What goes wrong only together. */
static void check(struct parse *parse)
{
    struct options *options = parse->options;
    int streams = 0;

    if (options->action != ACTION_JUDGE) {
        if (options->n_arguments > 0 && options->action != ACTION_HELP)
            FAIL(parse, "'%s' is one argument too many: this question takes no evidence",
                 options->arguments[0]);
        return;
    }
    if (options->together && options->batch)
        FAIL(parse, "--together makes all arguments one machine, --batch makes each of them many; "
                    "leave one of them out");
    if (options->jobs && !options->batch)
        FAIL(parse, "--jobs is for --batch, which is not given");
    if (options->n_arguments == 0 && (options->together || options->batch || !live_is_possible()))
        FAIL(parse, "no evidence is given; name a file or a folder, or - for standard input");
    for (int i = 0; i < options->n_arguments; i++) {
        streams += strcmp(options->arguments[i], "-") == 0;
        if (options->output && replace_would_touch(options->output, options->arguments[i]))
            FAIL(parse, "--output: '%s' lies in the evidence '%s', which is never written to; "
                        "choose another place", options->output, options->arguments[i]);
    }
    if (streams > 1)
        FAIL(parse, "- stands for standard input, which can be read only once");
}

static int read_policy(struct parse *parse)
{
    struct options *options = parse->options;
    char *text = arena_alloc(parse->arena, LIMIT_POLICY_BYTES + 1);
    char message[512];
    const char *error = NULL;
    struct input input;
    size_t length = 0;
    size_t got;

    if (input_open(&input, options->policy_path, message, sizeof(message)) != INPUT_OK) {
        FAIL(parse, "--policy: %s", message);
        return EXIT_NO_INPUT;
    }
    while (length <= LIMIT_POLICY_BYTES &&
           (got = input_read(&input, text + length, LIMIT_POLICY_BYTES + 1 - length)) > 0)
        length += got;
    if (input.error) {
        FAIL(parse, "--policy: '%s': %s", options->policy_path, input.error);
        input_close(&input);
        return EXIT_NO_INPUT;
    }
    input_close(&input);
    if (length > LIMIT_POLICY_BYTES)
        FAIL(parse, "--policy: '%s' is larger than %d bytes, which no policy is",
             options->policy_path, LIMIT_POLICY_BYTES);
    else if (!policy_parse(&options->policy, parse->arena, text, length, &error))
        FAIL(parse, "--policy: '%s': %s", options->policy_path, error);
    return options->error ? EXIT_USAGE : 0;
}

int options_parse(struct options *options, struct arena *arena, int argc, char **argv)
{
    struct parse parse = {.options = options, .arena = arena};
    int code;

    *options = (struct options){.format = report_formats[0], .policy = policy_default};
    parse.arguments = arena_alloc(arena, ((size_t)argc + 1) * sizeof(*parse.arguments));
    options->arguments = parse.arguments;
    parse_arguments(&parse, argc, argv);
    check(&parse);
    code = options->error ? EXIT_USAGE : 0;
    if (code == 0 && options->policy_path && options->action == ACTION_JUDGE)
        code = read_policy(&parse);
    if (options->error)
        message_tell("%s", options->error);
    else if (!parse.as_of_given)
        options->as_of = clock_today();
    return code;
}

void options_print_help(struct strbuf *out)
{
    strbuf_adds(
        out,
        "Usage: winver6003 [OPTION...] EVIDENCE...\n"
        "\n"
        "Shows the version, build and build lab of a Windows Server 2008 machine as winver does,\n"
        "and says whether it has really moved from build 6002 to 6003.\n"
        "\n"
        "EVIDENCE is a file that came from the machine (the output of systeminfo, ver, wmic or\n"
        "reg query, a .reg export and others; the format is found by content), a folder with all\n"
        "there is about one machine, or - for standard input. Each argument is one machine.\n"
        "Evidence is never written to.\n"
        "\n");
    for (size_t i = 0; i < N_ROWS; i++) {
        const struct option_row *row = &rows[i];
        size_t start = out->length;

        strbuf_addf(out, row->letter ? "  -%c, --%s" : "  %.0d    --%s",
                    row->letter ? row->letter : 0, row->name);
        if (row->takes == TAKES_VALUE)
            strbuf_addf(out, " %s", row->value);
        else if (row->takes == MAY_TAKE_VALUE)
            strbuf_addf(out, " [%s]", row->value);
        do
            strbuf_addc(out, ' ');
        while (out->length - start < 28);
        strbuf_addf(out, "%s\n", row->help);
    }
    strbuf_adds(out, "\nFormats:\n");
    for (const struct report_format *const *format = report_formats; *format; format++)
        strbuf_addf(out, "  %-8s %s\n", (*format)->name, (*format)->title);
    strbuf_adds(
        out,
        "\n"
        "Exit codes:\n"
        "  0  transitioned: Server 2008 SP2 on 6003, and nothing contradicts it\n"
        "  1  not transitioned: Server 2008 on 6001 or 6002\n"
        "  2  incomplete, conflict or imitation; with --strict any warning\n"
        "  3  unknown: the evidence is not enough, and the report says what would settle it\n"
        "  4  not applicable: another Windows (Vista too), or none\n"
        "  64 command line, 66 evidence unreadable or not recognised, 70 own fault,\n"
        "  74 report could not be written.\n"
        "  Several machines: the worst of them, in the order 66 2 1 3 4 0.\n"
        "  --format nagios: 0 OK, 1 WARNING, 2 CRITICAL, and 3 UNKNOWN for all others.\n"
        "\n"
        "Examples:\n"
        "  winver6003 server.txt\n"
        "  winver6003 --together systeminfo.txt currentversion.reg\n"
        "  winver6003 --batch --format csv -o fleet.csv inventory.csv\n");
}

void options_print_short_help(struct strbuf *out)
{
    strbuf_adds(out,
                "winver6003 says whether a Windows Server 2008 has moved from build 6002 to "
                "6003.\n"
                "\n"
                "Next step: on the server, run   systeminfo > server.txt\n"
                "then, here, run                 winver6003 server.txt\n"
                "\n"
                "winver6003 --help tells the rest.\n");
}
