/* What nmap says of one host.
 *
 * The scripts' own words, as nmap 5 to 7 write them:
 *
 *    smb-os-discovery:  OS: Windows Server (R) 2008 Standard 6003 Service Pack 2 (Windows ... 6.0)
 *                       NetBIOS computer name: SRV1\x00
 *                       System time: 2019-05-01T10:00:00+02:00
 *    rdp-ntlm-info:     NetBIOS_Computer_Name: SRV1
 *                       Product_Version: 6.0.6003
 *    dns-nsid:          bind.version: Microsoft DNS 6.0.6003 (1773501D)
 *    nbstat:            NetBIOS name: SRV1, NetBIOS user: <unknown>, NetBIOS MAC: ...
 *    snmp-sysdescr:     Hardware: ... - Software: Windows Version 6.0 (Build 6003 ...)
 *
 * SPDX-License-Identifier: MIT
 */
#include "nmap_host.h"

#include "../ascii.h"
#include "../day.h"
#include "network_values.h"

#include <stdio.h>
#include <string.h>

struct nmap_script {
    const char *id; /* "*-x" is any that ends so */
    void (*value)(struct nmap_host *host, struct span label, struct span value, unsigned long line);
};

static struct source source_of(const struct nmap_host *host, enum fact_witness witness,
                               const char *what, unsigned long line)
{
    struct arena *arena = host->machine->arena;
    char where[128];

    /* Scripts and protocols have the names that the file gives them. */
    snprintf(where, sizeof(where), "%s%s%s, line %lu", what, *host->port ? ", " : "", host->port,
             line);
    return (struct source){
        .grade = GRADE_NETWORK,
        .witness = witness,
        .evidence = host->evidence,
        .where = text_clean(arena, where),
    };
}

static struct fact *add_text(struct nmap_host *host, const struct source *source,
                             enum fact_field field, struct span value)
{
    return facts_add_text(&host->machine->facts, source, field,
                          arena_strndup(host->machine->arena, value.text, value.length));
}

static void state_smb(struct nmap_host *host, const struct source *source, struct span product,
                      const struct shape_os *os)
{
    struct facts *facts = &host->machine->facts;

    host->stated = true;
    add_text(host, source, FIELD_PRODUCT_NAME, product);
    facts_add_version(facts, source, &os->version);
    if (os->service_pack != VERSION_UNKNOWN)
        facts_add_number(facts, source, FIELD_SERVICE_PACK, os->service_pack);
}

/* Names as scripts print them: the NUL that ends it on the wire is written out. */
static void name_itself(struct nmap_host *host, enum fact_witness witness, const char *what,
                        struct span name, unsigned long line)
{
    struct source source;

    while (span_ends(name, "\\x00"))
        name.length -= strlen("\\x00");
    name = span_trim(name);
    if (host->named || name.length == 0 || span_is(name, "<unknown>"))
        return;
    source = source_of(host, witness, what, line);
    add_text(host, &source, FIELD_COMPUTER_NAME, name);
    host->named = true;
}

/* -1 when it is not two of them. */
static int two_digits(const char *text)
{
    return ascii_is_digit(text[0]) && ascii_is_digit(text[1]) ? (text[0] - '0') * 10 + text[1] - '0'
                                                              : -1;
}

/* "2019-05-01T10:00:00+02:00", "...Z"; without a zone the moment is not known. */
static bool moment_of(struct span value, int64_t *seconds)
{
    char date[DAY_TEXT_SIZE];
    day_t day;
    int n[4] = {0};
    struct span rest = span_from(value, 11);

    if (value.length < 19 || value.length > 40 || value.text[10] != 'T')
        return false;
    day = day_from_text(span_copy((struct span){value.text, 10}, date, sizeof(date)));
    for (int i = 0; i < 3; i++) {
        n[i] = two_digits(rest.text + 3 * i);
        if (n[i] < 0 || (i < 2 && rest.text[3 * i + 2] != ':'))
            return false;
    }
    rest = span_from(rest, 8);
    if (rest.length == 6 && (*rest.text == '+' || *rest.text == '-') && rest.text[3] == ':') {
        int hours = two_digits(rest.text + 1), minutes = two_digits(rest.text + 4);

        if (hours < 0 || minutes < 0)
            return false;
        n[3] = (*rest.text == '+' ? -1 : 1) * (hours * 60 + minutes);
    } else if (!span_is(rest, "Z")) {
        return false;
    }
    *seconds = (int64_t)day * 86400 + n[0] * 3600 + n[1] * 60 + n[2] + n[3] * 60;
    return day != DAY_NONE;
}

static void state_time(struct nmap_host *host, enum fact_witness witness, struct span value,
                       unsigned long line)
{
    struct source source;
    struct fact *fact;
    int64_t seconds;

    if (host->dated || value.length == 0)
        return;
    source = source_of(host, witness, host->script_id, line);
    fact = add_text(host, &source, FIELD_EVIDENCE_DATE, value);
    if (moment_of(value, &seconds))
        fact->number = seconds;
    host->dated = true;
}

/* Scripts */

static void smb_value(struct nmap_host *host, struct span label, struct span value,
                      unsigned long line)
{
    struct source source;
    struct span product;
    struct shape_os os;

    if (label.length == 0 || span_is(label, "OS")) {
        if (!network_smb(value, true, &product, &os))
            return;
        source = source_of(host, WITNESS_SMB, host->script_id, line);
        state_smb(host, &source, product, &os);
    } else if (span_is(label, "LAN Manager")) {
        os.version = VERSION_NONE;
        if (!network_lan_manager(value, &os.version))
            return;
        source = source_of(host, WITNESS_SMB, host->script_id, line);
        facts_add_version(&host->machine->facts, &source, &os.version);
    } else if (span_is(label, "NetBIOS computer name")) {
        name_itself(host, WITNESS_SMB, host->script_id, value, line);
    } else if (span_is(label, "Computer name") && !span_is(value, "Unknown")) {
        host->dns_name = arena_strndup(host->machine->arena, value.text, value.length);
    } else if (span_is(label, "System time")) {
        state_time(host, WITNESS_SMB, value, line);
    }
}

static void ntlm_value(struct nmap_host *host, struct span label, struct span value,
                       unsigned long line)
{
    struct version version = VERSION_NONE;
    struct source source;
    int32_t n[3];

    if (span_is(label, "Product_Version")) {
        if (shape_numbers(value, n, 3) != 3)
            return;
        version = (struct version){n[0], n[1], n[2], VERSION_UNKNOWN};
        if (!shape_known_build(&version))
            return;
        source = source_of(host, WITNESS_NTLMSSP, host->script_id, line);
        facts_add_version(&host->machine->facts, &source, &version);
        host->stated = true;
    } else if (span_is(label, "NetBIOS_Computer_Name")) {
        name_itself(host, WITNESS_NTLMSSP, host->script_id, value, line);
    } else if (span_is(label, "DNS_Computer_Name")) {
        host->dns_name = arena_strndup(host->machine->arena, value.text, value.length);
    } else if (span_is(label, "System_Time")) {
        state_time(host, WITNESS_NTLMSSP, value, line);
    }
}

static bool state_dns(struct nmap_host *host, struct span value, unsigned long line)
{
    struct network_dns dns;
    struct source source;

    if (!network_dns(value, &dns))
        return false;
    source = source_of(host, WITNESS_DNS, "version.bind", line);
    network_state_dns(&host->machine->facts, &source, &dns);
    host->stated = true;
    return true;
}

static void dns_value(struct nmap_host *host, struct span label, struct span value,
                      unsigned long line)
{
    if (span_is(label, "bind.version"))
        state_dns(host, value, line);
}

static void nbstat_value(struct nmap_host *host, struct span label, struct span value,
                         unsigned long line)
{
    if (!span_is(label, "NetBIOS name"))
        return;
    value.length = span_find(value, ",");
    name_itself(host, WITNESS_SMB, host->script_id, value, line);
}

/* "... Software: Windows Version 6.0 (Build 6002 Multiprocessor Free)" */
static void snmp_value(struct nmap_host *host, struct span label, struct span value,
                       unsigned long line)
{
    static const char version_mark[] = "Windows Version ", build_mark[] = " (Build ";
    struct version version = VERSION_NONE;
    struct source source;
    struct span rest;
    int32_t n[2], build;

    (void)label;
    rest = span_from(value, span_find(value, version_mark));
    if (rest.length == 0 || !span_ends(rest, ")"))
        return;
    rest = span_from(rest, strlen(version_mark));
    build = (int32_t)span_find(rest, build_mark);
    if (shape_numbers((struct span){rest.text, (size_t)build}, n, 2) != 2)
        return;
    rest = span_from(rest, (size_t)build + strlen(build_mark));
    rest.length -= rest.length > 0;
    build = shape_first_number(rest);
    version = (struct version){n[0], n[1], build, VERSION_UNKNOWN};
    if (!shape_known_build(&version))
        return;
    source = source_of(host, WITNESS_NONE, "SNMP sysDescr", line);
    facts_add_version(&host->machine->facts, &source, &version);
    rest = span_from(rest, span_find(rest, " "));
    if (rest.length > 0)
        add_text(host, &source, FIELD_BUILD_TYPE, span_trim(rest));
    host->stated = true;
}

static const struct nmap_script scripts[] = {
    {"smb-os-discovery", smb_value}, {"*-ntlm-info", ntlm_value},   {"dns-nsid", dns_value},
    {"nbstat", nbstat_value},        {"snmp-sysdescr", snmp_value},
};

static bool is_script(const struct nmap_script *script, struct span id)
{
    return *script->id == '*' ? span_ends(id, script->id + 1) : span_is(id, script->id);
}

void nmap_host_script(struct nmap_host *host, struct span id)
{
    host->script = NULL;
    for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]) && !host->script; i++)
        if (is_script(&scripts[i], id))
            host->script = &scripts[i];
    span_copy(id, host->script_id, sizeof(host->script_id));
}

void nmap_host_line(struct nmap_host *host, struct span text, unsigned long line)
{
    struct span label = SPAN(""), value;
    size_t at;

    text = value = span_trim(text);
    if (!host->script || text.length == 0)
        return;
    at = span_find(text, ": ");
    if (at == text.length && span_ends(text, ":"))
        return; /* the name of an instance, its values follow */
    if (at < text.length) {
        label = span_trim((struct span){text.text, at});
        value = span_trim(span_from(text, at + 1));
    }
    host->script->value(host, label, value, line);
}

/* Services */

void nmap_host_port(struct nmap_host *host, struct span number, struct span protocol)
{
    host->script = NULL;
    host->port[0] = '\0';
    if (number.length > 0 && number.length <= 5 && protocol.length <= 8)
        snprintf(host->port, sizeof(host->port), "%.*s %.*s", (int)protocol.length, protocol.text,
                 (int)number.length, number.text);
}

static void state_windows(struct nmap_host *host, struct span what, unsigned long line)
{
    struct source source;

    if (host->windows)
        return;
    source = source_of(host, WITNESS_NONE, "service", line);
    facts_add_lookalike(&host->machine->facts, &source,
                        arena_strndup(host->machine->arena, what.text, what.length),
                        "what nmap takes the system for, by the answer of a service");
    host->windows = true;
    host->stated = true;
}

void nmap_host_service(struct nmap_host *host, struct span text, unsigned long line)
{
    struct span product, dns = span_from(text, span_find(text, "Microsoft DNS "));
    struct span smb = span_from(text, span_find(text, "Windows "));
    size_t end = span_find(smb, " microsoft-ds");
    struct source source;
    struct shape_os os;

    if (dns.length > 0)
        state_dns(host, dns, line);
    if (end == smb.length || !network_native_os((struct span){smb.text, end}, true, &product, &os))
        return;
    source = source_of(host, WITNESS_SMB, "SMB native OS", line);
    state_smb(host, &source, product, &os);
}

void nmap_host_service_os(struct nmap_host *host, struct span text, unsigned long line)
{
    if (span_has(text, "Windows"))
        state_windows(host, text, line);
}

void nmap_host_service_name(struct nmap_host *host, struct span name, unsigned long line)
{
    name_itself(host, WITNESS_SMB, "service", name, line);
}

void nmap_host_guess(struct nmap_host *host, struct span text, unsigned long line)
{
    struct source source;

    if (host->guessed || text.length == 0)
        return;
    source = source_of(host, WITNESS_NONE, "OS detection", line);
    facts_add_lookalike(&host->machine->facts, &source,
                        arena_strndup(host->machine->arena, text.text, text.length),
                        "a guess of nmap, from how its network answers");
    host->guessed = true;
}

void nmap_host_begin(struct nmap_host *host, struct machine *machine, unsigned evidence)
{
    *host = (struct nmap_host){.machine = machine, .evidence = evidence};
}

static void state_address(struct nmap_host *host, const char *address)
{
    struct source source = {GRADE_NETWORK, WITNESS_NONE, host->evidence, "scan"};

    if (address)
        facts_add_text(&host->machine->facts, &source, FIELD_ADDRESS, address);
}

const char *nmap_host_end(struct nmap_host *host)
{
    struct source source;

    if (!host->named && host->dns_name && host->stated) {
        source = (struct source){GRADE_NETWORK, WITNESS_NTLMSSP, host->evidence, "DNS name"};
        facts_add_text(&host->machine->facts, &source, FIELD_COMPUTER_NAME, host->dns_name);
    }
    state_address(host, host->address);
    state_address(host, host->name);
    if (host->name && host->address)
        return arena_printf(host->machine->arena, "%s (%s)", host->name, host->address);
    return host->name ? host->name : host->address;
}
