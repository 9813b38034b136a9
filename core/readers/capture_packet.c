/* Who sent a packet, and what is in it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "capture_packet.h"

#include <stdio.h>
#include <string.h>

enum {
    LINK_NULL = 0,
    LINK_ETHERNET = 1,
    LINK_RAW_OLD = 12,
    LINK_RAW_BSD = 14,
    LINK_RAW = 101,
    LINK_LOOP = 108,
    LINK_LINUX_COOKED = 113,
    LINK_IPV4 = 228,
    LINK_IPV6 = 229,
    LINK_LINUX_COOKED2 = 276,
};

enum {
    TYPE_IPV4 = 0x0800,
    TYPE_VLAN = 0x8100,
    TYPE_IPV6 = 0x86DD,
    TYPE_PPPOE = 0x8864,
    TYPE_QINQ = 0x88A8,
    TYPE_QINQ_OLD = 0x9100,
};

/* Tags inside tags: two are standard. */
#define TAGS_MOST 4

static unsigned u16_at(const uint8_t *bytes, size_t length, size_t at)
{
    return at + 2 <= length ? (unsigned)bytes[at] << 8 | bytes[at + 1] : 0;
}

/* Where IP begins in an Ethernet frame whose type is at at; length when it is something else. */
static size_t behind_type(const uint8_t *frame, size_t length, size_t at)
{
    unsigned type = u16_at(frame, length, at);

    for (unsigned tags = 0;
         tags < TAGS_MOST && (type == TYPE_VLAN || type == TYPE_QINQ || type == TYPE_QINQ_OLD);
         tags++) {
        at += 4;
        type = u16_at(frame, length, at);
    }
    if (type == TYPE_PPPOE)
        at += 8;
    else if (type != TYPE_IPV4 && type != TYPE_IPV6)
        return length;
    return at + 2 < length ? at + 2 : length;
}

/* Where IP begins; length when it does not. */
static size_t ip_offset(unsigned link_type, const uint8_t *frame, size_t length)
{
    size_t at;

    switch (link_type) {
    case LINK_ETHERNET:
        return behind_type(frame, length, 12);
    case LINK_LINUX_COOKED:
        return behind_type(frame, length, 14);
    case LINK_LINUX_COOKED2:
        at = 20;
        return behind_type(frame, length, 0) < length && at < length ? at : length;
    case LINK_NULL:
    case LINK_LOOP:
        at = 4; /* an address family, whose numbers differ by system */
        return at < length ? at : length;
    case LINK_RAW:
    case LINK_RAW_OLD:
    case LINK_RAW_BSD:
    case LINK_IPV4:
    case LINK_IPV6:
        return 0;
    default:
        return length;
    }
}

static struct capture_packet of_nobody(const uint8_t *frame, size_t length)
{
    return (struct capture_packet){.payload = frame, .length = length};
}

static struct capture_packet ip_packet(const uint8_t *ip, size_t length)
{
    struct capture_packet packet = of_nobody(ip, length);
    unsigned version = length ? ip[0] >> 4 : 0;
    size_t header = version == 4 ? (size_t)(ip[0] & 15) * 4 : 40, total;

    if ((version != 4 && version != 6) || header < 20 || length < header)
        return packet;
    total = version == 4 ? u16_at(ip, length, 2) : u16_at(ip, length, 4) + header;
    /* Zero where the network card was left to cut a large piece up. */
    if (total >= header && total < length)
        length = total;
    packet.sender.length = version == 4 ? 4 : 16;
    memcpy(packet.sender.bytes, ip + (version == 4 ? 12 : 8), packet.sender.length);
    packet.payload = ip + header;
    packet.length = length - header;
    return packet;
}

struct capture_packet capture_packet_of(unsigned link_type, const uint8_t *frame, size_t length)
{
    size_t at = ip_offset(link_type, frame, length);

    return at < length ? ip_packet(frame + at, length - at) : of_nobody(frame, length);
}

/* The longest run of two or more zero groups; 8 when there is none. */
static unsigned zero_run(const unsigned groups[8], unsigned *n_run)
{
    unsigned best = 8;

    *n_run = 1;
    for (unsigned at = 0; at < 8; at++) {
        unsigned n = 0;

        while (at + n < 8 && groups[at + n] == 0)
            n++;
        if (n > *n_run) {
            *n_run = n;
            best = at;
        }
    }
    return best;
}

char *capture_address_text(const struct capture_address *address, char text[CAPTURE_ADDRESS_TEXT])
{
    const uint8_t *b = address->bytes;
    unsigned groups[8], run, n_run;
    size_t length = 0;

    text[0] = '\0';
    if (address->length == 4)
        snprintf(text, CAPTURE_ADDRESS_TEXT, "%u.%u.%u.%u", b[0], b[1], b[2], b[3]);
    if (address->length != 16)
        return text;
    for (unsigned i = 0; i < 8; i++)
        groups[i] = (unsigned)b[2 * i] << 8 | b[2 * i + 1];
    run = zero_run(groups, &n_run);
    for (unsigned i = 0; i < 8; i++) {
        if (i == run) {
            length += (size_t)snprintf(text + length, CAPTURE_ADDRESS_TEXT - length, "::");
            i += n_run - 1;
        } else {
            length += (size_t)snprintf(text + length, CAPTURE_ADDRESS_TEXT - length, "%s%x",
                                       i > 0 && text[length - 1] != ':' ? ":" : "", groups[i]);
        }
    }
    return text;
}
