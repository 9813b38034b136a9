#!/usr/bin/python3
"""Holds the verdicts on files from real machines against what is known of those files.

usage: run.py PROGRAM FOLDER

FOLDER has INDEX.csv, whose columns path, truth, build and revision say what each file is. It is
not part of the repository; without it this test is skipped. Files that end in .xz
are unpacked first.

What the program says of a file must be compatible with its truth. The first row of RULES below
whose pattern is found in the truth says how, within five seconds. Output is TAP.

SPDX-License-Identifier: MIT
"""

import csv
import json
import lzma
import pathlib
import re
import subprocess
import sys
import tempfile

EXIT_CODES = {0, 1, 2, 3, 4, 66}
REFUSED = 66

# (pattern in truth, states that are right, whether the build must be the one of the index,
#  whether refusing the file with exit 66 is right as well)
RULES = [
    # Wine: its registry and its ver have marks that no Windows has.
    (r"Wine pretending", {"imitation"}, False, False),
    # Wine under the name of a Windows that is none of ours: either is true.
    (r"Wine as", {"imitation", "not-applicable"}, False, False),
    # Versions in advisories, start-up files, configuration and prose belong to no machine.
    (r"^REFUSE|not host evidence|^prose", {"unknown"}, False, True),
    # Lists of updates and exports of other keys: no build, or that of another Windows.
    (r"SUPPORTING|NO-VERSION", {"unknown", "not-applicable"}, False, True),
    # The outputs of several machines in one source file: anything but a plain answer.
    (r"split before use", {"unknown", "not-applicable", "conflict"}, False, True),
    (r"^OTHER", {"not-applicable"}, True, False),
    (r"Vista", {"not-applicable"}, True, False),
    (r"weak/network", {"unknown", "not-applicable", "conflict"}, False, True),
    # A console pasted as comments may be too little.
    (r"low trust", {"unknown"}, True, True),
    # A table in Markdown may be out of scope.
    (r"Markdown", {"not-transitioned"}, True, True),
    (r"undetermined|revision must stay unknown", {"unknown"}, True, False),
    (r"NTLM gives build only", {"unknown"}, True, False),
    (r"6\.0\.6003 Server 2008", {"transitioned"}, True, False),
    (r"Server", {"not-transitioned"}, True, False),
]

# What the columns of the index cannot say: path, and a row without pattern.
EXCEPTIONS = {
    # The caption names Server 2008, the product type is that of a workstation; no mark of Wine.
    "near_wine/wine8_wmic_win2008.txt": ({"imitation", "conflict", "not-applicable"}, False, False),
}
# What the machines of a capture are called, in order; for the rest one is expected.
MACHINES = {
    "pcap/zeek__smb__smb2.pcap.xz": [r", 10\.0\.0\.11$", r"^SERVER002$"],
    "pcap/zeek__smb__smb_v2_only_non_zero_reserved1.pcap": [r", 172\.31\.112\.17$",
                                                            r"^WIN-SVV-PC1$"],
    "pcap/zeek__dce-rpc__dce_rpc_ntlm.pcapng": [r", 10\.10\.10\.120$", r"^CBTH-WS-2$"],
    "pcap/PCAP-ATTACK__CA_LM_SpoolSample_SMB_BiAuth.pcapng": [r"^02694W-WIN10$",
                                                              r"^01566S-WIN16-IR$"],
}
# Two hosts in one log; the columns are about the first.
SEVERAL_HOSTS = {"text_misc/zeek-testing__m57_http_wer_lines.log"}


def problems(row, code, report):
    """Yields what is wrong with the verdict on a file of JUDGED."""
    rule = EXCEPTIONS.get(row["path"])
    for pattern, *what in RULES:
        rule = rule or (what if re.search(pattern, row["truth"]) else None)
    if not rule:
        yield f"no rule for the truth {row['truth']!r}"
        return
    states, same_build, may_refuse = rule
    if code == REFUSED:
        if not may_refuse:
            yield "refused"
        return
    state = report["verdict"]["state"]
    if state not in states:
        yield f"{state} instead of {' or '.join(sorted(states))}: {report['verdict']['headline']}"
    if row["path"] in SEVERAL_HOSTS:
        return
    build = report["version"]["build"]
    if same_build and row["build"] and build != int(row["build"]):
        yield f"build {build} instead of {row['build']}"
    revision = re.match(r"\d+$", row["revision"])
    if revision and report["version"]["revision"] not in (None, int(revision[0])):
        yield f"revision {report['version']['revision']} instead of {row['revision']}"
    if "revision must stay unknown" in row["truth"] and report["version"]["revision"] is not None:
        yield f"revision {report['version']['revision']} instead of none"


def run(program, path, seconds):
    done = subprocess.run([program, "--as-of", "2026-06-01", "--format", "jsonl", str(path)],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=seconds, check=False)
    return done.returncode, done.stdout, done.stderr


def check(program, folder, scratch, row):
    path = folder / row["path"]
    if path.suffix == ".xz":
        unpacked = scratch / path.stem
        unpacked.write_bytes(lzma.decompress(path.read_bytes()))
        path = unpacked
    code, output, errors = run(program, path, 5)
    if code not in EXIT_CODES:
        yield f"exit code {code}; {errors.decode(errors='replace')[:400]}"
        return
    reports = [json.loads(line) for line in output.splitlines()] if code != REFUSED else [None]
    names = MACHINES.get(row["path"])
    if len(reports) != len(names or [None]):
        yield f"{len(reports)} machines"
    for report in reports:
        yield from problems(row, code, report)
    for name, report in zip(names or [], reports):
        if not re.search(name, report["machine"]["name"]):
            yield f"a machine called {report['machine']['name']}"


def main(program, folder):
    folder = pathlib.Path(folder)
    index = folder / "INDEX.csv"
    if not index.is_file():
        print(f"1..0 # SKIP no {index}: files from real machines are not in the repository")
        return 0
    with open(index, encoding="utf-8", newline="") as rows:
        index = list(csv.DictReader(rows))
    failed = 0
    print(f"1..{len(index)}")
    with tempfile.TemporaryDirectory() as scratch:
        for number, row in enumerate(index, 1):
            try:
                wrong = list(check(program, folder, pathlib.Path(scratch), row))
            except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
                wrong = [f"{type(error).__name__}: {error}"]
            print(f"{'not ok' if wrong else 'ok'} {number} - {row['path']}")
            for line in wrong:
                # On standard error, which meson shows when it does not show the points.
                print(f"# {row['path']}: {line} (truth: {row['truth']})", file=sys.stderr)
            failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
