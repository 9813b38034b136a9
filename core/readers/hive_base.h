/* The base block: the first sector of a hive, and of each of its transaction logs.
 *
 * Layout after M. Suhanov, "Windows registry file format specification" (github.com/msuhanov/regf).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_HIVE_BASE_H
#define WINVER6003_HIVE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bins begin behind it; only its first sector is checked, and kept in logs. */
#define HIVE_BASE_BYTES 4096
#define HIVE_SECTOR     512
/* Bins are multiples of it. */
#define HIVE_PAGE 4096
/* An offset that leads nowhere. */
#define HIVE_NIL 0xffffffffu

enum hive_file_type {
    HIVE_FILE_PRIMARY = 0,
    HIVE_FILE_LOG = 1,     /* dirty vector */
    HIVE_FILE_LOG_OLD = 2, /* the same, of early versions */
    HIVE_FILE_LOG_NEW = 6, /* log entries */
};

struct hive_base {
    uint32_t primary, secondary; /* sequence numbers: a write begins, a write has ended */
    uint64_t written;            /* FILETIME */
    uint32_t major, minor;
    uint32_t type; /* enum hive_file_type, or damage */
    uint32_t format;
    uint32_t root;     /* offset of the root key's cell in the bins */
    uint32_t bins_len; /* bytes of all bins */
    uint32_t cluster;  /* sectors in one of the disk's */
    bool checksum_good;
};

/* false unless bytes begin with a whole first sector of that kind. What it says is not judged. */
bool hive_base_read(const uint8_t *bytes, size_t size, struct hive_base *base);
/* The writer did not finish: the checksum is wrong or the sequence numbers differ. */
bool hive_base_is_dirty(const struct hive_base *base);
/* Sequence numbers count on past their end: whether a was given before b. */
bool hive_sequence_before(uint32_t a, uint32_t b);

#endif
