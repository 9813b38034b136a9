/* Texts inside the source of a program: see the header.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text_literal.h"

#include "../ascii.h"
#include "shapes.h"

#include <string.h>

/* What opens a literal at the end of a line after an assignment, a bracket or a colon: Go and
 * JavaScript, Python and others, PowerShell, C++. */
static const struct {
    const char *open, *close;
} marks[] = {
    {"\"\"\"", "\"\"\""}, {"'''", "'''"}, {"@\"", "\"@"}, {"@'", "'@"}, {"R\"(", ")\""}, {"`", "`"},
};

/* "cat <<EOF", "<<'EOF'", "<<-EOF": the word ends it. */
static bool opens_here_document(struct text_literal *literal, struct span line)
{
    size_t at = span_find(line, "<<"), n = 0;
    struct span word;

    if (at == line.length || at == 0)
        return false;
    word = span_from(line, at + 2);
    if (span_starts(word, "-") || span_starts(word, "~"))
        word = span_from(word, 1);
    word = span_trim(word);
    if (span_starts(word, "'") || span_starts(word, "\""))
        word = span_from(word, 1);
    while (n < word.length && ascii_is_word(word.text[n]))
        n++;
    if (n < 2 || n >= LITERAL_END_SIZE || ascii_is_digit(*word.text))
        return false;
    /* "Dear <<User>>," is none. */
    if (n < word.length && !strchr("'\" \t", word.text[n]))
        return false;
    span_copy((struct span){word.text, n}, literal->end, sizeof(literal->end));
    literal->end_is_line = true;
    return true;
}

static bool opens_literal(struct text_literal *literal, struct span line)
{
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        struct span before = line;

        if (!span_ends(line, marks[i].open))
            continue;
        before.length -= strlen(marks[i].open);
        before = span_trim(before);
        if (before.length == 0 || !strchr(":=({[,", before.text[before.length - 1]))
            continue;
        strcpy(literal->end, marks[i].close);
        literal->end_is_line = false;
        return true;
    }
    return false;
}

static bool skip(struct text_literal *literal, const struct text_line *line)
{
    if (literal->n_skipped++ == 0)
        literal->first_skipped = line->number;
    return true;
}

/* "let(:output) do" and then "'Host Name: ...": a literal whose text begins on its own line. */
static bool opens_after_code(struct text_literal *literal, struct span line)
{
    char quote = line.length > 1 ? *line.text : '\0';

    if (!literal->after_code || (quote != '\'' && quote != '"') ||
        memchr(line.text + 1, quote, line.length - 1))
        return false;
    literal->end[0] = quote;
    literal->end[1] = '\0';
    literal->end_is_line = false;
    return true;
}

static bool is_code(struct span line)
{
    return span_ends(line, " do") || span_ends(line, "=") || span_ends(line, "=>") ||
           span_ends(line, "(") || span_ends(line, "{");
}

/* Comments of C and its kin: what stands in them explains the program around it. */
static bool is_comment(struct text_literal *literal, struct span line)
{
    if (!span_starts(line, "/*"))
        return false;
    if (!span_has(span_from(line, 2), "*/"))
        strcpy(literal->end, "*/");
    literal->end_is_line = false;
    return true;
}

bool text_literal_skips(struct text_literal *literal, const struct text_line *line)
{
    struct span text = span_trim(span_of(line->text));

    if (*literal->end) {
        if (literal->end_is_line ? span_is(text, literal->end) : span_has(text, literal->end))
            literal->end[0] = '\0';
        return skip(literal, line);
    }
    if (is_comment(literal, text) || opens_after_code(literal, text))
        return skip(literal, line);
    if (text.length > 0)
        literal->after_code = is_code(text);
    if (!opens_literal(literal, text))
        opens_here_document(literal, text);
    return false;
}
