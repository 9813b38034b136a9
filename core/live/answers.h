/* What the answers of a live system mean: numbers of its functions as words of the facts.
 *
 * Nothing here asks the system, so that all of it can be tried anywhere. The numbers are those of
 * Microsoft's reference: OSVERSIONINFOEX (product type, suites), SYSTEM_INFO and IMAGE_FILE_MACHINE
 * (processors), SL_LICENSING_STATUS (licences).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_LIVE_ANSWERS_H
#define WINVER6003_LIVE_ANSWERS_H

#include "../arena.h"
#include "../buildlab.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How RtlGetVersion, which answers from a table that compatibility modes can change, stands to
 * RtlGetNtVersionNumbers, which answers with numbers compiled into ntdll.dll. */
enum version_weight {
    VERSIONS_AGREE,
    VERSIONS_OLD_LIBRARY, /* an update left ntdll.dll as it was: the kernel's word counts */
    VERSIONS_DISGUISED,   /* the table was changed: the library's word counts */
};
enum version_weight answers_weigh(const struct version *table, const struct version *library);

/* VER_NT_WORKSTATION 1, domain controller 2, server 3, in the words of FIELD_PRODUCT_TYPE; NULL for
 * others. */
const char *answers_product_type(unsigned type);
/* VER_SUITE_*: "Enterprise, Terminal"; NULL for none. */
const char *answers_suites(struct arena *arena, unsigned mask);
/* PROCESSOR_ARCHITECTURE_*, and IMAGE_FILE_MACHINE_*, in the words of FIELD_ARCH. Never NULL. */
const char *answers_processor(struct arena *arena, unsigned architecture);
const char *answers_image_machine(struct arena *arena, unsigned machine);

/* PRODUCT_* that name no edition: why, or NULL for those that may. */
const char *answers_no_sku(uint32_t sku);

#define GUID_BYTES 16
/* "55c92734-d682-4d71-983e-d6ec3f16059f" as it lies in memory on Windows. false for other texts. */
bool answers_guid(const char *text, uint8_t guid[GUID_BYTES]);
/* SLLICENSINGSTATUS in words: "licensed", "in its grace period". */
const char *answers_licence(int status);
#define LICENCE_LICENSED 1

#endif
