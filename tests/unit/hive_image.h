/* A hive put together in memory, cell by cell, for the tests of the hive reader.
 *
 * One bin; cells are laid one behind the other. What is below a key or a value is made before it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEST_HIVE_IMAGE_H
#define WINVER6003_TEST_HIVE_IMAGE_H

#include "core/input.h"
#include "core/machine.h"
#include "core/readers/hive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define IMAGE_BINS (96 * 1024)

struct hive_image {
    uint8_t bytes[HIVE_BASE_BYTES + IMAGE_BINS];
    size_t size; /* after image_end() */
    uint32_t at; /* in the bins, where the next cell goes */
};

static inline void put_u16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

static inline void put_u32(uint8_t *at, uint32_t value)
{
    put_u16(at, value);
    put_u16(at + 2, value >> 16);
}

/* A place in the bins. */
static inline uint8_t *image_bin(struct hive_image *image, uint32_t offset)
{
    return image->bytes + HIVE_BASE_BYTES + offset;
}

static inline void image_begin(struct hive_image *image)
{
    memset(image, 0, sizeof(*image));
    image->at = 32;
}

/* A cell in use with that content; returns its offset. */
static inline uint32_t image_cell(struct hive_image *image, const void *content, size_t length)
{
    uint32_t offset = image->at;
    uint32_t size = (uint32_t)(length + 4 + 7) & ~7u;

    assert_true(offset + size <= IMAGE_BINS);
    put_u32(image_bin(image, offset), 0u - size);
    memcpy(image_bin(image, offset) + 4, content, length);
    image->at += size;
    return offset;
}

/* Numbers as the content of a cell: a list of offsets. */
static inline uint32_t image_offsets(struct hive_image *image, const uint32_t *offsets,
                                     size_t count)
{
    uint8_t bytes[512];

    for (size_t i = 0; i < count; i++)
        put_u32(bytes + i * 4, offsets[i]);
    return image_cell(image, bytes, count * 4);
}

/* A value whose data, if they are longer than four bytes, are in the cell at data_at. */
static inline uint32_t image_value_at(struct hive_image *image, const char *name, uint32_t type,
                                      const void *data, size_t length, uint32_t data_at)
{
    uint8_t cell[20 + 64] = {'v', 'k'};

    put_u16(cell + 2, (uint32_t)strlen(name));
    put_u32(cell + 4, (uint32_t)length | (length <= 4 ? 0x80000000u : 0));
    put_u32(cell + 8, data_at);
    if (length <= 4)
        memcpy(cell + 8, data, length);
    put_u32(cell + 12, type);
    put_u16(cell + 16, 1);
    memcpy(cell + 20, name, strlen(name));
    return image_cell(image, cell, 20 + strlen(name));
}

static inline uint32_t image_value(struct hive_image *image, const char *name, uint32_t type,
                                   const void *data, size_t length)
{
    uint32_t at = length > 4 ? image_cell(image, data, length) : HIVE_NIL;

    return image_value_at(image, name, type, data, length, at);
}

/* A REG_SZ of ASCII text. */
static inline uint32_t image_text(struct hive_image *image, const char *name, const char *text)
{
    uint8_t wide[256] = {0};
    size_t length = strlen(text) + 1;

    for (size_t i = 0; i < length; i++)
        wide[i * 2] = (uint8_t)text[i];
    return image_value(image, name, 1, wide, length * 2);
}

/* A list of subkeys: kind is "lf", "lh", "li" or "ri". hints, one for each, may be NULL. */
static inline uint32_t image_list(struct hive_image *image, const char *kind,
                                  const uint32_t *offsets, const uint32_t *hints, size_t count)
{
    size_t length = kind[0] == 'l' && kind[1] != 'i' ? 8 : 4;
    uint8_t cell[4 + 8 * 600] = {(uint8_t)kind[0], (uint8_t)kind[1]};

    put_u16(cell + 2, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        put_u32(cell + 4 + i * length, offsets[i]);
        if (length == 8)
            put_u32(cell + 8 + i * length, hints ? hints[i] : 0);
    }
    return image_cell(image, cell, 4 + count * length);
}

/* A key of the list of subkeys and the list of values given. */
static inline uint32_t image_key_over(struct hive_image *image, const char *name, uint32_t list,
                                      uint32_t n_subkeys, uint32_t values, uint32_t n_values)
{
    uint8_t cell[76 + 64] = {'n', 'k', 0x20};

    put_u32(cell + 20, n_subkeys);
    put_u32(cell + 28, list);
    put_u32(cell + 36, n_values);
    put_u32(cell + 40, values);
    put_u16(cell + 72, (uint32_t)strlen(name));
    memcpy(cell + 76, name, strlen(name));
    return image_cell(image, cell, 76 + strlen(name));
}

/* The same with one value (0 for none) and one subkey (0 for none). */
static inline uint32_t image_key(struct hive_image *image, const char *name, uint32_t subkey,
                                 uint32_t value)
{
    uint32_t list = subkey ? image_list(image, "lf", &subkey, NULL, 1) : HIVE_NIL;
    uint32_t values = value ? image_offsets(image, &value, 1) : HIVE_NIL;

    return image_key_over(image, name, list, subkey != 0, values, value != 0);
}

static inline void image_checksum(uint8_t *bytes)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < 508; i += 4)
        sum ^= bytes[i] | (uint32_t)bytes[i + 1] << 8 | (uint32_t)bytes[i + 2] << 16 |
               (uint32_t)bytes[i + 3] << 24;
    put_u32(bytes + 508, sum);
}

/* The base block of a hive (type 0) or log. */
static inline void image_base(uint8_t *bytes, uint32_t type, uint32_t primary, uint32_t secondary,
                              uint32_t root, uint32_t bins_len)
{
    memcpy(bytes, "regf", 4);
    put_u32(bytes + 4, primary);
    put_u32(bytes + 8, secondary);
    put_u32(bytes + 20, 1);
    put_u32(bytes + 24, 3);
    put_u32(bytes + 28, type);
    put_u32(bytes + 32, 1);
    put_u32(bytes + 36, root);
    put_u32(bytes + 40, bins_len);
    put_u32(bytes + 44, 1);
    image_checksum(bytes);
}

/* Closes the bin and writes the base block. */
static inline void image_end(struct hive_image *image, uint32_t root)
{
    uint32_t length = (image->at + 8 + HIVE_PAGE - 1) & ~(HIVE_PAGE - 1u);

    memcpy(image_bin(image, 0), "hbin", 4);
    put_u32(image_bin(image, 8), length);
    put_u32(image_bin(image, image->at), length - image->at);
    image_base(image->bytes, 0, 5, 5, root, length);
    image->size = HIVE_BASE_BYTES + length;
}

/* The whole of it opened; release with opened_close(). */
struct opened_hive {
    struct machine *machine;
    struct input input;
    struct hive hive;
    bool is_open;
};

static inline void opened_begin(struct opened_hive *opened, const struct hive_image *image)
{
    opened->machine = machine_new("test");
    machine_add_evidence(opened->machine, "X");
    input_from_memory(&opened->input, "X", image->bytes, image->size);
    opened->is_open = hive_open(&opened->hive, &opened->input, NULL, NULL, opened->machine, 0);
}

static inline void opened_close(struct opened_hive *opened)
{
    if (opened->is_open)
        hive_close(&opened->hive);
    machine_free(opened->machine);
}

/* Whether some problem told has these words in it. */
static inline bool was_told(const struct machine *machine, const char *words)
{
    for (unsigned i = 0; i < machine->evidence[0].n_problems; i++)
        if (strstr(machine->evidence[0].problems[i], words))
            return true;
    return false;
}

#endif
