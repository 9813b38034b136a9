/* What Windows says of itself: the probes, one after another, and their time.
 *
 * All but one ask the kernel and local files, which answer at once; they look at the clock now and
 * then. The licensing service may be slow, hung or being started: it is asked first, in a thread of
 * its own, and its answer is taken last.
 *
 * SPDX-License-Identifier: MIT
 */
#include "live.h"

#include "../limits.h"
#include "../platform/wide_win32.h"
#include "win32_probe.h"

#include <stdlib.h>

static const struct {
    void (*run)(struct live *live);
    enum fact_field field; /* what is not known without it */
    enum fact_witness witness;
    enum fact_grade grade;
    const char *where;
} probes[] = {
    {probe_version, FIELD_BUILD, WITNESS_KERNEL, GRADE_KERNEL, "RtlGetVersion"},
    {probe_imitation, FIELD_IMITATION, WITNESS_KERNEL, GRADE_KERNEL, "ntdll.dll"},
    {probe_product, FIELD_SKU, WITNESS_KERNEL, GRADE_KERNEL, "GetProductInfo"},
    {probe_registry, FIELD_BUILD, WITNESS_CURRENT_BUILD, GRADE_REGISTRY, "registry"},
    {probe_files, FIELD_BUILD, WITNESS_KERNEL_FILE, GRADE_FILE, "System32\\ntoskrnl.exe"},
    {probe_machine, FIELD_MEMORY_KB, WITNESS_KERNEL, GRADE_KERNEL, "GlobalMemoryStatusEx"},
};

bool live_is_possible(void)
{
    return true;
}

const char *live_over(const struct live *live)
{
    if (live->cancel && *live->cancel)
        return "not asked: it was stopped";
    return GetTickCount64() >= live->until ? "not asked: the system was too slow" : NULL;
}

struct source live_source(const struct live *live, enum fact_grade grade, enum fact_witness witness,
                          const char *where)
{
    return (struct source){grade, witness, live->evidence, where};
}

const char *live_error(const struct live *live, LONG error)
{
    switch (error) {
    case ERROR_ACCESS_DENIED:
        return "access denied";
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
        return "not there";
    default:
        return arena_printf(live->machine->arena, "Windows error %ld", (long)error);
    }
}

const char *live_text(const struct live *live, const WCHAR *text)
{
    char *narrow = wide_to_utf8(text);
    const char *copy = arena_strdup(live->machine->arena, narrow);

    free(narrow);
    return copy;
}

any_function *live_function(const WCHAR *library, const char *name)
{
    HMODULE module = GetModuleHandleW(library);

    return module ? (any_function *)GetProcAddress(module, name) : NULL;
}

void live_read(struct machine *machine, const bool *cancel)
{
    struct live live = {
        .machine = machine,
        .evidence = machine_add_evidence(machine, LIVE_NAME),
        .cancel = cancel,
        .until = GetTickCount64() + LIMIT_LIVE_MS,
        .kernel = VERSION_NONE,
    };
    struct source source;
    const char *over;

    machine->evidence[live.evidence].reader = "live";
    machine->evidence[live.evidence].bytes = -1;
    licence_ask(&live);
    for (size_t i = 0; i < sizeof(probes) / sizeof(probes[0]); i++) {
        over = live_over(&live);
        if (!over) {
            probes[i].run(&live);
            continue;
        }
        source = live_source(&live, probes[i].grade, probes[i].witness, probes[i].where);
        facts_add_missing(&machine->facts, &source, probes[i].field, FACT_NOT_RECORDED, over);
    }
    probe_licence(&live);
}
