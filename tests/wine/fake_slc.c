/* A licensing library that answers as it is told, for the tests of the live machine.
 *
 * FAKE_SLC is "hang", "refuse", "licensed", "notified" or "strange": the last three have the first
 * year of the programme and nothing else, and the very last only tells who asks for all.
 *
 * SPDX-License-Identifier: MIT
 */
#include <windows.h>

#include <string.h>

struct licensing_status {
    GUID product;
    int status;
    DWORD grace_minutes, grace_days;
    HRESULT reason;
    UINT64 expiration;
};

static const GUID windows = {
    0x55c92734, 0xd682, 0x4d71, {0x98, 0x3e, 0xd6, 0xec, 0x3f, 0x16, 0x05, 0x9f}};
static const GUID year1 = {
    0x553673ed, 0x6ddf, 0x419c, {0xa1, 0x53, 0xb7, 0x60, 0x28, 0x34, 0x72, 0xfd}};

static BOOL told(const char *word)
{
    char text[16] = "";

    GetEnvironmentVariableA("FAKE_SLC", text, sizeof(text));
    return strcmp(text, word) == 0;
}

__declspec(dllexport) HRESULT WINAPI SLOpen(void **handle)
{
    if (told("hang"))
        Sleep(INFINITE);
    *handle = (void *)&windows;
    return told("refuse") ? (HRESULT)0x800706ba : S_OK;
}

__declspec(dllexport) HRESULT WINAPI SLClose(void *handle)
{
    return handle == &windows ? S_OK : E_INVALIDARG;
}

__declspec(dllexport) HRESULT WINAPI
    SLGetLicensingStatusInformation(void *handle, const GUID *application, const GUID *product,
                                    const WCHAR *right, UINT *count,
                                    struct licensing_status **statuses)
{
    if (handle != &windows || memcmp(application, &windows, sizeof(GUID)) != 0 || right)
        return E_INVALIDARG;
    if (told("strange") ? product != NULL : !product || memcmp(product, &year1, sizeof(GUID)) != 0)
        return (HRESULT)(told("strange") ? 0xc004f002 : 0xc004f015);
    *statuses = LocalAlloc(LPTR, sizeof(**statuses));
    **statuses = (struct licensing_status){.product = year1, .status = told("notified") ? 3 : 1};
    *count = 1;
    return S_OK;
}
