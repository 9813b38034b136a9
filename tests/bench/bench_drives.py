"""5,000 system drives through --batch: how many a second, and how much of it is ours.

Six machines are built as tests/phony does, and a store of packages and components of the size that
matters for the time (names only; real ones have twenty times as many, see the second part). The
drives are hard links to them, so all is read from memory. What the kernel does for a file call
nobody can avoid; the rest, the user part of the processor time, is the program's own.

SPDX-License-Identifier: MIT
"""

import os
import pathlib
import shutil
import sys

import measure

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "phony"))

import machine  # noqa: E402

MACHINES = 5000
CASES = ["server-6001", "server-6002", "server-6003-april", "server-6003-final",
         "waiting-for-restart", "ia64-6003"]
NAMES = 20
WHOLE_STORE = 20000
ROUNDS = 5
TARGET_MIB = 64.0


def fill(windows, names):
    """Packages and components that say nothing of the build."""
    packages = windows / "servicing" / "Packages"
    manifests = windows / "winsxs" / "Manifests"
    for folder in (packages, manifests):
        folder.mkdir(parents=True, exist_ok=True)
    for i in range(names):
        (packages / f"Package_{i}_for_KB{3100000 + i}~31bf3856ad364e35~amd64~~6.0.1.0.mum").touch()
        (manifests / f"amd64_microsoft-windows-part{i}_31bf3856ad364e35_6.0.6002.{18005 + i}"
                     "_none_676975d87cc9b6e6.manifest").touch()


def run(build, _sources, work):
    missing = machine.missing_tools()
    if missing:
        print(f"no {', no '.join(missing)}: no drives to measure with")
        return
    program = os.path.join(build, "winver6003")
    work = pathlib.Path(work)
    templates = work / "templates"
    fleet = work / "fleet"
    for case in CASES:
        machine.build(HERE.parent / "phony" / "cases" / case, templates / case)
        fill(templates / case / "Windows", NAMES)
    fleet.mkdir()
    for i in range(MACHINES):
        shutil.copytree(templates / CASES[i % len(CASES)], fleet / f"srv-{i:04d}",
                        copy_function=os.link)
    out = work / "out.csv"

    def ours(*arguments):
        return measure.once([program, "--as-of", "2026-01-20", "--format", "csv", "-o", str(out),
                             *arguments], {0, 1, 2})

    runs = measure.take_turns({"ours": lambda: ours("--batch", str(fleet))}, ROUNDS)["ours"]
    with open(out, "rb") as file:
        rows = sum(1 for _ in file) - 1
    if rows != MACHINES:
        raise RuntimeError(f"{MACHINES} drives in, {rows} rows out")
    seconds = measure.middle(runs)
    user = sum(run.user for run in runs) / sum(run.cpu for run in runs)
    yield measure.Result("system drives, thousand a second", MACHINES / seconds / 1000, "",
                         note=f"{seconds * 1000:.0f} ms for {MACHINES}, {os.cpu_count()} cores")
    yield measure.Result("  share outside the kernel's file calls", user * 100, "%",
                         note="user part of the processor time")
    yield measure.Result("  processor time a drive", sum(run.cpu for run in runs) / len(runs) /
                         MACHINES * 1e6, " us")
    yield measure.Result("  peak memory", measure.peak(runs), " MiB", TARGET_MIB)

    shutil.rmtree(fleet)
    whole = templates / CASES[2]
    fill(whole / "Windows", WHOLE_STORE)
    small = templates / CASES[3]
    runs = measure.take_turns({
        "whole": lambda: ours(str(whole)),
        "small": lambda: ours(str(small)),
    }, ROUNDS * 10)
    names = (measure.middle(runs["whole"]) - measure.middle(runs["small"])) * 1000
    yield measure.Result("a store of 20,000 packages and components", names, " ms",
                         note=f"{WHOLE_STORE * 2} names, beside {NAMES * 2}: "
                              f"{measure.middle(runs['small']) * 1000:.2f} ms")
