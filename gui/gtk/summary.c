/* Words the lines that winver shows.
 *
 * winver states a copyright; evidence does not, so none is shown.
 *
 * SPDX-License-Identifier: MIT
 */
#include "summary.h"

#include "core/report/parts.h"

#include <string.h>

/* Revisions named in the line: kernel, UBR, both lab strings and one file more. */
#define REVISIONS_SHOWN 5

static const char *stated(const struct fact *fact)
{
    return fact && fact->status == FACT_STATED && fact->value[0] ? fact->value : NULL;
}

char *summary_product(const struct assessment *assessment, char **edition)
{
    static const char *const families[] = {
        "Windows Server 2008 R2",
        "Windows Server 2008",
        "Windows Vista",
    };
    const char *product = part_product(assessment);
    const char *type = stated(assessment->identity.installation_type);
    gboolean core = type && strstr(type, "Core") && !(product && strstr(product, "Core"));
    const char *rest = "";
    char *family = NULL;

    *edition = NULL;
    if (!product)
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(families) && !family; i++) {
        size_t length = strlen(families[i]);

        if (!strncmp(product, families[i], length) &&
            (!product[length] || product[length] == ' ')) {
            family = g_strndup(product, length);
            rest = product + length;
        }
    }
    rest += strspn(rest, " ");
    if (rest[0] || core)
        *edition = g_strconcat(rest, rest[0] && core ? ", " : "", core ? "Server Core" : "", NULL);
    return family ? family : g_strdup(product);
}

char *summary_version(const struct assessment *assessment)
{
    if (!assessment->display)
        return NULL;
    return g_strconcat("Microsoft\u00ae Windows\n", assessment->display, NULL);
}

char *summary_licence(const struct assessment *assessment)
{
    const char *owner = stated(assessment->identity.owner);
    const char *organization = stated(assessment->identity.organization);

    if (!owner && !organization)
        return NULL;
    return g_strconcat("This product is licensed under the Microsoft Software License Terms to:",
                       owner ? "\n" : "", owner ? owner : "", organization ? "\n" : "",
                       organization ? organization : "", NULL);
}

char *summary_number(gint64 number)
{
    g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, number);
    size_t length = strlen(digits);
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            g_string_append_c(text, ',');
        g_string_append_c(text, digits[i]);
    }
    return g_string_free(text, FALSE);
}

char *summary_memory(const struct assessment *assessment)
{
    const struct fact *memory = assessment->identity.memory_kb;
    g_autofree char *number = NULL;

    if (!memory || memory->number == FACT_NO_NUMBER || memory->number < 0)
        return NULL;
    number = summary_number(memory->number);
    return g_strdup_printf("Physical memory available to Windows: %s KB", number);
}

static void add_witnesses(GString *text, const struct facts *facts, gint64 revision)
{
    guint32 told = 0;
    const char *separator = " (";

    G_STATIC_ASSERT(WITNESS_COUNT <= 32);
    facts_each (fact, facts) {
        guint32 bit = 1u << fact->witness;

        if (fact->field != FIELD_REVISION || fact->number != revision || told & bit)
            continue;
        told |= bit;
        g_string_append_printf(text, "%s%s", separator, fact_witness_name(fact->witness));
        separator = ", ";
    }
    g_string_append(text, told ? ")" : "");
}

char *summary_revision(const struct machine *machine, const struct assessment *assessment)
{
    gint64 shown[REVISIONS_SHOWN];
    GString *text = g_string_new(NULL);
    size_t n = 0;

    if (assessment->version.revision == VERSION_UNKNOWN)
        return g_string_free(text, TRUE);
    shown[n++] = assessment->version.revision;
    facts_each (fact, &machine->facts) {
        gboolean told = fact->field != FIELD_REVISION || fact->number == FACT_NO_NUMBER;

        for (size_t i = 0; i < n; i++)
            told |= shown[i] == fact->number;
        if (!told && n < REVISIONS_SHOWN)
            shown[n++] = fact->number;
    }
    for (size_t i = 0; i < n; i++) {
        g_string_append_printf(text, "%s%" G_GINT64_FORMAT, i ? "; " : "", shown[i]);
        add_witnesses(text, &machine->facts, shown[i]);
    }
    return g_string_free(text, FALSE);
}
