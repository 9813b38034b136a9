/* Double-byte code pages by iconv.
 *
 * SPDX-License-Identifier: MIT
 */
#include "dbcs.h"

#include "../arena.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

struct dbcs {
    iconv_t converter;
};

struct dbcs *dbcs_open(unsigned number)
{
    struct dbcs *dbcs;
    iconv_t converter;
    char name[16];

    snprintf(name, sizeof(name), "CP%u", number);
    converter = iconv_open("UTF-32BE", name);
    if (converter == (iconv_t)-1)
        return NULL;
    dbcs = memory_alloc(sizeof(*dbcs));
    dbcs->converter = converter;
    return dbcs;
}

void dbcs_close(struct dbcs *dbcs)
{
    if (!dbcs)
        return;
    iconv_close(dbcs->converter);
    free(dbcs);
}

uint32_t dbcs_character(struct dbcs *dbcs, const uint8_t *bytes, size_t length)
{
    uint8_t wide[4] = {0};
    /* iconv() takes a char ** that it does not write through. */
    char in[2] = {(char)bytes[0], length > 1 ? (char)bytes[1] : 0};
    char *from = in;
    char *to = (char *)wide;
    size_t from_left = length > 1 ? 2 : 1;
    size_t to_left = sizeof(wide);

    iconv(dbcs->converter, NULL, NULL, NULL, NULL);
    if (iconv(dbcs->converter, &from, &from_left, &to, &to_left) == (size_t)-1 || from_left ||
        to_left)
        return 0;
    return (uint32_t)wide[0] << 24 | (uint32_t)wide[1] << 16 | (uint32_t)wide[2] << 8 | wide[3];
}
