/* Prints every key and value of a hive, for tests to compare with what others read from it.
 *
 * usage: hive_dump [--logs] FILE
 *
 * A line for each key, "K path", and each value, "V path\name type hex"; bytes of names that are no
 * printable ASCII, percent and blanks are written as %XX of their UTF-8. Problems go to standard
 * error. --logs replays the logs beside the file. Exit code 0, or 1 when it is no hive.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/arena.h"
#include "core/limits.h"
#include "core/readers/hive.h"
#include "core/readers/hive_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SIZE 1024

struct dump {
    struct hive hive;
    char path[512 * 1024];
    uint8_t *data;
    size_t room;
};

/* Adds the name to the path, escaped; returns the length before. */
static size_t add_name(struct dump *dump, const struct hive_name *name)
{
    size_t before = strlen(dump->path);
    char text[NAME_SIZE];
    char *to = dump->path + before;

    if (before + NAME_SIZE * 3 >= sizeof(dump->path)) {
        fprintf(stderr, "path too long\n");
        exit(1);
    }
    hive_name_text(name, text, sizeof(text));
    *to++ = '\\';
    for (const char *c = text; *c; c++)
        to += *c > ' ' && *c < 0x7f && *c != '%' ? snprintf(to, 2, "%c", *c)
                                                 : snprintf(to, 4, "%%%02X", (unsigned char)*c);
    *to = '\0';
    return before;
}

static void dump_value(struct dump *dump, const struct hive_value *value)
{
    size_t before = add_name(dump, &value->name);

    if (value->len > dump->room) {
        dump->room = value->len;
        dump->data = memory_realloc(dump->data, dump->room);
    }
    printf("V %s %lu ", dump->path, (unsigned long)value->type);
    if (!hive_data(&dump->hive, value, dump->data, dump->room))
        printf("damaged");
    else
        for (uint32_t i = 0; i < value->len; i++)
            printf("%02x", dump->data[i]);
    printf("\n");
    dump->path[before] = '\0';
}

static void dump_key(struct dump *dump, const struct hive_key *key, unsigned depth)
{
    struct hive_values values;
    struct hive_subkeys subkeys;
    struct hive_value value;
    struct hive_key subkey;

    printf("K %s\n", dump->path);
    hive_values_begin(&values, &dump->hive, key);
    while (hive_values_next(&values, &value))
        dump_value(dump, &value);
    hive_subkeys_begin(&subkeys, &dump->hive, key);
    while (depth < LIMIT_HIVE_DEPTH && hive_subkeys_next(&subkeys, &subkey)) {
        size_t before = add_name(dump, &subkey.name);

        dump_key(dump, &subkey, depth + 1);
        dump->path[before] = '\0';
    }
}

int main(int argc, char **argv)
{
    bool logs = argc == 3 && strcmp(argv[1], "--logs") == 0;
    const char *path = argv[argc - 1];
    struct machine *machine = machine_new(path);
    struct dump *dump = memory_alloc(sizeof(*dump));
    struct hive_replay replay;
    struct hive_base base = {0};
    struct hive_key root;
    struct input input;
    bool replayed = false;
    char message[1024];
    int code = 1;

    if (argc != 2 && !logs) {
        fprintf(stderr, "usage: hive_dump [--logs] FILE\n");
        return 64;
    }
    machine_add_evidence(machine, path);
    if (input_open(&input, path, message, sizeof(message)) != INPUT_OK) {
        fprintf(stderr, "%s\n", message);
        return 66;
    }
    hive_base_read(input.head, input.n_head, &base);
    if (logs && hive_base_is_dirty(&base))
        replayed = hive_replay_logs(&replay, &input, &base, machine->arena, machine, 0);
    if (replayed)
        fprintf(stderr, "replayed %s\n", replay.what);
    if (hive_open(&dump->hive, &input, replayed ? &replay.base : NULL,
                  replayed ? &replay.patches : NULL, machine, 0)) {
        if (hive_root(&dump->hive, &root)) {
            dump_key(dump, &root, 1);
            code = 0;
        }
        hive_close(&dump->hive);
    }
    for (unsigned i = 0; i < machine->evidence[0].n_problems; i++)
        fprintf(stderr, "%s\n", machine->evidence[0].problems[i]);
    input_close(&input);
    free(dump->data);
    free(dump);
    machine_free(machine);
    return code;
}
