/* The instances of struct report_format, one a file, for the table in report.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_FORMATS_H
#define WINVER6003_FORMATS_H

#include "report.h"

extern const struct report_format report_text;
extern const struct report_format report_json;
extern const struct report_format report_jsonl;
extern const struct report_format report_csv;
extern const struct report_format report_nagios;

#endif
