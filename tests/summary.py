#!/usr/bin/python3
"""Sums the results of several test runs into one line: N passed, N failed, N skipped.

usage: summary.py LOG...

Each LOG has one JSON object a line with "name" and "result", as meson writes testlog.json. A test
that speaks TAP counts once for each of its points, any other counts as one. A LOG that is missing
is a failure: a run that never happened must not look like one that passed. Exit code 1 when
anything failed.

SPDX-License-Identifier: MIT
"""

import json
import re
import sys

POINT = re.compile(r"^(not ok|ok)\b[^#\n]*(#\s*skip)?", re.IGNORECASE | re.MULTILINE)
PLAN = re.compile(r"^1\.\.\d+", re.MULTILINE)
GOOD = {"OK", "EXPECTEDFAIL"}


def count(test):
    """(passed, failed, skipped) of one test."""
    output = test.get("stdout") or ""
    passed = failed = skipped = 0
    if PLAN.search(output):
        for verdict, skip in POINT.findall(output):
            if skip:
                skipped += 1
            elif verdict.lower() == "ok":
                passed += 1
            else:
                failed += 1
    bad = test["result"] not in GOOD and test["result"] != "SKIP"
    if bad:
        failed = max(failed, 1)
    elif passed + skipped == 0:
        if test["result"] == "SKIP":
            skipped = 1
        else:
            passed = 1
    return passed, failed, skipped


def main(paths):
    total = [0, 0, 0]
    for path in paths:
        try:
            with open(path, encoding="utf-8") as log:
                tests = [json.loads(line) for line in log if line.strip()]
        except OSError as error:
            print(f"failed: no results: {error}")
            total[1] += 1
            continue
        for test in tests:
            counts = count(test)
            total = [sum(pair) for pair in zip(total, counts)]
            if counts[1]:
                print(f"failed: {test['name']} ({path})")
    print("{} passed, {} failed, {} skipped".format(*total))
    return 1 if total[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
