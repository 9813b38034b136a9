/* Memory that belongs to one machine and is released at once.
 *
 * Facts of one machine live and die together, so they share an arena: nobody frees a single fact
 * and nothing leaks on an error path. Lack of memory is our own fault, never evidence: the
 * functions here do not return NULL, they end the process with exit code 70.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_ARENA_H
#define WINVER6003_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h> /* __MINGW_PRINTF_FORMAT */

#if defined(__MINGW32__)
#define PRINTF_LIKE(text, first) __attribute__((format(__MINGW_PRINTF_FORMAT, text, first)))
#else
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#endif

struct arena;

struct arena *arena_new(void);
/* NULL is allowed. */
void arena_free(struct arena *arena);
/* Forgets all content and keeps one block, for the next machine of a batch. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any object. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
/* Copies length bytes and adds a NUL. */
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* Outside arenas: never NULL, exit code 70 when there is no memory. Release with free(). */
void *memory_alloc(size_t size);
void *memory_realloc(void *old, size_t size);

#endif
