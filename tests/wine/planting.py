#!/usr/bin/python3
"""Puts libraries of somebody else beside the programs: none of them may be loaded.

usage: planting.py FOLDER

FOLDER has the 64-bit programs. Each library, made here, leaves a mark when it is loaded. A program
that loads one by its bare name shows that the marks would be seen. Some of Wine's own libraries ask
for others without being KnownDLLs, as they are on Windows: what an empty program loads, through the
libraries that Windows knows, is not held against ours. Output is TAP; skipped (77) without Wine or
without a compiler for Windows.

SPDX-License-Identifier: MIT
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

import prefix

COMPILER = "x86_64-w64-mingw32-gcc-win32"
# What the programs load at run time, what is asked for by what they import, and what others were
# attacked with. None is a KnownDLL of NT 6.0. Without version and shcore, on which Wine builds
# its user32 and shell32.
NAMES = ("apphelp", "bcrypt", "bcryptprimitives", "comctl32", "cryptbase", "cryptsp", "dwmapi",
         "netapi32", "oleacc", "profapi", "propsys", "rsaenh", "secur32", "slc", "slcext", "uxtheme",
         "wbemcomn", "winmm", "winspool", "wtsapi32")
LIBRARY = r"""
#include <windows.h>
BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, void *reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        char path[MAX_PATH], mark[MAX_PATH] = "C:\\marks\\";
        GetModuleFileNameA(library, path, MAX_PATH);
        lstrcatA(mark, strrchr(path, '\\') + 1);
        CloseHandle(CreateFileA(mark, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
    }
    return TRUE;
}
"""
# Through its imports it loads what Wine's own libraries do by themselves.
EMPTY = r"""
#include <windows.h>
#include <shellapi.h>
int main(void)
{
    int n;
    HKEY key;
    LocalFree(CommandLineToArgvW(GetCommandLineW(), &n));
    RegOpenKeyExA(HKEY_LOCAL_MACHINE, "SOFTWARE", 0, KEY_READ, &key);
    DeleteObject(CreateSolidBrush(GetSysColor(COLOR_WINDOW)));
    %s
    return 0;
}
"""


def build(source, output, *options):
    subprocess.run([COMPILER, "-Os", "-s", "-x", "c", "-", "-o", output, *options,
                    "-lshell32", "-lgdi32", "-ladvapi32", "-luser32"],
                   input=source.encode(), check=True)


def main(folder):
    missing = prefix.missing() or ("" if shutil.which(COMPILER) else f"no {COMPILER} here")
    programs = [pathlib.Path(folder) / name for name in ("winver6003.com", "winver6003.exe")]
    missing = missing or "".join(f"{path} is not built" for path in programs if not path.exists())
    if missing:
        print(f"1..0 # SKIP {missing}")
        return 77
    n = failed = 0
    with tempfile.TemporaryDirectory(prefix="winver6003-planting-") as work, \
            prefix.Machine(pathlib.Path(work) / "prefix", {}) as machine:
        beside = machine.drive / "downloads"
        marks = machine.drive / "marks"
        beside.mkdir()
        build(LIBRARY, machine.drive / "planted.dll", "-shared")
        for name in NAMES:
            shutil.copyfile(machine.drive / "planted.dll", beside / f"{name}.dll")
        (beside / "evidence.txt").write_text("Microsoft Windows [Version 6.0.6003]\n")
        build(EMPTY % "", beside / "empty.exe")
        build(EMPTY % 'LoadLibraryA("bcrypt.dll");', beside / "careless.exe")
        for path in programs:
            shutil.copyfile(path, beside / path.name)

        def loaded(name, *arguments):
            shutil.rmtree(marks, ignore_errors=True)
            marks.mkdir()
            # Wine would otherwise take its own in the place of any that is called like one.
            done = machine.run(f"C:\\downloads\\{name}", *arguments,
                        WINEDLLOVERRIDES=f"mscoree,mshtml=;{','.join(NAMES)}=n,b")
            return done, {path.name for path in marks.iterdir()}

        def say(holds, what, why=()):
            nonlocal n, failed
            n += 1
            failed += not holds
            print(f"{'' if holds else 'not '}ok {n} - {what}", flush=True)
            for line in () if holds else why:
                print(f"# {line}")

        by_wine = loaded("empty.exe")[1]
        say("bcrypt.dll" in loaded("careless.exe")[1] - by_wine, "a careless program is caught")
        for name, arguments in (
                ("winver6003.com", ["--format", "json"]),
                ("winver6003.com", ["--digest", "--format", "json",
                                    "C:\\downloads\\evidence.txt"]),
                ("winver6003.exe", ["--picture", "C:\\picture.png"]),
                ("winver6003.exe", ["--picture", "C:\\picture.png",
                                    "C:\\downloads\\evidence.txt"])):
            done, marked = loaded(name, *arguments)
            wrong = [f"loaded from beside the program: {mark}" for mark in sorted(marked - by_wine)]
            if "--picture" in arguments:
                works = (machine.drive / "picture.png").exists()
                (machine.drive / "picture.png").unlink(missing_ok=True)
            else:
                works = done.stdout.startswith(b"{")
            if not works:
                wrong.append(f"it does not work: exit code {done.returncode}, {done.stderr!r}")
            say(not wrong, " ".join((name, *arguments)), wrong)
    print(f"1..{n}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
