/* Mapped files on Windows: none, see mapping.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "mapping.h"

const uint8_t *mapping_open(int fd, size_t size)
{
    (void)fd;
    (void)size;
    return NULL;
}

void mapping_close(const uint8_t *bytes, size_t size)
{
    (void)bytes;
    (void)size;
}

bool mapping_guarded(void (*work)(void *data), void *data)
{
    work(data);
    return true;
}
