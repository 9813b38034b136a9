/* Sectors that the logs of a hive put in place of its own, in memory.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_HIVE_PATCHES_H
#define WINVER6003_HIVE_PATCHES_H

#include "../arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hive_patch; /* one page of the bins, some of its sectors replaced */

/* Zero but for the arena is empty. */
struct hive_patches {
    struct arena *arena; /* borrowed; owns the pages */
    struct hive_patch **slots;
    size_t n_slots;
    size_t count;
};

/* Replaces the bytes of the bins from offset on; both are whole sectors. What was put there before
 * is replaced in turn. false when LIMIT_HIVE_LOG_BYTES would be passed. */
bool hive_patches_put(struct hive_patches *patches, uint32_t offset, const uint8_t *bytes,
                      size_t size);
/* Whether any of those sectors was replaced. */
bool hive_patches_touch(const struct hive_patches *patches, uint32_t offset, size_t size);
/* Puts what was replaced into bytes, which hold the size bytes of the bins from offset on; both
 * are whole sectors. The first *known of them are those of the file; more of them are afterwards
 * where the file ended and the logs go on. */
void hive_patches_apply(const struct hive_patches *patches, uint32_t offset, uint8_t *bytes,
                        size_t size, size_t *known);

#endif
