/* Reads a policy: an INI file of few keys, where anything not understood is an error.
 *
 * A policy that is half understood would pass machines that its author meant to fail, so there is
 * no key, section or value that is skipped.
 *
 * SPDX-License-Identifier: MIT
 */
#include "judge.h"

#include <string.h>

const struct policy policy_default = {.esu = ESU_AFTER_2020_01};

#define KNOWN_KEYS "esu, minimum-level, fail-on"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Text without blanks around it, as a copy. */
static char *trim(struct arena *arena, const char *text, size_t length)
{
    while (length && is_blank(text[0])) {
        text++;
        length--;
    }
    while (length && is_blank(text[length - 1]))
        length--;
    return arena_strndup(arena, text, length);
}

static const char *set_esu(struct policy *policy, struct arena *arena, const char *value)
{
    policy->esu = esu_policy_from_name(value);
    if (policy->esu == ESU_POLICY_NONE)
        return arena_printf(arena, "esu is '%s'; it can be after-2020-01 or strict", value);
    return NULL;
}

static const char *set_minimum_level(struct policy *policy, struct arena *arena,
                                     const char *value)
{
    policy->minimum_level = release_by_id(value);
    if (!policy->minimum_level)
        return arena_printf(arena,
                            "minimum-level is '%s', which is no release; use an id such as "
                            "2019-04 (winver6003 --knowledge releases lists them)",
                            value);
    return NULL;
}

static const char *set_fail_on(struct policy *policy, struct arena *arena, const char *value)
{
    const char **ids = arena_alloc(arena, (strlen(value) + 2) * sizeof(*ids));
    size_t n = 0;

    while (*value) {
        size_t length = strcspn(value, ",");
        const char *id = trim(arena, value, length);

        value += length + (value[length] == ',');
        if (!*id)
            continue;
        if (!strcmp(id, "*")) {
            policy->fail_on_all = true;
            continue;
        }
        if (!rule_by_id(id))
            return arena_printf(arena, "fail-on names '%s', which is no rule (see --rules)", id);
        ids[n++] = id;
    }
    policy->fail_on = ids;
    return NULL;
}

static const struct {
    const char *key;
    const char *(*set)(struct policy *policy, struct arena *arena, const char *value);
} keys[] = {
    {"esu", set_esu},
    {"minimum-level", set_minimum_level},
    {"fail-on", set_fail_on},
};

#define N_KEYS (sizeof(keys) / sizeof(keys[0]))

/* NULL, or what is wrong with the line. */
static const char *read_line(struct policy *policy, struct arena *arena, char *line,
                             bool *in_section, bool *seen)
{
    char *equals;
    const char *key, *value;

    if (*line == '[') {
        if (strcmp(line, "[policy]"))
            return arena_printf(arena, "unknown section '%s'; the only one is [policy]", line);
        *in_section = true;
        return NULL;
    }
    equals = strchr(line, '=');
    if (!equals)
        return arena_printf(arena, "'%s' is not KEY = VALUE", line);
    key = trim(arena, line, (size_t)(equals - line));
    value = trim(arena, equals + 1, strlen(equals + 1));
    if (!*in_section)
        return arena_printf(arena, "'%s' stands before [policy]", key);
    for (size_t i = 0; i < N_KEYS; i++) {
        if (strcmp(keys[i].key, key))
            continue;
        if (seen[i])
            return arena_printf(arena, "'%s' is set twice", key);
        seen[i] = true;
        if (!*value)
            return arena_printf(arena, "'%s' has no value", key);
        return keys[i].set(policy, arena, value);
    }
    return arena_printf(arena, "unknown key '%s'; known keys are " KNOWN_KEYS, key);
}

bool policy_parse(struct policy *policy, struct arena *arena, const char *text, size_t length,
                  const char **error)
{
    bool in_section = false;
    bool seen[N_KEYS] = {false};
    unsigned number = 0;
    size_t at = 0;

    *policy = policy_default;
    *error = NULL;
    if (memchr(text, '\0', length)) {
        *error = "the policy is not text: it has a NUL byte";
        return false;
    }
    if (length >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
        at = 3;
    while (at < length) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t n = end ? (size_t)(end - text) - at : length - at;
        char *line = trim(arena, text + at, n);
        const char *wrong;

        at += n + 1;
        number++;
        if (!*line || *line == '#' || *line == ';')
            continue;
        wrong = read_line(policy, arena, line, &in_section, seen);
        if (wrong) {
            *error = arena_printf(arena, "line %u: %s", number, wrong);
            return false;
        }
    }
    return true;
}
