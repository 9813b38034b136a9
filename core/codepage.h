/* The code pages that Windows consoles and editors of 2008 wrote, and which one a text is in.
 *
 * Single-byte pages are tables here, so that they mean the same on every system; the two large
 * double-byte ones are asked of the system (platform/dbcs.h). Bytes below 0x80 are ASCII in all.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_CODEPAGE_H
#define WINVER6003_CODEPAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct codepage; /* opened; private */

/* The page of that number: 437, 850, 852, 866, 932, 936, 1252. NULL for others, and for 932 and
 * 936 where the system does not know them. */
struct codepage *codepage_open(unsigned number);
/* NULL is allowed. */
void codepage_close(struct codepage *page);
unsigned codepage_number(const struct codepage *page);
const char *codepage_name(const struct codepage *page); /* "CP866" */
bool codepage_is_double(const struct codepage *page);
/* Reads one character at bytes, left > 0 of them; U+FFFD where there is none. Returns its length:
 * 1 or 2, or 0 when the second byte is missing. */
size_t codepage_take(struct codepage *page, const uint8_t *bytes, size_t left, uint32_t *character);

/* The page in which the bytes make the most plausible text; never NULL. *plausible is false when
 * none of them does: then it is the most common one. Looks at a bounded sample. */
struct codepage *codepage_guess(const uint8_t *bytes, size_t n, bool *plausible);

#endif
