#!/usr/bin/python3
"""Runs winver6003.com under Wine where registry, files and services are not as they should be.

usage: conditions.py WINVER6003.COM WINVER6003 [--only WORD]

Values missing or of other types, keys that may not be opened, files that are none, a licensing service
that hangs or refuses, and too much of everything: there is an answer within two seconds, and what
could not be asked is told. Output is TAP; skipped where Wine or a program is missing.

SPDX-License-Identifier: MIT
"""

import functools
import json
import pathlib
import re
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import live  # noqa: E402
from live import as_evidence, facts_of, finding, phony, prefix, seeded  # noqa: E402

# What live.h promises.
SECONDS = 2.0
CURRENT = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
SERVICING = ("HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\"
             "Component Based Servicing")
MANAGER = "HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\Session Manager"
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
    with prefix.Machine(folder / "machine", live.exports(live.base())) as machine:
        with (machine.folder / "system.reg").open("a", encoding="utf-8") as file:
            file.write(prefix.keys_of(dict(quick(keys)), "HKEY_LOCAL_MACHINE"))
        report, seconds = programs.timed(machine)
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
        machine.put("windows/system32/slc.dll", programs.fake_library("fake_slc.c"))
        report, seconds = programs.timed(machine, WINEDLLOVERRIDES=NATIVE, FAKE_SLC=answer)
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


def licence_among_all(programs, folder):
    """A service that has another error for what it does not know is asked for all it has."""
    yield from licensing(programs, folder, "strange", value="^Server-ESU-Year1 licensed$",
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
        (beside / "slc.dll").write_bytes(programs.fake_library("fake_slc.c"))
        (machine.system32 / "slc.dll").unlink()
        (machine.system32 / "sppc.dll").unlink()
        done = machine.run(beside / programs.windows.name, "--as-of", live.AS_OF, "--format", "jsonl",
                           WINEDLLOVERRIDES=NATIVE, FAKE_SLC="licensed")
        report = json.loads(done.stdout)
        if facts_of(report, "esu", value="licensed"):
            yield "it was asked"


# ---- A registry that refuses ----

def with_registry(programs, folder, *more, **changes):
    """(report, seconds) of a copy of the program whose registry does as changes say."""
    copy = folder / programs.windows.name
    imported = programs.windows.read_bytes()
    if imported.count(b"ADVAPI32.dll\0") != 1:
        raise RuntimeError("advapi32.dll is not imported once")
    copy.write_bytes(imported.replace(b"ADVAPI32.dll\0", b"REGISTRY.dll\0"))
    with seeded(folder, APRIL, *more) as machine:
        machine.put("windows/system32/registry.dll",
                    programs.fake_library("fake_registry.c", "fake_registry.def"))
        machine.put("windows/system32/slc.dll", programs.fake_library("fake_slc.c"))
        return programs.timed(machine, copy, WINEDLLOVERRIDES=NATIVE + ";registry=n", **changes)


def denied_keys(programs, folder):
    """Keys that may not be opened: each is told with what it would have stated."""
    report, _ = with_registry(programs, folder, FAKE_DENIED="environment,productoptions,")
    for key, field, witness in (("environment", "arch", "registry"),
                                ("productoptions", "product_type", "ProductOptions")):
        if not facts_of(report, field, status="not-recorded", note="^access denied$",
                        witness=witness, source=f"(?i){key}$"):
            yield f"{key}: {facts_of(report, field)}"
    if not facts_of(report, "build", witness="CurrentBuild$", value="6003"):
        yield "what may be read was not"
    (folder / "again").mkdir()
    report, _ = with_registry(programs, folder / "again", FAKE_DENIED="currentversion,")
    if not facts_of(report, "build", status="not-recorded", note="^access denied$",
                    witness="CurrentBuild$"):
        yield f"CurrentVersion: {facts_of(report, 'build')}"
    (folder / "hive").mkdir()
    report, _ = with_registry(programs, folder / "hive", FAKE_DENIED="software,")
    if not any(problem.endswith("SOFTWARE\\: access denied")
               for problem in report["evidence"][0]["problems"]):
        yield f"SOFTWARE: {report['evidence'][0]['problems']}"


def denied_packages(programs, folder):
    """Single packages that may not be opened are counted."""
    package = "package_for_kb4493471~31bf3856ad364e35~amd64~~6.0.1.0"
    report, _ = with_registry(programs, folder, FAKE_DENIED=package + ",")
    if not facts_of(report, "package", status="not-recorded",
                    note="^1 of the keys in it: access denied$"):
        yield f"{facts_of(report, 'package')}"
    if not facts_of(report, "package", value="KB4493730"):
        yield "the other packages were not read"
    if not facts_of(report, "package_list", value="^cut$"):
        yield "that the list is not whole is not told"


def slow_registry(programs, folder):
    """A registry that takes its time is read as far as time allows."""
    report, seconds = with_registry(programs, folder, FAKE_SLOW="100")
    if seconds > SECONDS:
        yield f"{seconds:.2f} seconds"
    if not any("not read to its end" in p for p in report["evidence"][0]["problems"]):
        yield f"that it was not read to its end is not told: {report['evidence'][0]['problems']}"
    if not facts_of(report, "build", witness="kernel-file", note="too slow"):
        yield "that the files were not asked is not told"


def all_is_slow(programs, folder):
    """A hung licensing service and a slow registry together cost no more."""
    report, seconds = with_registry(programs, folder, FAKE_SLOW="60", FAKE_SLC="hang")
    if seconds > SECONDS:
        yield f"{seconds:.2f} seconds"
    if not facts_of(report, "esu", note="did not answer in time"):
        yield f"{facts_of(report, 'esu')}"


CONDITIONS = (r2, no_values, no_keys, other_types, no_files, bad_files, many_packages,
              deep_and_long, compatibility_layer, strange_words, no_library)
# Those need a compiler.
FAKES = (licence_active, licence_among_all, licence_inactive, service_hangs, service_refuses,
         planted_library, denied_keys, denied_packages, slow_registry, all_is_slow)


def check(condition, points, programs, folder):
    points.say(f"{condition.__name__}: {condition.__doc__}", condition(programs, folder))


if __name__ == "__main__":
    sys.exit(live.run(__doc__, [
        (condition.__name__, live.COMPILER if condition in FAKES else None,
         functools.partial(check, condition)) for condition in CONDITIONS + FAKES]))
