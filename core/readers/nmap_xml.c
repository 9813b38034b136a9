/* nmap's report in XML (-oX): each host that was up is a machine.
 *
 *    <nmaprun start="1556697600">
 *      <host><status state="up"/><address addr="192.0.2.5" addrtype="ipv4"/>
 *        <hostnames><hostname name="srv1.example.com" type="PTR"/></hostnames>
 *        <ports><port protocol="tcp" portid="445">
 *          <service name="microsoft-ds" product="..." version="..." extrainfo="..." ostype="..."/>
 *          <script id="..." output="..."/></port></ports>
 *        <hostscript><script id="smb-os-discovery" output="..."/></hostscript>
 *        <os><osmatch name="..." accuracy="95"/></os></host>
 *
 * The output of a script says all that its structured form does, and old versions have it alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../day.h"
#include "../limits.h"
#include "../machine_sink.h"
#include "../strbuf.h"
#include "../xml_read.h"
#include "nmap_host.h"

#include <stdlib.h>
#include <string.h>

/* What an element is about is told by its depth and its name; <hosthint> has addresses as well. */
enum { ROOT = 1, HOST, PART, ITEM };

struct scan {
    struct xml_read *xml;
    struct machine_sink *sink;
    struct nmap_host host;
    bool inside; /* a <host> */
    bool down;
    bool finished;
    char started[16]; /* of the run, Unix seconds as written */
    struct strbuf text;
};

static bool probe(const struct input *input)
{
    return xml_probe(input, "nmaprun");
}

static const char *attribute(const struct scan *scan, const char *name)
{
    const char *value = xml_attribute(scan->xml, name);

    return value ? value : "";
}

/* The machine is asked for when the host turns out to be up. False when no more are wanted. */
static bool begin_host(struct scan *scan)
{
    unsigned evidence;
    struct machine *machine = machine_sink_begin(scan->sink, &evidence);

    if (!machine)
        return false;
    nmap_host_begin(&scan->host, machine, evidence);
    return true;
}

/* When the scan was made; a host's own clock is better. */
static void state_time(struct scan *scan)
{
    const struct nmap_host *host = &scan->host;
    struct source source = {GRADE_NETWORK, WITNESS_NONE, host->evidence, "start of the scan"};
    char moment[MOMENT_TEXT_SIZE];
    int64_t seconds = strtoll(scan->started, NULL, 10);

    if (seconds > 0 && !host->dated && moment_to_text(seconds, moment)[0])
        facts_add_text(&host->machine->facts, &source, FIELD_EVIDENCE_DATE, moment)->number =
            seconds;
}

static void end_host(struct scan *scan)
{
    const char *label;

    if (!scan->host.machine)
        return;
    label = nmap_host_end(&scan->host);
    if (scan->host.stated)
        state_time(scan);
    machine_sink_end(scan->sink, label, scan->host.stated);
    scan->host.machine = NULL;
}

static const char *keep(struct scan *scan, const char *text)
{
    return *text ? arena_strdup(scan->host.machine->arena, text) : NULL;
}

static void take_service(struct scan *scan)
{
    struct nmap_host *host = &scan->host;
    unsigned long line = xml_line(scan->xml);
    const char *extra = attribute(scan, "extrainfo"), *version = attribute(scan, "version");

    strbuf_clear(&scan->text);
    strbuf_adds(&scan->text, attribute(scan, "product"));
    strbuf_addf(&scan->text, *version ? " %s" : "%s", version);
    if (*extra)
        strbuf_addf(&scan->text, " (%s)", extra);
    nmap_host_service(host, span_of(strbuf_text(&scan->text)), line);
    nmap_host_service_os(host, span_of(attribute(scan, "ostype")), line);
    if (!strcmp(attribute(scan, "name"), "microsoft-ds") ||
        !strcmp(attribute(scan, "name"), "netbios-ssn"))
        nmap_host_service_name(host, span_of(attribute(scan, "hostname")), line);
}

static void take_script(struct scan *scan)
{
    struct span output = span_of(attribute(scan, "output"));

    nmap_host_script(&scan->host, span_of(attribute(scan, "id")));
    while (output.length > 0) {
        size_t end = span_find(output, "\n");

        nmap_host_line(&scan->host, (struct span){output.text, end}, xml_line(scan->xml));
        output = span_from(output, end + 1);
    }
}

static void take_part(struct scan *scan)
{
    struct nmap_host *host = &scan->host;

    if (xml_is(scan->xml, "address") && !host->address &&
        strcmp(attribute(scan, "addrtype"), "mac") != 0)
        host->address = keep(scan, attribute(scan, "addr"));
    else if (xml_is(scan->xml, "hostscript"))
        nmap_host_port(host, SPAN(""), SPAN(""));
}

static void take_item(struct scan *scan)
{
    struct nmap_host *host = &scan->host;

    if (xml_is(scan->xml, "hostname") && !host->name)
        host->name = keep(scan, attribute(scan, "name"));
    else if (xml_is(scan->xml, "port"))
        nmap_host_port(host, span_of(attribute(scan, "portid")),
                       span_of(attribute(scan, "protocol")));
    else if (xml_is(scan->xml, "script"))
        take_script(scan); /* of the host */
    else if (xml_is(scan->xml, "osmatch"))
        nmap_host_guess(host, span_of(attribute(scan, "name")), xml_line(scan->xml));
}

/* False when no more hosts are wanted. */
static bool opened(struct scan *scan)
{
    unsigned depth = xml_depth(scan->xml);

    if (depth == ROOT) {
        scan->finished = false;
        span_copy(span_of(attribute(scan, "start")), scan->started, sizeof(scan->started));
    } else if (depth == HOST) {
        scan->inside = xml_is(scan->xml, "host");
        scan->down = false;
    } else if (xml_is(scan->xml, "finished")) {
        scan->finished = true;
    }
    if (depth < PART || !scan->inside || scan->down)
        return true;
    if (xml_is(scan->xml, "status") && !scan->host.machine) {
        scan->down = !strcmp(attribute(scan, "state"), "down");
        return true;
    }
    if (!scan->host.machine && !begin_host(scan))
        return false;
    if (depth == PART)
        take_part(scan);
    else if (depth == ITEM)
        take_item(scan);
    else if (xml_is(scan->xml, "service"))
        take_service(scan);
    else if (xml_is(scan->xml, "script"))
        take_script(scan); /* of a port */
    return true;
}

static void read_each(struct input *input, struct machine_sink *sink)
{
    struct scan scan = {.xml = xml_open(input, LIMIT_SCAN_BYTES), .sink = sink, .finished = true};
    enum xml_event event;
    bool wanted = true;

    while (wanted && (event = xml_next(scan.xml)) != XML_END) {
        if (event == XML_OPEN)
            wanted = opened(&scan);
        else if (event == XML_CLOSE && xml_depth(scan.xml) == HOST)
            end_host(&scan);
    }
    if (wanted) {
        if (xml_problem(scan.xml))
            machine_sink_problem(sink, "%s", xml_problem(scan.xml));
        if (!scan.finished)
            machine_sink_problem(sink, "the scan did not come to its end: hosts may be missing");
    }
    end_host(&scan);
    xml_close(scan.xml);
    strbuf_free(&scan.text);
}

const struct reader reader_nmap_xml = {
    .id = "nmap-xml",
    .title = "nmap scan (XML)",
    .probe = probe,
    .read_each = read_each,
};
