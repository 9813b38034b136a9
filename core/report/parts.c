/* What several reports say in the same words.
 *
 * SPDX-License-Identifier: MIT
 */
#include "parts.h"

#include <string.h>

void part_integer(struct strbuf *out, int64_t value)
{
    char digits[20];
    size_t at = sizeof(digits);
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        digits[--at] = '-';
    strbuf_add(out, digits + at, sizeof(digits) - at);
}

/* Some spreadsheets take the full-width forms U+FF0B, U+FF0D, U+FF1D and U+FF20 for the same. */
bool part_is_formula(const char *text)
{
    static const char *const wide[] = {"\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\x9D",
                                       "\xEF\xBC\xA0"};

    if (text[0] != '\xEF')
        return text[0] && strchr("=+-@\t\r", text[0]);
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
        if (strncmp(text, wide[i], 3) == 0)
            return true;
    }
    return false;
}

const char *part_name(const struct machine *machine, const struct assessment *assessment)
{
    if (assessment->identity.name)
        return assessment->identity.name->value;
    return machine->label ? machine->label : "";
}

const char *part_product(const struct assessment *assessment)
{
    if (assessment->identity.product_plain)
        return assessment->identity.product_plain;
    return part_value(assessment->identity.product);
}

const char *part_value(const struct fact *fact)
{
    return fact ? fact->value : NULL;
}

void part_source(const struct machine *machine, const struct fact *fact, struct strbuf *out)
{
    if (fact->evidence < machine->n_evidence) {
        strbuf_adds(out, machine->evidence[fact->evidence].name);
        if (fact->where[0])
            strbuf_adds(out, ": ");
    }
    strbuf_adds(out, fact->where);
}

void part_version(const struct version *version, struct strbuf *out)
{
    const int32_t parts[] = {version->major, version->minor, version->build, version->revision};

    for (unsigned i = 0; i < 4 && parts[i] >= 0; i++) {
        if (i > 0)
            strbuf_addc(out, '.');
        part_integer(out, parts[i]);
    }
}

unsigned part_count(const struct assessment *assessment, enum rule_result result)
{
    unsigned count = 0;

    for (size_t i = 0; i < assessment->n_findings; i++)
        count += assessment->findings[i].result == result;
    return count;
}
