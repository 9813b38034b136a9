/* What machines say of themselves on the network: the shapes of single values.
 *
 * The word in brackets that Microsoft's DNS server answers to version.bind is build * 65536 +
 * revision, which checks the build beside it: servers that only pretend get it wrong. SMB's native
 * OS has the build and no version, the native LAN manager the version and no build.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_NETWORK_VALUES_H
#define WINVER6003_NETWORK_VALUES_H

#include "../fact.h"
#include "shapes.h"

#include <stdbool.h>
#include <stdint.h>

struct network_dns {
    int32_t version[3];
    uint32_t word;
};

/* "Microsoft DNS 6.0.6003 (1773501D)", with or without what nmap makes of it behind. */
bool network_dns(struct span value, struct network_dns *dns);
/* The version; a revision only when the word fits, a mark of imitation when it does not. */
void network_state_dns(struct facts *facts, const struct source *source,
                       const struct network_dns *dns);

/* "Windows Server (R) 2008 Standard 6003 Service Pack 2, v.275". labelled: the service pack may be
 * missing, because a label says what the number is. product is a part of value. */
bool network_native_os(struct span value, bool labelled, struct span *product, struct shape_os *os);
/* "Windows Server (R) 2008 Standard 6.0": sets major and minor. */
bool network_lan_manager(struct span value, struct version *version);
/* The native OS, alone or with the LAN manager in brackets after it as nmap writes them. */
bool network_smb(struct span value, bool labelled, struct span *product, struct shape_os *os);

#endif
