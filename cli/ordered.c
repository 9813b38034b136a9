/* Results of several threads, handed on in order.
 *
 * SPDX-License-Identifier: MIT
 */
#include "ordered.h"

#include "core/arena.h"
#include "core/platform/threads.h"

#include <stdlib.h>

enum slot_state { SLOT_FREE, SLOT_BUSY, SLOT_FINISHED };

struct ordered {
    struct monitor *monitor;
    enum slot_state *slots;
    unsigned n_slots;
    unsigned next_begin; /* slots are used round and round */
    unsigned next_give;
    bool giving; /* a thread is handing on and will look for more */
    void (*give)(void *data, unsigned slot);
    void *data;
};

struct ordered *ordered_new(unsigned n_slots, void (*give)(void *data, unsigned slot), void *data)
{
    struct ordered *ordered = memory_alloc(sizeof(*ordered));

    ordered->monitor = monitor_new();
    ordered->slots = memory_alloc(n_slots * sizeof(*ordered->slots));
    ordered->n_slots = n_slots;
    ordered->give = give;
    ordered->data = data;
    return ordered;
}

void ordered_free(struct ordered *ordered)
{
    if (!ordered)
        return;
    monitor_free(ordered->monitor);
    free(ordered->slots);
    free(ordered);
}

unsigned ordered_begin(struct ordered *ordered)
{
    unsigned slot;

    monitor_enter(ordered->monitor);
    slot = ordered->next_begin;
    while (ordered->slots[slot] != SLOT_FREE)
        monitor_wait(ordered->monitor);
    ordered->slots[slot] = SLOT_BUSY;
    ordered->next_begin = (slot + 1) % ordered->n_slots;
    monitor_leave(ordered->monitor);
    return slot;
}

void ordered_flush(struct ordered *ordered, unsigned slot)
{
    monitor_enter(ordered->monitor);
    while (ordered->next_give != slot || ordered->giving)
        monitor_wait(ordered->monitor);
    ordered->giving = true;
    monitor_leave(ordered->monitor);

    ordered->give(ordered->data, slot);

    /* The slot stays the next one, so nobody else can have begun to give. */
    monitor_enter(ordered->monitor);
    ordered->giving = false;
    monitor_leave(ordered->monitor);
}

void ordered_finish(struct ordered *ordered, unsigned slot)
{
    monitor_enter(ordered->monitor);
    ordered->slots[slot] = SLOT_FINISHED;
    while (!ordered->giving && ordered->slots[ordered->next_give] == SLOT_FINISHED) {
        unsigned given = ordered->next_give;

        ordered->giving = true;
        monitor_leave(ordered->monitor);
        ordered->give(ordered->data, given);
        monitor_enter(ordered->monitor);
        ordered->giving = false;
        ordered->slots[given] = SLOT_FREE;
        ordered->next_give = (given + 1) % ordered->n_slots;
        monitor_wake_all(ordered->monitor);
    }
    monitor_leave(ordered->monitor);
}
