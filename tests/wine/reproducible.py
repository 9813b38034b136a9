#!/usr/bin/python3
"""Links a program for Windows a second time: it must come out as the same bytes.

usage: reproducible.py BUILD-FOLDER

One object is compiled again as well, into another folder. That programs name no folder and no time of
their making is looked at by imports.py. Skipped (77) where the folder is not built.

SPDX-License-Identifier: MIT
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

SECONDS = 240


def commands(folder, target):
    done = subprocess.run(["ninja", "-C", folder, "-t", "commands", target], check=True,
                          capture_output=True, text=True, timeout=SECONDS)
    return [line for line in done.stdout.splitlines() if not line.startswith("ninja:")]


def again(folder, command, output, **changes):
    """Runs a command of the build with another output; returns what it made."""
    words = shlex.split(command)
    words[words.index("-o") + 1] = str(output)
    words = [changes.get(word, word) for word in words]
    for option in ("-MF", "-MQ"):
        if option in words:
            words[words.index(option) + 1] = str(output) + ".d"
    subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=SECONDS)
    return output.read_bytes()


def main(folder):
    folder = pathlib.Path(folder)
    program = folder / "winver6003-console.exe"
    if not program.exists():
        print(f"skipped: {program} is not built")
        return 77
    lines = commands(folder, program.name)
    link = lines[-1]
    compile_main = next(line for line in lines if re.search(r"-o \S*main\.c\.obj", line))
    built = shlex.split(compile_main)
    built = built[built.index("-o") + 1]
    with tempfile.TemporaryDirectory(prefix="winver6003-reproducible-") as work:
        work = pathlib.Path(work)
        again(folder, compile_main, work / "main.obj")
        same = again(folder, link, work / "again.exe",
                     **{built: str(work / "main.obj")}) == program.read_bytes()
    print(f"{program.name}: {'the same' if same else 'other'} bytes when it is made again")
    return 0 if same else 1


if __name__ == "__main__":
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    sys.exit(main(*sys.argv[1:]))
