/* The judge's words: names for programs and words for people, one table each.
 *
 * SPDX-License-Identifier: MIT
 */
#include "judge.h"

#include <string.h>

static const struct {
    const char *name;
    const char *word;
    int exit_code;
    int badness; /* among several machines the worst decides */
} states[STATE_COUNT] = {
    [STATE_NONE] = {"none", "None", 70, 0},
    [STATE_TRANSITIONED] = {"transitioned", "Transitioned", 0, 1},
    [STATE_NOT_TRANSITIONED] = {"not-transitioned", "Not transitioned", 1, 4},
    [STATE_INCOMPLETE] = {"incomplete", "Incomplete", 2, 6},
    [STATE_CONFLICT] = {"conflict", "Conflict", 2, 7},
    [STATE_IMITATION] = {"imitation", "Imitation", 2, 5},
    [STATE_UNKNOWN] = {"unknown", "Unknown", 3, 3},
    [STATE_NOT_APPLICABLE] = {"not-applicable", "Not applicable", 4, 2},
};

static const char *const results[RESULT_COUNT] = {
    [RESULT_NONE] = "none",       [RESULT_PASS] = "pass",
    [RESULT_WARN] = "warn",       [RESULT_FAIL] = "fail",
    [RESULT_UNKNOWN] = "unknown", [RESULT_NOT_APPLICABLE] = "not-applicable",
};

static const char *const severities[SEVERITY_COUNT] = {
    [SEVERITY_NONE] = "none",     [SEVERITY_INFO] = "info", [SEVERITY_LOW] = "low",
    [SEVERITY_MEDIUM] = "medium", [SEVERITY_HIGH] = "high",
};

static const char *const esu_policies[ESU_POLICY_COUNT] = {
    [ESU_POLICY_NONE] = "none",
    [ESU_AFTER_2020_01] = "after-2020-01",
    [ESU_STRICT] = "strict",
};

static int name_index(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(names[i], name))
            return i;
    return 0;
}

int verdict_exit_code(enum verdict_state state)
{
    return states[state].exit_code;
}

enum verdict_state verdict_worse(enum verdict_state a, enum verdict_state b)
{
    return states[b].badness > states[a].badness ? b : a;
}

const char *verdict_state_name(enum verdict_state state)
{
    return states[state].name;
}

const char *verdict_state_word(enum verdict_state state)
{
    return states[state].word;
}

enum verdict_state verdict_state_from_name(const char *name)
{
    for (int i = 0; i < STATE_COUNT; i++)
        if (!strcmp(states[i].name, name))
            return (enum verdict_state)i;
    return STATE_NONE;
}

const char *rule_result_name(enum rule_result result)
{
    return results[result];
}

enum rule_result rule_result_from_name(const char *name)
{
    return (enum rule_result)name_index(results, RESULT_COUNT, name);
}

const char *severity_name(enum severity severity)
{
    return severities[severity];
}

enum severity severity_from_name(const char *name)
{
    return (enum severity)name_index(severities, SEVERITY_COUNT, name);
}

const char *esu_policy_name(enum esu_policy esu)
{
    return esu_policies[esu];
}

enum esu_policy esu_policy_from_name(const char *name)
{
    return (enum esu_policy)name_index(esu_policies, ESU_POLICY_COUNT, name);
}
