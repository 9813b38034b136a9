/* The formats that reports come in.
 *
 * SPDX-License-Identifier: MIT
 */
#include "report.h"

#include "formats.h"

#include <string.h>

const struct report_format *const report_formats[] = {
    &report_text, &report_json, &report_jsonl, &report_csv, &report_nagios, NULL,
};

const struct report_format *report_format_by_name(const char *name)
{
    for (const struct report_format *const *format = report_formats; *format; format++) {
        if (strcmp((*format)->name, name) == 0)
            return *format;
    }
    return NULL;
}
