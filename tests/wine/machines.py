#!/usr/bin/python3
"""Runs winver6003.com under Wine on machines that never were, and holds it against what they are.

usage: machines.py WINVER6003.COM WINVER6003 [--only WORD]

The machines are those of tests/phony: here Wine runs them, there their drives are read. Of each
  - a plain run says "imitation", whatever it is: it is Wine that answers;
  - with --trust-imitation the verdict is that of the machine behind it;
  - registry and files state the same facts, word for word, as the hives and files of its drive do;
  - the JSON report is evidence for the program on Linux, which comes to the same report.

Output is TAP; skipped where Wine or a program is missing.

SPDX-License-Identifier: MIT
"""

import collections
import functools
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import live  # noqa: E402
from live import phony  # noqa: E402

# Drives of tests/phony that are also machines: version line, state, exit code, level.
MACHINES = {
    "server-6001": ("Version 6.0 (Build 6001: Service Pack 1)", "not-transitioned", 1, "rtm"),
    "server-6002": ("Version 6.0 (Build 6002: Service Pack 2)", "not-transitioned", 1, "2019-03"),
    "server-6003-april": ("Version 6.0 (Build 6003: Service Pack 2)", "transitioned", 0,
                          "2019-04"),
    "server-6003-final": ("Version 6.0 (Build 6003: Service Pack 2)", "transitioned", 0,
                          "2026-01"),
    "server-core": ("Version 6.0 (Build 6003: Service Pack 2)", "transitioned", 0, "2019-04"),
    "mixed-edited-registry": ("Version 6.0 (Build 6003: Service Pack 2)", "conflict", 2, None),
    "mixed-edited-kernel": ("Version 6.0 (Build 6002: Service Pack 2)", "conflict", 2, None),
    "waiting-for-restart": ("Version 6.0 (Build 6002: Service Pack 2)", "incomplete", 2, None),
    "vista-6003": ("Version 6.0 (Build 6003: Service Pack 2)", "not-applicable", 4, None),
}


# ---- Against the drive ----

def comparable(report):
    """What registry and files state, as lines that do not say where the machine is."""
    lines = collections.Counter()
    for fact in report["facts"]:
        where = fact["source"].partition(": ")[2]
        if fact["grade"] not in ("registry", "component", "file") or fact["field"] == "hive":
            continue
        # Names of folders that only a drive's reader goes through; Wine's own library and key; the
        # name of the computer, which Wine writes at each start.
        if where.startswith(("servicing\\", "winsxs\\Manifests")) or "\\Wine" in where or \
                "kernel32" in where + fact["value"] or fact["field"] == "computer_name":
            continue
        where = where.replace("ControlSet001", "CurrentControlSet")
        lines[json.dumps([fact["field"], fact["value"], fact["grade"], fact["witness"],
                          fact["status"], where, fact.get("note"), fact.get("package")],
                         ensure_ascii=False)] += 1
    return lines


def against_drive(programs, case, report):
    target = programs.folder / "drive" / case
    phony.build(live.PHONY / "cases" / case, target)
    _, output = programs.read(target, "--format", "jsonl")
    drive = json.loads(output)
    ours, theirs = comparable(report), comparable(drive)
    yield from (f"only on the machine: {line}" for line in ours - theirs)
    yield from (f"only on its drive: {line}" for line in theirs - ours)


def check_machine(case, points, programs, folder):
    line, state, exit_code, level = MACHINES[case]
    with live.seeded(folder, case) as machine:
        before = listing(machine)
        code, output = programs.live(machine)
        text = output.decode()
        points.say(f"{case}: a plain run says that it is Wine", [
            problem for holds, problem in (
                (code == 2, f"exit code {code}"),
                (text.startswith(line + "\n"), f"first line {text.splitlines()[0]!r}"),
                ("\nImitation: " in text, text)) if not holds])
        code, report = programs.report(machine)
        points.say(f"{case}: behind it is what it is", [
            f"{what}: {got!r} instead of {wanted!r}" for what, got, wanted in (
                ("exit code", code, exit_code),
                ("version", report["version"]["display"], line),
                ("state", report["verdict"]["state"], state),
                ("level", level and (report["level"] or {}).get("release"), level))
            if got != wanted])
        points.say(f"{case}: the same facts as on its drive",
                   against_drive(programs, case, report))
        points.say(f"{case}: its report is evidence elsewhere",
                   live.as_evidence(programs, machine, "--trust-imitation"))
        points.say(f"{case}: as an imitation, too", live.as_evidence(programs, machine))
        after = listing(machine)
        points.say(f"{case}: nothing was written to it",
                   [f"{path}: changed" for path in before.keys() | after.keys()
                    if before.get(path) != after.get(path)])


def listing(machine):
    return {path: (path.lstat().st_mtime_ns, path.lstat().st_size)
            for path in machine.drive.rglob("*") if not path.is_dir()}


if __name__ == "__main__":
    sys.exit(live.run(__doc__, [(case, None, functools.partial(check_machine, case))
                                for case in MACHINES]))
