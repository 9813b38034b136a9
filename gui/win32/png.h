/* Pictures as PNG (W3C Portable Network Graphics, RFC 1950 and 1951), without a library.
 *
 * Eight bits a channel, no transparency, packed with what pays for pictures of dialogs: repeats.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PNG_H
#define WINVER6003_PNG_H

#include "core/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

/* A side of a picture has at most so many pixels: four screens of the largest kind side by side. */
#define PNG_SIDE 32768
/* And all of it: what a 32-bit program can pack in memory. */
#define PNG_PIXELS (64 * 1024 * 1024)

/* Adds the file to out. Pixels are 0x00RRGGBB from the top left; dots_per_inch tells programs how
 * large to show it, 0 for nothing said. false, with nothing added, when it is empty or too large.
 */
bool png_write(struct strbuf *out, const uint32_t *pixels, unsigned width, unsigned height,
               unsigned dots_per_inch);

#endif
