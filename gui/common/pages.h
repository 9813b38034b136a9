/* What stands on the pages behind Details: findings, facts, plan, evidence.
 *
 * Text with the names of styles, without any toolkit, so that every window says the same. A colour
 * never stands alone: a mark and a word stand beside it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PAGES_H
#define WINVER6003_PAGES_H

#include "core/judge/judge.h"

/* Where the text goes, piece by piece. shape is that of the paragraph: "head", "body", "note" or
 * "lead"; style is "strong", a result's, or NULL. Lines end with '\n'. */
struct pages_sink {
    void (*put)(void *data, const char *text, const char *shape, const char *style);
    void *data;
};

/* How a result is shown. The order is that of the page: what needs a person comes first. */
struct pages_result {
    enum rule_result result;
    const char *style;
    const char *mark;
    const char *word;
};

enum { PAGES_RESULTS = 5 };
extern const struct pages_result pages_results[PAGES_RESULTS];

void pages_write_findings(const struct pages_sink *sink, const struct machine *machine,
                          const struct assessment *assessment);
void pages_write_facts(const struct pages_sink *sink, const struct machine *machine,
                       const struct assessment *assessment);
void pages_write_plan(const struct pages_sink *sink, const struct machine *machine,
                      const struct assessment *assessment);
void pages_write_evidence(const struct pages_sink *sink, const struct machine *machine,
                          const struct assessment *assessment);

#endif
