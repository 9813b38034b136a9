/* From bytes of unknown encoding to UTF-8: a small state machine over forms of text.
 *
 * Output of cmd and of PowerShell gets appended to one file, and wmic writes UTF-16 behind what
 * cmd wrote in ASCII, so a form ends where the bytes stop making sense in it. Nearly all bytes of
 * nearly all reports are ASCII, alone or as halves of UTF-16 units: those go eight at a time.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text_decode.h"

#include "utf.h"

#include <string.h>

/* How much of the beginning shows UTF-16 that has no byte order mark. */
#define START_LOOK 256
/* ASCII of this length before the first NUL is a line of its own, not half of a UTF-16 text. */
#define START_ASCII 16
/* So often the question "UTF-8 or which code page" is asked of one text; then the last answer
 * stays. Real files change once or twice, and each answer costs a scan. */
#define CHOICES_MAX 32
/* What stands before the first byte beyond ASCII tells which word that byte is in. */
#define CONTEXT_BYTES 32
/* Units in a row of which both bytes are printable ASCII: not Chinese (where about one unit in
 * three looks so), but ASCII appended to a UTF-16 file. */
#define ASCII_RUN_UNITS 16

/* Little-endian as bytes lie in the file; compilers make one load of it. */
static inline uint64_t load8(const uint8_t *b)
{
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
           (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
           (uint64_t)b[7] << 56;
}

bool text_byte_is_layout(uint8_t byte)
{
    return (byte >= '\t' && byte <= '\r') || byte == 0x1A || byte == 0x1B;
}

static bool is_printable(uint8_t byte)
{
    return (byte >= 0x20 && byte < 0x7F) || text_byte_is_layout(byte);
}

/* Goes out as it came in: ASCII without NUL. */
static inline bool is_plain(uint8_t byte)
{
    return byte - 1u < 0x7F;
}

bool text_turns_utf16(const uint8_t *bytes, size_t n)
{
    unsigned units = 0;
    unsigned latin = 0;

    for (size_t at = 1; at + 1 < n && units < 4; at += 2) {
        units++;
        latin += bytes[at] != 0 && bytes[at + 1] == 0;
    }
    return units > 0 && latin * 4 >= units * 3;
}

/* Without a mark: Latin letters, digits, blanks and line ends have a zero half, always on the
 * same side; even a Chinese or Russian report is full of them. */
static enum text_form form_by_zeros(const uint8_t *bytes, size_t n)
{
    size_t ascii = 0;
    unsigned pairs = 0;
    unsigned ascii_pairs = 0; /* rather two bytes of 8-bit text */
    unsigned little = 0;
    unsigned big = 0;

    if (n > START_LOOK)
        n = START_LOOK;
    while (ascii < n && is_printable(bytes[ascii]))
        ascii++;
    if (ascii >= START_ASCII || ascii == n)
        return TEXT_ASCII;
    for (size_t at = 0; at + 1 < n; at += 2) {
        pairs++;
        ascii_pairs += is_printable(bytes[at]) && is_printable(bytes[at + 1]);
        little += bytes[at] != 0 && bytes[at + 1] == 0;
        big += bytes[at] == 0 && bytes[at + 1] != 0;
    }
    if (little * 4 >= pairs && little > big * 8 && little > ascii_pairs * 2)
        return TEXT_UTF16LE;
    if (big * 4 >= pairs && big > little * 8 && big > ascii_pairs * 2)
        return TEXT_UTF16BE;
    return TEXT_ASCII;
}

enum text_form text_form_of(const uint8_t *bytes, size_t n, size_t *mark_len, bool *marked_utf8)
{
    *mark_len = 0;
    *marked_utf8 = false;
    if (n >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE) {
        *mark_len = 2;
        return TEXT_UTF16LE;
    }
    if (n >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF) {
        *mark_len = 2;
        return TEXT_UTF16BE;
    }
    if (n >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF) {
        *mark_len = 3;
        *marked_utf8 = true;
        return TEXT_UTF8;
    }
    return form_by_zeros(bytes, n);
}

static void turn_to(struct text_decoder *decoder, enum text_form form)
{
    decoder->form = form;
    decoder->used[form] = true;
}

/* Two outputs in one file without a line end between them: they are two lines. back is how many
 * bytes of out belong to the second already. */
static char *part_lines(char *out, const char *start, size_t back)
{
    if ((size_t)(out - start) > back && out[-1 - (int)back] != '\n') {
        memmove(out - back + 1, out - back, back);
        out[-(int)back] = '\n';
        out++;
    }
    return out;
}

static char *replace(struct text_decoder *decoder, char *out)
{
    decoder->n_replaced++;
    return out + utf8_put(out, UTF_REPLACEMENT);
}

/* Whether the last byte went out as it came in. In a double-byte code page the second half of a
 * character may look like ASCII. */
static bool went_plain(const uint8_t *bytes, size_t at, const char *out, const char *start)
{
    return at > 0 && out > start && is_plain(bytes[at - 1]) && (uint8_t)out[-1] == bytes[at - 1];
}

/* At the first byte beyond ASCII: UTF-8, or a code page? Text of a code page may hold a few byte
 * pairs that look like UTF-8, and a long UTF-8 file a few damaged bytes. */
static void choose_8bit(struct text_decoder *decoder, const uint8_t *bytes, size_t n, size_t behind,
                        bool last)
{
    unsigned long sequences = decoder->n_sequences;
    unsigned long invalid = 0;

    if (decoder->n_choices == CHOICES_MAX) {
        turn_to(decoder, decoder->codepage ? TEXT_CODEPAGE : TEXT_UTF8);
        return;
    }
    decoder->n_choices++;
    for (size_t at = 0; at < n;) {
        uint32_t character;
        int taken = bytes[at] < 0x80 ? 1 : utf8_take(bytes + at, n - at, &character);

        /* Cut off at the end: no sign against UTF-8 where there is any sign for it. */
        if (taken == 0 && (!last || sequences))
            break;
        sequences += taken > 1;
        invalid += taken <= 0;
        at += taken > 0 ? (size_t)taken : 1;
    }
    if (decoder->marked_utf8 || invalid * 8 <= sequences) {
        turn_to(decoder, TEXT_UTF8);
    } else {
        bool plausible;

        if (behind > CONTEXT_BYTES)
            behind = CONTEXT_BYTES;
        codepage_close(decoder->codepage);
        decoder->codepage = codepage_guess(bytes - behind, n + behind, &plausible);
        decoder->doubtful |= !plausible;
        turn_to(decoder, TEXT_CODEPAGE);
    }
}

/* One character that is not plain ASCII, with behind bytes before it. Returns the bytes taken, 0
 * for "not enough here". */
static size_t decode_high(struct text_decoder *decoder, const uint8_t *bytes, size_t n,
                          size_t behind, bool last, char **out)
{
    uint32_t character = UTF_REPLACEMENT;
    int taken;

    /* UTF-16 with its mark behind something else: files joined by copy or type. */
    if (bytes[0] == 0xFF && n >= 3 && bytes[1] == 0xFE && text_turns_utf16(bytes + 1, n - 1)) {
        turn_to(decoder, TEXT_UTF16LE);
        *out = part_lines(*out, *out - behind, 0);
        return 2;
    }
    if (decoder->form == TEXT_ASCII)
        choose_8bit(decoder, bytes, n, behind, last);
    if (decoder->form == TEXT_CODEPAGE) {
        size_t length = codepage_take(decoder->codepage, bytes, n, &character);

        if (length == 0 && !last)
            return 0;
        decoder->n_replaced += character == UTF_REPLACEMENT;
        *out += utf8_put(*out, character);
        return length ? length : 1;
    }
    taken = utf8_take(bytes, n, &character);
    if (taken == 0 && !last)
        return 0;
    if (taken <= 0) {
        enum text_form before = decoder->form;

        if (!decoder->marked_utf8) {
            decoder->form = TEXT_ASCII;
            choose_8bit(decoder, bytes, n, behind, last);
            if (decoder->form != before)
                return decode_high(decoder, bytes, n, behind, last, out);
        }
        *out = replace(decoder, *out);
        return 1;
    }
    decoder->n_sequences++;
    /* A mark in the middle is where another file began. */
    if (character != 0xFEFF)
        *out += utf8_put(*out, character);
    return (size_t)taken;
}

/* ASCII, UTF-8 and code pages. */
static size_t decode_bytes(struct text_decoder *decoder, const uint8_t *bytes, size_t n, bool last,
                           char **out_at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t highs = UINT64_C(0x8080808080808080);
    char *out = *out_at;
    size_t at = 0;

    while (at < n) {
        size_t taken;

        while (n - at >= 8) {
            uint64_t eight = load8(bytes + at);

            if ((eight | (eight - ones)) & highs)
                break; /* a high bit or a zero among them */
            memcpy(out, bytes + at, 8);
            out += 8;
            at += 8;
        }
        while (at < n && is_plain(bytes[at]))
            *out++ = (char)bytes[at++];
        if (at == n)
            break;
        if (bytes[at] == 0) {
            if (!last && n - at < 9) {
                /* Together with the byte before, which is the lower half if this is the upper. */
                if (went_plain(bytes, at, out, *out_at)) {
                    at--;
                    out--;
                }
                break;
            }
            if (text_turns_utf16(bytes + at, n - at)) {
                turn_to(decoder, TEXT_UTF16LE);
                out = part_lines(out, *out_at, went_plain(bytes, at, out, *out_at) ? 1 : 0);
                at++;
                break;
            }
            /* The last of a row of NULs is the one that may be half a unit. */
            do {
                out = replace(decoder, out);
                at++;
            } while (at + 9 < n && bytes[at] == 0 && bytes[at + 1] == 0);
            continue;
        }
        if (!last && n - at < 12)
            break; /* a mark and the units that prove it */
        taken = decode_high(decoder, bytes + at, n - at, at, last, &out);
        at += taken;
        if (taken == 0 || decoder->form == TEXT_UTF16LE)
            break;
    }
    *out_at = out;
    return at;
}

static bool is_ascii_run(const uint8_t *bytes, size_t n)
{
    if (n < 2 * ASCII_RUN_UNITS)
        return false;
    for (size_t at = 0; at < 2 * ASCII_RUN_UNITS; at++) {
        if (!is_printable(bytes[at]))
            return false;
    }
    return true;
}

static inline uint32_t unit_at(const uint8_t *bytes, bool big)
{
    return big ? (uint32_t)bytes[0] << 8 | bytes[1] : (uint32_t)bytes[1] << 8 | bytes[0];
}

static size_t decode_units(struct text_decoder *decoder, const uint8_t *bytes, size_t n, bool last,
                           char **out_at)
{
    const bool big = decoder->form == TEXT_UTF16BE;
    char *out = *out_at;
    size_t at = 0;

    while (at < n) {
        uint32_t unit;
        size_t taken = 2;

        while (n - at >= 8) {
            uint64_t four = load8(bytes + at);

            if (big)
                four = (four >> 8 & UINT64_C(0x00FF00FF00FF00FF)) |
                       (four & UINT64_C(0x00FF00FF00FF00FF)) << 8;
            /* Any unit above 0x7F, or any zero: as with bytes above. */
            if (((four & UINT64_C(0xFF80FF80FF80FF80)) |
                 ((four - UINT64_C(0x0001000100010001)) & UINT64_C(0x8000800080008000))) != 0)
                break;
            four = (four | four >> 8) & UINT64_C(0x0000FFFF0000FFFF);
            four |= four >> 16;
            out[0] = (char)four;
            out[1] = (char)(four >> 8);
            out[2] = (char)(four >> 16);
            out[3] = (char)(four >> 24);
            out += 4;
            at += 8;
        }
        if (n - at < (last ? 2 : 2 * ASCII_RUN_UNITS)) {
            if (!last)
                break;
            if (at < n) { /* half a unit */
                out = replace(decoder, out);
                at = n;
            }
            break;
        }
        unit = unit_at(bytes + at, big);
        if (unit > 0x7F && is_printable(bytes[at]) && is_printable(bytes[at + 1]) &&
            is_ascii_run(bytes + at, n - at)) {
            turn_to(decoder, TEXT_ASCII);
            out = part_lines(out, *out_at, 0);
            break;
        }
        if (unit >= 0xD800 && unit <= 0xDBFF && n - at >= 4) {
            uint32_t low = unit_at(bytes + at + 2, big);

            if (low >= 0xDC00 && low <= 0xDFFF) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                taken = 4;
            }
        }
        at += taken;
        if (unit == 0 || unit == 0xFFFE || (unit >= 0xD800 && unit <= 0xDFFF))
            out = replace(decoder, out);
        else if (unit != 0xFEFF) /* a real .reg file may open with two marks */
            out += utf8_put(out, unit);
    }
    *out_at = out;
    return at;
}

size_t text_decode(struct text_decoder *decoder, const uint8_t *bytes, size_t n, bool last,
                   char *out, size_t *n_out)
{
    char *out_at = out;
    size_t at = 0;

    if (decoder->form == TEXT_START && n > 0)
        turn_to(decoder, text_form_of(bytes, n, &at, &decoder->marked_utf8));
    while (at < n) {
        enum text_form before = decoder->form;
        bool units = before == TEXT_UTF16LE || before == TEXT_UTF16BE;
        size_t taken = units ? decode_units(decoder, bytes + at, n - at, last, &out_at)
                             : decode_bytes(decoder, bytes + at, n - at, last, &out_at);

        at += taken;
        if (taken == 0 && decoder->form == before)
            break;
    }
    *n_out = (size_t)(out_at - out);
    return at;
}

void text_decoder_free(struct text_decoder *decoder)
{
    codepage_close(decoder->codepage);
    decoder->codepage = NULL;
}
