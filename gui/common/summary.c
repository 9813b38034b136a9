/* Words the lines that winver shows.
 *
 * winver states a copyright; evidence does not, so none is shown.
 *
 * SPDX-License-Identifier: MIT
 */
#include "summary.h"

#include "core/report/parts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Revisions named in the line: kernel, UBR, both lab strings and one file more. */
#define REVISIONS_SHOWN 5

static const char *stated(const struct fact *fact)
{
    return fact && fact->status == FACT_STATED && fact->value[0] ? fact->value : NULL;
}

/* The text of buf, as one that free() releases. */
static char *taken(struct strbuf *buf)
{
    strbuf_adds(buf, "");
    return buf->text;
}

static char *joined(const char *const *pieces, size_t n)
{
    struct strbuf text = STRBUF_EMPTY;

    for (size_t i = 0; i < n; i++)
        strbuf_adds(&text, pieces[i]);
    return taken(&text);
}

#define JOINED(...)                                                                                \
    joined((const char *const[]){__VA_ARGS__},                                                     \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

char *summary_product(const struct assessment *assessment, char **edition)
{
    static const char *const families[] = {
        "Windows Server 2008 R2",
        "Windows Server 2008",
        "Windows Vista",
    };
    const char *product = part_product(assessment);
    const char *type = stated(assessment->identity.installation_type);
    bool core = type && strstr(type, "Core") && !(product && strstr(product, "Core"));
    const char *rest = "";
    char *family = NULL;

    *edition = NULL;
    if (!product)
        return NULL;
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]) && !family; i++) {
        size_t length = strlen(families[i]);

        if (!strncmp(product, families[i], length) &&
            (!product[length] || product[length] == ' ')) {
            family = JOINED(families[i]);
            rest = product + length;
        }
    }
    rest += strspn(rest, " ");
    if (rest[0] || core)
        *edition = JOINED(rest, rest[0] && core ? ", " : "", core ? "Server Core" : "");
    return family ? family : JOINED(product);
}

char *summary_version(const struct assessment *assessment)
{
    if (!assessment->display)
        return NULL;
    return JOINED("Microsoft\u00ae Windows\n", assessment->display);
}

char *summary_licence(const struct assessment *assessment)
{
    const char *owner = stated(assessment->identity.owner);
    const char *organization = stated(assessment->identity.organization);

    if (!owner && !organization)
        return NULL;
    return JOINED("This product is licensed under the Microsoft Software License Terms to:",
                  owner ? "\n" : "", owner ? owner : "", organization ? "\n" : "",
                  organization ? organization : "");
}

char *summary_number(int64_t number)
{
    struct strbuf digits = STRBUF_EMPTY, text = STRBUF_EMPTY;

    part_integer(&digits, number);
    for (size_t i = 0; i < digits.length; i++) {
        if (i && (digits.length - i) % 3 == 0 && digits.text[i - 1] != '-')
            strbuf_addc(&text, ',');
        strbuf_addc(&text, digits.text[i]);
    }
    strbuf_free(&digits);
    return taken(&text);
}

char *summary_memory(const struct assessment *assessment)
{
    const struct fact *memory = assessment->identity.memory_kb;
    char *number, *text;

    if (!memory || memory->number == FACT_NO_NUMBER || memory->number < 0)
        return NULL;
    number = summary_number(memory->number);
    text = JOINED("Physical memory available to Windows: ", number, " KB");
    free(number);
    return text;
}

static void add_witnesses(struct strbuf *text, const struct facts *facts, int64_t revision)
{
    uint32_t told = 0;
    const char *separator = " (";

    _Static_assert(WITNESS_COUNT <= 32, "a bit for each");
    facts_each (fact, facts) {
        uint32_t bit = UINT32_C(1) << fact->witness;

        if (fact->field != FIELD_REVISION || fact->number != revision || told & bit)
            continue;
        told |= bit;
        strbuf_adds(text, separator);
        strbuf_adds(text, fact_witness_name(fact->witness));
        separator = ", ";
    }
    strbuf_adds(text, told ? ")" : "");
}

char *summary_revision(const struct machine *machine, const struct assessment *assessment)
{
    int64_t shown[REVISIONS_SHOWN];
    struct strbuf text = STRBUF_EMPTY;
    size_t n = 0;

    if (assessment->version.revision == VERSION_UNKNOWN)
        return NULL;
    shown[n++] = assessment->version.revision;
    facts_each (fact, &machine->facts) {
        bool told = fact->field != FIELD_REVISION || fact->number == FACT_NO_NUMBER;

        for (size_t i = 0; i < n; i++)
            told |= shown[i] == fact->number;
        if (!told && n < REVISIONS_SHOWN)
            shown[n++] = fact->number;
    }
    for (size_t i = 0; i < n; i++) {
        strbuf_adds(&text, i ? "; " : "");
        part_integer(&text, shown[i]);
        add_witnesses(&text, &machine->facts, shown[i]);
    }
    return taken(&text);
}
