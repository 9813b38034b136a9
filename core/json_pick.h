/* Chosen members of a JSON object, by their paths.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_JSON_PICK_H
#define WINVER6003_JSON_PICK_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Where an object's member begins and ends. */
struct json_span {
    const char *text; /* NULL for none */
    size_t length;
};

/* Takes the texts, numbers, true and false of the object at text whose paths are among paths:
 * "kernel", "os.release.full". An object whose own keys are written with dots may have them too.
 * prefix, NULL for none, is left out where a key of the object itself begins with it. values gets
 * n_paths texts in the arena, cut to LIMIT_VALUE_BYTES, the first of each path; NULL where there is
 * none. Returns what is wrong with the JSON, NULL for nothing: values then has what came before. */
const char *json_pick(const char *text, size_t length, const char *prefix, const char *const *paths,
                      size_t n_paths, struct arena *arena, const char **values);

/* Calls each() with the members of the object or array at text, one after another, until it returns
 * false: key is "" in an array, and scalars of an array have no length. An object or array in which
 * an error is comes last, as far as it is right. Returns what is wrong with the JSON; NULL for
 * nothing. */
const char *json_each(const char *text, size_t length,
                      bool (*each)(void *data, const char *key, struct json_span member),
                      void *data);

#endif
