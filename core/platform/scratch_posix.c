/* A private folder for what a library can only give out as files.
 *
 * A signal handler may not go through a folder itself: it starts rm for that, which it may.
 *
 * SPDX-License-Identifier: MIT
 */
#include "scratch.h"

#include "../arena.h"

#include <ftw.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* As many as there are threads at most. */
#define SCRATCH_MAX 64
/* Open folders while one is removed. */
#define OPEN_MAX 8

static const int ends[] = {SIGHUP, SIGINT, SIGTERM};

#define N_ENDS (sizeof(ends) / sizeof(ends[0]))

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const char *volatile paths[SCRATCH_MAX];
static unsigned n_open;
static struct sigaction before[N_ENDS];

struct scratch {
    char *path;
    unsigned slot;
};

static void remove_and_end(int number)
{
    for (unsigned i = 0; i < SCRATCH_MAX; i++) {
        const char *path = paths[i];
        pid_t child = path ? fork() : -1;

        if (child == 0) {
            execl("/bin/rm", "rm", "-rf", "--", path, (char *)NULL);
            _exit(127);
        }
        if (child > 0)
            waitpid(child, NULL, 0);
    }
    for (size_t i = 0; i < N_ENDS; i++)
        if (ends[i] == number)
            sigaction(number, &before[i], NULL);
    raise(number);
}

/* Whoever else has to do something then does it afterwards. nohup has decided already. */
static void watch_signals(void)
{
    struct sigaction action = {.sa_handler = remove_and_end};

    for (size_t i = 0; i < N_ENDS; i++)
        if (sigaction(ends[i], NULL, &before[i]) == 0 && before[i].sa_handler != SIG_IGN)
            sigaction(ends[i], &action, NULL);
}

static void unwatch_signals(void)
{
    struct sigaction now;

    for (size_t i = 0; i < N_ENDS; i++)
        if (sigaction(ends[i], NULL, &now) == 0 && now.sa_handler == remove_and_end)
            sigaction(ends[i], &before[i], NULL);
}

struct scratch *scratch_open(void)
{
    const char *folder = getenv("TMPDIR");
    struct scratch *scratch = memory_alloc(sizeof(*scratch));
    size_t size;

    if (!folder || *folder != '/')
        folder = "/tmp";
    size = strlen(folder) + sizeof("/winver6003-XXXXXX");
    scratch->path = memory_alloc(size);
    snprintf(scratch->path, size, "%s/winver6003-XXXXXX", folder);
    pthread_mutex_lock(&mutex);
    while (scratch->slot < SCRATCH_MAX && paths[scratch->slot])
        scratch->slot++;
    if (n_open == 0)
        watch_signals();
    /* Known before it is there: a signal in between leaves nothing behind. */
    if (scratch->slot < SCRATCH_MAX)
        paths[scratch->slot] = scratch->path;
    /* mkdtemp() makes it for its owner alone. */
    if (scratch->slot == SCRATCH_MAX || !mkdtemp(scratch->path)) {
        if (scratch->slot < SCRATCH_MAX)
            paths[scratch->slot] = NULL;
        if (n_open == 0)
            unwatch_signals();
        pthread_mutex_unlock(&mutex);
        free(scratch->path);
        free(scratch);
        return NULL;
    }
    n_open++;
    pthread_mutex_unlock(&mutex);
    return scratch;
}

const char *scratch_path(const struct scratch *scratch)
{
    return scratch->path;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    if (place->level > 0)
        remove(path);
    return 0;
}

void scratch_clear(struct scratch *scratch)
{
    nftw(scratch->path, remove_entry, OPEN_MAX, FTW_DEPTH | FTW_PHYS);
}

void scratch_close(struct scratch *scratch)
{
    if (!scratch)
        return;
    scratch_clear(scratch);
    rmdir(scratch->path);
    pthread_mutex_lock(&mutex);
    paths[scratch->slot] = NULL;
    if (--n_open == 0)
        unwatch_signals();
    pthread_mutex_unlock(&mutex);
    free(scratch->path);
    free(scratch);
}
