/* What machines say of themselves on the network: the shapes of single values.
 *
 * SPDX-License-Identifier: MIT
 */
#include "network_values.h"

#include "../ascii.h"

#include <string.h>

static bool read_hex_word(struct span text, uint32_t *word)
{
    *word = 0;
    if (text.length < 6 || text.length > 8)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        const char *digits = "0123456789abcdef";
        const char *digit = strchr(digits, ascii_lower(text.text[i]));

        if (!digit || !*digit)
            return false;
        *word = *word << 4 | (uint32_t)(digit - digits);
    }
    return true;
}

bool network_dns(struct span value, struct network_dns *dns)
{
    size_t open, close;

    if (!span_starts(value, "Microsoft DNS "))
        return false;
    value = span_from(value, strlen("Microsoft DNS "));
    open = span_find(value, " (");
    close = span_find(value, ")");
    if (close == value.length || open > close ||
        shape_numbers((struct span){value.text, open}, dns->version, 3) != 3 ||
        !read_hex_word((struct span){value.text + open + 2, close - open - 2}, &dns->word))
        return false;
    /* nmap adds what it makes of it: "(Windows Server 2008 SP2)". */
    return close + 1 >= value.length || span_starts(span_from(value, close + 1), " (Windows");
}

void network_state_dns(struct facts *facts, const struct source *source,
                       const struct network_dns *dns)
{
    struct version version = {dns->version[0], dns->version[1], dns->version[2], VERSION_UNKNOWN};
    uint32_t build = dns->word >> 16;

    if (build == (uint32_t)version.build)
        version.revision = (int32_t)(dns->word & 0xffff);
    else
        facts_add_text(facts, source, FIELD_IMITATION,
                       arena_printf(facts->arena,
                                    "spoofed DNS banner: the word %lX is build %lu, "
                                    "not %d",
                                    (unsigned long)dns->word, (unsigned long)build,
                                    (int)version.build));
    facts_add_version(facts, source, &version);
}

bool network_native_os(struct span value, bool labelled, struct span *product, struct shape_os *os)
{
    size_t pack = span_find(value, " Service Pack "), digits = 0;
    struct span rest, comma;

    *os = (struct shape_os){VERSION_NONE, VERSION_UNKNOWN, VERSION_UNKNOWN};
    if (!span_starts(value, "Windows ") && !span_starts(value, "Hyper-V Server "))
        return false;
    rest = span_from(value, pack);
    if (rest.length > 0) {
        comma = span_from(rest, span_find(rest, ", v."));
        os->service_pack = shape_service_pack(rest);
        if (os->service_pack == VERSION_UNKNOWN ||
            rest.length - comma.length != strlen(" Service Pack 2"))
            return false;
    } else if (!labelled) {
        return false;
    } else {
        os->service_pack = 0;
    }
    value.length = pack;
    while (digits < value.length && ascii_is_digit(value.text[value.length - digits - 1]))
        digits++;
    if (digits < 4 || digits > 5 || digits == value.length ||
        value.text[value.length - digits - 1] != ' ')
        return false;
    os->version.build = shape_first_number(span_from(value, value.length - digits));
    value.length -= digits;
    *product = span_trim(value);
    /* "Windows Server 2008": the year is no build. */
    return os->version.build >= 2195 && !span_is(*product, "Windows Server");
}

bool network_lan_manager(struct span value, struct version *version)
{
    size_t at = value.length;
    int32_t n[2];

    while (at > 0 && value.text[at - 1] != ' ')
        at--;
    if (at == 0 || !span_starts(value, "Windows ") ||
        shape_numbers(span_from(value, at), n, 2) != 2)
        return false;
    version->major = n[0];
    version->minor = n[1];
    return true;
}

bool network_smb(struct span value, bool labelled, struct span *product, struct shape_os *os)
{
    struct span manager = SPAN("");
    size_t open = span_find(value, " (Windows ");

    if (open < value.length && span_ends(value, ")")) {
        manager = span_from(value, open + 2);
        manager.length--;
        value.length = open;
    }
    if (!network_native_os(value, labelled, product, os))
        return false;
    network_lan_manager(manager, &os->version);
    return true;
}
