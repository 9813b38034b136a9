#!/usr/bin/python3
"""Runs winver6003.com under Wine on machines that never were, and holds it against what they are.

usage: machines.py WINVER6003.COM WINVER6003 [--only WORD]

Most machines are those of tests/phony: here Wine runs them, there their drives are read. Of each
  - a plain run says "imitation", whatever it is: it is Wine that answers;
  - with --trust-imitation the verdict is that of the machine behind it;
  - registry and files state the same facts, word for word, as the hives and files of its drive do;
  - the JSON report is evidence for the program on Linux, which comes to the same report.
Then come registries and files that are not as they should be, licensing services that hang or
refuse, and too much of everything. A run is to end within two seconds.

Output is TAP; skipped where Wine or a program is missing.

SPDX-License-Identifier: MIT
"""

import argparse
import collections
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
PHONY = HERE.parent / "phony"
AS_OF = "2026-06-01"
# What live.h promises, and what this computer needs to start Wine on top of it.
SECONDS = 2.0
COMPILER = "x86_64-w64-mingw32-gcc-win32"
CURRENT = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
SERVICING = ("HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\"
             "Component Based Servicing")
MANAGER = "HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\Session Manager"


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


prefix = load("prefix", HERE / "prefix.py")
phony = load("machine", PHONY / "machine.py")

# Drives of tests/phony that are also machines: version line, state, exit code, level.
MACHINES = {
    "server-6001": ("Version 6.0 (Build 6001: Service Pack 1)", "not-transitioned", 1, "rtm"),
    "server-6002": ("Version 6.0 (Build 6002: Service Pack 2)", "not-transitioned", 1, "2019-03"),
    "server-6003-april": ("Version 6.0 (Build 6003: Service Pack 2)", "transitioned", 0,
                          "2019-04"),
    "server-6003-final": ("Version 6.0 (Build 6003: Service Pack 2)", "transitioned", 0,
                          "2026-01"),
    "server-core": ("Version 6.0 (Build 6003: Service Pack 2)", "transitioned", 0, "2019-04"),
    "mixed-edited-registry": ("Version 6.0 (Build 6003: Service Pack 2)", "conflict", 2, None),
    "mixed-edited-kernel": ("Version 6.0 (Build 6002: Service Pack 2)", "conflict", 2, None),
    "waiting-for-restart": ("Version 6.0 (Build 6002: Service Pack 2)", "incomplete", 2, None),
    "vista-6003": ("Version 6.0 (Build 6003: Service Pack 2)", "not-applicable", 4, None),
}


class Points:
    def __init__(self, only):
        self.n = self.failed = 0
        self.only = only

    def say(self, name, problems):
        self.n += 1
        problems = list(problems)
        self.failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {self.n} - {name}", flush=True)
        for problem in problems:
            print("#   " + str(problem).replace("\n", "\n#   "), flush=True)


class Programs:
    """The program for Windows and the one for Linux, and how they are run."""

    def __init__(self, windows, linux, folder):
        self.windows, self.linux, self.folder = windows, linux, folder
        self.library = None

    def live(self, machine, *arguments, **changes):
        """(exit code, output, seconds) of a run on the machine."""
        started = time.monotonic()
        done = machine.run(self.windows, "--as-of", AS_OF, *arguments, **changes)
        if done.stderr:
            raise RuntimeError(f"standard error: {done.stderr.decode('utf-8', 'replace')}")
        return done.returncode, done.stdout, time.monotonic() - started

    def report(self, machine, *arguments, **changes):
        code, output, _ = self.live(machine, "--trust-imitation", "--format", "jsonl", *arguments,
                                    **changes)
        return code, json.loads(output)

    def read(self, path, *arguments):
        done = subprocess.run([self.linux, "--as-of", AS_OF, *arguments, path], cwd=self.folder,
                              capture_output=True, timeout=60, check=False)
        if done.stderr:
            raise RuntimeError(f"standard error: {done.stderr.decode('utf-8', 'replace')}")
        return done.returncode, done.stdout

    def fake_library(self):
        """The bytes of a licensing library that answers as it is told; None without a compiler."""
        if self.library is None and shutil.which(COMPILER):
            path = self.folder / "slc.dll"
            subprocess.run([COMPILER, "-shared", "-Os", "-s", "-o", path, HERE / "fake_slc.c"],
                           check=True)
            self.library = path.read_bytes()
        return self.library


# ---- Machines ----

def exports(*texts):
    return prefix.merge(section for text in texts for section in phony.sections(text))


def base():
    return (PHONY / "base.reg").read_text(encoding="utf-8")


def seeded(folder, case, *more):
    """The machine of a case of tests/phony, with more in its registry."""
    case = PHONY / "cases" / case
    machine = prefix.Machine(folder / "machine",
                             exports(base(), phony.read(case / "registry.reg"), *more))
    for line in phony.read(case / "files").splitlines():
        words = line.split()
        if not words or words[1] not in ("pe", "empty", "text"):
            continue
        path = words[0].replace("{system}", "windows").replace("System32", "system32")
        # What every program needs is Wine's.
        if path.endswith("kernel32.dll"):
            continue
        content = b"" if words[1] == "empty" else " ".join(words[2:]).encode() \
            if words[1] == "text" else phony.program(**dict(w.split("=", 1) for w in words[2:]))
        machine.put(path, content)
    return machine


def facts_of(report, field, **wanted):
    return [fact for fact in report["facts"] if fact["field"] == field and
            all(re.search(text, fact.get(key) or "") for key, text in wanted.items())]


def finding(report, rule):
    return next(f["result"] for f in report["findings"] if f["rule"] == rule)


# ---- Against the drive ----

def comparable(report):
    """What registry and files state, as lines that do not say where the machine is."""
    lines = collections.Counter()
    for fact in report["facts"]:
        where = fact["source"].partition(": ")[2]
        if fact["grade"] not in ("registry", "component", "file") or fact["field"] == "hive":
            continue
        # Names of folders that only a drive's reader goes through; Wine's own library and key; the
        # name of the computer, which Wine writes at each start.
        if where.startswith(("servicing\\", "winsxs\\Manifests")) or "\\Wine" in where or \
                "kernel32" in where + fact["value"] or fact["field"] == "computer_name":
            continue
        where = where.replace("ControlSet001", "CurrentControlSet")
        lines[json.dumps([fact["field"], fact["value"], fact["grade"], fact["witness"],
                          fact["status"], where, fact.get("note"), fact.get("package")],
                         ensure_ascii=False)] += 1
    return lines


def against_drive(programs, case, live):
    target = programs.folder / "drive" / case
    phony.build(PHONY / "cases" / case, target)
    _, output = programs.read(target, "--format", "jsonl")
    drive = json.loads(output)
    ours, theirs = comparable(live), comparable(drive)
    yield from (f"only on the machine: {line}" for line in ours - theirs)
    yield from (f"only on its drive: {line}" for line in theirs - ours)


# ---- The report as evidence ----

def as_evidence(programs, machine, *arguments):
    """Yields where the program on Linux comes to another report from the JSON of this one."""
    code, output, _ = programs.live(machine, "--format", "json", *arguments)
    (programs.folder / "live.json").write_bytes(output)
    again, reread = programs.read("live.json", "--format", "json", *arguments)
    # Its pieces carry the name of the report that they were read from.
    reread = reread.replace(b" (in live.json)", b"")
    there, here = json.loads(output), json.loads(reread)
    if code != again:
        yield f"exit code {code} there, {again} here"
    yield from (f"{part}: {there[part]!r} there, {here[part]!r} here" for part in there
                if part != "evidence" and here[part] != there[part])
    _, text, _ = programs.live(machine, *arguments)
    _, text_again = programs.read("live.json", *arguments)
    text_again = text_again.replace(b" (in live.json): report", b": live")
    if text != text_again.replace(b" (in live.json)", b""):
        yield f"text there:\n{text.decode()}\ntext here:\n{text_again.decode()}"


def check_machine(points, programs, case, folder):
    line, state, exit_code, level = MACHINES[case]
    with seeded(folder, case) as machine:
        before = listing(machine)
        code, output, _ = programs.live(machine)
        text = output.decode()
        points.say(f"{case}: a plain run says that it is Wine", [
            problem for holds, problem in (
                (code == 2, f"exit code {code}"),
                (text.startswith(line + "\n"), f"first line {text.splitlines()[0]!r}"),
                ("\nImitation: " in text, text)) if not holds])
        code, report = programs.report(machine)
        points.say(f"{case}: behind it is what it is", [
            f"{what}: {got!r} instead of {wanted!r}" for what, got, wanted in (
                ("exit code", code, exit_code),
                ("version", report["version"]["display"], line),
                ("state", report["verdict"]["state"], state),
                ("level", level and (report["level"] or {}).get("release"), level))
            if got != wanted])
        points.say(f"{case}: the same facts as on its drive",
                   against_drive(programs, case, report))
        points.say(f"{case}: its report is evidence elsewhere",
                   as_evidence(programs, machine, "--trust-imitation"))
        points.say(f"{case}: as an imitation, too", as_evidence(programs, machine))
        after = listing(machine)
        points.say(f"{case}: nothing was written to it",
                   [f"{path}: changed" for path in before.keys() | after.keys()
                    if before.get(path) != after.get(path)])


def listing(machine):
    return {path: (path.lstat().st_mtime_ns, path.lstat().st_size)
            for path in machine.drive.rglob("*") if not path.is_dir()}


# ---- Conditions ----

APRIL = "server-6003-april"


def r2(programs, folder):
    """2008 R2 is another Windows."""
    values = ('"CurrentVersion"="6.1"\n"CurrentBuild"="7601"\n"CurrentBuildNumber"="7601"\n'
              '"ProductName"="Windows Server 2008 R2 Standard"\n"CSDVersion"="Service Pack 1"\n'
              '"BuildLab"="7601.win7sp1_rtm.101119-1850"\n'
              '"BuildLabEx"="7601.17514.amd64fre.win7sp1_rtm.101119-1850"\n"UBR"=-\n')
    control = ("[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\Windows]\n"
               '"CSDVersion"=dword:00000100\n')
    with seeded(folder, APRIL, f"[{CURRENT}]\n{values}\n", control) as machine:
        machine.put("windows/system32/ntoskrnl.exe", phony.program(
            version="6.1.7601.17514", lab="win7sp1_rtm.101119-1850"))
        code, report = programs.report(machine)
        if code != 4 or report["verdict"]["state"] != "not-applicable":
            yield f"exit code {code}, {report['verdict']}"
        if report["version"]["display"] != "Version 6.1 (Build 7601: Service Pack 1)":
            yield report["version"]["display"]


def no_values(programs, folder):
    """Nothing in the version key: what else states it counts."""
    with seeded(folder, APRIL, f"[-{CURRENT}]\n\n[{CURRENT}]\n") as machine:
        _, report = programs.report(machine)
        if facts_of(report, "build", grade="registry", status="stated"):
            yield "the registry states a build"
        if not facts_of(report, "build", value="6003", witness="kernel-file"):
            yield "the kernel file does not"


def no_keys(programs, folder):
    """Neither version key nor servicing key."""
    with seeded(folder, APRIL, "[-HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows]\n",
                f"[-{CURRENT}]\n") as machine:
        _, report = programs.report(machine)
        if not facts_of(report, "package", status="absent", note="no such key"):
            yield "that there is no servicing key is not said"


def other_types(programs, folder):
    """Values of types that no Windows gives them."""
    values = ('"CurrentBuild"=hex:36,30,30,33\n"CurrentBuildNumber"=dword:00001773\n'
              '"UBR"="20489"\n"BuildLabEx"=dword:00000001\n"CSDVersion"=hex(7):53,00,00,00,00,00\n'
              '"ProductName"=hex:00,01\n"InstallDate"="soon"\n"CurrentVersion"="6.0"\n'
              '"EditionID"=hex(b):01,00,00,00,00,00,00,00\n"ProductId"=hex(2):\n'
              '"CurrentType"=hex(1):4d,00,75\n')
    more = ("[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\ProductOptions]\n"
            '"ProductType"=dword:00000003\n"ProductSuite"="none"\n\n'
            f"[{MANAGER}]\n" '"PendingFileRenameOperations"=dword:00000001\n')
    with seeded(folder, APRIL, f"[{CURRENT}]\n{values}", more) as machine:
        _, report = programs.report(machine)
        if not facts_of(report, "build", value="6003", witness="CurrentBuildNumber"):
            yield "CurrentBuildNumber as a number is not understood"
        if not facts_of(report, "build", witness="CurrentBuild$", status="not-recorded"):
            yield "CurrentBuild as bytes is not told"
        if not facts_of(report, "revision", value="20489", witness="UBR"):
            yield "UBR as a text is not understood"
        yield from as_evidence(programs, machine, "--trust-imitation")


def no_files(programs, folder):
    """System32 without the files that state a version."""
    with seeded(folder, APRIL) as machine:
        for name in ("ntoskrnl.exe", "hal.dll", "win32k.sys"):
            (machine.system32 / name).unlink()
        code, report = programs.report(machine)
        if code != 0:
            yield f"exit code {code}"
        if not facts_of(report, "build", witness="kernel-file", status="absent",
                        note="no such file"):
            yield "that there is no kernel file is not said"
        if len(facts_of(report, "os_file", status="absent")) != 2:
            yield "that the other two are not there is not said"


def bad_files(programs, folder):
    """A kernel that is cut off, a library that is text, a driver that is a folder."""
    with seeded(folder, APRIL) as machine:
        kernel = (machine.system32 / "ntoskrnl.exe").read_bytes()
        machine.put("windows/system32/ntoskrnl.exe", kernel[:len(kernel) // 2])
        machine.put("windows/system32/hal.dll", b"not a program\n")
        (machine.system32 / "win32k.sys").unlink()
        (machine.system32 / "win32k.sys").mkdir()
        _, report = programs.report(machine)
        problems = report["evidence"][0]["problems"]
        if not any(problem.startswith("System32\\ntoskrnl.exe: ") for problem in problems):
            yield f"no problem names the kernel: {problems!r}"
        for place in ("hal.dll", "win32k.sys"):
            if not facts_of(report, "os_file", status="not-recorded", source=place):
                yield f"nothing is said of {place}"


def many_packages(programs, folder):
    """A server that took every update: 15,000 packages, half of them of updates."""
    keys = "".join(
        f"[{SERVICING}\\Packages\\Package_{n % 25}_for_KB{4000000 + n // 25}~31bf3856ad364e35~amd64"
        f"~~6.0.1.{n % 25}]\n\"CurrentState\"=dword:00000007\n" for n in range(7500))
    keys += "".join(f"[{SERVICING}\\Packages\\Microsoft-Windows-Part{n}-Package~31bf3856ad364e35"
                    f"~amd64~~6.0.6001.18000]\n\"CurrentState\"=dword:00000007\n"
                    for n in range(7500))
    with prefix.Machine(folder / "machine", exports(base())) as machine:
        with (machine.folder / "system.reg").open("a", encoding="utf-8") as file:
            file.write(prefix.keys_of(dict(quick(keys)), "HKEY_LOCAL_MACHINE"))
        programs.live(machine, "--version")
        code, output, seconds = programs.live(machine, "--trust-imitation", "--format", "jsonl")
        report = json.loads(output)
        cut = any("not read to its end" in p for p in report["evidence"][0]["problems"])
        packages = facts_of(report, "package", status="stated")
        if seconds > SECONDS:
            yield f"{seconds:.2f} seconds"
        if not cut and len(packages) != 300:
            yield f"{len(packages)} updates instead of 300, and nothing said about it"


def quick(text):
    """As prefix.merge(), for keys that are all different."""
    for key, lines in phony.sections(text):
        yield key, dict(line.split("=", 1) for line in lines.splitlines() if "=" in line)


def deep_and_long(programs, folder):
    """Keys in keys in keys, names of 255 characters, values of 200 KB."""
    platform = CURRENT + "\\SoftwareProtectionPlatform"
    keys = "".join(f"[{platform}" + "\\k" * n + "]\n\n" for n in range(1, 120))
    keys += f"[{SERVICING}\\Packages\\Package_for_KB4493730~{'x' * 220}]\n\"CurrentState\"=dword:7\n"
    renames = ",".join(f"{ord(c):02x},00" for c in "\\??\\C:\\old") + ",00,00,00,00"
    # Those of the first name Wine carries out at its start.
    keys += (f"[{MANAGER}]\n\"PendingFileRenameOperations2\"=hex(7):" +
             ",".join([renames] * 8000) + ",00,00\n")
    with seeded(folder, APRIL, keys) as machine:
        _, report = programs.report(machine)
        if not facts_of(report, "pending", value="^PendingFileRenameOperations2$"):
            yield "the renames that wait are not told"
        if not any("cut after" in problem for problem in report["evidence"][0]["problems"]):
            yield "that their list was cut is not told"


def compatibility_layer(programs, folder):
    """The layer that a compatibility mode runs the program in is told."""
    with seeded(folder, APRIL) as machine:
        _, report = programs.report(machine, __COMPAT_LAYER="WINXPSP3")
        if not facts_of(report, "build", witness="api", note="layer WINXPSP3"):
            yield "the layer is not told"


def strange_words(programs, folder):
    """Owners in all scripts, and controls in them."""
    values = ('"RegisteredOwner"="Ольга 学 \U0001f5a5 ünï"\n'
              '"RegisteredOrganization"="a\\r\\nb\u202ec"\n')
    with seeded(folder, APRIL, f"[{CURRENT}]\n{values}") as machine:
        _, report = programs.report(machine)
        if report["machine"]["owner"] != "Ольга 学 \U0001f5a5 ünï":
            yield f"owner {report['machine']['owner']!r}"
        if re.search("[\r\n\u202e]", report["machine"]["organization"] or ""):
            yield f"organization {report['machine']['organization']!r}"
        yield from as_evidence(programs, machine, "--trust-imitation")


# ---- The licensing service ----

NATIVE = "mscoree,mshtml=;slc=n;sppc="


def licensing(programs, folder, answer, **wanted):
    """Yields what is wrong with the fact that comes of an answer of the licensing library."""
    with seeded(folder, "server-6003-final") as machine:
        machine.put("windows/system32/slc.dll", programs.fake_library())
        programs.live(machine, "--version")
        _, output, seconds = programs.live(machine, "--trust-imitation", "--format", "jsonl",
                                           WINEDLLOVERRIDES=NATIVE, FAKE_SLC=answer)
        report = json.loads(output)
        if not facts_of(report, "esu", **wanted):
            yield f"no such fact: {wanted}; {facts_of(report, 'esu')}"
        if seconds > SECONDS:
            yield f"{seconds:.2f} seconds"
        if finding(report, "esu") != "pass":
            yield f"esu: {finding(report, 'esu')}"


def licence_active(programs, folder):
    """An active licence of the programme."""
    yield from licensing(programs, folder, "licensed", value="^Server-ESU-Year1 licensed$",
                         status="stated", source="553673ed")


def licence_inactive(programs, folder):
    """A licence that is installed and not active entitles to nothing."""
    yield from licensing(programs, folder, "notified", value="^$", status="absent",
                         note="Server-ESU-Year1 is installed and not licensed")


def service_hangs(programs, folder):
    """A licensing service that never answers costs less than two seconds and one fact."""
    yield from licensing(programs, folder, "hang", status="not-recorded",
                         note="did not answer in time")


def service_refuses(programs, folder):
    """A licensing service that does not run."""
    yield from licensing(programs, folder, "refuse", status="not-recorded", note="0x800706ba")


def no_library(programs, folder):
    """A system without licensing functions."""
    with seeded(folder, APRIL) as machine:
        for name in ("slc.dll", "sppc.dll"):
            (machine.system32 / name).unlink()
        _, report = programs.report(machine, WINEDLLOVERRIDES="mscoree,mshtml=;slc,sppc=")
        if not facts_of(report, "esu", status="not-recorded", note="no licensing functions"):
            yield f"{facts_of(report, 'esu')}"


def planted_library(programs, folder):
    """A library beside the program is not taken for the system's."""
    with seeded(folder, APRIL) as machine:
        beside = machine.folder / "beside"
        beside.mkdir()
        shutil.copy(programs.windows, beside)
        (beside / "slc.dll").write_bytes(programs.fake_library())
        (machine.system32 / "slc.dll").unlink()
        (machine.system32 / "sppc.dll").unlink()
        done = machine.run(beside / programs.windows.name, "--as-of", AS_OF, "--format", "jsonl",
                           WINEDLLOVERRIDES=NATIVE, FAKE_SLC="licensed")
        report = json.loads(done.stdout)
        if facts_of(report, "esu", value="licensed"):
            yield "it was asked"


CONDITIONS = (r2, no_values, no_keys, other_types, no_files, bad_files, many_packages,
              deep_and_long, compatibility_layer, strange_words, no_library)
LICENSING = (licence_active, licence_inactive, service_hangs, service_refuses, planted_library)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("windows", type=pathlib.Path)
    parser.add_argument("linux", type=pathlib.Path)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    missing = prefix.missing() or ", ".join(f"no {tool}" for tool in phony.missing_tools())

    if not missing and not options.windows.exists():
        missing = f"no {options.windows}: ./dev build makes it"
    if missing:
        print(f"1..0 # SKIP {missing}")
        return 0
    points = Points(options.only)
    with tempfile.TemporaryDirectory(prefix="winver6003-wine-") as name:
        top = pathlib.Path(name)
        programs = Programs(options.windows.resolve(), options.linux.resolve(), top)
        for case in MACHINES:
            if options.only in case:
                check_machine(points, programs, case, top / case)
        for condition in CONDITIONS + LICENSING:
            if options.only not in condition.__name__:
                continue
            if condition in LICENSING and not programs.fake_library():
                points.n += 1
                print(f"ok {points.n} - {condition.__doc__} # SKIP no {COMPILER}")
                continue
            (top / condition.__name__).mkdir()
            try:
                problems = list(condition(programs, top / condition.__name__))
            except (OSError, ValueError, KeyError, RuntimeError,
                    subprocess.TimeoutExpired) as error:
                problems = [f"{type(error).__name__}: {error}"]
            points.say(f"{condition.__name__}: {condition.__doc__}", problems)
    print(f"1..{points.n}")
    return 1 if points.failed or not points.n else 0


if __name__ == "__main__":
    sys.exit(main())
