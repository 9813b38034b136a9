/* A site's own demands on top of the facts: read from an INI file, checked, never guessed.
 *
 *   [policy]
 *   esu = after-2020-01 | strict
 *   minimum-level = 2019-04            (id of a release)
 *   fail-on = revision-agrees, esu     (rules whose warning counts as a failure; * for all)
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_POLICY_H
#define WINVER6003_POLICY_H

#include "../arena.h"
#include "../knowledge.h"

#include <stdbool.h>
#include <stddef.h>

enum esu_policy {
    ESU_POLICY_NONE,
    ESU_AFTER_2020_01, /* the default: a level past the last public one needs entitlement */
    ESU_STRICT,        /* any 6003 without ESU evidence fails, as some auditors demand */
    ESU_POLICY_COUNT
};

struct policy {
    enum esu_policy esu;
    const struct release *minimum_level; /* NULL for none */
    const char *const *fail_on;          /* rule ids, NULL-terminated; NULL for none */
    bool fail_on_all;
};

extern const struct policy policy_default;

/* Reads text of length bytes. false with *error (in arena: "line 3: unknown key 'esuu' ...; known
 * keys are ...") when anything in it is not understood. */
bool policy_parse(struct policy *policy, struct arena *arena, const char *text, size_t length,
                  const char **error);

const char *esu_policy_name(enum esu_policy esu);
enum esu_policy esu_policy_from_name(const char *name);

#endif
