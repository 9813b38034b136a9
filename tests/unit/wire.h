/* Bytes as they travel: NTLMSSP messages, SMB answers, packets and captures, made for tests.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEST_WIRE_H
#define WINVER6003_TEST_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct wire {
    uint8_t bytes[64 * 1024];
    size_t length;
    bool big; /* order of the numbers that follow */
};

static inline void wire_add(struct wire *wire, const void *bytes, size_t length)
{
    if (length > sizeof(wire->bytes) - wire->length)
        abort();
    memcpy(wire->bytes + wire->length, bytes, length);
    wire->length += length;
}

static inline void wire_number(struct wire *wire, uint64_t number, unsigned size)
{
    for (unsigned i = 0; i < size; i++) {
        uint8_t byte = (uint8_t)(number >> 8 * (wire->big ? size - 1 - i : i));

        wire_add(wire, &byte, 1);
    }
}

static inline void wire_zeros(struct wire *wire, size_t length)
{
    while (length--)
        wire_number(wire, 0, 1);
}

/* ASCII as UTF-16LE. */
static inline void wire_utf16(struct wire *wire, const char *text)
{
    for (; *text; text++)
        wire_number(wire, (uint8_t)*text, 2);
}

static inline void wire_pair(struct wire *wire, unsigned id, const char *text)
{
    wire_number(wire, id, 2);
    wire_number(wire, strlen(text) * 2, 2);
    wire_utf16(wire, text);
}

#define WIRE_FLAGS_VERSION 0x02000000u
#define WIRE_FLAGS_UNICODE 0x00000001u

/* The version block: NTLM revision 15 where it is a real one. */
static inline void wire_version(struct wire *wire, unsigned major, unsigned minor, unsigned build,
                                unsigned ntlm)
{
    wire_number(wire, major, 1);
    wire_number(wire, minor, 1);
    wire_number(wire, build, 2);
    wire_zeros(wire, 3);
    wire_number(wire, ntlm, 1);
}

/* A challenge of 6.0.build, whose clock stands at 2019-05-08 10:00:07. */
static inline void wire_challenge(struct wire *wire, unsigned build, const char *name)
{
    size_t names = 4 + strlen(name) * 2 + 4 + strlen("srv.example.com") * 2;

    wire_add(wire, "NTLMSSP", 8);
    wire_number(wire, 2, 4);
    wire_zeros(wire, 8); /* target name */
    wire_number(wire, WIRE_FLAGS_VERSION | WIRE_FLAGS_UNICODE, 4);
    wire_zeros(wire, 16); /* challenge, reserved */
    wire_number(wire, names + 12 + 4, 2);
    wire_number(wire, names + 12 + 4, 2);
    wire_number(wire, 56, 4);
    wire_version(wire, 6, 0, build, 15);
    wire_pair(wire, 1, name);
    wire_pair(wire, 3, "srv.example.com");
    wire_number(wire, 7, 2);
    wire_number(wire, 8, 2);
    wire_number(wire, (UINT64_C(1557309607) + UINT64_C(11644473600)) * 10000000, 8);
    wire_zeros(wire, 4); /* end of pairs */
}

/* SMB 1's answer to a session setup with extended security and a blob of n bytes. */
static inline void wire_session(struct wire *wire, size_t blob, const char *os, const char *manager)
{
    size_t start = wire->length;

    wire_add(wire, "\xFFSMB\x73", 5);
    wire_zeros(wire, 4);
    wire_number(wire, 0x88, 1);   /* reply */
    wire_number(wire, 0xC807, 2); /* Unicode */
    wire_zeros(wire, 20);
    wire_number(wire, 4, 1);
    wire_number(wire, 0xFF, 1);
    wire_zeros(wire, 5);
    wire_number(wire, blob, 2);
    wire_number(wire, blob + 2 * (strlen(os) + strlen(manager) + 2), 2);
    wire_zeros(wire, blob);
    if ((wire->length - start) % 2)
        wire_zeros(wire, 1);
    wire_utf16(wire, os);
    wire_zeros(wire, 2);
    wire_utf16(wire, manager);
    wire_zeros(wire, 2);
}

/* An Ethernet frame with IPv4 and TCP around it, from 192.0.2.sender. */
static inline void wire_frame(struct wire *wire, unsigned sender, const struct wire *payload)
{
    static const uint8_t from[] = {192, 0, 2}, to[] = {192, 0, 2, 1};
    bool big = wire->big;

    wire->big = true;
    wire_zeros(wire, 12);
    wire_number(wire, 0x0800, 2);
    wire_number(wire, 0x4500, 2);
    wire_number(wire, 40 + payload->length, 2);
    wire_zeros(wire, 4);
    wire_number(wire, 0x4006, 2);
    wire_zeros(wire, 2);
    wire_add(wire, from, 3);
    wire_number(wire, sender, 1);
    wire_add(wire, to, 4);
    wire_zeros(wire, 12);
    wire_number(wire, 0x5018, 2);
    wire_zeros(wire, 6);
    wire_add(wire, payload->bytes, payload->length);
    wire->big = big;
}

#define WIRE_MICRO 0xA1B2C3D4u
#define WIRE_NANO  0xA1B23C4Du

static inline void wire_pcap(struct wire *wire, uint32_t magic, unsigned link_type)
{
    wire_number(wire, magic, 4);
    wire_number(wire, 2, 2);
    wire_number(wire, 4, 2);
    wire_zeros(wire, 8);
    wire_number(wire, 262144, 4);
    wire_number(wire, link_type, 4);
}

/* A frame, taken at 2019-05-08 10:00:00. */
static inline void wire_record(struct wire *wire, const struct wire *frame)
{
    wire_number(wire, 1557309600, 4);
    wire_number(wire, 0, 4);
    wire_number(wire, frame->length, 4);
    wire_number(wire, frame->length, 4);
    wire_add(wire, frame->bytes, frame->length);
}

/* A block of pcapng, whose body is padded. */
static inline void wire_block(struct wire *wire, uint32_t type, const struct wire *body)
{
    size_t padding = (4 - body->length % 4) % 4;

    wire_number(wire, type, 4);
    wire_number(wire, 12 + body->length + padding, 4);
    wire_add(wire, body->bytes, body->length);
    wire_zeros(wire, padding);
    wire_number(wire, 12 + body->length + padding, 4);
}

#endif
