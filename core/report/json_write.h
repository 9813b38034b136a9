/* A writer of JSON text (RFC 8259): keys in the order in which they are written, no floats.
 *
 * Strings come out as valid UTF-8 whatever went in. Beyond what the format demands, characters
 * that end lines or turn the direction of text are escaped, so that a report cannot be made to
 * look like another one in a terminal and one line of JSON stays one line.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_JSON_WRITE_H
#define WINVER6003_JSON_WRITE_H

#include "../strbuf.h"

#include <stdbool.h>
#include <stdint.h>

struct json_writer {
    struct strbuf *out;
    bool pretty; /* a line for each member, indented; else all on one line without blanks */
    unsigned depth;
    bool follows; /* a member stands before the next one at this depth */
};

#define JSON_WRITER(buffer, is_pretty) {.out = (buffer), .pretty = (is_pretty)}

/* key is NULL inside an array and for the outermost value. It is a literal: not escaped. */
void json_write_object(struct json_writer *json, const char *key);
void json_write_object_end(struct json_writer *json);
void json_write_array(struct json_writer *json, const char *key);
void json_write_array_end(struct json_writer *json);
/* value NULL is null. */
void json_write_string(struct json_writer *json, const char *key, const char *value);
void json_write_integer(struct json_writer *json, const char *key, int64_t value);
void json_write_boolean(struct json_writer *json, const char *key, bool value);
void json_write_null(struct json_writer *json, const char *key);

#endif
