#!/usr/bin/python3
"""Installs the build into an empty folder and uses what is there.

usage: install.py BUILD

SPDX-License-Identifier: MIT
"""

import pathlib
import subprocess
import sys
import tempfile

WANTED = ["bin/winver6003", "share/man/man1/winver6003.1", "share/winver6003/report-1.json",
          "share/winver6003/samples/ver-banner.txt"]


def main(build):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["meson", "install", "--quiet", "--no-rebuild", "-C", build,
                        "--destdir", folder], check=True)
        root = pathlib.Path(folder) / "usr" / "local"
        missing = [path for path in WANTED if not (root / path).is_file()]
        if missing:
            print("not installed:", *missing)
            return 1
        done = subprocess.run([root / "bin/winver6003", root / "share/winver6003/samples/ver-banner.txt"],
                              stdout=subprocess.PIPE, check=False)
        if done.returncode != 3 or b"Build 6003" not in done.stdout:
            print(f"the installed program gives {done.returncode}: {done.stdout!r}")
            return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
