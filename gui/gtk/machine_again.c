/* Reads one machine of a list again.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machine_again.h"

struct again {
    struct machine_origin origin;
    GObject *keep;
    struct machine *found;
    gulong passed;
};

void machine_judge_cells(struct machine *machine, const struct machine_origin *origin,
                         const struct judge_options *options, bool redact,
                         struct assessment *assessment)
{
    g_autofree char *line = g_strdup_printf("line %lu", origin->number);
    const struct inventory_place place = {origin->path, line, origin->bytes};
    struct inventory_row cells;

    machine_cells_unpack(origin, &cells);
    inventory_judge(machine, &place, &cells, options, redact, assessment);
}

static enum evidence_next take(void *data, struct machine *machine)
{
    struct again *again = data;

    if (again->found)
        return EVIDENCE_STOP;
    if (again->passed++ < again->origin.number)
        return EVIDENCE_NEXT;
    again->found = machine;
    return EVIDENCE_KEEP;
}

static enum evidence_status find(struct again *again, const struct evidence_watch *watch,
                                 GString *message)
{
    struct evidence_each each = {.take = take, .data = again};
    const char *told = "";
    enum evidence_status status = evidence_read_each(&each, again->origin.path, watch, &told);

    if (status == EVIDENCE_CANCELLED || !again->found)
        g_string_append(message, told);
    if (status == EVIDENCE_OK && !again->found) {
        g_string_printf(message, "%s: the machine is no longer in it", again->origin.path);
        status = EVIDENCE_UNRECOGNISED;
    }
    evidence_each_free(&each);
    return status;
}

static enum evidence_status read_again(gpointer data, const WinverSettings *settings,
                                       const struct evidence_watch *watch, struct machine **machine,
                                       struct assessment *assessment, GString *message)
{
    const struct judge_options options = winver_settings_judging(settings);
    struct again *again = data;
    enum evidence_status status;

    if (again->origin.cells) {
        *machine = machine_new("");
        machine_judge_cells(*machine, &again->origin, &options, settings->redact, assessment);
        return EVIDENCE_OK;
    }
    status = find(again, watch, message);
    *machine = again->found;
    again->found = NULL;
    if (status == EVIDENCE_OK) {
        if (settings->redact)
            machine_redact(*machine);
        judge(*machine, &options, assessment);
    }
    return status;
}

static void again_free(gpointer data)
{
    struct again *again = data;

    g_object_unref(again->keep);
    g_free(again);
}

WinverJob *machine_read_again(const WinverSettings *settings, const char *title,
                              const struct machine_origin *origin, GObject *keep)
{
    struct again *again = g_new0(struct again, 1);

    again->origin = *origin;
    again->keep = g_object_ref(keep);
    return winver_job_new_with(settings, title, read_again, again, again_free);
}
