/* Marks of systems that are no Windows: those that they leave in the running process and in the
 * names of their keys. What they write into the values that Windows has too, and into their files,
 * the readers of both know.
 *
 * SPDX-License-Identifier: MIT
 */
#include "win32_probe.h"

static void look_for_wine(struct live *live)
{
    typedef const char *get_version(void);
    typedef void get_host_version(const char **system, const char **release);
    get_version *version = (get_version *)live_function(L"ntdll.dll", "wine_get_version");
    get_host_version *host =
        (get_host_version *)live_function(L"ntdll.dll", "wine_get_host_version");
    struct source source =
        live_source(live, GRADE_KERNEL, WITNESS_KERNEL, "wine_get_version of ntdll.dll");
    struct arena *arena = live->machine->arena;
    const char *system = NULL, *release = NULL;
    struct fact *fact;

    if (!version)
        return;
    fact = facts_add_text(&live->machine->facts, &source, FIELD_IMITATION,
                          arena_printf(arena, "Wine %.80s", version()));
    if (host)
        host(&system, &release);
    if (system)
        fact->note = text_clean(arena, arena_printf(arena, "on %.80s", system));
}

static void look_for_key(struct live *live, const WCHAR *path, const char *where, const char *what)
{
    struct source source = live_source(live, GRADE_REGISTRY, WITNESS_REGISTRY, where);
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key) != 0)
        return;
    facts_add_text(&live->machine->facts, &source, FIELD_IMITATION, what);
    RegCloseKey(key);
}

void probe_imitation(struct live *live)
{
    look_for_wine(live);
    look_for_key(live, L"SYSTEM\\CurrentControlSet\\Control\\ReactOS",
                 "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\ReactOS",
                 "a Control\\ReactOS key");
}
