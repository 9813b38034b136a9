/* Server, workstation or domain controller: the words of systeminfo's "OS Configuration".
 *
 * The only place where systeminfo says which of them it is, and it says so in the display
 * language. Stems without their first letter and without letters that code pages lose serve
 * several forms at once. A language that is not here gives no answer, never a guess.
 *
 * SPDX-License-Identifier: MIT
 */
#include "shapes.h"

struct configuration_word {
    const char *stem;
    const char *type;
};

/* In order: "member server of the domain" and "domain controller" both have a domain in it. */
static const struct configuration_word words[] = {
    {"omain controller", "domain controller"}, /* English */
    {"nencontroller", "domain controller"},    /* German */
    {"omeincontroller", "domain controller"},  /* Dutch */
    {"ntrôleur", "domain controller"},         /* French */
    {"ontroller di dominio", "domain controller"},
    {"ontrolador", "domain controller"}, /* Spanish, Portuguese */
    {"онтроллер", "domain controller"},
    {"ontroler domeny", "domain controller"},
    {"adič dom", "domain controller"}, /* Czech, Slovak */
    {"nyvez", "domain controller"},    /* Hungarian */
    {"Denetleyici", "domain controller"},
    {"kontrollant", "domain controller"},  /* Swedish */
    {"nekontroller", "domain controller"}, /* Norwegian */
    {"necontroller", "domain controller"}, /* Danish */
    {"ohjauskone", "domain controller"},
    {"コントローラ", "domain controller"},
    {"域控制", "domain controller"}, /* both Chinese scripts */
    {"컨트롤러", "domain controller"},
    {"λεγκτή", "domain controller"},

    {"orkstation", "workstation"}, /* English, Italian */
    {"erkstation", "workstation"}, /* Dutch */
    {"rbeitsstation", "workstation"},
    {"tation de travail", "workstation"},
    {"de trabajo", "workstation"},
    {"de trabalho", "workstation"},
    {"абочая станция", "workstation"},
    {"stacja robocza", "workstation"},
    {"stanice", "workstation"},
    {"munka", "workstation"},
    {"stasyon", "workstation"},
    {"rbetsstation", "workstation"},
    {"rbejdsstation", "workstation"},
    {"rbeidsstasjon", "workstation"},
    {"asema", "workstation"},
    {"ワークステーション", "workstation"},
    {"工作站", "workstation"},
    {"워크스테이션", "workstation"},
    {"ταθμ", "workstation"},

    {"erver", "server"}, /* English, German, Dutch, Italian, Czech, Swedish, Danish, Norwegian */
    {"erveur", "server"},
    {"ervidor", "server"},
    {"ервер", "server"},
    {"erwer", "server"},
    {"iszolg", "server"},
    {"unucu", "server"},
    {"alvelin", "server"},
    {"サーバ", "server"},
    {"服务器", "server"},
    {"伺服器", "server"},
    {"서버", "server"},
    {"ιακομιστ", "server"},
};

const char *shape_product_type(struct span value)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (span_has(value, words[i].stem))
            return words[i].type;
    return NULL;
}
