/* Reads damaged hives with this program's reader and with libhivex, and compares.
 *
 * usage: hive_compare MUTANTS SEED HIVE...
 *
 * First each hive as it is: every key and value that libhivex finds. Then MUTANTS damaged copies,
 * in turn of each hive: up to LOOKUPS_MAX values that the whole one has. Where libhivex gives a
 * value ours is the same, or ours refuses and tells a problem. Where libhivex refuses, ours
 * refuses too or gives what the whole hive has, or what libhivex gives when it is told to be
 * lenient, or with some of the damages left out, or the value itself was damaged: libhivex looks at
 * every cell of a hive before the first lookup, ours at those on the way. Prints the
 * sums; exit code 1 when one comparison failed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/arena.h"
#include "core/input.h"
#include "core/readers/hive.h"
#include "hive_damage.h"

#include <hivex.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LOOKUPS_MAX    48
#define DEPTH_MAX      64
#define PATH_BYTES     4096
#define FAILURES_SHOWN 20
/* Of a value's cell, from its size to its flags. */
#define VALUE_HEADER 24
/* Data that occur once, if at all. */
#define LONG_DATA 16

enum outcome {
    SAME,
    BOTH_REFUSE,
    OURS_REFUSES,
    OURS_AS_WHOLE,
    OURS_AS_LENIENT,
    OURS_AS_PART,
    OURS_IS_DAMAGED,
    FAILED,
    OUTCOMES
};

static const char *const outcome_names[] = {
    "same value",
    "both refuse",
    "ours refuses and says why",
    "libhivex refuses, ours as undamaged",
    "libhivex refuses, ours as it does when lenient",
    "libhivex refuses, ours as it does with some of the damages",
    "libhivex refuses, ours reads the damaged bytes",
    "FAILED",
};

struct answer {
    bool given;
    uint32_t type;
    size_t len;
    uint8_t *data; /* free() */
    bool told;     /* of a refusal: why */
};

struct lookup {
    char *path;
    char *name;
    struct answer whole;
    size_t value_at; /* its cell in the undamaged hive */
};

struct image {
    const char *file;
    uint8_t *bytes;
    size_t size;
    struct lookup lookups[LOOKUPS_MAX];
    size_t n_lookups;
};

static unsigned long sums[OUTCOMES];
static unsigned long compared;
/* ---- libhivex, which may crash on a damaged hive ---- */

static sigjmp_buf after_crash;

static void on_crash(int number)
{
    (void)number;
    siglongjmp(after_crash, 1);
}

static hive_h *hivex_over(int fd, int flags)
{
    char path[64];

    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    return hivex_open(path, flags);
}

static struct answer hivex_answer(hive_h *hive, const struct lookup *lookup)
{
    struct answer answer = {0};
    char path[PATH_BYTES];
    hive_node_h node;
    hive_value_h value;
    hive_type type;
    char *data;

    if (sigsetjmp(after_crash, 1))
        return (struct answer){0};
    node = hivex_root(hive);
    snprintf(path, sizeof(path), "%s", lookup->path);
    for (char *rest = path, *name; node && (name = strtok_r(rest, "\\", &rest)) != NULL;)
        node = hivex_node_get_child(hive, node, name);
    value = node ? hivex_node_get_value(hive, node, lookup->name) : 0;
    data = value ? hivex_value_value(hive, value, &type, &answer.len) : NULL;
    if (!data)
        return (struct answer){0};
    answer.given = true;
    answer.type = (uint32_t)type;
    answer.data = (uint8_t *)data;
    return answer;
}

/* ---- Ours ---- */

struct ours {
    struct machine *machine;
    struct input input;
    struct hive hive;
    bool is_open;
};

static void ours_open(struct ours *ours, const uint8_t *bytes, size_t size)
{
    ours->machine = machine_new("");
    machine_add_evidence(ours->machine, "");
    input_from_memory(&ours->input, "", bytes, size);
    ours->is_open = hive_open(&ours->hive, &ours->input, NULL, NULL, ours->machine, 0);
}

static void ours_close(struct ours *ours)
{
    if (ours->is_open)
        hive_close(&ours->hive);
    machine_free(ours->machine);
}

/* Names that the reader is asked for are ASCII; others are found as a listing shows them. */
static bool is_ascii(const char *text)
{
    while (*text > 0)
        text++;
    return !*text;
}

static bool shows_as(const struct hive_name *name, const char *text)
{
    char shown[1024];

    return strcasecmp(hive_name_text(name, shown, sizeof(shown)), text) == 0;
}

static bool find_child(struct hive *hive, struct hive_key *key, const char *name)
{
    struct hive_subkeys list;
    struct hive_key below;

    if (is_ascii(name))
        return hive_find(hive, key, name, key);
    hive_subkeys_begin(&list, hive, key);
    while (hive_subkeys_next(&list, &below)) {
        if (shows_as(&below.name, name)) {
            *key = below;
            return true;
        }
    }
    return false;
}

static bool find_value(struct hive *hive, const struct hive_key *key, const char *name,
                       struct hive_value *value)
{
    struct hive_values list;

    if (is_ascii(name))
        return hive_value(hive, key, name, value);
    hive_values_begin(&list, hive, key);
    while (hive_values_next(&list, value))
        if (shows_as(&value->name, name))
            return true;
    return false;
}

static bool find_path(struct hive *hive, struct hive_key *key, const char *wanted)
{
    char path[PATH_BYTES];
    bool found = true;

    snprintf(path, sizeof(path), "%s", wanted);
    for (char *rest = path, *name; found && (name = strtok_r(rest, "\\", &rest)) != NULL;)
        found = find_child(hive, key, name);
    return found;
}

static struct answer ours_answer(struct ours *ours, const struct lookup *lookup)
{
    struct answer answer = {0};
    struct hive_key key;
    struct hive_value value;

    if (ours->is_open && hive_root(&ours->hive, &key) &&
        find_path(&ours->hive, &key, lookup->path) &&
        find_value(&ours->hive, &key, lookup->name, &value)) {
        answer.data = malloc(value.len ? value.len : 1);
        answer.given = answer.data && hive_data(&ours->hive, &value, answer.data, value.len);
        answer.type = value.type;
        answer.len = value.len;
    }
    answer.told = ours->machine->evidence[0].n_problems > 0;
    return answer;
}

/* ---- Comparing ---- */

static bool same(const struct answer *a, const struct answer *b)
{
    return a->given && b->given && a->type == b->type && a->len == b->len &&
           (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static enum outcome judge(const struct answer *theirs, const struct answer *lenient,
                          const struct answer *ours, const struct answer *whole)
{
    if (theirs->given)
        return same(theirs, ours) ? SAME : !ours->given && ours->told ? OURS_REFUSES : FAILED;
    if (!ours->given)
        return BOTH_REFUSE;
    return same(ours, whole) ? OURS_AS_WHOLE : same(ours, lenient) ? OURS_AS_LENIENT : FAILED;
}

/* A damaged copy, and each damage by itself. */
#define DAMAGES_MAX 6

struct damage {
    struct {
        size_t at;
        uint8_t byte;
    } * bytes; /* that it changed; free() */
    size_t count;
    size_t size; /* of the hive afterwards */
};

struct mutant {
    const struct image *image;
    uint8_t *bytes;
    size_t size;
    struct damage damages[DAMAGES_MAX];
    unsigned n_damages;
    char name[64];
};

static int as_file(const uint8_t *bytes, size_t size)
{
    int fd = memfd_create("hive", 0);

    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size) {
        perror("memfd");
        exit(99);
    }
    return fd;
}

/* Whether libhivex gives that answer when only some of the damages are there. */
static bool as_with_part(const struct mutant *mutant, const struct lookup *lookup,
                         const struct answer *ours)
{
    uint8_t *bytes = memory_alloc(mutant->image->size);
    bool found = false;

    for (unsigned chosen = 1; chosen < 1u << mutant->n_damages && !found; chosen++) {
        hive_h *volatile hive = NULL;
        size_t size = mutant->image->size;
        struct answer theirs = {0};
        int fd;

        memcpy(bytes, mutant->image->bytes, size);
        for (unsigned i = 0; i < mutant->n_damages; i++) {
            if (!(chosen >> i & 1))
                continue;
            for (size_t j = 0; j < mutant->damages[i].count; j++)
                bytes[mutant->damages[i].bytes[j].at] = mutant->damages[i].bytes[j].byte;
            if (mutant->damages[i].size < size)
                size = mutant->damages[i].size;
        }
        mend_checksum(bytes);
        fd = as_file(bytes, size);
        if (!sigsetjmp(after_crash, 1))
            hive = hivex_over(fd, 0);
        if (hive)
            theirs = hivex_answer(hive, lookup);
        found = same(&theirs, ours);
        free(theirs.data);
        if (hive && !sigsetjmp(after_crash, 1))
            hivex_close(hive);
        close(fd);
    }
    free(bytes);
    return found;
}

/* Whether a damage wrote that byte somewhere. */
static bool is_written(const struct mutant *mutant, uint8_t byte)
{
    for (unsigned i = 0; i < mutant->n_damages; i++)
        for (size_t j = 0; j < mutant->damages[i].count; j++)
            if (mutant->damages[i].bytes[j].byte == byte)
                return true;
    return false;
}

/* Whether a damage hit the cell of the value itself. */
static bool is_hit(const struct mutant *mutant, const struct lookup *lookup)
{
    for (unsigned i = 0; i < mutant->n_damages; i++)
        for (size_t j = 0; j < mutant->damages[i].count; j++)
            if (mutant->damages[i].bytes[j].at >= lookup->value_at &&
                mutant->damages[i].bytes[j].at < lookup->value_at + VALUE_HEADER)
                return true;
    return false;
}

/* Whether ours is what stands in the damaged hive: the value's cell was hit; or the data are the
 * whole ones but for bytes that a damage wrote; or they are those of another value, whose name
 * became this one's. */
static bool is_damaged(const struct mutant *mutant, const struct lookup *lookup,
                       const struct answer *ours)
{
    const struct image *image = mutant->image;
    size_t other = 0;

    if (is_hit(mutant, lookup))
        return true;
    if (ours->type != lookup->whole.type || ours->len != lookup->whole.len)
        return ours->len >= LONG_DATA && memmem(image->bytes, image->size, ours->data, ours->len);
    for (size_t i = 0; i < ours->len; i++)
        other += ours->data[i] != lookup->whole.data[i] && !is_written(mutant, ours->data[i]);
    return other == 0;
}

static void compare_mutant(const struct mutant *mutant)
{
    int fd = as_file(mutant->bytes, mutant->size);
    hive_h *volatile hive = NULL, *volatile lenient = NULL;
    struct ours ours;

    if (!sigsetjmp(after_crash, 1))
        hive = hivex_over(fd, 0);
    if (!sigsetjmp(after_crash, 1))
        lenient = hivex_over(fd, HIVEX_OPEN_UNSAFE);
    ours_open(&ours, mutant->bytes, mutant->size);
    for (size_t i = 0; i < mutant->image->n_lookups; i++) {
        const struct lookup *lookup = &mutant->image->lookups[i];
        struct answer theirs = hive ? hivex_answer(hive, lookup) : (struct answer){0};
        struct answer mild = lenient ? hivex_answer(lenient, lookup) : (struct answer){0};
        struct answer mine = ours_answer(&ours, lookup);
        enum outcome outcome = judge(&theirs, &mild, &mine, &lookup->whole);

        if (outcome == FAILED && !theirs.given && as_with_part(mutant, lookup, &mine))
            outcome = OURS_AS_PART;
        if (outcome == FAILED && !theirs.given && is_damaged(mutant, lookup, &mine))
            outcome = OURS_IS_DAMAGED;
        sums[outcome]++;
        compared++;
        if (outcome == FAILED && sums[FAILED] <= FAILURES_SHOWN)
            printf("%s, %s: %s\\%s: libhivex %s, ours %s\n", mutant->image->file, mutant->name,
                   lookup->path, lookup->name, theirs.given ? "gives a value" : "refuses",
                   !mine.given ? "refuses without a word" : "gives another value");
        free(theirs.data);
        free(mild.data);
        free(mine.data);
    }
    ours_close(&ours);
    if (hive && !sigsetjmp(after_crash, 1))
        hivex_close(hive);
    if (lenient && !sigsetjmp(after_crash, 1))
        hivex_close(lenient);
    close(fd);
}

/* ---- Damage ---- */

/* What one damage has changed, as bytes. */
static struct damage note_damage(const uint8_t *before, const uint8_t *after, size_t size,
                                 size_t new_size)
{
    struct damage damage = {.size = new_size};
    size_t room = 0;

    for (size_t at = 0; at < size; at++) {
        if (before[at] == after[at])
            continue;
        if (damage.count == room) {
            room = room ? room * 2 : 16;
            damage.bytes = memory_realloc(damage.bytes, room * sizeof(*damage.bytes));
        }
        damage.bytes[damage.count].at = at;
        damage.bytes[damage.count++].byte = after[at];
    }
    return damage;
}

static void try_mutant(const struct image *image, unsigned long number)
{
    struct mutant mutant = {.image = image, .size = image->size};
    uint8_t *before = memory_alloc(image->size);

    mutant.bytes = memory_alloc(image->size);
    memcpy(mutant.bytes, image->bytes, image->size);
    mutant.n_damages = 1 + random_below(DAMAGES_MAX);
    for (unsigned i = 0; i < mutant.n_damages; i++) {
        memcpy(before, mutant.bytes, image->size);
        damage_once(mutant.bytes, &mutant.size);
        mutant.damages[i] = note_damage(before, mutant.bytes, image->size, mutant.size);
    }
    if (random_below(8))
        mend_checksum(mutant.bytes);
    snprintf(mutant.name, sizeof(mutant.name), "mutant %lu", number);
    compare_mutant(&mutant);
    for (unsigned i = 0; i < mutant.n_damages; i++)
        free(mutant.damages[i].bytes);
    free(mutant.bytes);
    free(before);
}

/* ---- The whole hive ---- */

static void keep_lookup(struct image *image, const char *path, const char *name,
                        const struct answer *whole, size_t value_at)
{
    struct lookup *lookup;
    size_t at = image->n_lookups;

    /* A sample of all values, so that no part of the hive is left out. */
    if (at == LOOKUPS_MAX) {
        at = random_below(LOOKUPS_MAX * 8);
        if (at >= LOOKUPS_MAX)
            return;
        free(image->lookups[at].path);
        free(image->lookups[at].name);
        free(image->lookups[at].whole.data);
    } else {
        image->n_lookups++;
    }
    lookup = &image->lookups[at];
    lookup->path = strdup(path);
    lookup->name = strdup(name);
    lookup->value_at = value_at;
    lookup->whole = *whole;
    lookup->whole.data = memory_alloc(whole->len);
    memcpy(lookup->whole.data, whole->data, whole->len);
}

static void fail(const struct image *image, const char *path, const char *what)
{
    sums[FAILED]++;
    if (sums[FAILED] <= FAILURES_SHOWN)
        printf("%s: %s: %s\n", image->file, path, what);
}

/* What libhivex has at node, ours must have at key, in the same order. */
static void compare_tree(struct image *image, hive_h *theirs, hive_node_h node, struct ours *ours,
                         const struct hive_key *key, char *path, unsigned depth)
{
    hive_value_h *values = hivex_node_values(theirs, node);
    hive_node_h *children = hivex_node_children(theirs, node);
    struct hive_values value_list;
    struct hive_subkeys key_list;
    struct hive_value value;
    struct hive_key below;
    size_t length = strlen(path);

    hive_values_begin(&value_list, &ours->hive, key);
    for (size_t i = 0; values && values[i]; i++) {
        struct answer whole = {.given = true}, mine = {0};
        char name[1024];
        hive_type type;
        char *their_name = hivex_value_key(theirs, values[i]);

        whole.data = (uint8_t *)hivex_value_value(theirs, values[i], &type, &whole.len);
        whole.type = (uint32_t)type;
        compared++;
        if (!hive_values_next(&value_list, &value)) {
            if (!ours->machine->evidence[0].n_problems)
                fail(image, path, "has fewer values, without a word");
        } else if (whole.data && their_name) {
            mine.data = memory_alloc(value.len);
            mine.given = hive_data(&ours->hive, &value, mine.data, value.len);
            mine.type = value.type;
            mine.len = value.len;
            hive_name_text(&value.name, name, sizeof(name));
            if (strcmp(name, their_name) != 0 || !same(&whole, &mine)) {
                fail(image, path, their_name);
            } else {
                sums[SAME]++;
                keep_lookup(image, path, their_name, &whole, values[i]);
            }
            free(mine.data);
        }
        free(whole.data);
        free(their_name);
    }
    hive_subkeys_begin(&key_list, &ours->hive, key);
    for (size_t i = 0; children && children[i]; i++) {
        char *their_name = hivex_node_name(theirs, children[i]);
        char name[1024];

        if (!hive_subkeys_next(&key_list, &below)) {
            if (!ours->machine->evidence[0].n_problems)
                fail(image, path, "has fewer keys, without a word");
        } else if (their_name) {
            hive_name_text(&below.name, name, sizeof(name));
            if (strcmp(name, their_name) != 0)
                fail(image, path, their_name);
            else if (depth < DEPTH_MAX && length + strlen(name) + 2 < PATH_BYTES) {
                sprintf(path + length, "%s%s", length ? "\\" : "", name);
                compare_tree(image, theirs, children[i], ours, &below, path, depth + 1);
                path[length] = '\0';
            }
        }
        free(their_name);
    }
    free(values);
    free(children);
}

static bool load(struct image *image, const char *file)
{
    FILE *in = fopen(file, "rb");
    long size;

    *image = (struct image){.file = strrchr(file, '/') ? strrchr(file, '/') + 1 : file};
    if (!in || fseek(in, 0, SEEK_END) != 0 || (size = ftell(in)) < 0) {
        perror(file);
        exit(99);
    }
    rewind(in);
    image->size = (size_t)size;
    image->bytes = memory_alloc(image->size);
    if (fread(image->bytes, 1, image->size, in) != image->size)
        exit(99);
    fclose(in);
    return image->size >= 8192;
}

static void unload(struct image *image)
{
    for (size_t i = 0; i < image->n_lookups; i++) {
        free(image->lookups[i].path);
        free(image->lookups[i].name);
        free(image->lookups[i].whole.data);
    }
    free(image->bytes);
}

static void compare_whole(struct image *image)
{
    hive_h *theirs;
    int fd = as_file(image->bytes, image->size);
    char path[PATH_BYTES] = "";
    struct hive_key root;
    struct ours ours;

    theirs = hivex_over(fd, 0);
    ours_open(&ours, image->bytes, image->size);
    if (theirs && ours.is_open && hive_root(&ours.hive, &root))
        compare_tree(image, theirs, hivex_root(theirs), &ours, &root, path, 0);
    else if (theirs && !ours.machine->evidence[0].n_problems)
        fail(image, "", "ours refuses without a word");
    ours_close(&ours);
    if (theirs)
        hivex_close(theirs);
    close(fd);
}

int main(int argc, char **argv)
{
    struct sigaction crash = {.sa_handler = on_crash, .sa_flags = SA_NODEFER};
    struct image *images;
    size_t n_images = 0;
    unsigned long mutants;

    if (argc < 4) {
        fprintf(stderr, "usage: hive_compare MUTANTS SEED HIVE...\n");
        return 64;
    }
    mutants = strtoul(argv[1], NULL, 10);
    random_state = strtoull(argv[2], NULL, 10) * 2654435761u + 88172645463325252u;
    images = memory_alloc((size_t)argc * sizeof(*images));
    for (int i = 3; i < argc; i++) {
        if (load(&images[n_images], argv[i]))
            compare_whole(&images[n_images++]);
        else
            unload(&images[n_images]);
    }
    sigaction(SIGBUS, &crash, NULL);
    sigaction(SIGSEGV, &crash, NULL);
    sigaction(SIGABRT, &crash, NULL);
    for (unsigned long i = 0; i < mutants && n_images; i++)
        try_mutant(&images[i % n_images], i);
    printf("%lu hives, %lu mutants, %lu comparisons\n", (unsigned long)n_images, mutants, compared);
    for (size_t i = 0; i < OUTCOMES; i++)
        printf("%10lu %s\n", sums[i], outcome_names[i]);
    for (size_t i = 0; i < n_images; i++)
        unload(&images[i]);
    free(images);
    return sums[FAILED] > 0;
}
