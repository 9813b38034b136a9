#!/usr/bin/python3
"""Measures the programs of a build folder against others and prints each ratio with its target.

usage: run.py BUILD [--work FOLDER] [NAME...]

NAME is one of the bench_NAME.py beside this file; all of them without one. Each has a function
run(build, sources, work) that yields a measure.Result for each line. Exit code 1 when a
target is missed. FOLDER (by default one in the build folder) needs 500 MB on a disk.

SPDX-License-Identifier: MIT
"""

import argparse
import importlib
import os
import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("--work", help="where large files are made")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    build = os.path.abspath(arguments.build)
    names = arguments.names or sorted(path.stem.removeprefix("bench_")
                                      for path in HERE.glob("bench_*.py"))
    missed = 0

    sys.dont_write_bytecode = True
    sys.path.insert(0, str(HERE))
    if os.getloadavg()[0] > 0.5:
        print(f"load average {os.getloadavg()[0]:.1f}: other programs run, and disturb this")
    work = tempfile.mkdtemp(prefix="bench-", dir=arguments.work or build)
    try:
        for name in names:
            module = importlib.import_module("bench_" + name)
            for result in module.run(build, str(HERE.parent.parent), work):
                print(result, flush=True)
                missed += result.missed
    finally:
        shutil.rmtree(work)
    if missed:
        print(f"{missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
