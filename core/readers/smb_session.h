/* The native OS and LAN manager in a server's answer to SMB 1's session setup.
 *
 * MS-CIFS 2.2.4.53.2 and MS-SMB 2.2.4.6.2: behind the security blob, where there is one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_SMB_SESSION_H
#define WINVER6003_SMB_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "Windows Server (R) 2008 Enterprise without Hyper-V 6003 Service Pack 2" has 70. */
#define SMB_TEXT_SIZE 256

struct smb_session {
    char os[SMB_TEXT_SIZE];
    char manager[SMB_TEXT_SIZE];
};

/* The first such answer in length bytes; false when there is none, or it names nothing. */
bool smb_session_find(const uint8_t *bytes, size_t length, struct smb_session *session);

#endif
