/* What a machine says of itself on the network, as logs and probes write it down in text.
 *
 *    Microsoft DNS 6.0.6003 (1773501D)
 *    Windows Server (R) 2008 Enterprise without Hyper-V 6003 Service Pack 2
 *    Windows Build Version:  6.0.6003            (NTLMSSP, as some probes label it)
 *    Microsoft-WebDAV-MiniRedir/6.0.6002
 *    WWW-Authenticate: NTLM TlRMTVNTUAACAAAA...
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "../ascii.h"
#include "line_values.h"
#include "network_values.h"
#include "ntlm.h"

#include <string.h>

/* Lines of one probe's answer about one machine. */
#define PROBE_LINES 12
/* The shortest challenge with a version, in base64. */
#define CHALLENGE_BYTES 76
/* User agents told apart in one log. */
#define SEEN_MAX 16

struct network {
    unsigned long smb_line; /* the last that stated something of SMB, 0 for none */
    unsigned n_seen;
    struct version seen[SEEN_MAX];
};

static void *begin(struct text_scan *scan)
{
    return arena_alloc(scan->machine->arena, sizeof(struct network));
}

/* DNS */

static bool dns_value(struct text_scan *scan, const struct text_line *line, struct span value)
{
    struct source source;
    struct network_dns dns;

    if (!network_dns(value, &dns))
        return false;
    source = recogniser_source(scan, line, GRADE_NETWORK, WITNESS_DNS, "version.bind");
    scan->statements++;
    network_state_dns(&scan->machine->facts, &source, &dns);
    return true;
}

/* As a value, behind a port in nmap's table, or as the text of a TXT record. */
static bool dns_line(struct text_scan *scan, const struct text_line *line, struct span text)
{
    size_t at = span_find(text, "Microsoft DNS ");
    struct span before = span_trim((struct span){text.text, at}), value = span_from(text, at);

    if (at == text.length || at == 0)
        return false;
    if (text.text[at - 1] == '"' && span_ends(text, "\"")) {
        before = span_trim((struct span){text.text, at - 1});
        value.length--;
        return (span_ends(before, "TXT") || span_ends(before, "=")) && dns_value(scan, line, value);
    }
    return ascii_is_digit(*text.text) && span_ends(before, "domain") &&
           (span_has(before, "/tcp") || span_has(before, "/udp")) && dns_value(scan, line, value);
}

/* SMB */

/* "Windows 6.0 Build 6002", as scanners word the version of NTLMSSP; network monitors add its own
 * revision: "NLMPv15". */
static bool read_ntlmssp(struct span value, struct shape_os *os)
{
    size_t build = span_find(value, " Build ");
    int32_t n[2];
    struct span rest;

    *os = (struct shape_os){VERSION_NONE, VERSION_UNKNOWN, VERSION_UNKNOWN};
    if (!span_starts(value, "Windows ") || build == value.length ||
        shape_numbers(span_from((struct span){value.text, build}, strlen("Windows ")), n, 2) != 2)
        return false;
    rest = span_from(value, build + strlen(" Build "));
    build = span_find(rest, " ");
    if (build < rest.length && !span_is(span_from(rest, build), " NLMPv15"))
        return false;
    os->version.major = n[0];
    os->version.minor = n[1];
    if (shape_numbers((struct span){rest.text, build}, n, 2) != 1)
        return false;
    os->version.build = n[0];
    return shape_known_build(&os->version);
}

static void state_smb(struct text_scan *scan, struct network *network, const struct text_line *line,
                      enum fact_witness witness, struct span product, const struct shape_os *os)
{
    struct facts *facts = &scan->machine->facts;
    struct source source = recogniser_source(scan, line, GRADE_NETWORK, witness,
                                             witness == WITNESS_SMB ? "SMB native OS" : "NTLMSSP");

    scan->statements++;
    network->smb_line = line->number;
    if (product.length > 0)
        recogniser_add(scan, &source, FIELD_PRODUCT_NAME, product);
    facts_add_version(facts, &source, &os->version);
    if (os->service_pack != VERSION_UNKNOWN)
        facts_add_number(facts, &source, FIELD_SERVICE_PACK, os->service_pack);
}

static bool smb_value(struct text_scan *scan, struct network *network, const struct text_line *line,
                      struct span value, bool labelled)
{
    struct span product;
    struct shape_os os;

    if (!network_smb(value, labelled, &product, &os))
        return false;
    state_smb(scan, network, line, WITNESS_SMB, product, &os);
    return true;
}

/* "SMB 10.0.0.5 445 HOST [*] Windows Server (R) 2008 Standard 6003 Service Pack 2 x32 (name:HOST)
 * (domain:...)" and "[*] 10.0.0.5 (Windows Server (R) 2008 Datacenter 6003 Service Pack 2)" */
static bool scanned_value(struct text_scan *scan, struct network *network,
                          const struct text_line *line, struct span value)
{
    struct shape_os os;

    if (read_ntlmssp(value, &os)) {
        state_smb(scan, network, line, WITNESS_NTLMSSP, SPAN(""), &os);
        return true;
    }
    return smb_value(scan, network, line, value, false);
}

static bool scanner_line(struct text_scan *scan, struct network *network,
                         const struct text_line *line, struct span text)
{
    size_t at = span_find(text, "[*] ");
    struct span value, name = SPAN("");
    struct source source;
    const char *arch = NULL;

    if (at == text.length || (at > 0 && !span_starts(text, "SMB ")))
        return false;
    value = span_trim(span_from(text, at + strlen("[*] ")));
    at = span_find(value, " (name:");
    if (at < value.length) {
        name = span_from(value, at + strlen(" (name:"));
        name.length = span_find(name, ")");
        value.length = at;
        if (span_ends(value, " x32") || span_ends(value, " x64")) {
            arch = span_ends(value, " x64") ? "x64" : "x86";
            value.length -= strlen(" x64");
        }
    } else {
        at = span_find(value, "(Windows ");
        if (at == value.length || !span_ends(value, ")"))
            return false;
        value = span_from(value, at + 1);
        value.length--;
    }
    if (!scanned_value(scan, network, line, value))
        return false;
    source = recogniser_source(scan, line, GRADE_NETWORK, WITNESS_SMB, "SMB");
    if (name.length > 0)
        recogniser_add(scan, &source, FIELD_COMPUTER_NAME, name);
    if (arch)
        facts_add_text(&scan->machine->facts, &source, FIELD_ARCH, arch);
    return true;
}

/* "Domain=[X] OS=[Windows Server (R) 2008 Standard 6002 Service Pack 2] Server=[...]" */
static bool smbclient_line(struct text_scan *scan, struct network *network,
                           const struct text_line *line, struct span text)
{
    size_t at = span_find(text, "] OS=[");
    struct span value, product;
    struct shape_os os;

    if (!span_starts(text, "Domain=[") || at == text.length)
        return false;
    value = span_from(text, at + strlen("] OS=["));
    at = span_find(value, "] Server=[");
    if (at == value.length || !span_ends(value, "]"))
        return false;
    text = span_from(value, at + strlen("] Server=["));
    text.length--;
    value.length = at;
    if (!network_native_os(value, true, &product, &os))
        return false;
    network_lan_manager(text, &os.version);
    state_smb(scan, network, line, WITNESS_SMB, product, &os);
    return true;
}

/* Other lines of a probe's answer; only their labels say what they are. */
static bool probe_item(struct text_scan *scan, struct network *network,
                       const struct text_line *line, const struct line_value *item)
{
    struct shape_os os = {VERSION_NONE, VERSION_UNKNOWN, VERSION_UNKNOWN};
    struct source source;
    int32_t n[3];

    if (span_is(item->label, "Native OS"))
        return smb_value(scan, network, line, item->value, true);
    if ((span_is(item->label, "Windows Build Version") ||
         span_is(item->label, "Product_Version")) &&
        shape_numbers(item->value, n, 3) == 3) {
        os.version = (struct version){n[0], n[1], n[2], VERSION_UNKNOWN};
        if (!shape_known_build(&os.version))
            return false;
        state_smb(scan, network, line, WITNESS_NTLMSSP, SPAN(""), &os);
        return true;
    }
    if (span_ends(item->label, "Version") && read_ntlmssp(item->value, &os)) {
        state_smb(scan, network, line, WITNESS_NTLMSSP, SPAN(""), &os);
        return true;
    }
    if (span_starts(item->label, "Native Lan Man") &&
        network_lan_manager(item->value, &os.version)) {
        source =
            recogniser_source(scan, line, GRADE_NETWORK, WITNESS_SMB, "SMB native LAN manager");
        facts_add_version(&scan->machine->facts, &source, &os.version);
        return true;
    }
    if ((span_is(item->label, "NB Computer Name") ||
         span_is(item->label, "NetBIOS_Computer_Name") ||
         span_is(item->label, "NetBIOS computer name")) &&
        network->smb_line && line->number - network->smb_line < PROBE_LINES) {
        source = recogniser_source(scan, line, GRADE_NETWORK, WITNESS_NTLMSSP, "NTLMSSP");
        if (item->value.length > 0)
            recogniser_add(scan, &source, FIELD_COMPUTER_NAME, item->value);
        return true;
    }
    return false;
}

/* WebDAV */

static bool was_seen(struct network *network, const struct version *version)
{
    for (unsigned i = 0; i < network->n_seen; i++)
        if (!memcmp(&network->seen[i], version, sizeof(*version)))
            return true;
    if (network->n_seen < SEEN_MAX)
        network->seen[network->n_seen++] = *version;
    return false;
}

/* The agent of Windows' own WebDAV client, in a tab-separated log, an access log or a header. */
static bool webdav_line(struct text_scan *scan, struct network *network,
                        const struct text_line *line, struct span text)
{
    static const char agent[] = "Microsoft-WebDAV-MiniRedir/";
    size_t at = span_find(text, agent), end = 0;
    struct version version;
    struct source source;
    struct span value;
    int32_t n[3];
    char before;

    if (at == text.length || at == 0)
        return false;
    before = text.text[at - 1];
    value = span_from(text, at + strlen(agent));
    while (end < value.length && (ascii_is_digit(value.text[end]) || value.text[end] == '.'))
        end++;
    if (before == '\t') {
        if (end < value.length && value.text[end] != '\t')
            return false;
    } else if (before == '"') {
        if (!span_has((struct span){text.text, at}, "HTTP/1.") || end == value.length ||
            value.text[end] != '"')
            return false;
    } else if (!span_starts(text, "User-Agent:") || end != value.length) {
        return false;
    }
    value.length = end;
    if (shape_numbers(value, n, 3) != 3)
        return false;
    version = (struct version){n[0], n[1], n[2], VERSION_UNKNOWN};
    if (!shape_known_build(&version))
        return false;
    if (was_seen(network, &version))
        return true;
    source = recogniser_source(scan, line, GRADE_NETWORK, WITNESS_RUNTIME, "WebDAV user agent");
    scan->statements++;
    facts_add_version(&scan->machine->facts, &source, &version);
    return true;
}

/* HTTP */

struct challenged {
    struct text_scan *scan;
    struct network *network;
    const struct text_line *line;
    bool found;
};

static void take_challenge(void *data, const struct ntlm_message *message)
{
    struct challenged *challenged = data;
    struct text_scan *scan = challenged->scan;
    struct source source;

    if (message->type != NTLM_CHALLENGE)
        return;
    challenged->found = true;
    if (was_seen(challenged->network, &message->version))
        return;
    source = recogniser_source(scan, challenged->line, GRADE_NETWORK, WITNESS_NTLMSSP,
                               "NTLMSSP challenge");
    scan->statements += ntlm_state(&scan->machine->facts, &source, message);
}

/* "WWW-Authenticate: NTLM TlRMTVNTUAACAAAA..." of a web server, Exchange or a proxy. */
static bool http_line(struct text_scan *scan, struct network *network, const struct text_line *line,
                      struct span text)
{
    struct challenged challenged = {scan, network, line, false};

    if (text.length >= CHALLENGE_BYTES && span_has(text, "-Authenticate: N"))
        ntlm_scan((const uint8_t *)text.text, text.length, take_challenge, &challenged);
    return challenged.found;
}

/* nmap draws a frame at the left of what its scripts say. */
static struct span without_frame(struct span text)
{
    while (text.length > 0 && (*text.text == '|' || *text.text == '_' || *text.text == ' '))
        text = span_from(text, 1);
    return text;
}

static bool line_shown(struct text_scan *scan, void *state, const struct text_line *line)
{
    struct span text = span_trim(span_of(recogniser_uncomment(line->text)));
    struct line_value values[LINE_VALUES_MAX];
    bool framed = span_starts(text, "|");
    size_t n;

    text = without_frame(text);
    n = line_values(text, values);
    for (size_t i = 0; i < n; i++) {
        if (dns_value(scan, line, values[i].value) ||
            smb_value(scan, state, line, values[i].value, framed && span_is(values[i].label, "OS")))
            return true;
        if (values[i].label.length > 0 && probe_item(scan, state, line, &values[i]))
            return true;
    }
    return dns_line(scan, line, text) || scanner_line(scan, state, line, text) ||
           smbclient_line(scan, state, line, text) || webdav_line(scan, state, line, text) ||
           http_line(scan, state, line, text);
}

const struct recogniser recogniser_network = {
    .id = "network",
    .begin = begin,
    .line = line_shown,
};
