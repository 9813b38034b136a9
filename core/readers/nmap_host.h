/* What nmap says of one host, in the lines that both of its reports have.
 *
 * What a service states itself is evidence: the native OS of SMB, the version in an NTLM
 * challenge, the answer to version.bind, sysDescr of SNMP. What nmap concludes from fingerprints is
 * not: it is kept as a look-alike. A host where some service shows that it is a Windows is one,
 * though its build may not be known.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_NMAP_HOST_H
#define WINVER6003_NMAP_HOST_H

#include "../machine.h"
#include "shapes.h"

#include <stdbool.h>

struct nmap_script;

struct nmap_host {
    struct machine *machine;
    unsigned evidence;
    const char *address; /* in the machine's arena; NULL */
    const char *name;    /* that was looked up or asked for; NULL */
    char port[24];       /* that the lines are about: "tcp 445"; "" for the host */
    const struct nmap_script *script;
    char script_id[32];
    bool stated;
    bool named; /* by itself, in NetBIOS */
    bool dated;
    bool guessed;
    bool windows;
    const char *dns_name; /* by itself; NULL */
};

void nmap_host_begin(struct nmap_host *host, struct machine *machine, unsigned evidence);
/* After the last line. Returns what to call it: "name (address)"; NULL when it has neither. */
const char *nmap_host_end(struct nmap_host *host);

/* "445" and "tcp", or empty for scripts about the host. No script is open then. */
void nmap_host_port(struct nmap_host *host, struct span number, struct span protocol);
/* Product, version and extra information of a service, with anything before them. */
void nmap_host_service(struct nmap_host *host, struct span text, unsigned long line);
/* nmap's word on what runs behind a service: "Windows", "Linux, Windows". */
void nmap_host_service_os(struct nmap_host *host, struct span text, unsigned long line);
/* The name that a service gives the machine. */
void nmap_host_service_name(struct nmap_host *host, struct span name, unsigned long line);
/* A guess from the way in which its network stack answers. */
void nmap_host_guess(struct nmap_host *host, struct span text, unsigned long line);
/* The script whose lines follow, and one of them. */
void nmap_host_script(struct nmap_host *host, struct span id);
void nmap_host_line(struct nmap_host *host, struct span text, unsigned long line);

#endif
