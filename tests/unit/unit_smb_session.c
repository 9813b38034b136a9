/* SMB's session setup: the answer of a server, and what is none.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/smb_session.h"

#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define OS      "Windows Server (R) 2008 Standard 6003 Service Pack 2"
#define MANAGER "Windows Server (R) 2008 Standard 6.0"

static void answers(void **state)
{
    struct smb_session session;

    (void)state;
    for (size_t blob = 0; blob < 4; blob++) {
        struct wire wire = {0};

        wire_zeros(&wire, 57);
        wire_session(&wire, blob, OS, MANAGER);
        assert_true(smb_session_find(wire.bytes, wire.length, &session));
        assert_string_equal(session.os, OS);
        assert_string_equal(session.manager, MANAGER);
    }
}

/* Without extended security and in ASCII, as Windows NT 4 did. */
static void plain(void **state)
{
    struct wire wire = {0};
    struct smb_session session;

    (void)state;
    wire_add(&wire, "\xFFSMB\x73", 5);
    wire_zeros(&wire, 4);
    wire_number(&wire, 0x80, 1);
    wire_zeros(&wire, 22);
    wire_number(&wire, 3, 1);
    wire_zeros(&wire, 8);
    wire_add(&wire, "Windows NT 4.0\0NT LAN Manager 4.0", 34);
    assert_true(smb_session_find(wire.bytes, wire.length, &session));
    assert_string_equal(session.os, "Windows NT 4.0");
    assert_string_equal(session.manager, "NT LAN Manager 4.0");
}

static void others(void **state)
{
    struct wire wire = {0};
    struct smb_session session;

    (void)state;
    wire_session(&wire, 8, OS, MANAGER);
    wire.bytes[9] = 0; /* a request */
    assert_false(smb_session_find(wire.bytes, wire.length, &session));
    wire.bytes[9] = 0x88;
    wire.bytes[4] = 0x72; /* negotiate */
    assert_false(smb_session_find(wire.bytes, wire.length, &session));
    wire.bytes[4] = 0x73;
    wire.bytes[32] = 0; /* an error has no words */
    assert_false(smb_session_find(wire.bytes, wire.length, &session));
    wire = (struct wire){0};
    wire_session(&wire, 8, "", MANAGER);
    assert_false(smb_session_find(wire.bytes, wire.length, &session));
}

static void cut_anywhere(void **state)
{
    struct wire wire = {0};
    struct smb_session session;

    (void)state;
    wire_session(&wire, 5, OS, MANAGER);
    for (size_t length = 0; length < wire.length; length++) {
        uint8_t *exact = malloc(length ? length : 1);

        assert_non_null(exact);
        memcpy(exact, wire.bytes, length);
        if (smb_session_find(exact, length, &session))
            assert_int_equal(strncmp(OS, session.os, strlen(session.os)), 0);
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers),
        cmocka_unit_test(plain),
        cmocka_unit_test(others),
        cmocka_unit_test(cut_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
