/* Tests of core/looks_like.c.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/limits.h"
#include "core/looks_like.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *bytes, size_t size, const char *what)
{
    struct input input;

    input_from_memory(&input, "test", bytes, size);
    assert_string_equal(looks_like(&input), what);
}

#define EXPECT(bytes, what) expect(bytes, sizeof(bytes) - 1, what)

static void binary(void **state)
{
    static char tar[512];

    (void)state;
    EXPECT("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "a PNG picture");
    EXPECT("\x89PNG\0\1\2\3", "data of an unknown kind");
    EXPECT("\xFF\xD8\xFF\xE0\0\x10JFIF", "a JPEG picture");
    EXPECT("PK\3\4\x14\0\0\0", "a ZIP archive");
    EXPECT("regf\1\0\0\0", "a registry hive");
    EXPECT("MZ\x90\0\3\0\0\0", "a Windows program");
    EXPECT("MSWIM\0\0\0\xD0\0\0\0", "a Windows image (WIM)");
    EXPECT("MSCF\0\0\0\0", "a cabinet file (CAB, MSU)");
    EXPECT("\xD4\xC3\xB2\xA1\2\0\4\0", "a network capture (pcap)");
    EXPECT("\xFD"
           "7zXZ\0\0\4",
           "an xz file");
    EXPECT("\1\2\3\4\5\6", "data of an unknown kind");
    memcpy(tar, "Windows/System32", 16);
    memcpy(tar + 257, "ustar", 5);
    expect(tar, sizeof(tar), "a tar archive");
}

static void zeros(void **state)
{
    char *bytes = calloc(1, LIMIT_HEAD_BYTES + 1);

    (void)state;
    EXPECT("", "an empty file");
    expect(bytes, 1, "only zero bytes");
    expect(bytes, LIMIT_HEAD_BYTES, "only zero bytes");
    expect(bytes, LIMIT_HEAD_BYTES + 1, "zero bytes from the beginning on");
    free(bytes);
}

static void text(void **state)
{
    (void)state;
    EXPECT("Dear all,\nplease reboot.\n", "text");
    EXPECT("\n\n  <?xml version=\"1.0\"?>", "XML");
    EXPECT("\xFF\xFE<\0?\0x\0m\0l\0", "XML");
    EXPECT("<!DOCTYPE HTML>", "a web page");
    EXPECT("{\"a\": 1}", "JSON");
    EXPECT("#!/bin/sh\n", "a script");
    EXPECT("Windows Registry Editor Version 5.00\r\n", "a registry export");
    EXPECT("REGEDIT4\r\n", "a registry export");
    EXPECT("   \n \n", "text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binary),
        cmocka_unit_test(zeros),
        cmocka_unit_test(text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
