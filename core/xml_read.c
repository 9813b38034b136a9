/* XML as a stream of events.
 *
 * SPDX-License-Identifier: MIT
 */
#include "xml_read.h"

#include "arena.h"
#include "limits.h"
#include "strbuf.h"
#include "text_decode.h"
#include "utf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RAW_BYTES (16 * 1024)

struct attribute {
    size_t name, value; /* offsets in token */
};

struct xml_read {
    struct input *input;
    int64_t left; /* of the limit */
    bool limit_reached;
    bool ended; /* nothing more comes from the input */
    struct text_decoder decoder;
    size_t raw_len;
    size_t at, end; /* in out */
    unsigned long line;
    enum xml_event event;
    struct strbuf token; /* name or text, then attributes, each with a NUL */
    struct attribute attributes[LIMIT_XML_ATTRIBUTES];
    unsigned n_attributes;
    struct strbuf path;             /* names of open elements, each with a NUL */
    size_t starts[LIMIT_XML_DEPTH]; /* of them in path */
    unsigned depth;
    bool leave;      /* the element of the last event is closed before the next */
    bool close_next; /* it was <a/> */
    bool broken;
    unsigned long n_cut;
    unsigned long n_unknown; /* entities */
    char broken_by[160];
    char problem[320];
    uint8_t raw[RAW_BYTES];
    char out[RAW_BYTES * TEXT_DECODE_GROWTH];
};

struct xml_read *xml_open(struct input *input, int64_t limit)
{
    struct xml_read *xml = memory_alloc(sizeof(*xml));

    xml->input = input;
    xml->left = limit;
    xml->line = 1;
    return xml;
}

void xml_close(struct xml_read *xml)
{
    if (!xml)
        return;
    text_decoder_free(&xml->decoder);
    strbuf_free(&xml->token);
    strbuf_free(&xml->path);
    free(xml);
}

static void break_off(struct xml_read *xml, const char *format, ...) PRINTF_LIKE(2, 3);

static void break_off(struct xml_read *xml, const char *format, ...)
{
    va_list args;

    if (xml->broken)
        return;
    xml->broken = true;
    va_start(args, format);
    vsnprintf(xml->broken_by, sizeof(xml->broken_by), format, args);
    va_end(args);
}

/* Characters */

static void read_raw(struct xml_read *xml)
{
    while (xml->raw_len < RAW_BYTES && !xml->ended) {
        size_t want = RAW_BYTES - xml->raw_len;
        size_t got;

        if ((int64_t)want > xml->left)
            want = (size_t)xml->left;
        if (want == 0) {
            uint8_t more;

            xml->limit_reached = input_read(xml->input, &more, 1) > 0;
            xml->ended = true;
            return;
        }
        got = input_read(xml->input, xml->raw + xml->raw_len, want);
        xml->ended = got == 0;
        xml->raw_len += got;
        xml->left -= (int64_t)got;
    }
}

static bool fill(struct xml_read *xml)
{
    xml->at = xml->end = 0;
    while (xml->end == 0 && !(xml->ended && xml->raw_len == 0)) {
        size_t taken;

        read_raw(xml);
        taken = text_decode(&xml->decoder, xml->raw, xml->raw_len, xml->ended, xml->out, &xml->end);
        memmove(xml->raw, xml->raw + taken, xml->raw_len - taken);
        xml->raw_len -= taken;
    }
    return xml->end > 0;
}

/* The next byte of UTF-8, -1 at the end. */
static int peek(struct xml_read *xml)
{
    return xml->at < xml->end || fill(xml) ? (unsigned char)xml->out[xml->at] : -1;
}

static int take(struct xml_read *xml)
{
    int c = peek(xml);

    if (c >= 0) {
        xml->at++;
        xml->line += c == '\n';
    }
    return c;
}

static bool take_if(struct xml_read *xml, char wanted)
{
    if (peek(xml) != wanted)
        return false;
    take(xml);
    return true;
}

static bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct xml_read *xml)
{
    while (is_blank(peek(xml)))
        take(xml);
}

static bool ends_name(int c)
{
    return c < 0 || is_blank(c) || strchr("/>=<?!\"'&", c);
}

/* Into token, and told when it is too long. Returns where it begins. */
static size_t take_name(struct xml_read *xml)
{
    size_t start = xml->token.length;

    while (!ends_name(peek(xml))) {
        if (xml->token.length - start == LIMIT_XML_NAME) {
            break_off(xml, "a name is longer than %d bytes", LIMIT_XML_NAME);
            break;
        }
        strbuf_addc(&xml->token, (char)take(xml));
    }
    if (xml->token.length == start)
        break_off(xml, "a name is missing");
    strbuf_addc(&xml->token, '\0');
    return start;
}

/* Passes over everything up to and with this. */
static void skip_past(struct xml_read *xml, const char *mark, const char *what)
{
    size_t length = strlen(mark), found = 0;
    int c;

    while (found < length && (c = take(xml)) >= 0) {
        if (c == mark[found])
            found++;
        else if (!(length == 3 && found == 2 && c == mark[0])) /* "--->", "]]]>" */
            found = c == mark[0];
    }
    if (found < length)
        break_off(xml, "the file ends inside %s", what);
}

/* Entities */

static const struct {
    const char *name;
    char character;
} entities[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};

/* "#10" or "#xa"; a character that does not exist becomes U+FFFD. */
static bool character_by_number(const char *text, uint32_t *character)
{
    bool hex = text[1] == 'x';
    const char *digits = text + (hex ? 2 : 1);
    size_t n = strspn(digits, hex ? "0123456789abcdefABCDEF" : "0123456789");

    if (text[0] != '#' || n == 0 || n > 8 || digits[n])
        return false;
    *character = (uint32_t)strtoul(digits, NULL, hex ? 16 : 10);
    if (*character == 0)
        *character = UTF_REPLACEMENT;
    return true;
}

/* After the "&", into buf: at most 12 bytes. */
static void take_entity(struct xml_read *xml, struct strbuf *buf)
{
    char name[12] = "";
    char utf8[UTF8_MAX];
    size_t length = 0;
    uint32_t character;

    while (length < sizeof(name) - 2 && !ends_name(peek(xml)) && peek(xml) != ';')
        name[length++] = (char)take(xml);
    name[length] = '\0';
    if (peek(xml) == ';') {
        for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
            if (!strcmp(entities[i].name, name)) {
                take(xml);
                strbuf_addc(buf, entities[i].character);
                return;
            }
        if (character_by_number(name, &character)) {
            take(xml);
            strbuf_add(buf, utf8, utf8_put(utf8, character));
            return;
        }
    }
    xml->n_unknown++;
    strbuf_addc(buf, '&');
    strbuf_add(buf, name, length);
}

/* Tags */

/* Whether there is room for a character or an entity of a value that began at start; told once. */
static bool has_room(struct xml_read *xml, size_t start, bool *cut)
{
    if (xml->token.length - start < LIMIT_XML_VALUE && xml->token.length < LIMIT_XML_TAG)
        return true;
    xml->n_cut += !*cut;
    *cut = true;
    return false;
}

static size_t take_value(struct xml_read *xml)
{
    size_t start = xml->token.length;
    int quote = take(xml);
    bool cut = false;
    int c;

    if (quote != '"' && quote != '\'') {
        break_off(xml, "a value is not in quotes");
        return start;
    }
    while ((c = take(xml)) != quote) {
        if (c < 0 || c == '<') {
            break_off(xml, c < 0 ? "the file ends inside a value" : "a value has a < in it");
            return start;
        }
        if (!has_room(xml, start, &cut))
            continue;
        if (c == '&')
            take_entity(xml, &xml->token);
        else
            strbuf_addc(&xml->token, is_blank(c) ? ' ' : (char)c);
    }
    strbuf_addc(&xml->token, '\0');
    return start;
}

static void take_attribute(struct xml_read *xml)
{
    size_t before = xml->token.length;
    struct attribute attribute = {.name = take_name(xml)};

    skip_blanks(xml);
    if (!xml->broken && !take_if(xml, '='))
        break_off(xml, "an attribute has no value");
    skip_blanks(xml);
    if (xml->broken)
        return;
    attribute.value = take_value(xml);
    if (xml->broken)
        return;
    if (xml->n_attributes == LIMIT_XML_ATTRIBUTES) {
        xml->n_cut++;
        xml->token.length = before;
    } else {
        xml->attributes[xml->n_attributes++] = attribute;
    }
}

static enum xml_event open_element(struct xml_read *xml)
{
    take_name(xml);
    for (;;) {
        skip_blanks(xml);
        if (xml->broken)
            return XML_END;
        if (take_if(xml, '>'))
            break;
        if (take_if(xml, '/')) {
            xml->close_next = take_if(xml, '>');
            if (!xml->close_next)
                break_off(xml, "a / inside a tag");
            break;
        }
        if (peek(xml) < 0)
            break_off(xml, "the file ends inside a tag");
        else
            take_attribute(xml);
    }
    if (xml->depth == LIMIT_XML_DEPTH) {
        xml->close_next = false;
        break_off(xml, "elements are more than %d deep inside each other", LIMIT_XML_DEPTH);
    }
    if (xml->broken)
        return XML_END;
    xml->starts[xml->depth++] = xml->path.length;
    strbuf_add(&xml->path, xml->token.text, strlen(xml->token.text) + 1);
    return XML_OPEN;
}

static const char *innermost(const struct xml_read *xml)
{
    return xml->path.text + xml->starts[xml->depth - 1];
}

static enum xml_event close_element(struct xml_read *xml)
{
    take_name(xml);
    skip_blanks(xml);
    if (!xml->broken && !take_if(xml, '>'))
        break_off(xml, "a closing tag does not end");
    if (!xml->broken && (xml->depth == 0 || strcmp(innermost(xml), xml->token.text) != 0))
        break_off(xml, "</%.40s> closes what is not open", xml->token.text);
    if (xml->broken)
        return XML_END;
    xml->leave = true;
    return XML_CLOSE;
}

/* Up to its own ">": quotes, comments and an internal subset may have others in them. */
static void skip_declaration(struct xml_read *xml)
{
    unsigned brackets = 0;
    int c;

    while ((c = take(xml)) >= 0) {
        if (c == '"' || c == '\'') {
            skip_past(xml, c == '"' ? "\"" : "'", "a document type");
        } else if (c == '<' && take_if(xml, '!') && take_if(xml, '-') && take_if(xml, '-')) {
            skip_past(xml, "-->", "a comment");
        } else if (c == '[') {
            brackets++;
        } else if (c == ']' && brackets > 0) {
            brackets--;
        } else if (c == '>' && brackets == 0) {
            return;
        }
    }
    break_off(xml, "the file ends inside a document type");
}

/* Text */

/* What is at hand without a character that needs a look. */
static void take_plain(struct xml_read *xml)
{
    const char *from = xml->out + xml->at;
    size_t length = xml->end - xml->at, n = 0, room = LIMIT_XML_VALUE - xml->token.length;

    if (length > room)
        length = room;
    while (n < length && from[n] != '<' && from[n] != '&') {
        xml->line += from[n] == '\n';
        n++;
    }
    strbuf_add(&xml->token, from, n);
    xml->at += n;
}

static void take_text(struct xml_read *xml)
{
    int c;

    while ((c = peek(xml)) >= 0 && c != '<') {
        bool full = xml->token.length >= LIMIT_XML_VALUE;

        if (full && (c & 0xC0) != 0x80)
            return; /* a piece ends between characters */
        if (c == '&') {
            take(xml);
            take_entity(xml, &xml->token);
        } else if (full) {
            strbuf_addc(&xml->token, (char)take(xml));
        } else {
            take_plain(xml);
        }
    }
}

/* <![CDATA[...]]>, of which the first nine are taken. */
static void take_cdata(struct xml_read *xml)
{
    size_t brackets = 0; /* that are not in token yet: they may be part of the end */
    bool cut = false;
    int c;

    while ((c = take(xml)) >= 0) {
        bool end = c == '>' && brackets >= 2;

        if (c == ']') {
            brackets++;
            continue;
        }
        for (; brackets > (end ? 2 : 0); brackets--)
            if (has_room(xml, 0, &cut))
                strbuf_addc(&xml->token, ']');
        if (end)
            return;
        if (has_room(xml, 0, &cut))
            strbuf_addc(&xml->token, (char)c);
    }
    break_off(xml, "the file ends inside CDATA");
}

static bool take_word(struct xml_read *xml, const char *word)
{
    while (*word && take_if(xml, *word))
        word++;
    return !*word;
}

static bool has_content(const struct strbuf *text)
{
    for (size_t i = 0; i < text->length; i++)
        if (!is_blank(text->text[i]))
            return true;
    return false;
}

static enum xml_event after_bang(struct xml_read *xml)
{
    if (take_if(xml, '-')) {
        if (!take_if(xml, '-'))
            break_off(xml, "<!- is no tag");
        else
            skip_past(xml, "-->", "a comment");
    } else if (take_if(xml, '[')) {
        if (!take_word(xml, "CDATA["))
            break_off(xml, "<![ is no tag");
        else
            take_cdata(xml);
        if (!xml->broken && has_content(&xml->token))
            return XML_TEXT;
    } else {
        skip_declaration(xml);
    }
    return XML_END;
}

/* One piece of markup or text; XML_END for what is no event. */
static enum xml_event next_piece(struct xml_read *xml)
{
    if (!take_if(xml, '<')) {
        take_text(xml);
        return xml->depth > 0 && has_content(&xml->token) ? XML_TEXT : XML_END;
    }
    if (take_if(xml, '!'))
        return after_bang(xml);
    if (take_if(xml, '?')) {
        skip_past(xml, "?>", "a processing instruction");
        return XML_END;
    }
    return take_if(xml, '/') ? close_element(xml) : open_element(xml);
}

enum xml_event xml_next(struct xml_read *xml)
{
    if (xml->leave) {
        xml->leave = false;
        xml->depth--;
        xml->path.length = xml->starts[xml->depth];
    }
    if (xml->close_next) {
        xml->close_next = false;
        xml->leave = true;
        xml->n_attributes = 0;
        return xml->event = XML_CLOSE;
    }
    do {
        strbuf_clear(&xml->token);
        xml->n_attributes = 0;
        if (xml->broken || peek(xml) < 0) {
            if (xml->depth > 0)
                break_off(xml, "the file ends inside <%.40s>", innermost(xml));
            return xml->event = XML_END;
        }
        xml->event = next_piece(xml);
    } while (xml->event == XML_END && !xml->broken);
    return xml->event;
}

/* What came of it */

const char *xml_name(const struct xml_read *xml)
{
    return xml->event == XML_OPEN || xml->event == XML_CLOSE ? innermost(xml) : "";
}

bool xml_is(const struct xml_read *xml, const char *name)
{
    return strcmp(xml_name(xml), name) == 0;
}

const char *xml_attribute(const struct xml_read *xml, const char *name)
{
    for (unsigned i = 0; i < xml->n_attributes; i++)
        if (!strcmp(xml->token.text + xml->attributes[i].name, name))
            return xml->token.text + xml->attributes[i].value;
    return NULL;
}

const char *xml_text(const struct xml_read *xml)
{
    return xml->event == XML_TEXT ? strbuf_text(&xml->token) : "";
}

unsigned xml_depth(const struct xml_read *xml)
{
    return xml->depth;
}

unsigned long xml_line(const struct xml_read *xml)
{
    return xml->line;
}

bool xml_broken(const struct xml_read *xml)
{
    return xml->broken;
}

static void add_problem(char *problem, size_t size, const char *format, ...) PRINTF_LIKE(3, 4);

static void add_problem(char *problem, size_t size, const char *format, ...)
{
    size_t length = strlen(problem);
    va_list args;

    if (length > 0 && length + 2 < size)
        strcpy(problem + length, "; ");
    length = strlen(problem);
    va_start(args, format);
    vsnprintf(problem + length, size - length, format, args);
    va_end(args);
}

const char *xml_problem(const struct xml_read *xml)
{
    /* Composed when it is asked for; it is no part of what the caller sees change. */
    char *problem = ((struct xml_read *)xml)->problem;
    const size_t size = sizeof(xml->problem);

    *problem = '\0';
    if (xml->input->error)
        add_problem(problem, size, "reading stopped: %s", xml->input->error);
    if (xml->limit_reached)
        add_problem(problem, size, "it is too long to be read to its end");
    if (xml->broken)
        add_problem(problem, size, "line %lu: %s", xml->line, xml->broken_by);
    if (xml->n_cut)
        add_problem(problem, size, "values cut or left out for their length or number: %lu",
                    xml->n_cut);
    if (xml->n_unknown)
        add_problem(problem, size, "entities that are not known: %lu", xml->n_unknown);
    if (xml->decoder.n_replaced)
        add_problem(problem, size, "characters that are not valid: %lu", xml->decoder.n_replaced);
    return *problem ? problem : NULL;
}

/* Before the first tag there may be a mark of the encoding, which is no ASCII. */
static bool may_be_xml(const struct input *input)
{
    for (size_t i = 0; i < input->n_head; i++) {
        uint8_t byte = input->head[i];

        if (byte == '<')
            return true;
        if (byte && byte < 0x80 && !is_blank(byte))
            return false;
    }
    return false;
}

bool xml_probe(const struct input *input, const char *root)
{
    struct input head;
    struct xml_read *xml;
    bool found;

    if (!may_be_xml(input))
        return false;
    input_from_memory(&head, input->name, input->head, input->n_head);
    xml = xml_open(&head, (int64_t)input->n_head);
    found = xml_next(xml) == XML_OPEN && xml_is(xml, root);
    xml_close(xml);
    return found;
}
