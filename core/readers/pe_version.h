/* The version resource of a program: VS_VERSIONINFO.
 *
 * Two statements in one: numbers (VS_FIXEDFILEINFO), and texts in one or several languages. Those
 * of Windows say the same, and the text of the file version has the build lab behind the numbers.
 *
 * Layout after Microsoft, "VS_VERSIONINFO structure" and those that it links to
 * (learn.microsoft.com/windows/win32/menurc/vs-versioninfo).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PE_VERSION_H
#define WINVER6003_PE_VERSION_H

#include "../arena.h"
#include "../buildlab.h"

#include <stdint.h>

struct pe_version {
    struct version file, product; /* the numbers; VERSION_NONE when they are not there */
    /* The texts, "" when not stated; where languages differ, the first in the resource. */
    const char *company;
    const char *product_name;
    const char *original_name;
    const char *internal_name;
    const char *file_version; /* "6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700)" */
    const char *product_version;
    const char *damage; /* what is wrong with it; NULL for nothing */
};

/* Texts are copied into arena. false when it is no version resource at all. */
bool pe_version_read(struct pe_version *version, const void *bytes, size_t len,
                     struct arena *arena);

#endif
