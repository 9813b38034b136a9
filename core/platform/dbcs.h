/* Double-byte code pages as the system knows them: iconv on POSIX, MultiByteToWideChar on Windows.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PLATFORM_DBCS_H
#define WINVER6003_PLATFORM_DBCS_H

#include <stddef.h>
#include <stdint.h>

struct dbcs;

/* 932 or 936. NULL when the system does not know the page. */
struct dbcs *dbcs_open(unsigned number);
/* NULL is allowed. */
void dbcs_close(struct dbcs *dbcs);
/* The character of 1 or 2 bytes; 0 when there is none. */
uint32_t dbcs_character(struct dbcs *dbcs, const uint8_t *bytes, size_t length);

#endif
