/* The clock. Asked by the place that parses --as-of and by nothing else.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PLATFORM_CLOCK_H
#define WINVER6003_PLATFORM_CLOCK_H

#include "../day.h"

/* The day it is now in UTC. */
day_t clock_today(void);

#endif
