/* Who sent a packet, and what is in it: from the frame of a link layer to the payload of IP.
 *
 * Link types are those of the pcap registry (IETF draft-ietf-opsawg-pcaplinktype). TCP and UDP
 * headers stay in the payload: what is looked for has signatures of its own.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_CAPTURE_PACKET_H
#define WINVER6003_CAPTURE_PACKET_H

#include <stddef.h>
#include <stdint.h>

/* "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" and a NUL */
#define CAPTURE_ADDRESS_TEXT 40

struct capture_address {
    uint8_t bytes[16];
    unsigned length; /* 4 or 16; 0 when the sender is not known */
};

struct capture_packet {
    struct capture_address sender;
    const uint8_t *payload; /* borrowed from the frame */
    size_t length;
};

/* A frame of a link type that is not known is all payload, of nobody. */
struct capture_packet capture_packet_of(unsigned link_type, const uint8_t *frame, size_t length);
/* "" for nobody; returns text. IPv6 as RFC 5952 writes it. */
char *capture_address_text(const struct capture_address *address, char text[CAPTURE_ADDRESS_TEXT]);

#endif
