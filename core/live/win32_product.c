/* Which product it is, and on what: edition, Server Core, processor; then memory, name, language.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../ascii.h"
#include "../knowledge.h"
#include "answers.h"
#include "win32_probe.h"

#define NAME_UNITS 64

static void say_sku(struct live *live)
{
    struct source source = live_source(live, GRADE_KERNEL, WITNESS_KERNEL, "GetProductInfo");
    struct facts *facts = &live->machine->facts;
    const struct known_sku *known;
    struct fact *fact;
    const char *why;
    DWORD sku = 0;

    /* The version says up to which one the caller knows editions. */
    if (!GetProductInfo(live->kernel.major > 0 ? (DWORD)live->kernel.major : 6,
                        live->kernel.minor > 0 ? (DWORD)live->kernel.minor : 0, 0, 0, &sku))
        sku = 0;
    why = answers_no_sku(sku);
    if (why) {
        facts_add_missing(facts, &source, FIELD_SKU, FACT_NOT_RECORDED, why);
        return;
    }
    known = live->kernel.major == 6 && live->kernel.minor == 0 ? known_sku_by_number((int32_t)sku)
                                                               : NULL;
    fact = facts_add_number(facts, &source, FIELD_SKU, sku);
    if (!known)
        return;
    fact->note = known->name;
    /* Later systems give one number to both. */
    if (known->server)
        facts_add_text(facts, &source, FIELD_INSTALLATION_TYPE,
                       known->core ? "Server Core" : "full");
}

/* Of the machine, whatever this program was made for. */
static void say_processor(struct live *live)
{
    typedef BOOL WINAPI is_wow64(HANDLE process, USHORT * guest, USHORT * native);
    is_wow64 *ask = (is_wow64 *)live_function(L"kernel32.dll", "IsWow64Process2");
    struct source source = live_source(live, GRADE_KERNEL, WITNESS_KERNEL, "GetNativeSystemInfo");
    struct arena *arena = live->machine->arena;
    USHORT guest, native;
    SYSTEM_INFO info;
    const char *arch;

    /* On an ARM, GetNativeSystemInfo tells programs for others that it is none. */
    if (ask && ask(GetCurrentProcess(), &guest, &native)) {
        source.where = "IsWow64Process2";
        arch = answers_image_machine(arena, native);
    } else {
        GetNativeSystemInfo(&info);
        arch = answers_processor(arena, info.wProcessorArchitecture);
    }
    facts_add_text(&live->machine->facts, &source, FIELD_ARCH, arch);
}

void probe_product(struct live *live)
{
    say_sku(live);
    say_processor(live);
}

/* ---- The rest of the machine ---- */

/* What winver calls "available to Windows". */
static void say_memory(struct live *live)
{
    struct source source = live_source(live, GRADE_KERNEL, WITNESS_KERNEL, "GlobalMemoryStatusEx");
    MEMORYSTATUSEX status = {.dwLength = sizeof(status)};

    if (GlobalMemoryStatusEx(&status))
        facts_add_number(&live->machine->facts, &source, FIELD_MEMORY_KB,
                         (int64_t)(status.ullTotalPhys / 1024));
    else
        facts_add_missing(&live->machine->facts, &source, FIELD_MEMORY_KB, FACT_NOT_RECORDED,
                          live_error(live, (LONG)GetLastError()));
}

static struct fact *name_of_registry(struct live *live)
{
    struct facts *facts = &live->machine->facts;

    for (size_t i = 0; i < facts->count; i++)
        if (facts->items[i].field == FIELD_COMPUTER_NAME &&
            facts->items[i].evidence == live->evidence && facts->items[i].status == FACT_STATED)
            return &facts->items[i];
    return NULL;
}

/* The registry has the name that was given last, which counts from the next start on; two names
 * would be two machines. */
static void say_name(struct live *live)
{
    struct source source = live_source(live, GRADE_TOOL, WITNESS_API, "GetComputerNameEx");
    struct fact *given = name_of_registry(live);
    WCHAR name[NAME_UNITS];
    DWORD units = NAME_UNITS;
    const char *text;

    if (!GetComputerNameExW(ComputerNameNetBIOS, name, &units)) {
        if (!given)
            facts_add_missing(&live->machine->facts, &source, FIELD_COMPUTER_NAME,
                              FACT_NOT_RECORDED, live_error(live, (LONG)GetLastError()));
        return;
    }
    text = text_clean(live->machine->arena, live_text(live, name));
    if (!given)
        facts_add_text(&live->machine->facts, &source, FIELD_COMPUTER_NAME, text);
    else if (!ascii_equal(given->value, text))
        given->note =
            arena_printf(live->machine->arena, "from the next start on; until then %s", text);
}

static void say_language(struct live *live)
{
    struct source source = live_source(live, GRADE_TOOL, WITNESS_API, "GetSystemDefaultUILanguage");

    /* As the registry writes it. */
    facts_add_text(
        &live->machine->facts, &source, FIELD_LANGUAGE,
        arena_printf(live->machine->arena, "%04X", (unsigned)GetSystemDefaultUILanguage()));
}

void probe_machine(struct live *live)
{
    say_memory(live);
    say_name(live);
    say_language(live);
}
