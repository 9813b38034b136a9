/* What several reports say in the same words.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PARTS_H
#define WINVER6003_PARTS_H

#include "report.h"

/* Without the cost of printf(). */
void part_integer(struct strbuf *out, int64_t value);

/* Whether a spreadsheet would take the text for a formula: put an apostrophe in front then. */
bool part_is_formula(const char *text);

/* What the machine is called: its name, else what was given. Never NULL. */
const char *part_name(const struct machine *machine, const struct assessment *assessment);
/* "Windows Server 2008 Standard", as plain as it is known; NULL. */
const char *part_product(const struct assessment *assessment);
/* The value of a fact that may be NULL; NULL likewise. */
const char *part_value(const struct fact *fact);
/* "server.txt: OS Version, line 4" */
void part_source(const struct machine *machine, const struct fact *fact, struct strbuf *out);
/* "6.0.6003.20489": the parts from the left as far as they are known. */
void part_version(const struct version *version, struct strbuf *out);
/* How many findings have that result. */
unsigned part_count(const struct assessment *assessment, enum rule_result result);

#endif
