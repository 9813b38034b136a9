/* Many senders: order, growth and limits.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/capture_hosts.h"

#include "core/limits.h"
#include "scanned.h"
#include "wire.h"

/* A reader of its own, since a sink is only made by reading. */
static unsigned n_hosts;
static unsigned n_taken;
static unsigned out_of_order;

static bool probe(const struct input *input)
{
    return input->n_head > 0;
}

static void read_each(struct input *input, struct machine_sink *sink)
{
    struct capture_hosts *hosts = capture_hosts_new();
    struct wire payload = {0};

    (void)input;
    wire_challenge(&payload, 6003, "SRV");
    for (unsigned round = 0; round < 2; round++)
        for (unsigned i = 0; i < n_hosts; i++) {
            struct capture_packet packet = {
                .sender = {{10, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i}, 4},
                .payload = payload.bytes,
                .length = payload.length,
            };

            capture_hosts_packet(hosts, &packet, i + 1, 0);
        }
    capture_hosts_deliver(hosts, sink);
    capture_hosts_free(hosts);
}

static const struct reader reader = {
    .id = "many", .title = "Many", .probe = probe, .read_each = read_each};

/* In place of the program's own table. */
const struct reader *const readers[] = {&reader, NULL};

static char last_problem[256];

static enum evidence_next take(void *data, struct machine *machine)
{
    char address[CAPTURE_ADDRESS_TEXT];

    (void)data;
    snprintf(address, sizeof(address), "10.%u.%u.%u", n_taken >> 16 & 255, n_taken >> 8 & 255,
             n_taken & 255);
    out_of_order += strcmp(facts_best(&machine->facts, FIELD_ADDRESS)->value, address) != 0;
    n_taken++;
    if (machine->evidence[0].n_problems)
        snprintf(last_problem, sizeof(last_problem), "%s", machine->evidence[0].problems[0]);
    return EVIDENCE_NEXT;
}

static void read_many(unsigned n)
{
    struct evidence_each each = {.take = take};
    const char *message;
    struct input input;

    n_hosts = n;
    n_taken = 0;
    last_problem[0] = '\0';
    input_from_memory(&input, "x", "x", 1);
    assert_int_equal(evidence_read_each_input(&each, &input, NULL, &message), EVIDENCE_OK);
    assert_int_equal(out_of_order, 0);
    evidence_each_free(&each);
}

static void many(void **state)
{
    (void)state;
    read_many(5000);
    assert_int_equal(n_taken, 5000);
    assert_string_equal(last_problem, "");
}

static void too_many(void **state)
{
    (void)state;
    read_many(LIMIT_CAPTURE_HOSTS + 3);
    assert_int_equal(n_taken, LIMIT_CAPTURE_HOSTS);
    assert_string_equal(last_problem, "only the first 16384 hosts were looked at: 6 messages are "
                                      "of others");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many),
        cmocka_unit_test(too_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
