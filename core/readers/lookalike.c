/* Numbers that look like a build or revision of the system and are none.
 *
 * Asked last: what comes here, no recogniser took for a statement. A number is told as a look-alike
 * once, with what it really is, so that nobody who searches the text for "6003" wonders why it was
 * not believed. It never makes a file evidence.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "../ascii.h"
#include "../limits.h"
#include "shapes.h"

#include <string.h>

#define VALUE_BYTES 40
/* Versions of one line that are looked at: a line of thousands is no report. */
#define LINE_VERSIONS 32

struct lookalike {
    unsigned n_told;
    char told[LIMIT_LOOKALIKES][VALUE_BYTES];
};

static void *begin(struct text_scan *scan)
{
    return arena_alloc(scan->machine->arena, sizeof(struct lookalike));
}

static bool is_dotnet_runtime(const struct version *version)
{
    return (version->major == 1 && version->minor == 1 && version->build == 4322) ||
           (version->major == 2 && version->minor == 0 && version->build == 50727) ||
           (version->major == 4 && version->minor == 0 && version->build == 30319);
}

/* What the version is, NULL when it does not even look like one of Windows. */
static const char *what_it_is(struct span line, const struct version *version)
{
    bool nt60 = version->major == 6 && version->minor == 0;
    bool build = version->build >= 6000 && version->build <= 6003;

    if (is_dotnet_runtime(version))
        return span_has(line, "CLR") || span_has(line, "Common Language Runtime") ||
                       span_has(line, "Version")
                   ? "version of the .NET runtime"
                   : NULL;
    if (!nt60 && !build)
        return NULL;
    if (version->major == 7 && build)
        return "version of the Windows Update agent";
    if (span_has(line, "BuildVersion"))
        return "version of PowerShell, the same on XP, 2003, Vista and 2008";
    if (span_has(line, "DxDiag"))
        return "version of dxdiag.exe";
    if (span_has(line, "Hardware Abstraction Layer"))
        return "version of the hardware abstraction layer";
    if (version->major == 5 || version->minor == 10 || span_has(line, "comctl32") ||
        span_has(line, "!Static") || span_has(line, "!Button"))
        return "version of the common controls";
    if (!nt60)
        return NULL;
    if (!build)
        return version->build > 5000 && version->build < 10000
                   ? "version of an application: no Windows has that build"
                   : NULL;
    if (version->revision != VERSION_UNKNOWN && version->revision > 0) {
        if (version->revision % 65536 == 0)
            return ".NET writes the service pack times 65536 in the place of a revision";
        if (version->revision < 10)
            return "constant of a scanner: the last number is the service pack";
    }
    if (span_has(line, "driver"))
        return "version of a driver";
    return "version of a file or an update, or in a text about one: not said of this system";
}

static bool was_told(struct lookalike *lookalike, const char *value)
{
    for (unsigned i = 0; i < lookalike->n_told; i++)
        if (!strcmp(lookalike->told[i], value))
            return true;
    return false;
}

static void tell(struct text_scan *scan, struct lookalike *lookalike, const struct text_line *line,
                 struct span value, const char *note)
{
    char text[VALUE_BYTES];
    struct source source;

    span_copy(value, text, sizeof(text));
    if (lookalike->n_told == LIMIT_LOOKALIKES || was_told(lookalike, text))
        return;
    memcpy(lookalike->told[lookalike->n_told++], text, sizeof(text));
    source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_NONE, "");
    facts_add_lookalike(&scan->machine->facts, &source, text, note);
}

static bool line_shown(struct text_scan *scan, void *state, const struct text_line *line)
{
    struct lookalike *lookalike = state;
    struct span text = span_of(line->text);
    int left = LINE_VERSIONS;

    for (size_t i = 0; i + 6 < text.length && left > 0 && lookalike->n_told < LIMIT_LOOKALIKES;) {
        struct version version;
        size_t n;

        if (!ascii_is_digit(text.text[i]) ||
            (i > 0 && (ascii_is_word(text.text[i - 1]) || text.text[i - 1] == '.'))) {
            i++;
            continue;
        }
        n = version_parse(text.text + i, &version);
        if (n > 0 && version.build != VERSION_UNKNOWN) {
            const char *note = what_it_is(text, &version);

            left--;
            if (note)
                tell(scan, lookalike, line, (struct span){text.text + i, n}, note);
        }
        i += n > 0 ? n : 1;
    }
    return false;
}

const struct recogniser recogniser_lookalike = {
    .id = "lookalike",
    .begin = begin,
    .line = line_shown,
};
