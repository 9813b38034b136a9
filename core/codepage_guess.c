/* Which code page a text is in: the one whose reading looks most like words.
 *
 * Each page reads the same bytes as different characters. Every character beyond ASCII gets
 * points for being one that people write, in its place: a letter between letters of its script and
 * case, a registered-trademark sign behind a word, a no-break space between digits. It loses them
 * for a line drawing or a fraction inside a word, a capital inside a small word, or a second byte
 * that swallowed a Latin letter. The sum decides, over the whole sample, so that one odd
 * character does not.
 *
 * Pages that read all bytes alike tie, and the earlier in the table wins. German, French or
 * Spanish words mostly do in 850, 437 and 852; 850 comes first because it is what cmd.exe uses in
 * Western Europe, 437 after it (United States, where such letters are rare).
 *
 * SPDX-License-Identifier: MIT
 */
#include "codepage.h"

#include "utf.h"

#include <string.h>

/* Characters beyond ASCII that are weighed; a report of 2-20 KiB has at most some thousands. */
#define SAMPLE_CHARACTERS 4000

enum family { FAMILY_WEST, FAMILY_CENTRAL, FAMILY_CYRILLIC, FAMILY_JAPANESE, FAMILY_CHINESE };

static const struct candidate {
    unsigned number;
    enum family family;
} candidates[] = {
    {850, FAMILY_WEST},     {437, FAMILY_WEST},     {1252, FAMILY_WEST},   {852, FAMILY_CENTRAL},
    {866, FAMILY_CYRILLIC}, {932, FAMILY_JAPANESE}, {936, FAMILY_CHINESE},
};

/* Letters that are frequent in the languages of a page, and letters that occur. */
static const uint16_t west_common[] = u"äöüßéèàìêçñóíáúôåøæãÄÖÜÉ";
static const uint16_t west_fair[] = u"õùîûâëïòœÀÈÊÇÑÓÍÁÚÃÕÔÎÂÅØÆÌÒÙ";
static const uint16_t central_common[] = u"ąćęłńóśźżáéíčěšřžýůúöüőűťďäôŁŚŻ";
static const uint16_t central_fair[] = u"ňČŘŠŽÁÉÍÓÚÝŐŰÖÜÄĆŹŃĽľĺďĎťŤđĐăâîşţĂÂÎŞŢßç";

struct around {
    uint32_t before; /* 0 at the edge */
    uint32_t here;
    uint32_t after;
};

static bool is_in(const uint16_t *set, uint32_t character)
{
    while (*set && *set != character)
        set++;
    return *set != 0;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_upper(uint32_t c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_ascii_letter(uint32_t c)
{
    return is_ascii_upper(c) || (c >= 'a' && c <= 'z');
}

/* The accented letters of the tables: Latin-1 and Latin Extended-A. */
static bool is_accented(uint32_t c)
{
    return (c >= 0xC0 && c <= 0x17F && c != 0xD7 && c != 0xF7) || c == 0x192;
}

static bool is_latin(uint32_t c)
{
    return is_ascii_letter(c) || is_accented(c);
}

static bool is_cyrillic(uint32_t c)
{
    return c >= 0x400 && c <= 0x45F;
}

static bool is_cjk(uint32_t c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF);
}

static bool is_letter(uint32_t c)
{
    return is_latin(c) || is_cyrillic(c);
}

static bool is_word(uint32_t c)
{
    return is_letter(c) || is_digit(c) || is_cjk(c);
}

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xA0;
}

static bool is_upper(uint32_t c)
{
    if (c < 0x80)
        return is_ascii_upper(c);
    if (c < 0x100)
        return c >= 0xC0 && c <= 0xDE;
    if (c < 0x180) /* pairs, capital first; on even numbers but for two stretches */
        return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E) ? c % 2 == 1
               : c == 0x178                                             ? true
                                                                        : c % 2 == 0 && c != 0x138;
    return c >= 0x400 && c <= 0x42F;
}

static bool is_lower(uint32_t c)
{
    return is_letter(c) && !is_upper(c);
}

static bool is_vowel(uint32_t c)
{
    return c < 0x80 ? c && strchr("aeiouyAEIOUY", (int)c) != NULL
                    : is_in(u"äöüéèàêóíáúôåøæãõùîûâëïìòœąęěůőűÄÖÜÉÈÀÊÓÍÁÚÔÅØÆÃÕÙ", c);
}

static bool is_box(uint32_t c)
{
    return c >= 0x2500 && c <= 0x25A0;
}

/* What a letter is worth for the company it keeps. */
static int score_company(const struct around *at)
{
    int score = 0;

    if (is_upper(at->here)) {
        if (is_lower(at->before))
            score -= 25;
    } else if (is_upper(at->after)) {
        score -= 15;
    }
    if (is_digit(at->before) || is_digit(at->after))
        score -= 8;
    if (!is_letter(at->before) && !is_letter(at->after))
        score -= 5;
    return score;
}

/* Where a letter stands in words, for those that the pages exchange: e circumflex in 850 is l with
 * stroke in 852, and so on. */
static int score_spelling(const struct around *at)
{
    bool after_vowel = is_vowel(at->before);
    uint32_t next = at->after;

    switch (at->here) {
    case 0xDF: /* sharp s */
        return !after_vowel ? -20 : is_in(u"rvmcp", next) ? -6 : 0;
    case 0x144: /* n acute */
        return after_vowel ? 0 : -20;
    case 0xE1: /* a acute */
        return after_vowel && at->before != 'i' && at->before != 'u' ? -8 : 0;
    case 0xE4: /* a diaeresis */
        return is_in(u"ao", at->before) || (at->before == 'e' && !is_letter(next)) ? -8 : 0;
    case 0xE5: /* a ring */
        return after_vowel ? -8 : 0;
    case 0xE3: /* a tilde */
        return is_in(u"oe", next) || !is_letter(next) ? 0 : -10;
    case 0xF5: /* o tilde */
        return next == 'e' ? 0 : -6;
    case 0xE0: /* a grave: at the end */
        return is_letter(next) ? -8 : 0;
    case 0xEC: /* i grave: sì, così, lunedì */
        return !is_letter(next) && is_in(u"SsdLl", at->before) ? 0 : -8;
    case 0xE7: /* c cedilla: before a dark vowel, which may have an accent */
        return is_in(u"aouãáõóàâú", next) ? 0 : -14;
    case 0xEA: /* e circumflex */
        return is_vowel(next) || is_in(u"aeoy", at->before) ? -12 : 0;
    case 0xEB: /* e and i diaeresis: parted from the vowel before */
    case 0xEF:
        return after_vowel ? 6 : -6;
    case 0x151: /* o double acute */
        return after_vowel ? -8 : 0;
    default:
        return 0;
    }
}

static int score_latin(const struct around *at, enum family family)
{
    bool central = family == FAMILY_CENTRAL;
    int score = is_in(central ? central_common : west_common, at->here) ? 10
                : is_in(central ? central_fair : west_fair, at->here)   ? 4
                                                                      : -6;

    if (family == FAMILY_CYRILLIC)
        score = -10;
    if (is_cyrillic(at->before) || is_cyrillic(at->after))
        score -= 20;
    score += score_spelling(at);
    /* A row of them is a line drawing read in the wrong page. */
    if (is_upper(at->here) && at->before == at->here)
        score -= 15;
    if (is_accented(at->before) && is_vowel(at->before) && is_vowel(at->here))
        score -= 10;
    return score + score_company(at);
}

static int score_cyrillic(const struct around *at)
{
    /* Small and capital letters of Russian; others are of its neighbours. */
    int score = at->here >= 0x430 && at->here <= 0x44F   ? 10
                : at->here >= 0x410 && at->here <= 0x42F ? 9
                                                         : 4;

    if (is_latin(at->before) || is_latin(at->after))
        score -= 20;
    return score + score_company(at);
}

static int score_symbol(const struct around *at)
{
    bool inside = is_letter(at->before) && is_letter(at->after);

    switch (at->here) {
    case 0xAE:   /* registered: "Microsoft® Windows Server® 2008" */
    case 0x2122: /* trade mark */
        return is_word(at->before) || at->before == ')' ? is_word(at->after) ? -10 : 12 : -8;
    case 0xA9: /* copyright, before a year or name */
        return is_word(at->before) ? -15 : 10;
    case 0xA0: /* groups digits, parts a number from its unit, French punctuation from words */
        return inside                                              ? -10
               : is_digit(at->before) || is_digit(at->after)       ? 8
               : is_in(u":;!?»%", at->after) || at->before == 0xAB ? 8
                                                                   : 0;
    case 0x2019: /* apostrophe */
        return inside ? 8 : -2;
    case 0x201E: /* quotation marks that open only */
    case 0x201A:
        return !is_word(at->before) && is_word(at->after) ? 6 : -8;
    /* quotation marks: at one side of a word, which side differs by language */
    case 0x201C:
    case 0x201D:
    case 0x2018:
    case 0xAB:
    case 0xBB:
        return inside ? -12 : is_blank(at->before) && is_blank(at->after) ? 2 : 6;
    case 0xD7: /* times */
        return is_digit(at->before) || is_digit(at->after) ? 6 : -8;
    case 0xA1: /* Spanish ! and ?, before a word */
    case 0xBF:
        return !is_word(at->before) && is_word(at->after) ? 10 : -10;
    case 0x2013: /* dashes */
    case 0x2014:
        return is_blank(at->before) == is_blank(at->after) && !inside ? 6 : -6;
    case 0x2026: /* ellipsis */
        return !is_word(at->after) ? 4 : -6;
    case 0x2022: /* bullet */
        return is_blank(at->before) && is_blank(at->after) ? 4 : -6;
    case 0xB0: /* degree; "n°" */
    case 0xBA:
    case 0xAA:
        return !is_word(at->after) && (is_digit(at->before) || is_in(u"nN", at->before)) ? 10 : -8;
    case 0x2116: /* numero */
        return is_word(at->before) ? -8 : 8;
    case 0x20AC: /* euro */
    case 0xA3:
    case 0xA7: /* section */
    case 0xB5: /* micro */
    case 0xB1:
    case 0xB7:
        return is_letter(at->before) ? -12 : 2;
    default:
        break;
    }
    if (is_box(at->here))
        return is_word(at->before) || is_word(at->after) ? -20
               : is_box(at->before) || is_box(at->after) ? 3
                                                         : 1;
    return inside ? -20 : -8;
}

static int score_wide(const struct around *at, const uint8_t *pair, size_t length,
                      enum family family)
{
    uint32_t c = at->here;
    int score;

    if (c >= 0xFF61 && c <= 0xFF9F) /* half-width katakana: nearly every byte is one */
        return at->before >= 0xFF61 && at->before <= 0xFF9F && at->after >= 0xFF61 &&
                       at->after <= 0xFF9F
                   ? 3
                   : -10;
    if (length < 2 || (c >= 0xE000 && c <= 0xF8FF)) /* stray, or for private use */
        return -25;
    if (c >= 0x3041 && c <= 0x30FE)
        score = family == FAMILY_JAPANESE ? 20 : 4;
    else if (family == FAMILY_JAPANESE && c >= 0x4E00 && c <= 0x9FFF)
        score = pair[0] >= 0x88 && pair[0] <= 0x97 ? 18 : -4; /* first level of JIS X 0208 */
    else if (family == FAMILY_CHINESE && c >= 0x4E00 && c <= 0x9FFF)
        /* first level of GB 2312, its second level, and what GBK added */
        score = pair[1] < 0xA1 || pair[0] < 0xB0 ? -10 : pair[0] <= 0xD7 ? 18 : -2;
    else if ((c >= 0x3000 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF5E))
        score = 10;
    else
        score = -8;
    if (!is_cjk(at->before) && !is_cjk(at->after))
        score -= 8;
    if (at->before == c) /* a line drawing read in the wrong page */
        score -= 25;
    if (pair[1] < 0x80 && is_ascii_letter(at->before))
        score -= 30; /* a Latin word lost a letter */
    if (is_ascii_letter(at->before) && is_ascii_letter(at->after))
        score -= 30;
    return score;
}

/* The points of the whole sample. */
static long score_page(struct codepage *page, enum family family, const uint8_t *bytes, size_t n)
{
    struct around at = {0};
    size_t here_len = 0; /* of at.here, which ends where the byte at begins */
    unsigned seen = 0;
    long score = 0;

    for (size_t next = 0; seen < SAMPLE_CHARACTERS;) {
        size_t length = 0;

        at.after = 0;
        if (next < n) {
            length = codepage_take(page, bytes + next, n - next, &at.after);
            if (length == 0) {
                length = n - next;
                at.after = 0;
            }
        }
        if (at.here >= 0x80) {
            const uint8_t *pair = bytes + next - here_len;

            seen++;
            if (at.here == UTF_REPLACEMENT || (at.here >= 0x80 && at.here < 0xA0))
                score -= 40;
            else if (is_latin(at.here))
                score += score_latin(&at, family);
            else if (codepage_is_double(page))
                score += score_wide(&at, pair, here_len, family);
            else if (is_cyrillic(at.here))
                score += score_cyrillic(&at);
            else
                score += score_symbol(&at);
        }
        if (length == 0)
            break;
        at.before = at.here;
        at.here = at.after;
        here_len = length;
        next += length;
    }
    return score;
}

/* Double-byte text has characters beyond ASCII side by side, or one that stands alone. In a Latin
 * text two such bytes are neighbours inside a word at most ("Größe"), and then the large pages need
 * not be opened. */
static bool may_be_double(const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        if (bytes[i] < 0x81 || bytes[i + 1] < 0x40)
            continue;
        if (i + 3 < n && bytes[i + 2] >= 0x81 && bytes[i + 3] >= 0x40)
            return true;
        if (bytes[i + 1] >= 0x80 && (i == 0 || !is_ascii_letter(bytes[i - 1])) &&
            (i + 2 == n || !is_ascii_letter(bytes[i + 2])))
            return true;
    }
    return false;
}

struct codepage *codepage_guess(const uint8_t *bytes, size_t n, bool *plausible)
{
    bool wide = may_be_double(bytes, n);
    struct codepage *best = NULL;
    long best_score = 0;

    for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++) {
        const struct candidate *candidate = &candidates[i];
        struct codepage *page;
        long score;

        if (!wide && candidate->family >= FAMILY_JAPANESE)
            continue;
        page = codepage_open(candidate->number);
        if (!page)
            continue;
        score = score_page(page, candidate->family, bytes, n);
        if (!best || score > best_score) {
            codepage_close(best);
            best = page;
            best_score = score;
        } else {
            codepage_close(page);
        }
    }
    *plausible = best_score > 0;
    return best;
}
