/* NTLMSSP messages: when a version counts, and what is damaged.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/ntlm.h"

#include "core/machine.h"
#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct ntlm_message found[4];
static unsigned n_found;

static void keep(void *data, const struct ntlm_message *message)
{
    (void)data;
    assert_true(n_found < 4);
    found[n_found++] = *message;
}

static void scan(const void *bytes, size_t length)
{
    n_found = 0;
    ntlm_scan(bytes, length, keep, NULL);
}

static void challenge(void **state)
{
    struct wire wire = {0};

    (void)state;
    wire_zeros(&wire, 7);
    wire_challenge(&wire, 6003, "SRV1");
    scan(wire.bytes, wire.length);
    assert_int_equal(n_found, 1);
    assert_int_equal(found[0].type, NTLM_CHALLENGE);
    assert_int_equal(found[0].version.major, 6);
    assert_int_equal(found[0].version.minor, 0);
    assert_int_equal(found[0].version.build, 6003);
    assert_int_equal(found[0].version.revision, VERSION_UNKNOWN);
    assert_string_equal(found[0].name, "SRV1");
    assert_string_equal(found[0].dns_name, "srv.example.com");
    assert_int_equal(found[0].seconds, 1557309607);
    assert_false(found[0].cut);
    assert_true(ntlm_has_challenge(wire.bytes, wire.length));
}

static void a_version_needs_its_flag_and_revision_15(void **state)
{
    struct wire wire = {0};
    struct ntlm_message message;

    (void)state;
    wire_challenge(&wire, 6003, "SRV1");
    wire.bytes[23] = 0; /* the flag */
    assert_true(ntlm_read(wire.bytes, wire.length, &message));
    assert_int_equal(message.version.build, VERSION_UNKNOWN);
    assert_string_equal(message.name, "SRV1");

    wire = (struct wire){0};
    wire_challenge(&wire, 6003, "SRV1");
    wire.bytes[55] = 10; /* Windows 2000's NTLM */
    assert_true(ntlm_read(wire.bytes, wire.length, &message));
    assert_int_equal(message.version.build, VERSION_UNKNOWN);
}

static void clients(void **state)
{
    struct wire wire = {0};
    struct ntlm_message message;

    (void)state;
    wire_add(&wire, "NTLMSSP", 8);
    wire_number(&wire, 1, 4);
    wire_number(&wire, WIRE_FLAGS_VERSION, 4);
    wire_zeros(&wire, 16);
    wire_version(&wire, 6, 0, 6002, 15);
    assert_true(ntlm_read(wire.bytes, wire.length, &message));
    assert_int_equal(message.type, NTLM_NEGOTIATE);
    assert_int_equal(message.version.build, 6002);

    wire = (struct wire){0};
    wire_add(&wire, "NTLMSSP", 8);
    wire_number(&wire, 3, 4);
    wire_zeros(&wire, 32);
    wire_number(&wire, 6, 2); /* workstation */
    wire_number(&wire, 6, 2);
    wire_number(&wire, 72, 4);
    wire_zeros(&wire, 8);
    wire_number(&wire, WIRE_FLAGS_VERSION | WIRE_FLAGS_UNICODE, 4);
    wire_version(&wire, 6, 0, 6003, 15);
    wire_utf16(&wire, "PC7");
    assert_true(ntlm_read(wire.bytes, wire.length, &message));
    assert_int_equal(message.type, NTLM_AUTHENTICATE);
    assert_int_equal(message.version.build, 6003);
    assert_string_equal(message.name, "PC7");
    assert_false(ntlm_has_challenge(wire.bytes, wire.length));
}

/* Wherever a message is cut: what is there is read, the rest is told. */
static void cut_anywhere(void **state)
{
    struct wire wire = {0};
    struct ntlm_message message;

    (void)state;
    wire_challenge(&wire, 6003, "SRV1");
    for (size_t length = 0; length < wire.length; length++) {
        uint8_t *exact = malloc(length ? length : 1);
        bool read;

        assert_non_null(exact);
        memcpy(exact, wire.bytes, length);
        read = ntlm_read(exact, length, &message);
        assert_int_equal(read, length >= 12);
        if (read) {
            assert_true(message.cut);
            assert_int_equal(message.version.build, length >= 56 ? 6003 : VERSION_UNKNOWN);
        }
        free(exact);
    }
}

static void refuses(void **state)
{
    struct wire wire = {0};
    struct ntlm_message message;

    (void)state;
    wire_challenge(&wire, 6003, "SRV1");
    wire.bytes[8] = 4; /* no such type */
    assert_false(ntlm_read(wire.bytes, wire.length, &message));
    wire.bytes[8] = 0;
    assert_false(ntlm_read(wire.bytes, wire.length, &message));
    scan("NTLMSSP is a text", 17);
    assert_int_equal(n_found, 0);
    scan("", 0);
    assert_int_equal(n_found, 0);
}

/* Pairs that lie about their length, or go in circles, end the pairs. */
static void odd_pairs(void **state)
{
    struct wire wire = {0};
    struct ntlm_message message;

    (void)state;
    wire_challenge(&wire, 6003, "SRV1");
    wire.bytes[58] = 0xFF; /* the first is longer than all */
    assert_true(ntlm_read(wire.bytes, wire.length, &message));
    assert_string_equal(message.name, "");
    assert_int_equal(message.version.build, 6003);

    wire.bytes[44] = 0xFF; /* they are elsewhere */
    wire.bytes[46] = 0xFF;
    assert_true(ntlm_read(wire.bytes, wire.length, &message));
    assert_true(message.cut);
    assert_int_equal(message.version.build, 6003);
}

static void base64(const struct wire *wire, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < wire->length; i += 3) {
        uint32_t three = 0;

        for (size_t k = 0; k < 3; k++)
            three = three << 8 | (i + k < wire->length ? wire->bytes[i + k] : 0);
        for (int k = 3; k >= 0; k--)
            *out++ = digits[three >> 6 * k & 63];
    }
    *out = '\0';
}

static void in_http(void **state)
{
    struct wire wire = {0};
    char text[1024];

    (void)state;
    wire_challenge(&wire, 6003, "SRV1");
    strcpy(text, "WWW-Authenticate: NTLM ");
    base64(&wire, text + strlen(text));
    strcat(text, "\r\n");
    scan(text, strlen(text));
    assert_int_equal(n_found, 1);
    assert_int_equal(found[0].version.build, 6003);
    assert_string_equal(found[0].name, "SRV1");

    /* In the envelope of SPNEGO, wherever it begins. */
    wire = (struct wire){0};
    wire_zeros(&wire, 31);
    wire_challenge(&wire, 6003, "SRV1");
    strcpy(text, "Proxy-Authenticate: Negotiate ");
    base64(&wire, text + strlen(text));
    scan(text, strlen(text));
    assert_int_equal(n_found, 1);

    scan("WWW-Authenticate: NTLM\r\nNTLM TlRM", 33);
    assert_int_equal(n_found, 0);
}

static void facts(void **state)
{
    struct machine *machine = machine_new("test");
    struct source source = {GRADE_NETWORK, WITNESS_NTLMSSP, machine_add_evidence(machine, "x"),
                            "here"};
    struct ntlm_message message = {
        .type = NTLM_CHALLENGE, .version = VERSION_NONE, .seconds = FACT_NO_NUMBER};

    (void)state;
    assert_false(ntlm_state(&machine->facts, &source, &message));
    /* Samba writes this. */
    message.version = (struct version){6, 1, 0, VERSION_UNKNOWN};
    assert_false(ntlm_state(&machine->facts, &source, &message));
    assert_int_equal(machine->facts.count, 0);
    message.version = (struct version){6, 0, 6003, VERSION_UNKNOWN};
    strcpy(message.name, "<b>\x1B[1mSRV</b>");
    message.seconds = 1557309607;
    assert_true(ntlm_state(&machine->facts, &source, &message));
    assert_int_equal(facts_best(&machine->facts, FIELD_BUILD)->number, 6003);
    assert_string_equal(facts_best(&machine->facts, FIELD_COMPUTER_NAME)->value, "<b> [1mSRV</b>");
    assert_string_equal(facts_best(&machine->facts, FIELD_EVIDENCE_DATE)->value,
                        "2019-05-08 10:00:07 UTC");
    machine_free(machine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(challenge), cmocka_unit_test(a_version_needs_its_flag_and_revision_15),
        cmocka_unit_test(clients),   cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(refuses),   cmocka_unit_test(odd_pairs),
        cmocka_unit_test(in_http),   cmocka_unit_test(facts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
