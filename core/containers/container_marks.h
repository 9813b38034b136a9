/* The first bytes of archives.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_CONTAINER_MARKS_H
#define WINVER6003_CONTAINER_MARKS_H

#include "../input.h"

#include <string.h>

static inline bool container_has_mark(const struct input *input)
{
    static const struct {
        size_t at;
        const char *bytes;
        size_t length;
    } marks[] = {
        {0, "PK\x03\x04", 4},         {0, "PK\x05\x06", 4}, /* without any file */
        {0, "7z\xBC\xAF\x27\x1C", 6}, {0, "MSCF\0\0\0\0", 8},
        {257, "ustar", 5},            {0, "\x1F\x8B\x08", 3},
        {0, "BZh", 3},                {0, "\xFD" "7zXZ\0", 6},
    };

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (input->n_head >= marks[i].at + marks[i].length &&
            memcmp(input->head + marks[i].at, marks[i].bytes, marks[i].length) == 0)
            return true;
    return false;
}

#endif
