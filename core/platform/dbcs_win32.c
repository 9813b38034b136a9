/* Double-byte code pages by MultiByteToWideChar. There is nothing to keep between two questions
 * but the number.
 *
 * SPDX-License-Identifier: MIT
 */
#include "dbcs.h"

#include "../arena.h"

#include <stdlib.h>
#include <windows.h>

struct dbcs {
    UINT number;
};

struct dbcs *dbcs_open(unsigned number)
{
    struct dbcs *dbcs;

    /* Server Core has only the pages of its own language. */
    if (!IsValidCodePage(number))
        return NULL;
    dbcs = memory_alloc(sizeof(*dbcs));
    dbcs->number = number;
    return dbcs;
}

void dbcs_close(struct dbcs *dbcs)
{
    free(dbcs);
}

uint32_t dbcs_character(struct dbcs *dbcs, const uint8_t *bytes, size_t length)
{
    WCHAR units[2];
    int n = MultiByteToWideChar(dbcs->number, MB_ERR_INVALID_CHARS, (const char *)bytes,
                                length > 1 ? 2 : 1, units, 2);

    return n == 1 ? units[0] : 0;
}
