/* JSON (RFC 8259) from memory, one token at a time.
 *
 * Strict: what the grammar does not have is an error, and after an error comes nothing but it.
 * Depth is bounded by LIMIT_JSON_DEPTH; nothing recurses. Strings are given as UTF-8, \u0000 and
 * lone surrogates as U+FFFD, bytes that are no UTF-8 as they are: text_clean() is the caller's.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_JSON_READ_H
#define WINVER6003_JSON_READ_H

#include "limits.h"
#include "strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum json_token {
    JSON_NONE, /* before the first */
    JSON_ERROR,
    JSON_END, /* the text held one value, and that is over */
    JSON_OBJECT,
    JSON_OBJECT_END,
    JSON_ARRAY,
    JSON_ARRAY_END,
    JSON_KEY, /* its value is the next token */
    JSON_STRING,
    JSON_NUMBER,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL,
};

struct json_read {
    struct strbuf value; /* of a key, string or number (as written) */
    const char *error;   /* what is wrong, without the place; NULL while all is well */
    size_t at;           /* bytes read so far: where the error is */
    /* private */
    const char *text;
    size_t size;
    unsigned depth;
    bool object[LIMIT_JSON_DEPTH]; /* what is open at each depth */
    int expect;
};

/* Over text, which is borrowed. json_read_close() frees value and nothing else; a struct that is
 * zeroed may be opened again and again and keeps its memory. */
void json_read_open(struct json_read *json, const char *text, size_t size);
void json_read_close(struct json_read *json);
enum json_token json_read_next(struct json_read *json);
/* Reads over the rest of the value that began with token, as json_read_next() gave it. */
void json_read_skip(struct json_read *json, enum json_token token);

#endif
