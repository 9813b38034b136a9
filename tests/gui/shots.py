#!/usr/bin/python3
"""Draws pictures of the window from the samples, on a display of its own.

usage: shots.py BUILD OUT                          all that the README and the manual show
       shots.py BUILD OUT --only NAME EVIDENCE...  OUT/NAME.png of that evidence

SPDX-License-Identifier: MIT
"""
import argparse
import os
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True

from desk import Desk  # noqa: E402

SOURCES = pathlib.Path(__file__).resolve().parents[2]
# Seen from SOURCES: the pictures show these names.
SAMPLES = pathlib.Path("resources", "samples")
# So that the same tree gives the same pictures.
AS_OF = "--as-of=2026-02-01"
FINDINGS, FACTS, PLAN, EVIDENCE = range(4)
DARK, CONTRAST = {"GTK_THEME": "Adwaita:dark"}, {"GTK_THEME": "HighContrast"}
TWICE, LARGE = {"GDK_SCALE": "2"}, {"GDK_DPI_SCALE": "1.5"}

# name: sample (None: no evidence), page of the details (None: closed), environment
SHOTS = {
    "window": ("server-2008-6003-final", None, {}),
    "window-2x": ("server-2008-6003-final", None, TWICE),
    "window-dark": ("server-2008-6003-final", None, DARK),
    "window-contrast": ("server-2008-6003-final", None, CONTRAST),
    "window-large-text": ("server-2008-6003-final", None, LARGE),
    "not-transitioned": ("server-2008-sp2-6002.txt", PLAN, {}),
    "incomplete": ("half-installed.reg", FINDINGS, {}),
    "conflict": ("edited-registry", FACTS, {}),
    "imitation": ("wine-6003.reg", None, {}),
    "unknown": ("ver-banner.txt", EVIDENCE, {}),
    "not-applicable": ("vista-6003.txt", None, {}),
    "findings-dark": ("ubr-lags-behind-lab.reg", FINDINGS, DARK),
    "start": (None, None, {}),
    "list": ("inventory.csv", None, {}),
    "list-dark": ("inventory.csv", None, DARK),
}


def shoot(desk, build, target, arguments, page=None, environment=None):
    environment = dict(environment or {})
    if page is not None:
        environment["PROBE_PAGE"] = str(page)
    with desk.window(build / "winver6003-gtk", *arguments,
                     probe=build / "tests" / "gui" / "libprobe.so", **environment) as window:
        # Time for the read and for the details to open; nothing is asked of the accessibility
        # tree, which need not be installed.
        pictures, _ = window.shoot(settle=1.5)
        if not pictures:
            sys.exit(f"{target.name}: no window: {window.said()}")
        shutil.copy(pictures[0], target)
    print(target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", metavar=("NAME", "EVIDENCE"))
    arguments = parser.parse_args()
    build = arguments.build.resolve()

    out = arguments.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    with Desk() as desk:
        if arguments.only:
            name, *evidence = arguments.only
            shoot(desk, build, out / f"{name}.png", evidence)
            return
        os.chdir(SOURCES)
        for name, (sample, page, environment) in SHOTS.items():
            given = [AS_OF] + ([SAMPLES / sample] if sample else [])
            shoot(desk, build, out / f"{name}.png", given, page, environment)


main()
