/* What fuzz targets share: the function that libFuzzer and replay.c call.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_FUZZ_H
#define WINVER6003_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert(): a target must find faults also where NDEBUG is set. */
#define FUZZ_CHECK(condition)                                                                     \
    do {                                                                                          \
        if (!(condition)) {                                                                       \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);               \
            abort();                                                                              \
        }                                                                                         \
    } while (0)

#endif
