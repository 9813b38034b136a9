/* Tests of core/readers/wim.c and wim_xml.c: the header of a WIM, and what its XML says. That its
 * images are looked into is tests/wim.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/limits.h"
#include "machines.h"

#include "core/strbuf.h"

#define HEADER_BYTES 208

#define VERSION(build, revision, pack)                                                             \
    "<VERSION><MAJOR>6</MAJOR><MINOR>0</MINOR><BUILD>" build "</BUILD><SPBUILD>" revision          \
    "</SPBUILD><SPLEVEL>" pack "</SPLEVEL></VERSION>"
#define IMAGE(index, name, windows)                                                                \
    "<IMAGE INDEX=\"" index "\"><DIRCOUNT>8</DIRCOUNT><NAME>" name "</NAME>" windows "</IMAGE>"
#define SERVER                                                                                     \
    "<LASTMODIFICATIONTIME><HIGHPART>0x01C9BA09</HIGHPART><LOWPART>0x76D60000</LOWPART>"           \
    "</LASTMODIFICATIONTIME><WINDOWS><ARCH>9</ARCH><PRODUCTNAME>Microsoft Windows Operating "      \
    "System</PRODUCTNAME><EDITIONID>ServerStandard</EDITIONID><INSTALLATIONTYPE>Server Core"       \
    "</INSTALLATIONTYPE><PRODUCTTYPE>ServerNT</PRODUCTTYPE><LANGUAGES><LANGUAGE>de-DE</LANGUAGE>"  \
    "<DEFAULT>de-DE</DEFAULT></LANGUAGES>" VERSION(                                                \
        "6002", "18005", "2") "<SYSTEMROOT>WINDOWS</SYSTEMROOT></WINDOWS><DISPLAYNAME>Windows "    \
                              "Server 2008 Standard (Server "                                      \
                              "Core Installation)</DISPLAYNAME>"

static void put(char *header, size_t at, unsigned long long value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        header[at + i] = (char)(value >> (8 * i));
}

/* Header and XML, as UTF-16. Release with strbuf_free(). */
static struct strbuf wim_of(const char *images, unsigned n_images)
{
    struct strbuf wim = STRBUF_EMPTY;
    char header[HEADER_BYTES] = "MSWIM";
    char text[16384];

    snprintf(text, sizeof(text), "<WIM><TOTALBYTES>1</TOTALBYTES>%s</WIM>", images);
    put(header, 8, HEADER_BYTES, 4);
    put(header, 12, 68864, 4);
    put(header, 40, 1, 2);
    put(header, 42, 1, 2);
    put(header, 44, n_images, 4);
    put(header, 72, strlen(text) * 2 + 2, 7);
    put(header, 80, HEADER_BYTES, 8);
    strbuf_add(&wim, header, sizeof(header));
    strbuf_add(&wim, "\xff\xfe", 2);
    for (const char *at = text; *at; at++)
        strbuf_add(&wim, (char[]){*at, 0}, 2);
    return wim;
}

static struct machines machines_of_wim(const char *images, unsigned n_images)
{
    struct strbuf wim = wim_of(images, n_images);
    struct machines machines = machines_of_bytes("x.wim", wim.text, wim.length);

    strbuf_free(&wim);
    return machines;
}

static void test_image(void **state)
{
    struct machines machines = machines_of_wim(IMAGE("1", "Longhorn SERVERSTANDARD", SERVER), 1);
    const struct machine *machine = machines.items[0];
    const struct fact *build;

    (void)state;
    assert_int_equal(machines.status, EVIDENCE_OK);
    assert_int_equal(machines.count, 1);
    assert_string_equal(machine->label, "x.wim, image 1, Longhorn SERVERSTANDARD");
    assert_string_equal(machine->evidence[0].reader, "wim");
    assert_value(machine, FIELD_PRODUCT_NAME,
                 "Windows Server 2008 Standard (Server Core Installation)");
    assert_value(machine, FIELD_PRODUCT_TYPE, "server");
    assert_value(machine, FIELD_EDITION, "ServerStandard");
    assert_value(machine, FIELD_INSTALLATION_TYPE, "Server Core");
    assert_value(machine, FIELD_ARCH, "x64");
    assert_value(machine, FIELD_BUILD, "6002");
    assert_value(machine, FIELD_REVISION, "18005");
    assert_value(machine, FIELD_SERVICE_PACK, "2");
    assert_value(machine, FIELD_LANGUAGE, "de-DE");
    assert_value(machine, FIELD_EVIDENCE_DATE, "2009-04-10 18:23:36 UTC");
    build = facts_best(&machine->facts, FIELD_BUILD);
    assert_int_equal(build->grade, GRADE_METADATA);
    assert_int_equal(build->witness, WITNESS_WIM);
    assert_string_equal(build->where, "XML of image 1, WINDOWS VERSION BUILD");
    assert_non_null(strstr(machine->evidence[0].problems[0], "only its XML"));
    machines_free(&machines);
}

static void test_images(void **state)
{
    struct machines machines = machines_of_wim(
        IMAGE("1", "data", "")
            IMAGE("2", "Windows Server 2008 Enterprise",
                  "<WINDOWS><ARCH>6</ARCH>" VERSION("6001", "18000", "1") "</WINDOWS>")
                IMAGE("3", "x",
                      "<WINDOWS><ARCH>5</ARCH><PRODUCTTYPE>WinNT</PRODUCTTYPE>" VERSION(
                          "6000", "0", "0") "</WINDOWS>"),
        3);

    (void)state;
    assert_int_equal(machines.count, 2);
    assert_value(machines.items[0], FIELD_ARCH, "ia64");
    assert_value(machines.items[0], FIELD_PRODUCT_NAME, "Windows Server 2008 Enterprise");
    assert_value(machines.items[0], FIELD_REVISION, "18000");
    assert_value(machines.items[1], FIELD_ARCH, "5");
    assert_value(machines.items[1], FIELD_PRODUCT_TYPE, "workstation");
    assert_value(machines.items[1], FIELD_PRODUCT_NAME, "");
    assert_value(machines.items[1], FIELD_REVISION, "");
    assert_value(machines.items[1], FIELD_SERVICE_PACK, "0");
    machines_free(&machines);
}

/* Elements of the right name in the wrong place, and twice. */
static void test_places(void **state)
{
    struct machines machines = machines_of_wim(
        "<BUILD>1</BUILD>" IMAGE(
            "1", "n",
            "<OTHER><VERSION><BUILD>2</BUILD></VERSION></OTHER><BUILD>3</BUILD><WINDOWS>"
            "<BUILD>4</BUILD><VERSION><MAJOR>6</MAJOR><BUILD>6003</BUILD><BUILD>5</BUILD><X>"
            "<BUILD>7</BUILD></X></VERSION></WINDOWS>"),
        1);

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    assert_int_equal(machine_count(machines.items[0], FIELD_BUILD), 1);
    machines_free(&machines);
}

static void refused(struct strbuf *wim, size_t length, const char *why)
{
    struct machines machines = machines_of_bytes("x.wim", wim->text, length);

    assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
    if (!strstr(machines.message, why))
        fail_msg("\"%s\" is not about \"%s\"", machines.message, why);
    machines_free(&machines);
}

static void test_damage(void **state)
{
    struct strbuf wim = wim_of(IMAGE("1", "n", SERVER), 1);
    struct machines machines;

    (void)state;
    refused(&wim, 100, "header is cut off");
    refused(&wim, HEADER_BYTES, "XML are missing");
    machines = machines_of_bytes("x.wim", wim.text, wim.length - 20);
    assert_int_equal(machines.count, 1);
    assert_int_equal(machines.items[0]->evidence[0].n_problems, 3);
    machines_free(&machines);
    wim.text[79] = 4;
    refused(&wim, wim.length, "compressed");
    wim.text[79] = 0;
    put(wim.text, 72, LIMIT_WIM_XML_BYTES + 1, 7);
    refused(&wim, wim.length, "not read");
    put(wim.text, 72, 100, 7);
    put(wim.text, 80, ~0ULL, 8);
    refused(&wim, wim.length, "not read");
    strbuf_free(&wim);
}

static void test_too_deep(void **state)
{
    char text[2048] = "";
    struct machines machines;

    (void)state;
    for (int i = 0; i < 40; i++)
        strcat(text, "<VERSION>");
    for (int i = 0; i < 40; i++)
        strcat(text, "</VERSION>");
    strcat(text, "<WINDOWS>" VERSION("6003", "20489", "2") "</WINDOWS>");
    snprintf(text + strlen(text), sizeof(text) - strlen(text), "</IMAGE>");
    memmove(text + strlen("<IMAGE INDEX=\"1\">"), text, strlen(text) + 1);
    memcpy(text, "<IMAGE INDEX=\"1\">", strlen("<IMAGE INDEX=\"1\">"));
    machines = machines_of_wim(text, 1);
    assert_int_equal(machines.count, 1);
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    machines_free(&machines);
}

/* Names that do not fit into the path to them, one below the other. */
static void test_long_names(void **state)
{
    char text[8192] = "<IMAGE INDEX=\"1\"><WINDOWS>", name[128];
    struct machines machines;

    (void)state;
    memset(name, 'N', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    for (size_t length = 110; length < sizeof(name); length++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "<%.*s><B/></%.*s>", (int)length,
                 name, (int)length, name);
    strcat(text, VERSION("6003", "20489", "2") "</WINDOWS></IMAGE>");
    machines = machines_of_wim(text, 1);
    assert_int_equal(machines.count, 1);
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    machines_free(&machines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_image),    cmocka_unit_test(test_images),
        cmocka_unit_test(test_places),   cmocka_unit_test(test_damage),
        cmocka_unit_test(test_too_deep), cmocka_unit_test(test_long_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
