/* What scanners of SMB print, a line a host: CrackMapExec, NetExec, fscan. Each host is a machine.
 *
 *    SMB  192.0.2.5  445  SRV1  [*] Windows Server (R) 2008 Standard 6003 Service Pack 2 x32 (...)
 *    [*] 192.0.2.6 (Windows Server (R) 2008 Datacenter 6003 Service Pack 2)
 *
 * Only a file that begins so, or at the prompt that asked for it, and has several hosts is taken:
 * else such a line is a matter for the text reader, which has one machine.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../bytes.h"
#include "../limits.h"
#include "../machine_sink.h"
#include "../text.h"
#include "recogniser.h"

#include <string.h>

#define ADDRESS_BYTES 64

struct list {
    struct machine_sink *sink;
    char address[ADDRESS_BYTES]; /* of the host at hand; "" before the first */
    struct text_scan scan;       /* its machine is NULL between hosts */
    void *state;
};

static struct span content(const struct text_line *line)
{
    return span_trim(span_of(recogniser_uncomment(line->text)));
}

static struct span word(struct span text)
{
    text.length = span_find(text, " ");
    return text;
}

/* The host that a line is about; empty for other lines. */
static struct span host_of(struct span text)
{
    int32_t n[4];
    struct span host = SPAN("");

    if (span_starts(text, "SMB ") && span_has(text, " [*] "))
        host = word(span_trim(span_from(text, strlen("SMB "))));
    else if (span_starts(text, "[*] "))
        host = word(span_from(text, strlen("[*] ")));
    return shape_numbers(host, n, 4) == 4 && host.length < ADDRESS_BYTES ? host : SPAN("");
}

static bool at_prompt(struct span text)
{
    static const char *const names[] = {"crackmapexec ", "cme ", "netexec ", "nxc ", "fscan "};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (span_has(text, names[i]))
            return true;
    return false;
}

/* Whether the head begins as such a list does and names two hosts. */
static bool begins_list(struct text_lines *lines)
{
    char first[ADDRESS_BYTES] = "";
    struct text_line line;
    bool begun = false;

    while (text_next_line(lines, &line)) {
        struct span text = content(&line), host = host_of(text);

        if (text.length == 0)
            continue;
        if (!begun && host.length == 0 && !at_prompt(text) && !span_starts(text, "SMB "))
            return false;
        begun = true;
        if (host.length > 0 && *first && !span_is(host, first))
            return true;
        if (host.length > 0)
            span_copy(host, first, sizeof(first));
    }
    return false;
}

static bool probe(const struct input *input)
{
    struct text_lines *lines;
    struct input head;
    bool found;

    if (bytes_find(input->head, input->n_head, "[*] ", 4) == input->n_head || !text_probe(input))
        return false;
    input_from_memory(&head, input->name, input->head, input->n_head);
    lines = text_open(&head, (int64_t)input->n_head);
    found = begins_list(lines);
    text_close(lines);
    return found;
}

static void end_host(struct list *list)
{
    struct source source = {GRADE_NETWORK, WITNESS_NONE, list->scan.evidence, "scan"};

    if (!list->scan.machine)
        return;
    if (list->scan.statements > 0)
        facts_add_text(&list->scan.machine->facts, &source, FIELD_ADDRESS, list->address);
    machine_sink_end(list->sink, list->address, list->scan.statements > 0);
    list->scan.machine = NULL;
}

/* False when no more hosts are wanted. */
static bool begin_host(struct list *list, struct span host)
{
    end_host(list);
    list->scan = (struct text_scan){0};
    list->scan.machine = machine_sink_begin(list->sink, &list->scan.evidence);
    if (!list->scan.machine)
        return false;
    span_copy(host, list->address, sizeof(list->address));
    list->state = recogniser_network.begin(&list->scan);
    return true;
}

static void read_each(struct input *input, struct machine_sink *sink)
{
    struct text_lines *lines = text_open(input, LIMIT_SCAN_BYTES);
    struct list list = {.sink = sink};
    struct text_line line;
    bool wanted = true;

    while (wanted && text_next_line(lines, &line)) {
        struct span host = host_of(content(&line));

        if (host.length == 0)
            continue;
        if (!list.scan.machine || !span_is(host, list.address))
            wanted = begin_host(&list, host);
        if (wanted)
            recogniser_network.line(&list.scan, list.state, &line);
    }
    if (wanted && text_problem(lines))
        machine_sink_problem(sink, "%s", text_problem(lines));
    end_host(&list);
    text_close(lines);
}

const struct reader reader_scan_list = {
    .id = "scan-list",
    .title = "list of CrackMapExec, NetExec or fscan",
    .probe = probe,
    .read_each = read_each,
};
