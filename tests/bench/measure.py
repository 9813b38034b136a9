"""Measuring programs against one another: runs that take turns, and the middle of each.

Both sides run on the same machine in the same minutes, one after the other, so that what else the
machine does falls on both. Only ratios are compared with targets.

SPDX-License-Identifier: MIT
"""

import dataclasses
import os
import statistics
import time

# The fastest locale for the other side.
ENVIRONMENT = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C",
               "HOME": os.environ.get("HOME", "/")}


@dataclasses.dataclass
class Result:
    """One line of the table. A target of None is for information."""
    what: str
    value: float
    unit: str
    target: float | None = None
    note: str = ""

    @property
    def missed(self):
        return self.target is not None and self.value > self.target

    def __str__(self):
        target = "" if self.target is None else f"  target <= {self.target:g}{self.unit}"
        state = "" if self.target is None else "  MISSED" if self.missed else "  met"
        note = f"  ({self.note})" if self.note else ""
        return f"{self.what:46} {self.value:10.3f}{self.unit:4}{target}{state}{note}"


@dataclasses.dataclass
class Once:
    seconds: float
    cpu: float
    user: float  # the part of cpu outside the kernel
    peak_mib: float
    code: int


def once(arguments, codes=None):
    """Runs a program with its output thrown away. A code outside codes is an error."""
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1)]
    start = time.perf_counter()
    child = os.posix_spawnp(arguments[0], arguments, ENVIRONMENT, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    os.close(null)
    code = os.waitstatus_to_exitcode(status)
    if codes is not None and code not in codes:
        raise RuntimeError(f"{' '.join(map(str, arguments))}: exit code {code}")
    return Once(seconds, usage.ru_utime + usage.ru_stime, usage.ru_utime, usage.ru_maxrss / 1024,
                code)


def take_turns(sides, rounds, before=None):
    """Runs each of sides (name -> function that returns a Once) in turns; name -> list of Once.

    before is called ahead of each run. The first round warms caches and is not counted."""
    runs = {name: [] for name in sides}
    for i in range(rounds + 1):
        # The order changes, so that nobody always follows the same one.
        names = list(sides) if i % 2 else list(reversed(sides))
        for name in names:
            if before:
                before()
            result = sides[name]()
            if i > 0:
                runs[name].append(result)
    return runs


def middle(runs):
    return statistics.median(run.seconds for run in runs)


def ratio(ours, theirs):
    """The middle of the ratios of runs that stood next to each other."""
    return statistics.median(a.seconds / b.seconds for a, b in zip(ours, theirs))


def peak(runs):
    return max(run.peak_mib for run in runs)
