/* NTLMSSP challenges in a dump: bytes of a connection or of memory as they are, or as the hex of
 * xxd, hexdump -C, tcpdump -X and Wireshark. All of it is one machine.
 *
 *    0000: 4e54 4c4d 5353 5000 0200 0000 1e00 1e00  NTLMSSP.........
 *    00000000  4e 54 4c 4d 53 53 50 00  02 00 00 00 1e 00 1e 00  |NTLMSSP.........|
 *    4e544c4d53535000020000001e001e00...
 *
 * Only a file whose head has a challenge is taken.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../arena.h"
#include "../ascii.h"
#include "../bytes.h"
#include "../limits.h"
#include "../text.h"
#include "ntlm.h"
#include "shapes.h"

#include <stdlib.h>
#include <string.h>

/* Bytes looked through at once, and those of them that are looked at again with the next: a
 * challenge has 200 to 600. */
#define WINDOW_BYTES (128 * 1024)
#define AGAIN_BYTES  (4 * 1024)

/* Bytes of one line with offset; of one without. */
#define LINE_BYTES  16
#define PLAIN_BYTES (LIMIT_LINE_BYTES / 2)

/* Different versions that are told. */
#define VERSIONS_MOST 8

struct dump {
    struct machine *machine;
    unsigned evidence;
    const char *what; /* "offset", "line" */
    int64_t place;
    struct version seen[VERSIONS_MOST];
    unsigned n_seen;
    unsigned n_stated;
    uint8_t *window;
    size_t length;
};

static void take(void *data, const struct ntlm_message *message)
{
    struct dump *dump = data;
    struct source source = {
        .grade = GRADE_NETWORK, .witness = WITNESS_NTLMSSP, .evidence = dump->evidence};

    if (message->type != NTLM_CHALLENGE || dump->n_seen == VERSIONS_MOST)
        return;
    for (unsigned i = 0; i < dump->n_seen; i++)
        if (!memcmp(&dump->seen[i], &message->version, sizeof(message->version)))
            return;
    dump->seen[dump->n_seen++] = message->version;
    source.where = arena_printf(dump->machine->arena, "NTLMSSP challenge, %s %lu", dump->what,
                                (unsigned long)dump->place);
    dump->n_stated += ntlm_state(&dump->machine->facts, &source, message);
}

/* Hex */

static int hex_digit(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static size_t hex_run(const char *text)
{
    size_t n = 0;

    while (hex_digit(text[n]) >= 0)
        n++;
    return n;
}

static size_t add_run(const char *text, size_t digits, uint8_t *out)
{
    for (size_t i = 0; i + 1 < digits; i += 2)
        out[i / 2] = (uint8_t)(hex_digit(text[i]) << 4 | hex_digit(text[i + 1]));
    return digits / 2;
}

/* The bytes of a line, at most LINE_BYTES or, without an offset, PLAIN_BYTES; 0 when it is no line
 * of a dump. */
static size_t hex_line(const char *text, uint8_t *out)
{
    size_t n = 0, run;

    text += strspn(text, " \t");
    if (text[0] == '0' && text[1] == 'x')
        text += 2;
    run = hex_run(text);
    if (run >= 2 * LINE_BYTES && run % 2 == 0 && !text[run + strspn(text + run, " \t")])
        return add_run(text, run < 2 * PLAIN_BYTES ? run : 2 * PLAIN_BYTES, out);
    if (run < 4 || run > 8)
        return 0;
    text += run;
    text += *text == ':';
    if (*text != ' ' && *text != '\t')
        return 0;
    while (n < LINE_BYTES) {
        text += strspn(text, " \t");
        run = hex_run(text);
        if ((run != 2 && run != 4 && run != 8) || (text[run] && text[run] != ' ') ||
            n + run / 2 > LINE_BYTES)
            break;
        n += add_run(text, run, out + n);
        text += run;
    }
    return n;
}

/* Whether two digits follow those at hand, with or without a blank before them. */
static bool followed_by(const uint8_t *at, char first, char second)
{
    at += 2 + (at[2] == ' ');
    return at[0] == (uint8_t)first && (at[1] | 0x20) == (uint8_t)second;
}

/* Hex of "NT", "TL" or "LM": one of them stays together wherever lines and groups are cut. */
static bool may_have_hex(const struct input *input)
{
    for (size_t i = 0; i + 5 <= input->n_head; i++) {
        const uint8_t *at = input->head + i;

        if ((at[0] == '4' && (at[1] | 0x20) == 'e' && followed_by(at, '5', '4')) ||
            (at[0] == '5' && at[1] == '4' && followed_by(at, '4', 'c')) ||
            (at[0] == '4' && (at[1] | 0x20) == 'c' && followed_by(at, '4', 'd')))
            return true;
    }
    return false;
}

/* The beginning of a message, or of what has one in base64. */
static bool may_have_bytes(const struct input *input)
{
    return bytes_find(input->head, input->n_head, "NTLMSSP", 8) < input->n_head ||
           bytes_find(input->head, input->n_head, "NTLM TlRM", 9) < input->n_head ||
           bytes_find(input->head, input->n_head, "Negotiate ", 10) < input->n_head;
}

static void forget(struct dump *dump, size_t keep)
{
    memmove(dump->window, dump->window + dump->length - keep, keep);
    dump->length = keep;
}

/* Lines that are no dump part what is before them from what is behind. */
static void look_at_line(struct dump *dump, const struct text_line *line)
{
    uint8_t *out = dump->window + dump->length;
    size_t n = hex_line(line->text, out);

    dump->length += n;
    if (n > 0 && dump->length + PLAIN_BYTES <= WINDOW_BYTES)
        return;
    dump->place = (int64_t)line->number;
    ntlm_scan(dump->window, dump->length, take, dump);
    forget(dump, n > 0 ? AGAIN_BYTES : 0);
}

static void read_hex(struct input *input, struct dump *dump)
{
    struct text_lines *lines = text_open(input, LIMIT_TEXT_BYTES);
    struct text_line line;

    dump->what = "before line";
    while (text_next_line(lines, &line)) {
        dump->place = (int64_t)line.number + 1;
        look_at_line(dump, &line);
    }
    ntlm_scan(dump->window, dump->length, take, dump);
    if (text_problem(lines))
        machine_add_problem(dump->machine, dump->evidence, "%s", text_problem(lines));
    text_close(lines);
}

/* Bytes */

static void read_plain(struct input *input, struct dump *dump)
{
    int64_t left = LIMIT_CAPTURE_BYTES;
    size_t got;

    dump->what = "near byte";
    while (left > 0 && (got = input_read(input, dump->window + dump->length,
                                         WINDOW_BYTES - dump->length)) > 0) {
        left -= (int64_t)got;
        dump->length += got;
        if (dump->length < WINDOW_BYTES)
            continue;
        dump->place = input->consumed - (int64_t)dump->length;
        ntlm_scan(dump->window, dump->length, take, dump);
        forget(dump, AGAIN_BYTES);
    }
    dump->place = input->consumed - (int64_t)dump->length;
    ntlm_scan(dump->window, dump->length, take, dump);
    if (input->error)
        machine_add_problem(dump->machine, dump->evidence, "reading stopped: %s", input->error);
}

static bool head_has_hex(const struct input *input)
{
    struct machine *machine;
    struct dump dump = {0};
    struct input head;
    bool has;

    machine = machine_new("");
    dump.machine = machine;
    dump.evidence = machine_add_evidence(machine, "");
    dump.window = memory_alloc(WINDOW_BYTES + PLAIN_BYTES);
    input_from_memory(&head, input->name, input->head, input->n_head);
    read_hex(&head, &dump);
    has = dump.n_seen > 0;
    free(dump.window);
    machine_free(machine);
    return has;
}

static bool probe(const struct input *input)
{
    /* What tells most others off costs least. */
    return (may_have_hex(input) && text_probe(input) && head_has_hex(input)) ||
           (may_have_bytes(input) && !text_probe(input) &&
            ntlm_has_challenge(input->head, input->n_head));
}

static bool read(struct input *input, struct machine *machine, unsigned evidence)
{
    struct dump dump = {.machine = machine, .evidence = evidence};

    dump.window = memory_alloc(WINDOW_BYTES + PLAIN_BYTES);
    if (text_probe(input))
        read_hex(input, &dump);
    else
        read_plain(input, &dump);
    free(dump.window);
    return dump.n_stated > 0;
}

const struct reader reader_dump = {
    .id = "dump",
    .title = "dump with an NTLMSSP challenge in it (bytes or hex)",
    .probe = probe,
    .read = read,
};
