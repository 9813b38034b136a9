/* Tests of cli/inventory.c: which files are inventories, and what their rows state.
 *
 * SPDX-License-Identifier: MIT
 */
#include "cli/inventory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool probe(const char *text)
{
    struct input input;

    input_from_memory(&input, "memory", text, strlen(text));
    return inventory_probe(&input);
}

static void test_probe(void **state)
{
    static const char *const inventories[] = {
        "host,version\n",
        "host,version",
        "host,version,service_pack,product,revision\r\na,6.0.6002,2,x,1\r\n",
        "\xef\xbb\xbfHost;Version;Site\n",
        "Site\tVERSION\t Host \n",
        "\"host\",\"version\"\n",
        "\"some,\nthing\",host,version\n",
        "host,product\n",
        "{\"host\":\"a\",\"version\":\"6.0.6003\"}\n",
        "\n  {\"a\":[{}],\"version\":6.0,\"host\":\"a\"}",
        "sep=;\nhost;version\n",
        "#TYPE Selected.Microsoft.ActiveDirectory.Management.ADComputer\r\nhost,version\r\n",
        "{\"damaged\n{\"host\":\"a\",\"version\":\"6.0.6003\"}\n",
    };
    static const char *const others[] = {
        "",
        "host\n",
        "version,name\n",
        "Node,BootDevice,Caption,Version\nA,B,C,6.0.6002\n",
        "\"Host Name\",\"OS Name\",\"OS Version\"\n",
        "Host Name: SRV01\nOS Version: 6.0.6002 Service Pack 2 Build 6002\n",
        "Windows Registry Editor Version 5.00\n",
        "{\"schema\":\"x\",\"version\":{}}\n",
        "{\"host\":\"a\"}\n",
        "[{\"host\":\"a\",\"version\":\"6.0.6003\"}]",
        "hostage,conversion\n",
        "sep=host,version\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(inventories) / sizeof(inventories[0]); i++)
        if (!probe(inventories[i]))
            fail_msg("not an inventory: %s", inventories[i]);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (probe(others[i]))
            fail_msg("an inventory: %s", others[i]);
}

static void test_refused(void **state)
{
    static const struct {
        const char *text;
        const char *part;
    } files[] = {
        {"host,product\na,b\n", "no column \"version\""},
        {"version,revision\n", "no column \"host\""},
        {"host,version,Host\n", "\"host\" twice"},
    };
    char message[INVENTORY_MESSAGE_SIZE];
    struct inventory inventory = {0};
    struct input input;

    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        input_from_memory(&input, "memory", files[i].text, strlen(files[i].text));
        assert_false(inventory_open(&inventory, &input, 1000, message));
        assert_non_null(strstr(message, files[i].part));
    }
}

/* The facts of one row as "FIELD=VALUE;", then "!" and the problem. Both ways of taking a row
 * apart must agree on what is its own. */
static void row_facts(const struct inventory *inventory, const struct row *row,
                      struct inventory_work *work, struct strbuf *out)
{
    struct machine *machine = machine_new("");
    struct inventory_cell host, judged;
    struct inventory_row cells;
    const char *problem;
    unsigned evidence = machine_add_evidence(machine, "inv");

    inventory_split(inventory, row, work, &cells);
    problem = inventory_facts(machine, evidence, "line 1", &cells);
    if (inventory->kind == INVENTORY_CSV && row->status == ROW_OK &&
        !memchr(row->text, '"', row->length) &&
        inventory_judged_in_place(inventory, row, &host, &judged)) {
        assert_int_equal(host.length, cells.cells[COLUMN_HOST].length);
        assert_memory_equal(host.text, cells.cells[COLUMN_HOST].text, host.length);
        assert_true(judged.text >= row->text &&
                    judged.text + judged.length <= row->text + row->length);
    }
    facts_each (fact, &machine->facts) {
        assert_int_equal(fact->grade, GRADE_TOOL);
        assert_int_equal(fact->witness, WITNESS_INVENTORY);
        assert_string_equal(fact->where, "line 1");
        strbuf_addf(out, "%s=%s;", fact_field_name(fact->field), fact->value);
    }
    if (problem)
        strbuf_addf(out, "!%s", problem);
    strbuf_addc(out, '\n');
    machine_free(machine);
}

static void check(const char *text, const char *expected)
{
    char message[INVENTORY_MESSAGE_SIZE];
    struct strbuf out = STRBUF_EMPTY;
    struct inventory_work work = {0};
    struct row_block block = {0};
    struct inventory inventory;
    struct input input;
    struct row row;

    input_from_memory(&input, "memory", text, strlen(text));
    assert_true(inventory_probe(&input));
    assert_true(inventory_open(&inventory, &input, 1000, message));
    while (rows_next(&inventory.rows, &block)) {
        struct row_place place = {0};

        while (row_next(&inventory.rows, &block, &place, &row))
            row_facts(&inventory, &row, &work, &out);
    }
    assert_string_equal(strbuf_text(&out), expected);
    rows_close(&inventory.rows);
    row_block_free(&block);
    inventory_work_free(&work);
    strbuf_free(&out);
}

#define HEAD "host,version,service_pack,product,revision\n"

static void test_facts(void **state)
{
    (void)state;
    check(HEAD "A,6.0.6003,Service Pack 2,Windows Server 2008 Standard,20489\n",
          "computer_name=A;product=Windows Server 2008 Standard;major=6;minor=0;build=6003;"
          "service_pack=2;revision=20489;\n");
    check("site;revision;HOST;Version\nx;;A;6.0.6002.24566\n",
          "computer_name=A;major=6;minor=0;build=6002;revision=24566;\n");
    check(HEAD " A , 6.0 , SP1 ,,\n", "computer_name=A;major=6;minor=0;service_pack=1;\n");
    check(HEAD "A,6.0 (6003),2.0,\"a, \"\"b\"\"\",-\n",
          "computer_name=A;product=a, \"b\";major=6;minor=0;build=6003;service_pack=2;\n");
    check(HEAD "\"A\nB\",6.0.6001,0,n/a,NULL\n",
          "computer_name=A B;major=6;minor=0;build=6001;service_pack=0;\n");
    check(HEAD "A,,,,\n", "computer_name=A;build=;\n");
    check(HEAD ",6.0,,,\n", "computer_name=;major=6;minor=0;\n");
    check(HEAD "A,6.0,Пакет обновления 2,,,,\n",
          "computer_name=A;major=6;minor=0;service_pack=2;\n");
    check("{\"host\":\"A\",\"version\":\"6.0.6003\",\"revision\":20489,\"service_pack\":2,"
          "\"tags\":[1,{}],\"product\":null}\n",
          "computer_name=A;major=6;minor=0;build=6003;service_pack=2;revision=20489;\n");
    check("{\"version\":6.0,\"host\":7}\n", "computer_name=7;major=6;minor=0;\n");
}

static void test_problems(void **state)
{
    (void)state;
    check(HEAD "A,banana,,,\n",
          "computer_name=A;!version \"banana\" is not a version like 6.0.6003\n");
    check(HEAD "A,6.0.6003.1.2,,,\nA,6,,,\nA,6.0 (x),,,\nA,6.0.6003x,,,\nA,6.0 (999999),,,\n",
          "computer_name=A;!version \"6.0.6003.1.2\" is not a version like 6.0.6003\n"
          "computer_name=A;!version \"6\" is not a version like 6.0.6003\n"
          "computer_name=A;!version \"6.0 (x)\" is not a version like 6.0.6003\n"
          "computer_name=A;!version \"6.0.6003x\" is not a version like 6.0.6003\n"
          "computer_name=A;!version \"6.0 (999999)\" is not a version like 6.0.6003\n");
    check(HEAD "A,6.0,two,,\nA,6.0,12,,\nA,6.0,SP2 v113,,\n",
          "computer_name=A;major=6;minor=0;!service_pack \"two\" is not a service pack like 2\n"
          "computer_name=A;major=6;minor=0;!service_pack \"12\" is not a service pack like 2\n"
          "computer_name=A;major=6;minor=0;!service_pack \"SP2 v113\" is not a service pack like "
          "2\n");
    check(HEAD "A,6.0,,,-1\nA,6.0,,,2e4\nA,6.0,,,1234567890\n",
          "computer_name=A;major=6;minor=0;!revision \"-1\" is not a revision number like 20489\n"
          "computer_name=A;major=6;minor=0;!revision \"2e4\" is not a revision number like 20489\n"
          "computer_name=A;major=6;minor=0;!revision \"1234567890\" is not a revision number like "
          "20489\n");
    check(HEAD "A,6.0.6003\n", "computer_name=A;!it has 2 of the header's 5 columns\n");
    check(HEAD "A,6.0.6003,2,Windows Server, Standard,20489\n",
          "computer_name=A;!it has more than the header's 5 columns\n");
    check(HEAD "\"A,6.0.6003,2,x,1\nB,6.0,,,\n",
          "computer_name=A;!bad quoting: a quoted column does not end where a column can end\n"
          "computer_name=B;major=6;minor=0;\n");
}

static void test_json_problems(void **state)
{
    static const char head[] = "{\"host\":\"A\",\"version\":6.0}\n";
    struct strbuf text = STRBUF_EMPTY;

    (void)state;
    strbuf_adds(&text, head);
    strbuf_adds(&text,
                "x\n[1]\n{\"host\":\"B\"}\n{\"version\":6.0}\n{\"host\":\"C\",\"version\":6.0");
    strbuf_adds(&text, "\n{\"host\":\"D\",\"host\":\"E\",\"version\":6.0}\n"
                       "{\"host\":\"F\",\"version\":{\"a\":1}}\n"
                       "{\"host\":\"G\",\"version\":true}\n");
    check(text.text, "computer_name=A;major=6;minor=0;\n"
                     "computer_name=;!it is not JSON\n"
                     "computer_name=;!it is not a JSON object\n"
                     "computer_name=B;!it has no key \"version\"\n"
                     "computer_name=;!it has no key \"host\"\n"
                     "computer_name=C;!byte 26: a comma or } is missing\n"
                     "computer_name=E;!a key stands twice\n"
                     "computer_name=F;!a value is neither text nor a number\n"
                     "computer_name=G;!a value is neither text nor a number\n");
    strbuf_free(&text);
}

/* Cells beyond all reason, and NUL bytes, which check() cannot hold. */
static void test_odd_cells(void **state)
{
    struct inventory inventory = {
        .kind = INVENTORY_CSV, .n_columns = 2, .columns = {0, 1, -1, -1, -1}};
    struct inventory_work work = {0};
    struct inventory_row cells;
    static char text[3000];
    struct row row = {.text = text, .length = sizeof(text)};

    (void)state;
    inventory.rows.delimiter = ',';
    memset(text, 'a', sizeof(text));
    memcpy(text + sizeof(text) - 4, ",6.0", 4);
    inventory_split(&inventory, &row, &work, &cells);
    assert_non_null(cells.problem);
    assert_int_equal(cells.cells[COLUMN_HOST].length, INVENTORY_CELL_BYTES);
    row = (struct row){.text = "a\0b,6.0", .length = 7};
    inventory_split(&inventory, &row, &work, &cells);
    assert_non_null(cells.problem);
    row = (struct row){.text = "ab,6.0", .length = 6};
    inventory_split(&inventory, &row, &work, &cells);
    assert_null(cells.problem);
    row.status = ROW_TOO_LONG;
    inventory_split(&inventory, &row, &work, &cells);
    assert_non_null(cells.problem);
    assert_int_equal(cells.cells[COLUMN_HOST].length, 2);
    inventory_work_free(&work);
}

/* Cells that run into one another must not have the same key. */
static void test_judged(void **state)
{
    static const char *const rows[][4] = {
        {"ab", "c", "", ""}, {"a", "bc", "", ""},   {"abc", "", "", ""},
        {"", "abc", "", ""}, {"", "", "abc", ""},   {"", "", "", "abc"},
        {"a", "b", "c", ""}, {"a\n", "b", "c", ""}, {"a", "\nb", "c", ""},
    };
    enum { ROWS = sizeof(rows) / sizeof(rows[0]) };
    struct inventory_work work = {0};
    char keys[ROWS][64];
    size_t lengths[ROWS];

    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct inventory_row cells = {0};
        struct inventory_cell judged;

        for (int j = 0; j < 4; j++)
            cells.cells[COLUMN_VERSION + j] =
                (struct inventory_cell){rows[i][j], strlen(rows[i][j])};
        judged = inventory_judged(&cells, &work);
        lengths[i] = judged.length;
        memcpy(keys[i], judged.text, judged.length);
        for (size_t j = 0; j < i; j++)
            assert_false(lengths[i] == lengths[j] && !memcmp(keys[i], keys[j], lengths[i]));
    }
    inventory_work_free(&work);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(inventory_column_name(COLUMN_HOST), "host");
    assert_string_equal(inventory_column_name(COLUMN_SERVICE_PACK), "service_pack");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_probe),         cmocka_unit_test(test_refused),
        cmocka_unit_test(test_facts),         cmocka_unit_test(test_problems),
        cmocka_unit_test(test_json_problems), cmocka_unit_test(test_odd_cells),
        cmocka_unit_test(test_judged),        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
