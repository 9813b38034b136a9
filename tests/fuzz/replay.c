/* Runs a fuzz target over the files of its corpus, without a fuzzer: whole, cut off at several
 * places, and with single bytes changed in a way that is the same each time.
 *
 * So every finding stays a test in every build, also where there is no clang.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

#include "core/arena.h"
#include "core/input.h"
#include "core/platform/folder.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pieces that a file is cut into, and how often a byte of it is changed. */
#define CUTS    32
#define CHANGES 64

/* A copy that ends where its memory ends: what reads beyond it is seen by a sanitizer. */
static void run(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = memory_alloc(size);

    memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void replay(const uint8_t *bytes, size_t size)
{
    uint8_t *changed = memory_alloc(size);
    uint32_t seed = 6003;

    run(bytes, size);
    for (size_t i = 0; i < CUTS && size; i++)
        run(bytes, size * i / CUTS);
    memcpy(changed, bytes, size);
    for (size_t i = 0; i < CHANGES && size; i++) {
        size_t at;

        seed = seed * 1664525 + 1013904223; /* the constants of Numerical Recipes */
        at = (seed >> 8) % size;
        changed[at] = (uint8_t)(seed >> 24);
        run(changed, size);
        if (i % 8 == 7) /* a few at once, then from the beginning */
            memcpy(changed, bytes, size);
    }
    free(changed);
}

static bool replay_file(const char *path)
{
    struct input input;
    char message[512];
    uint8_t *bytes = NULL;
    size_t size = 0;
    size_t got;

    if (input_open(&input, path, message, sizeof(message)) != INPUT_OK) {
        fprintf(stderr, "%s\n", message);
        return false;
    }
    do {
        bytes = memory_realloc(bytes, size + 65536);
        got = input_read(&input, bytes + size, 65536);
        size += got;
    } while (got);
    input_close(&input);
    replay(bytes, size);
    free(bytes);
    return true;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    unsigned files = 0;
    bool good = true;

    for (int i = 1; i < argc; i++) {
        struct folder *folder = folder_open(argv[i]);
        enum folder_kind kind;
        bool failed = true;
        const char *name;

        while (folder && (name = folder_next(folder, &kind, &failed)) != NULL) {
            if (kind != FOLDER_FILE)
                continue;
            files++;
            printf("%s/%s\n", argv[i], name);
            fflush(stdout); /* so that the last line names the file that ends us */
            good &= replay_file(arena_printf(arena, "%s/%s", argv[i], name));
        }
        if (folder)
            folder_close(folder);
        good &= !failed;
    }
    arena_free(arena);
    if (!files) {
        fprintf(stderr, "no corpus files\n");
        return 1;
    }
    return good ? 0 : 1;
}
