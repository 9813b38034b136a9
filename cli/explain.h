/* What the program knows about itself: rules and knowledge, printed from their tables.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_EXPLAIN_H
#define WINVER6003_EXPLAIN_H

#include "core/strbuf.h"

/* Each rule in one line. */
void explain_rules(struct strbuf *out);
/* Everything about one rule. width as in struct report_options. 0, or EXIT_USAGE (told) when
 * there is no such rule. */
int explain_rule(const char *id, unsigned width, struct strbuf *out);
/* The list of tables for NULL, else the table. 0, or EXIT_USAGE (told). */
int explain_knowledge(const char *table, struct strbuf *out);

#endif
