/* Chosen members of a JSON object, by their paths.
 *
 * SPDX-License-Identifier: MIT
 */
#include "json_pick.h"

#include "json_read.h"
#include "limits.h"
#include "utf.h"

#include <string.h>

/* Longer ones are in no table of paths. */
#define PATH_BYTES 128

/* The path of the member being read; a level's key begins behind its dot. */
struct place {
    char path[PATH_BYTES];
    size_t starts[LIMIT_JSON_DEPTH + 1]; /* by depth: where that level's key begins */
    size_t length;                       /* of the path; PATH_BYTES for one that is too long */
};

static void set_key(struct place *place, unsigned depth, const struct json_read *json,
                    const char *prefix)
{
    const char *key = strbuf_text(&json->value);
    size_t length = json->value.length;
    size_t start = place->starts[depth];

    if (depth == 1 && prefix && length > strlen(prefix) && !strncmp(key, prefix, strlen(prefix))) {
        length -= strlen(prefix);
        key += strlen(prefix);
    }
    if (start + length + 2 > PATH_BYTES) {
        place->length = PATH_BYTES;
        return;
    }
    memcpy(place->path + start, key, length + 1);
    place->length = start + length;
}

/* Goes into an object; false when no path can be in it. */
static bool go_down(struct place *place, unsigned depth)
{
    if (depth > 1) {
        if (place->length >= PATH_BYTES - 2)
            return false;
        place->path[place->length++] = '.';
    }
    place->starts[depth] = place->length;
    return true;
}

static void take(const struct json_read *json, enum json_token token, const struct place *place,
                 const char *const *paths, size_t n_paths, struct arena *arena, const char **values)
{
    size_t i = 0;

    while (i < n_paths && (place->length >= PATH_BYTES || strcmp(paths[i], place->path) != 0))
        i++;
    if (i == n_paths || values[i])
        return;
    if (token == JSON_TRUE || token == JSON_FALSE)
        values[i] = token == JSON_TRUE ? "true" : "false";
    else
        values[i] = arena_strndup(
            arena, strbuf_text(&json->value),
            utf8_cut(strbuf_text(&json->value), json->value.length, LIMIT_VALUE_BYTES));
}

const char *json_pick(const char *text, size_t length, const char *prefix, const char *const *paths,
                      size_t n_paths, struct arena *arena, const char **values)
{
    struct json_read json = {0};
    struct place place = {.length = 0};
    enum json_token token;
    const char *error;

    for (size_t i = 0; i < n_paths; i++)
        values[i] = NULL;
    json_read_open(&json, text, length);
    while ((token = json_read_next(&json)) != JSON_END && token != JSON_ERROR) {
        switch (token) {
        case JSON_KEY:
            set_key(&place, json.depth, &json, prefix);
            break;
        case JSON_OBJECT:
            if (!go_down(&place, json.depth))
                json_read_skip(&json, token);
            break;
        case JSON_ARRAY:
            json_read_skip(&json, token);
            break;
        case JSON_STRING:
        case JSON_NUMBER:
        case JSON_TRUE:
        case JSON_FALSE:
            take(&json, token, &place, paths, n_paths, arena, values);
            break;
        default:
            break;
        }
    }
    error = json.error;
    json_read_close(&json);
    return error;
}

const char *json_each(const char *text, size_t length,
                      bool (*each)(void *data, const char *key, struct json_span member),
                      void *data)
{
    struct json_read json = {0};
    struct strbuf key = STRBUF_EMPTY;
    enum json_token token;
    bool go_on = true;
    const char *error;

    json_read_open(&json, text, length);
    token = json_read_next(&json);
    if (token == JSON_OBJECT || token == JSON_ARRAY)
        token = json_read_next(&json);
    while (go_on && json.depth > 0 && token != JSON_ERROR) {
        size_t from;

        strbuf_clear(&key);
        if (token == JSON_KEY) {
            strbuf_add(&key, strbuf_text(&json.value), json.value.length);
            while (json.at < length && strchr(" \t\r\n", text[json.at]) && text[json.at])
                json.at++;
            from = json.at;
            token = json_read_next(&json);
        } else {
            from = json.at; /* behind a scalar; of no use there */
        }
        if (token == JSON_OBJECT || token == JSON_ARRAY) {
            from = json.at - 1;
            json_read_skip(&json, token);
        }
        /* What is damaged further down may be whole at its beginning. */
        if (!json.error || token == JSON_OBJECT || token == JSON_ARRAY)
            go_on = each(data, strbuf_text(&key), (struct json_span){text + from, json.at - from});
        if (go_on)
            token = json_read_next(&json);
    }
    error = json.error;
    strbuf_free(&key);
    json_read_close(&json);
    return error;
}
