#!/usr/bin/python3
"""Runs winver6003.com under Wine beside the program for Linux: the reports must be the same bytes.

usage: console.py WINVER6003.COM WINVER6003

Every case of tests/cases and every sample in every format; then what is Windows' own: names in all
scripts, missing standard files, an output file, folders and files that cannot be read. Messages end
their lines with CR LF there, reports do not. Output is TAP; skipped (77) where there is no Wine.

SPDX-License-Identifier: MIT
"""

import os
import pathlib
import subprocess
import sys
import tempfile

import prefix

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE.parent / "cases"
SAMPLES = HERE.parent.parent / "resources" / "samples"
AS_OF = "2026-06-01"
FORMATS = ("text", "json", "jsonl", "csv", "nagios")
SECONDS = 60
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "Asia/Kolkata"}

# What differs by design, with the reason.
OTHERWISE = {
    "input-device": "no device of this name on Windows",
}


class Points:
    def __init__(self):
        self.n = self.failed = 0

    def say(self, holds, name, *why):
        self.n += 1
        self.failed += not holds
        print(f"{'' if holds else 'not '}ok {self.n} - {name}", flush=True)
        if not holds:
            for line in why:
                print(f"# {line}")

    def skip(self, name, why):
        self.n += 1
        print(f"ok {self.n} - {name} # SKIP {why}", flush=True)


def run(command, folder, arguments, stdin=b""):
    # Out into files: a pipe would stay open for as long as Wine's server does.
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        done = subprocess.run([*command, *arguments], cwd=folder, input=stdin, stdout=output,
                              stderr=errors, env=ENVIRONMENT, timeout=SECONDS, check=False)
        output.seek(0)
        errors.seek(0)
        done.stdout, done.stderr = output.read(), errors.read()
    return done


def difference(name, ours, theirs):
    """The first line in which two outputs differ, shown from both sides."""
    for number, (one, other) in enumerate(zip(ours.split(b"\n"), theirs.split(b"\n")), 1):
        if one != other:
            return [f"{name}, line {number} on Windows: {one!r}", f"on Linux: {other!r}"]
    return [f"{name}: {len(ours)} bytes on Windows, {len(theirs)} on Linux"]


def same(points, name, programs, folder, arguments, stdin=b""):
    windows, linux = (run(command, folder, arguments, stdin) for command in programs)
    errors = windows.stderr.replace(b"\r\n", b"\n")
    why = []
    if windows.returncode != linux.returncode:
        why.append(f"exit code {windows.returncode} on Windows, {linux.returncode} on Linux")
    if windows.stdout != linux.stdout:
        why += difference("output", windows.stdout, linux.stdout)
    if errors != linux.stderr:
        why += difference("errors", errors, linux.stderr)
    points.say(not why, name, *why)


def cases(points, programs):
    for args in sorted(CASES.glob("*/args")):
        folder = args.parent
        if folder.name in OTHERWISE:
            points.skip(f"case {folder.name}", OTHERWISE[folder.name])
            continue
        arguments = [line.replace("{samples}", os.path.relpath(SAMPLES, folder))
                     for line in args.read_text(encoding="utf-8").splitlines()]
        if not any(argument.startswith("--as-of") for argument in arguments):
            arguments = ["--as-of", AS_OF, *arguments]
        stdin = folder / "stdin"
        same(points, f"case {folder.name}", programs, folder, arguments,
             stdin.read_bytes() if stdin.exists() else b"")


def samples(points, programs):
    names = sorted(path.name for path in SAMPLES.iterdir() if path.name != "make.py")
    for form in FORMATS:
        same(points, f"all samples as {form}", programs, SAMPLES,
             ["--as-of", AS_OF, "--format", form, *(n for n in names if n != "inventory.csv")])
        same(points, f"samples in a batch as {form}", programs, SAMPLES.parent,
             ["--as-of", AS_OF, "--format", form, "--batch", "samples"])
    for name in names:
        same(points, f"sample {name}, verbose", programs, SAMPLES,
             ["--as-of", AS_OF, "--verbose", "--digest", name])


def answers(points, programs):
    for arguments in (["--version"], ["--help"], ["--rules"], ["--explain", "build-agrees"],
                      ["--knowledge", "packages"], ["--knowledge", "releases"],
                      ["--no-such-option"], ["--as-of", "yesterday"], ["--format", "xml", "x"]):
        same(points, " ".join(arguments), programs, SAMPLES, arguments)


def own(points, programs, folder):
    windows, linux = programs
    sample = (SAMPLES / "server-2008-sp2-6002.txt").read_bytes()

    for name in ("Bücher und Größen.txt", "сервер №1.txt", "サーバー.txt", "سيرفر.txt", "🖥.txt",
                 "a b  c.txt", "-dash.txt"):
        (folder / name).write_bytes(sample)
        same(points, f"a file named {name}", programs, folder, ["--as-of", AS_OF, f"./{name}"])
    (folder / "empty.txt").write_bytes(b"")
    (folder / "zeros.bin").write_bytes(bytes(5000))
    for name in ("empty.txt", "zeros.bin", "missing.txt", "missing/too.txt", "."):
        same(points, f"{name} as evidence", programs, folder, ["--as-of", AS_OF, name])
    same(points, "standard input", programs, folder, ["--as-of", AS_OF, "-"], sample)
    same(points, "standard input, empty", programs, folder, ["--as-of", AS_OF, "-"])
    large = sample + b"\r\n" * 300000
    same(points, "standard input, 600 KB", programs, folder, ["--as-of", AS_OF, "-"], large)

    # Backslashes and a drive, which only Windows knows.
    done = run(windows, folder, ["--as-of", AS_OF, "--format", "csv", ".\\empty.txt", "a b  c.txt"])
    points.say(done.returncode == 66 and done.stdout.count(b"\n") == 2, "a path with a backslash",
               done.stdout, done.stderr)

    report = folder / "übersicht.json"
    for written in ("new", "in place of another"):
        done = run(windows, folder, ["--as-of", AS_OF, "--format", "json", "-o", report.name,
                                     "a b  c.txt"])
        expected = run(linux, folder, ["--as-of", AS_OF, "--format", "json", "a b  c.txt"])
        points.say(done.returncode == expected.returncode and done.stdout == b"" and
                   report.read_bytes() == expected.stdout, f"an output file, {written}",
                   done.returncode, done.stdout[:200], done.stderr)
        report.write_bytes(b"old")
    points.say(not [n for n in os.listdir(folder) if n.startswith("~")], "nothing is left beside it")
    done = run(windows, folder, ["--as-of", AS_OF, "-o", "no/such/folder.txt", "a b  c.txt"])
    points.say(done.returncode == 74 and b"no/such/folder.txt" in done.stderr,
               "an output file in no folder", done.returncode, done.stderr)
    done = run(windows, folder, ["--as-of", AS_OF, "-o", "a b  c.txt", "a b  c.txt"])
    points.say(done.returncode == 64 and (folder / "a b  c.txt").read_bytes() == sample,
               "evidence as output file", done.returncode, done.stderr)

    if os.geteuid() != 0:
        (folder / "closed").mkdir()
        (folder / "closed.txt").write_bytes(sample)
        os.chmod(folder / "closed", 0)
        os.chmod(folder / "closed.txt", 0)
        for name in ("closed", "closed.txt"):
            same(points, f"{name}, which may not be read", programs, folder,
                 ["--as-of", AS_OF, name])
        os.chmod(folder / "closed", 0o700)
    else:
        points.skip("files that may not be read", "root may read everything")

    # Start-up scripts and services have no console, and sometimes not all of the standard files.
    # (Wine itself does not start right without any.)
    for closed, name in (((1,), "output"), ((2,), "errors")):
        shell = ["sh", "-c", 'exec "$@" ' + " ".join(f"{n}>&-" for n in closed), "sh"]
        done = run([*shell, *windows], folder, ["--as-of", AS_OF, "a b  c.txt"])
        # 74 where the report could not go out, the verdict's own otherwise.
        points.say(done.returncode in (1, 74), f"no {name}", done.returncode, done.stderr)
    done = run(windows, folder, ["--as-of", AS_OF, "--quiet", "a b  c.txt"])
    points.say(done.returncode == 1 and done.stdout == b"", "--quiet", done.returncode, done.stdout)


def main(program, native):
    missing = prefix.missing() or ("" if os.path.exists(program) else f"{program} is not built")
    if missing:
        print(f"1..0 # SKIP {missing}")
        return 77
    points = Points()
    with tempfile.TemporaryDirectory(prefix="winver6003-console-") as work, \
            prefix.Machine(pathlib.Path(work) / "prefix", {}) as machine:
        ENVIRONMENT.update(machine.environment())
        programs = ([str(prefix.WINE), os.path.abspath(program)], [os.path.abspath(native)])
        folder = pathlib.Path(work) / "evidence"
        folder.mkdir()
        cases(points, programs)
        samples(points, programs)
        answers(points, programs)
        own(points, programs, folder)
    print(f"1..{points.n}")
    return 1 if points.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
