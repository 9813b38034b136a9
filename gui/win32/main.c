/* winver6003.exe: the dialog of Windows, for this machine or for evidence from another.
 *
 * It takes the options of the terminal program that say what to judge and how, and --picture. What
 * is asked for text (formats, rules, batches) is for winver6003.com.
 *
 * SPDX-License-Identifier: MIT
 */
#include "dialog.h"

#include "cli/message.h"
#include "core/platform/terminal.h"
#include "core/report/version.h"
#include "system.h"

#include <string.h>

#define PICTURE "--picture"

/* Each opens a dialog of its own. */
#define MOST_MACHINES 16

static const char help[] =
    "winver6003.exe [OPTION...] [EVIDENCE...]\n"
    "\n"
    "Shows what winver shows, and says whether this Windows Server 2008 has really moved from "
    "build 6002 to 6003. Without EVIDENCE it asks this machine; nothing is ever written to it. "
    "EVIDENCE is a file that came from another machine, or a folder with all there is about one. "
    "Each opens a dialog of its own.\n"
    "\n"
    "--picture FILE.png: draw the dialog into a file and show nothing\n"
    "--together: all EVIDENCE is about one machine\n"
    "--as-of DATE: judge as on that day (YYYY-MM-DD)\n"
    "--policy FILE: demands of your site\n"
    "--strict: a warning makes exit code 2\n"
    "--redact: hide names, owner and product id\n"
    "--trust-imitation: for laboratories: judge what lies behind Wine\n"
    "\n"
    "F5 asks again, Ctrl+C copies the report, Ctrl+O opens evidence, Esc closes. The exit code is "
    "the verdict. winver6003.com does the same in a console: winver6003.com --help.";

struct start {
    int argc;
    char **argv;
    const char *picture; /* NULL: show the dialog */
    const char *error;
};

/* Takes --picture out of the arguments, which is the dialog's alone. */
static void take_picture(struct start *start)
{
    size_t length = strlen(PICTURE);
    int kept = 1;

    for (int i = 1; i < start->argc; i++) {
        char *argument = start->argv[i];

        if (strcmp(argument, "--") == 0) {
            while (i < start->argc)
                start->argv[kept++] = start->argv[i++];
            break;
        }
        if (strncmp(argument, PICTURE, length) != 0 ||
            (argument[length] && argument[length] != '=')) {
            start->argv[kept++] = argument;
            continue;
        }
        if (argument[length])
            start->picture = argument + length + 1;
        else
            start->picture = ++i < start->argc ? start->argv[i] : "";
        if (!start->picture[0])
            start->error = "--picture needs a value: --picture FILE.png";
    }
    start->argc = kept < start->argc ? kept : start->argc;
    start->argv[start->argc] = NULL;
}

/* What the options ask for that no dialog gives; NULL when there is nothing. */
static const char *not_for_a_dialog(const struct options *options, const char *picture)
{
    if (options->batch || options->output || options->format != report_formats[0] ||
        options->action == ACTION_RULES || options->action == ACTION_EXPLAIN ||
        options->action == ACTION_KNOWLEDGE)
        return "This is the dialog. For reports as text, for many machines and for what the rules "
               "say, write winver6003.com in a console: winver6003.com --help.";
    if (picture && options->n_arguments > 1 && !options->together)
        return "--picture draws one machine, and several are given. Give one piece of evidence, "
               "or --together when all are about one machine.";
    if (!options->together && options->n_arguments > MOST_MACHINES)
        return "These are too many machines for dialogs. In a console, winver6003.com answers for "
               "all of them.";
    return NULL;
}

/* Shows that text, or only writes it where somebody may read it when a picture was asked for. */
static int answer(const struct start *start, const struct options *options, const char *text,
                  int code)
{
    if (!start->picture)
        return dialog_open(options, NULL, 0, text, code) ? dialog_run() : EXIT_FAULT;
    message_tell("%s", text);
    return code;
}

static int show(const struct options *options)
{
    int n = options->n_arguments;
    bool shown = false;

    if (n == 0 || options->together)
        shown = dialog_open(options, options->arguments, n, NULL, 0);
    else
        for (int i = 0; i < n; i++)
            shown |= dialog_open(options, &options->arguments[i], 1, NULL, 0);
    if (!shown) {
        message_tell("this session has no desktop to show a dialog on; --picture FILE.png draws "
                     "it into a file, and winver6003.com answers in text");
        return EXIT_FAULT;
    }
    return dialog_run();
}

static int run(struct start *start)
{
    /* Never freed: a thread may still read them while the last dialog closes. */
    static struct options options;
    struct arena *arena = arena_new();
    const char *refusal;
    int code;

    take_picture(start);
    code = options_parse(&options, arena, start->argc, start->argv);
    if (start->error)
        return answer(start, &options, start->error, EXIT_USAGE);
    if (code != 0)
        return answer(start, &options, options.error, code);
    refusal = not_for_a_dialog(&options, start->picture);
    if (refusal)
        return answer(start, &options, refusal, EXIT_USAGE);
    if (options.action == ACTION_HELP)
        return answer(start, &options, help, 0);
    if (options.action == ACTION_VERSION)
        return answer(start, &options, "winver6003 " WINVER6003_VERSION, 0);
    return start->picture ? picture_write(&options, start->picture) : show(&options);
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, WCHAR *line, int how)
{
    struct start start = {0};

    (void)instance;
    (void)before;
    (void)line;
    (void)how;
    system_start();
    terminal_start(&start.argc, &start.argv);
    return run(&start);
}
