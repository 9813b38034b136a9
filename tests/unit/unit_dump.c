/* Dumps as bytes and as hex of several tools, cut in odd places.
 *
 * SPDX-License-Identifier: MIT
 */
#include "scanned.h"
#include "wire.h"

#include "core/strbuf.h"

static void check(const struct strbuf *text, bool readable)
{
    struct scanned *scanned = scan_bytes(text->text, text->length);

    if (!readable) {
        assert_int_equal(scanned->status, EVIDENCE_UNRECOGNISED);
        scanned_free(scanned);
        return;
    }
    if (scanned->status != EVIDENCE_OK)
        fail_msg("%s in:\n%s", scanned->message, text->text);
    assert_int_equal(scanned->n, 1);
    assert_string_equal(scanned->machines[0]->evidence[0].reader, "dump");
    assert_scanned(scanned, 0, FIELD_BUILD, "6003");
    assert_scanned(scanned, 0, FIELD_COMPUTER_NAME, "SRV1");
    assert_null(scanned_fact(scanned, 0, FIELD_BUILD, 1));
    scanned_free(scanned);
}

/* offset: a format of one number; group: bytes without a blank between them. */
static void add_hex(struct strbuf *text, const struct wire *wire, const char *offset,
                    unsigned group)
{
    for (size_t at = 0; at < wire->length; at += 16) {
        size_t n = wire->length - at < 16 ? wire->length - at : 16;

        strbuf_addf(text, offset, (unsigned)at);
        for (size_t i = 0; i < n; i++)
            strbuf_addf(text, "%s%02x", i % group ? "" : " ", wire->bytes[at + i]);
        strbuf_adds(text, "  ");
        for (size_t i = 0; i < n; i++)
            strbuf_addc(text, wire->bytes[at + i] > 32 && wire->bytes[at + i] < 127
                                  ? (char)wire->bytes[at + i]
                                  : '.');
        strbuf_addc(text, '\n');
    }
}

static void hex(void **state)
{
    static const struct {
        const char *offset;
        unsigned group;
    } tools[] = {{"%08x:", 2}, {"%08x ", 1}, {"\t0x%04x: ", 2}, {"%04x  ", 1}, {"    %08x ", 1}};

    (void)state;
    /* Wherever the message begins in a line. */
    for (size_t before = 0; before < 17; before++)
        for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
            struct strbuf text = STRBUF_EMPTY;
            struct wire wire = {0};

            wire_zeros(&wire, before);
            wire_challenge(&wire, 6003, "SRV1");
            strbuf_adds(&text, "10:00:00 IP 192.0.2.5.445 > 192.0.2.1.5000: Flags\n");
            add_hex(&text, &wire, tools[i].offset, tools[i].group);
            strbuf_adds(&text, "10:00:01 IP\n");
            check(&text, true);
            strbuf_free(&text);
        }
}

static void hex_in_one_line(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct wire wire = {0};

    (void)state;
    wire_challenge(&wire, 6003, "SRV1");
    strbuf_adds(&text, "challenge:\n");
    for (size_t i = 0; i < wire.length; i++)
        strbuf_addf(&text, "%02X", wire.bytes[i]);
    check(&text, true);
    strbuf_free(&text);
}

/* Lines between the lines part them: two packets are not one message. */
static void parted(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct wire wire = {0};
    char *second;

    (void)state;
    wire_challenge(&wire, 6003, "SRV1");
    add_hex(&text, &wire, "%08x:", 2);
    second = strstr(text.text, "\n00000010");
    assert_non_null(second);
    second[1] = 'x';
    check(&text, false);
    strbuf_free(&text);
}

static void bytes(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct wire wire = {0};

    (void)state;
    wire_zeros(&wire, 1000);
    wire_challenge(&wire, 6003, "SRV1");
    wire_challenge(&wire, 6003, "SRV1");
    wire_zeros(&wire, 1000);
    strbuf_add(&text, (const char *)wire.bytes, wire.length);
    check(&text, true);
    strbuf_free(&text);
}

/* Across the edge of what is looked through at once. */
static void far_behind(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct wire wire = {0};
    struct scanned *scanned;

    (void)state;
    wire_challenge(&wire, 6002, "SRV1");
    wire_zeros(&wire, 100);
    strbuf_add(&text, (const char *)wire.bytes, wire.length);
    wire = (struct wire){0};
    wire_zeros(&wire, 32 * 1024);
    for (int i = 0; i < 4; i++)
        strbuf_add(&text, (const char *)wire.bytes, wire.length);
    text.length = 128 * 1024 - 30;
    wire = (struct wire){0};
    wire_challenge(&wire, 6003, "SRV1");
    strbuf_add(&text, (const char *)wire.bytes, wire.length);
    scanned = scan_bytes(text.text, text.length);
    assert_int_equal(scanned->n, 1);
    assert_int_equal(scanned_fact(scanned, 0, FIELD_BUILD, 0)->number, 6002);
    assert_int_equal(scanned_fact(scanned, 0, FIELD_BUILD, 1)->number, 6003);
    assert_null(scanned_fact(scanned, 0, FIELD_BUILD, 2));
    scanned_free(scanned);
    strbuf_free(&text);
}

static void other_hex(void **state)
{
    static const char *const texts[] = {
        "00000000: 4e54 4c4d 5353 5000 0200 0000 1e00 1e00  NTLMSSP.........\n",
        "KB4e544c4d is no hex\n",
        "4e 54 4c 4d\n",
        "deadbeef 4e54 4c4d zz\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct strbuf text = STRBUF_EMPTY;

        strbuf_adds(&text, texts[i]);
        check(&text, false);
        strbuf_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hex),   cmocka_unit_test(hex_in_one_line), cmocka_unit_test(parted),
        cmocka_unit_test(bytes), cmocka_unit_test(far_behind),      cmocka_unit_test(other_hex),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
