/* Registry values shown to registry_facts one by one, and a .reg text read as a file.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_TEST_REGISTRY_H
#define WINVER6003_TEST_REGISTRY_H

#include "recognise.h"

#include "core/limits.h"
#include "core/reader.h"
#include "core/readers/registry_facts.h"

#define CURRENT_VERSION "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
#define CBS                                                                                       \
    "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based "          \
    "Servicing\\"

extern const struct reader reader_reg;

struct registry_test {
    struct shown shown;
    struct registry_scan *scan;
};

static inline struct registry_test registry_open(bool whole_keys)
{
    struct registry_test test = {.shown.machine = machine_new("test")};

    machine_add_evidence(test.shown.machine, "test.reg");
    test.scan = registry_begin(test.shown.machine, 0, whole_keys);
    return test;
}

static inline void put_text(struct registry_test *test, const char *key, const char *name,
                            const char *text)
{
    registry_fact(test->scan, key, name, REGISTRY_SZ, text, strlen(text));
}

static inline void put_number(struct registry_test *test, const char *key, const char *name,
                              uint32_t number)
{
    const unsigned char bytes[4] = {number & 0xff, number >> 8 & 0xff, number >> 16 & 0xff,
                                    number >> 24};

    registry_fact(test->scan, key, name, REGISTRY_DWORD, bytes, sizeof(bytes));
}

/* Ends the scan; the machine stays for asking. */
static inline unsigned registry_close(struct registry_test *test)
{
    test->shown.scan.statements = registry_end(test->scan);
    return test->shown.scan.statements;
}

static inline void registry_free(struct registry_test *test)
{
    shown_free(&test->shown);
}

/* Reads bytes as a file. The result is that of the reader; *probed tells whether it wanted it. */
static inline struct shown read_reg_bytes(const void *bytes, size_t size, bool *probed)
{
    struct shown shown = {.machine = machine_new("test")};
    struct input input;

    machine_add_evidence(shown.machine, "test.reg");
    input_from_memory(&input, "test.reg", bytes, size);
    *probed = reader_reg.probe(&input);
    shown.scan.statements = reader_reg.read(&input, shown.machine, 0);
    input_close(&input);
    return shown;
}

static inline struct shown read_reg(const char *text)
{
    bool probed;
    struct shown shown = read_reg_bytes(text, strlen(text), &probed);

    assert_true(probed);
    return shown;
}

#endif
