/* Evidence of many machines: a scan or a capture gives one after another.
 *
 * A machine is held back until the next one is complete: what turns out to be wrong with the input
 * at its end is then told with the last.
 *
 * The size and the digest are of all bytes and belong into the first report too, so they are found
 * out ahead; a stream is held in memory for that, up to a limit.
 *
 * SPDX-License-Identifier: MIT
 */
#include "reader.h"

#include "arena.h"
#include "containers/container.h"
#include "disc_folder.h"
#include "evidence_container.h"
#include "evidence_folder.h"
#include "evidence_steps.h"
#include "limits.h"
#include "machine_sink.h"
#include "platform/digest.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define PROGRESS_BYTES (1024 * 1024)
#define DIGEST_PIECE   (64 * 1024)
#define MESSAGE_SIZE   2048
#define PROBLEM_SIZE   256

struct machine_sink {
    const struct reader *reader;
    struct input *input;
    unsigned long n_stated;
    unsigned long n_silent;
    char problems[LIMIT_SINK_PROBLEMS][PROBLEM_SIZE];
    unsigned n_problems;
    bool stopped;
    struct machine *filling; /* between begin and end */
    unsigned evidence;       /* of it */
    /* One machine is wanted: what is to be taken back */
    struct machine *only;
    size_t n_facts;
    struct machine *beyond; /* the second and all others, only counted */
    /* Many are wanted */
    struct evidence_each *each;
    bool holding; /* each->behind is complete */
    int64_t bytes;
    const char *digest; /* "" for none */
    const char *no_digest; /* why there is none; NULL */
    const struct evidence_watch *watch;
    int64_t told;
};

/* One or many */

static struct machine *fresh(struct machine **place, const char *label)
{
    if (*place)
        machine_reset(*place, label);
    else
        *place = machine_new(label);
    return *place;
}

static void take_back(struct machine *machine, const char *name, size_t n_facts,
                      unsigned evidence)
{
    machine->facts.count = n_facts;
    /* A report has brought pieces of its own. */
    machine->n_evidence = evidence + 1;
    machine->evidence[evidence] = (struct evidence){.name = text_clean(machine->arena, name)};
}

struct machine *machine_sink_begin(struct machine_sink *sink, unsigned *evidence)
{
    assert(!sink->filling);
    if (sink->stopped || (sink->input->cancel && *sink->input->cancel))
        return NULL;
    if (sink->only && sink->n_stated == 0) {
        sink->filling = sink->only;
    } else {
        sink->filling =
            fresh(sink->only ? &sink->beyond : &sink->each->machine, sink->input->name);
        sink->evidence = machine_add_evidence(sink->filling, sink->input->name);
    }
    *evidence = sink->evidence;
    return sink->filling;
}

static void hand_on(struct machine_sink *sink, bool several)
{
    struct evidence_each *each = sink->each;
    struct machine *machine = each->behind;
    struct evidence *piece = &machine->evidence[0];

    if (!piece->told) {
        piece->reader = sink->reader->id;
        piece->bytes = sink->bytes;
        if (*sink->digest)
            piece->sha256 = arena_strdup(machine->arena, sink->digest);
        else if (sink->no_digest)
            machine_add_problem(machine, 0, "no SHA-256: %s", sink->no_digest);
    }
    each->several = several;
    sink->holding = false;
    switch (each->take(each->data, machine)) {
    case EVIDENCE_NEXT:
        break;
    case EVIDENCE_KEEP:
        each->behind = NULL;
        break;
    case EVIDENCE_STOP:
        sink->stopped = true;
        break;
    }
}

static void end_one_of_many(struct machine_sink *sink, const char *label)
{
    struct evidence_each *each = sink->each;
    struct machine *done = each->machine;

    if (label)
        done->label = text_clean(done->arena, arena_printf(done->arena, "%s, %s",
                                                           sink->input->name, label));
    if (sink->holding)
        hand_on(sink, true);
    each->machine = each->behind;
    each->behind = done;
    sink->holding = !sink->stopped;
}

void machine_sink_end(struct machine_sink *sink, const char *label, bool stated)
{
    assert(sink->filling);
    sink->n_silent += !stated;
    if (sink->filling == sink->only && !stated)
        take_back(sink->only, sink->input->name, sink->n_facts, sink->evidence);
    if (sink->each && stated)
        end_one_of_many(sink, label);
    sink->n_stated += stated;
    sink->filling = NULL;
}

void machine_sink_problem(struct machine_sink *sink, const char *format, ...)
{
    va_list args;

    if (sink->n_problems == LIMIT_SINK_PROBLEMS)
        return;
    va_start(args, format);
    vsnprintf(sink->problems[sink->n_problems++], PROBLEM_SIZE, format, args);
    va_end(args);
}

static void tell_problems(const struct machine_sink *sink, struct machine *machine,
                          unsigned evidence)
{
    for (unsigned i = 0; i < sink->n_problems; i++)
        machine_add_problem(machine, evidence, "%s", sink->problems[i]);
}

unsigned long evidence_read_only(const struct reader *reader, struct input *input,
                                 struct machine *machine, unsigned evidence)
{
    struct machine_sink sink = {
        .reader = reader,
        .input = input,
        .only = machine,
        .evidence = evidence,
        .n_facts = machine->facts.count,
    };

    reader->read_each(input, &sink);
    if (sink.n_stated != 1)
        take_back(machine, input->name, sink.n_facts, evidence);
    if (sink.n_stated <= 1)
        tell_problems(&sink, machine, evidence);
    machine_free(sink.beyond);
    return sink.n_stated;
}

/* Many */

const char *evidence_digest(struct input *input, char *text)
{
    struct digest *digest = digest_new();
    const char *problem = NULL;
    uint8_t *bytes;
    int64_t at = 0;
    size_t got;

    *text = '\0';
    if (!digest)
        return "this system has no provider";
    bytes = memory_alloc(DIGEST_PIECE);
    while ((got = input_read_at(input, at, bytes, DIGEST_PIECE)) > 0) {
        digest_add(digest, bytes, got);
        at += (int64_t)got;
    }
    digest_finish(digest, text);
    free(bytes);
    if (input->error)
        problem = input->error;
    else if (!*text)
        problem = "the system's provider failed";
    if (problem)
        *text = '\0';
    return problem;
}

static void tap_progress(void *data, const void *bytes, size_t length)
{
    struct machine_sink *sink = data;
    int64_t done = sink->input->consumed;

    (void)bytes;
    (void)length;
    if (done - sink->told < PROGRESS_BYTES)
        return;
    sink->told = done;
    sink->watch->progress(sink->watch->data, done, sink->input->size);
}

static enum evidence_status finish_many(struct machine_sink *sink, const char **message)
{
    struct evidence_each *each = sink->each;
    struct input *input = sink->input;
    unsigned evidence;

    if (input->cancel && *input->cancel) {
        fresh(&each->machine, input->name);
        *message = arena_printf(each->machine->arena, "%s: reading was stopped",
                                each->machine->label);
        return EVIDENCE_CANCELLED;
    }
    if (input_at_end(input) && !input->error && input->consumed < input->size)
        machine_sink_problem(sink, "it became shorter while it was read: %lu bytes are missing",
                             (unsigned long)(input->size - input->consumed));
    if (sink->n_stated == 0) {
        fresh(&each->machine, input->name);
        evidence = machine_add_evidence(each->machine, input->name);
        tell_problems(sink, each->machine, evidence);
        return evidence_refuse(each->machine, evidence, input, sink->reader, message);
    }
    if (sink->holding) {
        tell_problems(sink, each->behind, 0);
        hand_on(sink, sink->n_stated > 1);
    }
    fresh(&each->machine, input->name);
    if (sink->n_silent)
        *message = arena_printf(each->machine->arena,
                                "%s: no sign of Windows on %lu of its %lu hosts",
                                each->machine->label, sink->n_silent,
                                sink->n_silent + sink->n_stated);
    return EVIDENCE_OK;
}

static enum evidence_status read_many(struct evidence_each *each, const struct reader *reader,
                                      struct input *input, const struct evidence_watch *watch,
                                      const char **message)
{
    char digest[DIGEST_TEXT_SIZE] = "";
    struct machine_sink sink = {
        .reader = reader,
        .input = input,
        .each = each,
        .digest = digest,
        .watch = watch,
    };
    struct input *file = input->outer ? input->outer : input;
    bool held;

    input->cancel = watch ? watch->cancel : NULL;
    held = input_hold(file, LIMIT_SINK_STREAM_BYTES);
    sink.bytes = held ? file->size : LIMIT_SINK_STREAM_BYTES;
    if (watch && watch->digest)
        sink.no_digest = held ? evidence_digest(file, digest)
                              : "it came as a stream that is too long to be held";
    if (watch && watch->progress) {
        input->tap = tap_progress;
        input->tap_data = &sink;
    }
    reader->read_each(input, &sink);
    assert(!sink.filling);
    input->tap = NULL;
    return finish_many(&sink, message);
}

void evidence_each_free(struct evidence_each *each)
{
    machine_free(each->machine);
    machine_free(each->behind);
    each->machine = each->behind = NULL;
}

/* A piece that is one machine. */
static enum evidence_status take_one(struct evidence_each *each, enum evidence_status status)
{
    if (status != EVIDENCE_OK)
        return status;
    each->several = false;
    if (each->take(each->data, each->machine) == EVIDENCE_KEEP)
        each->machine = machine_new("");
    return status;
}

/* An archive is one machine, unless it has one file in it and that has many. */
static enum evidence_status read_packed(struct evidence_each *each, struct input *input,
                                        const struct evidence_watch *watch, const char **message)
{
    struct unpacked unpacked;
    enum evidence_status status;

    input->cancel = watch ? watch->cancel : NULL;
    if (!evidence_unpack(&unpacked, input))
        return take_one(each, evidence_read_container(fresh(&each->machine, input->name), input,
                                                      watch, message));
    status = evidence_read_each_input(each, &unpacked.input, watch, message);
    unpacked_close(&unpacked);
    return status;
}

enum evidence_status evidence_read_each_input(struct evidence_each *each, struct input *input,
                                              const struct evidence_watch *watch,
                                              const char **message)
{
    const struct reader *reader;

    *message = "";
    if (container_probe(input))
        return read_packed(each, input, watch, message);
    reader = evidence_reader(input);
    if (reader && reader->read_each)
        return read_many(each, reader, input, watch, message);
    return take_one(each, evidence_read_with(reader, fresh(&each->machine, input->name), input,
                                             watch, message));
}

/* A folder is one machine; that of an installation disc has the images of its WIM. */
static enum evidence_status read_folder(struct evidence_each *each, const char *path,
                                        const struct evidence_watch *watch, const char **message)
{
    struct arena *arena = arena_new();
    const char *image = disc_folder_image(arena, path);
    enum evidence_status status =
        image ? evidence_read_each(each, image, watch, message)
              : take_one(each,
                         evidence_read_folder(fresh(&each->machine, path), path, watch, message));

    arena_free(arena);
    return status;
}

enum evidence_status evidence_read_each(struct evidence_each *each, const char *path,
                                        const struct evidence_watch *watch, const char **message)
{
    char reason[MESSAGE_SIZE];
    struct input input;
    enum evidence_status status;

    switch (input_open(&input, path, reason, sizeof(reason))) {
    case INPUT_OK:
        status = evidence_read_each_input(each, &input, watch, message);
        input_close(&input);
        return status;
    case INPUT_FOLDER:
        if (strcmp(path, "-") != 0)
            return read_folder(each, path, watch, message);
        break;
    default:
        break;
    }
    *message = text_clean(fresh(&each->machine, path)->arena, reason);
    return EVIDENCE_UNREADABLE;
}
