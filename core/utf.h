/* Single characters in and out of UTF-8, and the cleaning that makes evidence safe to show.
 *
 * Strict as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_UTF_H
#define WINVER6003_UTF_H

#include "arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF_REPLACEMENT 0xFFFDu
/* The longest UTF-8 form of one character. */
#define UTF8_MAX 4

/* Reads one character at bytes. Returns its length; 0 when the left bytes (possibly none) are the
 * beginning of a character that is cut off; -1 when no character begins like this. */
int utf8_take(const uint8_t *bytes, size_t left, uint32_t *character);
/* Writes character, or U+FFFD for one that does not exist, without a NUL. Returns the length. */
size_t utf8_put(char out[UTF8_MAX], uint32_t character);
/* Writes what UTF-16LE units say and a NUL, as much as fits into size; lone halves of a pair become
 * U+FFFD. Returns the length. */
size_t utf8_from_utf16le(const void *utf16, size_t bytes, char *text, size_t size);
/* length of text, shortened to at most limit bytes without splitting a character. */
size_t utf8_cut(const char *text, size_t length, size_t limit);

/* C0, DEL and C1 controls, and the marks that turn the direction of text around: what could make
 * a terminal or a window show something else than what is there. */
bool utf_is_control(uint32_t character);

/* A copy fit for display: invalid bytes become U+FFFD, each control character a space, blanks at
 * both ends go. */
char *utf8_clean(struct arena *arena, const char *text, size_t length);

#endif
