"""A screen and a Wine prefix of one's own, and the dialog on it as read_dialog.c reads it.

SPDX-License-Identifier: MIT
"""

import collections
import pathlib
import shutil
import subprocess
import tempfile

import prefix

COMPILER = "x86_64-w64-mingw32-gcc-win32"
HERE = pathlib.Path(__file__).resolve().parent
SCREEN = "1600x1200x24"
DESKTOP = "HKEY_CURRENT_USER\\Control Panel\\Desktop"
# Wine's own visual style, and the colours that go with it.
STYLE = "windows/resources/themes/light/light.msstyles"
LIGHT = (
    ("HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\ThemeManager",
     '"ThemeActive"="1"\n"LoadedBefore"="1"\n"ColorName"="Blue"\n"SizeName"="NormalSize"\n'
     '"DllName"="C:\\\\' + STYLE.replace("/", "\\\\") + '"'),
    ("HKEY_CURRENT_USER\\Control Panel\\Colors",
     "\n".join(f'"{name}"="{color}"' for name, color in (
         ("ButtonFace", "245 245 245"), ("ButtonHilight", "255 255 255"),
         ("ButtonLight", "227 227 227"), ("ButtonShadow", "166 166 166"),
         ("ButtonDkShadow", "106 106 106"), ("WindowFrame", "158 158 158"),
         ("Scrollbar", "255 255 255")))),
)

Control = collections.namedtuple(
    "Control", "id kind x y width height visible enabled tab_stop needs_width needs_height text")
Seen = collections.namedtuple("Seen", "title controls")

# Controls by the names of gui/win32/layout.h: 100 and the item, but OK.
NAMES = {"product": 102, "edition": 103, "version": 105, "licence": 106, "memory": 107,
         "revision_title": 108, "revision": 109, "lab_title": 110, "lab": 111, "word": 114,
         "headline": 115, "notice": 116, "tabs": 117, "page_title": 118, "page": 119,
         "open": 120, "copy": 121, "details": 122, "feedback": 123, "ok": 1}
# A sample for each state.
STATES = {
    "transitioned": "server-2008-6003-final",
    "not-transitioned": "server-2008-sp2-6002.txt",
    "incomplete": "half-installed.reg",
    "conflict": "edited-registry",
    "imitation": "wine-6003.reg",
    "unknown": "ver-banner.txt",
    "not-applicable": "vista-6003.txt",
}


def missing():
    """What is not here to show a dialog; "" when all is."""
    for program in (COMPILER, "Xvfb"):
        if not shutil.which(program):
            return f"no {program} here"
    return prefix.missing()


def plain(text):
    """As read_dialog.c wrote it, with its marks for ends of line undone."""
    out, at = [], 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            out.append({"n": "\n", "r": "\r", "t": "\t"}.get(text[at + 1], text[at + 1]))
            at += 2
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def compiled(source, folder, *libraries):
    program = pathlib.Path(folder) / (pathlib.Path(source).stem + ".exe")
    subprocess.run([COMPILER, "-Os", "-municode" if "wWinMain" in source.read_text() else "-O1",
                    "-D_WIN32_WINNT=0x0600", "-DUNICODE", source, "-o", program, *libraries],
                   check=True)
    return program


class Desk:
    """Use as a context: the X server, the prefix and its Wine end with it."""

    def __init__(self, dpi=96, keys=(), locale=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dialog"))
        sections = [(DESKTOP, f'"LogPixels"=dword:{dpi:08x}'), *keys]
        self.machine = prefix.Machine(self.folder / "prefix", prefix.merge(sections))
        # What brings windows to an X server, beside the libraries.
        for pattern in ("*.exe", "*.drv"):
            for program in prefix.LIBRARIES.glob(pattern):
                target = self.machine.system32 / program.name
                if not target.exists():
                    target.symlink_to(program)
        shutil.copy(prefix.LIBRARIES / "explorer.exe", self.machine.drive / "windows")
        self.machine.put(STYLE, (prefix.LIBRARIES / "light.msstyles").read_bytes())
        self.locale = locale
        self.server = None
        self.display = None
        self.reader = None

    def __enter__(self):
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.display = ":" + self.server.stdout.readline().decode().strip()
        return self

    def __exit__(self, *error):
        self.machine.__exit__(*error)
        self.server.terminate()
        self.server.wait()
        self.server.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program, *arguments):
        changes = {"DISPLAY": self.display}
        if self.locale:
            changes.update(self.locale)
        return self.machine.run(program, *[str(a) for a in arguments], **changes)

    def reading(self):
        if not self.reader:
            self.reader = compiled(HERE / "read_dialog.c", self.folder, "-luser32", "-lgdi32",
                                   "-lshell32")
        return self.reader

    def shot(self, target, line, *steps):
        """Takes the steps and draws what then stands on the screen, cut to the dialog."""
        environment = self.machine.environment(DISPLAY=self.display)
        with subprocess.Popen([prefix.WINE, self.reading(), line, *steps, "size", "wait:3000",
                               "key:27"], env=environment, cwd=self.machine.folder, text=True,
                              stdout=subprocess.PIPE) as running:
            row = next(r for r in running.stdout if r.startswith("size")).split()
            width, height, left, top = (int(n) for n in row[1:5])
            subprocess.run(["import", "-display", self.display, "-window", "root", "-crop",
                            f"{width}x{height}+{left}+{top}", "+repage", "-strip", target],
                           check=True)
            running.stdout.read()

    def read(self, line, *steps):
        """Runs a command line and takes the steps. A list of what each told; the exit code."""
        done = self.run(self.reading(), line, *steps)
        if done.returncode:
            raise AssertionError(f"{line}: {done.stderr.decode()}")
        told, code, seen = [], None, None
        for row in done.stdout.decode("utf-8").replace("\r\n", "\n").splitlines():
            what, *fields = row.split("\t")
            if what == "title":
                seen = Seen(plain(fields[0]), {})
            elif what == "control":
                numbers = [int(n) for n in (fields[0], *fields[2:11])]
                control = Control(numbers[0], fields[1], *numbers[1:], plain(fields[11]))
                seen.controls[control.id] = control
            elif what == "end":
                told.append(seen)
            elif what == "exit":
                code = int(fields[0])
            elif what == "clipboard":
                told.append(plain(fields[0]))
            else:
                told.append([int(n) for n in fields])
        return told, code


def windows_path(path):
    return "Z:" + str(pathlib.Path(path).resolve()).replace("/", "\\")
