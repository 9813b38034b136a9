/* What a file seems to be, by its first bytes.
 *
 * The list is what people drag onto the program by mistake, and what a folder of evidence holds
 * beside the evidence. The signatures are those of each format's own description.
 *
 * SPDX-License-Identifier: MIT
 */
#include "looks_like.h"

#include "text.h"

#include <string.h>

struct signature {
    size_t offset;
    const char *bytes;
    size_t length;
    const char *what;
};

/* Signatures hold NULs: the length is that of the literal. */
#define SIGNATURE(offset, bytes, what)                                                             \
    {                                                                                              \
        offset, bytes, sizeof(bytes) - 1, what                                                     \
    }

static const struct signature signatures[] = {
    SIGNATURE(0, "\x89PNG\r\n\x1A\n", "a PNG picture"),
    SIGNATURE(0, "\xFF\xD8\xFF", "a JPEG picture"),
    SIGNATURE(0, "GIF8", "a GIF picture"),
    SIGNATURE(0, "%PDF-", "a PDF document"),
    SIGNATURE(0, "{\\rtf", "an RTF document"),
    SIGNATURE(0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an Office document or MSI package"),
    SIGNATURE(0, "PK\x03\x04", "a ZIP archive"),
    SIGNATURE(0, "7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    SIGNATURE(0, "Rar!\x1A\x07", "a RAR archive"),
    SIGNATURE(0, "\x1F\x8B", "a gzip file"),
    SIGNATURE(0,
              "\xFD"
              "7zXZ\0",
              "an xz file"),
    SIGNATURE(0, "BZh", "a bzip2 file"),
    SIGNATURE(0, "\x28\xB5\x2F\xFD", "a Zstandard file"),
    SIGNATURE(257, "ustar", "a tar archive"),
    SIGNATURE(0, "MSCF\0\0\0\0", "a cabinet file (CAB, MSU)"),
    SIGNATURE(0, "MSWIM\0\0\0", "a Windows image (WIM)"),
    SIGNATURE(32769, "CD001", "a disc image (ISO)"),
    SIGNATURE(0, "conectix", "a virtual disk (VHD)"),
    SIGNATURE(0, "vhdxfile", "a virtual disk (VHDX)"),
    SIGNATURE(0, "KDMV", "a virtual disk (VMDK)"),
    SIGNATURE(0, "QFI\xFB", "a virtual disk (QCOW)"),
    SIGNATURE(0, "regf", "a registry hive"),
    SIGNATURE(0, "ElfFile\0", "a Windows event log"),
    SIGNATURE(0, "MDMP", "a minidump"),
    SIGNATURE(0, "PAGEDU", "a crash dump"),
    SIGNATURE(0, "SQLite format 3\0", "an SQLite database"),
    SIGNATURE(0, "\xD4\xC3\xB2\xA1", "a network capture (pcap)"),
    SIGNATURE(0, "\x0A\x0D\x0D\x0A", "a network capture (pcapng)"),
    SIGNATURE(0,
              "\x7F"
              "ELF",
              "a program for Linux"),
    SIGNATURE(4, "ftyp", "a video"),
    SIGNATURE(0, "RIFF", "a sound or video"),
    SIGNATURE(0, "MZ", "a Windows program"),
};

/* Of text, by how its first line with content begins. */
static const struct {
    const char *start;
    const char *what;
} openings[] = {
    {"<?xml", "XML"},
    {"<!doctype html", "a web page"},
    {"<html", "a web page"},
    {"windows registry editor", "a registry export"},
    {"regedit4", "a registry export"},
    {"#!", "a script"},
    {"<", "XML"},
    {"{", "JSON"},
    {"[{", "JSON"},
};

static bool begins_with(const char *text, const char *start)
{
    for (; *start; start++, text++) {
        char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;

        if (c != *start)
            return false;
    }
    return true;
}

static const char *kind_of_text(const struct input *input)
{
    const char *what = "text";
    struct input head;
    struct text_lines *lines;
    struct text_line line;

    input_from_memory(&head, input->name, input->head, input->n_head);
    lines = text_open(&head, (int64_t)input->n_head);
    while (text_next_line(lines, &line)) {
        const char *text = line.text + strspn(line.text, " \t");

        if (!*text)
            continue;
        for (size_t i = 0; i < sizeof(openings) / sizeof(openings[0]); i++) {
            if (begins_with(text, openings[i].start)) {
                what = openings[i].what;
                break;
            }
        }
        break;
    }
    text_close(lines);
    return what;
}

const char *looks_like(const struct input *input)
{
    size_t zeros = 0;

    while (zeros < input->n_head && input->head[zeros] == 0)
        zeros++;
    if (input->n_head == 0)
        return "an empty file";
    if (zeros == input->n_head)
        return input->whole ? "only zero bytes" : "zero bytes from the beginning on";
    for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
        const struct signature *known = &signatures[i];

        if (input->n_head >= known->offset + known->length &&
            memcmp(input->head + known->offset, known->bytes, known->length) == 0)
            return known->what;
    }
    return text_probe(input) ? kind_of_text(input) : "data of an unknown kind";
}
