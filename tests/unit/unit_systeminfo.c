/* systeminfo's list: what is read by its place, and what is not when the places are in doubt.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recognise.h"

#define GERMAN                                                                                     \
    "Hostname:                              SRV-DRUCK02\n"                                         \
    "Betriebssystemname:                    Microsoftr Windows Serverr 2008 Standard \n"           \
    "Betriebssystemversion:                 6.0.6003 Service Pack 2 Build 6003\n"                  \
    "Betriebssystemhersteller:              Microsoft Corporation\n"                               \
    "Betriebssystemkonfiguration:           Mitgliedsserver\n"                                     \
    "Betriebssystem-Buildtyp:               Multiprocessor Free\n"                                 \
    "Registrierter Benutzer:                Musterwerk IT\n"                                       \
    "Registrierte Organisation:             Musterwerk GmbH\n"                                     \
    "Produkt-ID:                            92573-082-2500446-76233\n"                             \
    "Ursprüngliches Installationsdatum:     17.05.2010, 14:22:41\n"                               \
    "Systemstartzeit:                       12.06.2019, 05:03:16\n"                                \
    "Systemhersteller:                      Beispiel Systeme\n"                                    \
    "Systemmodell:                          BS-2200\n"                                             \
    "Systemtyp:                             X86-based PC\n"                                        \
    "Prozessor(en):                         1 Prozessor(en) installiert.\n"                        \
    "                                       [01]: x64 Family 6 Model 26 ~2261 MHz\n"               \
    "BIOS-Version:                          Beispiel 2.14, 6/3/2010\n"                             \
    "Windows-Verzeichnis:                   C:\\Windows\n"                                         \
    "System-Verzeichnis:                    C:\\Windows\\system32\n"                               \
    "Startgerät:                            \\Device\\HarddiskVolume1\n"                          \
    "Systemgebietsschema:                   de;Deutsch (Deutschland)\n"                            \
    "Eingabegebietsschema:                  en-us;Englisch (USA)\n"                                \
    "Zeitzone:                              (GMT+01:00) Amsterdam, Berlin\n"                       \
    "Gesamter physikalischer Speicher:      3.326 MB\n"                                            \
    "Verfügbarer physikalischer Speicher:   2.481 MB\n"                                           \
    "Auslagerungsdatei: Max. Größe:         6.873 MB\n"                                          \
    "Auslagerungsdatei: Verfügbar:          6.020 MB\n"                                           \
    "Auslagerungsdatei: Verwendet:          853 MB\n"                                              \
    "Auslagerungsdateipfad(e):              C:\\pagefile.sys\n"                                    \
    "Domäne:                                musterwerk.example\n"                                 \
    "Anmeldeserver:                         \\\\SRV-DRUCK02\n"

#define HOTFIXES                                                                                   \
    "Hotfix(es):                            4 Hotfix(e) installiert.\n"                            \
    "                                       [01]: {7A068575-C5DB-43D9-BE20-3895D0C69B17}\n"        \
    "                                       [02]: Q147222\n"                                       \
    "                                       [03]: KB4493730\n"                                     \
    "                                       [04]: KB4503273\n"

#define NETWORK                                                                                    \
    "Netzwerkkarte(n):                      1 Netzwerkadapter installiert.\n"                      \
    "                                       [01]: Beispiel Gigabit Server Adapter\n"               \
    "                                             Verbindungsname: LAN\n"                          \
    "                                             [01]: 192.0.2.42\n"

static void a_german_list_is_read_by_place(void **state)
{
    struct shown shown = show(&recogniser_systeminfo, "\n" GERMAN HOTFIXES NETWORK);

    (void)state;
    assert_int_equal(shown.scan.statements, 1);
    assert_shown(&shown, FIELD_COMPUTER_NAME, "SRV-DRUCK02");
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Microsoftr Windows Serverr 2008 Standard");
    assert_shown(&shown, FIELD_MAJOR, "6");
    assert_shown(&shown, FIELD_BUILD, "6003");
    assert_int_equal(shown_count(&shown, FIELD_BUILD), 1);
    assert_shown(&shown, FIELD_SERVICE_PACK, "2");
    assert_shown(&shown, FIELD_PRODUCT_TYPE, "server");
    assert_shown(&shown, FIELD_BUILD_TYPE, "Multiprocessor Free");
    assert_shown(&shown, FIELD_OWNER, "Musterwerk IT");
    assert_shown(&shown, FIELD_ORGANIZATION, "Musterwerk GmbH");
    assert_shown(&shown, FIELD_PRODUCT_ID, "92573-082-2500446-76233");
    assert_shown(&shown, FIELD_INSTALL_DATE, "17.05.2010, 14:22:41");
    assert_int_equal(shown_fact(&shown, FIELD_INSTALL_DATE, 0)->number, FACT_NO_NUMBER);
    assert_shown(&shown, FIELD_ARCH, "x86");
    assert_int_equal(shown_count(&shown, FIELD_ARCH), 1);
    assert_shown(&shown, FIELD_LANGUAGE, "de;Deutsch (Deutschland)");
    assert_int_equal(shown_fact(&shown, FIELD_MEMORY_KB, 0)->number, 3326 * 1024);
    assert_int_equal(shown_count(&shown, FIELD_MEMORY_KB), 1);
    assert_int_equal(shown_count(&shown, FIELD_PACKAGE), 2);
    assert_int_equal(shown_fact(&shown, FIELD_PACKAGE, 1)->package->kb, 4503273);
    assert_shown(&shown, FIELD_PACKAGE_LIST, "complete");
    assert_int_equal(shown_fact(&shown, FIELD_PACKAGE_LIST, 0)->number, 4);
    assert_string_equal(shown_fact(&shown, FIELD_BUILD, 0)->where, "Betriebssystemversion, line 4");
    shown_free(&shown);
}

static void lists_that_are_cut_say_so(void **state)
{
    static const char *const lists[] = {
        "Hotfix(es):                            4 Hotfix(e) installiert.\n",
        "Hotfix(es):                            4 Hotfix(e) installiert.\n"
        "                                       [01]: KB4493730\n",
        "Hotfix(es):                            216 Hotfix(e) installiert.\n"
        "                                       [01]: KB4493730\n"
        "                                       [02]: KB4503273\n"
        "                                       ... and 214 more\n",
        "Hotfix(es):                            1 Hotfix(e) installiert.\n"
        "                                       [01]: KB4493730\n"
        "                                       ...\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        char text[4096];
        struct shown shown;

        strcpy(text, GERMAN);
        strcat(text, lists[i]);
        shown = show(&recogniser_systeminfo, text);
        assert_shown(&shown, FIELD_PACKAGE_LIST, "cut");
        assert_non_null(shown_fact(&shown, FIELD_PACKAGE_LIST, 0)->note);
        shown_free(&shown);
    }
}

static void no_list_is_not_an_empty_list(void **state)
{
    struct shown shown =
        show(&recogniser_systeminfo, GERMAN "Hotfix(es):     Nicht zutreffend\n" NETWORK);

    (void)state;
    assert_int_equal(shown_fact(&shown, FIELD_PACKAGE_LIST, 0)->status, FACT_NOT_RECORDED);
    shown_free(&shown);
}

static void not_available_is_no_owner(void **state)
{
    struct shown shown =
        show(&recogniser_systeminfo, "Nome SO:                   Microsoft Windows 10 Pro\n"
                                     "Versione SO:               10.0.17134 N/D build 17134\n"
                                     "Produttore SO:             Microsoft Corporation\n"
                                     "Configurazione SO:         Workstation membro\n"
                                     "Tipo build SO:             Multiprocessor Free\n"
                                     "Proprietario registrato:   N/D\n"
                                     "Organizzazione registrata: Nessuna\n"
                                     "Numero di serie:           00330-50000-00000-AAOEM\n");

    (void)state;
    assert_int_equal(shown_fact(&shown, FIELD_OWNER, 0)->status, FACT_NOT_RECORDED);
    assert_shown(&shown, FIELD_ORGANIZATION, "Nessuna");
    shown_free(&shown);
}

static void a_paste_behind_comment_marks_is_read(void **state)
{
    struct shown shown = show(&recogniser_systeminfo,
                              "# Active code page: 437\n"
                              "\n"
                              "# Host Name:                 DEV-WIN2K8-35\n"
                              "# OS Name:                   Microsoftr Windows Serverr 2008\n"
                              "# OS Version:                6.0.6001 Service Pack 1 Build 6001\n"
                              "# OS Manufacturer:           Microsoft Corporation\n"
                              "# OS Configuration:          Standalone Server\n"
                              "# OS Build Type:             Multiprocessor Free\n"
                              "# Registered Owner:          Windows ??\n");

    (void)state;
    assert_shown(&shown, FIELD_COMPUTER_NAME, "DEV-WIN2K8-35");
    assert_shown(&shown, FIELD_BUILD, "6001");
    assert_shown(&shown, FIELD_PRODUCT_TYPE, "server");
    assert_shown(&shown, FIELD_OWNER, "Windows ??");
    shown_free(&shown);
}

static void two_builds_in_one_value_are_two_facts(void **state)
{
    struct shown shown =
        show(&recogniser_systeminfo, "OS Version:  6.0.6003 Service Pack 2 Build 6002\n");

    (void)state;
    assert_int_equal(shown_count(&shown, FIELD_BUILD), 2);
    assert_string_equal(shown_fact(&shown, FIELD_BUILD, 1)->value, "6002");
    shown_free(&shown);
}

static void missing_lines_leave_words_alone(void **state)
{
    /* The owner was taken out: the organisation must not become the owner. */
    struct shown shown =
        show(&recogniser_systeminfo, "Nom SO:          Microsoft Windows Server 2008\n"
                                     "Version SO:      6.0.6002 Service Pack 2 version 6002\n"
                                     "Type de build:   Multiprocessor Free\n"
                                     "Organisation:    Exemple SA\n"
                                     "ID de produit:   92573-082-2500446-76233\n"
                                     "Modèle:          Autre serveur\n");

    (void)state;
    assert_shown(&shown, FIELD_PRODUCT_NAME, "Microsoft Windows Server 2008");
    assert_int_equal(shown_count(&shown, FIELD_COMPUTER_NAME), 0);
    assert_int_equal(shown_count(&shown, FIELD_OWNER), 0);
    assert_int_equal(shown_count(&shown, FIELD_ORGANIZATION), 0);
    assert_int_equal(shown_count(&shown, FIELD_PRODUCT_TYPE), 0);
    assert_shown(&shown, FIELD_PRODUCT_ID, "92573-082-2500446-76233");
    shown_free(&shown);
}

static void what_follows_a_prompt_is_not_systeminfo(void **state)
{
    struct shown shown = show(&recogniser_systeminfo,
                              "OS Version:                6.0.6001 Service Pack 1 Build 6001\n"
                              "OS Manufacturer:           Microsoft Corporation\n"
                              "OS Configuration:          Standalone Server\n"
                              "OS Build Type:             Multiprocessor Free\n"
                              "C:\\Users\\ada>whoami\n"
                              "Name:                      srv\\ada\n"
                              "Total:                     1,022 MB\n");

    (void)state;
    assert_int_equal(shown_count(&shown, FIELD_OWNER), 0);
    assert_int_equal(shown_count(&shown, FIELD_MEMORY_KB), 0);
    shown_free(&shown);
}

static void wine_gives_itself_away(void **state)
{
    struct shown shown =
        show(&recogniser_systeminfo, "OS Name:      Microsoft Windows 2008\n"
                                     "OS Version:   6.0.6002 Service Pack 2 Build 6002\n"
                                     "Product ID:   12345-oem-0000001-54321\n");

    (void)state;
    assert_int_equal(shown_count(&shown, FIELD_IMITATION), 2);
    shown_free(&shown);
}

static void other_texts_are_refused(void **state)
{
    (void)state;
    assert_refused(&recogniser_systeminfo, "Agent:  6.0.6002 listening on port 8443\n");
    assert_refused(&recogniser_systeminfo,
                   "\"OS Version:   6.0.6002 Service Pack 2 Build 6002\\n\"\n");
    assert_refused(&recogniser_systeminfo,
                   "systeminfo shows OS Version 6.0.6002 Service Pack 2 Build 6002\n");
    assert_refused(&recogniser_systeminfo, "Version\t6.0.6001 Service Pack 1 Build 6001\n");
    assert_refused(&recogniser_systeminfo, "[01]: KB4493730\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_german_list_is_read_by_place),
        cmocka_unit_test(lists_that_are_cut_say_so),
        cmocka_unit_test(no_list_is_not_an_empty_list),
        cmocka_unit_test(not_available_is_no_owner),
        cmocka_unit_test(a_paste_behind_comment_marks_is_read),
        cmocka_unit_test(two_builds_in_one_value_are_two_facts),
        cmocka_unit_test(missing_lines_leave_words_alone),
        cmocka_unit_test(what_follows_a_prompt_is_not_systeminfo),
        cmocka_unit_test(wine_gives_itself_away),
        cmocka_unit_test(other_texts_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
