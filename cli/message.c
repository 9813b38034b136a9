/* What the program has to say beside its report.
 *
 * SPDX-License-Identifier: MIT
 */
#include "message.h"

#include "core/platform/terminal.h"
#include "core/strbuf.h"
#include "core/utf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names on the command line are short; a longer word is no misspelt one. */
#define SUGGESTION_LENGTH 32

void message_tell(const char *format, ...)
{
    struct arena *arena = arena_new();
    struct strbuf line = STRBUF_EMPTY;
    va_list args;
    int length;
    char *text;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    text = arena_alloc(arena, (size_t)(length < 0 ? 0 : length) + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)(length < 0 ? 0 : length) + 1, format, args);
    va_end(args);
    strbuf_adds(&line, "winver6003: ");
    strbuf_adds(&line, utf8_clean(arena, text, strlen(text)));
    terminal_error(strbuf_text(&line));
    strbuf_free(&line);
    arena_free(arena);
}

/* Levenshtein's count of characters to change, add or take away. */
static unsigned edit_distance(const char *a, const char *b)
{
    unsigned row[SUGGESTION_LENGTH + 1];
    size_t width = strlen(b);

    for (unsigned j = 0; j <= width; j++)
        row[j] = j;
    for (unsigned i = 1; a[i - 1]; i++) {
        unsigned diagonal = row[0];

        row[0] = i;
        for (unsigned j = 1; j <= width; j++) {
            unsigned change = diagonal + (a[i - 1] != b[j - 1]);

            diagonal = row[j];
            row[j] = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            if (change < row[j])
                row[j] = change;
        }
    }
    return row[width];
}

void suggestion_offer(struct suggestion *suggestion, const char *candidate)
{
    size_t length = strlen(suggestion->wanted);
    unsigned distance;

    if (length == 0 || length > SUGGESTION_LENGTH || strlen(candidate) > SUGGESTION_LENGTH)
        return;
    distance = edit_distance(suggestion->wanted, candidate);
    /* The beginning of a name is as good as a slip of the finger. */
    if (length >= 2 && strncmp(candidate, suggestion->wanted, length) == 0)
        distance = 1;
    if (distance > 1 + length / 4 || (suggestion->nearest && distance >= suggestion->distance))
        return;
    suggestion->nearest = candidate;
    suggestion->distance = distance;
}
