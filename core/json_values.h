/* The JSON values of a text, one after another: a report for each machine, a log with one a line.
 *
 * Only one value is held at a time, so that a file of any size may have any number of them. What
 * stands before a value on its line is kept, because ansible says there which host it is of.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_JSON_VALUES_H
#define WINVER6003_JSON_VALUES_H

#include "input.h"

#include <stdbool.h>
#include <stddef.h>

struct json_value {
    const char *text; /* an object or array in UTF-8, valid until the next value */
    size_t length;
    const char *before; /* on its line: "web1 | SUCCESS =>", mostly ""; valid likewise */
    unsigned long line; /* on which it begins, from 1 */
    const char *cut;    /* why it has no end; NULL when it has one */
};

struct json_values; /* private */

/* Whether the head begins with JSON in which one of these texts stands, ended by NULL: keys with
 * their quotes. */
bool json_values_probe(const struct input *input, const char *const *marks);
/* input stays the caller's. Never NULL. */
struct json_values *json_values_open(struct input *input);
void json_values_close(struct json_values *values);
/* false at the end. A value that is too long is given cut; what follows is found again. */
bool json_values_next(struct json_values *values, struct json_value *value);

#endif
