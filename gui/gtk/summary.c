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

        if (!strncmp(product, families[i], length) && (!product[length] || product[length] == ' ')) {
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

char *summary_revision(const struct machine *machine, const struct assessment *assessment)
{
    const struct fact *shown[REVISIONS_SHOWN];
    GString *text = NULL;
    size_t n = 0;

    for (int best = 1; best >= 0; best--)
        facts_each (fact, &machine->facts) {
            gboolean is_best = fact->number == assessment->version.revision;
            gboolean told = FALSE;

            if (fact->field != FIELD_REVISION || fact->status != FACT_STATED || is_best != best)
                continue;
            for (size_t i = 0; i < n; i++)
                told |= shown[i]->witness == fact->witness && shown[i]->number == fact->number;
            if (told || n == REVISIONS_SHOWN)
                continue;
            shown[n++] = fact;
            text = text ? g_string_append(text, ", ") : g_string_new(NULL);
            g_string_append_printf(text, "%s (%s)", fact->value, fact_witness_name(fact->witness));
        }
    return text ? g_string_free(text, FALSE) : NULL;
}
