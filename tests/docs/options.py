#!/usr/bin/python3
"""Compares the options that --help lists with those that the manual page has: both, and no other.

usage: options.py PROGRAM MANUAL

SPDX-License-Identifier: MIT
"""

import re
import subprocess
import sys


def listed(program):
    done = subprocess.run([program, "--help"], check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL)
    lines = done.stdout.decode("utf-8").splitlines()
    return {option for line in lines if line.startswith(" ")
            for option in re.findall(r"^\s+(?:-\w, )?(--[a-z-]+)", line)}


def documented(manual):
    with open(manual, encoding="utf-8") as page:
        text = page.read().split(".SH OPTIONS", 1)[1].split(".SH ", 1)[0]
    options = set()
    for item in text.split(".TP\n")[1:]:
        options.update(re.findall(r"--[a-z-]+", item.splitlines()[0].replace("\\-", "-")))
    return options


def main(program, manual):
    help_has, manual_has = listed(program), documented(manual)
    for option in sorted(help_has - manual_has):
        print(f"{manual}: lacks {option}")
    for option in sorted(manual_has - help_has):
        print(f"{manual}: {option} is no option of {program}")
    if not help_has:
        print(f"{program} --help lists no option")
    return 0 if help_has and help_has == manual_has else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
