/* The words for server, workstation and domain controller, and their absence.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/readers/shapes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void known_languages_answer(void **state)
{
    static const struct {
        const char *words, *type;
    } texts[] = {
        {"Standalone Server", "server"},
        {"Member Server", "server"},
        {"Standalone Workstation", "workstation"},
        {"Member Workstation", "workstation"},
        {"Primary Domain Controller", "domain controller"},
        {"Additional/Backup Domain Controller", "domain controller"},
        {"Eigenständiger Server", "server"},
        {"Mitgliedsserver", "server"},
        {"Eigenst\xef\xbf\xbdndige Arbeitsstation", "workstation"}, /* a lost code page */
        {"Primärer Domänencontroller", "domain controller"},
        {"Serveur autonome", "server"},
        {"Serveur membre", "server"},
        {"Contrôleur de domaine principal", "domain controller"},
        {"Workstation membro", "workstation"},
        {"Controller di dominio primario", "domain controller"},
        {"Servidor independiente", "server"},
        {"Estación de trabajo independiente", "workstation"},
        {"Controlador de domínio primário", "domain controller"},
        {"Изолированный сервер", "server"},
        {"Изолированная рабочая станция", "workstation"},
        {"Основной контроллер домена", "domain controller"},
        {"Serwer autonomiczny", "server"},
        {"Autonomiczna stacja robocza", "workstation"},
        {"Önálló kiszolgáló", "server"},
        {"スタンドアロン サーバー", "server"},
        {"スタンドアロン ワークステーション", "workstation"},
        {"プライマリ ドメイン コントローラ", "domain controller"},
        {"独立服务器", "server"},
        {"独立工作站", "workstation"},
        {"主域控制器", "domain controller"},
        {"獨立伺服器", "server"},
        {"독립 실행형 서버", "server"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const char *type = shape_product_type(span_of(texts[i].words));

        if (!type)
            fail_msg("no answer: %s", texts[i].words);
        assert_string_equal(type, texts[i].type);
    }
}

static void unknown_words_are_no_guess(void **state)
{
    (void)state;
    assert_null(shape_product_type(SPAN("Microsoft Corporation")));
    assert_null(shape_product_type(SPAN("Multiprocessor Free")));
    assert_null(shape_product_type(SPAN("שרת עצמאי")));
    assert_null(shape_product_type(SPAN("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_languages_answer),
        cmocka_unit_test(unknown_words_are_no_guess),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
