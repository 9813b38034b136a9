/* The clock on Windows: asked without the C library, whose time() may be of 32 bits.
 *
 * SPDX-License-Identifier: MIT
 */
#include "clock.h"

#include <windows.h>

day_t clock_today(void)
{
    SYSTEMTIME now;

    GetSystemTime(&now);
    return day_from_ymd(now.wYear, now.wMonth, now.wDay);
}
