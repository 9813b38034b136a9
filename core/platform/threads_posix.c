/* Threads, where they are POSIX threads.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../arena.h"
#include "threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

struct monitor {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
};

struct monitor *monitor_new(void)
{
    struct monitor *monitor = memory_alloc(sizeof(*monitor));

    pthread_mutex_init(&monitor->mutex, NULL);
    pthread_cond_init(&monitor->condition, NULL);
    return monitor;
}

void monitor_free(struct monitor *monitor)
{
    if (!monitor)
        return;
    pthread_cond_destroy(&monitor->condition);
    pthread_mutex_destroy(&monitor->mutex);
    free(monitor);
}

void monitor_enter(struct monitor *monitor)
{
    pthread_mutex_lock(&monitor->mutex);
}

void monitor_leave(struct monitor *monitor)
{
    pthread_mutex_unlock(&monitor->mutex);
}

void monitor_wait(struct monitor *monitor)
{
    pthread_cond_wait(&monitor->condition, &monitor->mutex);
}

void monitor_wake_all(struct monitor *monitor)
{
    pthread_cond_broadcast(&monitor->condition);
}

struct start {
    void (*work)(void *data, unsigned index);
    void *data;
    unsigned index;
};

static void *run(void *data)
{
    const struct start *start = data;

    start->work(start->data, start->index);
    return NULL;
}

void threads_run(unsigned count, void (*work)(void *data, unsigned index), void *data)
{
    struct start *starts = memory_alloc((count + 1) * sizeof(*starts));
    pthread_t *threads = memory_alloc((count + 1) * sizeof(*threads));
    unsigned started = 1;

    while (started < count) {
        starts[started] = (struct start){work, data, started};
        if (pthread_create(&threads[started], NULL, run, &starts[started]) != 0)
            break;
        started++;
    }
    work(data, 0);
    for (unsigned i = 1; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    free(starts);
}

unsigned threads_cores(void)
{
    cpu_set_t allowed;
    long online;

    if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0 && CPU_COUNT(&allowed) > 0)
        return (unsigned)CPU_COUNT(&allowed);
    /* More processors than the set has room for. */
    online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (unsigned)online : 1;
}
