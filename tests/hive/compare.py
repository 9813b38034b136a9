#!/usr/bin/python3
"""Compares what the hive reader finds with what others find in the same hives.

usage: compare.py HIVE_DUMP HIVE_COMPARE EVIDENCE

HIVE_COMPARE (linked with libhivex) gets hives made by hivemake.py and hivexregedit and 10,000
damaged copies of them, and then those of EVIDENCE/hives_fuzz. Hives of real machines in
EVIDENCE/hives are compared with what hivexregedit exports from them, value by value. What needs a
tool or a folder that is not there is skipped with a message. Output is TAP.

SPDX-License-Identifier: MIT
"""

import lzma
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import hivemake
from hivemake import BINARY, DWORD, MULTI_SZ, SZ, Key, escape, number, text

MUTANTS = "10000"
SEED = "6003"
MUTANTS_OF_REAL = "4400"

SAMPLE = r"""Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft]

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT]

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion]
"CurrentBuild"=str(1):"6003"
"ProductName"=str(1):"Windows Server (R) 2008 Standard"
"UBR"=dword:00005009

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows]

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion]
"DigitalProductId"=hex(3):a4,00,00,00,03,00,00,00

[HKEY_LOCAL_MACHINE\SOFTWARE\Classes]
@=str(1):"nothing"
"""


class Skipped(Exception):
    """Why a comparison could not be made."""


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          timeout=280, check=False)
    if done.returncode != 0:
        raise ValueError(f"{pathlib.Path(command[0]).name}: exit code {done.returncode}\n"
                         f"{done.stdout}{done.stderr}")
    return done.stdout


def compared(output):
    """The sums of hive_compare, as remarks."""
    for line in output.splitlines():
        print(f"# {line}")


def made_hives(folder):
    """Hives of every kind that libhivex reads."""
    root = hivemake.small_tree("6003")
    version = root.at("Microsoft\\Windows NT\\CurrentVersion")
    version.set("", SZ, text("d")).set("Zürich", SZ, text("l"))
    version.set("list", MULTI_SZ, "a\0b\0\0".encode("utf-16-le"))
    for i in range(60):
        root.at(f"Many\\Key{i:03}").set("n", DWORD, number(i))
    for leaf in (b"lf", b"lh", b"li"):
        for minor, leaf_keys in ((3, 20), (5, 511)):
            if minor == 5:
                version.set("large", BINARY, bytes(i * 7 % 256 for i in range(20000)))
            path = folder / f"made-{leaf.decode()}-1.{minor}"
            path.write_bytes(hivemake.build(root, minor, leaf, leaf_keys))
            yield path
    if shutil.which("hivexregedit"):
        path = folder / "merged"
        path.write_bytes(hivemake.build(Key()))
        (folder / "sample.reg").write_text(SAMPLE)
        run("hivexregedit", "--merge", "--prefix", "HKEY_LOCAL_MACHINE\\SOFTWARE", path,
            folder / "sample.reg")
        yield path


def compare_made(folder, _dump, program, _evidence):
    """made hives and 10,000 damaged copies read as libhivex reads them"""
    if not program:
        raise Skipped("built without libhivex (libhivex-dev)")
    compared(run(program, MUTANTS, SEED, *made_hives(folder)))


def compare_odd(_folder, _dump, program, evidence):
    """odd hives of real machines and damaged copies read as libhivex reads them"""
    hives = sorted((evidence / "hives_fuzz").glob("*"))
    if not program or not hives:
        raise Skipped("built without libhivex" if hives else f"no {evidence / 'hives_fuzz'}")
    compared(run(program, MUTANTS_OF_REAL, SEED, *hives))


# ---- hivexregedit --export ----

LINE = re.compile(r'(?:@|"((?:[^"\\]|\\.)*)")=(?:dword:([0-9a-f]{8})|hex\(([0-9a-f]+)\):(.*))$')


def exported(lines):
    """The lines of an export as hive_dump writes them."""
    path = ""
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("["):
            names = [name for name in line[1:-1].split("\\") if name]
            path = "".join("\\" + escape(name) for name in names)
            yield f"K {path}"
        elif line and not line.startswith("Windows Registry"):
            match = LINE.match(line)
            if not match:
                raise ValueError(f"not understood: {line[:200]}")
            name = re.sub(r"\\(.)", r"\1", match[1] or "")
            if match[2]:
                kind, data = 4, bytes.fromhex(match[2])[::-1].hex()
            else:
                kind, data = int(match[3], 16), match[4].replace(",", "")
            yield f"V {path}\\{escape(name)} {kind} {data}"


def plain(lines):
    """Keys whose name has a backslash cannot be told from two keys in an export."""
    return {line.replace("%5C", "\\").replace("\\\\", "\\").rstrip("\\") for line in lines}


def compare_export(folder, dump, _program, evidence):
    """hives of real machines read exactly as hivexregedit exports them"""
    hives = sorted((evidence / "hives").glob("*"))
    if not shutil.which("hivexregedit") or not hives:
        raise Skipped("no hivexregedit (libwin-hivex-perl)" if hives
                      else f"no {evidence / 'hives'}")
    for hive in hives:
        path = folder / hive.stem
        path.write_bytes(lzma.decompress(hive.read_bytes()) if hive.suffix == ".xz"
                         else hive.read_bytes())
        ours = plain(run(dump, path).splitlines())
        theirs = plain(exported(run("hivexregedit", "--export", path, "\\").splitlines()))
        if ours != theirs:
            raise ValueError(f"{hive.name}: only ours: {sorted(ours - theirs)[:3]}, only "
                             f"theirs: {sorted(theirs - ours)[:3]}")
        print(f"# {hive.name}: {len(ours)} keys and values")


COMPARISONS = (compare_made, compare_odd, compare_export)


def main(dump, program, evidence):
    failed = 0
    print(f"1..{len(COMPARISONS)}")
    for count, comparison in enumerate(COMPARISONS, 1):
        result, remark = "ok", ""
        with tempfile.TemporaryDirectory() as folder:
            try:
                comparison(pathlib.Path(folder), dump, program, pathlib.Path(evidence))
            except Skipped as why:
                remark = f" # SKIP {why}"
            except (ValueError, OSError, subprocess.TimeoutExpired) as error:
                failed += 1
                result = "not ok"
                for line in str(error).splitlines():
                    print(f"#   {line}")
        print(f"{result} {count} - {comparison.__doc__}{remark}")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
