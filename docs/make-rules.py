#!/usr/bin/python3
"""Writes docs/rules.md from the rule table, as the program prints it.

usage: make-rules.py PROGRAM            write it
       make-rules.py PROGRAM --check    exit 1 when it is not what would be written

SPDX-License-Identifier: MIT
"""

import pathlib
import subprocess
import sys
import textwrap

PAGE = pathlib.Path(__file__).resolve().parent / "rules.md"
HEAD = """# Rules

Made by `docs/make-rules.py` from the table in `core/judge/rules.c`, which is also what
`winver6003 --rules` and `--explain RULE` print. Ids are stable: reports, policies and tickets name
them. A rule gives `pass`, `warn`, `fail`, `unknown` or `not-applicable`.
"""


def output(program, *arguments):
    done = subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE,
                          stdin=subprocess.DEVNULL)
    return done.stdout.decode("utf-8").splitlines()


def page(program):
    lines = [HEAD]
    for row in output(program, "--rules"):
        rule = row.split()[0]
        title, _, *body = output(program, "--explain", rule)
        lines.append(f"## {title}\n")
        for line in body:
            label, _, rest = line.partition(" ")
            if label:
                lines.append(textwrap.fill(f"* **{label}**: {rest.strip()}", 100,
                                           subsequent_indent="  ", break_long_words=False,
                                           break_on_hyphens=False))
        lines.append("")
    return "\n".join(lines)


def main(program, check=None):
    text = page(program)
    if not check:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        print(f"{PAGE} is out of date: docs/make-rules.py {program}")
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--check"]):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
