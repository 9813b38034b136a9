/* NTLMSSP messages, wherever they travel: the version of the operating system that sends them.
 *
 * MS-NLMP 2.2.1: NEGOTIATE (1) and AUTHENTICATE (3) come from a client, CHALLENGE (2) from a
 * server. Each may have a version of eight bytes: major, minor, build, three reserved, and the
 * revision of NTLM, which is 15. It counts only when the flags say that it is there. It has no
 * revision of the operating system. A challenge also has the names and the clock of the server.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_NTLM_H
#define WINVER6003_NTLM_H

#include "../fact.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ntlm_type { NTLM_NONE, NTLM_NEGOTIATE, NTLM_CHALLENGE, NTLM_AUTHENTICATE, NTLM_TYPE_COUNT };

/* NetBIOS names have 15 characters, DNS names 255; each is up to four bytes of UTF-8. */
#define NTLM_NAME_SIZE 512

struct ntlm_message {
    enum ntlm_type type;
    struct version version;    /* VERSION_NONE when the message has none */
    char name[NTLM_NAME_SIZE]; /* NetBIOS name of the sender; "" */
    char dns_name[NTLM_NAME_SIZE];
    int64_t seconds; /* of its clock, since 1970; FACT_NO_NUMBER */
    bool cut;        /* it runs on behind the bytes at hand */
};

/* The message that begins at bytes; false when none does. */
bool ntlm_read(const uint8_t *bytes, size_t length, struct ntlm_message *message);

/* Every message in length bytes: as it is, and as HTTP carries it, in base64 behind "NTLM" or
 * "Negotiate". */
void ntlm_scan(const uint8_t *bytes, size_t length,
               void (*found)(void *data, const struct ntlm_message *message), void *data);
/* Whether a challenge begins somewhere in there. */
bool ntlm_has_challenge(const uint8_t *bytes, size_t length);

/* What the message states of its sender, as facts. False when that is no version of a Windows:
 * other systems speak NTLM too. */
bool ntlm_state(struct facts *facts, const struct source *source,
                const struct ntlm_message *message);
const char *ntlm_type_name(enum ntlm_type type); /* "challenge" */

#endif
