/* Threads, as little of them as a batch needs: run a function on several, and one monitor.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_THREADS_H
#define WINVER6003_THREADS_H

/* A lock with one condition. Every waiter looks again at what it waits for: wakes are for all. */
struct monitor;

/* Never NULL. */
struct monitor *monitor_new(void);
/* NULL is allowed; nobody may be inside. */
void monitor_free(struct monitor *monitor);
void monitor_enter(struct monitor *monitor);
void monitor_leave(struct monitor *monitor);
/* To be called inside; leaves while it sleeps. */
void monitor_wait(struct monitor *monitor);
/* To be called inside. */
void monitor_wake_all(struct monitor *monitor);

/* Runs work(data, 0) ... work(data, count - 1) at the same time, 0 on the calling thread, and
 * returns after the last has returned. Where the system refuses further threads there are fewer:
 * work must get by with any number from one on. */
void threads_run(unsigned count, void (*work)(void *data, unsigned index), void *data);

/* Processors that this process may use, at least 1. */
unsigned threads_cores(void);

#endif
