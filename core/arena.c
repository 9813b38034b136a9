/* Memory that belongs to one machine: a list of blocks, filled from the front.
 *
 * SPDX-License-Identifier: MIT
 */
#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A systeminfo leaves about 4 KiB of facts: one block serves a usual machine. */
#define BLOCK_BYTES 16384

struct block {
    struct block *next;
    size_t size;
    size_t used;
    max_align_t bytes[];
};

struct arena {
    struct block *blocks; /* the newest first; only that one is filled */
};

static void no_memory(void)
{
    fputs("winver6003: out of memory\n", stderr);
    exit(70);
}

void *memory_alloc(size_t size)
{
    void *memory = calloc(1, size ? size : 1);

    if (!memory)
        no_memory();
    return memory;
}

void *memory_realloc(void *old, size_t size)
{
    void *memory = realloc(old, size ? size : 1);

    if (!memory)
        no_memory();
    return memory;
}

static struct block *block_new(size_t size)
{
    struct block *block;

    if (size > SIZE_MAX - sizeof(*block))
        no_memory();
    block = malloc(sizeof(*block) + size);
    if (!block)
        no_memory();
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

struct arena *arena_new(void)
{
    struct arena *arena = memory_alloc(sizeof(*arena));

    arena->blocks = block_new(BLOCK_BYTES);
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    while (arena->blocks) {
        struct block *next = arena->blocks->next;

        free(arena->blocks);
        arena->blocks = next;
    }
    free(arena);
}

void arena_reset(struct arena *arena)
{
    struct block *kept = NULL;

    while (arena->blocks) {
        struct block *next = arena->blocks->next;

        if (!kept && arena->blocks->size == BLOCK_BYTES)
            kept = arena->blocks;
        else
            free(arena->blocks);
        arena->blocks = next;
    }
    if (!kept)
        kept = block_new(BLOCK_BYTES);
    kept->next = NULL;
    kept->used = 0;
    arena->blocks = kept;
}

static void *take(struct arena *arena, size_t size)
{
    const size_t align = sizeof(max_align_t);
    struct block *block = arena->blocks;
    void *memory;

    if (size > SIZE_MAX / 2)
        no_memory();
    size = (size + align - 1) / align * align;
    if (size > block->size - block->used) {
        block = block_new(size > BLOCK_BYTES ? size : BLOCK_BYTES);
        block->next = arena->blocks;
        arena->blocks = block;
    }
    memory = (unsigned char *)block->bytes + block->used;
    block->used += size;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *memory = take(arena, size);

    memset(memory, 0, size);
    return memory;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    char *copy = take(arena, length + 1);

    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    struct block *block = arena->blocks;
    char *here = (char *)block->bytes + block->used;
    size_t room = block->size - block->used;
    va_list args;
    int length;
    char *text;

    /* Into what is left of the block, where it mostly fits: printf is the slow part. */
    va_start(args, format);
    length = vsnprintf(room > 0 ? here : NULL, room, format, args);
    va_end(args);
    if (length < 0)
        length = 0;
    text = take(arena, (size_t)length + 1);
    if (text == here && length > 0)
        return text;
    text[0] = '\0';
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}
