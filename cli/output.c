/* Where reports go: gathered in large pieces, handed to the platform, failures told once.
 *
 * One small report is one write: that is a good part of the time of a run.
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"

#include "core/platform/replace.h"
#include "core/strbuf.h"
#include "message.h"

#include <stdlib.h>

#define OUTPUT_BYTES (256 * 1024)

struct output {
    struct replace *replace;
    const char *path; /* NULL for standard output */
    struct strbuf waiting;
    bool failed;
};

static void tell(struct output *output, const char *reason)
{
    if (output->path)
        message_tell("cannot write '%s': %s; no report was left there", output->path, reason);
    else
        message_tell("cannot write to standard output: %s", reason);
    output->failed = true;
}

struct output *output_open(const char *path)
{
    struct output *output = memory_alloc(sizeof(*output));
    char reason[REPLACE_MESSAGE_SIZE];

    output->path = path;
    output->replace = replace_open(path, reason);
    if (!output->replace) {
        tell(output, reason);
        free(output);
        return NULL;
    }
    return output;
}

static void hand_on(struct output *output, const char *bytes, size_t length)
{
    char reason[REPLACE_MESSAGE_SIZE];

    if (!output->failed && length > 0 && !replace_write(output->replace, bytes, length, reason))
        tell(output, reason);
}

static void flush(struct output *output)
{
    hand_on(output, output->waiting.text, output->waiting.length);
    strbuf_clear(&output->waiting);
}

bool output_write(struct output *output, const char *bytes, size_t length)
{
    if (output->failed)
        return false;
    if (length >= OUTPUT_BYTES) {
        flush(output);
        hand_on(output, bytes, length);
        return !output->failed;
    }
    strbuf_add(&output->waiting, bytes, length);
    if (output->waiting.length >= OUTPUT_BYTES)
        flush(output);
    return !output->failed;
}

static void output_free(struct output *output)
{
    strbuf_free(&output->waiting);
    free(output);
}

bool output_close(struct output *output)
{
    char reason[REPLACE_MESSAGE_SIZE];
    bool done;

    flush(output);
    if (output->failed)
        replace_abandon(output->replace);
    else if (!replace_commit(output->replace, reason))
        tell(output, reason);
    done = !output->failed;
    output_free(output);
    return done;
}

void output_abandon(struct output *output)
{
    replace_abandon(output->replace);
    output_free(output);
}
