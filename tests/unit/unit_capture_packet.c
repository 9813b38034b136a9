/* Frames of each link type, and addresses as text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/capture_packet.h"

#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const uint8_t ip4[] = {0x45, 0, 0,   24, 0, 0, 0,   0,   64,  6,   0,   0,   192, 0,
                              2,    5, 192, 0,  2, 1, 'd', 'a', 't', 'a', 'p', 'a', 'd'};
static const uint8_t ip6[] = {0x60, 0, 0, 0, 0, 4, 6, 64, 0x20, 1,   0xD, 0xB8, 0,   0,   0,  0,
                              0,    0, 0, 0, 0, 0, 0, 5,  0,    0,   0,   0,    0,   0,   0,  0,
                              0,    0, 0, 0, 0, 0, 0, 0,  'd',  'a', 't', 'a',  'p', 'a', 'd'};

static void expect(unsigned link_type, const struct wire *frame, const char *sender,
                   const char *payload)
{
    struct capture_packet packet = capture_packet_of(link_type, frame->bytes, frame->length);
    char text[CAPTURE_ADDRESS_TEXT];

    assert_string_equal(capture_address_text(&packet.sender, text), sender);
    if (payload) {
        assert_int_equal(packet.length, strlen(payload));
        assert_memory_equal(packet.payload, payload, packet.length);
    }
}

static struct wire frame_of(const void *before, size_t n_before, const void *ip, size_t n_ip)
{
    struct wire wire = {0};

    wire_add(&wire, before, n_before);
    wire_add(&wire, ip, n_ip);
    return wire;
}

#define FRAME(before, ip) frame_of(before, sizeof(before) - 1, ip, sizeof(ip))
#define MACS              "macsmacsmacs"

static void links(void **state)
{
    static const struct {
        unsigned type;
        const char *before;
        size_t n_before;
    } kinds[] = {
        {1, MACS "\x08\0", 14},
        {1, MACS "\x81\0\0\1\x08\0", 18},
        {1, MACS "\x88\xA8\0\1\x81\0\0\1\x08\0", 22},
        {1, MACS "\x88\x64\x11\0\0\1\0\x16\0\x21", 22},
        {113, "\0\0\0\1\0\6address \x08\0", 16},
        {276, "\x08\0\0\0\0\0\0\1\0\1\0\6address ", 20},
        {0, "\2\0\0\0", 4},
        {108, "\0\0\0\2", 4},
        {101, "", 0},
        {12, "", 0},
        {14, "", 0},
        {228, "", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct wire frame = frame_of(kinds[i].before, kinds[i].n_before, ip4, sizeof(ip4));

        /* What the network card added to a short frame is no part of it. */
        expect(kinds[i].type, &frame, "192.0.2.5", "data");
    }
}

static void ip_version_6(void **state)
{
    struct wire frame = FRAME(MACS "\x86\xDD", ip6);

    (void)state;
    expect(1, &frame, "2001:db8::5", "data");
    frame = FRAME("\x1E\0\0\0", ip6);
    expect(0, &frame, "2001:db8::5", "data");
}

/* What is no IP is payload of nobody. */
static void nobody(void **state)
{
    struct wire frame = FRAME(MACS "\x08\x06", ip4);

    (void)state;
    expect(1, &frame, "", NULL);
    expect(999, &frame, "", NULL);
    frame = FRAME(MACS "\x81\0\0\1\x81\0\0\1\x81\0\0\1\x81\0\0\1\x81\0\0\1\x08\0", ip4);
    expect(1, &frame, "", NULL);
    frame = FRAME("", "\x10 no version of IP");
    expect(101, &frame, "", NULL);
    frame = (struct wire){0};
    expect(1, &frame, "", "");
    expect(101, &frame, "", "");
    for (size_t n = 0; n < 20; n++) {
        frame = frame_of("", 0, ip4, n);
        expect(101, &frame, "", NULL);
    }
    /* A header shorter than can be. */
    frame = frame_of("", 0, ip4, sizeof(ip4));
    frame.bytes[0] = 0x44;
    expect(101, &frame, "", NULL);
}

static void lengths(void **state)
{
    struct wire frame = frame_of("", 0, ip4, sizeof(ip4));

    (void)state;
    frame.bytes[3] = 0; /* left to the network card */
    expect(101, &frame, "192.0.2.5", "datapad");
    frame.bytes[2] = 0xFF;
    expect(101, &frame, "192.0.2.5", "datapad");
    frame.bytes[0] = 0x46; /* options */
    expect(101, &frame, "192.0.2.5", "pad");
}

static void addresses(void **state)
{
    static const struct {
        uint8_t bytes[16];
        const char *text;
    } known[] = {
        {{0}, "::"},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, "::1"},
        {{0xFE, 0x80}, "fe80::"},
        {{0x20, 1, 0xD, 0xB8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1}, "2001:db8:0:1::1"},
        {{0x20, 1, 0xD, 0xB8, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1}, "2001:db8:1:0:1:1:1:1"},
        {{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
          0xFF},
         "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    };
    char text[CAPTURE_ADDRESS_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        struct capture_address address = {.length = 16};

        memcpy(address.bytes, known[i].bytes, 16);
        assert_string_equal(capture_address_text(&address, text), known[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links),   cmocka_unit_test(ip_version_6), cmocka_unit_test(nobody),
        cmocka_unit_test(lengths), cmocka_unit_test(addresses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
