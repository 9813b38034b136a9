/* Where in a line a value may stand: see the header.
 *
 * SPDX-License-Identifier: MIT
 */
#include "line_values.h"

#include <string.h>

#define KEY_BYTES 80
/* No version string is longer; a bound here bounds what the recognisers do with a hostile line. */
#define VALUE_BYTES 1024

/* Without the quotes around it, if they are a pair. */
static struct span unquote(struct span value)
{
    if (value.length >= 2 && strchr("\"'`", *value.text) &&
        value.text[value.length - 1] == *value.text &&
        !memchr(value.text + 1, *value.text, value.length - 2))
        value = span_trim((struct span){value.text + 1, value.length - 2});
    return value;
}

/* A member of an array or of JSON: the comma after it goes too. */
static struct span unquote_member(struct span value)
{
    value = span_trim(value);
    if (span_ends(value, ","))
        value = span_trim((struct span){value.text, value.length - 1});
    return unquote(value);
}

/* A name as programs give to members: no blanks but between words, no operators. */
static bool is_key(struct span key)
{
    if (key.length == 0 || key.length > KEY_BYTES)
        return false;
    for (size_t i = 0; i < key.length; i++)
        if (strchr("(){}<>=;,\\", key.text[i]))
            return false;
    return true;
}

/* "key => 'value'," and "\"key\": \"value\"," keep their quotes apart; "key=value" has none, for
 * with quotes it is a statement of some program. */
static bool split_member(struct span line, const char *mark, bool quotes, struct line_value *value)
{
    size_t at = span_find(line, mark);

    if (at == line.length || at == 0)
        return false;
    value->label = unquote(span_trim((struct span){line.text, at}));
    value->value = span_trim(span_from(line, at + strlen(mark)));
    if (quotes)
        value->value = unquote_member(value->value);
    return is_key(value->label);
}

/* The second cell of a row of phpinfo(). */
static bool split_cell(struct span line, struct line_value *value)
{
    size_t at = span_find(line, "<td class=\"v\">");

    if (at == line.length)
        return false;
    value->label = SPAN("phpinfo");
    value->value = span_from(line, at + strlen("<td class=\"v\">"));
    value->value.length = span_find(value->value, "<");
    value->value = span_trim(value->value);
    return true;
}

/* "[Info   @12:06:41.229] System   : ..." : what loggers write before the line itself. */
static struct span without_log_prefix(struct span line)
{
    for (int i = 0; i < 4 && span_starts(line, "["); i++) {
        size_t end = span_find(line, "]");

        if (end + 1 >= line.length || !blank_length(line.text + end + 1, line.length - end - 1))
            break;
        line = span_trim(span_from(line, end + 1));
    }
    return line;
}

size_t line_values(struct span line, struct line_value values[LINE_VALUES_MAX])
{
    struct line_value value;
    size_t n = 0;

    line = span_trim(line);
    if (line.length > VALUE_BYTES)
        return 0;
    values[n++] = (struct line_value){SPAN(""), unquote(line)};
    line = without_log_prefix(line);
    if (shape_labelled(line, &value.label, &value.value)) {
        value.value = unquote_member(value.value);
        values[n++] = value;
    } else if (shape_tabbed(line, &value.label, &value.value)) {
        values[n++] = value;
    } else if (span_starts(line, "\"") && split_member(span_from(line, 1), "\":", true, &value)) {
        values[n++] = value;
    }
    if (split_member(line, "=>", true, &value) || split_member(line, "=", false, &value) ||
        split_cell(line, &value))
        values[n++] = value;
    return n;
}
