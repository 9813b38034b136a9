/* winver6003-gtk: options as the terminal program has them, then one window for each machine.
 *
 * A plain GTK program rather than a GtkApplication: every start has windows of its own, whatever
 * else is open, so there is nothing to share over a bus and nobody to wait for. Evidence is read
 * and fonts are looked up while GTK parses its theme.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fonts.h"
#include "job.h"
#include "opening.h"
#include "window.h"

#include "core/limits.h"

#include <locale.h>

/* Exit codes of the terminal program. */
enum { EXIT_USAGE = 64, EXIT_NO_INPUT = 66, EXIT_FAULT = 70 };

/* A small file is judged within this time; waiting for it spares a flash of "Reading". */
#define FIRST_FRAME_PATIENCE_US 60000

/* What GOption fills. */
struct arguments {
    char *as_of, *policy;
    gboolean strict, trust_imitation, redact, together, batch, version;
    char **evidence;
};

static int usage_error(const char *what, const char *why)
{
    g_printerr("winver6003-gtk: %s: %s\nTry winver6003-gtk --help.\n", what, why);
    return EXIT_USAGE;
}

static int parse_arguments(struct arguments *arguments, int argc, char **argv)
{
    const GOptionEntry entries[] = {
        {"together", 0, 0, G_OPTION_ARG_NONE, &arguments->together, "All arguments are one machine",
         NULL},
        {"batch", 0, 0, G_OPTION_ARG_NONE, &arguments->batch,
         "Every entry of the folders, every row of an inventory is one machine: a list of them",
         NULL},
        {"as-of", 0, 0, G_OPTION_ARG_STRING, &arguments->as_of,
         "The day of the report; today without it", "DATE"},
        {"policy", 0, 0, G_OPTION_ARG_FILENAME, &arguments->policy, "A site's own demands", "FILE"},
        {"strict", 0, 0, G_OPTION_ARG_NONE, &arguments->strict, "A warning counts as a failure",
         NULL},
        {"trust-imitation", 0, 0, G_OPTION_ARG_NONE, &arguments->trust_imitation,
         "For laboratories: judge what lies behind Wine", NULL},
        {"redact", 0, 0, G_OPTION_ARG_NONE, &arguments->redact,
         "Hide names of machine, owner and product id", NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &arguments->version, "Print the version", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->evidence, NULL, NULL},
        {0},
    };
    g_autoptr(GOptionContext) context = g_option_context_new("[EVIDENCE...]");
    g_autoptr(GError) error = NULL;

    g_option_context_set_summary(
        context,
        "Shows the version, build and build lab of a Windows Server 2008 the way winver does,\n"
        "and whether it has made the transition to build 6003. Each argument is one machine;\n"
        "a folder is one machine with all evidence inside it.");
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error))
        return usage_error("command line", error->message);
    return 0;
}

static int read_policy(WinverSettings *settings, struct arena *arena, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    const char *why = NULL;
    gsize length;

    if (!g_file_get_contents(path, &text, &length, &error)) {
        g_printerr("winver6003-gtk: the policy cannot be read: %s\n", error->message);
        return EXIT_NO_INPUT;
    }
    if (length > LIMIT_POLICY_BYTES)
        return usage_error(path, "too long for a policy");
    if (!policy_parse(&settings->policy, arena, text, length, &why))
        return usage_error(path, why);
    return 0;
}

/* The one place of this program that asks for the day. */
static day_t today(void)
{
    return day_from_unix(g_get_real_time() / G_USEC_PER_SEC);
}

static int make_settings(WinverSettings *settings, struct arena *arena,
                         const struct arguments *arguments)
{
    settings->policy = policy_default;
    settings->strict = arguments->strict;
    settings->trust_imitation = arguments->trust_imitation;
    settings->redact = arguments->redact;
    settings->as_of = arguments->as_of ? day_from_text(arguments->as_of) : today();
    if (settings->as_of == DAY_NONE)
        return usage_error(arguments->as_of, "not a date of the form 2026-01-31");
    return arguments->policy ? read_policy(settings, arena, arguments->policy) : 0;
}

static GPtrArray *start_jobs(const WinverSettings *settings, const struct arguments *arguments)
{
    GPtrArray *jobs = g_ptr_array_new_with_free_func(g_object_unref);

    if (!arguments->evidence || arguments->batch)
        return jobs;
    if (arguments->together) {
        g_ptr_array_add(jobs, winver_job_new(settings, (const char *const *)arguments->evidence));
        return jobs;
    }
    for (char **path = arguments->evidence; *path; path++) {
        const char *const one[] = {*path, NULL};

        g_ptr_array_add(jobs, winver_job_new(settings, one));
    }
    return jobs;
}

static void load_style(void)
{
    g_autoptr(GtkCssProvider) provider = gtk_css_provider_new();

    gtk_css_provider_load_from_resource(provider, "/org/winver6003/ui/winver6003.css");
    gtk_style_context_add_provider_for_screen(gdk_screen_get_default(),
                                              GTK_STYLE_PROVIDER(provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    /* Tabbing through the lines must not select them: Ctrl+C would then copy one line only. */
    g_object_set(gtk_settings_get_default(), "gtk-label-select-on-focus", FALSE, NULL);
}

static void open_windows(const WinverSettings *settings, const struct arguments *arguments,
                         GPtrArray *jobs)
{
    if (arguments->batch && arguments->evidence)
        opening_list(settings, (const char *const *)arguments->evidence);
    else if (!jobs->len)
        gtk_window_present(GTK_WINDOW(winver_window_new(settings, NULL)));
    for (guint i = 0; i < jobs->len; i++) {
        winver_job_wait(jobs->pdata[i], FIRST_FRAME_PATIENCE_US);
        opening_present(settings, jobs->pdata[i]);
    }
}

static int run(const WinverSettings *settings, const struct arguments *arguments)
{
    g_autoptr(GPtrArray) jobs = NULL;
    GThread *fonts;

    if (!gtk_init_check(NULL, NULL)) {
        g_printerr("winver6003-gtk: there is no display to open a window on. "
                   "winver6003 shows the same in a terminal.\n");
        return EXIT_FAULT;
    }
    /* Only now, as the display needs a processor too while GTK talks to it. */
    fonts = fonts_start();
    jobs = start_jobs(settings, arguments);
    load_style();
    fonts_adopt(fonts);
    open_windows(settings, arguments, jobs);
    g_ptr_array_set_size(jobs, 0);
    gtk_main();
    return 0;
}

int main(int argc, char **argv)
{
    /* A thread may still read by these when the last window has closed: they stay. */
    static WinverSettings settings;
    static struct arena *arena;
    struct arguments arguments = {0};
    int code;

    arena = arena_new();
    setlocale(LC_ALL, "");
    g_set_prgname("winver6003-gtk");
    g_set_application_name("Winver 6003");
    code = parse_arguments(&arguments, argc, argv);
    if (!code && arguments.version)
        g_print("winver6003-gtk " PROJECT_VERSION "\n");
    else if (!code && !(code = make_settings(&settings, arena, &arguments)))
        code = run(&settings, &arguments);
    g_free(arguments.as_of);
    g_free(arguments.policy);
    g_strfreev(arguments.evidence);
    return code;
}
