/* The SYSTEM hive: what the current control set says, and which one that is.
 *
 * An export or an offline hive has ControlSet001, ControlSet002 and so on, old ones among them;
 * the key Select names the current one and comes after them in the alphabet. A live machine shows
 * the current one as CurrentControlSet.
 *
 * SPDX-License-Identifier: MIT
 */
#include "registry_scan.h"

#include "../ascii.h"

#include <stdio.h>
#include <string.h>

struct control_set_value {
    struct control_set_value *next;
    const struct key_kind *kind;
    const char *path;
    int set;
    struct registry_data data;
};

static void product_options_value(struct registry_scan *scan, const struct registry_data *value)
{
    static const struct {
        const char *text, *type;
    } types[] = {
        {"WinNT", "workstation"},
        {"ServerNT", "server"},
        {"LanmanNT", "domain controller"},
    };
    char *suite;

    if (ascii_equal(value->name, "ProductType")) {
        const char *text = registry_data_text(scan, value);

        scan->product_type = text;
        for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
            if (ascii_equal(text, types[i].text))
                scan->product_type = types[i].type;
        scan->product_type_at = arena_strdup(scan->machine->arena, scan->path);
    } else if (ascii_equal(value->name, "ProductSuite") && value->type == REGISTRY_MULTI_SZ) {
        suite = arena_strndup(scan->machine->arena, (const char *)value->bytes, value->size);
        for (size_t i = 0; i < value->size; i++)
            if (!suite[i])
                suite[i] = i + 1 < value->size && value->bytes[i + 1] ? ',' : ' ';
        scan->product_suite = suite;
    }
}

/* Control\Windows: CSDVersion is the service pack as 0x100 times its number. */
static void windows_value(struct registry_scan *scan, const struct registry_data *value)
{
    int64_t number;

    if (!registry_data_number(value, &number))
        return;
    if (ascii_equal(value->name, "CSDVersion") && value->type == REGISTRY_DWORD)
        registry_say_number(scan, WITNESS_REGISTRY, FIELD_SERVICE_PACK, value->name,
                            number >> 8 & 0xff);
    else if (ascii_equal(value->name, "CSDBuildNumber"))
        registry_say_number(scan, WITNESS_REGISTRY, FIELD_CSD_BUILD_NUMBER, value->name, number);
}

static void session_manager_value(struct registry_scan *scan, const struct registry_data *value)
{
    unsigned names = 0;
    struct fact *fact;

    if (!ascii_equal(value->name, "PendingFileRenameOperations") &&
        !ascii_equal(value->name, "PendingFileRenameOperations2"))
        return;
    /* Pairs of names; the second is empty where the first is deleted. */
    for (size_t i = 0; i < value->size; i++)
        if (value->bytes[i] && (i == 0 || !value->bytes[i - 1]))
            names++;
    if (names == 0)
        return;
    fact = registry_say(scan, WITNESS_REGISTRY, FIELD_PENDING, value->name, value->name);
    fact->note = arena_printf(scan->machine->arena, "%u file names", names);
}

static void environment_value(struct registry_scan *scan, const struct registry_data *value)
{
    const char *text = registry_data_text(scan, value);
    const char *arch = arch_canonical(text);

    if (ascii_equal(value->name, "PROCESSOR_ARCHITECTURE"))
        registry_say(scan, WITNESS_REGISTRY, FIELD_ARCH, value->name, arch ? arch : text);
}

static void computer_name_value(struct registry_scan *scan, const struct registry_data *value)
{
    if (ascii_equal(value->name, "ComputerName"))
        registry_say(scan, WITNESS_REGISTRY, FIELD_COMPUTER_NAME, value->name,
                     registry_data_text(scan, value));
}

static void language_value(struct registry_scan *scan, const struct registry_data *value)
{
    if (ascii_equal(value->name, "InstallLanguage"))
        registry_say(scan, WITNESS_REGISTRY, FIELD_LANGUAGE, value->name,
                     registry_data_text(scan, value));
}

/* A Vista that is made to take server updates runs a changed copy of the update agent
 * (wuaueng6.dll), which calls kerneles.dll and sle.dll in place of kernel32.dll and slc.dll. */
static void service_value(struct registry_scan *scan, const struct registry_data *value)
{
    static const char *const marks[] = {"wuaueng6.dll", "kerneles.dll", "sle.dll"};
    const char *text, *found;

    if (!ascii_equal(value->name, "ServiceDll"))
        return;
    text = registry_data_text(scan, value);
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        found = ascii_find(text, marks[i]);
        if (found && (found == text || found[-1] == '\\'))
            registry_say(scan, WITNESS_REGISTRY, FIELD_VISTA_MARK, value->name,
                         arena_printf(scan->machine->arena, "update service runs %s", marks[i]));
    }
}

const struct key_kind control_set_kinds[] = {
    {"control\\productoptions", NULL, product_options_value},
    {"control\\windows", NULL, windows_value},
    {"control\\session manager", NULL, session_manager_value},
    {"control\\session manager\\environment", NULL, environment_value},
    {"control\\computername\\computername", NULL, computer_name_value},
    {"control\\computername\\activecomputername", NULL, computer_name_value},
    {"control\\nls\\language", NULL, language_value},
    {"services\\wuauserv\\parameters", NULL, service_value},
};
const size_t n_control_set_kinds = sizeof(control_set_kinds) / sizeof(control_set_kinds[0]);

void select_value(struct registry_scan *scan, const struct registry_data *value)
{
    int64_t number;

    if (ascii_equal(value->name, "Current") && registry_data_number(value, &number) &&
        number > 0 && number < 1000)
        scan->selected_set = (int)number;
}

/* Setup keeps a copy of the version key of each Windows that it replaced, under a key that is called
 * "Source OS (Updated on ...)". */
void source_os_value(struct registry_scan *scan, const struct registry_data *value)
{
    struct source source =
        registry_source(scan, GRADE_REGISTRY, WITNESS_REGISTRY, value->name);

    if (ascii_after(scan->star, "Source OS") &&
        (ascii_equal(value->name, "CurrentBuild") || ascii_equal(value->name, "ProductName")))
        facts_add_lookalike(&scan->machine->facts, &source, registry_data_text(scan, value),
                            "of the Windows that was upgraded to this one");
}

void control_set_keep(struct registry_scan *scan, const struct registry_data *value)
{
    struct control_set_value *kept;
    char *bytes;

    if (scan->n_values == LIMIT_CONTROL_SET_VALUES)
        return;
    scan->n_values++;
    kept = arena_alloc(scan->machine->arena, sizeof(*kept));
    bytes = arena_strndup(scan->machine->arena, (const char *)value->bytes, value->size);
    kept->kind = scan->kind;
    kept->path = arena_strdup(scan->machine->arena, scan->path);
    kept->set = scan->control_set;
    kept->data = (struct registry_data){
        .name = arena_strdup(scan->machine->arena, value->name),
        .type = value->type,
        .bytes = (const unsigned char *)bytes,
        .size = value->size,
    };
    if (scan->last_value)
        scan->last_value->next = kept;
    else
        scan->first_value = kept;
    scan->last_value = kept;
}

/* The set to believe: the live view, else the selected one, else the first there is. */
static int choose_set(struct registry_scan *scan)
{
    bool selected = false, current = false, several = false;
    int lowest = scan->first_value->set;

    for (const struct control_set_value *kept = scan->first_value; kept; kept = kept->next) {
        if (kept->set == 0)
            current = true;
        if (kept->set == scan->selected_set)
            selected = true;
        if (kept->set != lowest)
            several = true;
        if (kept->set < lowest)
            lowest = kept->set;
    }
    if (current)
        return 0;
    if (selected)
        return scan->selected_set;
    if (several)
        machine_add_problem(scan->machine, scan->evidence,
                            "which control set is the current one is not said (no Select key): "
                            "ControlSet%03d taken",
                            lowest);
    return lowest;
}

void control_sets_end(struct registry_scan *scan)
{
    int set;

    if (!scan->first_value)
        return;
    set = choose_set(scan);
    for (const struct control_set_value *kept = scan->first_value; kept; kept = kept->next) {
        if (kept->set != set)
            continue;
        snprintf(scan->path, sizeof(scan->path), "%s", kept->path);
        kept->kind->value(scan, &kept->data);
    }
    if (scan->product_type) {
        struct fact *fact;

        snprintf(scan->path, sizeof(scan->path), "%s", scan->product_type_at);
        fact = registry_say(scan, WITNESS_PRODUCT_OPTIONS, FIELD_PRODUCT_TYPE, "ProductType",
                            scan->product_type);
        if (scan->product_suite)
            fact->note = arena_printf(scan->machine->arena, "product suite: %.200s",
                                      text_clean(scan->machine->arena, scan->product_suite));
    }
}
