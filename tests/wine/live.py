"""What the tests of the live machine share: the two programs, and machines seeded for Wine.

SPDX-License-Identifier: MIT
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
PHONY = HERE.parent / "phony"
sys.path[:0] = [str(HERE), str(PHONY)]

import machine as phony  # noqa: E402
import prefix  # noqa: E402

AS_OF = "2026-06-01"
COMPILER = "x86_64-w64-mingw32-gcc-win32"


class Points:
    def __init__(self):
        self.n = self.failed = 0

    def say(self, name, problems):
        self.n += 1
        problems = list(problems)
        self.failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {self.n} - {name}", flush=True)
        for problem in problems:
            print("#   " + str(problem).replace("\n", "\n#   "), flush=True)

    def skip(self, name, why):
        self.n += 1
        print(f"ok {self.n} - {name} # SKIP {why}", flush=True)


class Programs:
    """The program for Windows and the one for Linux, and how they are run."""

    def __init__(self, windows, linux, folder):
        self.windows, self.linux, self.folder = windows, linux, folder
        self.libraries = {}

    def live(self, machine, *arguments, program=None, **changes):
        """(exit code, output) of a run on the machine."""
        done = machine.run(program or self.windows, "--as-of", AS_OF, *arguments, **changes)
        if done.stderr:
            raise RuntimeError(f"standard error: {done.stderr.decode('utf-8', 'replace')}")
        return done.returncode, done.stdout

    def timed(self, machine, program=None, **changes):
        """(report, seconds): without the time that Wine needs to start a program."""
        machine.run(program or self.windows, "--version", **changes)
        before = time.monotonic()
        machine.run(program or self.windows, "--version", **changes)
        started = time.monotonic()
        _, output = self.live(machine, "--trust-imitation", "--format", "jsonl", program=program,
                              **changes)
        return json.loads(output), time.monotonic() - started - (started - before)

    def report(self, machine, *arguments, **changes):
        code, output = self.live(machine, "--trust-imitation", "--format", "jsonl", *arguments,
                                 **changes)
        return code, json.loads(output)

    def read(self, path, *arguments):
        done = subprocess.run([self.linux, "--as-of", AS_OF, *arguments, path], cwd=self.folder,
                              capture_output=True, timeout=60, check=False)
        if done.stderr:
            raise RuntimeError(f"standard error: {done.stderr.decode('utf-8', 'replace')}")
        return done.returncode, done.stdout

    def fake_library(self, *sources):
        """The bytes of a library that answers as it is told."""
        if sources not in self.libraries:
            path = self.folder / "fake.dll"
            subprocess.run([COMPILER, "-shared", "-Os", "-s", "-o", path,
                            *(HERE / source for source in sources)], check=True)
            self.libraries[sources] = path.read_bytes()
        return self.libraries[sources]


# ---- Machines ----

def exports(*texts):
    return prefix.merge(section for text in texts for section in phony.sections(text))


def base():
    return (PHONY / "base.reg").read_text(encoding="utf-8")


def seeded(folder, case, *more):
    """The machine of a case of tests/phony, with more in its registry."""
    case = PHONY / "cases" / case
    machine = prefix.Machine(folder / "machine",
                             exports(base(), phony.read(case / "registry.reg"), *more))
    for line in phony.read(case / "files").splitlines():
        words = line.split()
        if not words or words[1] not in ("pe", "empty", "text"):
            continue
        path = words[0].replace("{system}", "windows").replace("System32", "system32")
        # What every program needs is Wine's.
        if path.endswith("kernel32.dll"):
            continue
        content = b"" if words[1] == "empty" else " ".join(words[2:]).encode() \
            if words[1] == "text" else phony.program(**dict(w.split("=", 1) for w in words[2:]))
        machine.put(path, content)
    return machine


def facts_of(report, field, **wanted):
    return [fact for fact in report["facts"] if fact["field"] == field and
            all(re.search(text, fact.get(key) or "") for key, text in wanted.items())]


def finding(report, rule):
    return next(f["result"] for f in report["findings"] if f["rule"] == rule)


# ---- The report as evidence ----

def as_evidence(programs, machine, *arguments):
    """Yields where the program on Linux comes to another report from the JSON of this one."""
    code, output = programs.live(machine, "--format", "json", *arguments)
    (programs.folder / "live.json").write_bytes(output)
    again, reread = programs.read("live.json", "--format", "json", *arguments)
    # Its pieces carry the name of the report that they were read from.
    reread = reread.replace(b" (in live.json)", b"")
    there, here = json.loads(output), json.loads(reread)
    if code != again:
        yield f"exit code {code} there, {again} here"
    yield from (f"{part}: {there[part]!r} there, {here[part]!r} here" for part in there
                if part != "evidence" and here[part] != there[part])
    _, text = programs.live(machine, *arguments)
    _, text_again = programs.read("live.json", *arguments)
    text_again = text_again.replace(b" (in live.json): report", b": live")
    if text != text_again.replace(b" (in live.json)", b""):
        yield f"text there:\n{text.decode()}\ntext here:\n{text_again.decode()}"


def run(description, tests):
    """Runs tests: (name, the programs it needs, function of points, programs and a folder)."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("windows", type=pathlib.Path)
    parser.add_argument("linux", type=pathlib.Path)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    missing = prefix.missing() or ", ".join(f"no {tool}" for tool in phony.missing_tools())

    if not missing and not options.windows.exists():
        missing = f"no {options.windows}: ./dev build makes it"
    if missing:
        print(f"1..0 # SKIP {missing}")
        return 0
    points = Points()
    with tempfile.TemporaryDirectory(prefix="winver6003-wine-") as name:
        top = pathlib.Path(name)
        programs = Programs(options.windows.resolve(), options.linux.resolve(), top)
        for name, tool, test in tests:
            if options.only not in name:
                continue
            if tool and not shutil.which(tool):
                points.skip(name, f"no {tool}")
                continue
            (top / name).mkdir()
            try:
                test(points, programs, top / name)
            except (OSError, ValueError, KeyError, RuntimeError,
                    subprocess.SubprocessError) as error:
                points.say(name, [f"{type(error).__name__}: {error}"])
    print(f"1..{points.n}")
    return 1 if points.failed or not points.n else 0
