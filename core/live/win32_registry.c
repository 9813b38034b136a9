/* The registry of the running system, shown to registry_facts.h as the hive reader shows a hive.
 *
 * Always the view of the machine's own programs (KEY_WOW64_64KEY), whatever this one was made for.
 * Keys are gone down to by name where the names are known. What may not be read is told, and told
 * with the field that it would have stated.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../arena.h"
#include "../ascii.h"
#include "../limits.h"
#include "../readers/registry_facts.h"
#include "win32_probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A key's name has at most 255 characters, a value's 16383. */
#define KEY_UNITS   256
#define VALUE_UNITS 16384
#define NAME_SIZE   (255 * 3 + 1)
/* Each of them is one problem; there are thousands of packages. */
#define DENIED_TOLD_MAX 8

#define ACCESS (KEY_QUERY_VALUE | KEY_ENUMERATE_SUB_KEYS | KEY_WOW64_64KEY)

#define PACKAGES "Component Based Servicing\\Packages"

struct walk {
    struct live *live;
    struct registry_scan *scan;
    const char *over; /* why no more is read; NULL */
    unsigned n_denied_told;
    bool packages_cut;         /* some of them were not read */
    char path[LIMIT_KEY_PATH]; /* of the key being read */
    size_t length;             /* of that */
    size_t root_length;        /* of the part that names the hive, with its backslash */
    WCHAR value_name[VALUE_UNITS];
    uint8_t *data; /* data_size bytes */
    DWORD data_size;
    char text[LIMIT_VALUE_BYTES * 3 / 2 + 2];
};

/* ---- What may not be read ---- */

static const struct {
    const char *path; /* relative to the hive; keys below it count too */
    enum fact_field field;
    enum fact_witness witness;
} meanings[] = {
    {"Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Version",
     FIELD_SERVICING_STACK, WITNESS_CBS},
    {"Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending", FIELD_PENDING,
     WITNESS_CBS},
    {"Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootInProgress",
     FIELD_PENDING, WITNESS_CBS},
    {"Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\PackagesPending",
     FIELD_PENDING, WITNESS_CBS},
    {"Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\SessionsPending",
     FIELD_PENDING, WITNESS_CBS},
    {"Microsoft\\Windows\\CurrentVersion\\Component Based Servicing", FIELD_PACKAGE, WITNESS_CBS},
    {"Microsoft\\Windows\\CurrentVersion\\WindowsUpdate", FIELD_PENDING, WITNESS_REGISTRY},
    {"Microsoft\\Windows\\CurrentVersion\\Servicing", FIELD_SHA2, WITNESS_REGISTRY},
    {"Microsoft\\Windows NT\\CurrentVersion\\HotFix", FIELD_PACKAGE, WITNESS_REGISTRY},
    {"Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform", FIELD_ESU,
     WITNESS_REGISTRY},
    {"Microsoft\\Windows NT\\CurrentVersion\\SL", FIELD_ESU, WITNESS_REGISTRY},
    {"Microsoft\\Windows NT", FIELD_BUILD, WITNESS_CURRENT_BUILD},
    {"Microsoft\\Updates", FIELD_PACKAGE, WITNESS_REGISTRY},
    {"CurrentControlSet\\Control\\ProductOptions", FIELD_PRODUCT_TYPE, WITNESS_PRODUCT_OPTIONS},
    {"CurrentControlSet\\Control\\Session Manager\\Environment", FIELD_ARCH, WITNESS_REGISTRY},
    {"CurrentControlSet\\Control\\Session Manager", FIELD_PENDING, WITNESS_REGISTRY},
    {"CurrentControlSet\\Control\\ComputerName", FIELD_COMPUTER_NAME, WITNESS_REGISTRY},
    {"CurrentControlSet\\Control\\Nls", FIELD_LANGUAGE, WITNESS_REGISTRY},
    {"CurrentControlSet\\Control\\Windows", FIELD_SERVICE_PACK, WITNESS_REGISTRY},
};

/* The fact that path's key would have stated, as one that it does not; false when it has none. */
static bool say_missing(struct walk *walk, const char *path, enum fact_status status,
                        const char *why)
{
    struct source source = live_source(walk->live, GRADE_REGISTRY, WITNESS_REGISTRY, path);

    for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
        const char *rest = ascii_after(path + walk->root_length, meanings[i].path);

        if (!rest || (*rest && *rest != '\\'))
            continue;
        source.witness = meanings[i].witness;
        facts_add_missing(&walk->live->machine->facts, &source, meanings[i].field, status, why);
        return true;
    }
    return false;
}

/* A key below the one at hand, which is asked for by name, did not open. */
static void key_failed(struct walk *walk, const char *name, bool vital, LONG error)
{
    char path[LIMIT_KEY_PATH + REGISTRY_NAME_SIZE + 1];

    snprintf(path, sizeof(path), "%s%s%s", walk->path, walk->length > walk->root_length ? "\\" : "",
             name);
    if (error == ERROR_FILE_NOT_FOUND) {
        /* Of the control set most keys come and go. */
        if (vital && ascii_after(path + walk->root_length, "Microsoft\\"))
            say_missing(walk, path, FACT_ABSENT, "there is no such key");
        return;
    }
    if (!say_missing(walk, path, FACT_NOT_RECORDED, live_error(walk->live, error)))
        machine_add_problem(walk->live->machine, walk->live->evidence, "%.200s: %s", path,
                            live_error(walk->live, error));
}

/* ---- Values ---- */

/* The data of a value in walk->data, which grows to its size. */
static LONG take_data(struct walk *walk, HKEY key, const WCHAR *name, DWORD *type, DWORD *size)
{
    LONG error;

    /* Once more when it grows between the calls. */
    for (unsigned tries = 0; tries < 4; tries++) {
        *size = walk->data_size;
        error = RegQueryValueExW(key, name, NULL, type, walk->data, size);
        if (error != ERROR_MORE_DATA || *size > LIMIT_LIVE_VALUE_BYTES)
            return error;
        walk->data_size = *size > walk->data_size ? *size : walk->data_size * 2;
        walk->data = memory_realloc(walk->data, walk->data_size);
    }
    return error;
}

static void read_value(struct walk *walk, HKEY key, const char *name, const WCHAR *wide)
{
    struct live *live = walk->live;
    const void *data;
    DWORD type, size;
    LONG error = take_data(walk, key, wide, &type, &size);
    size_t length;

    if (error == ERROR_FILE_NOT_FOUND)
        return;
    if (error) {
        machine_add_problem(live->machine, live->evidence, "%.120s\\%.60s: %s", walk->path, name,
                            live_error(live, error));
        return;
    }
    /* The same bytes count as in a hive. */
    length = size < LIMIT_VALUE_BYTES ? size : LIMIT_VALUE_BYTES;
    if (size > length)
        machine_add_problem(live->machine, live->evidence,
                            "%.120s\\%.60s: cut after %d of %lu bytes", walk->path, name,
                            LIMIT_VALUE_BYTES, (unsigned long)size);
    data = walk->data;
    if (registry_type_is_text((enum registry_type)type)) {
        length = registry_utf8(walk->data, length, walk->text, sizeof(walk->text));
        data = walk->text;
    }
    registry_value(walk->scan, name, (enum registry_type)type, data, length);
}

static void read_wanted(struct walk *walk, HKEY key, const char *const *wanted)
{
    WCHAR wide[REGISTRY_NAME_SIZE];

    for (; *wanted; wanted++)
        if (MultiByteToWideChar(CP_UTF8, 0, *wanted, -1, wide, REGISTRY_NAME_SIZE) > 0)
            read_value(walk, key, *wanted, wide);
}

static void read_values(struct walk *walk, HKEY key)
{
    const char *const *wanted = registry_value_names(walk->scan);
    char name[NAME_SIZE];

    if (wanted) {
        read_wanted(walk, key, wanted);
        return;
    }
    for (DWORD i = 0; i < LIMIT_REGISTRY_VALUES; i++) {
        DWORD units = VALUE_UNITS;
        LONG error = RegEnumValueW(key, i, walk->value_name, &units, NULL, NULL, NULL, NULL);

        walk->over = live_over(walk->live);
        if (error || walk->over)
            break;
        registry_utf8(walk->value_name, units * sizeof(WCHAR), name, sizeof(name));
        read_value(walk, key, name, walk->value_name);
    }
}

/* ---- Keys ---- */

/* The key's name as it is written in the registry, where the asked one may differ in case. */
static void written_name(HKEY key, const char *asked, char *name, size_t size)
{
    typedef LONG NTAPI query_key(HANDLE key, int kind, void *information, ULONG size, ULONG *used);
    static query_key *ask;
    struct {
        LARGE_INTEGER last_write;
        ULONG title, length;
        WCHAR name[KEY_UNITS];
    } basic = {{{0}}};
    ULONG used;

    snprintf(name, size, "%s", asked);
    if (!ask)
        ask = (query_key *)live_function(L"ntdll.dll", "NtQueryKey");
    /* 0 is KeyBasicInformation. */
    if (!ask || ask(key, 0, &basic, sizeof(basic), &used) != 0 || basic.length > sizeof(basic.name))
        return;
    registry_utf8(basic.name, basic.length, name, size);
    if (!ascii_equal(name, asked))
        snprintf(name, size, "%s", asked);
}

static void read_below(struct walk *walk, HKEY key, unsigned depth);

/* Reads a key below the one at hand, whose path is put back afterwards. */
static void read_key(struct walk *walk, HKEY key, const char *name, unsigned depth, bool deeper)
{
    size_t length = walk->length;
    size_t name_length = strlen(name);

    if (length + 1 + name_length >= sizeof(walk->path)) {
        machine_add_problem(walk->live->machine, walk->live->evidence,
                            "%.120s...: names too long to be read", walk->path);
        return;
    }
    if (length > walk->root_length)
        walk->path[walk->length++] = '\\';
    memcpy(walk->path + walk->length, name, name_length + 1);
    walk->length += name_length;
    if (registry_key(walk->scan, walk->path))
        read_values(walk, key);
    if (deeper)
        read_below(walk, key, depth);
    walk->length = length;
    walk->path[length] = '\0';
}

static void read_named(struct walk *walk, HKEY parent, const char *asked, unsigned depth,
                       bool deeper, bool vital)
{
    WCHAR wide[REGISTRY_NAME_SIZE];
    char name[NAME_SIZE];
    LONG error;
    HKEY key;

    /* The name that the machine runs under until its next start, in a key that no hive has:
     * probe_machine() asks for it. */
    if (ascii_equal(asked, "activecomputername"))
        return;
    if (MultiByteToWideChar(CP_UTF8, 0, asked, -1, wide, REGISTRY_NAME_SIZE) <= 0)
        return;
    error = RegOpenKeyExW(parent, wide, 0, ACCESS, &key);
    if (error) {
        key_failed(walk, asked, vital, error);
        return;
    }
    written_name(key, asked, name, sizeof(name));
    read_key(walk, key, name, depth, deeper);
    RegCloseKey(key);
}

/* One of the keys that are met, not asked for. It is opened only when something in it matters. */
static LONG read_met(struct walk *walk, HKEY parent, const WCHAR *wide, const char *name,
                     unsigned depth, bool deeper)
{
    size_t length = walk->length;
    bool values;
    LONG error;
    HKEY key;

    if (deeper) {
        error = RegOpenKeyExW(parent, wide, 0, ACCESS, &key);
        if (error)
            return error;
        read_key(walk, key, name, depth, true);
        RegCloseKey(key);
        return 0;
    }
    if (length + 1 + strlen(name) >= sizeof(walk->path))
        return 0;
    snprintf(walk->path + length, sizeof(walk->path) - length, "\\%s", name);
    values = registry_key(walk->scan, walk->path);
    error = values ? RegOpenKeyExW(parent, wide, 0, ACCESS, &key) : 0;
    if (values && !error) {
        read_values(walk, key);
        RegCloseKey(key);
    }
    walk->path[length] = '\0';
    return error;
}

static void read_all(struct walk *walk, HKEY key, unsigned depth, bool deeper)
{
    LONG denied = 0, error;
    unsigned n_denied = 0;
    WCHAR wide[KEY_UNITS];
    char name[NAME_SIZE];

    for (DWORD i = 0; i < LIMIT_LIVE_KEYS && !walk->over; i++) {
        DWORD units = KEY_UNITS;

        error = RegEnumKeyExW(key, i, wide, &units, NULL, NULL, NULL, NULL);
        if (error == ERROR_NO_MORE_ITEMS)
            break;
        if (!error) {
            registry_utf8(wide, units * sizeof(WCHAR), name, sizeof(name));
            error = read_met(walk, key, wide, name, depth, deeper);
        }
        /* One that went away in the meantime is none. */
        if (error && error != ERROR_FILE_NOT_FOUND && error != ERROR_KEY_DELETED) {
            denied = error;
            n_denied++;
        }
        walk->over = live_over(walk->live);
    }
    if (n_denied && strstr(walk->path, PACKAGES))
        walk->packages_cut = true;
    if (n_denied && walk->n_denied_told++ < DENIED_TOLD_MAX)
        say_missing(walk, walk->path, FACT_NOT_RECORDED,
                    arena_printf(walk->live->machine->arena, "%u of the keys in it: %s", n_denied,
                                 live_error(walk->live, denied)));
}

static void read_below(struct walk *walk, HKEY key, unsigned depth)
{
    struct registry_names names;

    if (depth == LIMIT_LIVE_DEPTH || walk->over)
        return;
    registry_look_below(walk->path + walk->root_length, &names);
    if (names.any) {
        read_all(walk, key, depth + 1, names.deeper);
        return;
    }
    for (size_t i = 0; i < names.count && !walk->over; i++) {
        read_named(walk, key, names.items[i].name, depth + 1, names.items[i].deeper,
                   names.items[i].vital);
        walk->over = live_over(walk->live);
    }
}

/* ---- The whole ---- */

static void read_hive(struct walk *walk, HKEY root, const WCHAR *name, const char *path)
{
    HKEY hive;
    LONG error;

    walk->root_length = walk->length = strlen(path);
    snprintf(walk->path, sizeof(walk->path), "%s", path);
    error = RegOpenKeyExW(root, name, 0, ACCESS, &hive);
    if (error) {
        machine_add_problem(walk->live->machine, walk->live->evidence, "%s: %s", path,
                            live_error(walk->live, error));
        return;
    }
    read_below(walk, hive, 0);
    /* Which one it stands for is the kernel's matter; the copies are not looked at. */
    if (strcmp(path, "HKEY_LOCAL_MACHINE\\SYSTEM\\") == 0)
        read_named(walk, hive, "CurrentControlSet", 1, true, false);
    RegCloseKey(hive);
}

/* A key that says something by being there. */
static void look_for_key(struct walk *walk, HKEY root, const WCHAR *name, const char *path)
{
    HKEY key;

    if (RegOpenKeyExW(root, name, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key) != 0)
        return;
    registry_key(walk->scan, path);
    RegCloseKey(key);
}

void probe_registry(struct live *live)
{
    struct source source = live_source(live, GRADE_COMPONENT, WITNESS_CBS, PACKAGES);
    struct walk *walk = memory_alloc(sizeof(*walk));

    *walk = (struct walk){.live = live, .data_size = LIMIT_VALUE_BYTES};
    walk->data = memory_alloc(walk->data_size);
    walk->scan = registry_begin(live->machine, live->evidence, true);
    read_hive(walk, HKEY_LOCAL_MACHINE, L"SOFTWARE", "HKEY_LOCAL_MACHINE\\SOFTWARE\\");
    read_hive(walk, HKEY_LOCAL_MACHINE, L"SYSTEM", "HKEY_LOCAL_MACHINE\\SYSTEM\\");
    look_for_key(walk, HKEY_CURRENT_USER, L"Software\\Wine", "HKEY_CURRENT_USER\\Software\\Wine");
    look_for_key(walk, HKEY_LOCAL_MACHINE, L"SOFTWARE\\Wine", "HKEY_LOCAL_MACHINE\\SOFTWARE\\Wine");
    registry_end(walk->scan);
    /* That an update is not among those that were read proves nothing then. */
    if (walk->over || walk->packages_cut)
        facts_add_text(&live->machine->facts, &source, FIELD_PACKAGE_LIST, "cut");
    if (walk->over)
        machine_add_problem(live->machine, live->evidence,
                            "the registry was not read to its end (%s)", walk->over);
    free(walk->data);
    free(walk);
}
