"""Builds system drives of machines that never were, from text.

A case is a folder with
  registry.reg        what the registry says, on top of base.reg beside this file; keys of
                      HKEY_LOCAL_MACHINE\\SOFTWARE and HKEY_LOCAL_MACHINE\\SYSTEM become the hives
  registry.after.reg  optional: what was being written, on top of that, when the machine stopped
  log                 optional: "old", "new" or "lost": the form of the log that has it
  files               the rest of the drive, one entry a line:
      PATH pe KEY=VALUE...   a program with a version resource; see PROGRAM below
      PATH empty             a file whose name is all that matters
      PATH hives [NAME...]   the folder gets the hives and their logs, or those of these names
      PATH text WORDS...     a file with these words
      PATH link TARGET       a symbolic link
      PATH folder
      system PATH            what {system} stands for in the lines below; at first Windows

The hives are filled by hivexregedit and the programs made by windres and ld, so that neither
reader nor writer of a format is ours alone.

SPDX-License-Identifier: MIT
"""

import calendar
import functools
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "hive"))

import hivemake  # noqa: E402

TOOLS = {
    "hivexregedit": "hivexregedit (libwin-hivex-perl)",
    "x86_64-w64-mingw32-windres": "windres (binutils-mingw-w64-x86-64)",
    "x86_64-w64-mingw32-ld": "ld for Windows (binutils-mingw-w64-x86-64)",
    "i686-w64-mingw32-ld": "ld for 32-bit Windows (binutils-mingw-w64-i686)",
}
MACHINES = {"x86": 0x14C, "amd64": 0x8664, "ia64": 0x200, "arm": 0x1C0}
# What a program line may say; "" leaves the text out.
PROGRAM = {
    "processor": "amd64",
    "version": "6.0.6003.20489",  # in numbers
    "lab": "",                    # behind the text of the file version
    "text": None,                 # the text of the file version, when it says something else
    "name": "ntkrnlmp.exe",       # OriginalFilename and InternalName
    "company": "Microsoft Corporation",
    "product": "Microsoft\u00ae Windows\u00ae Operating System",
    "linked": None,               # Unix seconds; None: when the lab says
    "languages": "1033",          # each gets a resource of its own
    "mark": "",                   # written into the DOS stub
    "version_resource": "yes",
}


def missing_tools():
    return [words for tool, words in TOOLS.items() if not shutil.which(tool)]


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip()}")
    return done.stdout


# ---- Programs ----

def resource(options):
    """The version resource in the language of windres, for each language of the program."""
    numbers = options["version"].replace(".", ",")
    words = options["text"] and options["text"].replace("_(", " (")
    if words is None:
        words = options["version"] + (f" ({options['lab']})" if options["lab"] else "")
    strings = {
        "CompanyName": spaced(options["company"]),
        "FileDescription": "Made by a test",
        "FileVersion": words,
        "InternalName": options["name"],
        "OriginalFilename": options["name"],
        "ProductName": spaced(options["product"]),
        "ProductVersion": options["version"],
    }
    values = "".join(f'VALUE "{key}", L"{escape(text)}"\n' for key, text in strings.items() if text)
    for language in options["languages"].split(","):
        yield (f"LANGUAGE {int(language) & 0x3FF}, {int(language) >> 10}\n"
               f"1 VERSIONINFO FILEVERSION {numbers} PRODUCTVERSION {numbers} FILEOS 0x40004 "
               f'FILETYPE 1\nBEGIN\nBLOCK "StringFileInfo"\nBEGIN\n'
               f'BLOCK "{int(language):04x}04B0"\nBEGIN\n{values}END\nEND\n'
               f'BLOCK "VarFileInfo"\nBEGIN\nVALUE "Translation", {language}, 1200\nEND\nEND\n')


def spaced(text):
    """A line of files is cut at blanks: _ stands for them in some of its values."""
    return text.replace("_", " ")


def escape(text):
    return "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\x{ord(c):04x}" for c in text)


def link_time(lab):
    """The time of a build lab, which is that of Redmond, in Unix seconds."""
    found = re.search(r"\.(\d{6}-\d{4})$", lab)
    if not found:
        return 1553126400
    return calendar.timegm(time.strptime(found.group(1), "%y%m%d-%H%M")) + 7 * 3600


@functools.lru_cache(maxsize=None)
def program(**given):
    """The bytes of a program; see PROGRAM."""
    unknown = set(given) - set(PROGRAM)
    if unknown:
        raise ValueError(f"no option {unknown}")
    options = {**PROGRAM, **given}
    tools = ("i686" if options["processor"] == "x86" else "x86_64") + "-w64-mingw32-"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        text = "".join(resource(options)) if options["version_resource"] == "yes" else \
            'LANGUAGE 9, 1\n1 RCDATA { "nothing" }\n'
        (folder / "p.rc").write_text(text, encoding="ascii")
        run(tools + "windres", folder / "p.rc", folder / "p.o")
        run(tools + "ld", "-s", "--subsystem", "native", "--no-insert-timestamp", "-e", "0", "-o",
            folder / "p.exe", folder / "p.o")
        made = bytearray((folder / "p.exe").read_bytes())
    header = struct.unpack_from("<I", made, 0x3C)[0]
    struct.pack_into("<H", made, header + 4, MACHINES[options["processor"]])
    struct.pack_into("<I", made, header + 8, int(options["linked"] or link_time(options["lab"])))
    mark = spaced(options["mark"]).encode()
    made[0x40:0x40 + len(mark)] = mark
    return bytes(made)


# ---- Hives ----

def sections(text):
    """(key, lines) for each section of a registry export."""
    for part in re.split(r"^(?=\[)", text, flags=re.MULTILINE)[1:]:
        key, _, lines = part.partition("]")
        yield key[1:], lines


def merge(path, name, *exports):
    """Merges what exports say below HKEY_LOCAL_MACHINE\\name into the hive at path."""
    root = "HKEY_LOCAL_MACHINE\\" + name
    known = set()
    for number, export in enumerate(exports):
        text = "Windows Registry Editor Version 5.00\n\n"
        for key, lines in sections(export):
            if not (key.lstrip("-") + "\\").startswith(root + "\\"):
                continue
            # hivexregedit makes a key only below one that is there.
            parts = key.split("\\")
            for end in range(3, len(parts)):
                parent = "\\".join(parts[:end])
                if parent not in known and not key.startswith("-"):
                    text += f"[{parent}]\n\n"
                known.add(parent)
            known.add(key)
            text += f"[{key}]{lines}"
        export_path = path.with_name(f"{path.name}-{number}.reg")
        export_path.write_text(text, encoding="utf-8")
        run("hivexregedit", "--merge", "--prefix", root, path, export_path)
        export_path.unlink()


class Hives:
    """What stands in System32/config: names and bytes."""

    def __init__(self, case):
        exports = [(HERE / "base.reg").read_text(encoding="utf-8"), read(case / "registry.reg")]
        after = read(case / "registry.after.reg")
        form = read(case / "log").strip()
        self.files = {}
        for name in ("SOFTWARE", "SYSTEM"):
            before = self.make(name, exports)
            self.files[name] = before
            if not after or f"MACHINE\\{name}\\" not in after:
                continue
            later = self.make(name, exports, after)
            written = struct.unpack_from("<Q", later, 12)[0]
            self.files[name] = hivemake.dirty(before, (6, 5))
            if form == "old":
                self.files[name + ".LOG1"] = hivemake.old_log(before, later, 6, written)
            elif form == "new":
                self.files[name + ".LOG1"] = hivemake.new_log([before, later], 5)
            elif form != "lost":
                raise ValueError(f"{case.name}: log is {form!r}")

    @staticmethod
    def make(name, exports, after=None):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            path.write_bytes(hivemake.build(hivemake.Key()))
            merge(path, name, *exports)
            if after:
                merge(path, name, after)
            return path.read_bytes()


def read(path):
    return path.read_text(encoding="utf-8") if path.exists() else ""


# ---- Drives ----

def build(case, target):
    """Builds the drive of a case in the folder target."""
    target.mkdir(parents=True)
    system = "Windows"
    hives = None
    for line in read(case / "files").splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if words[0] == "system":
            system = words[1]
            continue
        path = target / words[0].replace("{system}", system)
        kind, rest = words[1], words[2:]
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "pe":
            path.write_bytes(program(**dict(word.split("=", 1) for word in rest)))
        elif kind == "empty":
            path.write_bytes(b"")
        elif kind == "text":
            path.write_text(" ".join(rest) + "\n", encoding="utf-8")
        elif kind == "folder":
            path.mkdir()
        elif kind == "link":
            os.symlink(rest[0], path)
        elif kind == "hives":
            hives = hives or Hives(case)
            for name, content in hives.files.items():
                if not rest or name.split(".")[0] in rest:
                    path.mkdir(parents=True, exist_ok=True)
                    (path / name).write_bytes(content)
        else:
            raise ValueError(f"{case.name}: {line!r}")
