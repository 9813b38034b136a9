/* The code pages that Windows consoles and editors of 2008 wrote.
 *
 * The tables are the upper halves as Microsoft defines them; an undefined byte is 0 in them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "codepage.h"

#include "arena.h"
#include "platform/dbcs.h"
#include "utf.h"

#include <stdlib.h>
#include <string.h>

static const uint16_t page_437[] =
    u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
    u"áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    u"└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    u"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xA0";

static const uint16_t page_850[] =
    u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ"
    u"áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
    u"└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀"
    u"ÓßÔÒõÕµþÞÚÛÙýÝ¯´\xAD±‗¾¶§÷¸°¨·¹³²■\xA0";

static const uint16_t page_852[] =
    u"ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č"
    u"áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐"
    u"└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀"
    u"ÓßÔŃńňŠšŔÚŕŰýÝţ´\xAD˝˛ˇ˘§÷¸°¨˙űŘř■\xA0";

static const uint16_t page_866[] =
    u"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
    u"абвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    u"└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    u"рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\xA0";

static const uint16_t page_1252[] =
    u"€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ"
    u"\xA0¡¢£¤¥¦§¨©ª«¬\xAD®¯°±²³´µ¶·¸¹º»¼½¾¿"
    u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
    u"àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

static const struct {
    unsigned number;
    const char *name;
    const uint16_t *high; /* NULL: double-byte */
} pages[] = {
    {437, "CP437", page_437},   {850, "CP850", page_850}, {852, "CP852", page_852},
    {866, "CP866", page_866},   {932, "CP932", NULL},     {936, "CP936", NULL},
    {1252, "CP1252", page_1252},
};

/* Bytes from 0x80 on begin a character; a pair's second byte may be any. */
#define DOUBLE_LEADS 128

struct codepage {
    unsigned index; /* in pages[] */
    struct dbcs *dbcs;
    /* What the system answered so far: 0 is not asked yet, U+FFFD is no character. */
    uint16_t (*pairs)[256];
    uint16_t singles[DOUBLE_LEADS];
};

struct codepage *codepage_open(unsigned number)
{
    struct codepage *page;
    struct dbcs *dbcs = NULL;
    unsigned index = 0;

    while (pages[index].number != number) {
        if (++index == sizeof(pages) / sizeof(pages[0]))
            return NULL;
    }
    if (!pages[index].high) {
        dbcs = dbcs_open(number);
        if (!dbcs)
            return NULL;
    }
    page = memory_alloc(sizeof(*page));
    page->index = index;
    page->dbcs = dbcs;
    if (dbcs)
        page->pairs = memory_alloc(DOUBLE_LEADS * sizeof(*page->pairs));
    return page;
}

void codepage_close(struct codepage *page)
{
    if (!page)
        return;
    dbcs_close(page->dbcs);
    free(page->pairs);
    free(page);
}

unsigned codepage_number(const struct codepage *page)
{
    return pages[page->index].number;
}

const char *codepage_name(const struct codepage *page)
{
    return pages[page->index].name;
}

bool codepage_is_double(const struct codepage *page)
{
    return !pages[page->index].high;
}

/* Which bytes want a second one is part of the two pages' definition, not of their content. */
static bool is_lead(unsigned number, uint8_t byte)
{
    if (number == 932)
        return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
    return byte >= 0x81 && byte <= 0xFE;
}

static bool is_trail(uint8_t byte)
{
    return byte >= 0x40 && byte != 0x7F && byte != 0xFF;
}

static uint32_t ask(struct codepage *page, uint16_t *known, const uint8_t *bytes, size_t length)
{
    if (*known == 0) {
        uint32_t character = dbcs_character(page->dbcs, bytes, length);

        *known = (uint16_t)(character && character <= 0xFFFF ? character : UTF_REPLACEMENT);
    }
    return *known;
}

size_t codepage_take(struct codepage *page, const uint8_t *bytes, size_t left,
                     uint32_t *character)
{
    const uint16_t *high = pages[page->index].high;
    uint8_t byte = bytes[0];

    if (byte < 0x80) {
        *character = byte;
        return 1;
    }
    if (high) {
        *character = high[byte - 0x80] ? high[byte - 0x80] : UTF_REPLACEMENT;
        return 1;
    }
    if (!is_lead(pages[page->index].number, byte)) {
        *character = ask(page, &page->singles[byte - 0x80], bytes, 1);
        return 1;
    }
    *character = UTF_REPLACEMENT;
    if (left < 2)
        return 0;
    /* A line end or blank behind a stray lead byte is not its second half. */
    if (!is_trail(bytes[1]))
        return 1;
    *character = ask(page, &page->pairs[byte - 0x80][bytes[1]], bytes, 2);
    return 2;
}
