/* nmap's report as it is printed (-oN): each host that was up is a machine.
 *
 *    Nmap scan report for srv1.example.com (192.0.2.5)
 *    445/tcp open  microsoft-ds Windows Server (R) 2008 Standard 6003 Service Pack 2 microsoft-ds
 *    Service Info: Host: SRV1; OS: Windows; CPE: cpe:/o:microsoft:windows
 *    Host script results:
 *    | smb-os-discovery:
 *    |   OS: Windows Server (R) 2008 Standard 6003 Service Pack 2 (Windows ... 6.0)
 *    |_  System time: 2019-05-01T10:00:00+02:00
 *    |_nbstat: NetBIOS name: SRV1, NetBIOS user: <unknown>
 *
 * Only a file that begins as such a report is taken: in others a scan is one output among several,
 * and a matter for the text reader.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../ascii.h"
#include "../bytes.h"
#include "../limits.h"
#include "../machine_sink.h"
#include "../text.h"
#include "nmap_host.h"
#include "recogniser.h"

#include <string.h>

/* The longest that is looked for in a head. */
#define WORD_BYTES 32

struct scan {
    struct machine_sink *sink;
    struct nmap_host host;
    bool begun, finished; /* as its first and last line say */
};

/* Whether the head has it, in bytes or in UTF-16, of either order: there a NUL follows each letter.
 */
static bool head_has(const struct input *input, const char *word)
{
    size_t length = strlen(word);
    char wide[2 * WORD_BYTES] = "";

    for (size_t i = 0; i < length; i++)
        wide[2 * i] = word[i];
    return bytes_find(input->head, input->n_head, word, length) < input->n_head ||
           bytes_find(input->head, input->n_head, wide, 2 * length - 1) < input->n_head;
}

/* "Nmap scan report for", of versions before 5.10 "Interesting ports on". */
static bool host_line(struct span text, struct span *who)
{
    static const char *const openings[] = {"Nmap scan report for ", "Interesting ports on "};

    for (size_t i = 0; i < sizeof(openings) / sizeof(openings[0]); i++)
        if (span_starts(text, openings[i])) {
            *who = span_trim(span_from(text, strlen(openings[i])));
            return who->length > 0;
        }
    return false;
}

static struct span content(const struct text_line *line)
{
    return span_trim(span_of(recogniser_uncomment(line->text)));
}

static bool begins_run(struct span text)
{
    return span_starts(text, "Starting Nmap ") ||
           (span_starts(text, "Nmap ") && span_has(text, " scan initiated "));
}

/* The report's own first lines, or the prompt that it was asked for at. */
static bool opens_report(struct span text)
{
    struct span who;

    return begins_run(text) || host_line(text, &who) ||
           (span_has(text, "nmap ") && span_has(text, " -"));
}

static bool probe(const struct input *input)
{
    struct text_lines *lines;
    struct text_line line;
    struct input head;
    struct span text = SPAN("");
    bool found;

    if (!head_has(input, "Nmap scan report for ") && !head_has(input, "Interesting ports on "))
        return false;
    if (!text_probe(input))
        return false;
    input_from_memory(&head, input->name, input->head, input->n_head);
    lines = text_open(&head, (int64_t)input->n_head);
    while (text.length == 0 && text_next_line(lines, &line))
        text = content(&line);
    found = opens_report(text);
    text_close(lines);
    return found;
}

static const char *keep(struct scan *scan, struct span text)
{
    return text.length ? arena_strndup(scan->host.machine->arena, text.text, text.length) : NULL;
}

static void end_host(struct scan *scan)
{
    const char *label;

    if (!scan->host.machine)
        return;
    label = nmap_host_end(&scan->host);
    machine_sink_end(scan->sink, label, scan->host.stated);
    scan->host.machine = NULL;
}

/* "name (address)", "address". False when no more hosts are wanted. */
static bool begin_host(struct scan *scan, struct span who)
{
    struct machine *machine;
    size_t open;
    unsigned evidence;

    end_host(scan);
    if (span_has(who, "[host down"))
        return true;
    machine = machine_sink_begin(scan->sink, &evidence);
    if (!machine)
        return false;
    nmap_host_begin(&scan->host, machine, evidence);
    if (span_ends(who, ":"))
        who.length--;
    open = span_find(who, " (");
    if (open < who.length && span_ends(who, ")")) {
        struct span address = span_from(who, open + 2);

        address.length--;
        scan->host.address = keep(scan, address);
        scan->host.name = keep(scan, (struct span){who.text, open});
    } else {
        scan->host.address = keep(scan, who);
    }
    return true;
}

/* "445/tcp open  microsoft-ds Windows ..." */
static bool port_line(struct scan *scan, struct span text, unsigned long line)
{
    size_t n = 0, slash;

    while (n < text.length && ascii_is_digit(text.text[n]))
        n++;
    slash = n;
    if (n == 0 || n > 5 || n == text.length || text.text[n++] != '/')
        return false;
    while (n < text.length && ascii_is_word(text.text[n]))
        n++;
    if (n == slash + 1 || n == text.length || text.text[n] != ' ')
        return false;
    nmap_host_port(&scan->host, (struct span){text.text, slash},
                   (struct span){text.text + slash + 1, n - slash - 1});
    nmap_host_service(&scan->host, span_from(text, n), line);
    return true;
}

/* What stands behind the frame of a script: "| id: value", "|   value", "|_id: value". */
static void script_line(struct scan *scan, struct span text, unsigned long line)
{
    size_t indent = 1, colon;

    while (indent < text.length && (text.text[indent] == ' ' || text.text[indent] == '_'))
        indent++;
    text = span_from(text, indent);
    colon = span_find(text, ":");
    /* Versions before 5.20 indent the script's name by two. */
    if (colon < text.length && (indent <= 2 || (indent == 3 && !scan->host.script))) {
        nmap_host_script(&scan->host, (struct span){text.text, colon});
        text = span_from(text, colon + 1);
    }
    nmap_host_line(&scan->host, text, line);
}

static void info_line(struct scan *scan, struct span text, unsigned long line)
{
    static const char *const labels[] = {"; OS: ", " OS: ", "; OSs: ", " OSs: "};
    struct span os;

    nmap_host_port(&scan->host, SPAN(""), SPAN(""));
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        os = span_from(text, span_find(text, labels[i]));
        if (os.length == 0)
            continue;
        os = span_from(os, strlen(labels[i]));
        os.length = span_find(os, ";");
        nmap_host_service_os(&scan->host, os, line);
        return;
    }
}

static void line_of_host(struct scan *scan, struct span text, unsigned long line)
{
    static const char *const guesses[] = {
        "OS details: ", "Aggressive OS guesses: ", "Running: ", "Running (JUST GUESSING): "};

    if (span_starts(text, "|")) {
        script_line(scan, text, line);
        return;
    }
    if (port_line(scan, text, line))
        return;
    if (span_starts(text, "Host script results:"))
        nmap_host_port(&scan->host, SPAN(""), SPAN(""));
    else if (span_starts(text, "Service Info:"))
        info_line(scan, text, line);
    for (size_t i = 0; i < sizeof(guesses) / sizeof(guesses[0]); i++)
        if (span_starts(text, guesses[i]))
            nmap_host_guess(&scan->host, span_from(text, strlen(guesses[i])), line);
}

static void read_each(struct input *input, struct machine_sink *sink)
{
    struct text_lines *lines = text_open(input, LIMIT_SCAN_BYTES);
    struct scan scan = {.sink = sink};
    struct text_line line;
    bool wanted = true;

    while (wanted && text_next_line(lines, &line)) {
        struct span text = content(&line), who;

        if (begins_run(text)) {
            scan.begun = true;
            scan.finished = false;
        } else if (host_line(text, &who)) {
            wanted = begin_host(&scan, who);
        } else if (span_starts(text, "Nmap done")) {
            scan.finished = true;
            end_host(&scan);
        } else if (scan.host.machine) {
            line_of_host(&scan, text, line.number);
        }
    }
    if (wanted && text_problem(lines))
        machine_sink_problem(sink, "%s", text_problem(lines));
    if (wanted && scan.begun && !scan.finished)
        machine_sink_problem(sink, "the scan did not come to its end: hosts may be missing");
    end_host(&scan);
    text_close(lines);
}

const struct reader reader_nmap_text = {
    .id = "nmap-text",
    .title = "nmap scan (text)",
    .probe = probe,
    .read_each = read_each,
};
