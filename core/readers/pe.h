/* Programs and libraries of Windows (Portable Executable): headers, sections and resources.
 *
 * Read-only, and only what is on the way to one resource: a few short reads, whatever the size of
 * the file. Addresses are those of the image in memory, as the format states them; pe_read()
 * finds where the file keeps them. Damage is told as a problem of the evidence.
 *
 * Layout after Microsoft, "PE Format" (learn.microsoft.com/windows/win32/debug/pe-format).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PE_H
#define WINVER6003_PE_H

#include "../input.h"
#include "../limits.h"
#include "../machine.h"

/* The processors that NT 6.0 was made for. */
#define PE_MACHINE_X86   0x014c
#define PE_MACHINE_IA64  0x0200
#define PE_MACHINE_AMD64 0x8664

#define PE_RESOURCE_VERSION 16 /* RT_VERSION */

struct pe_section {
    uint32_t address;
    uint32_t offset, len; /* in the file */
};

struct pe_file {
    struct input *input;
    struct machine *machine; /* for problems; NULL: nowhere */
    unsigned evidence;
    uint16_t processor; /* PE_MACHINE_* or another */
    bool is_plus;       /* PE32+ */
    uint32_t linked;    /* Unix seconds: NT 6.0 was linked before that became a digest */
    const char *wine;   /* the mark of Wine in the DOS stub; NULL for none */
    uint32_t resources; /* address; 0 for none */
    struct pe_section sections[LIMIT_PE_SECTIONS];
    unsigned n_sections;
    unsigned steps_left;
};

/* "MZ" with a PE header behind it, or cut off before one. */
bool pe_probe(const struct input *input);
/* Reads the headers of input, which has to be held (input_hold()) and outlives pe. false when
 * there are none to go on with: told. Nothing has to be closed. */
bool pe_open(struct pe_file *pe, struct input *input, struct machine *machine, unsigned evidence);
/* The size bytes at address, or as many as the file has of them in one section. */
size_t pe_read(const struct pe_file *pe, uint32_t address, void *bytes, size_t size);
/* Where resource number n of a type is, over all names and languages in the file's order. */
bool pe_resource(struct pe_file *pe, uint32_t type, unsigned n, uint32_t *address, uint32_t *len);
/* "x86", "x64", "ia64"; NULL for any other processor. */
const char *pe_arch(const struct pe_file *pe);

void pe_problem(const struct pe_file *pe, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
