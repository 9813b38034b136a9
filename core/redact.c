/* Hides whose machine it is: names and ids become tags before the judge sees them.
 *
 * Tags are counted for each machine ("[host 1]"), not hashes: a hash of a short name is found
 * again by trying names. The values of technical fields are left alone, since an owner called
 * "Server" must not change what the product is called; everything else that is shown (places,
 * notes, names of evidence, problems) is searched for the private values.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machine.h"

#include "strbuf.h"

#include <stdlib.h>
#include <string.h>

struct tag {
    enum fact_field field;
    const char *value;
    const char *tag;
};

struct tags {
    struct tag *items;
    size_t count;
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
           (unsigned char)c >= 0x80;
}

static bool same_text(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b || lower(*a) == lower(*b);
}

/* The length of word when text starts with it, case ignored; else 0. */
static size_t starts_with(const char *text, const char *word)
{
    size_t n = 0;

    while (word[n]) {
        if (lower(text[n]) != lower(word[n]))
            return 0;
        n++;
    }
    return n;
}

static const char *noun(enum fact_field field)
{
    switch (field) {
    case FIELD_COMPUTER_NAME:
        return "host";
    case FIELD_ADDRESS:
        return "address";
    case FIELD_OWNER:
        return "owner";
    case FIELD_ORGANIZATION:
        return "organization";
    default:
        return "product id";
    }
}

static const char *tag_for(struct arena *arena, struct tags *tags, enum fact_field field,
                           const char *value)
{
    unsigned n = 1;

    for (size_t i = 0; i < tags->count; i++) {
        if (tags->items[i].field != field)
            continue;
        if (same_text(tags->items[i].value, value))
            return tags->items[i].tag;
        n++;
    }
    tags->items = memory_realloc(tags->items, (tags->count + 1) * sizeof(*tags->items));
    tags->items[tags->count] = (struct tag){
        .field = field,
        .value = value,
        .tag = arena_printf(arena, "[%s %u]", noun(field), n),
    };
    return tags->items[tags->count++].tag;
}

/* A path's part after "Users\", "Documents and Settings\" or "home/", unless it is nobody's. */
static size_t user_part(const char *text, const char **rest)
{
    static const char *const roots[] = {"users\\", "users/", "documents and settings\\",
                                        "documents and settings/", "home/"};
    static const char *const shared[] = {"public", "default", "all users", "default user"};

    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        size_t root = starts_with(text, roots[i]);
        size_t n = 0;

        if (!root)
            continue;
        while (text[root + n] && !strchr("\\/:*?\"<>|,;", text[root + n]))
            n++;
        for (size_t j = 0; j < sizeof(shared) / sizeof(shared[0]); j++)
            if (starts_with(text + root, shared[j]) == n)
                return 0;
        if (n == 0)
            return 0;
        *rest = text + root + n;
        return root;
    }
    return 0;
}

static const char *redact_text(struct arena *arena, const struct tags *tags, const char *text)
{
    struct strbuf out = STRBUF_EMPTY;
    const char *at = text;
    const char *result;
    bool changed = false;

    while (*at) {
        const char *rest = NULL;
        size_t longest = 0;
        size_t root;
        const char *tag = NULL;
        bool begins = at == text || !is_word(at[-1]);

        for (size_t i = 0; begins && i < tags->count; i++) {
            size_t n = starts_with(at, tags->items[i].value);

            if (n > longest && !is_word(at[n])) {
                longest = n;
                tag = tags->items[i].tag;
            }
        }
        root = begins && !longest ? user_part(at, &rest) : 0;
        if (longest) {
            strbuf_adds(&out, tag);
            at += longest;
            changed = true;
        } else if (root) {
            strbuf_add(&out, at, root);
            strbuf_adds(&out, "[user]");
            at = rest;
            changed = true;
        } else {
            strbuf_addc(&out, *at++);
        }
    }
    result = changed ? arena_strdup(arena, strbuf_text(&out)) : text;
    strbuf_free(&out);
    return result;
}

void machine_redact(struct machine *machine)
{
    struct arena *arena = machine->arena;
    struct tags tags = {0};

    for (size_t i = 0; i < machine->facts.count; i++) {
        struct fact *fact = &machine->facts.items[i];

        if (fact_field_is_private(fact->field) && fact->status == FACT_STATED)
            fact->value = tag_for(arena, &tags, fact->field, fact->value);
    }
    for (size_t i = 0; i < machine->facts.count; i++) {
        struct fact *fact = &machine->facts.items[i];

        fact->where = redact_text(arena, &tags, fact->where);
        if (fact->note)
            fact->note = redact_text(arena, &tags, fact->note);
    }
    for (unsigned i = 0; i < machine->n_evidence; i++) {
        struct evidence *piece = &machine->evidence[i];

        piece->name = redact_text(arena, &tags, piece->name);
        for (unsigned j = 0; j < piece->n_problems; j++)
            piece->problems[j] = redact_text(arena, &tags, piece->problems[j]);
    }
    machine->label = redact_text(arena, &tags, machine->label);
    free(tags.items);
}
