#!/usr/bin/python3
"""Compares the reader of programs with exiftool, field by field.

usage: run.py PE_DUMP

On programs that windres and ld make here, of all processors, languages and lengths of text, and on
those that Debian packages have put on this system. Skipped without these tools.
Output is TAP.

SPDX-License-Identifier: MIT
"""

import calendar
import glob
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "phony"))

import machine  # noqa: E402

FIELDS = ["MachineType", "PEType", "TimeStamp", "FileVersionNumber", "ProductVersionNumber",
          "CompanyName", "FileVersion", "InternalName", "OriginalFileName", "ProductName",
          "ProductVersion"]
# Programs with version resources that some Debian packages bring along.
FOUND = ["/usr/x86_64-w64-mingw32/lib/*.dll", "/usr/i686-w64-mingw32/lib/*.dll",
         "/usr/lib/python3/dist-packages/**/*.exe"]
LAB = "vistasp2_ldr_escrow.190320-1700"


def made():
    """(what, options of a program)"""
    for processor in machine.MACHINES:
        yield f"processor {processor}", {"processor": processor, "lab": LAB}
    for length in range(9):
        yield f"texts of {length} more characters", {"company": "Microsoft" + "x" * length,
                                                     "name": "n" * (length + 1)}
    yield "no company", {"company": ""}
    yield "no texts but versions", {"company": "", "name": "", "product": ""}
    yield "other alphabets", {"product": "Операционная система \u00ae 窓 \u2122"}
    yield "a character of two units", {"product": "a\U0001F5A5b"}
    yield "a long text", {"product": "long" * 900}
    yield "the largest numbers", {"version": "65535.65535.65535.65535"}
    yield "all numbers 0", {"version": "0.0.0.0"}
    yield "several languages", {"languages": "1031,1033,1049", "lab": LAB}
    yield "no version resource", {"version_resource": "no"}
    yield "linked in 2038", {"linked": "2147483648"}


def exiftool(paths):
    """Its fields by path."""
    done = subprocess.run(["exiftool", "-j", "-n", *("-" + field for field in FIELDS), *paths],
                          capture_output=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin"},
                          check=False)
    fields = {}
    for row in json.loads(done.stdout):
        path = row.pop("SourceFile")
        if "TimeStamp" in row:
            row["TimeStamp"] = calendar.timegm(
                time.strptime(row["TimeStamp"][:19], "%Y:%m:%d %H:%M:%S"))
        fields[path] = {key: str(value) for key, value in row.items() if str(value)}
    return fields


def ours(dump, path):
    done = subprocess.run([dump, path], capture_output=True, timeout=60, check=False)
    lines = done.stdout.decode("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines), done


def main(dump):
    missing = machine.missing_tools()
    if not shutil.which("exiftool"):
        missing.append("exiftool (libimage-exiftool-perl)")
    if missing:
        print(f"1..0 # SKIP no {', no '.join(missing)}")
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (what, options) in enumerate(made()):
            path = f"{folder}/{number}.exe"
            pathlib.Path(path).write_bytes(machine.program(**options))
            names[path] = what
        for pattern in FOUND:
            for path in sorted(glob.glob(pattern, recursive=True)):
                names[path] = path
        theirs = exiftool(list(names))
        print(f"1..{len(names)}")
        for number, (path, what) in enumerate(names.items(), 1):
            mine, done = ours(dump, path)
            wrong = sorted(set(mine.items()) ^ set(theirs[path].items()))
            if done.returncode != 0 or done.stderr:
                wrong.append((done.returncode, done.stderr.decode("utf-8", "replace")))
            print(f"{'not ok' if wrong else 'ok'} {number} - {what}")
            if wrong:
                print(f"# {what}: {wrong}", file=sys.stderr)
            failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
