/* The log of Component Based Servicing, Windows\Logs\CBS\CBS.log: of a long file its tail.
 *
 *    2019-04-20 10:11:12, Info                  CBS    Loaded Servicing Stack v6.0.6003.20480 with
 *      Core: C:\Windows\winsxs\amd64_microsoft-windows-servicingstack_..._none_...\cbscore.dll
 *    ..., Info   CBS    Exec: Processing complete.  Session: 1_2, Package: Package_for_KB4493471~
 *      31bf3856ad364e35~amd64~~6.0.1.1 [HRESULT = 0x800f0922 - CBS_E_INSTALLERS_FAILED]
 *    ..., Info   CBS    Session: 1_2 finalized. Reboot required: yes [HRESULT = 0x00000000 - S_OK]
 *
 * (each one line). The stack that was loaded last is a fact. What else a log tells is history, and
 * another log or the registry may know how it went on: an installation that failed and a restart
 * that was asked for are shown, and count for nothing.
 *
 * Sources: the lines of Windows 7 in "Loghub: A Large Collection of System Log Datasets" (Windows),
 * those of failed installations in Microsoft's support threads; the file's place and the columns in
 * KB928228 for NT 6.0.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../arena.h"
#include "../ascii.h"
#include "../bytes.h"
#include "../fact.h"
#include "../limits.h"
#include "../text.h"
#include "package_identity.h"
#include "shapes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "2019-04-20 10:11:12" */
#define STAMP_LENGTH 19
/* Packages whose last result is remembered; the tail has a few. */
#define RESULTS_MAX 64
#define STACK       "Loaded Servicing Stack v"

struct result {
    const char *package, *code; /* code as the log has it: "0x800f0922 - CBS_E_..." */
    const char *stamp;
    bool failed;
};

struct log {
    struct machine *machine;
    struct arena *arena; /* the machine's */
    char stamp[STAMP_LENGTH + 1];
    const char *stack, *stack_arch, *stack_stamp;
    struct result results[RESULTS_MAX];
    unsigned n_results;
    const char *restart_stamp; /* of the last session that asked for one; NULL when it did not */
};

/* ---- Lines ---- */

static bool is_stamp(const char *text)
{
    static const char shape[] = "0000-00-00 00:00:00";

    for (size_t i = 0; i < STAMP_LENGTH; i++)
        if (shape[i] == '0' ? !ascii_is_digit(text[i]) : text[i] != shape[i])
            return false;
    return true;
}

/* What a line of this log says behind its columns; NULL for any other line. */
static const char *message_of(const char *line)
{
    static const char *const levels[] = {"Info", "Warning", "Error", "Perf"};
    const char *rest = NULL;

    if (!is_stamp(line) || line[STAMP_LENGTH] != ',')
        return NULL;
    line += STAMP_LENGTH + 1;
    line += strspn(line, " ");
    for (size_t i = 0; !rest && i < sizeof(levels) / sizeof(levels[0]); i++)
        rest = ascii_after(line, levels[i]);
    if (!rest || *rest != ' ')
        return NULL;
    rest = ascii_after(rest + strspn(rest, " "), "CBS ");
    return rest ? rest + strspn(rest, " ") : NULL;
}

static bool cbs_log_probe(const struct input *input)
{
    struct text_lines *lines;
    struct text_line line;
    struct input head;
    bool found = false;

    if (bytes_find(input->head, input->n_head, "CBS ", 4) == input->n_head || !text_probe(input))
        return false;
    input_from_memory(&head, input->name, input->head, input->n_head);
    lines = text_open(&head, (int64_t)input->n_head);
    /* Lines of CSI and DPX may stand before the first of CBS, other text may not. */
    while (!found && text_next_line(lines, &line) && (!line.length || is_stamp(line.text)))
        found = message_of(line.text) != NULL;
    text_close(lines);
    return found;
}

/* ---- What they say ---- */

static void take_stack(struct log *log, const char *rest)
{
    static const struct {
        const char *store, *arch;
    } arches[] = {{"\\x86_", "x86"}, {"\\amd64_", "x64"}, {"\\ia64_", "ia64"}};
    size_t length = strspn(rest, "0123456789.");
    struct version version = VERSION_NONE;
    const char *text = arena_strndup(log->arena, rest, length);
    size_t used = version_parse(text, &version);

    if (!used || text[used] || version.revision == VERSION_UNKNOWN)
        return;
    log->stack = text;
    log->stack_stamp = arena_strdup(log->arena, log->stamp);
    log->stack_arch = NULL;
    for (size_t i = 0; i < sizeof(arches) / sizeof(arches[0]); i++) {
        const char *store = ascii_find(rest, arches[i].store);

        if (store &&
            ascii_after(store + strlen(arches[i].store), "microsoft-windows-servicingstack_"))
            log->stack_arch = arches[i].arch;
    }
}

static struct result *result_of(struct log *log, const char *package)
{
    for (unsigned i = 0; i < log->n_results; i++)
        if (strcmp(log->results[i].package, package) == 0)
            return &log->results[i];
    /* The oldest makes room. */
    if (log->n_results == RESULTS_MAX)
        memmove(log->results, log->results + 1, --log->n_results * sizeof(log->results[0]));
    log->results[log->n_results] = (struct result){.package = package};
    return &log->results[log->n_results++];
}

static void take_result(struct log *log, const char *message)
{
    const char *package = ascii_find(message, ", Package: ");
    const char *code = ascii_find(message, "[HRESULT = ");
    struct package_identity identity;
    struct result *result;
    char *name;
    size_t length;

    if (!package || !code)
        return;
    package += strlen(", Package: ");
    code += strlen("[HRESULT = ");
    name = arena_strndup(log->arena, package, strcspn(package, " ,[\t"));
    length = strcspn(code, "]");
    if (!package_identity_parse(&identity, name) || !ascii_after(code, "0x") || length < 10)
        return;
    result = result_of(log, name);
    result->code = text_clean(log->arena, arena_strndup(log->arena, code, length));
    result->stamp = arena_strdup(log->arena, log->stamp);
    /* The first bit of an HRESULT: 0x8... to 0xf... */
    result->failed = code[2] >= '8';
}

static void take_line(struct log *log, const char *line)
{
    const char *message = message_of(line);
    const char *rest;

    if (!message)
        return;
    memcpy(log->stamp, line, STAMP_LENGTH);
    rest = ascii_after(message, STACK);
    if (rest)
        take_stack(log, rest);
    else if (ascii_after(message, "Exec: Processing complete"))
        take_result(log, message);
    else if (ascii_after(message, "Session: ") && ascii_find(message, " finalized"))
        log->restart_stamp = ascii_find(message, "Reboot required: yes")
                                 ? arena_strdup(log->arena, log->stamp)
                                 : NULL;
}

/* ---- The whole ---- */

static struct source source_at(const struct log *log, unsigned evidence, const char *stamp)
{
    return (struct source){GRADE_COMPONENT, WITNESS_CBS, evidence,
                           arena_printf(log->arena, "line of %s", stamp)};
}

static void state(struct log *log, unsigned evidence)
{
    struct facts *facts = &log->machine->facts;
    struct source source;

    if (log->stack) {
        source = source_at(log, evidence, log->stack_stamp);
        facts_add_text(facts, &source, FIELD_SERVICING_STACK, log->stack)->note =
            "the stack that was loaded last";
        if (log->stack_arch)
            facts_add_text(facts, &source, FIELD_ARCH, log->stack_arch);
    }
    for (unsigned i = 0; i < log->n_results; i++) {
        const struct result *result = &log->results[i];

        if (!result->failed)
            continue;
        source = source_at(log, evidence, result->stamp);
        facts_add_missing(facts, &source, FIELD_PACKAGE, FACT_NOT_RECORDED,
                          arena_printf(log->arena,
                                       "the last change of %s that this log has failed: %s",
                                       result->package, result->code));
    }
    if (log->restart_stamp) {
        source = source_at(log, evidence, log->restart_stamp);
        facts_add_missing(facts, &source, FIELD_PENDING, FACT_NOT_RECORDED,
                          "the last session asked for a restart; whether there was one since the "
                          "log does not say");
    }
}

/* Reads the lines of size bytes, the first of which may be cut. */
static void read_lines(struct log *log, unsigned evidence, const struct input *input,
                       const char *bytes, size_t size)
{
    struct text_lines *lines;
    struct text_line line;
    struct input tail;

    input_from_memory(&tail, input->name, bytes, size);
    lines = text_open(&tail, (int64_t)size);
    while (!(input->cancel && *input->cancel) && text_next_line(lines, &line))
        take_line(log, line.text);
    if (text_problem(lines))
        machine_add_problem(log->machine, evidence, "%s", text_problem(lines));
    text_close(lines);
}

static bool cbs_log_read(struct input *input, struct machine *machine, unsigned evidence)
{
    struct log *log = memory_alloc(sizeof(*log));
    char *bytes = memory_alloc(LIMIT_CBS_LOG_TAIL);
    int64_t from = 0;
    size_t size;

    *log = (struct log){.machine = machine, .arena = machine->arena};
    if (!input_hold(input, LIMIT_CBS_LOG_STREAM_BYTES) && !input->error)
        machine_add_problem(machine, evidence, "more than %d MB: what is behind was not read",
                            LIMIT_CBS_LOG_STREAM_BYTES / (1024 * 1024));
    /* The size tells where the tail is; a stream that was cut has none. */
    if (input->size > LIMIT_CBS_LOG_TAIL)
        from = input->size - LIMIT_CBS_LOG_TAIL;
    size = input_read_at(input, from, bytes, LIMIT_CBS_LOG_TAIL);
    if (input->error)
        machine_add_problem(machine, evidence, "%s", input->error);
    read_lines(log, evidence, input, bytes, size);
    state(log, evidence);
    if (!log->stack)
        machine_add_problem(machine, evidence, "%s does not name the servicing stack",
                            from > 0 ? "the tail that was read" : "this log");
    free(bytes);
    free(log);
    return true;
}

const struct reader reader_cbs_log = {
    .id = "cbs-log",
    .title = "log of Component Based Servicing (CBS.log)",
    .probe = cbs_log_probe,
    .read = cbs_log_read,
};
