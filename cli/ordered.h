/* Results of several threads, handed on in the order in which the work was given out.
 *
 * A ring of slots, one for each piece of work in flight. Who finishes a piece and finds that it is
 * the next one hands it on, and all finished ones behind it; nobody waits for a turn unless the
 * ring is full or a slot has grown past what it may hold. So memory is bounded by the ring,
 * and a slow piece does not stop the others at once.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_ORDERED_H
#define WINVER6003_ORDERED_H

#include <stdbool.h>

struct ordered;

/* give(data, slot) is called for one slot at a time, in order, by whichever thread: it takes what
 * is in the slot and leaves it empty. Never NULL. */
struct ordered *ordered_new(unsigned n_slots, void (*give)(void *data, unsigned slot), void *data);
/* NULL is allowed. */
void ordered_free(struct ordered *ordered);

/* The next piece of work gets the slot that is returned; waits for a free one. Calls must come in
 * the order of the work, so the caller holds its own lock around taking work and this. */
unsigned ordered_begin(struct ordered *ordered);
/* Hands on what the slot holds so far: waits until everything before it has been handed on. */
void ordered_flush(struct ordered *ordered, unsigned slot);
/* The piece is finished. */
void ordered_finish(struct ordered *ordered, unsigned slot);

#endif
