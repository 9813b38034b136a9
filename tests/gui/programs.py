"""The programs under test, as meson names them: WINDOW TERMINAL PROBE SAMPLES before the test's
own arguments.

SPDX-License-Identifier: MIT
"""
import json
import pathlib
import subprocess
import sys
import unittest

AS_OF = "--as-of=2026-02-01"

WINDOW, TERMINAL, PROBE, SAMPLES = (pathlib.Path(path).resolve() for path in sys.argv[1:5])


def sample(name):
    return SAMPLES / name


def machine_samples():
    """Those that are one machine each."""
    return sorted(path for path in SAMPLES.iterdir()
                  if path.suffix not in (".py", ".csv", ".xml")
                  and not path.name.startswith(("_", ".")))


def terminal(*arguments):
    return subprocess.run([TERMINAL, AS_OF, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)


def report(*arguments):
    return json.loads(terminal("--format", "json", *arguments).stdout)


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[5:]], verbosity=2)
