"""The dialog of Windows under Wine, from the start of the program, against an empty dialog.

Until the dialog is on the screen and waits for its user: it then says that it asks this machine,
and fills in the answer when it comes. The programs take turns; the first turn is not counted.

SPDX-License-Identifier: MIT
"""
import os
import pathlib
import statistics
import sys

import measure

RUNS = 21
TARGET = 1.5


def run(build, sources, work):
    sys.path.insert(0, os.path.join(sources, "tests", "wine"))
    import wine_desk

    program = pathlib.Path(build).parent / "build-win64" / "winver6003.exe"
    program = pathlib.Path(os.environ.get("WINVER6003_DIALOG", program))
    reason = wine_desk.missing() or ("" if program.exists() else f"no {program}")
    if reason:
        print(f"{reason}: the dialog of Windows is not measured")
        return
    wine = pathlib.Path(sources) / "tests" / "wine"
    empty = wine_desk.compiled(wine / "empty_dialog.c", work, "-mwindows")
    timer = wine_desk.compiled(wine / "time_dialog.c", work, "-luser32", "-lshell32")
    lines = [f'"{wine_desk.windows_path(path)}"' for path in (empty, program)]
    with wine_desk.Desk() as screen:
        done = screen.run(timer, RUNS, *lines)
    rows = [[int(n) / 1000 for n in row.split()] for row in done.stdout.decode().splitlines()]
    if len(rows) != RUNS:
        raise RuntimeError(f"time_dialog ended with {done.returncode}: {done.stderr.decode()}")
    empty_ms, ours_ms = (statistics.median(column) for column in zip(*rows[1:]))
    yield measure.Result("empty dialog under Wine", empty_ms, " ms")
    yield measure.Result("winver6003.exe under Wine", ours_ms, " ms")
    yield measure.Result("dialog, ours to empty", ours_ms / empty_ms, "x", TARGET,
                         f"medians of {RUNS - 1} runs in turn")
