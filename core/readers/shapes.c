/* The shapes in which Windows writes its version: see the header.
 *
 * SPDX-License-Identifier: MIT
 */
#include "shapes.h"

#include "../ascii.h"

#include <string.h>

/* Labels are words, not sentences. In bytes: twenty ideographs take sixty. */
#define LABEL_BYTES 120

struct span span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

size_t blank_length(const char *text, size_t length)
{
    static const char *const wide[] = {
        "\xc2\xa0",     /* no-break */
        "\xe2\x80\x87", /* figure */
        "\xe2\x80\x89", /* thin */
        "\xe2\x80\xaf", /* narrow no-break: digit groups of newer French */
        "\xe3\x80\x80", /* ideographic */
        "\xef\xbb\xbf", /* byte order mark in the middle of a text */
    };

    if (length == 0)
        return 0;
    if (*text == ' ' || *text == '\t')
        return 1;
    /* Asked for nearly every byte of a text: ASCII is done with here. */
    if ((unsigned char)*text < 0x80)
        return 0;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
        size_t n = strlen(wide[i]);

        if (length >= n && !strncmp(text, wide[i], n))
            return n;
    }
    return 0;
}

static size_t blank_before(struct span span)
{
    if (span.length > 0 && (unsigned char)span.text[span.length - 1] < 0x80)
        return blank_length(span.text + span.length - 1, 1);
    for (size_t n = 1; n <= 3 && n <= span.length; n++)
        if (blank_length(span.text + span.length - n, n) == n)
            return n;
    return 0;
}

struct span span_trim(struct span span)
{
    size_t n;

    while ((n = blank_length(span.text, span.length)) > 0) {
        span.text += n;
        span.length -= n;
    }
    while ((n = blank_before(span)) > 0)
        span.length -= n;
    return span;
}

struct span span_from(struct span span, size_t offset)
{
    if (offset > span.length)
        offset = span.length;
    return (struct span){span.text + offset, span.length - offset};
}

bool span_is(struct span span, const char *text)
{
    return span.length == strlen(text) && ascii_equal_n(span.text, text, span.length);
}

bool span_starts(struct span span, const char *text)
{
    size_t length = strlen(text);

    return span.length >= length && ascii_equal_n(span.text, text, length);
}

bool span_ends(struct span span, const char *text)
{
    size_t length = strlen(text);

    return span.length >= length && ascii_equal_n(span.text + span.length - length, text, length);
}

size_t span_find(struct span span, const char *text)
{
    size_t length = strlen(text), i = 0;
    char first = ascii_lower(*text);
    bool letter = first >= 'a' && first <= 'z';

    while (i + length <= span.length) {
        if (!letter) {
            const char *at = memchr(span.text + i, first, span.length - length - i + 1);

            if (!at)
                break;
            i = (size_t)(at - span.text);
        }
        if (ascii_lower(span.text[i]) == first && ascii_equal_n(span.text + i, text, length))
            return i;
        i++;
    }
    return span.length;
}

bool span_has(struct span span, const char *text)
{
    return span_find(span, text) < span.length;
}

char *span_copy(struct span span, char *buffer, size_t size)
{
    size_t length = span.length < size ? span.length : size - 1;

    /* Not in the middle of a character. */
    if (length < span.length)
        while (length > 0 && ((unsigned char)span.text[length] & 0xc0) == 0x80)
            length--;
    memcpy(buffer, span.text, length);
    buffer[length] = '\0';
    return buffer;
}

static bool is_label_byte(unsigned char byte)
{
    switch (byte) {
    case '"':
    case '<':
    case '>':
    case '=':
    case '[':
    case ']':
    case '{':
    case '}':
    case '`':
    case '|':
    case '\\':
        return false;
    default:
        return byte >= ' ';
    }
}

static bool is_label(struct span label)
{
    if (label.length == 0 || label.length > LABEL_BYTES)
        return false;
    for (size_t i = 0; i < label.length; i++)
        if (!is_label_byte((unsigned char)label.text[i]))
            return false;
    return true;
}

bool shape_labelled(struct span line, struct span *label, struct span *value)
{
    line = span_trim(line);
    for (size_t i = 0; i < line.length && i <= LABEL_BYTES; i++) {
        size_t colon = line.text[i] == ':'                                       ? 1
                       : line.length - i >= 3 && !memcmp(line.text + i, "：", 3) ? 3
                                                                                 : 0;

        if (colon && (i + colon == line.length ||
                      blank_length(line.text + i + colon, line.length - i - colon))) {
            *label = span_trim((struct span){line.text, i});
            *value = span_trim(span_from(line, i + colon));
            return is_label(*label);
        }
    }
    return false;
}

bool shape_tabbed(struct span line, struct span *label, struct span *value)
{
    const char *tab;

    line = span_trim(line);
    tab = memchr(line.text, '\t', line.length);
    if (!tab)
        return false;
    *label = span_trim((struct span){line.text, (size_t)(tab - line.text)});
    *value = span_trim(span_from(line, (size_t)(tab - line.text)));
    if (span_ends(*label, ":"))
        label->length--;
    return is_label(*label);
}

/* Digits at the start of span, at most nine of them; returns how many, 0 when more. */
static size_t take_number(struct span span, int32_t *number)
{
    size_t n = 0;

    *number = 0;
    while (n < span.length && ascii_is_digit(span.text[n])) {
        if (n == 9)
            return 0;
        *number = *number * 10 + (span.text[n] - '0');
        n++;
    }
    return n;
}

size_t shape_numbers(struct span value, int32_t *numbers, size_t max)
{
    size_t count = 0;

    while (count < max) {
        size_t n = take_number(value, &numbers[count]);

        if (n == 0)
            return 0;
        count++;
        value = span_from(value, n);
        if (value.length == 0)
            return count;
        if (*value.text != '.')
            return 0;
        value = span_from(value, 1);
    }
    return 0;
}

/* A version of two to four parts at the start of span, followed by no further digit or part. */
static size_t take_version(struct span span, struct version *version)
{
    size_t length;

    *version = VERSION_NONE;
    if (span.length == 0 || !ascii_is_digit(*span.text))
        return 0;
    length = version_parse(span.text, version);
    if (length == 0 || length > span.length)
        return 0;
    if (length < span.length && (ascii_is_word(span.text[length]) ||
                                 (span.text[length] == '.' && length + 1 < span.length &&
                                  ascii_is_digit(span.text[length + 1]))))
        return 0;
    return length;
}

int32_t shape_first_number(struct span value)
{
    for (size_t i = 0; i < value.length; i++) {
        int32_t number;

        if (ascii_is_digit(value.text[i]))
            return take_number(span_from(value, i), &number) ? number : -1;
    }
    return -1;
}

int32_t shape_service_pack(struct span value)
{
    size_t at = span_find(value, "Service Pack ");
    int32_t number;
    size_t n;

    if (at == value.length)
        return VERSION_UNKNOWN;
    value = span_from(value, at + strlen("Service Pack "));
    n = take_number(value, &number);
    return n == 1 && (n == value.length || !ascii_is_word(value.text[n])) ? number
                                                                          : VERSION_UNKNOWN;
}

/* The service pack between the version and the build of systeminfo: "Service Pack 2", "Service
 * Pack 2, v.286", "2. szervizcsomag", or words that stand for "none". */
static int32_t service_pack_in_words(struct span words)
{
    int32_t number = VERSION_UNKNOWN;

    for (size_t i = 0; i < words.length; i++) {
        bool starts = i == 0 || blank_length(words.text + i - 1, 1) > 0;

        if (!ascii_is_digit(words.text[i]))
            continue;
        if (starts && (i + 1 == words.length || !ascii_is_word(words.text[i + 1])) &&
            number == VERSION_UNKNOWN)
            number = words.text[i] - '0';
    }
    if (number == VERSION_UNKNOWN && shape_first_number(words) < 0 &&
        !span_has(words, "Service Pack"))
        return 0;
    return number;
}

bool shape_systeminfo_version(struct span value, struct shape_os *os)
{
    static const char *const build_words[] = {
        "Build", "Service Pack", "сборка", "ビルド", "版本", "組建", "빌드", "ompila", "uméro",
    };
    struct version *version = &os->version;
    struct span words;
    size_t n, digits = 0;
    bool named = false;

    *os = (struct shape_os){VERSION_NONE, VERSION_UNKNOWN, VERSION_UNKNOWN};
    value = span_trim(value);
    n = take_version(value, version);
    if (n == 0 || version->build == VERSION_UNKNOWN || version->revision != VERSION_UNKNOWN ||
        !blank_length(value.text + n, value.length - n))
        return false;
    words = span_trim(span_from(value, n));
    while (digits < words.length && ascii_is_digit(words.text[words.length - digits - 1]))
        digits++;
    if (digits < 4 || digits > 5)
        return false;
    take_number(span_from(words, words.length - digits), &os->build_again);
    words.length -= digits;
    if (words.length == 0 || words.text[words.length - 1] == '.')
        return false;
    for (size_t i = 0; i < sizeof(build_words) / sizeof(build_words[0]); i++)
        named = named || span_has(words, build_words[i]);
    /* Words that are not known may say anything: then the second number must be the first. */
    if (!named && os->build_again != version->build)
        return false;
    os->service_pack = service_pack_in_words(words);
    return true;
}

/* The rest of "...(Build 6003: Service Pack 2, v.744)" after "Build". */
static bool winver_brackets(struct span inside, struct shape_os *os)
{
    size_t at = 0, n;

    while (at < inside.length && !ascii_is_digit(inside.text[at]))
        at++;
    n = take_number(span_from(inside, at), &os->version.build);
    if (at == 0 || n < 4 || n > 5)
        return false;
    inside = span_from(inside, at + n);
    if (inside.length > 1 && *inside.text == '.') {
        n = take_number(span_from(inside, 1), &os->version.revision);
        return n > 0 && n + 1 == inside.length;
    }
    inside = span_trim(inside);
    if (inside.length == 0) {
        os->service_pack = 0;
        return true;
    }
    if (*inside.text == ':')
        inside = span_from(inside, 1);
    else if (span_starts(inside, "："))
        inside = span_from(inside, 3);
    else
        return false;
    os->service_pack = shape_service_pack(inside);
    if (os->service_pack == VERSION_UNKNOWN)
        os->service_pack = service_pack_in_words(inside);
    return os->service_pack != VERSION_UNKNOWN && os->service_pack > 0;
}

bool shape_winver(struct span line, struct shape_os *os)
{
    struct span word, inside;
    size_t open, n = 0;

    *os = (struct shape_os){VERSION_NONE, VERSION_UNKNOWN, VERSION_UNKNOWN};
    line = span_trim(line);
    if (span_ends(line, ")"))
        line.length--;
    else if (span_ends(line, "）"))
        line.length -= 3;
    else
        return false;
    open = span_find(line, "(");
    if (open == line.length)
        open = span_find(line, "（");
    if (open == line.length)
        return false;
    inside = span_from(line, open + (line.text[open] == '(' ? 1 : 3));
    word = span_trim((struct span){line.text, open});
    /* One word for "version", in any script, then the number. */
    while (n < word.length && !ascii_is_digit(word.text[n]))
        n++;
    if (n == 0 || n > 40 || n == word.length || memchr(word.text, ':', n) ||
        memchr(word.text, '"', n) ||
        memchr(word.text, ' ', span_trim((struct span){word.text, n}).length))
        return false;
    word = span_from(word, n);
    if (!winver_brackets(span_trim(inside), os))
        return false;
    n = take_version(word, &(struct version){0});
    if (n == word.length && n > 0) {
        struct version version;

        take_version(word, &version);
        if (version.build != VERSION_UNKNOWN)
            return false;
        os->version.major = version.major;
        os->version.minor = version.minor;
        /* "version 3.0 (December 2000)" has the shape as well. */
        return os->service_pack > 0 || shape_known_build(&os->version);
    }
    /* "22H2" names a release of Windows 10 or 11, whose brackets hold build and revision. */
    return word.length == 4 && os->version.revision != VERSION_UNKNOWN;
}

bool shape_ver(struct span line, struct shape_os *os, bool *wine)
{
    struct span inside;
    size_t n = 0;

    *os = (struct shape_os){VERSION_NONE, VERSION_UNKNOWN, VERSION_UNKNOWN};
    *wine = false;
    line = span_trim(line);
    if (!span_starts(line, "Microsoft Windows ") && !span_starts(line, "Microsoft(R) Windows"))
        return false;
    if (!span_ends(line, "]")) {
        inside = span_from(line, strlen("Microsoft Windows "));
        n = take_version(inside, &os->version);
        *wine = n > 0 && n == inside.length && os->version.build != VERSION_UNKNOWN;
        return *wine;
    }
    line.length--;
    n = span_find(line, "[");
    if (n == line.length || n > 40)
        return false;
    inside = span_trim(span_from(line, n + 1));
    n = 0;
    while (n < inside.length && !ascii_is_digit(inside.text[n]))
        n++;
    if (n > 40 || memchr(inside.text, '[', n) || memchr(inside.text, '%', n))
        return false;
    inside = span_from(inside, n);
    n = take_version(inside, &os->version);
    return n > 0 && n == inside.length && os->version.build != VERSION_UNKNOWN;
}

uint32_t shape_kb(struct span value)
{
    int32_t number;
    size_t n;

    value = span_trim(value);
    if (!span_starts(value, "KB"))
        return 0;
    n = take_number(span_from(value, 2), &number);
    if (n < 5 || n > 8)
        return 0;
    /* "KB958830-v2" is a repackaging of the same. */
    if (n + 2 < value.length &&
        !(span_starts(span_from(value, n + 2), "-v") && value.length - n - 2 <= 4))
        return 0;
    return (uint32_t)number;
}

bool shape_entry(struct span line, int32_t *number, struct span *entry)
{
    size_t n;

    line = span_trim(line);
    if (line.length < 4 || *line.text != '[')
        return false;
    n = take_number(span_from(line, 1), number);
    if (n == 0 || n > 4 || !span_starts(span_from(line, 1 + n), "]:"))
        return false;
    *entry = span_trim(span_from(line, n + 3));
    return true;
}

const char *shape_system_type(struct span value)
{
    static const struct {
        const char *word, *arch;
    } words[] = {{"x64", "x64"},      {"amd64", "x64"}, {"em64t", "x64"},
                 {"itanium", "ia64"}, {"ia64", "ia64"}, {"x86", "x86"}};

    value = span_trim(value);
    if (value.length > 48)
        return NULL;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (span_starts(value, words[i].word) || span_has(value, words[i].word))
            return words[i].arch;
    return NULL;
}

bool shape_product_id(struct span value)
{
    size_t group[4] = {0}, groups = 1;

    value = span_trim(value);
    for (size_t i = 0; i < value.length; i++) {
        if (value.text[i] == '-') {
            if (++groups > 4)
                return false;
        } else if (ascii_is_word(value.text[i]) && value.text[i] != '_') {
            group[groups - 1]++;
        } else {
            return false;
        }
    }
    return groups == 4 && group[0] == 5 && group[3] == 5 &&
           ((group[1] == 3 && group[2] == 7) || (group[1] == 5 && group[2] == 5));
}

bool shape_wine_product_id(struct span value)
{
    return span_is(span_trim(value), "12345-oem-0000001-54321");
}

bool shape_wine_product(struct span value)
{
    value = span_trim(value);
    return span_is(value, "Microsoft Windows 2008") || span_is(value, "Microsoft Windows 2008 R2");
}

/* Bytes of the one character at text, whatever a code page made of it. */
static size_t character_length(struct span span)
{
    size_t n = span.length ? 1 : 0;

    while (n < span.length && ((unsigned char)span.text[n] & 0xc0) == 0x80)
        n++;
    return n;
}

int64_t shape_memory_kb(struct span value)
{
    int64_t number = 0;
    struct span rest = span_trim(value);

    for (int groups = 0;; groups++) {
        size_t n = 0, mark;

        while (n < rest.length && ascii_is_digit(rest.text[n])) {
            if (number > INT32_MAX)
                return -1;
            number = number * 10 + (rest.text[n++] - '0');
        }
        if (n == 0 || (groups > 0 && n != 3))
            return -1;
        rest = span_from(rest, n);
        /* Between groups of three digits stands any one mark; nothing else has digits after. */
        mark = character_length(rest);
        if (mark + 3 > rest.length || ascii_is_word(*rest.text) || !ascii_is_digit(rest.text[mark]))
            break;
        rest = span_from(rest, mark);
    }
    rest = span_trim(rest);
    if (rest.length == 0 || rest.length > 16)
        return -1;
    if (span_starts(rest, "M") || span_starts(rest, "М"))
        return number * 1024;
    if (span_starts(rest, "K") || span_starts(rest, "К"))
        return number;
    return -1;
}

bool shape_locale(struct span value)
{
    size_t n = 0;

    while (n < value.length && (ascii_is_word(value.text[n]) || value.text[n] == '-'))
        n++;
    return n >= 2 && n <= 11 && n + 1 < value.length && value.text[n] == ';' &&
           !ascii_is_digit(*value.text) &&
           (n == 2 || n == 3 || value.text[2] == '-' || value.text[3] == '-');
}

bool shape_known_build(const struct version *version)
{
    static const struct version first_last[][2] = {
        {{3, 51, 1057, 0}, {3, 51, 1057, 0}},  {{4, 0, 1381, 0}, {4, 0, 1381, 0}},
        {{5, 0, 2195, 0}, {5, 0, 2195, 0}},    {{5, 1, 2600, 0}, {5, 1, 2600, 0}},
        {{5, 2, 3790, 0}, {5, 2, 3790, 0}},    {{6, 0, 5000, 0}, {6, 0, 6003, 0}},
        {{6, 1, 6519, 0}, {6, 1, 7602, 0}},    {{6, 2, 7850, 0}, {6, 2, 9201, 0}},
        {{6, 3, 9231, 0}, {6, 3, 9600, 0}},    {{6, 4, 9841, 0}, {6, 4, 9883, 0}},
        {{10, 0, 9888, 0}, {10, 0, 99999, 0}},
    };

    for (size_t i = 0; i < sizeof(first_last) / sizeof(first_last[0]); i++)
        if (version->major == first_last[i][0].major && version->minor == first_last[i][0].minor)
            return version->build >= first_last[i][0].build &&
                   version->build <= first_last[i][1].build;
    return false;
}
