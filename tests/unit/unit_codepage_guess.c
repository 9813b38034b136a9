/* Tests of core/codepage_guess.c: lines as systeminfo and its kin write them, each line alone and
 * each language as a whole, encoded in the code page of that language's console.
 *
 * What counts is that the text comes back as it was; German in 850, 437 and 852 is the same bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/codepage.h"
#include "core/strbuf.h"
#include "core/utf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct language {
    const char *name;
    unsigned pages[4]; /* each is tried */
    const char *const *lines;
};

static const char *const german[] = {
    "Ursprüngliches Installationsdatum:           12.05.2009, 10:14:07",
    "Verfügbarer physischer Speicher:             1.315 MB",
    "Virtueller Arbeitsspeicher: Maximale Größe:  4.338 MB",
    "Startgerät:                                  \\Device\\HarddiskVolume1",
    "Registrierter Benutzer:                      Jürgen Müller",
    "Registrierte Organisation:                   Bäckerei Weiß",
    "Domäne:                                      contoso.local",
    "Betriebssystemkonfiguration:                 Primärer Domänencontroller",
    "Standort:                                    Österreich, Straße 5",
    "Registrierter Benutzer:                      Ärztehaus",
    NULL,
};
static const char *const french[] = {
    "Version du système:                         6.0.6002 Service Pack 2 version 6002",
    "Propriétaire enregistré:                    Utilisateur Windows",
    "Organisation enregistrée:",
    "Heure de démarrage du système:              12/05/2009, 10:14:07",
    "Modèle du système:                          VMware Virtual Platform",
    "Répertoire Windows:                         C:\\Windows",
    "Périphérique d'amorçage:                    \\Device\\HarddiskVolume1",
    "Option régionale du système:                fr;Français (France)",
    "Nom de l'hôte:                              SRV01",
    "Contrôleur principal de domaine",
    "Mémoire virtuelle : taille maximale:        4\u00a0338 Mo",
    "Propriétaire:                               Hélène Lefèvre",
    "Édition: la même qu'à l'origine",
    NULL,
};
static const char *const spanish[] = {
    "Versión del sistema operativo:              6.0.6002 Service Pack 2 Compilación 6002",
    "Configuración del sistema operativo:        Servidor independiente",
    "Organización registrada:",
    "Fecha de instalación original:              12/05/2009, 10:14:07",
    "Configuración regional del sistema:         es;Español (internacional)",
    "Memoria física total:                       2.047 MB",
    "Memoria virtual: tamaño máximo:             4.338 MB",
    "Servidor de inicio de sesión:               \\\\SRV01",
    "Propiedad de:                               José Núñez Ibáñez",
    NULL,
};
static const char *const portuguese[] = {
    "Versão do sistema operacional:              6.0.6002 Service Pack 2 Compilação 6002",
    "Configuração do sistema operacional:        Servidor autônomo",
    "Proprietário registrado:                    Usuário do Windows",
    "Organização registrada:                     São João",
    "Tempo de Inicialização do Sistema:          12/05/2009, 10:14:07",
    "Memória física disponível:                  1.315 MB",
    "Memória Virtual: Tamanho Máx.:              4.338 MB",
    "Domínio:                                    contoso.local",
    "Correções:                                  3 Correções instaladas.",
    NULL,
};
static const char *const italian[] = {
    "Unità di avvio:                             \\Device\\HarddiskVolume1",
    "Proprietà: località e modalità",
    "DHCP abilitato:                             Sì",
    "Il sistema è già aggiornato, perciò non c'è più nulla",
    NULL,
};
static const char *const nordic[] = {
    "Værtsnavn:                                  SRV01",
    "Tilgængelig fysisk hukommelse:              1.315 MB",
    "Virtuel hukommelse: Maks. størrelse:        4.338 MB",
    "Registreret ejer:                           Søren Kjærgård",
    "Registrerad ägare:                          Åke Sjöström",
    "Tillgängligt fysiskt minne:                 1 315 MB",
    "Registrert eier:                            Bjørn Ødegård",
    "Käyttöjärjestelmän nimi:                    Microsoft Windows Server 2008",
    "Rekisteröity omistaja:                      Windows-käyttäjä",
    "Geïnstalleerde hotfixes: coördinatie België",
    NULL,
};
static const char *const polish[] = {
    "Właściciel zarejestrowany:                  Użytkownik systemu Windows",
    "Urządzenie rozruchowe:                      \\Device\\HarddiskVolume1",
    "Całkowita pamięć fizyczna:                  2 047 MB",
    "Dostępna pamięć fizyczna:                   1 315 MB",
    "Pamięć wirtualna: maksymalny rozmiar:       4 338 MB",
    "Konfiguracja systemu operacyjnego:          Główny kontroler domeny",
    "Właściciel zarejestrowany:                  Łukasz Wójcik",
    "Zażółć gęślą jaźń",
    NULL,
};
static const char *const czech[] = {
    "Název operačního systému:                   Microsoft Windows Server 2008",
    "Verze operačního systému:                   6.0.6002 Service Pack 2 Build 6002",
    "Výrobce operačního systému:                 Microsoft Corporation",
    "Registrovaný vlastník:                      Jiří Novák",
    "Datum původní instalace:                    12.5.2009, 10:14:07",
    "Spouštěcí zařízení:                         \\Device\\HarddiskVolume1",
    "Celková velikost fyzické paměti:            2 047 MB",
    "Dostupná fyzická paměť:                     1 315 MB",
    "Příliš žluťoučký kůň úpěl ďábelské ódy",
    NULL,
};
static const char *const hungarian[] = {
    "Operációs rendszer verziója:                6.0.6002 Service Pack 2 Build 6002",
    "Regisztrált tulajdonos:                     Győző Szűcs",
    "Eredeti telepítés dátuma:                   2009.05.12.",
    "Összes fizikai memória:                     2 047 MB",
    "Időzóna: (UTC+01:00) Belgrád, Budapest",
    NULL,
};
static const char *const russian[] = {
    "Имя узла:                          SRV01",
    "Название ОС:                       Microsoft Windows Server 2008 Standard",
    "Версия ОС:                         6.0.6002 Service Pack 2 построение 6002",
    "Изготовитель ОС:                   Microsoft Corporation",
    "Параметры ОС:                      Рядовой сервер",
    "Сборка ОС:                         Multiprocessor Free",
    "Зарегистрированный владелец:       Пользователь Windows",
    "Код продукта:                      92573-029-0000095-76467",
    "Полный объем физической памяти:    2\u00a0047 МБ",
    "Microsoft Windows [Версия 6.0.6003]",
    "(C) Корпорация Майкрософт, 2006. Все права защищены.",
    "ОС",
    NULL,
};
static const char *const japanese[] = {
    "ホスト名:                          SRV01",
    "OS 名:                             Microsoft Windows Server 2008 Standard",
    "OS 名称",
    "OS バージョン:                     6.0.6002 Service Pack 2 ビルド 6002",
    "OS 製造元:                         Microsoft Corporation",
    "OS 構成:                           スタンドアロン サーバー",
    "登録されている所有者:              山田 太郎",
    "最初のインストール日付:            2009/05/12, 10:14:07",
    "物理メモリの合計:                  2,047 MB",
    "利用できる物理メモリ:              1,315 MB",
    "Microsoft Windows [バージョン 6.0.6002]",
    NULL,
};
static const char *const chinese[] = {
    "主机名:           SRV01",
    "OS 名称:          Microsoft Windows Server 2008 Standard",
    "OS 版本:          6.0.6002 Service Pack 2 Build 6002",
    "OS 制造商:        Microsoft Corporation",
    "OS 配置:          独立服务器",
    "注册的所有人:     王小明",
    "初始安装日期:     2009/5/12, 10:14:07",
    "处理器:           安装了 1 个处理器。",
    "物理内存总量:     2,047 MB",
    "修补程序:         安装了 3 个修补程序。",
    "Microsoft Windows [版本 6.0.6002]",
    NULL,
};
static const char *const marks_850[] = {
    "Microsoft® Windows Server® 2008 Standard",
    NULL,
};
static const char *const marks_1252[] = {
    "Microsoft® Windows Server® 2008 Standard",
    "Windows Vista™ Business",
    "Copyright © 2006 Microsoft Corporation",
    "Nom de l’hôte: SRV01",
    "Das System „Müller“ – Stand 2009",
    "Physical memory – 2\u00a0047 MB",
    NULL,
};
static const char *const boxes[] = {
    "┌──────────────┬──────────┐\n│ 6.0.6002     │ SRV01    │\n╞══════════════╪══════════╡",
    NULL,
};

static const struct language languages[] = {
    {"German", {850, 437, 852, 1252}, german},
    {"French", {850, 1252}, french},
    {"Spanish", {850, 1252}, spanish},
    {"Portuguese", {850, 1252}, portuguese},
    {"Italian", {850, 1252}, italian},
    {"Nordic and Dutch", {850, 1252}, nordic},
    {"Polish", {852}, polish},
    {"Czech", {852}, czech},
    {"Hungarian", {852}, hungarian},
    {"Russian", {866}, russian},
    {"Japanese", {932}, japanese},
    {"Chinese", {936}, chinese},
    {"marks", {850}, marks_850},
    {"marks and quotes", {1252}, marks_1252},
    {"line drawing", {437}, boxes},
};

/* One character of the page as bytes; 0 when the page has none. Tries them all: the tables go
 * one way. */
static size_t encode_one(struct codepage *page, uint32_t wanted, uint8_t bytes[2])
{
    for (unsigned lead = 0x80; lead <= 0xFF; lead++) {
        uint32_t character;

        bytes[0] = (uint8_t)lead;
        bytes[1] = '\n';
        if (codepage_take(page, bytes, 2, &character) == 1 && character == wanted)
            return 1;
        for (unsigned trail = 0x40; codepage_is_double(page) && trail <= 0xFE; trail++) {
            bytes[1] = (uint8_t)trail;
            if (codepage_take(page, bytes, 2, &character) == 2 && character == wanted)
                return 2;
        }
    }
    return 0;
}

/* false when the page has not all of its characters. */
static bool encode(struct codepage *page, const char *text, struct strbuf *out)
{
    size_t left = strlen(text);

    while (left) {
        uint32_t character = 0;
        int taken = utf8_take((const uint8_t *)text, left, &character);
        uint8_t bytes[2] = {(uint8_t)character, 0};
        size_t length = character < 0x80 ? 1 : encode_one(page, character, bytes);

        assert_true(taken > 0);
        if (length == 0)
            return false;
        strbuf_add(out, (const char *)bytes, length);
        text += taken;
        left -= (size_t)taken;
    }
    return true;
}

static void decode(struct codepage *page, const struct strbuf *in, struct strbuf *out)
{
    for (size_t at = 0; at < in->length;) {
        uint32_t character;
        size_t length =
            codepage_take(page, (const uint8_t *)in->text + at, in->length - at, &character);
        char bytes[UTF8_MAX];

        strbuf_add(out, bytes, utf8_put(bytes, character));
        at += length ? length : 1;
    }
}

/* Whether text, written in that page, is read back as it was. */
static bool comes_back(unsigned number, const char *text)
{
    struct codepage *page = codepage_open(number);
    struct codepage *guess;
    struct strbuf bytes = STRBUF_EMPTY;
    struct strbuf back = STRBUF_EMPTY;
    bool plausible;
    bool same;

    assert_non_null(page);
    if (!encode(page, text, &bytes)) {
        print_error("CP%u cannot write: %s\n", number, text);
        fail();
    }
    guess = codepage_guess((const uint8_t *)bytes.text, bytes.length, &plausible);
    decode(guess, &bytes, &back);
    same = strcmp(strbuf_text(&back), text) == 0;
    if (!same)
        print_error("in CP%u, taken for %s: %s\n  %s\n", number, codepage_name(guess), text,
                    strbuf_text(&back));
    if (!plausible)
        print_error("in CP%u: not plausible: %s\n", number, text);
    codepage_close(guess);
    codepage_close(page);
    strbuf_free(&bytes);
    strbuf_free(&back);
    return same && plausible;
}

static void lines_come_back(void **state)
{
    unsigned wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
        for (unsigned p = 0; p < 4 && languages[i].pages[p]; p++) {
            for (const char *const *line = languages[i].lines; *line; line++)
                wrong += !comes_back(languages[i].pages[p], *line);
        }
    }
    assert_int_equal(wrong, 0);
}

static void reports_come_back(void **state)
{
    unsigned wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
        struct strbuf whole = STRBUF_EMPTY;

        for (const char *const *line = languages[i].lines; *line; line++)
            strbuf_addf(&whole, "%s\r\n", *line);
        for (unsigned p = 0; p < 4 && languages[i].pages[p]; p++)
            wrong += !comes_back(languages[i].pages[p], strbuf_text(&whole));
        strbuf_free(&whole);
    }
    assert_int_equal(wrong, 0);
}

static const char *name_of_guess(const char *bytes, size_t n, bool *plausible)
{
    struct codepage *page = codepage_guess((const uint8_t *)bytes, n, plausible);
    const char *name = codepage_name(page);

    codepage_close(page);
    return name;
}

/* The same bytes in 437, 850 and 852: 850 is what cmd.exe uses in Western Europe. */
static void ties_go_to_850(void **state)
{
    bool plausible;

    (void)state;
    assert_string_equal(name_of_guess("M\x81ller", 6, &plausible), "CP850");
    assert_true(plausible);
    assert_string_equal(name_of_guess("2\xFF"
                                      "047 MB",
                                      8, &plausible),
                        "CP850");
}

static void noise_is_not_plausible(void **state)
{
    char noise[512];
    uint32_t seed = 1;
    bool plausible;

    (void)state;
    for (size_t i = 0; i < sizeof(noise); i++) {
        seed = seed * 1664525 + 1013904223;
        noise[i] = (char)(seed >> 24);
    }
    name_of_guess(noise, sizeof(noise), &plausible);
    assert_false(plausible);
    /* Capitals and line drawing inside words. */
    name_of_guess("Ser\x8Ever\xB0s", 9, &plausible);
    assert_false(plausible);
}

static void edges(void **state)
{
    bool plausible;

    (void)state;
    /* Half a double-byte character at the end, a single byte, nothing beyond ASCII. */
    name_of_guess("\x83\x6F\x81\x5B\x83\x57\x83", 7, &plausible);
    name_of_guess("\x81", 1, &plausible);
    assert_string_equal(name_of_guess("abc", 3, &plausible), "CP850");
    assert_string_equal(name_of_guess("", 0, &plausible), "CP850");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_back), cmocka_unit_test(reports_come_back),
        cmocka_unit_test(ties_go_to_850),  cmocka_unit_test(noise_is_not_plausible),
        cmocka_unit_test(edges),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
