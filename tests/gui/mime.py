#!/usr/bin/python3
"""File managers tell evidence by its content, and open it with the window.

usage: mime.py RESOURCES

A database of the shared one and ours is made for the test alone; GLib is asked, as file managers
ask it. Skipped where the tool or the shared database is missing.

SPDX-License-Identifier: MIT
"""
import configparser
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SHARED = pathlib.Path("/usr/share/mime/packages/freedesktop.org.xml")
SKIPPED = 77

HIVE = "application/x-windows-registry-hive"
WIM = "application/x-ms-wim"
MSINFO = "application/x-msinfo32"
REPORT = "application/x-winver6003-report+json"
XML = '<?xml version="1.0"?>\r\n<MsInfo>\r\n<Metadata>\r\n'
# name, content, type
EXAMPLES = [
    ("SOFTWARE", b"regf\x01\0\0\0\x01\0\0\0" + bytes(4096), HIVE),
    ("backup.bin", b"regf\x01\0\0\0\x01\0\0\0" + bytes(4096), HIVE),
    ("NTUSER.DAT", b"regf\x01\0\0\0\x01\0\0\0" + bytes(4096), HIVE),
    ("software", b"not a hive: regf comes later\n", "text/plain"),
    ("install.wim", b"MSWIM\0\0\0\xd0\0\0\0" + bytes(512), WIM),
    ("image", b"MSWIM\0\0\0\xd0\0\0\0" + bytes(512), WIM),
    ("export.reg", b"Windows Registry Editor Version 5.00\r\n", "text/x-ms-regedit"),
    ("export.reg", "\ufeffWindows Registry Editor Version 5.00\r\n".encode("utf-16-le"),
     "text/x-ms-regedit"),
    ("system.nfo", ("\ufeff" + XML).encode("utf-16-le"), MSINFO),
    ("system.nfo", XML.encode("ascii"), MSINFO),
    ("release.nfo", b"greetings to all\r\n" * 20, "text/x-nfo"),
    ("report", b'{\n  "schema": "winver6003-report-1",\n', REPORT),
    ("report", b'{"schema":"winver6003-report-1","tool":{}}\n', REPORT),
    ("ours.winver6003.json", b'{\n  "schema": "winver6003-report-1",\n', REPORT),
    ("other", b'{\n  "schema": "another",\n', "text/plain"),
]
# What of these a double click opens.
OPENED = {HIVE, WIM, MSINFO, REPORT, "text/x-ms-regedit"}


def ask(folder):
    """In a process that has the database from its start."""
    import gi

    gi.require_version("Gio", "2.0")
    from gi.repository import Gio

    for number, (name, _, wanted) in enumerate(EXAMPLES):
        file = Gio.File.new_for_path(os.path.join(folder, str(number), name))
        found = file.query_info("standard::content-type", 0, None).get_content_type()
        if found != wanted:
            print(f"{name} (example {number}): {found}, not {wanted}")


def main(resources):
    resources = pathlib.Path(resources)
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(resources / "org.winver6003.Winver6003.desktop", encoding="utf-8")
    opened = set(filter(None, entry["Desktop Entry"]["MimeType"].split(";")))
    wrong = [f"the desktop file opens {kind}, the examples do not say so"
             for kind in opened ^ OPENED]
    if not shutil.which("update-mime-database") or not SHARED.is_file():
        print("no shared MIME database here: the types are not asked for")
        return 1 if wrong else SKIPPED

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        packages = folder / "data" / "mime" / "packages"
        packages.mkdir(parents=True)
        shutil.copy(SHARED, packages)
        shutil.copy(resources / "mime" / "winver6003.xml", packages)
        # Warnings about our file would be its mistakes; the shared one has its own.
        done = subprocess.run(["update-mime-database", folder / "data" / "mime"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True)
        wrong += [line for line in done.stdout.decode().splitlines() if "winver6003" in line]
        for number, (name, content, _) in enumerate(EXAMPLES):
            (folder / str(number)).mkdir()
            (folder / str(number) / name).write_bytes(content)
        env = dict(os.environ, XDG_DATA_HOME=str(folder / "none"),
                   XDG_DATA_DIRS=str(folder / "data"))
        done = subprocess.run([sys.executable, __file__, "--ask", folder], env=env, check=True,
                              stdout=subprocess.PIPE)
        wrong += done.stdout.decode().splitlines()
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1] == "--ask":
        ask(sys.argv[2])
    else:
        sys.exit(main(sys.argv[1]))
