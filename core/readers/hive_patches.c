/* Sectors that the logs of a hive put in place of its own, in memory.
 *
 * The table is by page, because bins are read page by page and logs of Windows change whole pages;
 * the sectors of a page are told apart because the old logs are able to.
 *
 * SPDX-License-Identifier: MIT
 */
#include "hive_patches.h"

#include "../limits.h"
#include "hive_base.h"

#include <string.h>

#define FIRST_SLOTS 64

struct hive_patch {
    uint32_t page;
    uint8_t sectors; /* bit set: replaced */
    uint8_t bytes[HIVE_PAGE];
};

static struct hive_patch **slot_of(const struct hive_patches *patches, uint32_t page)
{
    size_t slot = page * 2654435761u & (patches->n_slots - 1);

    while (patches->slots[slot] && patches->slots[slot]->page != page)
        slot = (slot + 1) & (patches->n_slots - 1);
    return &patches->slots[slot];
}

static void grow(struct hive_patches *patches)
{
    struct hive_patches larger = *patches;

    larger.n_slots = patches->n_slots ? patches->n_slots * 2 : FIRST_SLOTS;
    larger.slots = arena_alloc(patches->arena, larger.n_slots * sizeof(*larger.slots));
    for (size_t i = 0; i < patches->n_slots; i++)
        if (patches->slots[i])
            *slot_of(&larger, patches->slots[i]->page) = patches->slots[i];
    *patches = larger;
}

static struct hive_patch *patch_for(struct hive_patches *patches, uint32_t page)
{
    struct hive_patch **slot;

    if (patches->count * 2 >= patches->n_slots)
        grow(patches);
    slot = slot_of(patches, page);
    if (!*slot) {
        if (patches->count == LIMIT_HIVE_LOG_BYTES / HIVE_PAGE)
            return NULL;
        patches->count++;
        *slot = arena_alloc(patches->arena, sizeof(**slot));
        (*slot)->page = page;
    }
    return *slot;
}

bool hive_patches_put(struct hive_patches *patches, uint32_t offset, const uint8_t *bytes,
                      size_t size)
{
    for (size_t at = 0; at + HIVE_SECTOR <= size; at += HIVE_SECTOR) {
        uint32_t place = offset + (uint32_t)at;
        uint32_t inner = place % HIVE_PAGE;
        struct hive_patch *patch = patch_for(patches, place / HIVE_PAGE);

        if (!patch)
            return false;
        memcpy(patch->bytes + inner, bytes + at, HIVE_SECTOR);
        patch->sectors |= (uint8_t)(1u << inner / HIVE_SECTOR);
    }
    return true;
}

bool hive_patches_touch(const struct hive_patches *patches, uint32_t offset, size_t size)
{
    uint32_t last = (uint32_t)((offset + size - 1) / HIVE_PAGE);

    for (uint32_t page = offset / HIVE_PAGE; patches->n_slots && page <= last; page++)
        if (*slot_of(patches, page))
            return true;
    return false;
}

void hive_patches_apply(const struct hive_patches *patches, uint32_t offset, uint8_t *bytes,
                        size_t size, size_t *known)
{
    if (!patches->n_slots)
        return;
    for (size_t at = 0; at < size; at += HIVE_SECTOR) {
        uint32_t place = offset + (uint32_t)at;
        uint32_t inner = place % HIVE_PAGE;
        const struct hive_patch *patch = *slot_of(patches, place / HIVE_PAGE);

        if (!patch || !(patch->sectors & 1u << inner / HIVE_SECTOR))
            continue;
        memcpy(bytes + at, patch->bytes + inner, HIVE_SECTOR);
        if (*known >= at && *known < at + HIVE_SECTOR)
            *known = at + HIVE_SECTOR;
    }
}
