/* What inventories of others say of a machine: facter, Ansible, osquery and their kin word the same
 * few things in different places.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_ASSET_H
#define WINVER6003_ASSET_H

#include "../machine.h"

#include <stdbool.h>

struct asset {
    struct machine *machine;
    unsigned evidence;
    bool stated; /* the version of a Windows, or its packages */
};

/* In all of these where is the place, for people; text may be NULL or "" for nothing said. */

/* "6.0.6002". A fourth part is not taken for a revision: .NET writes 0 there, or the service pack
 * times 65536. Counts as a statement: who calls it knows that it is the version of a Windows. */
void asset_version(struct asset *asset, const char *where, const char *text);
void asset_text(struct asset *asset, enum fact_field field, const char *where, const char *text);
/* A number and nothing else. */
void asset_number(struct asset *asset, enum fact_field field, const char *where, const char *text);
/* "x64", "x86_64", "i386", "64-bit", "32 bits". */
void asset_arch(struct asset *asset, const char *where, const char *text);
/* "Service Pack 2", "2". */
void asset_service_pack(struct asset *asset, const char *where, const char *text);
/* A number of units of so many KB, whose fraction does not matter. */
void asset_memory(struct asset *asset, const char *where, const char *text, int64_t unit_kb);
/* In seconds since 1970, or as written. */
void asset_install_date(struct asset *asset, const char *where, const char *text);
/* "KB4493471" as the tool lists it; on: when, as written. */
void asset_package(struct asset *asset, const char *where, const char *kb, const char *on);

#endif
