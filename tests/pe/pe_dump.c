/* Prints what the reader of programs finds, one field a line, for comparison with other readers.
 *
 * usage: pe_dump FILE
 *
 * Problems go to standard error. Exit code 1 when the headers cannot be read.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/pe.h"
#include "core/readers/pe_version.h"

#include <stdio.h>
#include <stdlib.h>

static void print_version(const char *name, const struct version *version)
{
    if (version->build != VERSION_UNKNOWN)
        printf("%s\t%d.%d.%d.%d\n", name, (int)version->major, (int)version->minor,
               (int)version->build, (int)version->revision);
}

static void print_text(const char *name, const char *text)
{
    if (*text)
        printf("%s\t%s\n", name, text);
}

static void print_resource(struct pe_file *pe, struct machine *machine)
{
    uint32_t address, len;
    struct pe_version version;
    uint8_t *bytes;
    size_t got;

    if (!pe_resource(pe, PE_RESOURCE_VERSION, 0, &address, &len))
        return;
    if (len > LIMIT_PE_VERSION_BYTES)
        len = LIMIT_PE_VERSION_BYTES;
    bytes = memory_alloc(len + 1);
    got = pe_read(pe, address, bytes, len);
    if (pe_version_read(&version, bytes, got, machine->arena)) {
        print_version("FileVersionNumber", &version.file);
        print_version("ProductVersionNumber", &version.product);
        print_text("CompanyName", version.company);
        print_text("FileVersion", version.file_version);
        print_text("InternalName", version.internal_name);
        print_text("OriginalFileName", version.original_name);
        print_text("ProductName", version.product_name);
        print_text("ProductVersion", version.product_version);
        if (version.damage)
            fprintf(stderr, "%s\n", version.damage);
    }
    free(bytes);
}

int main(int argc, char **argv)
{
    struct machine *machine = machine_new("dump");
    unsigned evidence = machine_add_evidence(machine, "dump");
    struct input input;
    struct pe_file pe;
    char message[512];
    bool good;

    if (argc != 2 || input_open(&input, argv[1], message, sizeof(message)) != INPUT_OK) {
        fprintf(stderr, "%s\n", argc == 2 ? message : "usage: pe_dump FILE");
        machine_free(machine);
        return 2;
    }
    input_hold(&input, LIMIT_PE_STREAM_BYTES);
    good = pe_probe(&input) && pe_open(&pe, &input, machine, evidence);
    if (good) {
        printf("MachineType\t%u\n", pe.processor);
        printf("PEType\t%u\n", pe.is_plus ? 523u : 267u);
        printf("TimeStamp\t%lu\n", (unsigned long)pe.linked);
        print_resource(&pe, machine);
    }
    for (unsigned i = 0; i < machine->evidence[evidence].n_problems; i++)
        fprintf(stderr, "%s\n", machine->evidence[evidence].problems[i]);
    input_close(&input);
    machine_free(machine);
    return good ? 0 : 1;
}
