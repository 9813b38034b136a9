#!/usr/bin/python3
"""Runs the cases: folders beside this script, one for each thing the program must get right.

usage: run.py PROGRAM [--schema FILE] [--update] [CASE...]

A case is a folder with
  args          arguments, one a line; {samples} is resources/samples, and other files are in the
                case's own folder, in which the program runs
  expected      JSON: what must hold, written from the rules and not from what the program printed
  origin        one line: where the evidence comes from
  expected.txt  optional: the whole output with the arguments as they are; --update rewrites it
  stdin         optional: what the program reads from standard input

In "expected":
  "exit"    the exit code
  "report"  must be part of the JSON report: an object's keys are compared one by one; each item of
            a list must match some item of the report's list, and [] wants an empty list; a text
            that begins with ~ is a regular expression; a key that ends with ! lists items of which
            none may be there
  "reports" the same for several machines, in order
  "stdout", "stderr"  regular expressions, or lists of them, that must be found

Unless args say otherwise the day of the report is 2026-06-01. Every report is also validated
against the schema. Output is TAP.

SPDX-License-Identifier: MIT
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = "../../../resources/samples"
AS_OF = "2026-06-01"
SECONDS = 60
# A locale or time zone that could change a report must not.
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "Asia/Kolkata"}


def differences(expected, actual, path):
    """Yields a line for each place where actual does not hold what is expected."""
    if isinstance(expected, dict):
        if not isinstance(actual, dict):
            yield f"{path}: {actual!r} is no object"
            return
        for key, value in expected.items():
            if key.endswith("!"):
                present = actual.get(key[:-1]) or []
                for item in value:
                    if any(not list(differences(item, other, "")) for other in present):
                        yield f"{path}.{key[:-1]}: has {item!r}"
            elif key not in actual:
                yield f"{path}.{key}: missing"
            else:
                yield from differences(value, actual[key], f"{path}.{key}")
    elif isinstance(expected, list):
        if not isinstance(actual, list) or (not expected and actual):
            yield f"{path}: {shorten(actual)} instead of {expected!r}"
            return
        for item in expected:
            if not any(not list(differences(item, other, "")) for other in actual):
                yield f"{path}: nothing like {item!r} in {shorten(actual)}"
    elif isinstance(expected, str) and expected.startswith("~"):
        if not isinstance(actual, str) or not re.search(expected[1:], actual):
            yield f"{path}: {actual!r} does not match {expected[1:]!r}"
    elif expected != actual or isinstance(expected, bool) != isinstance(actual, bool):
        yield f"{path}: {actual!r} instead of {expected!r}"


def shorten(value):
    line = json.dumps(value, ensure_ascii=False)
    return line if len(line) <= 600 else line[:600] + "..."


def run(program, case, arguments):
    """(exit code, standard output, standard error) of the program in the case's folder."""
    stdin = case / "stdin"
    with open(stdin if stdin.is_file() else os.devnull, "rb") as source:
        done = subprocess.run([program, *arguments], cwd=case, stdin=source, env=ENVIRONMENT,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS,
                              check=False)
    return done.returncode, done.stdout, done.stderr


def patterns(value):
    return [value] if isinstance(value, str) else value


def check(program, case, validate, update):
    """Yields what is wrong with one case."""
    expected = json.loads((case / "expected").read_text(encoding="utf-8"))
    arguments = (case / "args").read_text(encoding="utf-8").splitlines()
    arguments = [argument.replace("{samples}", SAMPLES) for argument in arguments]
    if not (case / "origin").read_text(encoding="utf-8").strip():
        yield "origin is empty"
    if not any(argument.startswith("--as-of") for argument in arguments):
        arguments = ["--as-of", AS_OF, *arguments]
    wants_json = "report" in expected or "reports" in expected
    formatted = any(argument.startswith("--format") for argument in arguments)

    code, output, errors = run(program, case, arguments)
    if code != expected["exit"]:
        yield f"exit code {code} instead of {expected['exit']}; {errors.decode(errors='replace')}"
    for stream, content in (("stdout", output), ("stderr", errors)):
        for pattern in patterns(expected.get(stream, [])):
            if not re.search(pattern, content.decode("utf-8", "replace"), re.MULTILINE):
                yield f"{stream} has nothing like {pattern!r}: {content[:600]!r}"
    golden = case / "expected.txt"
    if golden.exists():
        if update:
            golden.write_bytes(output)
        elif output != golden.read_bytes():
            yield "output differs from expected.txt (run.py --update CASE, then read the change)"

    if not wants_json:
        return
    if not formatted:
        code, output, errors = run(program, case, ["--format", "jsonl", *arguments])
        if code != expected["exit"]:
            yield f"exit code {code} instead of {expected['exit']} with --format jsonl"
    reports = [json.loads(line) for line in output.decode("utf-8").splitlines() if line.strip()]
    for report in reports:
        for problem in validate(report):
            yield f"schema: {problem}"
    wanted = expected.get("reports") or [expected["report"]]
    if len(wanted) != len(reports):
        yield f"{len(reports)} reports instead of {len(wanted)}"
    for number, (one, report) in enumerate(zip(wanted, reports)):
        yield from differences(one, report, f"report[{number}]" if len(wanted) > 1 else "report")


def validator(path):
    if not path:
        return lambda report: []
    import jsonschema  # only where a schema is asked for

    schema = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    checker = jsonschema.validators.validator_for(schema)(schema)

    def validate(report):
        return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
                for error in checker.iter_errors(report)]
    return validate


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--schema")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("case", nargs="*")
    options = parser.parse_intermixed_args()

    program = str(options.program.resolve())
    cases = sorted(path.parent for path in HERE.glob("*/expected"))
    if options.case:
        cases = [case for case in cases if case.name in options.case]
    validate = validator(options.schema)
    failed = 0
    print(f"1..{len(cases)}")
    for number, case in enumerate(cases, 1):
        try:
            problems = list(check(program, case, validate, options.update))
        except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
            problems = [f"{type(error).__name__}: {error}"]
        print(f"{'not ok' if problems else 'ok'} {number} - {case.name}")
        for problem in problems:
            # On standard error, which meson shows when it does not show the points.
            print(f"# {case.name}: " + problem.replace("\n", "\n#   "), file=sys.stderr)
        failed += bool(problems)
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
