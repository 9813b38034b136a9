#!/usr/bin/python3
"""Draws the pictures of the dialog that stand in screenshots/, with the program itself.

usage: shots.py WINVER6003.EXE FOLDER

Each state at 96, 144 and 192 dots to the inch; and, off the screen, the pages behind Details, which
--picture leaves closed. Skipped (77) where Wine or Xvfb is missing.

SPDX-License-Identifier: MIT
"""

import pathlib
import shutil
import sys

sys.dont_write_bytecode = True
import wine_desk  # noqa: E402

SAMPLES = pathlib.Path(__file__).resolve().parent.parent.parent / "resources" / "samples"
AS_OF = "2026-06-01"
STATES = wine_desk.STATES
RESOLUTIONS = 96, 144, 192
DETAILS = wine_desk.NAMES["details"]


def draw(program, folder, dpi):
    with wine_desk.Desk(dpi, wine_desk.LIGHT) as screen:
        # Beside the program, so that no path of this machine stands in a picture.
        place = screen.machine.folder
        for sample in STATES.values():
            copy = shutil.copytree if (SAMPLES / sample).is_dir() else shutil.copy
            copy(SAMPLES / sample, place / sample)
        for state, sample in STATES.items():
            target = folder / f"win32-{state}-{dpi}.png"
            done = screen.run(program, "--as-of", AS_OF, "--picture",
                              wine_desk.windows_path(target), sample)
            if not target.exists():
                sys.exit(f"{target}: {done.stderr.decode()}")
        if dpi == 96 and shutil.which("import"):
            screen.shot(folder / "win32-details-96.png", f'"{wine_desk.windows_path(program)}" '
                        f'--as-of {AS_OF} {STATES["conflict"]}', "answer", f"click:{DETAILS}",
                        "wait:500")


def main():
    program, folder = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    reason = wine_desk.missing()
    if reason:
        print("skipped:", reason)
        return 77
    for dpi in RESOLUTIONS:
        draw(program, folder, dpi)
    return 0


sys.exit(main())
