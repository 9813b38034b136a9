/* Names of servicing: package identities, as keys of the registry and as files.
 *
 *   Package_for_KB4493471~31bf3856ad364e35~amd64~~6.0.1.0
 *   Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~6.0.6001.18000
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PACKAGE_IDENTITY_H
#define WINVER6003_PACKAGE_IDENTITY_H

#include "../buildlab.h"

struct package_identity {
    const char *name; /* the whole of it; borrowed */
    size_t name_len;
    const char *arch; /* "amd64", not ended by a NUL */
    size_t arch_len;
    struct version version;
};

/* False when text is another. */
bool package_identity_parse(struct package_identity *identity, const char *text);
/* The number after "KB" at the start of a word; 0 when there is none. */
uint32_t package_kb(const char *text, size_t length);
/* Whether it is the one that tells a Server 2008 from a Vista by its version. */
bool package_is_foundation(const char *text);

#endif
