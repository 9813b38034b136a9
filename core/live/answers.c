/* What the answers of a live system mean.
 *
 * SPDX-License-Identifier: MIT
 */
#include "answers.h"

#include "../ascii.h"

#include <string.h>

static bool is_nt60_build(const struct version *version)
{
    return version->major == 6 && version->minor == 0 && version->build >= 6000 &&
           version->build <= 6003;
}

enum version_weight answers_weigh(const struct version *table, const struct version *library)
{
    if (library->build == VERSION_UNKNOWN ||
        (table->major == library->major && table->minor == library->minor &&
         table->build == library->build))
        return VERSIONS_AGREE;
    /* Files of one system are of different builds: 6002 beside a kernel of 6003 is normal. */
    if (is_nt60_build(table) && is_nt60_build(library) && library->build < table->build)
        return VERSIONS_OLD_LIBRARY;
    return VERSIONS_DISGUISED;
}

const char *answers_product_type(unsigned type)
{
    static const char *const types[] = {NULL, "workstation", "domain controller", "server"};

    return type < sizeof(types) / sizeof(types[0]) ? types[type] : NULL;
}

const char *answers_suites(struct arena *arena, unsigned mask)
{
    static const struct {
        unsigned bit;
        const char *name;
    } suites[] = {
        {0x1, "Small Business"},
        {0x2, "Enterprise"},
        {0x4, "BackOffice"},
        {0x8, "Communications"},
        {0x10, "Terminal"},
        {0x20, "Small Business (Restricted)"},
        {0x40, "Embedded"},
        {0x80, "Datacenter"},
        {0x100, "Remote Desktop for administration"},
        {0x200, "Personal"},
        {0x400, "Web"},
        {0x2000, "Storage Server"},
        {0x4000, "Compute Cluster"},
        {0x8000, "Home Server"},
    };
    const char *text = NULL;

    for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
        if (mask & suites[i].bit)
            text = text ? arena_printf(arena, "%s, %s", text, suites[i].name) : suites[i].name;
    return text;
}

const char *answers_processor(struct arena *arena, unsigned architecture)
{
    switch (architecture) {
    case 0:
        return "x86";
    case 6:
        return "ia64";
    case 9:
        return "x64";
    case 10: /* the IA-32 layer, seen from inside: both kinds of 64-bit have one */
        return "64-bit";
    case 12:
        return "ARM64";
    default:
        return arena_printf(arena, "processor architecture %u", architecture);
    }
}

const char *answers_image_machine(struct arena *arena, unsigned machine)
{
    switch (machine) {
    case 0x14c:
        return "x86";
    case 0x200:
        return "ia64";
    case 0x8664:
        return "x64";
    case 0xaa64:
        return "ARM64";
    default:
        return arena_printf(arena, "processor 0x%x", machine);
    }
}

const char *answers_no_sku(uint32_t sku)
{
    if (sku == 0)
        return "the system does not tell its edition";
    if (sku == 0xabcdabcdu)
        return "the system is not licensed any more and does not tell its edition";
    return sku > INT32_MAX ? "no number of an edition" : NULL;
}

static int digit_of(char c)
{
    c = ascii_lower(c);
    return ascii_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool answers_guid(const char *text, uint8_t guid[GUID_BYTES])
{
    /* Its first three numbers are little-endian in memory, the rest are bytes in order. */
    static const uint8_t places[GUID_BYTES] = {3, 2, 1,  0,  5,  4,  7,  6,
                                               8, 9, 10, 11, 12, 13, 14, 15};

    for (size_t i = 0; i < GUID_BYTES; i++) {
        int high, low;

        if (i == 4 || i == 6 || i == 8 || i == 10) {
            if (*text != '-')
                return false;
            text++;
        }
        high = digit_of(*text);
        low = high < 0 ? -1 : digit_of(text[1]);
        if (low < 0)
            return false;
        guid[places[i]] = (uint8_t)(high * 16 + low);
        text += 2;
    }
    return !*text;
}

const char *answers_licence(int status)
{
    static const char *const words[] = {"unlicensed", "licensed", "in its grace period",
                                        "not licensed (in notification)"};

    return status >= 0 && (size_t)status < sizeof(words) / sizeof(words[0]) ? words[status]
                                                                            : "in an unknown state";
}
