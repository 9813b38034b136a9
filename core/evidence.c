/* From an argument to facts: opens it, chooses the reader, tells what went wrong in one line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "reader.h"

#include "arena.h"
#include "containers/container.h"
#include "evidence_container.h"
#include "evidence_folder.h"
#include "evidence_steps.h"
#include "limits.h"
#include "looks_like.h"
#include "platform/digest.h"
#include "strbuf.h"

#include <stdlib.h>
#include <string.h>

/* Between two reports of progress. */
#define PROGRESS_BYTES (1024 * 1024)
/* Pieces in which the rest of a file is read for its digest. */
#define DRAIN_BYTES (64 * 1024)
#define MESSAGE_SIZE 2048

/* What looks over a reader's shoulder. */
struct tap {
    const struct evidence_watch *watch;
    struct digest *digest;
    int64_t size;
    int64_t done;
    int64_t told;
};

static void tap_bytes(void *data, const void *bytes, size_t length)
{
    struct tap *tap = data;

    if (tap->digest)
        digest_add(tap->digest, bytes, length);
    tap->done += (int64_t)length;
    if (tap->watch && tap->watch->progress && tap->done - tap->told >= PROGRESS_BYTES) {
        tap->told = tap->done;
        tap->watch->progress(tap->watch->data, tap->done, tap->size);
    }
}

/* "A, B and C" of all readers. */
static const char *understood(struct arena *arena)
{
    struct strbuf buf = STRBUF_EMPTY;
    const char *text;

    for (size_t i = 0; readers[i]; i++) {
        if (i)
            strbuf_adds(&buf, readers[i + 1] ? ", " : " and ");
        strbuf_adds(&buf, readers[i]->title);
    }
    text = arena_strdup(arena, strbuf_text(&buf));
    strbuf_free(&buf);
    return text;
}

enum evidence_status evidence_refuse(struct machine *machine, unsigned evidence,
                                     const struct input *input, const struct reader *reader,
                                     const char **message)
{
    const struct evidence *piece = &machine->evidence[evidence];
    const char *why = piece->n_problems ? piece->problems[0] : "";

    if (input->n_head == 0 && !input->error) {
        *message = arena_printf(machine->arena, "%s: the file is empty; understood: %s",
                                piece->name, understood(machine->arena));
        return EVIDENCE_EMPTY;
    }
    if (input->error) {
        *message = arena_printf(machine->arena, "%s: %s", piece->name, input->error);
        return EVIDENCE_UNREADABLE;
    }
    *message = arena_printf(machine->arena, "%s: looks like %s%s%s%s%s; understood: %s",
                            piece->name, looks_like(input),
                            reader ? ", but nothing in it states a Windows version"
                                   : ", which is not understood",
                            *why ? " (" : "", why, *why ? ")" : "", understood(machine->arena));
    return EVIDENCE_UNRECOGNISED;
}

/* What the reader left over counts for the digest too. */
static void drain(struct input *input)
{
    uint8_t *bytes = memory_alloc(DRAIN_BYTES);

    while (input_read(input, bytes, DRAIN_BYTES) > 0)
        ;
    free(bytes);
}

void evidence_add_digest(struct machine *machine, unsigned evidence, struct input *input)
{
    char text[DIGEST_TEXT_SIZE];
    const char *problem;

    if (machine->evidence[evidence].told)
        return;
    problem = evidence_digest(input, text);
    if (problem)
        machine_add_problem(machine, evidence, "no SHA-256: %s", problem);
    else
        machine->evidence[evidence].sha256 = arena_strdup(machine->arena, text);
}

static int64_t bytes_read(const struct input *input)
{
    if (input->outer)
        return input->outer->size;
    return input->looked_into ? input->size : input->consumed;
}

static void finish_digest(struct machine *machine, unsigned evidence, struct input *input,
                          struct digest *digest)
{
    char text[DIGEST_TEXT_SIZE];
    bool cancelled;

    drain(input);
    digest_finish(digest, text);
    cancelled = input->cancel && *input->cancel;
    if (machine->evidence[evidence].told)
        return;
    if (!text[0] || input->error)
        machine_add_problem(machine, evidence, "no SHA-256: %s",
                            input->error ? input->error : "the system's provider failed");
    else if (!cancelled)
        machine->evidence[evidence].sha256 = arena_strdup(machine->arena, text);
}

const struct reader *evidence_reader(const struct input *input)
{
    for (size_t i = 0; input->n_head > 0 && readers[i]; i++)
        if (readers[i]->probe(input))
            return readers[i];
    return NULL;
}

/* How many machines it states something of: what can be one is in machine. */
static unsigned long read_one(const struct reader *reader, struct input *input,
                              struct machine *machine, unsigned evidence)
{
    if (!reader)
        return 0;
    if (reader->read_each)
        return evidence_read_only(reader, input, machine, evidence);
    return reader->read(input, machine, evidence);
}

enum evidence_status evidence_read_with(const struct reader *reader, struct machine *machine,
                                        struct input *input, const struct evidence_watch *watch,
                                        const char **message)
{
    unsigned evidence = machine_add_evidence(machine, input->name);
    const char *name = machine->evidence[evidence].name;
    struct tap tap = {.watch = watch, .size = input->size};
    unsigned long n_machines;

    *message = "";
    if (input->n_head == 0)
        return evidence_refuse(machine, evidence, input, reader, message);
    input->cancel = watch ? watch->cancel : NULL;
    if (watch && watch->digest && !input->outer) {
        tap.digest = digest_new();
        if (!tap.digest)
            machine_add_problem(machine, evidence, "no SHA-256: this system has no provider");
    }
    input->tap = tap_bytes;
    input->tap_data = &tap;
    n_machines = read_one(reader, input, machine, evidence);
    if (!machine->evidence[evidence].told) {
        machine->evidence[evidence].bytes = bytes_read(input);
        if (n_machines == 1)
            machine->evidence[evidence].reader = reader->id;
    }
    if (tap.digest)
        finish_digest(machine, evidence, input, tap.digest);
    else if (watch && watch->digest && input->outer)
        evidence_add_digest(machine, evidence, input->outer);
    if (input_at_end(input) && !input->error && input->consumed < input->size)
        machine_add_problem(machine, evidence,
                            "it became shorter while it was read: %lu bytes are missing",
                            (unsigned long)(input->size - input->consumed));
    input->tap = NULL;
    if (input->cancel && *input->cancel) {
        *message = arena_printf(machine->arena, "%s: reading was stopped", name);
        return EVIDENCE_CANCELLED;
    }
    if (n_machines == 1)
        return EVIDENCE_OK;
    if (n_machines == 0)
        return evidence_refuse(machine, evidence, input, reader, message);
    machine_add_problem(machine, evidence,
                        "not read: it holds %lu machines, and one is asked for", n_machines);
    *message = arena_printf(machine->arena,
                            "%s: holds %lu machines, and one is asked for; given on its own, each "
                            "of them is judged", name, n_machines);
    return EVIDENCE_UNRECOGNISED;
}

static enum evidence_status read_packed(struct machine *machine, struct input *packed,
                                        const struct evidence_watch *watch, const char **message)
{
    struct unpacked unpacked;
    enum evidence_status status;

    packed->cancel = watch ? watch->cancel : NULL;
    if (!evidence_unpack(&unpacked, packed))
        return evidence_read_container(machine, packed, watch, message);
    status = evidence_read_input(machine, &unpacked.input, watch, message);
    unpacked_close(&unpacked);
    return status;
}

enum evidence_status evidence_read_input(struct machine *machine, struct input *input,
                                         const struct evidence_watch *watch, const char **message)
{
    if (container_probe(input))
        return read_packed(machine, input, watch, message);
    return evidence_read_with(evidence_reader(input), machine, input, watch, message);
}

enum evidence_status evidence_read(struct machine *machine, const char *path,
                                   const struct evidence_watch *watch, const char **message)
{
    char reason[MESSAGE_SIZE];
    struct input input;
    enum evidence_status status;

    switch (input_open(&input, path, reason, sizeof(reason))) {
    case INPUT_OK:
        status = evidence_read_input(machine, &input, watch, message);
        input_close(&input);
        return status;
    case INPUT_FOLDER:
        if (strcmp(path, "-") != 0)
            return evidence_read_folder(machine, path, watch, message);
        break;
    default:
        break;
    }
    *message = text_clean(machine->arena, reason);
    return EVIDENCE_UNREADABLE;
}
