/* What programs say of the system they run on: PHP, .NET, ClickOnce, Python, SQL Server,
 * Meterpreter.
 *
 *    Windows NT HOST 6.0 build 6003 (Windows Server 2008 Web Server Edition Service Pack 2) i586
 *    Microsoft Windows NT 6.0.6001 Service Pack 1
 *    Windows: 6.0.6002.131072 (Win32NT)
 *    Windows-2008Server-6.0.6002-SP2
 *    Standard Edition on Windows NT 6.0 <X64> (Build 6003: Service Pack 2)
 *    OS              : Windows Server 2008 (6.0 Build 6003, Service Pack 2).
 *
 * The fourth part that .NET writes is the service pack times 65536, never a revision. PHP's i586
 * is the program's own and says nothing of the system; its AMD64 can only run on x64.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "../ascii.h"
#include "line_values.h"

#include <string.h>

#define NAME_BYTES 256
/* Meterpreter writes the architecture and the language in the lines below the system. */
#define SYSINFO_LINES 4

struct runtime {
    char computer[NAME_BYTES]; /* "Computer        : HOST" in the line above */
    unsigned long computer_line;
    unsigned long sysinfo_line; /* of the system, 0 for none */
};

/* What one value says; spans point into it. */
struct runtime_os {
    struct version version;
    int32_t service_pack;
    struct span product, computer; /* empty when not said */
    const char *arch;              /* NULL likewise */
};

static void *begin(struct text_scan *scan)
{
    return arena_alloc(scan->machine->arena, sizeof(struct runtime));
}

static struct runtime_os nothing(void)
{
    return (struct runtime_os){VERSION_NONE, VERSION_UNKNOWN, SPAN(""), SPAN(""), NULL};
}

static void state(struct text_scan *scan, const struct text_line *line, const char *what,
                  const struct runtime_os *os)
{
    struct facts *facts = &scan->machine->facts;
    struct source source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_RUNTIME, what);
    struct version version = os->version;

    scan->statements++;
    if (os->computer.length > 0)
        recogniser_add(scan, &source, FIELD_COMPUTER_NAME, os->computer);
    if (os->product.length > 0)
        recogniser_add(scan, &source, FIELD_PRODUCT_NAME, os->product);
    version.revision = VERSION_UNKNOWN;
    facts_add_version(facts, &source, &version);
    if (os->service_pack != VERSION_UNKNOWN)
        facts_add_number(facts, &source, FIELD_SERVICE_PACK, os->service_pack);
    if (os->arch)
        facts_add_text(facts, &source, FIELD_ARCH, os->arch);
    if (os->version.revision > 0)
        facts_add_lookalike(facts, &source,
                            arena_printf(scan->machine->arena, "%d.%d.%d.%d", (int)version.major,
                                         (int)version.minor, (int)version.build,
                                         (int)os->version.revision),
                            ".NET writes the service pack times 65536 in the place of a revision");
}

/* Cuts off and returns the words after the last blank. */
static struct span last_word(struct span *text)
{
    size_t at = text->length;
    struct span word;

    while (at > 0 && text->text[at - 1] != ' ')
        at--;
    word = span_from(*text, at);
    *text = span_trim((struct span){text->text, at});
    return word;
}

/* "Windows Server 2008 Web Server Edition Service Pack 2" */
static void read_product(struct span text, struct runtime_os *os)
{
    size_t at = span_find(text, "Service Pack ");

    os->service_pack = shape_service_pack(text);
    text.length = at;
    os->product = span_trim(text);
}

static bool read_php(struct span value, struct runtime_os *os)
{
    struct span word;
    size_t at;
    int32_t n[2];

    *os = nothing();
    if (!span_starts(value, "Windows NT "))
        return false;
    value = span_from(value, strlen("Windows NT "));
    at = span_find(value, " build ");
    if (at == value.length)
        return false;
    os->computer = (struct span){value.text, at};
    word = last_word(&os->computer);
    if (shape_numbers(word, n, 2) != 2 || os->computer.length == 0 ||
        memchr(os->computer.text, ' ', os->computer.length))
        return false;
    value = span_from(value, at + strlen(" build "));
    os->version = (struct version){n[0], n[1], shape_first_number(value), VERSION_UNKNOWN};
    if (!ascii_is_digit(*value.text) || !shape_known_build(&os->version))
        return false;
    at = span_find(value, "(");
    if (at == value.length)
        return span_find(value, " ") == value.length;
    value = span_from(value, at + 1);
    at = span_find(value, ")");
    read_product((struct span){value.text, at}, os);
    value = span_trim(span_from(value, at + 1));
    if (span_is(value, "AMD64") || span_is(value, "x64"))
        os->arch = "x64";
    else if (span_is(value, "IA64"))
        os->arch = "ia64";
    return span_find(value, " ") == value.length;
}

/* "Service Pack 2", "Service Pack 2, v.286", "Service Pack 2 (AMD64)", and nothing else. */
static bool read_service_pack(struct span text, struct runtime_os *os)
{
    os->service_pack = shape_service_pack(text);
    if (!span_starts(text, "Service Pack ") || os->service_pack == VERSION_UNKNOWN)
        return false;
    text = span_trim(span_from(text, strlen("Service Pack 2")));
    if (span_starts(text, ", v."))
        return span_find(text, " (") == text.length;
    if (span_is(text, "(AMD64)"))
        os->arch = "x64";
    return text.length == 0 || span_is(text, "(AMD64)") || span_is(text, "(x86)");
}

static bool read_dotnet(struct span value, struct runtime_os *os)
{
    int32_t n[4];
    size_t at, count;

    *os = nothing();
    if (!span_starts(value, "Microsoft Windows NT "))
        return false;
    value = span_from(value, strlen("Microsoft Windows NT "));
    at = span_find(value, " ");
    count = shape_numbers((struct span){value.text, at}, n, 4);
    if (count < 3)
        return false;
    os->version = (struct version){n[0], n[1], n[2], count == 4 ? n[3] : VERSION_UNKNOWN};
    value = span_trim(span_from(value, at));
    return (value.length == 0 || read_service_pack(value, os)) && shape_known_build(&os->version);
}

static bool read_clickonce(struct span label, struct span value, struct runtime_os *os)
{
    int32_t n[4];

    *os = nothing();
    if (!span_is(label, "Windows") || !span_ends(value, " (Win32NT)"))
        return false;
    value.length -= strlen(" (Win32NT)");
    if (shape_numbers(span_trim(value), n, 4) != 4)
        return false;
    os->version = (struct version){n[0], n[1], n[2], n[3]};
    if (n[3] % 65536 == 0 && n[3] / 65536 < 10)
        os->service_pack = n[3] / 65536;
    return shape_known_build(&os->version);
}

/* "Windows-2008Server-6.0.6002-SP2", "Windows-Vista-6.0.6003-SP2" */
static bool read_python(struct span value, struct runtime_os *os)
{
    struct span rest;
    int32_t n[3];
    size_t at;

    *os = nothing();
    if (!span_starts(value, "Windows-") || span_find(value, " ") < value.length)
        return false;
    rest = span_from(value, strlen("Windows-"));
    at = span_find(rest, "-");
    rest = span_from(rest, at + 1);
    at = span_find(rest, "-SP");
    if (shape_numbers((struct span){rest.text, at}, n, 3) != 3)
        return false;
    os->version = (struct version){n[0], n[1], n[2], VERSION_UNKNOWN};
    if (at + 4 == rest.length && ascii_is_digit(rest.text[at + 3]))
        os->service_pack = rest.text[at + 3] - '0';
    return at + 4 >= rest.length && shape_known_build(&os->version);
}

/* The last line of SQL Server's @@VERSION, alone or at the end of all of it. */
static bool read_sql_server(struct span line, struct runtime_os *os)
{
    size_t on = span_find(line, " on Windows "), open;
    struct span system, inside, word;
    int32_t n[2];

    *os = nothing();
    if (on == line.length || !span_has((struct span){line.text, on}, "Edition"))
        return false;
    system = span_from(line, on + strlen(" on "));
    open = span_find(system, "(Build ");
    inside = span_from(system, open + strlen("(Build "));
    if (open == system.length || inside.length == 0 || !ascii_is_digit(*inside.text))
        return false;
    system = span_trim((struct span){system.text, open});
    word = last_word(&system);
    if (span_is(word, "<X64>") || span_is(word, "<X86>") || span_is(word, "<IA64>")) {
        os->arch = shape_system_type(word);
        word = last_word(&system);
    }
    open = span_find(inside, ")");
    if (open == inside.length || shape_numbers(word, n, 2) != 2)
        return false;
    os->version = (struct version){n[0], n[1], shape_first_number(inside), VERSION_UNKNOWN};
    os->service_pack = shape_service_pack((struct span){inside.text, open});
    if (!span_is(system, "Windows NT"))
        os->product = system;
    inside = span_trim(span_from(inside, open + 1));
    /* "(VM)" or "(Hypervisor)" may follow, or the colon of a list of results. */
    if (span_starts(inside, "("))
        inside = span_from(inside, span_find(inside, ")") + 1);
    return shape_known_build(&os->version) && (inside.length == 0 || span_is(inside, ":"));
}

/* "Windows Server 2008 (6.0 Build 6003, Service Pack 2)." */
static bool read_meterpreter(struct span value, struct runtime_os *os)
{
    size_t open, build;
    struct span inside;
    int32_t n[2];

    *os = nothing();
    if (span_ends(value, "."))
        value.length--;
    if (!span_starts(value, "Windows ") || !span_ends(value, ")") || !span_has(value, "("))
        return false;
    open = span_find(value, "(");
    /* "Windows Server (R) 2008": the last brackets hold the version. */
    while (open < value.length && span_has(span_from(value, open + 1), "("))
        open += 1 + span_find(span_from(value, open + 1), "(");
    os->product = span_trim((struct span){value.text, open});
    inside = span_from(value, open + 1);
    inside.length--;
    build = span_find(inside, " Build ");
    if (build == inside.length || shape_numbers((struct span){inside.text, build}, n, 2) != 2)
        return false;
    inside = span_from(inside, build + strlen(" Build "));
    os->version = (struct version){n[0], n[1], shape_first_number(inside), VERSION_UNKNOWN};
    os->service_pack = shape_service_pack(inside);
    if (span_ends(os->product, "."))
        os->product.length--;
    return shape_known_build(&os->version);
}

/* Lines around Meterpreter's system: the computer above, architecture and language below. */
static bool sysinfo_line(struct text_scan *scan, struct runtime *runtime,
                         const struct text_line *line, const struct line_value *item)
{
    struct source source;
    const char *arch;

    if (span_is(item->label, "Computer")) {
        span_copy(item->value, runtime->computer, sizeof(runtime->computer));
        runtime->computer_line = line->number;
        return false;
    }
    if (!runtime->sysinfo_line || line->number - runtime->sysinfo_line > SYSINFO_LINES)
        return false;
    source = recogniser_source(scan, line, GRADE_TOOL, WITNESS_RUNTIME, "sysinfo");
    if (span_is(item->label, "Architecture")) {
        arch = shape_system_type(item->value);
        if (arch)
            facts_add_text(&scan->machine->facts, &source, FIELD_ARCH, arch);
        return true;
    }
    if (span_is(item->label, "System Language")) {
        recogniser_add(scan, &source, FIELD_LANGUAGE, item->value);
        return true;
    }
    return false;
}

static bool read_item(struct text_scan *scan, struct runtime *runtime, const struct text_line *line,
                      const struct line_value *item)
{
    struct runtime_os os;

    if (read_php(item->value, &os)) {
        state(scan, line, "php_uname", &os);
        return true;
    }
    if (read_dotnet(item->value, &os)) {
        state(scan, line, "Environment.OSVersion", &os);
        return true;
    }
    if (read_python(item->value, &os)) {
        state(scan, line, "platform", &os);
        return true;
    }
    if (read_clickonce(item->label, item->value, &os)) {
        state(scan, line, "ClickOnce", &os);
        return true;
    }
    if (item->label.length > 0 && read_meterpreter(item->value, &os)) {
        if (runtime->computer_line && runtime->computer_line + 1 == line->number)
            os.computer = span_of(runtime->computer);
        state(scan, line, "sysinfo", &os);
        runtime->sysinfo_line = line->number;
        return true;
    }
    return item->label.length > 0 && sysinfo_line(scan, runtime, line, item);
}

static bool line_shown(struct text_scan *scan, void *data, const struct text_line *line)
{
    struct span text = span_trim(span_of(recogniser_uncomment(line->text)));
    struct line_value values[LINE_VALUES_MAX];
    struct runtime_os os;
    size_t n = line_values(text, values);

    for (size_t i = 0; i < n; i++)
        if (read_item(scan, data, line, &values[i]))
            return true;
    if (read_sql_server(text, &os)) {
        state(scan, line, "@@VERSION", &os);
        return true;
    }
    return false;
}

const struct recogniser recogniser_runtime = {
    .id = "runtime",
    .begin = begin,
    .line = line_shown,
};
