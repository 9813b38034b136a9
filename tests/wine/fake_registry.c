/* The five functions of the registry that the program uses, made to refuse or to be slow.
 *
 * Wine's registry denies nothing to anybody, so the tests let a copy of the program import this
 * library in the place of advapi32.dll. FAKE_DENIED names keys that may not be opened, with a comma
 * behind each; FAKE_SLOW is how many milliseconds it takes to open any.
 *
 * SPDX-License-Identifier: MIT
 */
#include <windows.h>

#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __declspec(dllexport) LONG WINAPI fake_##name

EXPORT(open)(HKEY key, const WCHAR *name, DWORD options, REGSAM access, HKEY *opened)
{
    char denied[256] = "", slow[16] = "", narrow[256];

    GetEnvironmentVariableA("FAKE_DENIED", denied, sizeof(denied));
    GetEnvironmentVariableA("FAKE_SLOW", slow, sizeof(slow));
    if (*slow)
        Sleep((DWORD)atoi(slow));
    WideCharToMultiByte(CP_UTF8, 0, name, -1, narrow, sizeof(narrow) - 1, NULL, NULL);
    strcat(_strlwr(narrow), ",");
    return strstr(denied, narrow) ? ERROR_ACCESS_DENIED
                                  : RegOpenKeyExW(key, name, options, access, opened);
}

EXPORT(query)(HKEY key, const WCHAR *name, DWORD *reserved, DWORD *type, BYTE *data, DWORD *size)
{
    return RegQueryValueExW(key, name, reserved, type, data, size);
}

EXPORT(keys)
(HKEY key, DWORD index, WCHAR *name, DWORD *units, DWORD *reserved, WCHAR *class_name,
 DWORD *class_units, FILETIME *written)
{
    return RegEnumKeyExW(key, index, name, units, reserved, class_name, class_units, written);
}

EXPORT(values)
(HKEY key, DWORD index, WCHAR *name, DWORD *units, DWORD *reserved, DWORD *type, BYTE *data,
 DWORD *size)
{
    return RegEnumValueW(key, index, name, units, reserved, type, data, size);
}

EXPORT(close)(HKEY key)
{
    return RegCloseKey(key);
}
