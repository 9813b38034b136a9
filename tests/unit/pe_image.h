/* Programs made byte by byte, for tests that damage one at a known place.
 *
 * One section, at address 0x1000 and byte 0x200, holds a directory with one version resource:
 * types at +0x00, names at +0x20, languages at +0x40, the data entry at +0x60, the resource at
 * +0x80.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEST_PE_IMAGE_H
#define WINVER6003_TEST_PE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PE_IMAGE_SIZE      4096
#define PE_HEADER          0x80
#define PE_OPTIONAL        (PE_HEADER + 24)
#define PE_SECTION         0x200
#define PE_SECTION_ADDRESS 0x1000
#define PE_RESOURCE        (PE_SECTION + 0x80)

struct pe_image {
    uint8_t bytes[PE_IMAGE_SIZE];
    size_t size;
    size_t sections; /* where their headers are */
};

static inline void put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

static inline void put32(uint8_t *at, uint32_t value)
{
    put16(at, value & 0xffff);
    put16(at + 2, value >> 16);
}

/* A node of a version resource as far as its value; returns where the value goes. */
static inline size_t put_node(uint8_t *bytes, size_t at, const char *key, unsigned value_len,
                              bool is_text)
{
    put16(bytes + at + 2, value_len);
    put16(bytes + at + 4, is_text);
    at += 6;
    do {
        put16(bytes + at, (unsigned char)*key);
        at += 2;
    } while (*key++);
    return (at + 3) & ~(size_t)3;
}

static inline size_t put_string(uint8_t *bytes, size_t at, const char *key, const char *text)
{
    size_t start = (at + 3) & ~(size_t)3;

    at = put_node(bytes, start, key, (unsigned)strlen(text) + 1, true);
    for (const char *from = text;; from++) {
        put16(bytes + at, (unsigned char)*from);
        at += 2;
        if (!*from)
            break;
    }
    put16(bytes + start, (unsigned)(at - start));
    return at;
}

/* A version resource at bytes, which are zero; NULL texts are left out. Returns its size. */
static inline size_t put_version(uint8_t *bytes, const uint16_t numbers[4], const char *company,
                                 const char *name, const char *text)
{
    size_t at = put_node(bytes, 0, "VS_VERSION_INFO", 52, false);
    size_t info, table;

    put32(bytes + at, 0xfeef04bd);
    for (int i = 0; i < 2; i++) {
        put32(bytes + at + 8 + 8 * i, (uint32_t)numbers[0] << 16 | numbers[1]);
        put32(bytes + at + 12 + 8 * i, (uint32_t)numbers[2] << 16 | numbers[3]);
    }
    info = at + 52;
    table = put_node(bytes, info, "StringFileInfo", 0, true);
    at = put_node(bytes, table, "040904B0", 0, true);
    if (company)
        at = put_string(bytes, at, "CompanyName", company);
    if (name)
        at = put_string(bytes, at, "OriginalFilename", name);
    if (text)
        at = put_string(bytes, at, "FileVersion", text);
    put16(bytes + table, (unsigned)(at - table));
    put16(bytes + info, (unsigned)(at - info));
    put16(bytes, (unsigned)at);
    return at;
}

/* The headers, for a processor, and an empty section; the resource goes to PE_RESOURCE. */
static inline void pe_image_begin(struct pe_image *image, unsigned processor, bool is_plus)
{
    uint8_t *bytes = image->bytes;
    unsigned optional_len = is_plus ? 240 : 224;
    uint8_t *section = bytes + PE_OPTIONAL + optional_len;
    static const uint32_t subdirectories[] = {0x80000020, 0x80000040, 0x60};

    memset(image, 0, sizeof(*image));
    image->sections = PE_OPTIONAL + optional_len;
    memcpy(bytes, "MZ", 2);
    put32(bytes + 0x3c, PE_HEADER);
    memcpy(bytes + PE_HEADER, "PE", 2);
    put16(bytes + PE_HEADER + 4, processor);
    put16(bytes + PE_HEADER + 6, 1);
    put32(bytes + PE_HEADER + 8, 1553126400); /* 2019-03-21 */
    put16(bytes + PE_HEADER + 20, optional_len);
    put16(bytes + PE_OPTIONAL, is_plus ? 0x20b : 0x10b);
    put32(bytes + PE_OPTIONAL + (is_plus ? 108 : 92), 16);
    put32(bytes + PE_OPTIONAL + (is_plus ? 128 : 112), PE_SECTION_ADDRESS);
    put32(section + 12, PE_SECTION_ADDRESS);
    put32(section + 20, PE_SECTION);
    for (int level = 0; level < 3; level++) {
        uint8_t *directory = bytes + PE_SECTION + 0x20 * level;

        put16(directory + 14, 1);
        put32(directory + 16, level == 0 ? 16 : level == 1 ? 1 : 1033);
        put32(directory + 20, subdirectories[level]);
    }
}

static inline void pe_image_end(struct pe_image *image, size_t resource_len)
{
    size_t len = (0x80 + resource_len + 511) & ~(size_t)511;

    put32(image->bytes + PE_SECTION + 0x60, PE_SECTION_ADDRESS + 0x80);
    put32(image->bytes + PE_SECTION + 0x64, (uint32_t)resource_len);
    put32(image->bytes + image->sections + 16, (uint32_t)len);
    image->size = PE_SECTION + len;
}

/* A whole one. */
static inline void pe_image_make(struct pe_image *image, unsigned processor, bool is_plus,
                                 const uint16_t numbers[4], const char *company, const char *name,
                                 const char *text)
{
    pe_image_begin(image, processor, is_plus);
    pe_image_end(image, put_version(image->bytes + PE_RESOURCE, numbers, company, name, text));
}

#endif
