/* winver6003.exe: the dialog of Windows.
 *
 * SPDX-License-Identifier: MIT
 */
#include <windows.h>

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, WCHAR *line, int show)
{
    (void)instance;
    (void)before;
    (void)line;
    (void)show;
    return 0;
}
