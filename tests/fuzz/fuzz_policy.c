/* Fuzz target: policy files.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

#include "core/judge/policy.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct policy policy;
    const char *error = NULL;

    if (!policy_parse(&policy, arena, (const char *)data, size, &error))
        FUZZ_CHECK(error && strlen(error) > 0 && !strchr(error, '\n'));
    arena_free(arena);
    return 0;
}
