/* Fuzz target: an inventory's rows, read in one block and in small ones. The first two bytes are
 * the block size and the longest row.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

#include "cli/inventory.h"
#include "core/strbuf.h"

#include <string.h>

#define SHORTEST_LIMIT 20

/* The quick way must see what the thorough one sees, and inside the row. */
static void check_in_place(const struct inventory *inventory, const struct row *row,
                           const struct inventory_row *cells)
{
    struct inventory_cell host = {"", 0}, judged = {"", 0};

    if (!inventory_judged_in_place(inventory, row, &host, &judged) || cells->problem)
        return;
    FUZZ_CHECK(host.length == cells->cells[COLUMN_HOST].length);
    FUZZ_CHECK(!memcmp(host.text, cells->cells[COLUMN_HOST].text, host.length));
    FUZZ_CHECK(judged.text >= row->text && judged.text + judged.length <= row->text + row->length);
}

static void print_row(const struct inventory *inventory, const struct row_block *block,
                      const struct row *row, struct inventory_work *work, struct machine *machine,
                      struct strbuf *out)
{
    struct inventory_row cells;
    const char *problem;

    inventory_split(inventory, row, work, &cells);
    if (inventory->kind == INVENTORY_CSV && !block->quotes && row->status == ROW_OK)
        check_in_place(inventory, row, &cells);
    if (!cells.problem)
        FUZZ_CHECK(inventory_judged(&cells, work).length > 0);
    machine_reset(machine, "");
    problem = inventory_facts(machine, machine_add_evidence(machine, "inventory"), "line", &cells);
    FUZZ_CHECK(!cells.problem || problem);
    strbuf_addf(out, "%lu %s\n", row->line, problem ? problem : "");
    facts_each (fact, &machine->facts) {
        strbuf_addf(out, "%s=%s\n", fact_field_name(fact->field), fact->value);
    }
}

static void print_rows(const uint8_t *data, size_t size, size_t block_size, size_t row_limit,
                       struct strbuf *out)
{
    char message[INVENTORY_MESSAGE_SIZE];
    struct machine *machine = machine_new("");
    struct inventory_work work = {0};
    struct row_block block = {0};
    struct inventory inventory;
    struct input input;

    input_from_memory(&input, "inventory", data, size);
    if (inventory_probe(&input) && inventory_open(&inventory, &input, block_size, message)) {
        inventory.rows.row_limit = row_limit;
        while (rows_next(&inventory.rows, &block)) {
            struct row_place place = {0};
            struct row row;

            while (row_next(&inventory.rows, &block, &place, &row))
                print_row(&inventory, &block, &row, &work, machine, out);
        }
        rows_close(&inventory.rows);
    }
    row_block_free(&block);
    inventory_work_free(&work);
    machine_free(machine);
    input_close(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf whole = STRBUF_EMPTY, parts = STRBUF_EMPTY;

    if (size < 2)
        return 0;
    print_rows(data + 2, size - 2, 1 << 20, SHORTEST_LIMIT + data[1], &whole);
    print_rows(data + 2, size - 2, data[0] + 1U, SHORTEST_LIMIT + data[1], &parts);
    FUZZ_CHECK(!strcmp(strbuf_text(&whole), strbuf_text(&parts)));
    strbuf_free(&whole);
    strbuf_free(&parts);
    return 0;
}
