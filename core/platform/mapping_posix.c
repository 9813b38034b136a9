/* Mapped files on POSIX.
 *
 * SPDX-License-Identifier: MIT
 */
#include "mapping.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

/* Where this thread goes on when mapped bytes are gone; NULL outside mapping_guarded(). */
static _Thread_local sigjmp_buf *way_out;
static struct sigaction before;
static pthread_mutex_t installing = PTHREAD_MUTEX_INITIALIZER;

static void on_bus_error(int number, siginfo_t *info, void *context)
{
    (void)info;
    (void)context;
    if (way_out)
        siglongjmp(*way_out, 1);
    /* Not ours: what would have happened without us happens when the access is tried again. */
    sigaction(number, &before, NULL);
}

/* Each time, since others in the process may have put their own handler in place. */
static void install(void)
{
    struct sigaction action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO};
    struct sigaction now;

    pthread_mutex_lock(&installing);
    sigaction(SIGBUS, NULL, &now);
    if (!(now.sa_flags & SA_SIGINFO) || now.sa_sigaction != on_bus_error) {
        before = now;
        sigemptyset(&action.sa_mask);
        sigaction(SIGBUS, &action, NULL);
    }
    pthread_mutex_unlock(&installing);
}

const uint8_t *mapping_open(int fd, size_t size)
{
    void *bytes = size ? mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;

    return bytes == MAP_FAILED ? NULL : bytes;
}

void mapping_close(const uint8_t *bytes, size_t size)
{
    if (bytes)
        munmap((void *)(uintptr_t)bytes, size);
}

bool mapping_guarded(void (*work)(void *data), void *data)
{
    sigjmp_buf *volatile outer = way_out;
    sigjmp_buf here;

    install();
    if (sigsetjmp(here, 1) != 0) {
        way_out = outer;
        return false;
    }
    way_out = &here;
    work(data);
    way_out = outer;
    return true;
}
