#!/usr/bin/python3
"""Runs the terminal program over the samples under valgrind: no leak, no bad access.

usage: valgrind.py PROGRAM

SPDX-License-Identifier: MIT
"""

import pathlib
import subprocess
import sys

SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "resources" / "samples"
FOUND = 99
RUNS = [
    ["--format", "text"],
    ["--format", "json", "--redact"],
    ["--together", "--format", "csv"],
    ["--batch", "--format", "jsonl"],
]


def main(program):
    samples = sorted(str(path) for path in SAMPLES.iterdir()
                     if path.is_dir() or path.suffix in (".txt", ".reg"))
    failed = 0
    for options in RUNS:
        arguments = [str(SAMPLES / "inventory.csv")] if "--batch" in options else samples
        done = subprocess.run(
            ["valgrind", "--quiet", "--leak-check=full", "--show-leak-kinds=all",
             "--errors-for-leak-kinds=all", f"--error-exitcode={FOUND}", "--track-fds=no",
             program, "--as-of", "2026-06-01", *options, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            check=False)
        bad = done.returncode not in range(5)
        print(f"{'FAILED' if bad else 'clean'}: {' '.join(options)}")
        if bad:
            print(f"exit code {done.returncode}\n{done.stderr.decode(errors='replace')}")
        failed += bad
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
