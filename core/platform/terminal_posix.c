/* The terminal, where it is a device file.
 *
 * SPDX-License-Identifier: MIT
 */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

void terminal_start(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    /* Opened the wrong way round, so that reading or writing still fails. */
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF &&
            open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            _exit(70);
    }
}

struct terminal terminal_query(void)
{
    struct terminal terminal = {.output = isatty(STDOUT_FILENO), .errors = isatty(STDERR_FILENO)};
    const char *kind = getenv("TERM");
    struct winsize size;

    if (!terminal.output)
        return terminal;
    terminal.color = kind && kind[0] && strcmp(kind, "dumb") != 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        terminal.width = size.ws_col;
    return terminal;
}

void terminal_error(const char *line)
{
    struct iovec parts[] = {
        {.iov_base = (char *)line, .iov_len = strlen(line)},
        {.iov_base = (char *)"\n", .iov_len = 1},
    };

    /* There is nobody left to tell when this fails. */
    if (writev(STDERR_FILENO, parts, 2) < 0)
        return;
}
