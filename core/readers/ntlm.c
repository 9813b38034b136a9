/* NTLMSSP messages, wherever they travel.
 *
 * SPDX-License-Identifier: MIT
 */
#include "ntlm.h"

#include "../bytes.h"
#include "../cursor.h"
#include "../day.h"
#include "../utf.h"
#include "shapes.h"

#include <string.h>

#define SIGNATURE        "NTLMSSP" /* and a NUL */
#define SIGNATURE_LENGTH 8

#define FLAG_UNICODE  0x00000001u
#define FLAG_VERSION  0x02000000u
#define NTLM_REVISION 15

/* A token of HTTP is about 400 bytes, one with a Kerberos ticket in it some KiB. */
#define TOKEN_BYTES 4096

/* A challenge has seven pairs of them or eight. */
#define TARGET_INFO_PAIRS 32

enum { AV_END, AV_NETBIOS_NAME, AV_NETBIOS_DOMAIN, AV_DNS_NAME, AV_TIME = 7 };

/* Where each type has what. Zero: not there. */
static const struct {
    size_t flags, version, name, target_info;
} places[NTLM_TYPE_COUNT] = {
    [NTLM_NEGOTIATE] = {.flags = 12, .version = 32},
    [NTLM_CHALLENGE] = {.flags = 20, .version = 48, .target_info = 40},
    [NTLM_AUTHENTICATE] = {.flags = 60, .version = 64, .name = 44},
};

static uint32_t u32_at(const uint8_t *bytes, size_t length, size_t at)
{
    struct cursor cursor = cursor_over(bytes, length);

    cursor_seek(&cursor, at);
    return cursor_u32le(&cursor);
}

/* The payload that the eight bytes at place point to; NULL when it is not all there. */
static const uint8_t *payload(const uint8_t *bytes, size_t length, size_t place, size_t *n)
{
    struct cursor cursor = cursor_over(bytes, length);

    cursor_seek(&cursor, place);
    *n = cursor_u16le(&cursor);
    cursor_u16le(&cursor); /* room for it */
    cursor_seek(&cursor, cursor_u32le(&cursor));
    return cursor_take(&cursor, *n);
}

static void read_version(const uint8_t *bytes, size_t length, struct ntlm_message *message)
{
    struct cursor cursor = cursor_over(bytes, length);
    struct version version = VERSION_NONE;

    cursor_seek(&cursor, places[message->type].version);
    version.major = cursor_u8(&cursor);
    version.minor = cursor_u8(&cursor);
    version.build = cursor_u16le(&cursor);
    cursor_take(&cursor, 3);
    if (cursor_u8(&cursor) == NTLM_REVISION)
        message->version = version;
    message->cut = cursor.failed;
}

/* FILETIME: 100 ns since 1601. */
static int64_t seconds_of(uint64_t time)
{
    return (int64_t)(time / 10000000) - INT64_C(11644473600);
}

static void read_target_info(const uint8_t *bytes, size_t length, struct ntlm_message *message)
{
    size_t n;
    const uint8_t *info = payload(bytes, length, places[NTLM_CHALLENGE].target_info, &n);
    struct cursor cursor;

    if (!info) {
        message->cut = true;
        return;
    }
    cursor = cursor_over(info, n);
    for (unsigned i = 0; i < TARGET_INFO_PAIRS && cursor_left(&cursor) >= 4; i++) {
        unsigned id = cursor_u16le(&cursor);
        size_t size = cursor_u16le(&cursor);
        const uint8_t *value = cursor_take(&cursor, size);
        struct cursor time;

        if (!value || id == AV_END)
            return;
        switch (id) {
        case AV_NETBIOS_NAME:
            utf8_from_utf16le(value, size, message->name, sizeof(message->name));
            break;
        case AV_DNS_NAME:
            utf8_from_utf16le(value, size, message->dns_name, sizeof(message->dns_name));
            break;
        case AV_TIME:
            time = cursor_over(value, size);
            if (size == 8)
                message->seconds = seconds_of(cursor_u64le(&time));
            break;
        default:
            break;
        }
    }
}

bool ntlm_read(const uint8_t *bytes, size_t length, struct ntlm_message *message)
{
    uint32_t type, flags;

    *message = (struct ntlm_message){.version = VERSION_NONE, .seconds = FACT_NO_NUMBER};
    if (length < SIGNATURE_LENGTH + 4 || memcmp(bytes, SIGNATURE, SIGNATURE_LENGTH) != 0)
        return false;
    type = u32_at(bytes, length, SIGNATURE_LENGTH);
    if (type == NTLM_NONE || type >= NTLM_TYPE_COUNT)
        return false;
    message->type = (enum ntlm_type)type;
    flags = u32_at(bytes, length, places[type].flags);
    message->cut = length < places[type].flags + 4;
    if (flags & FLAG_VERSION)
        read_version(bytes, length, message);
    if (type == NTLM_CHALLENGE)
        read_target_info(bytes, length, message);
    if (places[type].name && (flags & FLAG_UNICODE)) {
        size_t n;
        const uint8_t *name = payload(bytes, length, places[type].name, &n);

        if (name)
            utf8_from_utf16le(name, n, message->name, sizeof(message->name));
        message->cut = message->cut || !name;
    }
    return true;
}

/* In a stream of bytes */

static int base64_digit(uint8_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* As much as there is of it and as fits. Returns the length. */
static size_t decode_base64(const uint8_t *text, size_t length, uint8_t *out, size_t size)
{
    uint32_t bits = 0;
    unsigned n_bits = 0;
    size_t n = 0;

    for (size_t i = 0; i < length && n < size; i++) {
        int digit = base64_digit(text[i]);

        if (digit < 0)
            break;
        bits = (bits << 6 | (uint32_t)digit) & 0xFFFFFF;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            out[n++] = (uint8_t)(bits >> n_bits);
        }
    }
    return n;
}

static void scan_plain(const uint8_t *bytes, size_t length,
                       void (*found)(void *data, const struct ntlm_message *message), void *data)
{
    size_t at = 0;

    while ((at += bytes_find(bytes + at, length - at, SIGNATURE, SIGNATURE_LENGTH)) < length) {
        struct ntlm_message message;

        if (ntlm_read(bytes + at, length - at, &message))
            found(data, &message);
        at += SIGNATURE_LENGTH;
    }
}

static void scan_tokens(const uint8_t *bytes, size_t length, const char *before,
                        void (*found)(void *data, const struct ntlm_message *message), void *data)
{
    size_t n_before = strlen(before), at = 0;
    uint8_t token[TOKEN_BYTES];

    while ((at += bytes_find(bytes + at, length - at, before, n_before)) < length) {
        size_t n;

        at += n_before;
        n = decode_base64(bytes + at, length - at, token, sizeof(token));
        scan_plain(token, n, found, data);
    }
}

void ntlm_scan(const uint8_t *bytes, size_t length,
               void (*found)(void *data, const struct ntlm_message *message), void *data)
{
    scan_plain(bytes, length, found, data);
    scan_tokens(bytes, length, "NTLM ", found, data);
    scan_tokens(bytes, length, "Negotiate ", found, data);
}

static void note_challenge(void *data, const struct ntlm_message *message)
{
    bool *has = data;

    *has = *has || message->type == NTLM_CHALLENGE;
}

bool ntlm_has_challenge(const uint8_t *bytes, size_t length)
{
    bool has = false;

    ntlm_scan(bytes, length, note_challenge, &has);
    return has;
}

/* Facts */

bool ntlm_state(struct facts *facts, const struct source *source,
                const struct ntlm_message *message)
{
    char moment[MOMENT_TEXT_SIZE];

    if (!shape_known_build(&message->version))
        return false;
    facts_add_version(facts, source, &message->version);
    if (*message->name || *message->dns_name)
        facts_add_text(facts, source, FIELD_COMPUTER_NAME,
                       *message->name ? message->name : message->dns_name);
    if (message->seconds != FACT_NO_NUMBER && moment_to_text(message->seconds, moment)[0])
        facts_add_text(facts, source, FIELD_EVIDENCE_DATE, moment)->number = message->seconds;
    return true;
}

const char *ntlm_type_name(enum ntlm_type type)
{
    static const char *const names[NTLM_TYPE_COUNT] = {"", "negotiate", "challenge",
                                                       "authenticate"};

    return names[type];
}
