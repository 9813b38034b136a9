/* Adding up what came out for several machines.
 *
 * SPDX-License-Identifier: MIT
 */
#include "tally.h"

#include <assert.h>

void tally_add(struct report_tally *tally, int code, unsigned long machines)
{
    static const unsigned char rank[] = {[0] = 0, [4] = 1, [3] = 2, [1] = 3, [2] = 4};

    assert(code >= 0 && code <= 4);
    if (machines == 0)
        return;
    if (tally->machines == 0 || rank[code] > rank[tally->exit_code])
        tally->exit_code = code;
    tally->machines += machines;
    tally->codes[code] += machines;
}
