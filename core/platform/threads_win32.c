/* Threads, where they are Win32 threads. NT 6.0 is the first to have slim locks and conditions.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../arena.h"
#include "threads.h"

#include <process.h>
#include <stdlib.h>
#include <windows.h>

struct monitor {
    SRWLOCK lock;
    CONDITION_VARIABLE condition;
};

struct monitor *monitor_new(void)
{
    struct monitor *monitor = memory_alloc(sizeof(*monitor));

    InitializeSRWLock(&monitor->lock);
    InitializeConditionVariable(&monitor->condition);
    return monitor;
}

void monitor_free(struct monitor *monitor)
{
    free(monitor);
}

void monitor_enter(struct monitor *monitor)
{
    AcquireSRWLockExclusive(&monitor->lock);
}

void monitor_leave(struct monitor *monitor)
{
    ReleaseSRWLockExclusive(&monitor->lock);
}

void monitor_wait(struct monitor *monitor)
{
    SleepConditionVariableSRW(&monitor->condition, &monitor->lock, INFINITE, 0);
}

void monitor_wake_all(struct monitor *monitor)
{
    WakeAllConditionVariable(&monitor->condition);
}

struct start {
    void (*work)(void *data, unsigned index);
    void *data;
    unsigned index;
};

static unsigned __stdcall run(void *data)
{
    const struct start *start = data;

    start->work(start->data, start->index);
    return 0;
}

void threads_run(unsigned count, void (*work)(void *data, unsigned index), void *data)
{
    struct start *starts = memory_alloc((count + 1) * sizeof(*starts));
    HANDLE *threads = memory_alloc((count + 1) * sizeof(*threads));
    unsigned started = 1;

    while (started < count) {
        starts[started] = (struct start){work, data, started};
        /* Not CreateThread: the C library keeps state for each thread. */
        threads[started] = (HANDLE)_beginthreadex(NULL, 0, run, &starts[started], 0, NULL);
        if (!threads[started])
            break;
        started++;
    }
    work(data, 0);
    for (unsigned i = 1; i < started; i++) {
        WaitForSingleObject(threads[i], INFINITE);
        CloseHandle(threads[i]);
    }
    free(threads);
    free(starts);
}

unsigned threads_cores(void)
{
    DWORD_PTR process = 0, machine = 0;
    unsigned cores = 0;

    if (GetProcessAffinityMask(GetCurrentProcess(), &process, &machine))
        for (; process; process &= process - 1)
            cores++;
    return cores ? cores : 1;
}
