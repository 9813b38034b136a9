/* Version quadruples and build-lab strings: the two texts in which Windows states its build.
 *
 * Shapes (real examples in resources/knowledge/labs.tsv):
 *   build lab      6002.vistasp2_gdr.090803-2339
 *   build lab ex   6003.22918.x86fre.vistasp2_ldr_escrow.240927-1811
 *   file version   6.0.6002.18005 (lh_sp2rtm.090410-1830)
 *   lab alone      vistasp2_ldr_escrow.251211-1611
 * The time is that of the branch, local to the lab that built it, no zone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_BUILDLAB_H
#define WINVER6003_BUILDLAB_H

#include "day.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VERSION_UNKNOWN (-1)

/* Parts that were not stated are VERSION_UNKNOWN. */
struct version {
    int32_t major;
    int32_t minor;
    int32_t build;
    int32_t revision;
};

#define VERSION_NONE                                                                              \
    ((struct version){VERSION_UNKNOWN, VERSION_UNKNOWN, VERSION_UNKNOWN, VERSION_UNKNOWN})

#define LAB_BRANCH_SIZE 48
#define LAB_ARCH_SIZE 16

struct build_lab {
    int32_t build;    /* VERSION_UNKNOWN when not in the string */
    int32_t revision; /* VERSION_UNKNOWN when not in the string */
    char arch[LAB_ARCH_SIZE]; /* "x86", "amd64", "ia64" as written; "" when not in the string */
    char flavour[4];          /* "fre", "chk" or "" */
    char branch[LAB_BRANCH_SIZE];
    day_t day;      /* DAY_NONE when cut off or impossible */
    int32_t minute; /* of that day, 0-1439; VERSION_UNKNOWN likewise */
};

/* Reads "6.0", "6.0.6003" or "6.0.6003.20489" at text; every part at most 99999999 and without
 * signs. Returns the bytes read, 0 when there is no such text. Trailing text is the caller's. */
size_t version_parse(const char *text, struct version *version);

/* Below, at or above 0 as a is older than b, the same or newer; parts not stated are the oldest. */
int version_compare(const struct version *a, const struct version *b);

/* Reads any of the shapes above, surrounding blanks allowed, nothing else around it. false when
 * the text is none of them; *lab is then unspecified. */
bool build_lab_parse(const char *text, struct build_lab *lab);

/* The name the judge uses: "x86", "x64", "ia64", or NULL for anything else. Understands AMD64,
 * x64-based PC, X86, EM64T, i386, i586, IA64, Itanium-based, "64-bit" (NULL: both x64 and ia64). */
const char *arch_canonical(const char *text);

#endif
