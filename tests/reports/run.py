#!/usr/bin/python3
"""Reads reports back: what is judged from a report must be judged as what it was made from.

usage: run.py PROGRAM CASES SAMPLES

Every case of tests/cases that gives a report and every sample is reported as JSON and as JSON
lines, and the report given to the program again on the same day and with the same options. Verdict,
level, findings, conflicts, plan and facts must then be the same; the names of the pieces must say
that they came out of a report. Damaged and other reports must be told. Output is TAP.

SPDX-License-Identifier: MIT
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

AS_OF = "2026-06-01"
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "Asia/Kolkata"}
VALUED = {"--as-of", "--policy", "--format", "--explain", "-o"}
# Not about the machine, or not evidence that gives a report.
NOT_HERE = {"--rules", "--help", "--version", "--explain", "--quiet"}
VERDICTS = {0, 1, 2, 3, 4}


class Program:
    def __init__(self, path):
        self.path = path

    def __call__(self, arguments, folder):
        done = subprocess.run([self.path, *arguments], cwd=folder, env=ENVIRONMENT,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60, check=False)
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def split_arguments(arguments):
    """Options that bear on the verdict, and evidence."""
    options, evidence = [], []
    arguments = iter(arguments)
    for argument in arguments:
        if argument in VALUED:
            value = next(arguments)
            if argument in ("--as-of", "--policy"):
                options += [argument, value]
        elif argument.startswith("-") and argument != "-":
            options.append(argument)
        else:
            evidence.append(argument)
    if "--as-of" not in options:
        options += ["--as-of", AS_OF]
    return options, evidence


def objects(text):
    """The JSON values that stand one after another in a text."""
    decoder, at, found = json.JSONDecoder(), 0, []
    text = text.decode("utf-8").strip()
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        found.append(value)
        while at < len(text) and text[at].isspace():
            at += 1
    return found


def comparable(report, file):
    """A report without what a second reading changes: where the pieces lie."""
    text = json.dumps({key: value for key, value in report.items()
                       if key not in ("machine", "evidence")}, sort_keys=True)
    text = text.replace(f" (in {file})", "")
    machine = {key: value for key, value in report["machine"].items() if key != "name"}
    evidence = [{**piece, "reader": bool(piece["reader"]),
                 "name": piece["name"].replace(f" (in {file})", "")}
                for piece in report["evidence"]]
    return {**json.loads(text), "machine": machine, "evidence": evidence}


def difference(first, second, path=""):
    """Where two JSON values differ first; None."""
    if isinstance(first, dict) and isinstance(second, dict):
        for key in first.keys() | second.keys():
            if key not in first or key not in second:
                return f"{path}.{key}: in one only"
            found = difference(first[key], second[key], f"{path}.{key}")
            if found:
                return found
        return None
    if isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        for number, (one, other) in enumerate(zip(first, second)):
            found = difference(one, other, f"{path}[{number}]")
            if found:
                return found
        return None
    return None if first == second else f"{path}: {first!r} and then {second!r}"


def check_form(program, arguments, folder, scratch, form):
    """Yields what is wrong with one report that is read back; None first when there is none."""
    options, evidence = split_arguments(arguments)
    code, output, _ = program([*options, "--format", form, *evidence], folder)
    if code not in VERDICTS or not output:
        yield None
        return
    file = scratch / f"report.{form}"
    file.write_bytes(output)
    again = [option for option in options if option not in ("--batch", "--together")]
    code_again, output_again, errors = program([*again, "--format", form, str(file)], folder)
    if code != code_again:
        yield f"{form}: exit code {code}, read back {code_again}: {errors[:300]}"
        return
    first, second = objects(output), objects(output_again)
    if len(first) != len(second):
        yield f"{form}: {len(first)} machines, read back {len(second)}"
        return
    for one, other in zip(first, second):
        found = difference(comparable(one, file.name), comparable(other, file.name))
        if found:
            yield f"{form}: {found}"
        for piece in other["evidence"]:
            if not piece["name"].endswith(f" (in {file.name})"):
                yield f"{form}: {piece['name']} does not say that it is of a report"
    if errors:
        yield f"{form}: {errors}"


def check_both(program, arguments, folder, scratch):
    wrong = []
    for form in ("json", "jsonl"):
        found = list(check_form(program, arguments, folder, scratch, form))
        if found == [None]:
            return None
        wrong += found
    return wrong


def damage(program, samples, scratch):
    """Yields (what it is about, what is wrong) for reports that are not whole."""
    sample = samples / "server-2008-6003-april-2019.reg"
    line = program(["--as-of", AS_OF, "--format", "jsonl", sample], scratch)[1].rstrip(b"\n")
    report = json.loads(line)
    state = report["verdict"]["state"]

    def judged(content, together=False):
        file = scratch / "damaged.json"
        file.write_bytes(content)
        arguments = ["--as-of", AS_OF, "--format", "jsonl", str(file)]
        return program(["--together", *arguments] if together else arguments, scratch)

    facts_end = line.index(b'"facts_dropped"')
    code, output, _ = judged(line[:facts_end])
    wrong = []
    if code not in VERDICTS:
        wrong.append(f"exit code {code}")
    else:
        again = objects(output)[0]
        problems = " ".join(again["evidence"][0]["problems"])
        if again["verdict"]["state"] != state or "ends in the middle" not in problems:
            wrong.append(f"{again['verdict']['state']}, {problems!r}")
    yield "a report that was cut off behind its facts", wrong

    code, output, errors = judged(line[:200] + b'\n' + line + b"\n")
    wrong = [] if code == 0 and len(objects(output)) == 1 else [f"{code}: {errors}"]
    yield "a line that was cut off before a whole one", wrong

    code, _, errors = judged(line.replace(b"winver6003-report-1", b"winver6003-report-9"))
    wrong = [] if code == 66 and "another version" in errors else [f"{code}: {errors}"]
    yield "a report of a later version", wrong

    changed = line.replace(b'"field":"build"', b'"field":"phase_of_the_moon"')
    code, output, errors = judged(changed)
    problems = objects(output)[0]["evidence"][0]["problems"] if output else []
    wrong = [] if any("not known here" in text for text in problems) else [f"{code}: {problems}"]
    yield "facts of a kind that is not known", wrong

    code, _, errors = judged(line + b"\n" + line + b"\n", together=True)
    wrong = [] if code == 66 and "2 machines" in errors else [f"{code}: {errors}"]
    yield "two reports where one machine is asked for", wrong

    code, output, errors = judged(b"[" + line + b"," + line + b"]")
    wrong = [] if code == 0 and len(objects(output)) == 2 else [f"{code}: {errors}"]
    yield "reports in a list", wrong

    code, output, errors = judged(("\ufeff" + line.decode()).encode("utf-16-le"))
    wrong = [] if code == 0 else [f"{code}: {errors}"]
    yield "a report that PowerShell has written into a file", wrong


def main(program, cases, samples):
    program = Program(pathlib.Path(program).resolve())
    cases, samples = pathlib.Path(cases), pathlib.Path(samples)
    runs = []
    for case in sorted(path.parent for path in cases.glob("*/args")):
        arguments = (case / "args").read_text(encoding="utf-8").splitlines()
        arguments = [line.replace("{samples}", str(samples)) for line in arguments]
        if not NOT_HERE & set(arguments) and "-" not in arguments:
            runs.append((f"case {case.name}", arguments, case))
    for sample in sorted(samples.iterdir()):
        if sample.suffix not in (".py", ".csv") and not sample.name.startswith("_"):
            runs.append((f"sample {sample.name}", [str(sample)], samples))

    number = failed = compared = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for name, arguments, where in runs:
            try:
                wrong = check_both(program, arguments, where, scratch)
            except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
                wrong = [f"{type(error).__name__}: {error}"]
            if wrong is None:
                continue
            compared += 1
            number += 1
            failed += bool(wrong)
            print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
            for line in wrong:
                print(f"# {name}: {line}", file=sys.stderr)
        for name, wrong in damage(program, samples, scratch):
            number += 1
            failed += bool(wrong)
            print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
            for line in wrong:
                print(f"# {name}: {line}", file=sys.stderr)
    if compared < 60:
        print(f"not ok {number + 1} - only {compared} reports were read back")
        number, failed = number + 1, failed + 1
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
