/* Version quadruples and build-lab strings, read from text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "buildlab.h"

#include <string.h>

/* No part of a Windows version needs more; longer runs of digits are something else. */
#define PART_DIGITS 8

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Digits at text as a number; the count of digits, 0 when there are none or too many. */
static size_t part_parse(const char *text, int32_t *part)
{
    size_t n = 0;
    int32_t value = 0;

    while (is_digit(text[n])) {
        if (n == PART_DIGITS)
            return 0;
        value = value * 10 + (text[n] - '0');
        n++;
    }
    *part = value;
    return n;
}

size_t version_parse(const char *text, struct version *version)
{
    int32_t *parts[] = {&version->major, &version->minor, &version->build, &version->revision};
    size_t at = 0;

    *version = VERSION_NONE;
    for (int i = 0; i < 4; i++) {
        size_t dot = i > 0;
        int32_t part;
        size_t n;

        if (dot && text[at] != '.')
            break;
        n = part_parse(text + at + dot, &part);
        if (n == 0)
            break;
        *parts[i] = part;
        at += dot + n;
    }
    if (version->minor == VERSION_UNKNOWN)
        return 0;
    return at;
}

int version_compare(const struct version *a, const struct version *b)
{
    const int32_t parts[4][2] = {{a->major, b->major},
                                 {a->minor, b->minor},
                                 {a->build, b->build},
                                 {a->revision, b->revision}};

    for (int i = 0; i < 4; i++)
        if (parts[i][0] != parts[i][1])
            return parts[i][0] > parts[i][1] ? 1 : -1;
    return 0;
}

/* A word of a lab string: letters, digits, '_' and '-', length bytes long. */
static size_t word_length(const char *text)
{
    size_t n = 0;

    while (is_digit(text[n]) || (lower(text[n]) >= 'a' && lower(text[n]) <= 'z') ||
           text[n] == '_' || text[n] == '-')
        n++;
    return n;
}

/* "240927-1811"; a timestamp that was cut off leaves day and minute unknown. */
static bool timestamp_parse(const char *text, size_t length, struct build_lab *lab)
{
    int digits[10];
    int n = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == '-' && i == 6)
            continue;
        if (!is_digit(text[i]) || n == 10)
            return false;
        digits[n++] = text[i] - '0';
    }
    lab->day = DAY_NONE;
    lab->minute = VERSION_UNKNOWN;
    if (length == 11 && n == 10) {
        int hour = digits[6] * 10 + digits[7];
        int minute = digits[8] * 10 + digits[9];

        lab->day = day_from_ymd(2000 + digits[0] * 10 + digits[1], digits[2] * 10 + digits[3],
                                digits[4] * 10 + digits[5]);
        if (lab->day != DAY_NONE && hour < 24 && minute < 60)
            lab->minute = hour * 60 + minute;
        return lab->day != DAY_NONE;
    }
    /* Kernel memory holds the string in 32 bytes, so dumps end anywhere inside the timestamp. */
    return length < 11;
}

/* "amd64fre" into architecture and flavour. */
static bool arch_flavour_parse(const char *text, size_t length, struct build_lab *lab)
{
    static const char *const archs[] = {"x86", "amd64", "ia64", "x64", "arm", "arm64", "alpha"};

    if (length < 4 || (strncmp(text + length - 3, "fre", 3) && strncmp(text + length - 3, "chk", 3)))
        return false;
    for (size_t i = 0; i < sizeof(archs) / sizeof(archs[0]); i++) {
        if (strlen(archs[i]) == length - 3 && !strncmp(text, archs[i], length - 3)) {
            memcpy(lab->arch, text, length - 3);
            lab->arch[length - 3] = '\0';
            memcpy(lab->flavour, text + length - 3, 3);
            lab->flavour[3] = '\0';
            return true;
        }
    }
    return false;
}

static bool all_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!is_digit(text[i]))
            return false;
    return length > 0;
}

/* A branch name starts with a letter: winmain, vistasp2_ldr_escrow, lh_sp2rtm. */
static bool branch_parse(const char *text, size_t length, struct build_lab *lab)
{
    if (length == 0 || length >= LAB_BRANCH_SIZE || is_digit(text[0]) || text[0] == '-')
        return false;
    memcpy(lab->branch, text, length);
    lab->branch[length] = '\0';
    return true;
}

static const char *skip_blanks(const char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    return text;
}

bool build_lab_parse(const char *text, struct build_lab *lab)
{
    struct version version;
    bool bracket = false;
    size_t n;

    *lab = (struct build_lab){.build = VERSION_UNKNOWN,
                              .revision = VERSION_UNKNOWN,
                              .day = DAY_NONE,
                              .minute = VERSION_UNKNOWN};
    text = skip_blanks(text);
    /* "6.0.6002.18005 (lh_sp2rtm.090410-1830)" */
    n = version_parse(text, &version);
    if (n && version.revision != VERSION_UNKNOWN && (text[n] == ' ' || text[n] == '(')) {
        lab->build = version.build;
        lab->revision = version.revision;
        text = skip_blanks(text + n);
        if (*text != '(')
            return false;
        text++;
        bracket = true;
    } else {
        for (int i = 0; i < 2; i++) {
            n = word_length(text);
            if (!all_digits(text, n) || text[n] != '.')
                break;
            if (part_parse(text, i == 0 ? &lab->build : &lab->revision) != n)
                return false;
            text += n + 1;
        }
        n = word_length(text);
        if (text[n] == '.' && arch_flavour_parse(text, n, lab))
            text += n + 1;
    }
    n = word_length(text);
    if (!branch_parse(text, n, lab) || text[n] != '.')
        return false;
    text += n + 1;
    n = word_length(text);
    if (!timestamp_parse(text, n, lab))
        return false;
    text += n;
    if (bracket && *text++ != ')')
        return false;
    return *skip_blanks(text) == '\0';
}

/* Whether word stands in text as a word of its own, letter case ignored. */
static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = text; *at; at++) {
        size_t n = 0;

        if (at > text && word_length(at - 1) > 0 && at[-1] != '-' && at[-1] != '_')
            continue;
        while (n < length && lower(at[n]) == word[n])
            n++;
        if (n == length && (word_length(at + n) == 0 || at[n] == '-' || at[n] == '_'))
            return true;
    }
    return false;
}

const char *arch_canonical(const char *text)
{
    static const struct {
        const char *word, *arch;
    } words[] = {
        {"x64", "x64"},     {"amd64", "x64"}, {"x86_64", "x64"}, {"em64t", "x64"},
        {"intel64", "x64"}, {"x86-64", "x64"}, {"ia64", "ia64"},  {"itanium", "ia64"},
        {"ia-64", "ia64"},  {"x86", "x86"},   {"i386", "x86"},   {"i486", "x86"},
        {"i586", "x86"},    {"i686", "x86"},  {"32-bit", "x86"},
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (has_word(text, words[i].word))
            return words[i].arch;
    return NULL;
}
