/* Bytes on their way out, where files are descriptors.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../arena.h"
#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Other runs in the same folder have other process ids; left-overs of a killed one may not. */
#define NAME_ATTEMPTS 100
/* Linux takes no more at once. */
#define WRITE_BYTES 0x7FFFF000

/* A file is handed to the disk in pieces of this size while the next ones are made: the sync at
 * the end of a large report then waits for the last piece only. */
#define PIECE_BYTES (4 * 1024 * 1024)

struct replace {
    int fd;
    off_t written;
    off_t handed_on; /* to the disk */
    char *target; /* NULL when written to directly */
    char *beside;
};

/* What a signal has to remove. Set while a file is half written. */
static const char *volatile half_written;

static void remove_and_end(int number)
{
    const char *path = half_written;

    if (path)
        unlink(path);
    signal(number, SIG_DFL);
    raise(number);
}

static void watch_signals(void)
{
    static const int ends[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE};
    struct sigaction action = {.sa_handler = remove_and_end};
    struct sigaction before;

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        /* nohup and its like have decided already. */
        if (sigaction(ends[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(ends[i], &action, NULL);
    }
}

static void explain(char message[REPLACE_MESSAGE_SIZE])
{
    snprintf(message, REPLACE_MESSAGE_SIZE, "%s", strerror(errno));
}

static void replace_free(struct replace *replace)
{
    half_written = NULL;
    free(replace->beside);
    free(replace->target);
    free(replace);
}

/* The folder part of path with its slash; 0 when there is none. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* Who could read the old file can read the new one, and nobody else. */
static bool keep_rights(int fd, const char *target)
{
    struct stat old, now;

    if (stat(target, &old) != 0)
        return true;
    if (fstat(fd, &now) != 0)
        return false;
    /* Only root may give a file away; for all others it stays theirs. */
    if ((old.st_uid != now.st_uid || old.st_gid != now.st_gid) &&
        fchown(fd, old.st_uid, old.st_gid) != 0 && errno != EPERM)
        return false;
    return (old.st_mode & 0777) == (now.st_mode & 0777) || fchmod(fd, old.st_mode & 0777) == 0;
}

static bool open_beside(struct replace *replace)
{
    size_t folder = folder_length(replace->target);
    size_t size = folder + 64;

    replace->beside = memory_alloc(size);
    memcpy(replace->beside, replace->target, folder);
    half_written = replace->beside;
    watch_signals();
    for (unsigned attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
        /* Without the target's name: that may be as long as a name can be. */
        snprintf(replace->beside + folder, size - folder, ".winver6003-%ld-%u.tmp",
                 (long)getpid(), attempt);
        replace->fd = open(replace->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (replace->fd >= 0 || errno != EEXIST)
            break;
    }
    if (replace->fd < 0)
        return false;
    if (!keep_rights(replace->fd, replace->target)) {
        unlink(replace->beside);
        close(replace->fd);
        return false;
    }
    return true;
}

struct replace *replace_open(const char *path, char message[REPLACE_MESSAGE_SIZE])
{
    struct replace *replace = memory_alloc(sizeof(*replace));
    struct stat old;

    /* A file size limit is to be an error that is told, not an end. */
    signal(SIGXFSZ, SIG_IGN);
    replace->fd = STDOUT_FILENO;
    if (!path)
        return replace;
    if (stat(path, &old) == 0 && !S_ISREG(old.st_mode)) {
        replace->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    } else {
        /* A link stays a link: what it points to is replaced. */
        char *resolved = realpath(path, NULL);

        replace->fd = -1;
        replace->target = memory_alloc(strlen(resolved ? resolved : path) + 1);
        strcpy(replace->target, resolved ? resolved : path);
        free(resolved);
        if (!open_beside(replace))
            replace->fd = -1;
    }
    if (replace->fd < 0) {
        explain(message);
        replace_free(replace);
        return NULL;
    }
    return replace;
}

bool replace_write(struct replace *replace, const char *bytes, size_t length,
                   char message[REPLACE_MESSAGE_SIZE])
{
    while (length > 0) {
        ssize_t written = write(replace->fd, bytes, length > WRITE_BYTES ? WRITE_BYTES : length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            explain(message);
            return false;
        }
        bytes += written;
        length -= (size_t)written;
        replace->written += written;
    }
    if (replace->target && replace->written - replace->handed_on >= PIECE_BYTES) {
        sync_file_range(replace->fd, replace->handed_on, replace->written - replace->handed_on,
                        SYNC_FILE_RANGE_WRITE);
        replace->handed_on = replace->written;
    }
    return true;
}

/* The rename itself lasts only once the folder is on the disk. */
static void sync_folder(const char *path)
{
    size_t length = folder_length(path);
    char *folder = memory_alloc(length + 2);
    int fd;

    memcpy(folder, length ? path : ".", length ? length : 1);
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

bool replace_commit(struct replace *replace, char message[REPLACE_MESSAGE_SIZE])
{
    bool done = true;

    if (replace->target) {
        /* EINVAL: a file system that has nothing to sync. */
        done = fsync(replace->fd) == 0 || errno == EINVAL;
        if (!done)
            explain(message);
        if (close(replace->fd) != 0 && done) {
            explain(message);
            done = false;
        }
        if (done && rename(replace->beside, replace->target) != 0) {
            explain(message);
            done = false;
        }
        if (done)
            sync_folder(replace->target);
        else
            unlink(replace->beside);
    } else if (replace->fd != STDOUT_FILENO && close(replace->fd) != 0) {
        explain(message);
        done = false;
    }
    replace_free(replace);
    return done;
}

void replace_abandon(struct replace *replace)
{
    if (replace->target)
        unlink(replace->beside);
    if (replace->fd != STDOUT_FILENO)
        close(replace->fd);
    replace_free(replace);
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool replace_would_touch(const char *path, const char *evidence)
{
    struct stat wanted, at;
    char *folder, *resolved;
    bool found = false;

    if (stat(evidence, &wanted) != 0)
        return false;
    if (stat(path, &at) == 0) {
        if (!S_ISREG(at.st_mode))
            return false;
        if (is_same(&at, &wanted))
            return true;
    }
    if (!S_ISDIR(wanted.st_mode))
        return false;
    /* Up from the folder of path to the root. */
    folder = memory_alloc(folder_length(path) + 1);
    memcpy(folder, path, folder_length(path));
    resolved = realpath(folder[0] ? folder : "./", NULL);
    free(folder);
    while (resolved && !found && stat(resolved, &at) == 0) {
        char *slash = strrchr(resolved, '/');

        found = is_same(&at, &wanted);
        if (!slash || !resolved[1])
            break;
        slash[slash == resolved] = '\0';
    }
    free(resolved);
    return found;
}
