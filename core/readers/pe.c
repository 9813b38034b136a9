/* Headers, sections and resources of Portable Executables.
 *
 * SPDX-License-Identifier: MIT
 */
#include "pe.h"

#include "../arena.h"
#include "../cursor.h"

#include <string.h>

#define DOS_HEADER      64
#define DOS_PE_OFFSET   0x3c
#define PE_SIGNATURE    "PE\0\0"
#define FILE_HEADER     24 /* with the signature */
#define MAGIC_PE32      0x10b
#define MAGIC_PE32_PLUS 0x20b
/* Of the optional header as far as the directory entry of resources. */
#define OPTIONAL_HEADER 136
#define SECTION_HEADER  40
/* The loader rounds where a section begins in the file down to this. */
#define SECTION_ALIGN 512u

#define DIRECTORY_HEADER 16
#define DIRECTORY_ENTRY  8
#define DATA_ENTRY       16
#define IS_DIRECTORY     0x80000000u
/* Entries of a directory read at once. */
#define ENTRIES_AT_ONCE 32

void pe_problem(const struct pe_file *pe, const char *format, ...)
{
    char text[256];
    va_list args;

    if (!pe->machine)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    machine_add_problem(pe->machine, pe->evidence, "%s", text);
}

/* ---- Headers ---- */

/* Where the DOS header says that the PE header is. */
static uint32_t pe_offset(const struct input *input)
{
    struct cursor cursor = cursor_over(input->head, input->n_head);

    cursor_seek(&cursor, DOS_PE_OFFSET);
    return cursor_u32le(&cursor);
}

bool pe_probe(const struct input *input)
{
    uint32_t offset;

    if (input->n_head < DOS_HEADER || memcmp(input->head, "MZ", 2) != 0)
        return false;
    offset = pe_offset(input);
    /* Programs for DOS and 16-bit Windows have something else there. */
    return offset > input->n_head - 4 || memcmp(input->head + offset, PE_SIGNATURE, 4) == 0;
}

/* Wine writes it behind the DOS header into each of its own libraries, and into the empty files
 * that stand for them in a prefix (tools/winebuild). */
static const char *wine_mark(const struct input *input)
{
    static const char *const marks[] = {"Wine builtin DLL", "Wine placeholder DLL"};

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (input->n_head >= DOS_HEADER + strlen(marks[i]) &&
            memcmp(input->head + DOS_HEADER, marks[i], strlen(marks[i])) == 0)
            return marks[i];
    return NULL;
}

static bool take_optional(struct pe_file *pe, struct cursor *cursor)
{
    size_t start = cursor->at;
    uint16_t magic = cursor_u16le(cursor);
    uint32_t n_directories;

    if (magic != MAGIC_PE32 && magic != MAGIC_PE32_PLUS) {
        pe_problem(pe, "the optional header begins with 0x%x, which is none of a program", magic);
        return false;
    }
    pe->is_plus = magic == MAGIC_PE32_PLUS;
    cursor_seek(cursor, start + (pe->is_plus ? 108 : 92));
    n_directories = cursor_u32le(cursor);
    if (n_directories > 2) {
        cursor_take(cursor, 16); /* exports and imports */
        pe->resources = cursor_u32le(cursor);
    }
    return !cursor->failed;
}

static void take_sections(struct pe_file *pe, int64_t offset, unsigned n_declared)
{
    const struct pe_section *first = NULL;
    uint8_t bytes[SECTION_HEADER];
    unsigned n_cut = 0;

    if (n_declared > LIMIT_PE_SECTIONS)
        pe_problem(pe, "of its %u sections the first %d were looked at", n_declared,
                   LIMIT_PE_SECTIONS);
    for (unsigned i = 0; i < n_declared && i < LIMIT_PE_SECTIONS; i++) {
        struct cursor cursor = cursor_over(bytes, sizeof(bytes));
        struct pe_section *section = &pe->sections[pe->n_sections];

        if (input_read_at(pe->input, offset + (int64_t)i * SECTION_HEADER, bytes, sizeof(bytes)) <
            sizeof(bytes)) {
            pe_problem(pe, "the file ends inside the headers of its %u sections", n_declared);
            return;
        }
        cursor_seek(&cursor, 12);
        section->address = cursor_u32le(&cursor);
        section->len = cursor_u32le(&cursor);
        section->offset = cursor_u32le(&cursor) & ~(SECTION_ALIGN - 1);
        pe->n_sections++;
        if (pe->input->size >= 0 && section->len > 0 &&
            (uint64_t)section->offset + section->len > (uint64_t)pe->input->size && n_cut++ == 0)
            first = section;
    }
    if (n_cut)
        pe_problem(pe,
                   "the file ends at 0x%lx: %u of its %u sections, from the one at 0x%lx on, are "
                   "not wholly there",
                   (unsigned long)pe->input->size, n_cut, n_declared, (unsigned long)first->offset);
}

bool pe_open(struct pe_file *pe, struct input *input, struct machine *machine, unsigned evidence)
{
    uint8_t bytes[FILE_HEADER + OPTIONAL_HEADER];
    struct cursor cursor;
    unsigned n_sections;
    uint16_t optional_len;
    uint32_t offset;
    size_t got;

    *pe = (struct pe_file){.input = input, .machine = machine, .evidence = evidence};
    pe->steps_left = LIMIT_PE_RESOURCES;
    if (input->n_head < DOS_HEADER || memcmp(input->head, "MZ", 2) != 0) {
        pe_problem(pe, "the DOS header is cut off");
        return false;
    }
    offset = pe_offset(input);
    got = input_read_at(input, offset, bytes, sizeof(bytes));
    cursor = cursor_over(bytes, got);
    if (got < FILE_HEADER || memcmp(cursor_take(&cursor, 4), PE_SIGNATURE, 4) != 0) {
        pe_problem(pe, "there is no PE header at 0x%lx", (unsigned long)offset);
        return false;
    }
    pe->wine = wine_mark(input);
    pe->processor = cursor_u16le(&cursor);
    n_sections = cursor_u16le(&cursor);
    pe->linked = cursor_u32le(&cursor);
    cursor_take(&cursor, 8); /* symbols */
    optional_len = cursor_u16le(&cursor);
    cursor_take(&cursor, 2);
    /* What the optional header leaves out is not there, even if the bytes behind it are. */
    if (cursor.size > (size_t)FILE_HEADER + optional_len)
        cursor.size = (size_t)FILE_HEADER + optional_len;
    if (!take_optional(pe, &cursor)) {
        if (cursor.failed)
            pe_problem(pe, "the optional header is cut off");
        return false;
    }
    take_sections(pe, (int64_t)offset + FILE_HEADER + optional_len, n_sections);
    return true;
}

size_t pe_read(const struct pe_file *pe, uint32_t address, void *bytes, size_t size)
{
    for (unsigned i = 0; i < pe->n_sections; i++) {
        const struct pe_section *section = &pe->sections[i];
        uint32_t inner = address - section->address;

        if (address < section->address || inner >= section->len)
            continue;
        if (size > section->len - inner)
            size = section->len - inner;
        return input_read_at(pe->input, (int64_t)section->offset + inner, bytes, size);
    }
    return 0;
}

const char *pe_arch(const struct pe_file *pe)
{
    switch (pe->processor) {
    case PE_MACHINE_X86:
        return "x86";
    case PE_MACHINE_AMD64:
        return "x64";
    case PE_MACHINE_IA64:
        return "ia64";
    default:
        return NULL;
    }
}

/* ---- Resources ---- */

/* The entries of one directory: types, names or languages. They are three levels, so nothing that
 * points back at itself can be followed for long. */
struct directory {
    struct pe_file *pe;
    uint32_t at; /* address of the next entries */
    unsigned left;
    struct cursor entries;
    uint8_t bytes[ENTRIES_AT_ONCE * DIRECTORY_ENTRY];
};

static bool directory_open(struct directory *directory, struct pe_file *pe, uint32_t offset)
{
    uint8_t bytes[DIRECTORY_HEADER];
    struct cursor cursor = cursor_over(bytes, sizeof(bytes));

    *directory = (struct directory){.pe = pe, .at = pe->resources + offset + DIRECTORY_HEADER};
    if (pe_read(pe, pe->resources + offset, bytes, sizeof(bytes)) < sizeof(bytes)) {
        pe_problem(pe,
                   "no directory of resources can be at address 0x%lx: it is in no section "
                   "or the file ends before it",
                   (unsigned long)pe->resources + offset);
        return false;
    }
    cursor_seek(&cursor, 12);
    directory->left = cursor_u16le(&cursor);
    directory->left += cursor_u16le(&cursor);
    return true;
}

static bool directory_next(struct directory *directory, uint32_t *id, uint32_t *offset)
{
    struct pe_file *pe = directory->pe;

    if (directory->left == 0)
        return false;
    if (pe->steps_left == 0) {
        pe_problem(pe, "more than %d resources: the rest was not looked at", LIMIT_PE_RESOURCES);
        return false;
    }
    if (cursor_left(&directory->entries) == 0) {
        size_t wanted = sizeof(directory->bytes), got;

        if (directory->left < ENTRIES_AT_ONCE)
            wanted = (size_t)directory->left * DIRECTORY_ENTRY;
        got = pe_read(pe, directory->at, directory->bytes, wanted);
        if (got < DIRECTORY_ENTRY) {
            pe_problem(pe, "a directory of resources is cut off at address 0x%lx",
                       (unsigned long)directory->at);
            directory->left = 0;
            return false;
        }
        directory->entries = cursor_over(directory->bytes, got - got % DIRECTORY_ENTRY);
        directory->at += (uint32_t)directory->entries.size;
    }
    directory->left--;
    pe->steps_left--;
    *id = cursor_u32le(&directory->entries);
    *offset = cursor_u32le(&directory->entries);
    return true;
}

static bool read_data_entry(const struct pe_file *pe, uint32_t offset, uint32_t *address,
                            uint32_t *len)
{
    uint8_t bytes[DATA_ENTRY];
    struct cursor cursor = cursor_over(bytes, sizeof(bytes));

    if (pe_read(pe, pe->resources + offset, bytes, sizeof(bytes)) < sizeof(bytes)) {
        pe_problem(pe, "a resource is declared at address 0x%lx, which is in no section",
                   (unsigned long)pe->resources + offset);
        return false;
    }
    *address = cursor_u32le(&cursor);
    *len = cursor_u32le(&cursor);
    return true;
}

bool pe_resource(struct pe_file *pe, uint32_t type, unsigned n, uint32_t *address, uint32_t *len)
{
    struct directory types, names, languages;
    uint32_t id, offset;

    if (pe->resources == 0 || !directory_open(&types, pe, 0))
        return false;
    while (directory_next(&types, &id, &offset)) {
        if (id != type || !(offset & IS_DIRECTORY) ||
            !directory_open(&names, pe, offset & ~IS_DIRECTORY))
            continue;
        while (directory_next(&names, &id, &offset)) {
            if (!(offset & IS_DIRECTORY) || !directory_open(&languages, pe, offset & ~IS_DIRECTORY))
                continue;
            while (directory_next(&languages, &id, &offset)) {
                if (!(offset & IS_DIRECTORY) && n-- == 0)
                    return read_data_entry(pe, offset, address, len);
            }
        }
    }
    return false;
}
