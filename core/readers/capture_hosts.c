/* What the senders of a capture said of themselves.
 *
 * SPDX-License-Identifier: MIT
 */
#include "capture_hosts.h"

#include "../arena.h"
#include "../day.h"
#include "../limits.h"
#include "network_values.h"
#include "ntlm.h"
#include "smb_session.h"

#include <stdlib.h>
#include <string.h>

/* Different versions of one address: more than one are machines behind one address, or lies. */
#define VERSIONS_MOST 4
#define SLOTS_FIRST   64
#define NO_HOST       UINT32_MAX
/* Slots looked at for one address. Honest ones need a few; addresses made to collide are turned
 * away like those beyond the limit. */
#define PROBES_MOST 512

struct said {
    struct version version;
    enum ntlm_type type;
    unsigned long packet;
};

/* Strings are in the arena; NULL until they are known. */
struct host {
    struct capture_address address;
    struct said said[VERSIONS_MOST];
    unsigned n_said;
    const char *name, *dns_name;
    unsigned long name_packet;
    int64_t seconds; /* of its clock, FACT_NO_NUMBER */
    unsigned long seconds_packet;
    int64_t seen; /* of the capture's */
    unsigned long seen_packet;
    const char *os, *manager;
    unsigned long os_packet;
};

struct capture_hosts {
    struct arena *arena;
    struct host *items;
    uint32_t count, size;
    uint32_t *slots;             /* indices by the address's hash; NO_HOST where free */
    uint32_t n_slots;            /* a power of two, never less than twice count */
    unsigned long n_turned_away; /* packets of hosts beyond the limit */
    unsigned long n_cut;
    /* The packet at hand */
    const struct capture_address *sender;
    unsigned long packet;
    int64_t seconds;
};

struct capture_hosts *capture_hosts_new(void)
{
    struct capture_hosts *hosts = memory_alloc(sizeof(*hosts));

    hosts->arena = arena_new();
    hosts->n_slots = SLOTS_FIRST;
    hosts->slots = memory_alloc(SLOTS_FIRST * sizeof(*hosts->slots));
    memset(hosts->slots, 0xFF, SLOTS_FIRST * sizeof(*hosts->slots));
    return hosts;
}

void capture_hosts_free(struct capture_hosts *hosts)
{
    if (!hosts)
        return;
    arena_free(hosts->arena);
    free(hosts->items);
    free(hosts->slots);
    free(hosts);
}

/* Addresses */

/* FNV-1a */
static uint32_t hash_of(const struct capture_address *address)
{
    uint32_t hash = 2166136261u ^ address->length;

    for (unsigned i = 0; i < sizeof(address->bytes); i++)
        hash = (hash ^ address->bytes[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static bool same(const struct capture_address *a, const struct capture_address *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

/* Where its index is or belongs; NULL when that cannot be found out. */
static uint32_t *slot_of(struct capture_hosts *hosts, const struct capture_address *address)
{
    uint32_t at = hash_of(address);

    for (unsigned i = 0; i < PROBES_MOST; i++) {
        uint32_t *slot = &hosts->slots[(at + i) & (hosts->n_slots - 1)];

        if (*slot == NO_HOST || same(&hosts->items[*slot].address, address))
            return slot;
    }
    return NULL;
}

static void grow(struct capture_hosts *hosts)
{
    hosts->n_slots *= 2;
    hosts->slots = memory_realloc(hosts->slots, hosts->n_slots * sizeof(*hosts->slots));
    memset(hosts->slots, 0xFF, hosts->n_slots * sizeof(*hosts->slots));
    for (uint32_t i = 0; i < hosts->count; i++) {
        uint32_t *slot = slot_of(hosts, &hosts->items[i].address);

        if (slot)
            *slot = i;
    }
}

/* The sender of the packet at hand; NULL when there are too many. */
static struct host *sender(struct capture_hosts *hosts)
{
    uint32_t *slot = slot_of(hosts, hosts->sender);

    if (slot && *slot != NO_HOST)
        return &hosts->items[*slot];
    if (!slot || hosts->count == LIMIT_CAPTURE_HOSTS) {
        hosts->n_turned_away++;
        return NULL;
    }
    if (hosts->count == hosts->size) {
        hosts->size = hosts->size ? hosts->size * 2 : 16;
        hosts->items = memory_realloc(hosts->items, hosts->size * sizeof(*hosts->items));
    }
    *slot = hosts->count;
    hosts->items[hosts->count++] = (struct host){
        .address = *hosts->sender,
        .seconds = FACT_NO_NUMBER,
        .seen = hosts->seconds,
        .seen_packet = hosts->packet,
    };
    if (hosts->count * 2 > hosts->n_slots)
        grow(hosts);
    return &hosts->items[hosts->count - 1];
}

/* What they say */

static void remember_version(struct host *host, const struct ntlm_message *message,
                             unsigned long packet)
{
    const struct version *version = &message->version;

    if (!shape_known_build(version) || host->n_said == VERSIONS_MOST)
        return;
    for (unsigned i = 0; i < host->n_said; i++)
        if (!memcmp(&host->said[i].version, version, sizeof(*version)))
            return;
    host->said[host->n_said++] = (struct said){*version, message->type, packet};
}

static void take_ntlm(void *data, const struct ntlm_message *message)
{
    struct capture_hosts *hosts = data;
    struct host *host = sender(hosts);

    if (!host)
        return;
    hosts->n_cut += message->cut && message->type == NTLM_CHALLENGE;
    remember_version(host, message, hosts->packet);
    /* A client may leave its name out, or write what it likes. */
    if (message->type != NTLM_CHALLENGE)
        return;
    if (!host->name && !host->dns_name)
        host->name_packet = hosts->packet;
    if (!host->name && *message->name)
        host->name = arena_strdup(hosts->arena, message->name);
    if (!host->dns_name && *message->dns_name)
        host->dns_name = arena_strdup(hosts->arena, message->dns_name);
    if (host->seconds == FACT_NO_NUMBER && message->seconds != FACT_NO_NUMBER) {
        host->seconds = message->seconds;
        host->seconds_packet = hosts->packet;
    }
}

static void take_session(struct capture_hosts *hosts, const struct smb_session *session)
{
    struct host *host = sender(hosts);

    if (!host || host->os)
        return;
    host->os = arena_strdup(hosts->arena, session->os);
    host->manager = arena_strdup(hosts->arena, session->manager);
    host->os_packet = hosts->packet;
}

void capture_hosts_packet(struct capture_hosts *hosts, const struct capture_packet *packet,
                          unsigned long number, int64_t seconds)
{
    struct smb_session session;

    hosts->sender = &packet->sender;
    hosts->packet = number;
    hosts->seconds = seconds;
    ntlm_scan(packet->payload, packet->length, take_ntlm, hosts);
    if (smb_session_find(packet->payload, packet->length, &session))
        take_session(hosts, &session);
}

/* Facts */

static struct source source_of(struct machine *machine, unsigned evidence,
                               enum fact_witness witness, const char *what, unsigned long packet)
{
    return (struct source){GRADE_NETWORK, witness, evidence,
                           arena_printf(machine->arena, "%s, packet %lu", what, packet)};
}

static bool state_session(const struct host *host, struct machine *machine, unsigned evidence)
{
    struct source source =
        source_of(machine, evidence, WITNESS_SMB, "SMB native OS", host->os_packet);
    struct span product;
    struct shape_os os;

    if (!network_native_os(span_of(host->os), true, &product, &os))
        return false;
    network_lan_manager(span_of(host->manager), &os.version);
    facts_add_text(&machine->facts, &source, FIELD_PRODUCT_NAME,
                   arena_strndup(machine->arena, product.text, product.length));
    facts_add_version(&machine->facts, &source, &os.version);
    facts_add_number(&machine->facts, &source, FIELD_SERVICE_PACK, os.service_pack);
    return true;
}

static void state_versions(const struct host *host, struct machine *machine, unsigned evidence)
{
    for (unsigned i = 0; i < host->n_said; i++) {
        const struct said *said = &host->said[i];
        struct source source = source_of(
            machine, evidence, WITNESS_NTLMSSP,
            arena_printf(machine->arena, "NTLMSSP %s", ntlm_type_name(said->type)), said->packet);

        facts_add_version(&machine->facts, &source, &said->version);
    }
}

static void state_date(const struct host *host, struct machine *machine, unsigned evidence)
{
    bool own = host->seconds != FACT_NO_NUMBER;
    int64_t seconds = own ? host->seconds : host->seen;
    struct source source =
        source_of(machine, evidence, own ? WITNESS_NTLMSSP : WITNESS_NONE,
                  own ? "its clock" : "captured", own ? host->seconds_packet : host->seen_packet);
    char moment[MOMENT_TEXT_SIZE];

    if (seconds != 0 && moment_to_text(seconds, moment)[0])
        facts_add_text(&machine->facts, &source, FIELD_EVIDENCE_DATE, moment)->number = seconds;
}

static void state_names(const struct host *host, struct machine *machine, unsigned evidence,
                        const char *address)
{
    struct source source =
        source_of(machine, evidence, WITNESS_NTLMSSP, "NTLMSSP challenge", host->name_packet);

    if (host->name || host->dns_name)
        facts_add_text(&machine->facts, &source, FIELD_COMPUTER_NAME,
                       host->name ? host->name : host->dns_name);
    if (*address) {
        source = source_of(machine, evidence, WITNESS_NONE, "sender", host->seen_packet);
        facts_add_text(&machine->facts, &source, FIELD_ADDRESS, address);
    }
}

/* False when no more are wanted. */
static bool deliver(const struct host *host, struct machine_sink *sink)
{
    char address[CAPTURE_ADDRESS_TEXT];
    struct machine *machine;
    unsigned evidence;
    bool stated;

    if (host->n_said == 0 && !host->os)
        return true;
    machine = machine_sink_begin(sink, &evidence);
    if (!machine)
        return false;
    stated = host->os && state_session(host, machine, evidence);
    state_versions(host, machine, evidence);
    stated = stated || host->n_said > 0;
    capture_address_text(&host->address, address);
    if (stated) {
        state_names(host, machine, evidence, address);
        state_date(host, machine, evidence);
    }
    machine_sink_end(sink, *address ? address : NULL, stated);
    return true;
}

void capture_hosts_deliver(struct capture_hosts *hosts, struct machine_sink *sink)
{
    if (hosts->n_cut)
        machine_sink_problem(sink,
                             "NTLMSSP challenges that run on into another packet, which is "
                             "not put together: %lu",
                             hosts->n_cut);
    if (hosts->n_turned_away)
        machine_sink_problem(sink,
                             "only the first %lu hosts were looked at: %lu messages are of "
                             "others",
                             (unsigned long)LIMIT_CAPTURE_HOSTS, hosts->n_turned_away);
    for (uint32_t i = 0; i < hosts->count && deliver(&hosts->items[i], sink); i++)
        ;
}
