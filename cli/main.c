/* The terminal program: evidence named on the command line, a report and an exit code out.
 *
 * A run is short, so it costs what it must: no threads, no locale, one write for a report. --batch
 * is another way through, in batch.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

#include "core/input.h"
#include "core/live/live.h"
#include "core/platform/terminal.h"
#include "core/reader.h"
#include "core/report/version.h"
#include "explain.h"
#include "inventory.h"
#include "message.h"
#include "tally.h"

#include <stdlib.h>

#define MESSAGE_BYTES 1024

/* A run over the machines of the command line. */
struct run {
    const struct options *options;
    struct report_options report;
    struct output *output; /* NULL when nothing is to be written */
    struct strbuf text;
    struct report_tally tally;
    bool several; /* machines may come into the report: each is given its number */
    struct evidence_each each;
    struct arena *arena; /* of messages */
};

struct report_options options_for_report(const struct options *options)
{
    struct report_options report = {.verbose = options->verbose};
    const char *no_color = getenv("NO_COLOR");
    struct terminal terminal;

    report.color = options->color == COLOR_ALWAYS;
    if (options->output)
        return report;
    terminal = terminal_query();
    report.width = terminal.width;
    if (options->color == COLOR_AUTO)
        report.color = terminal.color && !(no_color && no_color[0]);
    return report;
}

/* What was judged, in the words of the format; to the output unless it has to be held back. */
static void report(struct run *run, const struct machine *machine,
                   const struct assessment *assessment)
{
    const struct report_format *format = run->options->format;

    tally_add(&run->tally, assessment->exit_code, 1);
    if (!run->output)
        return;
    if (run->tally.machines == 1 && format->begin)
        format->begin(&run->text);
    if (run->several)
        run->report.number = run->tally.machines;
    format->machine(machine, assessment, &run->report, &run->text);
    if (format->summary)
        return;
    output_write(run->output, strbuf_text(&run->text), run->text.length);
    strbuf_clear(&run->text);
}

static void judge_machine(struct run *run, struct machine *machine)
{
    const struct options *options = run->options;
    const struct judge_options judging = {
        .as_of = options->as_of,
        .policy = &options->policy,
        .strict = options->strict,
        .trust_imitation = options->trust_imitation,
    };
    struct assessment assessment;

    if (options->redact)
        machine_redact(machine);
    judge(machine, &judging, &assessment);
    report(run, machine, &assessment);
}

static enum evidence_next take_machine(void *data, struct machine *machine)
{
    struct run *run = data;

    run->several |= run->each.several;
    judge_machine(run, machine);
    return EVIDENCE_NEXT;
}

/* Nobody else knows the list of machines that somebody forgot --batch for. Into machine, or with
 * NULL, each machine that there is into the report. */
static enum evidence_status read_argument(struct run *run, struct machine *machine,
                                          const char *argument, const char **message)
{
    const struct evidence_watch watch = {.digest = run->options->digest};
    char reason[MESSAGE_BYTES];
    enum evidence_status status = EVIDENCE_UNREADABLE;
    struct input input;

    switch (input_open(&input, argument, reason, sizeof(reason))) {
    case INPUT_OK:
        if (inventory_probe(&input)) {
            *message = arena_printf(run->arena, "%s: an inventory of many machines; add --batch, "
                                    "which makes each row one", argument);
            status = EVIDENCE_UNRECOGNISED;
        } else if (machine) {
            status = evidence_read_input(machine, &input, &watch, message);
        } else {
            status = evidence_read_each_input(&run->each, &input, &watch, message);
        }
        input_close(&input);
        return status;
    case INPUT_FOLDER:
        return machine ? evidence_read(machine, argument, &watch, message)
                       : evidence_read_each(&run->each, argument, &watch, message);
    default:
        *message = arena_strdup(run->arena, reason);
        return status;
    }
}

/* false, and told, when there is nothing to judge in it. */
static bool use_argument(struct run *run, struct machine *machine, const char *argument)
{
    const struct report_format *format = run->options->format;
    const char *message = "";
    bool usable = read_argument(run, machine, argument, &message) == EVIDENCE_OK;

    if (*message)
        message_tell("%s", message);
    if (usable)
        return true;
    run->tally.unusable++;
    if (run->output && format->failure)
        format->failure(message, &run->text);
    return false;
}

static void judge_each(struct run *run)
{
    for (int i = 0; i < run->options->n_arguments; i++)
        use_argument(run, NULL, run->options->arguments[i]);
}

static void judge_live(struct run *run)
{
    struct machine *machine = machine_new(LIVE_NAME);

    live_read(machine, NULL);
    judge_machine(run, machine);
    machine_free(machine);
}

static void judge_together(struct run *run)
{
    struct machine *machine = machine_new(run->options->arguments[0]);
    bool any = false;

    for (int i = 0; i < run->options->n_arguments; i++)
        any |= use_argument(run, machine, run->options->arguments[i]);
    if (any)
        judge_machine(run, machine);
    machine_free(machine);
}

/* What was held back, and the end. The exit code. */
static int finish(struct run *run)
{
    const struct report_format *format = run->options->format;
    int code = run->tally.unusable > 0 ? EXIT_NO_INPUT : run->tally.exit_code;

    if (!run->output)
        return code;
    if (format->summary && run->several) {
        struct strbuf head = STRBUF_EMPTY;

        run->tally.exit_code = code;
        format->summary(&run->tally, &head);
        output_write(run->output, strbuf_text(&head), head.length);
        strbuf_free(&head);
    }
    if (run->tally.machines > 0 && format->end)
        format->end(&run->text);
    output_write(run->output, strbuf_text(&run->text), run->text.length);
    /* An old report is worth more than an empty one. */
    if (run->options->output && run->tally.machines == 0 && !format->failure)
        output_abandon(run->output);
    else if (!output_close(run->output))
        code = EXIT_CANT_WRITE;
    return code;
}

static int judge_all(const struct options *options)
{
    struct run run = {.options = options, .report = options_for_report(options)};
    int code;

    run.each = (struct evidence_each){.take = take_machine, .data = &run};
    run.several = options->n_arguments > 1 && (!options->together || options->format->summary);
    if (!options->quiet || options->output) {
        run.output = output_open(options->output);
        if (!run.output)
            return EXIT_CANT_WRITE;
    }
    run.arena = arena_new();
    if (options->n_arguments == 0)
        judge_live(&run);
    else if (options->together)
        judge_together(&run);
    else
        judge_each(&run);
    code = finish(&run);
    evidence_each_free(&run.each);
    arena_free(run.arena);
    strbuf_free(&run.text);
    return code;
}

static int answer(const struct options *options)
{
    struct report_options report = options_for_report(options);
    struct strbuf text = STRBUF_EMPTY;
    struct output *output;
    int code = 0;

    switch (options->action) {
    case ACTION_HELP:
        options_print_help(&text);
        break;
    case ACTION_VERSION:
        strbuf_adds(&text, "winver6003 " WINVER6003_VERSION "\n");
        break;
    case ACTION_RULES:
        explain_rules(&text);
        break;
    case ACTION_EXPLAIN:
        code = explain_rule(options->topic, report.width, &text);
        break;
    case ACTION_KNOWLEDGE:
        code = explain_knowledge(options->topic, &text);
        break;
    case ACTION_JUDGE:
        break;
    }
    if (code == 0) {
        output = output_open(options->output);
        if (!output)
            code = EXIT_CANT_WRITE;
        else {
            output_write(output, strbuf_text(&text), text.length);
            if (!output_close(output))
                code = EXIT_CANT_WRITE;
        }
    }
    strbuf_free(&text);
    return code;
}

/* Tells a failure of the command line in the words of the format, where it has any. */
static void tell_failure(const struct options *options)
{
    struct strbuf text = STRBUF_EMPTY;
    struct output *output;

    if (!options->format->failure || options->quiet)
        return;
    options->format->failure(options->error, &text);
    output = output_open(NULL);
    if (output) {
        output_write(output, strbuf_text(&text), text.length);
        output_close(output);
    }
    strbuf_free(&text);
}

static int short_help(void)
{
    struct strbuf text = STRBUF_EMPTY;

    options_print_short_help(&text);
    text.length--;
    text.text[text.length] = '\0';
    terminal_error(strbuf_text(&text));
    strbuf_free(&text);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct options options;
    struct arena *arena;
    int code;

    terminal_start(&argc, &argv);
    if (argc < 2 && !live_is_possible())
        return short_help();
    arena = arena_new();
    code = options_parse(&options, arena, argc, argv);
    if (code != 0)
        tell_failure(&options);
    else if (options.action != ACTION_JUDGE)
        code = answer(&options);
    else if (options.batch)
        code = batch_run(&options);
    else
        code = judge_all(&options);
    arena_free(arena);
    return options.format->exit_code ? options.format->exit_code(code) : code;
}
