/* Whether a licence of the programme for extended updates is active, as the licensing service says.
 *
 * The service may be slow to start, or hang. It is asked in a thread of its own over memory of its
 * own: whoever is last of the two lets go of it, so that a thread that never comes back harms
 * nothing. Which licences to ask for is known (knowledge.h); nothing is activated, consumed or
 * written. The library is Windows' own or none: it is loaded out of System32 only.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../arena.h"
#include "../ascii.h"
#include "../knowledge.h"
#include "../limits.h"
#include "../platform/library.h"
#include "answers.h"
#include "win32_probe.h"

#include <process.h>
#include <stdlib.h>
#include <string.h>

/* The application id of Windows itself (Microsoft, "SLGetWindowsInformation"; slmgr.vbs). */
#define WINDOWS_APPLICATION "55c92734-d682-4d71-983e-d6ec3f16059f"

/* SL_E_PRODUCT_SKU_NOT_INSTALLED, SL_E_VALUE_NOT_FOUND: no such licence here. */
#define NO_SUCH_PRODUCT ((HRESULT)0xc004f015)
#define NO_SUCH_VALUE   ((HRESULT)0xc004f012)

/* SL_LICENSING_STATUS of slpublic.h. */
struct licensing_status {
    uint8_t product[GUID_BYTES];
    int status;
    DWORD grace_minutes;
    DWORD grace_days;
    HRESULT reason;
    UINT64 expiration;
};

typedef HRESULT WINAPI sl_open(void **handle);
typedef HRESULT WINAPI sl_close(void *handle);
typedef HRESULT WINAPI sl_status(void *handle, const uint8_t *application, const uint8_t *product,
                                 const WCHAR *right, UINT *count,
                                 struct licensing_status **statuses);

struct licence_answer {
    const struct esu_item *item;
    uint8_t product[GUID_BYTES];
    HRESULT result;
    bool installed;
    int status;
};

struct licence_question {
    LONG references;
    HANDLE done;
    sl_open *open;
    sl_close *close;
    sl_status *status;
    uint8_t application[GUID_BYTES];
    HRESULT opened;
    unsigned count;
    struct licence_answer answers[LIMIT_LIVE_LICENCES];
};

/* ---- The other thread ---- */

static void let_go(struct licence_question *question)
{
    if (InterlockedDecrement(&question->references) > 0)
        return;
    CloseHandle(question->done);
    free(question);
}

/* Of several states of one licence, the one that is a licence counts. */
static void take(struct licence_answer *answer, const struct licensing_status *status)
{
    if (memcmp(status->product, answer->product, GUID_BYTES) != 0)
        return;
    if (!answer->installed || status->status == LICENCE_LICENSED)
        answer->status = status->status;
    answer->installed = true;
}

static void ask_for(struct licence_question *question, void *handle, struct licence_answer *answer)
{
    struct licensing_status *statuses = NULL;
    UINT count = 0;

    answer->result =
        question->status(handle, question->application, answer->product, NULL, &count, &statuses);
    for (UINT i = 0; answer->result == S_OK && statuses && i < count; i++)
        take(answer, &statuses[i]);
    if (statuses)
        LocalFree(statuses);
}

static bool is_failure(HRESULT result)
{
    return result != S_OK && result != NO_SUCH_PRODUCT && result != NO_SUCH_VALUE;
}

/* All that belong to Windows, for a service that has other words for a licence it does not know. */
static void ask_for_all(struct licence_question *question, void *handle)
{
    struct licensing_status *statuses = NULL;
    UINT count = 0;
    HRESULT result = question->status(handle, question->application, NULL, NULL, &count, &statuses);

    for (unsigned i = 0; result == S_OK && i < question->count; i++) {
        question->answers[i].result = S_OK;
        for (UINT n = 0; statuses && n < count; n++)
            take(&question->answers[i], &statuses[n]);
    }
    if (statuses)
        LocalFree(statuses);
}

static unsigned __stdcall ask_service(void *data)
{
    struct licence_question *question = data;
    void *handle = NULL;

    question->opened = question->open(&handle);
    if (question->opened == S_OK) {
        bool failed = false;

        for (unsigned i = 0; i < question->count; i++) {
            ask_for(question, handle, &question->answers[i]);
            failed = failed || is_failure(question->answers[i].result);
        }
        if (failed)
            ask_for_all(question, handle);
        question->close(handle);
    }
    SetEvent(question->done);
    let_go(question);
    return 0;
}

/* ---- This one ---- */

/* slc.dll has the functions on NT 6.0; on later systems it leads on to sppc.dll. */
static bool find_functions(struct licence_question *question)
{
    const struct library_symbol symbols[] = {
        {"SLOpen", &question->open},
        {"SLClose", &question->close},
        {"SLGetLicensingStatusInformation", &question->status},
    };
    const size_t n = sizeof(symbols) / sizeof(symbols[0]);
    const char *why;

    return library_load("slc.dll", symbols, n, &why) || library_load("sppc.dll", symbols, n, &why);
}

static void choose_products(struct licence_question *question)
{
    for (size_t i = 0; i < n_esu_items && question->count < LIMIT_LIVE_LICENCES; i++) {
        struct licence_answer *answer = &question->answers[question->count];

        if (!ascii_after(esu_items[i].kind, "activation-id") ||
            !answers_guid(esu_items[i].value, answer->product))
            continue;
        answer->item = &esu_items[i];
        question->count++;
    }
}

void licence_ask(struct live *live)
{
    struct licence_question *question = memory_alloc(sizeof(*question));
    HANDLE thread;

    question->references = 2;
    question->done = CreateEventW(NULL, TRUE, FALSE, NULL);
    answers_guid(WINDOWS_APPLICATION, question->application);
    choose_products(question);
    if (!question->done || !find_functions(question))
        goto none;
    /* Not CreateThread: the C library keeps state for each thread. */
    thread = (HANDLE)_beginthreadex(NULL, 0, ask_service, question, 0, NULL);
    if (!thread)
        goto none;
    CloseHandle(thread);
    live->question = question;
    return;
none:
    if (question->done)
        CloseHandle(question->done);
    free(question);
}

/* Waits in short steps, for who wants to stop. */
static bool is_answered(const struct live *live, const struct licence_question *question)
{
    while (WaitForSingleObject(question->done, 0) != WAIT_OBJECT_0) {
        if (live_over(live))
            return false;
        WaitForSingleObject(question->done, LIMIT_LIVE_STEP_MS);
    }
    return true;
}

static void say_missing(struct live *live, const char *place, enum fact_status status,
                        const char *why)
{
    struct source source = live_source(live, GRADE_TOOL, WITNESS_API, place);

    facts_add_missing(&live->machine->facts, &source, FIELD_ESU, status, why);
}

static void say_answer(struct live *live, const struct licence_answer *answer)
{
    struct arena *arena = live->machine->arena;
    struct source source = live_source(
        live, GRADE_TOOL, WITNESS_API,
        arena_printf(arena, "licensing service, activation id %s", answer->item->value));

    /* What is installed and not active entitles to nothing. */
    if (answer->status == LICENCE_LICENSED)
        facts_add_text(
            &live->machine->facts, &source, FIELD_ESU,
            arena_printf(arena, "%s %s", answer->item->item, answers_licence(answer->status)));
    else
        say_missing(live, source.where, FACT_ABSENT,
                    arena_printf(arena, "%s is installed and %s", answer->item->item,
                                 answers_licence(answer->status)));
}

void probe_licence(struct live *live)
{
    struct licence_question *question = live->question;
    const char *place = "licensing service";
    HRESULT failed = S_OK;
    unsigned n_said = 0;

    if (!question) {
        say_missing(live, place, FACT_NOT_RECORDED,
                    "this system has no licensing functions (slc.dll)");
        return;
    }
    live->question = NULL;
    if (!is_answered(live, question)) {
        say_missing(live, place, FACT_NOT_RECORDED,
                    live->cancel && *live->cancel ? "not asked: it was stopped"
                                                  : "the licensing service did not answer in time");
        let_go(question);
        return;
    }
    for (unsigned i = 0; question->opened == S_OK && i < question->count; i++) {
        const struct licence_answer *answer = &question->answers[i];

        if (answer->installed) {
            say_answer(live, answer);
            n_said++;
        } else if (is_failure(answer->result)) {
            failed = answer->result;
        }
    }
    if (question->opened != S_OK)
        failed = question->opened;
    if (failed != S_OK)
        say_missing(live, place, FACT_NOT_RECORDED,
                    arena_printf(live->machine->arena,
                                 "the licensing service gave no answer: error 0x%08lx",
                                 (unsigned long)failed));
    else if (n_said == 0)
        say_missing(live, place, FACT_ABSENT,
                    "none of the programme's activation ids is installed");
    let_go(question);
}
