/* Tests of core/platform/digest_*.c: the examples of FIPS 180-4, in one and in many pieces.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/platform/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *text, const char *hex)
{
    struct digest *whole = digest_new();
    struct digest *pieces = digest_new();
    char got[DIGEST_TEXT_SIZE];

    assert_non_null(whole);
    assert_non_null(pieces);
    digest_add(whole, text, strlen(text));
    for (; *text; text++)
        digest_add(pieces, text, 1);
    assert_string_equal(digest_finish(whole, got), hex);
    assert_string_equal(digest_finish(pieces, got), hex);
}

static void examples(void **state)
{
    (void)state;
    expect("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
           "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
