/* Captures in their formats and byte orders: one machine a sender, and damage.
 *
 * SPDX-License-Identifier: MIT
 */
#include "scanned.h"
#include "wire.h"

#include "core/limits.h"

#define OS "Windows Server (R) 2008 Standard 6003 Service Pack 2"

static struct wire frame_from(unsigned sender, unsigned build, const char *name)
{
    struct wire payload = {0}, frame = {0};

    wire_challenge(&payload, build, name);
    wire_frame(&frame, sender, &payload);
    return frame;
}

static struct wire capture_of_two(uint32_t magic, bool big)
{
    struct wire wire = {.big = big};
    struct wire frame = frame_from(5, 6003, "SRV1");

    wire_pcap(&wire, magic, 1);
    wire_record(&wire, &frame);
    frame = frame_from(6, 6002, "SRV2");
    wire_record(&wire, &frame);
    return wire;
}

static void check_two(const struct wire *wire)
{
    struct scanned *scanned = scan_bytes(wire->bytes, wire->length);

    assert_int_equal(scanned->status, EVIDENCE_OK);
    assert_string_equal(scanned->message, "");
    assert_int_equal(scanned->n, 2);
    assert_scanned(scanned, 0, FIELD_BUILD, "6003");
    assert_scanned(scanned, 0, FIELD_COMPUTER_NAME, "SRV1");
    assert_scanned(scanned, 0, FIELD_ADDRESS, "192.0.2.5");
    assert_scanned(scanned, 0, FIELD_EVIDENCE_DATE, "2019-05-08 10:00:07 UTC");
    assert_string_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->where,
                        "NTLMSSP challenge, packet 1");
    assert_int_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->grade, GRADE_NETWORK);
    assert_int_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->witness, WITNESS_NTLMSSP);
    assert_null(scanned_fact(scanned, 0, FIELD_REVISION, 0));
    assert_scanned(scanned, 1, FIELD_BUILD, "6002");
    assert_string_equal(scanned->machines[1]->label, "scan, 192.0.2.6");
    assert_string_equal(scanned->machines[1]->evidence[0].reader, "capture");
    assert_int_equal(scanned->machines[1]->evidence[0].bytes, wire->length);
    assert_int_equal(scanned->machines[1]->evidence[0].n_problems, 0);
    scanned_free(scanned);
}

static void pcap(void **state)
{
    static const uint32_t magics[] = {WIRE_MICRO, WIRE_NANO};

    (void)state;
    for (int big = 0; big < 2; big++)
        for (size_t i = 0; i < 2; i++) {
            struct wire wire = capture_of_two(magics[i], big);

            check_two(&wire);
        }
}

static void add_packet(struct wire *wire, uint32_t type, const struct wire *frame)
{
    struct wire body = {.big = wire->big};

    if (type == 6)
        wire_number(&body, 0, 4);
    if (type == 2)
        wire_number(&body, 0, 4); /* interface and drops */
    if (type != 3)
        wire_number(&body, (UINT64_C(1557309600) * 1000000) >> 32, 4);
    if (type != 3)
        wire_number(&body, (UINT64_C(1557309600) * 1000000) & 0xFFFFFFFF, 4);
    if (type != 3)
        wire_number(&body, frame->length, 4);
    wire_number(&body, frame->length, 4);
    wire_add(&body, frame->bytes, frame->length);
    wire_block(wire, type, &body);
}

static void begin_section(struct wire *wire, unsigned link_type)
{
    struct wire body = {.big = wire->big};

    wire_number(&body, 0x1A2B3C4D, 4);
    wire_number(&body, 1, 2);
    wire_number(&body, 0, 2);
    wire_number(&body, UINT64_MAX, 8);
    wire_block(wire, 0x0A0D0D0A, &body);
    body = (struct wire){.big = wire->big};
    wire_number(&body, link_type, 2);
    wire_zeros(&body, 6);
    wire_block(wire, 1, &body);
}

static void pcapng(void **state)
{
    static const uint32_t types[] = {6, 3, 2};

    (void)state;
    for (int big = 0; big < 2; big++)
        for (size_t i = 0; i < 3; i++) {
            struct wire wire = {.big = big};
            struct wire frame = frame_from(5, 6003, "SRV1");
            struct wire other = {.big = big};

            begin_section(&wire, 1);
            wire_block(&wire, 0x80000001, &other); /* a private block */
            add_packet(&wire, types[i], &frame);
            frame = frame_from(6, 6002, "SRV2");
            add_packet(&wire, types[i], &frame);
            check_two(&wire);
        }
}

/* Sections may differ in their byte order; interfaces are those of the section. */
static void sections(void **state)
{
    struct wire wire = {0};
    struct wire frame = frame_from(5, 6003, "SRV1");

    (void)state;
    begin_section(&wire, 1);
    add_packet(&wire, 6, &frame);
    wire.big = true;
    begin_section(&wire, 1);
    frame = frame_from(6, 6002, "SRV2");
    add_packet(&wire, 6, &frame);
    check_two(&wire);
}

static void capture_time(void **state)
{
    struct wire wire = {0}, payload = {0}, frame = {0};
    struct scanned *scanned;

    (void)state;
    wire_add(&payload, "NTLMSSP", 8);
    wire_number(&payload, 1, 4);
    wire_number(&payload, WIRE_FLAGS_VERSION, 4);
    wire_zeros(&payload, 16);
    wire_version(&payload, 6, 0, 6003, 15);
    wire_frame(&frame, 7, &payload);
    begin_section(&wire, 1);
    add_packet(&wire, 6, &frame);
    scanned = scan_bytes(wire.bytes, wire.length);
    assert_int_equal(scanned->n, 1);
    assert_scanned(scanned, 0, FIELD_EVIDENCE_DATE, "2019-05-08 10:00:00 UTC");
    assert_string_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->where,
                        "NTLMSSP negotiate, packet 1");
    scanned_free(scanned);
}

static void native_os(void **state)
{
    struct wire wire = {0}, payload = {0}, frame = {0};
    struct scanned *scanned;

    (void)state;
    wire_session(&payload, 9, OS, "Windows Server (R) 2008 Standard 6.0");
    wire_frame(&frame, 5, &payload);
    wire_pcap(&wire, WIRE_MICRO, 1);
    wire_record(&wire, &frame);
    scanned = scan_bytes(wire.bytes, wire.length);
    assert_int_equal(scanned->n, 1);
    assert_scanned(scanned, 0, FIELD_PRODUCT_NAME, "Windows Server (R) 2008 Standard");
    assert_scanned(scanned, 0, FIELD_MAJOR, "6");
    assert_scanned(scanned, 0, FIELD_BUILD, "6003");
    assert_scanned(scanned, 0, FIELD_SERVICE_PACK, "2");
    assert_int_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->witness, WITNESS_SMB);
    scanned_free(scanned);
}

/* Two versions behind one address stay two, the same one again is no other. */
static void one_address(void **state)
{
    struct wire wire = capture_of_two(WIRE_MICRO, false);
    struct wire frame = frame_from(5, 6003, "SRV1");
    struct scanned *scanned;

    (void)state;
    wire_record(&wire, &frame);
    frame = frame_from(5, 6001, "SRV9");
    wire_record(&wire, &frame);
    scanned = scan_bytes(wire.bytes, wire.length);
    assert_int_equal(scanned->n, 2);
    assert_int_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->number, 6003);
    assert_int_equal(scanned_fact(scanned, 0, FIELD_BUILD, 1)->number, 6001);
    assert_null(scanned_fact(scanned, 0, FIELD_BUILD, 2));
    scanned_free(scanned);
}

static void nothing_in_it(void **state)
{
    struct wire wire = {0}, payload = {0}, frame = {0};
    struct scanned *scanned;

    (void)state;
    wire_pcap(&wire, WIRE_MICRO, 1);
    scanned = scan_bytes(wire.bytes, wire.length);
    assert_int_equal(scanned->status, EVIDENCE_UNRECOGNISED);
    assert_int_equal(scanned->n, 0);
    scanned_free(scanned);
    /* Samba speaks NTLM as well. */
    wire_challenge(&payload, 6003, "SAMBA");
    payload.bytes[49] = 1;
    payload.bytes[50] = payload.bytes[51] = 0;
    wire_frame(&frame, 5, &payload);
    wire_record(&wire, &frame);
    scanned = scan_bytes(wire.bytes, wire.length);
    assert_int_equal(scanned->status, EVIDENCE_UNRECOGNISED);
    scanned_free(scanned);
}

static void cut_message(void **state)
{
    struct wire wire = {0}, payload = {0}, frame = {0};
    struct scanned *scanned;

    (void)state;
    wire_challenge(&payload, 6003, "SRV1");
    payload.length -= 20;
    wire_frame(&frame, 5, &payload);
    wire_pcap(&wire, WIRE_MICRO, 1);
    wire_record(&wire, &frame);
    scanned = scan_bytes(wire.bytes, wire.length);
    assert_int_equal(scanned->n, 1);
    assert_scanned(scanned, 0, FIELD_BUILD, "6003");
    assert_null(scanned_fact(scanned, 0, FIELD_COMPUTER_NAME, 0));
    assert_problem(scanned, 0,
                   "NTLMSSP challenges that run on into another packet, which is not "
                   "put together: 1");
    scanned_free(scanned);
}

/* The last machine before the damage carries the problem. */
static void damage(void **state)
{
    struct wire wire = capture_of_two(WIRE_MICRO, false);
    struct scanned *scanned = scan_bytes(wire.bytes, wire.length - 1);

    (void)state;
    assert_int_equal(scanned->n, 1);
    assert_problem(scanned, 0, "reading stopped behind packet 1: the file ends inside a record");
    scanned_free(scanned);

    wire_number(&wire, 0, 8);
    wire_number(&wire, 0x7FFFFFFF, 4);
    wire_number(&wire, 0, 4);
    scanned = scan_bytes(wire.bytes, wire.length);
    assert_int_equal(scanned->n, 2);
    assert_int_equal(scanned->machines[0]->evidence[0].n_problems, 0);
    assert_problem(scanned, 1, "reading stopped behind packet 2: a record of impossible length");
    scanned_free(scanned);

    wire = (struct wire){0};
    begin_section(&wire, 1);
    wire_number(&wire, 6, 4);
    wire_number(&wire, 8, 4);
    scanned = scan_bytes(wire.bytes, wire.length);
    assert_int_equal(scanned->status, EVIDENCE_UNRECOGNISED);
    assert_non_null(strstr(scanned->message, "a block of impossible length"));
    scanned_free(scanned);
}

/* Cut at every byte: no more machines than are there, and no crash. */
static void cut_anywhere(void **state)
{
    struct wire wire = capture_of_two(WIRE_NANO, true);

    (void)state;
    for (size_t length = 0; length < wire.length; length++) {
        struct scanned *scanned = scan_bytes(wire.bytes, length);

        assert_true(scanned->n <= 1);
        scanned_free(scanned);
    }
}

/* A record longer than a packet can be is looked at as far as is kept, and passed over. */
static void long_record(void **state)
{
    size_t n_frame = LIMIT_PACKET_BYTES + 5000, length = 0;
    uint8_t *bytes = calloc(1, n_frame + 4096);
    struct wire head = {0}, frame = frame_from(5, 6003, "SRV1");
    struct scanned *scanned;

    (void)state;
    assert_non_null(bytes);
    wire_pcap(&head, WIRE_MICRO, 1);
    wire_zeros(&head, 8);
    wire_number(&head, n_frame, 4);
    wire_number(&head, n_frame, 4);
    memcpy(bytes, head.bytes, head.length);
    length = head.length + n_frame;
    head = (struct wire){0};
    wire_record(&head, &frame);
    memcpy(bytes + length, head.bytes, head.length);
    scanned = scan_bytes(bytes, length + head.length);
    assert_int_equal(scanned->n, 1);
    assert_scanned(scanned, 0, FIELD_BUILD, "6003");
    assert_string_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->where,
                        "NTLMSSP challenge, packet 2");
    scanned_free(scanned);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pcap),          cmocka_unit_test(pcapng),
        cmocka_unit_test(sections),      cmocka_unit_test(capture_time),
        cmocka_unit_test(native_os),     cmocka_unit_test(one_address),
        cmocka_unit_test(nothing_in_it), cmocka_unit_test(cut_message),
        cmocka_unit_test(damage),        cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(long_record),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
