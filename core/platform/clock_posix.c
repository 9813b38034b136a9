/* The clock on POSIX.
 *
 * SPDX-License-Identifier: MIT
 */
#include "clock.h"

#include <time.h>

day_t clock_today(void)
{
    return day_from_unix(time(NULL));
}
