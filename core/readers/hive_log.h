/* Transaction logs of a hive: what a machine had not yet written into the hive itself.
 *
 * Before Windows writes a hive it writes what will change into a log beside it; a hive whose write
 * did not end is repaired from there when it is loaded. The same is done here, in memory only.
 * Both forms are known: one set of sectors with a dirty vector (NT 3.1 to 8, Server 2008 among
 * them), and a chain of entries, each with its hash (8.1 and later).
 *
 * Layout after M. Suhanov, "Windows registry file format specification" (github.com/msuhanov/regf).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_HIVE_LOG_H
#define WINVER6003_HIVE_LOG_H

#include "../input.h"
#include "../machine.h"
#include "hive_base.h"
#include "hive_patches.h"

struct hive_replay {
    struct hive_base base;       /* of the hive after it */
    struct hive_patches patches; /* of the bins */
    const char *what;            /* "LOG1: 16 sectors", in patches.arena */
};

/* Replays what is beside input, a dirty hive that is held and whose base block is base, as far as
 * it goes. false when there is nothing to replay; logs that are of no use are told as problems of
 * machine (NULL: nowhere). Everything is in arena. */
bool hive_replay_logs(struct hive_replay *replay, struct input *input, const struct hive_base *base,
                      struct arena *arena, struct machine *machine, unsigned evidence);

/* The hash over log entries, Marvin32 with the seed that Windows uses for them; size is a multiple
 * of 4. */
uint64_t hive_log_hash(const uint8_t *bytes, size_t size);

#endif
