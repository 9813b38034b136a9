/* The shapes in which Windows writes its version and its kin, found in any display language.
 *
 * Labels and the words inside a value are in the language of the machine and in whatever its code
 * page left of them; numbers, their order, brackets and a few words ("Service Pack", "Windows",
 * "x64") are not. So these look at the latter and take any words for the former. All of them look
 * at a whole value from its first to its last character: a version inside a sentence is no
 * statement.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_SHAPES_H
#define WINVER6003_SHAPES_H

#include "../buildlab.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A part of a line; not NUL-terminated at its end, but somewhere after it. */
struct span {
    const char *text;
    size_t length;
};

#define SPAN(literal) ((struct span){"" literal, sizeof(literal) - 1})

struct span span_of(const char *text);
/* Without blanks at both ends; no-break, narrow and ideographic spaces count. */
struct span span_trim(struct span span);
/* From offset on; empty beyond the end. */
struct span span_from(struct span span, size_t offset);
bool span_is(struct span span, const char *text);
bool span_starts(struct span span, const char *text);
bool span_ends(struct span span, const char *text);
/* Where text first stands, or span.length. ASCII letters match in either case. */
size_t span_find(struct span span, const char *text);
bool span_has(struct span span, const char *text);
/* Copies what fits and ends it with NUL; returns buffer. */
char *span_copy(struct span span, char *buffer, size_t size);
/* Bytes of the blank at text, 0 when none starts there. */
size_t blank_length(const char *text, size_t length);

/* "Label: value" as tools write it: a short label without quotes, brackets or equals signs, a colon
 * (ASCII or full-width) and then a blank or the end. label and value are trimmed. */
bool shape_labelled(struct span line, struct span *label, struct span *value);
/* The same with a tab in the colon's place (msinfo32, copies out of a table). */
bool shape_tabbed(struct span line, struct span *label, struct span *value);

/* What a value says about the OS; parts that it does not are VERSION_UNKNOWN. */
struct shape_os {
    struct version version;
    int32_t build_again; /* the build a second time, as systeminfo writes it */
    int32_t service_pack;
};

/* "6.0.6002 Service Pack 2 Build 6002", "10.0.17134 N/D build 17134". */
bool shape_systeminfo_version(struct span value, struct shape_os *os);
/* "Version 6.0 (Build 6003: Service Pack 2)", also ", v.744" and without a service pack;
 * "Version 22H2 (OS Build 19045.3803)". */
bool shape_winver(struct span line, struct shape_os *os);
/* "Microsoft Windows [Version 6.0.6003]"; wine: "Microsoft Windows 6.0.6002". */
bool shape_ver(struct span line, struct shape_os *os, bool *wine);

/* Exactly so many numbers with dots between them and nothing else; at most max. Returns how many,
 * 0 when it is something else. */
size_t shape_numbers(struct span value, int32_t *numbers, size_t max);
/* n in "Service Pack n" anywhere in value; VERSION_UNKNOWN when there is none. */
int32_t shape_service_pack(struct span value);
/* The first whole number in value; -1 when there is none. */
int32_t shape_first_number(struct span value);
/* The number of "KB4493730" when value is that and nothing else; 0 otherwise. */
uint32_t shape_kb(struct span value);
/* "[01]: KB4493730": takes the entry. */
bool shape_entry(struct span line, int32_t *number, struct span *entry);
/* "x64-based PC", "X86-based PC", "Itanium-based System" in any language: "x64", "x86", "ia64";
 * NULL for anything else. */
const char *shape_system_type(struct span value);
/* "92573-082-2500115-76417", "89584-OEM-7332141-00029", "00330-50000-00000-AAOEM". */
bool shape_product_id(struct span value);
/* The one that every Wine has. */
bool shape_wine_product_id(struct span value);
/* "Microsoft Windows 2008": Wine's name, no Windows is called so. */
bool shape_wine_product(struct span value);
/* "1,022 MB", "1.022 MB", "1 022 Mo", "4,192,220 KB", "1978MB RAM": kilobytes, -1 for others. */
int64_t shape_memory_kb(struct span value);
/* "en-us;English (United States)". */
bool shape_locale(struct span value);
/* "workstation", "server", "domain controller" by the words of a systeminfo configuration in the
 * languages known here; NULL for all others. */
const char *shape_product_type(struct span value);
/* Whether a Windows was ever given out with it, betas included; the revision does not matter. */
bool shape_known_build(const struct version *version);

#endif
