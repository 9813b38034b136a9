/* The native OS and LAN manager in a server's answer to SMB 1's session setup.
 *
 * SPDX-License-Identifier: MIT
 */
#include "smb_session.h"

#include "../bytes.h"
#include "../cursor.h"
#include "../utf.h"

#include <string.h>

#define HEADER "\xFFSMB\x73" /* the last is the command */

#define FLAG_REPLY    0x80u
#define FLAG2_UNICODE 0x8000u

/* The text at the cursor up to its NUL, which may be missing at the end. */
static void take_text(struct cursor *cursor, bool unicode, char text[SMB_TEXT_SIZE])
{
    size_t step = unicode ? 2 : 1, n = 0;
    const uint8_t *bytes = cursor->bytes + cursor->at;

    while (n + step <= cursor_left(cursor) && (bytes[n] || (unicode && bytes[n + 1])))
        n += step;
    text[0] = '\0';
    if (unicode) {
        utf8_from_utf16le(bytes, n, text, SMB_TEXT_SIZE);
    } else if (n < SMB_TEXT_SIZE) {
        memcpy(text, bytes, n);
        text[n] = '\0';
    }
    cursor_take(cursor, n + step <= cursor_left(cursor) ? n + step : cursor_left(cursor));
}

static bool read_answer(const uint8_t *bytes, size_t length, struct smb_session *session)
{
    struct cursor cursor = cursor_over(bytes, length);
    unsigned flags, flags2, n_words, blob = 0;
    bool unicode;

    cursor_seek(&cursor, 9);
    flags = cursor_u8(&cursor);
    flags2 = cursor_u16le(&cursor);
    cursor_seek(&cursor, 32);
    n_words = cursor_u8(&cursor);
    if (!(flags & FLAG_REPLY) || (n_words != 3 && n_words != 4))
        return false;
    cursor_take(&cursor, 6); /* AndX and action */
    if (n_words == 4)
        blob = cursor_u16le(&cursor);
    cursor_u16le(&cursor); /* count of the bytes that follow */
    cursor_take(&cursor, blob);
    unicode = flags2 & FLAG2_UNICODE;
    if (unicode && cursor.at % 2 != 0)
        cursor_u8(&cursor);
    if (cursor.failed)
        return false;
    take_text(&cursor, unicode, session->os);
    take_text(&cursor, unicode, session->manager);
    return *session->os;
}

bool smb_session_find(const uint8_t *bytes, size_t length, struct smb_session *session)
{
    size_t at = 0;

    while ((at += bytes_find(bytes + at, length - at, HEADER, strlen(HEADER))) < length) {
        if (read_answer(bytes + at, length - at, session))
            return true;
        at += strlen(HEADER);
    }
    return false;
}
