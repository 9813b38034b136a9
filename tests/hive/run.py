#!/usr/bin/python3
"""Reads hives of every shape and replays logs of both forms, and compares with what was put in.

usage: run.py HIVE_DUMP PROGRAM EVIDENCE

The hives are made by hivemake.py; those of real machines in EVIDENCE/hives_fuzz, whose logs
Windows itself has replayed, are compared too where they are there. Output is TAP.

SPDX-License-Identifier: MIT
"""

import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

import hivemake
from hivemake import BINARY, DWORD, MULTI_SZ, QWORD, SECTOR, SZ, Key, number, text

VERSION = "Microsoft\\Windows NT\\CurrentVersion"
PACKAGES = "Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages"

TESTS = []


def test(function):
    """Registers a test; its docstring is its name."""
    TESTS.append(function)
    return function


class Failed(Exception):
    """What was expected, and what came."""


def expect(name, got, wanted):
    if got != wanted:
        raise Failed(f"{name}: {got!r} instead of {wanted!r}")


class Place:
    """A folder of its own for one test, and the two programs."""

    def __init__(self, dump, program, evidence, folder):
        self.dump_program, self.program = dump, program
        self.evidence = pathlib.Path(evidence)
        self.folder = pathlib.Path(folder)

    def write(self, **files):
        """Writes files; in their names _ stands for a point."""
        for name, content in files.items():
            (self.folder / name.replace("_", ".")).write_bytes(content)

    def dump(self, name, logs=True):
        """What the reader finds, as sorted lines, and what it says."""
        command = [self.dump_program] + ["--logs"] * logs + [str(self.folder / name)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode not in (0, 1):
            raise Failed(f"{command}: exit code {done.returncode}: {done.stderr}")
        return sorted(done.stdout.splitlines()), done.stderr

    def expect_tree(self, name, root, logs=True):
        """The hive reads exactly as the tree; returns what was said."""
        lines, said = self.dump(name, logs)
        wanted = sorted(root.lines())
        if lines != wanted:
            extra = [line for line in lines if line not in wanted][:3]
            missing = [line for line in wanted if line not in lines][:3]
            raise Failed(f"{name}: extra {extra}, missing {missing}; {said}")
        return said

    def report(self, *names, code=None):
        """The verdict on files, as JSON."""
        done = subprocess.run(
            [self.program, "--as-of", "2026-06-01", "--format", "json", "--together",
             *(str(self.folder / name) for name in names)],
            capture_output=True, text=True, timeout=60, check=False)
        if code is not None:
            expect("exit code", done.returncode, code)
        try:
            return json.loads(done.stdout)
        except ValueError:
            raise Failed(f"no report: {done.stderr}") from None


def server(build="6002", packages=()):
    """A tree that a SOFTWARE hive of a Server 2008 has."""
    root = Key()
    version = root.at(VERSION)
    lab = {"6002": "6002.18005.amd64fre.lh_sp2rtm.090410-1830",
           "6003": "6003.20489.amd64fre.vistasp2_ldr_escrow.190320-1700"}[build]
    for name, value in (("CurrentVersion", "6.0"), ("CurrentBuild", build),
                        ("CurrentBuildNumber", build), ("BuildLabEx", lab),
                        ("CSDVersion", "Service Pack 2"), ("EditionID", "ServerStandard"),
                        ("ProductName", "Windows Server (R) 2008 Standard")):
        version.set(name, SZ, text(value))
    for package in packages:
        root.at(f"{PACKAGES}\\{package}").set("CurrentState", DWORD, number(7))
    return root


def facts(report, field):
    return [fact for fact in report["facts"] if fact["field"] == field]


def values_of(report, field):
    return [fact["value"] for fact in facts(report, field)]


# ---- Shapes ----

@test
def shapes(place):
    """every version, list and value comes out as it went in"""
    root = server()
    key = root.at(VERSION)
    key.set("", SZ, text("the default")).set("Zürich", SZ, text("latin"))
    key.set("Кириллица", SZ, text("wide")).set("empty", SZ, b"")
    key.set("three", BINARY, b"abc").set("eight", QWORD, bytes(range(8)))
    key.set("list", MULTI_SZ, "a\0b\0\0".encode("utf-16-le"))
    for size in (5, 16343, 16344, 16345, 16348, 32688, 32689, 100000):
        key.set(f"large {size}", BINARY, bytes(i * 7 % 256 for i in range(size)))
    for i in range(1200):
        root.at(f"Many\\Key{i:04}").set("n", DWORD, number(i))
    root.at("Many\\Ключ")
    root.at("Many\\Straße")
    for minor in range(2, 7):
        for leaf in (b"lf", b"lh", b"li"):
            place.write(X=hivemake.build(root, minor, leaf))
            expect("said", place.expect_tree("X", root), "")
    place.write(X=hivemake.build(root, 3, b"lh", 3000))
    expect("said", place.expect_tree("X", root), "")


@test
def old_versions(place):
    """versions 1.0, 1.1 and 1.7 are refused by name"""
    for minor in (0, 1, 7):
        place.write(X=hivemake.build(server(), minor))
        lines, said = place.dump("X")
        expect("lines", lines, [])
        expect("said", f"1.{minor} is not read" in said, True)


@test
def looked_up(place):
    """keys are found in long lists of every kind, also where hashes and order are wrong"""
    root = server(packages=[f"Package_for_KB{4500000 + i}~31bf3856ad364e35~amd64~~6.0.1.0"
                            for i in range(40)])
    for i in range(700):
        root.at(f"Microsoft\\Product{i:03}")
    for leaf in (b"lf", b"lh", b"li"):
        hive = hivemake.build(root, 3, leaf, 300)
        for name, content in (("good", hive), ("damaged", damage_lists(hive, leaf))):
            place.write(X=content)
            report = place.report("X")
            expect(f"{leaf} {name}", report["version"]["build"], 6002)
            expect("packages", len(facts(report, "package")), 40)
            expect("problems", report["evidence"][0]["problems"], [])


def damage_lists(hive, leaf):
    """The same hive with all hints wrong, or the entries of lists without hints turned round."""
    hive = bytearray(hive)
    at = hive.find(leaf, 4096)
    while at >= 0:
        size, count = struct.unpack_from("<iHH", hive, at - 4)[0:3:2]
        length = 4 if leaf == b"li" else 8
        if size < 0 and count and at % 8 == 4 and 4 + count * length <= -size - 4:
            entries = [hive[at + 4 + i * length:at + 4 + (i + 1) * length] for i in range(count)]
            if leaf == b"li":
                entries.reverse()
            else:
                entries = [entry[:4] + b"zzzz" for entry in entries]
            hive[at + 4:at + 4 + count * length] = b"".join(entries)
        at = hive.find(leaf, at + 2)
    return bytes(hive)


# ---- Logs ----

@test
def old_form(place):
    """a log with a dirty vector, under each of the names it may have"""
    after = server("6003")
    hives = hivemake.build(server()), hivemake.build(after)
    log = hivemake.old_log(*hives)
    for name in ("X_LOG1", "X_LOG2", "X_LOG", "x_log1"):
        place.write(**{"X": hivemake.dirty(hives[0], (6, 5)), name: log})
        expect("said", "sectors" in place.expect_tree("X", after), True)
        (place.folder / name.replace("_", ".")).unlink()
    place.expect_tree("X", server())


@test
def old_form_grows(place):
    """a log makes the hive longer than its file"""
    after = server("6003", [f"Package_for_KB{4500000 + i}~31bf3856ad364e35~amd64~~6.0.1.0"
                            for i in range(300)])
    hives = hivemake.build(server()), hivemake.build(after)
    expect("longer", len(hives[1]) > len(hives[0]) + 8192, True)
    place.write(X=hivemake.dirty(hives[0], (6, 5)), X_LOG1=hivemake.old_log(*hives))
    place.expect_tree("X", after)
    place.write(X=hivemake.dirty(hives[0], (6, 5)), X_LOG1=hivemake.new_log(hives, 5))
    place.expect_tree("X", after)


@test
def old_form_newest(place):
    """of two logs the one that belongs to the last write"""
    before, middle, after = (hivemake.build(t) for t in (server(), Key("", [], []).at("A") and
                                                         server(), server("6003")))
    stale = hivemake.old_log(middle, hivemake.build(Key()), 4, hivemake.WRITTEN - 1000)
    place.write(X=hivemake.dirty(before, (6, 5)), X_LOG1=stale,
                X_LOG2=hivemake.old_log(before, after))
    place.expect_tree("X", server("6003"))
    place.write(X=hivemake.dirty(before, (6, 5)), X_LOG1=stale, X_LOG2=b"")
    said = place.expect_tree("X", server())
    expect("said", "LOG1: not replayed: it is older than the hive" in said, True)


@test
def broken_base_block(place):
    """a base block that was torn is taken from the log"""
    hives = hivemake.build(server()), hivemake.build(server("6003"))
    for log in (hivemake.old_log(*hives), hivemake.new_log(hives, 5)):
        place.write(X=hivemake.dirty(hives[0], (6, 5), False), X_LOG1=log)
        place.expect_tree("X", server("6003"))


@test
def old_form_broken(place):
    """a log that is not whole is not used at all"""
    hives = hivemake.build(server()), hivemake.build(server("6003"))
    log = hivemake.old_log(*hives)
    for name, broken, why in (
            ("last sector", log[:-SECTOR], "cut off"), ("vector", log[:SECTOR + 4], "cut off"),
            ("no vector", log[:SECTOR] + b"TRID" + log[SECTOR + 4:], "no dirty vector"),
            ("checksum", b"regf\0" + log[5:], "not written to its end"),
            ("empty vector", log[:SECTOR + 4] + bytes(len(log)), "is empty"),
            ("half a base block", log[:300], "no base block"),
            ("another file", b"MZ" * 4096, "no base block"),
            ("a hive", hives[1], "not that of a log")):
        place.write(X=hivemake.dirty(hives[0], (6, 5)), X_LOG1=broken)
        said = place.expect_tree("X", server())
        expect(name, why in said, True)


@test
def new_form(place):
    """entries in one log, and in two in either order"""
    trees = [server(), server("6003"), server("6003", ["Package_for_KB4493471~x~amd64~~6.0.1.0"])]
    trees.append(server("6003", ["Package_for_KB4493471~x~amd64~~6.0.1.0",
                                 "Package_for_KB4499149~x~amd64~~6.0.1.0"]))
    states = [hivemake.build(tree) for tree in trees]
    dirty = hivemake.dirty(states[0], (6, 5))
    place.write(X=dirty, X_LOG1=hivemake.new_log(states, 5))
    expect("said", "LOG1: 3 entries" in place.expect_tree("X", trees[3]), True)
    first, second = hivemake.new_log(states[:2], 5), hivemake.new_log(states[1:], 6)
    for logs in ((first, second), (second, first)):
        place.write(X=dirty, X_LOG1=logs[0], X_LOG2=logs[1])
        place.expect_tree("X", trees[3])
    # The sequence number may pass its end between the two.
    place.write(X=hivemake.dirty(states[0], (0, 0xFFFFFFFF)),
                X_LOG1=hivemake.new_log(states[:2], 0xFFFFFFFF),
                X_LOG2=hivemake.new_log(states[1:], 0))
    place.expect_tree("X", trees[3])


@test
def new_form_already_in(place):
    """entries that the hive has already are passed over"""
    trees = [server(), server("6003"), server("6003", ["Package_for_KB4493471~x~amd64~~6.0.1.0"])]
    states = [hivemake.build(tree) for tree in trees]
    place.write(X=hivemake.dirty(states[1], (7, 6)), X_LOG1=hivemake.new_log(states, 5))
    expect("said", "LOG1: 1 entry" in place.expect_tree("X", trees[2]), True)


@test
def new_form_broken(place):
    """what follows a damaged entry is not used, nor an entry with a gap before it"""
    trees = [server(), server("6003"), server("6003", ["Package_for_KB4493471~x~amd64~~6.0.1.0"])]
    states = [hivemake.build(tree) for tree in trees]
    log = hivemake.new_log(states, 5)
    dirty = hivemake.dirty(states[0], (6, 5))
    second = log.index(b"HvLE", SECTOR + 4)
    for at, why in ((second + 100, "its pages are damaged"),
                    (second + 20, "its header is damaged")):
        broken = bytearray(log)
        broken[at] ^= 0x10
        place.write(X=dirty, X_LOG1=bytes(broken))
        said = place.expect_tree("X", trees[1])
        expect("said", "entry 6 and what follows: " + why in said, True)
    place.write(X=dirty, X_LOG1=log[:-SECTOR])
    expect("said", "it is cut off" in place.expect_tree("X", trees[1]), True)
    place.write(X=dirty, X_LOG1=hivemake.new_log(states[1:], 6))
    expect("said", "entries before it are missing" in place.expect_tree("X", trees[0]), True)


@test
def clean_hive(place):
    """logs of a clean hive are left alone, and so is one behind a link"""
    hives = hivemake.build(server()), hivemake.build(server("6003"))
    place.write(X=hives[0], X_LOG1=hivemake.new_log(hives, 5))
    expect("said", place.expect_tree("X", server()), "")
    place.write(X=hivemake.dirty(hives[0], (6, 5)), elsewhere=hivemake.old_log(*hives))
    (place.folder / "X.LOG1").unlink()
    os.symlink("elsewhere", place.folder / "X.LOG1")
    place.expect_tree("X", server())


# ---- In reports ----

def hive_fact(report):
    return facts(report, "hive")[0]


def finding(report, rule):
    return next(f for f in report["findings"] if f["rule"] == rule)


@test
def reported_clean(place):
    """a clean SOFTWARE hive is a plain answer"""
    place.write(SOFTWARE=hivemake.build(server("6003", [
        "Package_for_KB4493471~31bf3856ad364e35~amd64~~6.0.1.0"])))
    report = place.report("SOFTWARE")
    expect("build", report["version"]["build"], 6003)
    expect("hive", hive_fact(report)["value"], "clean")
    expect("rule", finding(report, "hive-clean")["result"], "pass")
    expect("packages", values_of(report, "package"), ["KB4493471"])
    expect("evidence", (report["evidence"][0]["reader"], report["evidence"][0]["bytes"]),
           ("hive", (place.folder / "SOFTWARE").stat().st_size))


@test
def reported_dirty(place):
    """a dirty hive warns; with its log the build before and after is shown"""
    hives = hivemake.build(server()), hivemake.build(server("6003"))
    place.write(SOFTWARE=hivemake.dirty(hives[0], (6, 5)))
    report = place.report("SOFTWARE")
    expect("build", report["version"]["build"], 6002)
    expect("hive", hive_fact(report)["value"], "dirty")
    expect("rule", finding(report, "hive-clean")["result"], "warn")
    place.write(SOFTWARE_LOG1=hivemake.old_log(*hives))
    report = place.report("SOFTWARE")
    expect("build", report["version"]["build"], 6003)
    expect("hive", hive_fact(report)["value"], "replayed")
    expect("rule", finding(report, "hive-clean")["result"], "pass")
    notes = [fact["note"] for fact in facts(report, "build")]
    expect("before", all("before the replay: 6002" in (note or "") for note in notes[:2]), True)
    changed = "LOG1: 8 sectors; CurrentBuild was 6002, is 6003"
    expect("note", changed in hive_fact(report)["note"], True)
    expect("problem", changed in report["evidence"][0]["problems"][0], True)


@test
def system_hive(place):
    """of SYSTEM the selected control set counts, and no other"""
    root = Key()
    root.at("Select").set("Current", DWORD, number(2))
    for number_of_set, kind in ((1, "WinNT"), (2, "ServerNT")):
        control = f"ControlSet00{number_of_set}\\Control\\"
        root.at(control + "ProductOptions").set("ProductType", SZ, text(kind))
        root.at(control + "ComputerName\\ComputerName").set("ComputerName", SZ,
                                                            text(f"HOST{number_of_set}"))
        root.at(control + "Session Manager\\Environment").set("PROCESSOR_ARCHITECTURE", SZ,
                                                              text("AMD64"))
        root.at(control + "Windows").set("CSDVersion", DWORD, number(0x200))
    place.write(SYSTEM=hivemake.build(root))
    report = place.report("SYSTEM")
    expect("type", values_of(report, "product_type"), ["server"])
    expect("name", values_of(report, "computer_name"), ["HOST2"])
    expect("service pack", values_of(report, "service_pack"), ["2"])
    root.at("Select").set("Current", DWORD, number(7))
    place.write(SYSTEM=hivemake.build(root))
    report = place.report("SYSTEM")
    expect("type", values_of(report, "product_type"), ["workstation"])
    expect("problem", any("ControlSet007" in p for p in report["evidence"][0]["problems"]), True)


@test
def before_the_upgrade(place):
    """what setup keeps of the Windows before is shown, and states nothing"""
    root = Key()
    root.at("Select").set("Current", DWORD, number(1))
    root.at("ControlSet001\\Control\\ProductOptions").set("ProductType", SZ, text("ServerNT"))
    root.at("Setup\\Source OS (Updated on 5.14.2019 10:11:12)").set(
        "CurrentBuild", SZ, text("6001")).set("CSDVersion", SZ, text("Service Pack 1"))
    root.at("Setup\\Status").set("CurrentBuild", SZ, text("1"))
    place.write(SYSTEM=hivemake.build(root))
    report = place.report("SYSTEM")
    expect("look-alikes", values_of(report, "lookalike"), ["6001"])
    expect("build", facts(report, "build"), [])


@test
def user_hive(place):
    """a user's own version key says nothing, a Wine key does"""
    root = Key()
    root.at("Software\\" + VERSION).set("CurrentBuild", SZ, text("6003"))
    root.at("Software\\Wine\\DllOverrides")
    place.write(NTUSER=hivemake.build(root))
    report = place.report("NTUSER")
    expect("imitation", len(facts(report, "imitation")), 1)
    expect("build", facts(report, "build"), [])


@test
def from_pipe(place):
    """a hive on standard input reads the same"""
    hive = hivemake.build(server("6003", [f"Package_for_KB{4500000 + i}~a~amd64~~6.0.1.0"
                                          for i in range(900)]))
    expect("longer than the head", len(hive) > 65536, True)
    done = subprocess.run([place.program, "--as-of", "2026-06-01", "--format", "json", "-"],
                          input=hive, capture_output=True, timeout=60, check=False)
    report = json.loads(done.stdout)
    expect("build", report["version"]["build"], 6003)
    expect("bytes", report["evidence"][0]["bytes"], len(hive))


# ---- Hives whose logs Windows has replayed ----

@test
def real_twins(place):
    """dirty hives of real machines read as Windows recovered them"""
    folder = place.evidence / "hives_fuzz"
    if not folder.is_dir():
        return f"SKIP no {folder}"
    for name, twin, suffixes in (("OldDirtyHive__OldDirtyHive",
                                  "OldDirtyHive__RecoveredHive_Windows7", (".LOG1",)),
                                 ("NewDirtyHive1__NewDirtyHive",
                                  "NewDirtyHive1__RecoveredHive_Windows10", (".LOG1", ".LOG2"))):
        for suffix in ("",) + suffixes:
            (place.folder / ("X" + suffix)).write_bytes(
                (folder / f"yarp__{name}{suffix}").read_bytes())
        (place.folder / "T").write_bytes((folder / f"yarp__{twin}").read_bytes())
        before, after, wanted = place.dump("X", False)[0], place.dump("X")[0], place.dump("T")[0]
        expect("differs before", before != wanted, True)
        expect(name, after == wanted, True)
    return None


def main(dump, program, evidence):
    failed = 0
    print(f"1..{len(TESTS)}")
    for count, function in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                skip, wrong = function(Place(dump, program, evidence, folder)), None
            except (Failed, OSError, KeyError, IndexError, subprocess.TimeoutExpired) as error:
                skip, wrong = None, f"{type(error).__name__}: {error}"
        print(f"{'not ok' if wrong else 'ok'} {count} - {function.__doc__}"
              f"{' # ' + skip if skip else ''}")
        if wrong:
            print(f"#   {wrong}")
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
