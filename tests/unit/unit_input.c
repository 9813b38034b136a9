/* Tests of core/input.c and of the file functions under it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/input.h"
#include "core/limits.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/winver6003-unit-XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static void write_file(const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(name, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Reads all, in odd pieces; every byte must be i * 7. */
static size_t read_all(struct input *input)
{
    uint8_t piece[1013];
    size_t got;
    size_t all = 0;

    while ((got = input_read(input, piece, sizeof(piece))) > 0) {
        for (size_t i = 0; i < got; i++)
            assert_int_equal(piece[i], (uint8_t)((all + i) * 7));
        all += got;
        assert_int_equal(input->consumed, all);
    }
    return all;
}

static uint8_t *pattern(size_t size)
{
    uint8_t *bytes = malloc(size + 1);

    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(i * 7);
    return bytes;
}

static void sizes(void **state)
{
    static const size_t sizes[] = {
        0, 1, 1000, LIMIT_HEAD_BYTES - 1, LIMIT_HEAD_BYTES, LIMIT_HEAD_BYTES + 1, 300000,
    };
    char message[200];

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        size_t size = sizes[i];
        uint8_t *bytes = pattern(size);
        struct input input;

        write_file("f", bytes, size);
        assert_int_equal(input_open(&input, "f", message, sizeof(message)), INPUT_OK);
        assert_string_equal(message, "");
        assert_string_equal(input.name, "f");
        assert_int_equal(input.size, size);
        assert_int_equal(input.n_head, size < LIMIT_HEAD_BYTES ? size : LIMIT_HEAD_BYTES);
        assert_int_equal(input.whole, size < LIMIT_HEAD_BYTES);
        assert_int_equal(input_at_end(&input), size == 0);
        assert_int_equal(read_all(&input), size);
        assert_true(input_at_end(&input));
        assert_null(input.error);
        assert_int_equal(input_read(&input, message, 1), 0);
        input_close(&input);

        input_from_memory(&input, "m", bytes, size);
        assert_int_equal(input.n_head, size < LIMIT_HEAD_BYTES ? size : LIMIT_HEAD_BYTES);
        assert_int_equal(input.whole, size <= LIMIT_HEAD_BYTES);
        assert_int_equal(read_all(&input), size);
        input_close(&input);
        free(bytes);
    }
    unlink("f");
}

static void refused(const char *path, enum input_status expected, const char *words)
{
    struct input input;
    char message[200];

    assert_int_equal(input_open(&input, path, message, sizeof(message)), expected);
    if (!strstr(message, words) || strncmp(message, path, strlen(path)) != 0)
        fail_msg("message: %s", message);
    assert_null(strchr(message, '\n'));
}

static void refusals(void **state)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
    int listening = socket(AF_UNIX, SOCK_STREAM, 0);

    (void)state;
    refused("missing", INPUT_MISSING, "no such file");
    refused("missing/inside", INPUT_MISSING, "no such file");
    refused("", INPUT_MISSING, "no such file");
    refused(".", INPUT_FOLDER, "folder");
    refused("/dev/zero", INPUT_DEVICE, "use - for standard input");
    assert_int_equal(mkfifo("pipe", 0600), 0);
    refused("pipe", INPUT_DEVICE, "use - for standard input"); /* and does not wait for a writer */
    unlink("pipe");
    assert_int_equal(bind(listening, (struct sockaddr *)&address, sizeof(address)), 0);
    refused("socket", INPUT_DEVICE, "use - for standard input");
    close(listening);
    unlink("socket");
    write_file("secret", "x", 1);
    chmod("secret", 0);
    chmod(".", 0755);
    if (geteuid() == 0 && seteuid(65534) != 0)
        skip();
    refused("secret", INPUT_DENIED, "denied");
    if (getuid() == 0)
        assert_int_equal(seteuid(0), 0);
    unlink("secret");
}

/* Standard input that is a pipe, a file read to its middle, and a folder. */
static void standard_input(void **state)
{
    uint8_t *bytes = pattern(1000);
    int kept = dup(0);
    struct input input;
    char message[200];
    int ends[2];
    int fd;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, 1000), 1000);
    close(ends[1]);
    dup2(ends[0], 0);
    close(ends[0]);
    assert_int_equal(input_open(&input, "-", message, sizeof(message)), INPUT_OK);
    assert_int_equal(input.size, -1);
    assert_true(input.whole);
    assert_int_equal(read_all(&input), 1000);
    input_close(&input);
    assert_true(fcntl(0, F_GETFD) >= 0); /* stays open: it is not ours */

    write_file("f", bytes, 1000);
    fd = open("f", O_RDONLY);
    dup2(fd, 0);
    lseek(0, 256, SEEK_SET);
    assert_int_equal(input_open(&input, "-", message, sizeof(message)), INPUT_OK);
    assert_int_equal(input.size, 744);
    input_close(&input);
    close(fd);
    unlink("f");

    fd = open(".", O_RDONLY);
    dup2(fd, 0);
    assert_int_equal(input_open(&input, "-", message, sizeof(message)), INPUT_FOLDER);
    assert_string_equal(message, "standard input: a folder, not a file");
    close(fd);

    close(0);
    assert_int_equal(input_open(&input, "-", message, sizeof(message)), INPUT_ERROR);
    assert_non_null(strstr(message, "standard input: "));
    dup2(kept, 0);
    close(kept);
    free(bytes);
}

static void shrinks_and_grows(void **state)
{
    uint8_t *bytes = pattern(300000);
    struct input input;
    char message[200];
    FILE *file;

    (void)state;
    write_file("f", bytes, 300000);
    assert_int_equal(input_open(&input, "f", message, sizeof(message)), INPUT_OK);
    assert_int_equal(truncate("f", 100000), 0);
    assert_int_equal(read_all(&input), 100000);
    assert_true(input_at_end(&input));
    assert_null(input.error);
    input_close(&input);

    write_file("f", bytes, 100000);
    assert_int_equal(input_open(&input, "f", message, sizeof(message)), INPUT_OK);
    file = fopen("f", "ab");
    fwrite(bytes + 100000, 1, 1000, file);
    fclose(file);
    assert_int_equal(read_all(&input), 101000);
    input_close(&input);
    unlink("f");
    free(bytes);
}

/* Files of /proc claim to have no bytes. */
static void claims_no_size(void **state)
{
    struct input input;
    char message[200];

    (void)state;
    if (access("/proc/version", R_OK) != 0)
        skip();
    assert_int_equal(input_open(&input, "/proc/version", message, sizeof(message)), INPUT_OK);
    assert_int_equal(input.size, 0);
    assert_true(input.n_head > 0);
    assert_true(input.whole);
    input_close(&input);
}

static void cancel_stops(void **state)
{
    bool cancel = false;
    struct input input;
    char byte;

    (void)state;
    input_from_memory(&input, "m", "abc", 3);
    input.cancel = &cancel;
    assert_int_equal(input_read(&input, &byte, 1), 1);
    cancel = true;
    assert_int_equal(input_read(&input, &byte, 1), 0);
    assert_int_equal(input.consumed, 1);
    assert_null(input.error);
}

static void collect(void *data, const void *bytes, size_t length)
{
    strncat(data, bytes, length);
}

static void tap_sees_all(void **state)
{
    char seen[20] = "";
    struct input input;
    char piece[4];

    (void)state;
    input_from_memory(&input, "m", "abcdefg", 7);
    input.tap = collect;
    input.tap_data = seen;
    while (input_read(&input, piece, sizeof(piece)) > 0)
        ;
    assert_string_equal(seen, "abcdefg");
}

/* Gives "0123456789" over and over, seven bytes at a time, and an error in place of the end. */
struct digits {
    size_t left;
    size_t given;
    const char *error;
};

static size_t give_digits(void *data, void *bytes, size_t size, const char **error)
{
    struct digits *digits = data;
    size_t n = size < 7 ? size : 7;

    if (n > digits->left)
        n = digits->left;
    for (size_t i = 0; i < n; i++)
        ((char *)bytes)[i] = (char)('0' + digits->given++ % 10);
    digits->left -= n;
    if (n == 0)
        *error = digits->error;
    return n;
}

static void source_is_read(void **state)
{
    struct digits digits = {.left = 25};
    struct input_source source = {give_digits, &digits};
    struct input input;
    char bytes[32];
    size_t size;

    (void)state;
    input_from_source(&input, "s", &source);
    assert_int_equal(input.n_head, 25);
    assert_true(input.whole);
    assert_int_equal(input.size, -1);
    assert_int_equal(input_read(&input, bytes, 10), 10);
    assert_memory_equal(bytes, "0123456789", 10);
    assert_true(input_hold(&input, 1000));
    assert_int_equal(input.size, 25);
    assert_int_equal(input_read_at(&input, 20, bytes, sizeof(bytes)), 5);
    assert_memory_equal(bytes, "01234", 5);
    assert_non_null(input_bytes(&input, &size));
    assert_int_equal(size, 25);
    input_close(&input);
}

/* Longer than the head, held in two goes, ending in an error. */
static void source_that_fails(void **state)
{
    struct digits digits = {.left = 300000, .error = "torn"};
    struct input_source source = {give_digits, &digits};
    struct input input;
    char byte;

    (void)state;
    input_from_source(&input, "s", &source);
    assert_false(input.whole);
    assert_null(input.error);
    assert_false(input_hold(&input, 100000));
    assert_false(input_hold(&input, 1000000));
    assert_string_equal(input.error, "torn");
    assert_int_equal(input_read_at(&input, 299999, &byte, 1), 1);
    assert_int_equal(byte, '9');
    input_close(&input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes),          cmocka_unit_test(refusals),
        cmocka_unit_test(standard_input), cmocka_unit_test(shrinks_and_grows),
        cmocka_unit_test(claims_no_size), cmocka_unit_test(cancel_stops),
        cmocka_unit_test(tap_sees_all),
        cmocka_unit_test(source_is_read),
        cmocka_unit_test(source_that_fails),
    };

    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
