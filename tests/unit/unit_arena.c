/* Arena and string buffer: aligned, zeroed, growing, and reusable.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/arena.h"
#include "core/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void memory_is_zeroed_and_aligned(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (size_t size = 1; size < 40000; size = size * 3 + 1) {
            unsigned char *bytes = arena_alloc(arena, size);

            assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(bytes[i], 0);
            memset(bytes, 0xa5, size);
        }
        arena_reset(arena);
    }
    arena_free(arena);
    arena_free(NULL);
}

static void text_is_copied(void **state)
{
    struct arena *arena = arena_new();
    char text[] = "build 6003";
    char *copy = arena_strdup(arena, text);
    char *part = arena_strndup(arena, text, 5);
    char *made = arena_printf(arena, "%s+%d", text, 1);

    (void)state;
    text[0] = 'X';
    assert_string_equal(copy, "build 6003");
    assert_string_equal(part, "build");
    assert_string_equal(made, "build 6003+1");
    arena_free(arena);
}

/* A formatted text that ends before, at and behind the end of a block. */
static void formats_at_the_end_of_a_block(void **state)
{
    (void)state;
    for (int before = 16000; before < 16500; before++) {
        struct arena *arena = arena_new();
        char *first = arena_alloc(arena, (size_t)before);
        char *made = arena_printf(arena, "%s %d", "some words that have a length", before);
        char *none = arena_printf(arena, "%s", "");
        char *last = arena_strdup(arena, "last");
        char expected[64];

        snprintf(expected, sizeof(expected), "some words that have a length %d", before);
        assert_string_equal(made, expected);
        assert_string_equal(none, "");
        assert_string_equal(last, "last");
        assert_int_equal(first[before - 1], 0);
        arena_free(arena);
    }
}

static void strings_grow(void **state)
{
    struct strbuf buf = STRBUF_EMPTY;

    (void)state;
    assert_string_equal(strbuf_text(&buf), "");
    for (int i = 0; i < 1000; i++)
        strbuf_addf(&buf, "%03d", i);
    assert_int_equal(buf.length, 3000);
    assert_memory_equal(buf.text + 2997, "999", 4);
    strbuf_clear(&buf);
    strbuf_addc(&buf, 'x');
    assert_string_equal(strbuf_text(&buf), "x");
    strbuf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(text_is_copied),
        cmocka_unit_test(formats_at_the_end_of_a_block),
        cmocka_unit_test(strings_grow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
