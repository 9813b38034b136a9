/* What inventories of others say of a machine.
 *
 * SPDX-License-Identifier: MIT
 */
#include "asset.h"

#include "../ascii.h"
#include "../limits.h"
#include "shapes.h"

#include <stdlib.h>
#include <string.h>

/* .NET's service pack times 65536 in the place of a revision. */
#define NET_SERVICE_PACK 65536

static struct source source_of(const struct asset *asset, const char *where)
{
    return (struct source){GRADE_TOOL, WITNESS_INVENTORY, asset->evidence,
                           text_clean(asset->machine->arena, where)};
}

void asset_version(struct asset *asset, const char *where, const char *text)
{
    struct source source = source_of(asset, where);
    struct facts *facts = &asset->machine->facts;
    struct span value = span_trim(span_of(text ? text : ""));
    struct version version = VERSION_NONE;
    int32_t n[4];
    size_t count = shape_numbers(value, n, 4);

    if (count < 3)
        return;
    asset->stated = true;
    version = (struct version){n[0], n[1], n[2], VERSION_UNKNOWN};
    facts_add_version(facts, &source, &version);
    if (count == 3 || n[3] == 0)
        return;
    if (n[3] % NET_SERVICE_PACK == 0 && n[3] / NET_SERVICE_PACK < 10) {
        facts_add_number(facts, &source, FIELD_SERVICE_PACK, n[3] / NET_SERVICE_PACK);
        facts_add_lookalike(facts, &source, text,
                            ".NET writes the service pack times 65536 in the place of a revision");
    } else {
        facts_add_lookalike(facts, &source, text, "its fourth part is not said to be a revision");
    }
}

void asset_text(struct asset *asset, enum fact_field field, const char *where, const char *text)
{
    struct source source = source_of(asset, where);

    if (text && *text)
        facts_add_text(&asset->machine->facts, &source, field, text);
}

void asset_number(struct asset *asset, enum fact_field field, const char *where, const char *text)
{
    struct source source = source_of(asset, where);
    int32_t number;

    if (text && shape_numbers(span_trim(span_of(text)), &number, 1) == 1)
        facts_add_number(&asset->machine->facts, &source, field, number);
}

void asset_arch(struct asset *asset, const char *where, const char *text)
{
    const char *arch;

    if (!text || !*text)
        return;
    arch = arch_canonical(text);
    if (!arch && !ascii_after(text, "64"))
        arch = ascii_after(text, "32") ? "x86" : NULL;
    /* WMI's "64-bit" may be either of two. */
    asset_text(asset, FIELD_ARCH, where, arch ? arch : ascii_after(text, "64") ? "64-bit" : text);
}

void asset_service_pack(struct asset *asset, const char *where, const char *text)
{
    struct source source = source_of(asset, where);
    struct span value = span_trim(span_of(text ? text : ""));
    int32_t number = shape_service_pack(value);

    if (number != VERSION_UNKNOWN)
        facts_add_number(&asset->machine->facts, &source, FIELD_SERVICE_PACK, number);
    else if (value.length == 1 && ascii_is_digit(*value.text))
        facts_add_number(&asset->machine->facts, &source, FIELD_SERVICE_PACK, *value.text - '0');
}

void asset_memory(struct asset *asset, const char *where, const char *text, int64_t unit_kb)
{
    struct source source = source_of(asset, where);
    struct span value = span_trim(span_of(text ? text : ""));
    int32_t number;
    size_t dot = span_find(value, ".");

    if (shape_numbers((struct span){value.text, dot}, &number, 1) == 1)
        facts_add_number(&asset->machine->facts, &source, FIELD_MEMORY_KB, number * unit_kb);
}

void asset_install_date(struct asset *asset, const char *where, const char *text)
{
    struct source source = source_of(asset, where);
    struct fact *fact;
    int32_t number;

    if (!text || !*text)
        return;
    fact = facts_add_text(&asset->machine->facts, &source, FIELD_INSTALL_DATE, text);
    /* Nine digits and more are seconds; fewer might be a day. */
    if (strlen(text) == 9 && shape_numbers(span_of(text), &number, 1) == 1)
        fact->number = number;
    else if (strlen(text) == 10 && strspn(text, "0123456789") == 10)
        fact->number = strtoll(text, NULL, 10);
}

void asset_package(struct asset *asset, const char *where, const char *kb, const char *on)
{
    struct source source = source_of(asset, where);
    struct package package = {.version = VERSION_NONE};

    source.witness = WITNESS_HOTFIX_LIST;
    package.kb = kb ? shape_kb(span_of(kb)) : 0;
    package.installed_on = on && *on ? on : NULL;
    asset->stated = true;
    if (package.kb)
        facts_add_package(&asset->machine->facts, &source, &package);
}
