/* Network captures, pcap and pcapng: what the machines in them say of themselves, one machine a
 * sender.
 *
 * Formats: IETF draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng; both byte orders, both
 * resolutions of time. Packets are looked at one by one: what TCP splits is not put together.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../arena.h"
#include "../limits.h"
#include "capture_hosts.h"

#include <stdlib.h>
#include <string.h>

#define PCAP_MICRO    0xA1B2C3D4u
#define PCAP_NANO     0xA1B23C4Du
#define PCAP_MODIFIED 0xA1B2CD34u /* record headers have eight bytes more */

#define PCAP_HEADER 24

#define NG_SECTION           0x0A0D0D0Au
#define NG_INTERFACE         1u
#define NG_PACKET            2u /* obsolete */
#define NG_SIMPLE            3u
#define NG_ENHANCED          6u
#define NG_ORDER             0x1A2B3C4Du
#define NG_OPTION_RESOLUTION 9u

struct link {
    unsigned link_type;
    uint64_t ticks; /* of its clock, a second */
};

struct capture {
    struct input *input;
    struct machine_sink *sink;
    struct capture_hosts *hosts;
    bool big;                /* byte order of the section */
    unsigned long number;    /* of the packet at hand, from 1 */
    int64_t left;            /* of the limit */
    struct link *interfaces; /* of a pcapng section */
    unsigned n_interfaces;
    bool broken;
    uint8_t *record;
};

static uint32_t u32(const struct capture *capture, const uint8_t *b)
{
    return capture->big ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]
                        : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static unsigned u16(const struct capture *capture, const uint8_t *b)
{
    return capture->big ? (unsigned)b[0] << 8 | b[1] : (unsigned)b[1] << 8 | b[0];
}

static void break_off(struct capture *capture, const char *why)
{
    if (capture->broken)
        return;
    capture->broken = true;
    if (capture->input->error)
        why = capture->input->error;
    machine_sink_problem(capture->sink, "reading stopped behind packet %lu: %s", capture->number,
                         why);
}

/* size bytes; false, and told, when only some are there. Nothing more is no problem. */
static bool take(struct capture *capture, void *bytes, size_t size)
{
    size_t done = 0, got;

    if (capture->broken)
        return false;
    if (capture->left < (int64_t)size) {
        break_off(capture, "it is too long to be read to its end");
        return false;
    }
    while (done < size &&
           (got = input_read(capture->input, (uint8_t *)bytes + done, size - done)) > 0)
        done += got;
    capture->left -= (int64_t)done;
    if (done < size && (done > 0 || capture->input->error))
        break_off(capture, "the file ends inside a record");
    return done == size;
}

/* length bytes of a record into record, as many as it holds; the rest is passed over. Returns how
 * many it holds; false in *whole when the file ends before. */
static size_t take_record(struct capture *capture, size_t length, bool *whole)
{
    size_t kept = length < LIMIT_PACKET_BYTES ? length : LIMIT_PACKET_BYTES;
    uint8_t rest[4096];

    *whole = length <= LIMIT_PACKET_RECORD;
    if (!*whole)
        break_off(capture, "a record of impossible length");
    *whole = *whole && take(capture, capture->record, kept);
    for (size_t at = kept; *whole && at < length;) {
        size_t n = length - at < sizeof(rest) ? length - at : sizeof(rest);

        *whole = take(capture, rest, n);
        at += n;
    }
    if (!*whole)
        break_off(capture, "the file ends inside a record");
    return kept;
}

static void packet(struct capture *capture, unsigned link_type, const uint8_t *frame, size_t length,
                   int64_t seconds)
{
    struct capture_packet found = capture_packet_of(link_type, frame, length);

    capture->number++;
    capture_hosts_packet(capture->hosts, &found, capture->number, seconds);
}

/* pcap */

static bool is_pcap(const uint8_t *b, bool *big)
{
    static const uint32_t magics[] = {PCAP_MICRO, PCAP_NANO, PCAP_MODIFIED};
    struct capture order = {0};

    for (int i = 0; i < 2; i++) {
        order.big = i == 1;
        for (size_t m = 0; m < sizeof(magics) / sizeof(magics[0]); m++)
            if (u32(&order, b) == magics[m]) {
                *big = order.big;
                return true;
            }
    }
    return false;
}

static void read_pcap(struct capture *capture)
{
    uint8_t head[PCAP_HEADER], record[24];
    size_t n_record = 16, kept;
    unsigned link_type;
    bool whole = true;

    if (!take(capture, head, sizeof(head)))
        return;
    is_pcap(head, &capture->big);
    if (u32(capture, head) == PCAP_MODIFIED)
        n_record = 24;
    /* The upper half says how much of a checksum each frame has. */
    link_type = u32(capture, head + 20) & 0xFFFF;
    while (whole && take(capture, record, n_record)) {
        kept = take_record(capture, u32(capture, record + 8), &whole);
        if (whole)
            packet(capture, link_type, capture->record, kept, u32(capture, record));
    }
}

/* pcapng */

/* if_tsresol of an interface: a negative power of ten, or of two with the upper bit. */
static uint64_t ticks_of(const struct capture *capture, const uint8_t *options, size_t length)
{
    size_t at = 0;

    while (at + 4 <= length) {
        unsigned code = u16(capture, options + at), size = u16(capture, options + at + 2);
        uint64_t ticks = 1;

        at += 4;
        if (code == 0 || size > length - at)
            break;
        if (code == NG_OPTION_RESOLUTION && size == 1) {
            unsigned power = options[at] & 0x7F;

            if (options[at] & 0x80)
                return power < 64 ? UINT64_C(1) << power : 0;
            while (power-- > 0 && ticks > 0)
                ticks = ticks <= UINT64_MAX / 10 ? ticks * 10 : 0;
            return ticks;
        }
        at += (size + 3) / 4 * 4;
    }
    return 1000000;
}

static void take_interface(struct capture *capture, const uint8_t *body, size_t length)
{
    if (length < 8 || capture->n_interfaces == LIMIT_CAPTURE_INTERFACES)
        return;
    capture->interfaces[capture->n_interfaces++] = (struct link){
        .link_type = u16(capture, body),
        .ticks = ticks_of(capture, body + 8, length - 8),
    };
}

/* One packet of an interface; those of interfaces that are not described are of nobody. */
static void take_packet(struct capture *capture, unsigned link, const uint8_t *times,
                        const uint8_t *frame, size_t length)
{
    struct link of = {.link_type = UINT32_MAX};
    uint64_t time = 0;

    if (link < capture->n_interfaces)
        of = capture->interfaces[link];
    if (times && of.ticks > 0)
        time = ((uint64_t)u32(capture, times) << 32 | u32(capture, times + 4)) / of.ticks;
    packet(capture, of.link_type, frame, length, (int64_t)(time > INT32_MAX * 4LL ? 0 : time));
}

static void take_block(struct capture *capture, uint32_t type, const uint8_t *body, size_t length)
{
    size_t n;

    switch (type) {
    case NG_INTERFACE:
        take_interface(capture, body, length);
        break;
    case NG_ENHANCED:
    case NG_PACKET:
        if (length < 20)
            break;
        n = u32(capture, body + 12);
        take_packet(capture, type == NG_PACKET ? u16(capture, body) : u32(capture, body), body + 4,
                    body + 20, n < length - 20 ? n : length - 20);
        break;
    case NG_SIMPLE:
        if (length < 4)
            break;
        n = u32(capture, body);
        take_packet(capture, 0, NULL, body + 4, n < length - 4 ? n : length - 4);
        break;
    default:
        break;
    }
}

/* A section says its byte order behind the length that needs it. */
static bool take_section(struct capture *capture, const uint8_t head[8], size_t *n_body)
{
    uint8_t order[4];

    if (!take(capture, order, sizeof(order)))
        return false;
    capture->big = false;
    if (u32(capture, order) != NG_ORDER)
        capture->big = true;
    capture->n_interfaces = 0;
    *n_body = u32(capture, head + 4);
    if (u32(capture, order) == NG_ORDER && *n_body >= 16)
        return true;
    break_off(capture, "a section without a byte order");
    return false;
}

static void read_pcapng(struct capture *capture)
{
    uint8_t head[8];
    bool whole = true;

    while (whole && take(capture, head, sizeof(head))) {
        size_t length, taken = sizeof(head), kept;
        uint32_t type = u32(capture, head);

        if (type == NG_SECTION) {
            if (!take_section(capture, head, &length))
                return;
            taken += 4;
        } else {
            length = u32(capture, head + 4);
        }
        if (length < taken + 4 || length % 4 != 0) {
            break_off(capture, "a block of impossible length");
            return;
        }
        kept = take_record(capture, length - taken, &whole);
        /* Without the length again, which stands at its end. */
        if (whole && type != NG_SECTION)
            take_block(capture, type, capture->record, kept < length - taken ? kept : kept - 4);
    }
}

static bool is_pcapng(const uint8_t *b, size_t length)
{
    static const uint8_t little[] = {0x4D, 0x3C, 0x2B, 0x1A}, big[] = {0x1A, 0x2B, 0x3C, 0x4D};

    return length >= 12 && memcmp(b, "\x0A\x0D\x0D\x0A", 4) == 0 &&
           (memcmp(b + 8, little, 4) == 0 || memcmp(b + 8, big, 4) == 0);
}

static bool probe(const struct input *input)
{
    bool big;

    return is_pcapng(input->head, input->n_head) ||
           (input->n_head >= PCAP_HEADER && is_pcap(input->head, &big));
}

static void read_each(struct input *input, struct machine_sink *sink)
{
    struct capture capture = {
        .input = input,
        .sink = sink,
        .hosts = capture_hosts_new(),
        .left = LIMIT_CAPTURE_BYTES,
        .interfaces = memory_alloc(LIMIT_CAPTURE_INTERFACES * sizeof(struct link)),
        .record = memory_alloc(LIMIT_PACKET_BYTES),
    };

    if (is_pcapng(input->head, input->n_head))
        read_pcapng(&capture);
    else
        read_pcap(&capture);
    capture_hosts_deliver(capture.hosts, sink);
    capture_hosts_free(capture.hosts);
    free(capture.interfaces);
    free(capture.record);
}

const struct reader reader_capture = {
    .id = "capture",
    .title = "network capture (pcap, pcapng)",
    .probe = probe,
    .read_each = read_each,
};
