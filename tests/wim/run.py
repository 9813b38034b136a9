#!/usr/bin/python3
"""Captures phony machines into Windows images and holds what is read of them against wiminfo and
against the same machines as folders.

usage: run.py PROGRAM

Skipped where wimlib-imagex or the programs that build a drive are missing. In a
build without libwim only the XML of the images is compared. Output is TAP.

SPDX-License-Identifier: MIT
"""

import importlib.util
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
MACHINES = ["server-6001", "server-6002", "server-6003-final", "server-core", "dirty-with-old-log",
            "vista-6003", "x86-two-kernels"]
# --compress and --solid of wimlib-imagex
COMPRESSIONS = [["none"], ["XPRESS"], ["LZX"], ["LZMS", "--solid"]]
ARCHS = {"x86": "x86", "x86_64": "x64", "ia64": "ia64"}
TYPES = {"ServerNT": "server", "WinNT": "workstation", "LanmanNT": "domain controller"}


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


machine = load("machine", HERE.parent / "phony" / "machine.py")


class Program:
    def __init__(self, path, scratch):
        self.path = pathlib.Path(path).resolve()
        self.temporary = scratch / "tmp"
        self.temporary.mkdir()
        self.environment = {**os.environ, "TMPDIR": str(self.temporary), "LC_ALL": "C.UTF-8"}

    def __call__(self, *arguments, stdin=None):
        """(exit code, reports, what was told). Nothing may be left in the private folder."""
        done = subprocess.run([self.path, "--as-of", "2026-06-01", "--format", "jsonl", *arguments],
                              input=stdin, capture_output=True, timeout=60, check=False,
                              env=self.environment)
        if list(self.temporary.iterdir()):
            raise ValueError("files were left behind")
        return (done.returncode, [json.loads(line) for line in done.stdout.splitlines()],
                done.stderr.decode("utf-8", "replace"))


def wimlib(*arguments):
    subprocess.run(["wimlib-imagex", *map(str, arguments)], check=True, capture_output=True)


def wiminfo(path):
    """For each image what wiminfo prints of it."""
    text = subprocess.run(["wiminfo", path], check=True, capture_output=True).stdout.decode()
    return [dict(re.findall(r"^([A-Z][\w ]+):[ \t]*(.*)$", part, re.MULTILINE))
            for part in re.split(r"^(?=Index:)", text, flags=re.MULTILINE)[1:]]


def facts(report, witness):
    """The facts of one witness, by field."""
    return {fact["field"]: fact["value"] for fact in report["facts"] if fact["witness"] == witness}


def expected(info):
    """What the XML of an image must have been read as."""
    found = {"major": info["Major Version"], "minor": info["Minor Version"], "build": info["Build"],
             "service_pack": info["Service Pack Level"], "edition": info.get("Edition ID"),
             "arch": ARCHS[info["Architecture"]], "product_type": TYPES[info["Product Type"]],
             "product": info["Display Name"]}
    if info["Service Pack Build"] != "0":
        found["revision"] = info["Service Pack Build"]
    return {key: value for key, value in found.items() if value}


def problems(report):
    return " ".join(text for piece in report["evidence"] for text in piece["problems"])


# ---- What is tested: each yields (name, list of what is wrong) ----

def against_wiminfo(program, drives, scratch):
    for options in COMPRESSIONS:
        path = scratch / "all.wim"
        for number, name in enumerate(MACHINES):
            wimlib(*(["capture", drives / name, path, name, "--compress", *options] if number == 0
                     else ["append", drives / name, path, name]))
        _, reports, told = program(str(path))
        wrong = [told] if told else []
        images = wiminfo(path)
        if len(images) != len(reports):
            wrong.append(f"{len(reports)} of {len(images)} images")
        for info, report in zip(images, reports):
            if "Build" not in info:
                continue
            read = facts(report, "wim")
            for key, value in expected(info).items():
                if read.get(key) != value:
                    wrong.append(f"image {info['Index']}: {key} {read.get(key)}, not {value}")
        yield f"the XML of {' '.join(options)}", wrong
        path.unlink()


def against_folders(program, drives, scratch):
    path = scratch / "one.wim"
    for name in MACHINES:
        wimlib("capture", drives / name, path, name)
        _, reports, _ = program(str(path))
        _, folder, _ = program(str(drives / name))
        path.unlink()
        wrong = []
        for witness in ("CurrentBuild", "BuildLabEx", "UBR", "kernel-file", "ProductOptions"):
            inside, lying = (facts(run[0], witness) for run in (reports, folder))
            # A folder also has a second kernel and the names of packages.
            if witness != "kernel-file" and inside != lying:
                wrong.append(f"{witness}: {inside} and {lying}")
            if witness == "kernel-file" and inside.get("build") != lying.get("build"):
                wrong.append(f"{witness}: {inside} and {lying}")
        if "dirty" in name and "replayed in memory" not in problems(reports[0]):
            wrong.append("the log was not replayed")
        if "dirty" not in name and reports[0]["verdict"]["state"] != folder[0]["verdict"]["state"]:
            wrong.append(f"{reports[0]['verdict']} and {folder[0]['verdict']}")
        yield f"what is inside {name}", wrong


def stale(program, drives, scratch):
    path = scratch / "stale.wim"
    wimlib("capture", drives / "server-6003-final", path, "stale")
    wimlib("info", path, 1, "--image-property", "WINDOWS/VERSION/BUILD=6002")
    _, reports, _ = program(str(path))
    values = {(value["witness"], value["value"]) for conflict in reports[0]["conflicts"]
              for value in conflict["values"] if conflict["field"] == "build"}
    wrong = [] if ("wim", "6002") in values and ("CurrentBuild", "6003") in values \
        else [f"{values}"]
    yield "an XML that is no longer true", wrong


def no_windows(program, drives, scratch):
    path = scratch / "data.wim"
    (scratch / "data").mkdir()
    (scratch / "data" / "file").write_text("nothing")
    wimlib("capture", scratch / "data", path, "data")
    code, _, told = program(str(path))
    yield "an image of no Windows", [] if code == 66 else [f"{code}: {told}"]
    wimlib("append", drives / "server-6002", path, "server")
    code, reports, told = program(str(path))
    wrong = [] if len(reports) == 1 and "1 of its 2" in told else [f"{code}: {told}"]
    yield "one image of two", wrong
    code, _, told = program("--together", str(path), str(path))
    yield "where one machine is asked for", [] if code in (1, 2) else [f"{code}: {told}"]
    wimlib("append", drives / "server-core", path, "core")
    code, _, told = program("--together", str(path))
    wrong = [] if code == 66 and "2 machines" in told else [f"{code}: {told}"]
    yield "two images where one machine is asked for", wrong


def links(program, drives, scratch):
    """A hive that is a link would lead out of the private folder."""
    drive = scratch / "links"
    shutil.copytree(drives / "server-6002", drive)
    config = drive / "Windows" / "System32" / "config"
    (config / "SOFTWARE").rename(scratch / "outside")
    (config / "SOFTWARE").symlink_to(scratch / "outside")
    path = scratch / "links.wim"
    wimlib("capture", drive, path, "links")
    wimlib("info", path, 1, "--image-property", "WINDOWS/VERSION/MAJOR=6",
           "--image-property", "WINDOWS/VERSION/BUILD=6002")
    _, reports, _ = program(str(path))
    found = facts(reports[0], "CurrentBuild")
    yield "a link in the place of a hive", [f"{found}"] if found else []


def cases_of_names(program, drives, scratch):
    drive = scratch / "names"
    shutil.copytree(drives / "dirty-with-old-log", drive)
    config = drive / "Windows" / "System32" / "config"
    for path in list(config.iterdir()):
        path.rename(config / path.name.swapcase())
    config.rename(config.parent / "CONFIG")
    path = scratch / "names.wim"
    wimlib("capture", drive, path, "names")
    _, reports, _ = program(str(path))
    wrong = [] if "replayed in memory" in problems(reports[0]) else [problems(reports[0])]
    yield "names in another case", wrong


def other_ways(program, drives, scratch):
    path = scratch / "other.wim"
    wimlib("capture", drives / "server-6002", path, "server")
    content = path.read_bytes()
    _, reports, _ = program("-", stdin=content)
    wrong = [] if reports and reports[0]["version"]["build"] == 6002 and \
        "only its XML" in problems(reports[0]) else [f"{reports}"]
    yield "a stream", wrong
    disc = scratch / "disc"
    (disc / "SOURCES").mkdir(parents=True)
    path.rename(disc / "SOURCES" / "Install.wim")
    (disc / "setup.exe").write_bytes(b"MZ")
    _, reports, _ = program(str(disc))
    wrong = [] if len(reports) == 1 and reports[0]["evidence"][0]["reader"] == "wim" \
        else [f"{reports}"]
    yield "a folder that is an installation disc", wrong
    path.write_bytes(content[:208])
    code, _, told = program(str(path))
    yield "a header and nothing else", [] if code == 66 else [f"{code}: {told}"]
    path.write_bytes(content[:len(content) - 300])
    code, reports, told = program(str(path))
    yield "an image that was cut off", [] if code in (1, 66) else [f"{code}: {told}"]


def interrupted(program, drives, scratch):
    """A run that is ended in the middle leaves nothing behind."""
    path = scratch / "long.wim"
    for number in range(40):
        wimlib(*(["capture", drives / "server-6002", path, str(number)] if number == 0
                 else ["append", drives / "server-6002", path, str(number)]))
    wrong = []
    for wait in range(4):
        with subprocess.Popen([program.path, "--format", "jsonl", str(path)],
                              stdout=subprocess.DEVNULL, env=program.environment) as run:
            time.sleep(0.01 * wait)
            run.send_signal(signal.SIGTERM)
        left = list(program.temporary.iterdir())
        if left:
            wrong.append(f"left behind: {left}")
    yield "a run that is ended", wrong


def main(path):
    missing = machine.missing_tools() or [tool for tool in ("wimlib-imagex", "wiminfo")
                                          if not shutil.which(tool)]
    if missing:
        print(f"1..0 # SKIP missing: {missing}")
        return 0
    number = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        drives = scratch / "drives"
        drives.mkdir()
        for name in MACHINES:
            machine.build(HERE.parent / "phony" / "cases" / name, scratch / "built" / name)
            # Some lie deeper, as a mounted drive does.
            deeper = scratch / "built" / name / "mnt" / "C"
            (deeper if deeper.is_dir() else scratch / "built" / name).rename(drives / name)
        program = Program(path, scratch)
        wimlib("capture", drives / "server-6002", scratch / "probe.wim", "probe")
        tests = [against_wiminfo, no_windows]
        if "built without" not in problems(program(str(scratch / "probe.wim"))[1][0]):
            tests += [against_folders, stale, links, cases_of_names, other_ways, interrupted]
        for test in tests:
            for name, wrong in test(program, drives, scratch):
                number += 1
                failed += bool(wrong)
                print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
                for line in wrong:
                    print(f"# {name}: {line}", file=sys.stderr)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
