/* The report as a monitoring plugin gives it: one line, and an exit code of 0 to 3.
 *
 * After the Monitoring Plugins Development Guidelines: OK 0, WARNING 1, CRITICAL 2, UNKNOWN 3; the
 * text before "|", performance data behind it. Our codes 0 to 3 are the same numbers by design;
 * not-applicable and every failure of the run itself are UNKNOWN. Several machines: a summary
 * line, then one line each as long output.
 *
 * SPDX-License-Identifier: MIT
 */
#include "formats.h"
#include "parts.h"

#define SERVICE "WINVER6003 "

static int nagios_code(int code)
{
    return code >= 0 && code <= 3 ? code : 3;
}

static const char *nagios_word(int code)
{
    static const char *const words[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};

    return words[nagios_code(code)];
}

/* A bar would end the text, a line end the answer. */
static void add_plain(struct strbuf *out, const char *text)
{
    for (; *text; text++)
        strbuf_addc(out, *text == '|' ? '/' : (unsigned char)*text < 0x20 ? ' ' : *text);
}

static void add_measure(struct strbuf *out, const char *name, int64_t value)
{
    if (value < 0)
        return;
    strbuf_addc(out, ' ');
    strbuf_adds(out, name);
    strbuf_addc(out, '=');
    part_integer(out, value);
}

static void add_measures(struct strbuf *out, const struct assessment *assessment)
{
    size_t start;

    strbuf_adds(out, " |");
    start = out->length;
    add_measure(out, "build", assessment->version.build);
    add_measure(out, "revision", assessment->version.revision);
    if (assessment->level.release) {
        add_measure(out, "releases_behind", assessment->level.releases_behind);
        add_measure(out, "cves_since", assessment->level.cves_since);
        add_measure(out, "kev_since", assessment->level.kev_since);
    }
    if (out->length == start) {
        out->length -= 2;
        out->text[out->length] = '\0';
    }
}

static void print(const struct machine *machine, const struct assessment *assessment,
                  const struct report_options *options, struct strbuf *out)
{
    if (options->number == 0)
        strbuf_adds(out, SERVICE);
    strbuf_adds(out, nagios_word(assessment->exit_code));
    strbuf_adds(out, " - ");
    add_plain(out, part_name(machine, assessment));
    strbuf_adds(out, ": ");
    add_plain(out, assessment->headline ? assessment->headline : "");
    if (options->number == 0)
        add_measures(out, assessment);
    strbuf_addc(out, '\n');
}

static void summary(const struct report_tally *tally, struct strbuf *out)
{
    strbuf_adds(out, SERVICE);
    strbuf_adds(out, nagios_word(tally->exit_code));
    strbuf_addf(out, " - %lu machine%s: %lu ok, %lu warning, %lu critical, %lu unknown",
                tally->machines, tally->machines == 1 ? "" : "s", tally->codes[0],
                tally->codes[1], tally->codes[2], tally->codes[3] + tally->codes[4]);
    if (tally->unusable)
        strbuf_addf(out, ", %lu not usable", tally->unusable);
    strbuf_addf(out, " | machines=%lu ok=%lu warning=%lu critical=%lu unknown=%lu unusable=%lu\n",
                tally->machines, tally->codes[0], tally->codes[1], tally->codes[2],
                tally->codes[3] + tally->codes[4], tally->unusable);
}

static void failure(const char *message, struct strbuf *out)
{
    strbuf_adds(out, SERVICE "UNKNOWN - ");
    add_plain(out, message);
    strbuf_addc(out, '\n');
}

const struct report_format report_nagios = {
    .name = "nagios",
    .title = "one line and exit codes 0 to 3 for monitoring",
    .verbatim = true,
    .machine = print,
    .summary = summary,
    .failure = failure,
    .exit_code = nagios_code,
};
