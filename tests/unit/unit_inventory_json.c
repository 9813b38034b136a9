/* Tests of core/readers/inventory_json.c: facts of facter and Ansible, rows of osquery.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machines.h"

static void test_facter_flat(void **state)
{
    struct machines machines = machines_of(
        "f.json", "{\"kernel\": \"windows\", \"kernelversion\": \"6.0.6002\", \"kernelrelease\": "
                  "\"6.0.6002\", \"operatingsystemrelease\": \"2008\", \"architecture\": \"x64\", "
                  "\"hostname\": \"foo\", \"fqdn\": \"foo.example\", \"memorysize_mb\": "
                  "\"4094.46\"}");

    (void)state;
    assert_int_equal(machines.status, EVIDENCE_OK);
    assert_int_equal(machines.count, 1);
    assert_value(machines.items[0], FIELD_BUILD, "6002");
    assert_int_equal(machine_count(machines.items[0], FIELD_BUILD), 1);
    assert_value(machines.items[0], FIELD_PRODUCT_NAME, "Windows Server 2008");
    assert_value(machines.items[0], FIELD_PRODUCT_TYPE, "server");
    assert_value(machines.items[0], FIELD_ARCH, "x64");
    assert_value(machines.items[0], FIELD_COMPUTER_NAME, "foo");
    assert_string_equal(machines.items[0]->evidence[0].reader, "inventory-json");
    machines_free(&machines);
}

static void test_facter_structured(void **state)
{
    struct machines machines = machines_of(
        "f.json",
        "{\"kernelversion\": \"6.0.6003\", \"os\": {\"family\": \"windows\", \"architecture\": "
        "\"x64\", \"release\": {\"full\": \"2008\"}, \"windows\": {\"product_name\": \"Windows "
        "Server (R) 2008 Standard\", \"edition_id\": \"ServerStandard\", \"installation_type\": "
        "\"Server Core\"}}, \"networking\": {\"hostname\": \"bar\"}}");

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    assert_value(machines.items[0], FIELD_PRODUCT_NAME, "Windows Server (R) 2008 Standard");
    assert_value(machines.items[0], FIELD_EDITION, "ServerStandard");
    assert_value(machines.items[0], FIELD_INSTALLATION_TYPE, "Server Core");
    assert_value(machines.items[0], FIELD_COMPUTER_NAME, "bar");
    machines_free(&machines);
}

/* "Vista" is no server; a version is no product. */
static void test_facter_releases(void **state)
{
    static const struct {
        const char *release, *product, *type;
    } rows[] = {
        {"2008 R2", "Windows Server 2008 R2", "server"},
        {"Vista", "Windows Vista", "workstation"},
        {"10.0.14393", "", ""},
    };
    char text[256];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct machines machines;

        snprintf(text, sizeof(text),
                 "{\"kernelversion\": \"6.0.6002\", \"osfamily\": \"windows\", "
                 "\"operatingsystemrelease\": \"%s\"}",
                 rows[i].release);
        machines = machines_of("f.json", text);
        assert_int_equal(machines.count, 1);
        assert_value(machines.items[0], FIELD_PRODUCT_NAME, rows[i].product);
        assert_value(machines.items[0], FIELD_PRODUCT_TYPE, rows[i].type);
        machines_free(&machines);
    }
}

static void test_ansible(void **state)
{
    struct machines machines = machines_of(
        "setup.txt",
        "web1 | SUCCESS => {\n  \"ansible_facts\": {\n \"ansible_os_family\": \"Windows\", "
        "\"ansible_distribution\": \"Microsoft Windows Server 2008 Standard\", "
        "\"ansible_distribution_version\": \"6.0.6003.0\", \"ansible_kernel\": \"6.0.6003.0\", "
        "\"ansible_os_product_type\": \"domain_controller\", \"ansible_product_name\": \"VMware "
        "Virtual Platform\"}\n}\n"
        "lin1 | SUCCESS => {\"ansible_facts\": {\"ansible_os_family\": \"Debian\", "
        "\"ansible_kernel\": \"6.1.0\"}}\n"
        "web2 | SUCCESS => {\"ansible_facts\": {\"os_family\": \"Windows\", \"kernel\": "
        "\"6.0.6002.0\"}}\n");

    (void)state;
    assert_int_equal(machines.status, EVIDENCE_OK);
    assert_int_equal(machines.count, 2);
    assert_string_equal(machines.items[0]->label, "setup.txt, web1");
    assert_value(machines.items[0], FIELD_PRODUCT_NAME, "Microsoft Windows Server 2008 Standard");
    assert_value(machines.items[0], FIELD_PRODUCT_TYPE, "domain controller");
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    assert_int_equal(machine_count(machines.items[0], FIELD_REVISION), 0);
    assert_string_equal(machines.items[1]->label, "setup.txt, web2");
    assert_value(machines.items[1], FIELD_BUILD, "6002");
    assert_non_null(strstr(machines.message, "1 of its 3 hosts"));
    machines_free(&machines);
}

/* ansible-inventory --list; variables that are no facts make no machine. */
static void test_hostvars(void **state)
{
    struct machines machines = machines_of(
        "inventory.json",
        "{\"_meta\": {\"hostvars\": {\"a\": {\"ansible_host\": \"10.0.0.1\", \"ansible_system\": "
        "\"Win32NT\", \"ansible_kernel\": \"6.0.6002.0\"}, \"b\": {\"ansible_host\": "
        "\"10.0.0.2\"}, \"c\": {\"ansible_facts\": {\"os_family\": \"Windows\", "
        "\"distribution_version\": \"6.0.6003.0\"}}}}, \"all\": {\"children\": [\"x\"]}}");

    (void)state;
    assert_int_equal(machines.count, 2);
    assert_string_equal(machines.items[0]->label, "inventory.json, a");
    assert_string_equal(machines.items[1]->label, "inventory.json, c");
    assert_value(machines.items[1], FIELD_BUILD, "6003");
    machines_free(&machines);
}

static void test_osquery(void **state)
{
    struct machines machines = machines_of(
        "q.json",
        "[{\"name\": \"Microsoft Windows Server 2008 Standard\", \"version\": \"6.0.6003\", "
        "\"build\": \"6003\", \"platform\": \"windows\", \"arch\": \"64-bit\"}]\n"
        "[{\"csname\": \"S1\", \"hotfix_id\": \"KB4493471\", \"installed_on\": \"4/10/2019\"},\n"
        " {\"csname\": \"S1\", \"hotfix_id\": \"KB4493730\"}, {\"csname\": \"S2\", \"hotfix_id\": "
        "\"KB4493730\"}]");

    (void)state;
    assert_int_equal(machines.count, 2);
    assert_value(machines.items[0], FIELD_BUILD, "6003");
    assert_value(machines.items[0], FIELD_COMPUTER_NAME, "S1");
    assert_int_equal(machine_count(machines.items[0], FIELD_COMPUTER_NAME), 1);
    assert_int_equal(machine_count(machines.items[0], FIELD_PACKAGE), 2);
    assert_value(machines.items[1], FIELD_COMPUTER_NAME, "S2");
    machines_free(&machines);
}

static void test_osquery_log(void **state)
{
    struct machines machines = machines_of(
        "q.log",
        "{\"name\": \"pack_os\", \"hostIdentifier\": \"alpha\", \"columns\": {\"version\": "
        "\"6.0.6002\", \"platform\": \"windows\", \"build\": \"6002\"}}\n"
        "{\"name\": \"pack_patches\", \"hostIdentifier\": \"alpha\", \"columns\": {\"hotfix_id\": "
        "\"KB4493730\"}}\n"
        "{\"name\": \"pack_os\", \"hostIdentifier\": \"beta\", \"snapshot\": [{\"version\": "
        "\"6.0.6003\", \"platform\": \"windows\", \"build\": \"6003\"}]}\n"
        "{\"name\": \"pack_os\", \"hostIdentifier\": \"gamma\", \"columns\": {\"version\": "
        "\"22.04\", \"platform\": \"ubuntu\", \"build\": \"\"}}\n");

    (void)state;
    assert_int_equal(machines.count, 2);
    assert_string_equal(machines.items[0]->label, "q.log, alpha");
    assert_value(machines.items[0], FIELD_PACKAGE, "KB4493730");
    assert_string_equal(machines.items[1]->label, "q.log, beta");
    machines_free(&machines);
}

static void test_damage(void **state)
{
    struct machines machines =
        machines_of("f.json", "{\"kernel\": \"windows\", \"kernelversion\": \"6.0.6002\", \"os");

    (void)state;
    assert_int_equal(machines.count, 1);
    assert_value(machines.items[0], FIELD_BUILD, "6002");
    assert_int_equal(machines.items[0]->evidence[0].n_problems, 1);
    machines_free(&machines);

    machines = machines_of("f.json", "{\"kernelversion\": \"5.10.0\", \"kernel\": \"Linux\"}");
    assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
    machines_free(&machines);

    machines = machines_of("f.json", "{\"kernelversion\": \"five\", \"kernel\": \"windows\"}");
    assert_int_equal(machines.status, EVIDENCE_UNRECOGNISED);
    machines_free(&machines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facter_flat),     cmocka_unit_test(test_facter_structured),
        cmocka_unit_test(test_facter_releases), cmocka_unit_test(test_ansible),
        cmocka_unit_test(test_hostvars),        cmocka_unit_test(test_osquery),
        cmocka_unit_test(test_osquery_log),     cmocka_unit_test(test_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
