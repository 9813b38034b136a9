/* Names of servicing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "package_identity.h"

#include "../ascii.h"

#include <string.h>

bool package_identity_parse(struct package_identity *identity, const char *text)
{
    const char *parts[4];
    size_t used;

    *identity = (struct package_identity){.name = text, .version = VERSION_NONE};
    for (int i = 0; i < 4; i++) {
        const char *end = strchr(i ? parts[i - 1] : text, '~');

        if (!end)
            return false;
        if (i == 0)
            identity->name_len = (size_t)(end - text);
        parts[i] = end + 1;
    }
    identity->arch = parts[1];
    identity->arch_len = (size_t)(parts[2] - parts[1]) - 1;
    used = version_parse(parts[3], &identity->version);
    return used > 0 && !parts[3][used];
}

uint32_t package_kb(const char *text, size_t length)
{
    for (size_t i = 0; i + 2 < length; i++) {
        uint32_t kb = 0;
        size_t digits = 0;

        if (ascii_lower(text[i]) != 'k' || ascii_lower(text[i + 1]) != 'b' ||
            (i > 0 && text[i - 1] != '_' && text[i - 1] != '-' && text[i - 1] != ' '))
            continue;
        while (i + 2 + digits < length && ascii_is_digit(text[i + 2 + digits]) && digits < 9)
            kb = kb * 10 + (uint32_t)(text[i + 2 + digits++] - '0');
        if (digits >= 5 && digits <= 8)
            return kb;
    }
    return 0;
}

bool package_is_foundation(const char *identity)
{
    return ascii_after(identity, "Microsoft-Windows-Foundation-Package~") != NULL;
}
