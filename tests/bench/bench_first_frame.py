"""The first complete frame of the window, with a machine in it, against an empty GTK 3 window.

From the start of the process until the frame is painted and the X server has it. A module loaded
into both programs (tests/gui/probe.c) tells when; complete means that the verdict is in it. The
runs take turns; one on either side goes before, so that files and the X server are warm.

SPDX-License-Identifier: MIT
"""
import os
import statistics
import subprocess
import sys
import time

import measure

RUNS = 41
TARGET = 1.35
SAMPLE = "resources/samples/server-2008-6003-april-2019.reg"


def first_frame(arguments, env):
    """Milliseconds."""
    start = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    done = subprocess.run(arguments, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False, timeout=60)
    if not done.stdout.strip().isdigit():
        raise RuntimeError(f"{arguments[0]} painted no frame: {done.stderr.decode()}")
    return int(done.stdout) / 1000 - start / 1e6


def run(build, sources, work):
    sys.path.insert(0, os.path.join(sources, "tests", "gui"))
    from desk import Desk

    empty = [os.path.join(build, "tests/gui/empty_window")]
    ours = [os.path.join(build, "winver6003-gtk"), "--as-of=2026-02-01",
            os.path.join(sources, SAMPLE)]
    del work
    if not os.path.exists(ours[0]):
        print("this build has no window: its first frame is not measured")
        return
    with Desk() as desk:
        env = dict(desk.env, PROBE_FIRST_FRAME="1",
                   GTK_MODULES=os.path.join(build, "tests/gui/libprobe.so"))
        times = ([], [])
        for _ in range(RUNS):
            for side, arguments in zip(times, (empty, ours)):
                side.append(first_frame(arguments, env))
    empty_ms, ours_ms = (statistics.median(side[1:]) for side in times)
    least = min(times[1][1:]) / min(times[0][1:])
    yield measure.Result("first frame of an empty GTK 3 window", empty_ms, " ms")
    yield measure.Result("first complete frame of winver6003-gtk", ours_ms, " ms")
    yield measure.Result("first frame, ours to empty", ours_ms / empty_ms, "x", TARGET,
                         f"medians of {RUNS - 1} runs in turn; of the fastest ones {least:.2f}")
