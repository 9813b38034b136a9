/* Looks up what only later systems have, and does without it on the others.
 *
 * SPDX-License-Identifier: MIT
 */
#include "system.h"

#include <string.h>

/* Of SetSearchPathMode(), newer than our headers' NT 6.0. */
#define SEARCH_SAFE      0x00000001
#define SEARCH_PERMANENT 0x00008000
/* The locale's bit for a layout from right to left: LOCALESIGNATURE, bit 123. */
#define SIGNATURE_RTL_WORD 3
#define SIGNATURE_RTL_BIT  0x08000000

any_function system_function(HMODULE library, const char *name)
{
    return library ? (any_function)GetProcAddress(library, name) : NULL;
}

any_function system_later(const WCHAR *library, const char *name)
{
    return system_function(GetModuleHandleW(library), name);
}

void system_start(void)
{
    typedef BOOL(WINAPI * set_flags)(DWORD flags);
    set_flags search = (set_flags)system_later(L"kernel32.dll", "SetSearchPathMode");

    HeapSetInformation(NULL, HeapEnableTerminationOnCorruption, NULL, 0);
    if (search)
        search(SEARCH_SAFE | SEARCH_PERMANENT);
}

int system_dpi(HWND window)
{
    typedef UINT(WINAPI * dpi_of_window)(HWND window);
    dpi_of_window of = (dpi_of_window)system_later(L"user32.dll", "GetDpiForWindow");
    int dpi = of && window ? (int)of(window) : 0;

    if (dpi <= 0) {
        HDC screen = GetDC(NULL);

        dpi = screen ? GetDeviceCaps(screen, LOGPIXELSY) : 0;
        if (screen)
            ReleaseDC(NULL, screen);
    }
    return dpi > 0 ? dpi : USER_DEFAULT_SCREEN_DPI;
}

static void scale_font(LOGFONTW *font, int dpi, int from)
{
    font->lfHeight = MulDiv(font->lfHeight, dpi, from);
}

void system_metrics(int dpi, NONCLIENTMETRICSW *metrics)
{
    typedef BOOL(WINAPI * for_dpi)(UINT action, UINT size, void *value, UINT flags, UINT dpi);
    for_dpi ask = (for_dpi)system_later(L"user32.dll", "SystemParametersInfoForDpi");

    memset(metrics, 0, sizeof(*metrics));
    metrics->cbSize = sizeof(*metrics);
    if (ask && ask(SPI_GETNONCLIENTMETRICS, metrics->cbSize, metrics, 0, (UINT)dpi))
        return;
    if (!SystemParametersInfoW(SPI_GETNONCLIENTMETRICS, metrics->cbSize, metrics, 0))
        GetObjectW(GetStockObject(DEFAULT_GUI_FONT), sizeof(metrics->lfMessageFont),
                   &metrics->lfMessageFont);
    scale_font(&metrics->lfMessageFont, dpi, system_dpi(NULL));
}

void system_frame(int dpi, DWORD style, DWORD extended, RECT *rect)
{
    typedef BOOL(WINAPI * for_dpi)(RECT * rect, DWORD style, BOOL menu, DWORD extended, UINT dpi);
    for_dpi adjust = (for_dpi)system_later(L"user32.dll", "AdjustWindowRectExForDpi");

    if (!adjust || !adjust(rect, style, FALSE, extended, (UINT)dpi))
        AdjustWindowRectEx(rect, style, FALSE, extended);
}

bool system_high_contrast(void)
{
    HIGHCONTRASTW contrast = {.cbSize = sizeof(contrast)};

    return SystemParametersInfoW(SPI_GETHIGHCONTRAST, sizeof(contrast), &contrast, 0) &&
           contrast.dwFlags & HCF_HIGHCONTRASTON;
}

bool system_right_to_left(void)
{
    LOCALESIGNATURE signature;
    LCID locale = MAKELCID(GetUserDefaultUILanguage(), SORT_DEFAULT);

    return GetLocaleInfoW(locale, LOCALE_FONTSIGNATURE, (WCHAR *)&signature,
                          sizeof(signature) / sizeof(WCHAR)) > 0 &&
           signature.lsUsb[SIGNATURE_RTL_WORD] & SIGNATURE_RTL_BIT;
}
