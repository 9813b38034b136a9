/* From an argument to facts: opens it, chooses the reader, tells what went wrong in one line.
 *
 * SPDX-License-Identifier: MIT
 */
#include "reader.h"

#include "arena.h"
#include "companions.h"
#include "evidence_folder.h"
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

static enum evidence_status refuse_empty(struct machine *machine, const char *name,
                                         const char **message)
{
    *message = arena_printf(machine->arena, "%s: the file is empty; understood: %s", name,
                            understood(machine->arena));
    return EVIDENCE_EMPTY;
}

static enum evidence_status refuse(struct machine *machine, unsigned evidence,
                                   const struct input *input, bool probed, const char **message)
{
    const struct evidence *piece = &machine->evidence[evidence];
    const char *why = piece->n_problems ? piece->problems[0] : "";

    *message = arena_printf(machine->arena, "%s: looks like %s%s%s%s%s; understood: %s",
                            piece->name, looks_like(input),
                            probed ? ", but nothing in it states a Windows version"
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

static void finish_digest(struct machine *machine, unsigned evidence, struct input *input,
                          struct digest *digest)
{
    char text[DIGEST_TEXT_SIZE];
    bool cancelled;

    drain(input);
    digest_finish(digest, text);
    cancelled = input->cancel && *input->cancel;
    if (!text[0] || input->error)
        machine_add_problem(machine, evidence, "no SHA-256: %s",
                            input->error ? input->error : "the system's provider failed");
    else if (!cancelled)
        machine->evidence[evidence].sha256 = arena_strdup(machine->arena, text);
}

/* The reader that takes the input and finds a statement in it; NULL when there is none. */
static const struct reader *read_with(struct machine *machine, struct input *input,
                                      unsigned evidence, bool *probed)
{
    for (size_t i = 0; readers[i]; i++) {
        if (!readers[i]->probe(input))
            continue;
        *probed = true;
        return readers[i]->read(input, machine, evidence) ? readers[i] : NULL;
    }
    return NULL;
}

enum evidence_status evidence_read_input(struct machine *machine, struct input *input,
                                         const struct evidence_watch *watch, const char **message)
{
    unsigned evidence = machine_add_evidence(machine, input->name);
    const char *name = machine->evidence[evidence].name;
    struct tap tap = {.watch = watch, .size = input->size};
    const struct reader *reader;
    bool probed = false;

    *message = "";
    if (input->n_head == 0)
        return refuse_empty(machine, name, message);
    input->cancel = watch ? watch->cancel : NULL;
    if (watch && watch->digest) {
        tap.digest = digest_new();
        if (!tap.digest)
            machine_add_problem(machine, evidence, "no SHA-256: this system has no provider");
    }
    input->tap = tap_bytes;
    input->tap_data = &tap;
    reader = read_with(machine, input, evidence, &probed);
    machine->evidence[evidence].bytes = input->looked_into ? input->size : input->consumed;
    if (reader)
        machine->evidence[evidence].reader = reader->id;
    if (tap.digest)
        finish_digest(machine, evidence, input, tap.digest);
    if (input_at_end(input) && !input->error && input->consumed < input->size)
        machine_add_problem(machine, evidence,
                            "it became shorter while it was read: %lu bytes are missing",
                            (unsigned long)(input->size - input->consumed));
    input->tap = NULL;
    if (input->cancel && *input->cancel) {
        *message = arena_printf(machine->arena, "%s: reading was stopped", name);
        return EVIDENCE_CANCELLED;
    }
    if (reader)
        return EVIDENCE_OK;
    if (input->error) {
        *message = arena_printf(machine->arena, "%s: %s", name, input->error);
        return EVIDENCE_UNREADABLE;
    }
    return refuse(machine, evidence, input, probed, message);
}

enum evidence_status evidence_read(struct machine *machine, const char *path,
                                   const struct evidence_watch *watch, const char **message)
{
    char reason[MESSAGE_SIZE];
    struct path_companions beside;
    struct input input;
    enum evidence_status status;

    switch (input_open(&input, path, reason, sizeof(reason))) {
    case INPUT_OK:
        companions_beside(&beside, path);
        input.companions = strcmp(path, "-") != 0 ? &beside.companions : NULL;
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
