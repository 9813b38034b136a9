/* What a file seems to be, in words for a person who gave the wrong one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_LOOKS_LIKE_H
#define WINVER6003_LOOKS_LIKE_H

#include "input.h"

/* "a PNG picture", "only zero bytes", "text"...; a constant, never NULL. By the head alone. */
const char *looks_like(const struct input *input);

#endif
