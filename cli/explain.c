/* What the program knows about itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include "explain.h"

#include "core/report/page.h"
#include "message.h"
#include "options.h"

#include <string.h>

#define LABEL_COLUMN 10

void explain_rules(struct strbuf *out)
{
    struct page page = {.out = out};
    unsigned column = 0;

    for (size_t i = 0; i < n_rules; i++) {
        if (page_columns(rules[i].id) > column)
            column = page_columns(rules[i].id);
    }
    for (size_t i = 0; i < n_rules; i++) {
        page_word(&page, rules[i].id, PAGE_PLAIN);
        page_tab(&page, column + 2);
        page_word(&page, severity_name(rules[i].severity), PAGE_PLAIN);
        page_tab(&page, column + 10);
        page_word(&page, rules[i].title, PAGE_PLAIN);
        page_line(&page);
    }
}

static void add(struct page *page, const char *label, const char *text)
{
    if (!text)
        return;
    page_word(page, label, PAGE_PLAIN);
    page_tab(page, LABEL_COLUMN);
    page->indent = LABEL_COLUMN;
    page_words(page, text);
    page_line(page);
    page->indent = 0;
}

int explain_rule(const char *id, unsigned width, struct strbuf *out)
{
    const struct rule *rule = rule_by_id(id);
    struct page page = {.out = out, .width = width};

    if (!rule) {
        struct suggestion suggestion = {.wanted = id};

        for (size_t i = 0; i < n_rules; i++)
            suggestion_offer(&suggestion, rules[i].id);
        if (suggestion.nearest)
            message_tell("no rule '%s' (did you mean '%s'?); --rules lists them all", id,
                         suggestion.nearest);
        else
            message_tell("no rule '%s'; --rules lists them all", id);
        return EXIT_USAGE;
    }
    page_word(&page, rule->id, PAGE_PLAIN);
    page_word(&page, ": ", PAGE_PLAIN);
    page_words(&page, rule->title);
    page_line(&page);
    page_line(&page);
    add(&page, "Pass", rule->good);
    add(&page, "Warn/fail", rule->bad);
    add(&page, "Unknown", rule->absent);
    add(&page, "Remedy", rule->remedy);
    add(&page, "Severity", severity_name(rule->severity));
    add(&page, "Source", rule->source);
    return 0;
}

int explain_knowledge(const char *table, struct strbuf *out)
{
    struct suggestion suggestion = {.wanted = table};
    const char *name;

    if (!table) {
        for (size_t i = 0; (name = knowledge_table_name(i)) != NULL; i++) {
            strbuf_adds(out, name);
            strbuf_addc(out, '\t');
            strbuf_adds(out, knowledge_table_title(i));
            strbuf_addc(out, '\n');
        }
        return 0;
    }
    if (knowledge_print(table, out))
        return 0;
    for (size_t i = 0; (name = knowledge_table_name(i)) != NULL; i++)
        suggestion_offer(&suggestion, name);
    if (suggestion.nearest)
        message_tell("no table '%s' (did you mean '%s'?); --knowledge lists them all", table,
                     suggestion.nearest);
    else
        message_tell("no table '%s'; --knowledge lists them all", table);
    return EXIT_USAGE;
}
