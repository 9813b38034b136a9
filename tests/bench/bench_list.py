"""The list of machines with ten thousand rows: time to fill it, and how long a frame takes while a
person scrolls, filters and sorts.

On an X server without a graphics card, where painting costs most, with and without a screen reader
listening. A module loaded into the program (tests/gui/strain.c) does the work and times it.

SPDX-License-Identifier: MIT
"""
import os
import statistics
import subprocess
import sys
import time

import inventory
import measure

ROWS = 10_000
MORE_ROWS = 100_000
# What our program may take of a frame of a 60 Hz screen, and until the frame is painted, with the X
# server's work; the same for a key that filters or a title that sorts, where a person takes a tenth
# of a second for at once.
TARGETS = {"scroll": (16.7, 33.3), "filter": (50.0, 100.0), "sort": (50.0, 100.0)}


def strain(desk, build, path, rows):
    """What was done -> (milliseconds, of it processor time) each time; "full" is counted from the
    start."""
    env = dict(desk.env, GTK_MODULES=os.path.join(build, "tests/gui/libstrain.so"),
               STRAIN_ROWS=str(rows))
    start = time.clock_gettime_ns(time.CLOCK_MONOTONIC) / 1e6
    done = subprocess.run([os.path.join(build, "winver6003-gtk"), "--as-of=2026-02-01", path],
                          env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          timeout=180)
    times = {}
    for line in done.stdout.decode().splitlines():
        what, *values = line.split()
        times.setdefault(what, []).append(tuple(map(float, values)))
    if done.returncode or "sort" not in times:
        raise RuntimeError(f"the list did not get through: {done.stderr.decode()}")
    times["full"] = [(times["full"][0][0] - start, 0)]
    return times


def most(values):
    """What 19 of 20 stay below."""
    return statistics.quantiles(values, n=20)[-1]


def run(build, sources, work):
    sys.path.insert(0, os.path.join(sources, "tests", "gui"))
    from desk import Desk

    if not os.path.exists(os.path.join(build, "winver6003-gtk")):
        print("this build has no window: its list is not measured")
        return
    for rows, listener in ((ROWS, False), (ROWS, True), (MORE_ROWS, False)):
        path = os.path.join(work, "list.csv")
        inventory.make(path, rows)
        with Desk() as desk:
            if listener:
                desk.tree()
            else:
                desk.env["NO_AT_BRIDGE"] = "1"
            times = strain(desk, build, path, rows)
        what = f"list of {rows:,}" + (", screen reader" if listener else "")
        yield measure.Result(f"{what}: full after", times["full"][0][0], " ms", note="first frame "
                             f"included; longest stall meanwhile {times['stall'][0][0]:.0f} ms")
        for action, targets in TARGETS.items():
            wall, processor = zip(*times[action])
            # Ten times as much is for information: the targets are for what was promised.
            own, painted = targets if rows == ROWS else (None, None)
            yield measure.Result(f"{what}: {action}, processor", most(processor), " ms", own,
                                 f"19 of 20 of {len(wall)}; median "
                                 f"{statistics.median(processor):.1f} ms")
            yield measure.Result(f"{what}: {action}, painted", most(wall), " ms", painted,
                                 f"median {statistics.median(wall):.1f} ms")
