/* Which version the kernel says it is, and which one programs are told.
 *
 * GetVersionEx is what programs ask, and what a compatibility mode answers for them. RtlGetVersion
 * reads what the kernel put into the process (PEB), which a compatibility mode can change too.
 * RtlGetNtVersionNumbers gives numbers compiled into ntdll.dll, and the page that the kernel shares
 * with all processes (KUSER_SHARED_DATA) has the first two of them: neither can be changed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "answers.h"
#include "win32_probe.h"

#include <stdlib.h>

/* Not in the headers of every SDK; in ntdll.dll since NT 5.0. */
LONG WINAPI RtlGetVersion(RTL_OSVERSIONINFOW *info);

/* Where every Windows NT has the shared page, and what of it Microsoft's wdm.h documents. */
#define SHARED_PAGE                  0x7ffe0000u
#define SHARED_PRODUCT_TYPE          0x264u
#define SHARED_PRODUCT_TYPE_IS_VALID 0x268u
#define SHARED_MAJOR                 0x26cu
#define SHARED_MINOR                 0x270u

#define COMPAT_LAYER_UNITS 256

static void say_product_type(struct live *live, const struct source *source, unsigned type,
                             unsigned suites)
{
    const char *words = answers_product_type(type);
    const char *names = answers_suites(live->machine->arena, suites);
    struct fact *fact;

    if (!words)
        return;
    fact = facts_add_text(&live->machine->facts, source, FIELD_PRODUCT_TYPE, words);
    if (names)
        fact->note = arena_printf(live->machine->arena, "product suite: %s", names);
}

static struct version library_numbers(void)
{
    typedef void WINAPI get_numbers(DWORD * major, DWORD * minor, DWORD * build);
    get_numbers *get = (get_numbers *)live_function(L"ntdll.dll", "RtlGetNtVersionNumbers");
    struct version version = VERSION_NONE;
    DWORD major, minor, build;

    if (get) {
        get(&major, &minor, &build);
        /* The highest bits say whether it is a checked build. */
        version = (struct version){(int32_t)major, (int32_t)minor, (int32_t)(build & 0xfffffff),
                                   VERSION_UNKNOWN};
    }
    return version;
}

static void say_library_numbers(struct live *live, const struct version *library,
                                enum version_weight weight)
{
    struct source source =
        live_source(live, GRADE_KERNEL, WITNESS_KERNEL, "RtlGetNtVersionNumbers");
    struct facts *facts = &live->machine->facts;

    if (library->build == VERSION_UNKNOWN)
        facts_add_missing(facts, &source, FIELD_BUILD, FACT_NOT_RECORDED,
                          "ntdll.dll has no such function");
    else if (weight == VERSIONS_OLD_LIBRARY)
        facts_add_lookalike(facts, &source,
                            arena_printf(live->machine->arena, "%d.%d.%d", (int)library->major,
                                         (int)library->minor, (int)library->build),
                            "the number in ntdll.dll, which updates of the kernel may leave as it "
                            "is");
    else
        facts_add_version(facts, &source, library);
}

/* What programs that ask the usual way are told. Only told: what they believe is no fact. */
static void say_told(struct live *live)
{
    struct source source = live_source(live, GRADE_TOOL, WITNESS_API, "GetVersionEx");
    OSVERSIONINFOEXW info = {.dwOSVersionInfoSize = sizeof(info)};
    struct facts *facts = &live->machine->facts;
    struct arena *arena = live->machine->arena;
    WCHAR layer[COMPAT_LAYER_UNITS];
    DWORD units = GetEnvironmentVariableW(L"__COMPAT_LAYER", layer, COMPAT_LAYER_UNITS);
    struct fact *fact;

    if (!GetVersionExW((OSVERSIONINFOW *)&info)) {
        facts_add_missing(facts, &source, FIELD_BUILD, FACT_NOT_RECORDED,
                          live_error(live, (LONG)GetLastError()));
        return;
    }
    facts_add_number(facts, &source, FIELD_MAJOR, info.dwMajorVersion);
    facts_add_number(facts, &source, FIELD_MINOR, info.dwMinorVersion);
    fact = facts_add_number(facts, &source, FIELD_BUILD, info.dwBuildNumber);
    fact->note = arena_printf(
        arena, "version %lu.%lu, service pack %u%s%s", (unsigned long)info.dwMajorVersion,
        (unsigned long)info.dwMinorVersion, info.wServicePackMajor,
        units && units < COMPAT_LAYER_UNITS ? ", in the compatibility layer " : "",
        units && units < COMPAT_LAYER_UNITS ? text_clean(arena, live_text(live, layer)) : "");
}

static bool is_readable(const void *address)
{
    MEMORY_BASIC_INFORMATION information;

    return VirtualQuery(address, &information, sizeof(information)) == sizeof(information) &&
           information.State == MEM_COMMIT && !(information.Protect & (PAGE_NOACCESS | PAGE_GUARD));
}

static ULONG shared(unsigned offset)
{
    return *(const volatile ULONG *)(ULONG_PTR)(SHARED_PAGE + offset);
}

static void say_shared_page(struct live *live)
{
    struct source source = live_source(live, GRADE_KERNEL, WITNESS_KERNEL, "KUSER_SHARED_DATA");
    struct facts *facts = &live->machine->facts;

    if (!is_readable((const void *)(ULONG_PTR)SHARED_PAGE)) {
        facts_add_missing(facts, &source, FIELD_MAJOR, FACT_NOT_RECORDED,
                          "the page that the kernel shares is not there");
        return;
    }
    facts_add_number(facts, &source, FIELD_MAJOR, shared(SHARED_MAJOR));
    facts_add_number(facts, &source, FIELD_MINOR, shared(SHARED_MINOR));
    if (shared(SHARED_PRODUCT_TYPE_IS_VALID) & 0xff)
        say_product_type(live, &source, shared(SHARED_PRODUCT_TYPE), 0);
}

void probe_version(struct live *live)
{
    struct source source = live_source(live, GRADE_KERNEL, WITNESS_KERNEL, "RtlGetVersion");
    RTL_OSVERSIONINFOEXW info = {.dwOSVersionInfoSize = sizeof(info)};
    struct facts *facts = &live->machine->facts;
    struct version library = library_numbers();
    enum version_weight weight = VERSIONS_AGREE;

    if (RtlGetVersion((RTL_OSVERSIONINFOW *)&info) == 0) {
        live->kernel = (struct version){(int32_t)info.dwMajorVersion, (int32_t)info.dwMinorVersion,
                                        (int32_t)info.dwBuildNumber, VERSION_UNKNOWN};
        weight = answers_weigh(&live->kernel, &library);
        if (weight == VERSIONS_DISGUISED) {
            source.grade = GRADE_TOOL;
            source.witness = WITNESS_API;
        }
        facts_add_version(facts, &source, &live->kernel);
        if (weight != VERSIONS_DISGUISED)
            facts_add_number(facts, &source, FIELD_SERVICE_PACK, info.wServicePackMajor);
        say_product_type(live, &source, info.wProductType, info.wSuiteMask);
    } else {
        facts_add_missing(facts, &source, FIELD_BUILD, FACT_NOT_RECORDED, "the call failed");
    }
    say_library_numbers(live, &library, weight);
    say_shared_page(live);
    say_told(live);
}
