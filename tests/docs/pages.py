#!/usr/bin/python3
"""Checks what the pages for people point at: files, options, rules, states and commands exist.

usage: pages.py PROGRAM

SPDX-License-Identifier: MIT
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "HACKING.md", *sorted((ROOT / "docs").glob("*.md"))]
# Paths of the tree, and folders that the build makes.
PATH = re.compile(r"`((?:core|cli|gui|resources|tests|docs)/[\w./*-]*|dev|\.ci/run|LICENSE)`")
# Options of meson, valgrind, facter, Ansible, osquery and other programs that the pages name.
FOREIGN_OPTIONS = {"--suite", "--update", "--json", "--csv", "--list"}


def output(command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL).stdout.decode("utf-8")


def problems(page, options, rules, commands):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        if not (page.parent / target).exists():
            yield f"links to {target}, which does not exist"
    for path in PATH.findall(text):
        if not list(ROOT.glob(path.rstrip("/"))):
            yield f"names {path}, which does not exist"
    for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - FOREIGN_OPTIONS:
        if option not in options:
            yield f"names {option}, which is no option"
    for command in re.findall(r"\./dev (\w+)", text):
        if command not in commands:
            yield f"names ./dev {command}, which is no command"
    for rule in re.findall(r"--explain ([a-z-]+)", text):
        if rule not in rules:
            yield f"names {rule}, which is no rule"


def main(program):
    options = set(re.findall(r"--[a-z-]+", output([program, "--help"])))
    # The dialog of Windows has options of its own.
    options |= set(re.findall(r"--[a-z-]+", (ROOT / "gui/win32/main.c").read_text("utf-8")))
    rules = {line.split()[0] for line in output([program, "--rules"]).splitlines()}
    commands = set(re.findall(r"^  (\w+)", output([str(ROOT / "dev"), "help"]), re.MULTILINE))
    failed = 0
    for page in PAGES:
        for problem in problems(page, options, rules, commands):
            print(f"{page.relative_to(ROOT)}: {problem}")
            failed = 1
    return failed


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
