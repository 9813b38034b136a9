#!/usr/bin/python3
"""Reads the drives of machines that never were, and holds what is said against what they are.

usage: run.py PROGRAM [--schema FILE] [--keep FOLDER] [CASE...]

Cases are the folders in cases/ beside this script; machine.py says how a drive is built from one.
Beside what it says there a case has
  expected    JSON: "exit" and "report" as in tests/cases/run.py; "args", a list, stands before the
              name of the folder, "given" is what of the drive is read: "." unless stated
  origin      one line: what it is made after

Skipped where the programs that build a drive are missing. Output is TAP.

SPDX-License-Identifier: MIT
"""

import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


machine = load("machine", HERE / "machine.py")
cases = load("cases", HERE.parent / "cases" / "run.py")


def listing(folder):
    """Everything that could change when a drive is written to."""
    return {path.relative_to(folder): (path.lstat().st_mtime_ns, path.lstat().st_size)
            for path in folder.rglob("*")}


def check(program, case, target, validate):
    """Yields what is wrong with one case."""
    expected = json.loads((case / "expected").read_text(encoding="utf-8"))
    if not (case / "origin").read_text(encoding="utf-8").strip():
        yield "origin is empty"
    machine.build(case, target)
    before = listing(target)
    done = subprocess.run(
        [program, "--as-of", cases.AS_OF, "--format", "jsonl", *expected.get("args", []),
         expected.get("given", ".")],
        cwd=target, capture_output=True, timeout=cases.SECONDS, env=cases.ENVIRONMENT, check=False)
    if listing(target) != before:
        yield "the drive was written to"
    if done.returncode != expected["exit"]:
        yield f"exit code {done.returncode} instead of {expected['exit']}"
    if done.stderr and "stderr" not in expected:
        yield f"standard error: {done.stderr.decode('utf-8', 'replace')}"
    yield from cases.differences(expected.get("stderr", "~"), done.stderr.decode(), "stderr")
    if "report" not in expected:
        return
    report = json.loads(done.stdout)
    yield from (f"schema: {problem}" for problem in validate(report))
    yield from cases.differences(expected["report"], report, "report")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--schema")
    parser.add_argument("--keep", type=pathlib.Path, help="build the drives here and leave them")
    parser.add_argument("case", nargs="*")
    options = parser.parse_intermixed_args()
    missing = machine.missing_tools()

    if missing:
        print(f"1..0 # SKIP no {', no '.join(missing)}")
        return 0
    program = str(options.program.resolve())
    found = sorted(path.parent for path in HERE.glob("cases/*/expected"))
    if options.case:
        found = [case for case in found if case.name in options.case]
    validate = cases.validator(options.schema)
    failed = 0
    print(f"1..{len(found)}")
    for number, case in enumerate(found, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                problems = list(check(program, case, (options.keep or pathlib.Path(folder)) /
                                      case.name, validate))
            except (OSError, ValueError, KeyError, RuntimeError,
                    subprocess.TimeoutExpired) as error:
                problems = [f"{type(error).__name__}: {error}"]
        print(f"{'not ok' if problems else 'ok'} {number} - {case.name}")
        for problem in problems:
            print(f"# {case.name}: " + problem.replace("\n", "\n#   "), file=sys.stderr)
        failed += bool(problems)
    return 1 if failed or not found else 0


if __name__ == "__main__":
    sys.exit(main())
