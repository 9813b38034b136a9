"""Machines for Wine: prefixes whose registry and files are all made here.

A prefix is a folder with a registry in text, a drive C: and links to Wine's own libraries. Made that
way it needs no display, holds nothing that Wine's setup would write into it, and is ready at once.

SPDX-License-Identifier: MIT
"""

import os
import pathlib
import shutil
import subprocess
import tempfile

WINE = pathlib.Path("/usr/lib/wine/wine64")
SERVER = WINE.with_name("wineserver64")
LIBRARIES = pathlib.Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows")
SECONDS = 60


def missing():
    """What is not here to run 64-bit programs for Windows; "" when all is."""
    for path in (WINE, SERVER, LIBRARIES / "kernel32.dll"):
        if not path.exists():
            return f"no 64-bit Wine here ({path})"
    return ""


def merge(sections):
    """{key: {value: data}} of (key, lines) in the syntax of a registry export; later ones win."""
    keys = {}
    for key, lines in sections:
        if key.startswith("-"):
            gone = key[1:].lower()
            for name in [n for n in keys if (n.lower() + "\\").startswith(gone + "\\")]:
                del keys[name]
            continue
        same = next((name for name in keys if name.lower() == key.lower()), key)
        values = keys.setdefault(same, {})
        for line in lines.replace("\\\n", "").splitlines():
            name, equals, data = line.strip().partition("=")
            if not equals:
                continue
            if data == "-":
                values.pop(name, None)
            else:
                values[name] = data
    return keys


def keys_of(keys, root):
    """The keys below a root as Wine keeps them. Its current control set is no link, it is the set."""
    text = ""
    for key, values in keys.items():
        if not (key + "\\").upper().startswith(root.upper() + "\\"):
            continue
        path = key[len(root) + 1:].replace("ControlSet001", "CurrentControlSet")
        if not path:
            continue
        path = path.replace("\\", "\\\\")
        text += f"[{path}] 1\n" + "".join(f"{n}={d}\n" for n, d in values.items()) + "\n"
    return text


class Machine:
    """One prefix, and programs that run in it. Use as a context: its server ends with it."""

    def __init__(self, folder, keys):
        self.folder = pathlib.Path(folder)
        self.drive = self.folder / "drive_c"
        self.system32 = self.drive / "windows" / "system32"
        self.system32.mkdir(parents=True)
        (self.folder / "dosdevices").mkdir()
        (self.folder / "dosdevices" / "c:").symlink_to("../drive_c")
        (self.folder / "dosdevices" / "z:").symlink_to("/")
        # Nothing is to be set up or brought up to date in it.
        (self.folder / ".update-timestamp").write_text("disable\n", encoding="ascii")
        for name, root in (("system.reg", "HKEY_LOCAL_MACHINE"), ("user.reg", "HKEY_CURRENT_USER"),
                           ("userdef.reg", "HKEY_USERS\\.Default")):
            (self.folder / name).write_text("WINE REGISTRY Version 2\n\n#arch=win64\n\n" +
                                            keys_of(keys, root), encoding="utf-8")
        for library in LIBRARIES.glob("*.dll"):
            (self.system32 / library.name).symlink_to(library)
        # One that states a version, and that no program needs.
        (self.system32 / "hal.dll").unlink()

    def put(self, path, content):
        """A file below drive C:, in the place of Wine's."""
        target = self.drive / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_symlink():
            target.unlink()
        target.write_bytes(content)

    def environment(self, **changes):
        return {**{n: v for n, v in os.environ.items() if n not in ("DISPLAY", "__COMPAT_LAYER")},
                "WINEPREFIX": str(self.folder), "WINEDEBUG": "-all", "LC_ALL": "C.UTF-8",
                "TZ": "Asia/Kolkata", "WINEDLLOVERRIDES": "mscoree,mshtml=", **changes}

    def run(self, program, *arguments, **changes):
        # Into files: a pipe would stay open for as long as Wine's server does.
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            done = subprocess.run([WINE, program, *arguments], env=self.environment(**changes),
                                  cwd=self.folder, stdin=subprocess.DEVNULL, stdout=output,
                                  stderr=errors, timeout=SECONDS, check=False)
            output.seek(0)
            errors.seek(0)
            done.stdout, done.stderr = output.read(), errors.read()
        return done

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for order in ("-k", "-w"):
            subprocess.run([SERVER, order], env=self.environment(), check=False,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)
