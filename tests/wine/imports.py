#!/usr/bin/python3
"""Reads the programs for Windows as files: what they import, ask of the system, and weigh.

usage: imports.py FOLDER...

Each FOLDER has winver6003.com and winver6003.exe. Every imported function must be in imports.tsv with
a documented minimum of NT 6.0 or before. Output is TAP; a program that is not built is skipped.

SPDX-License-Identifier: MIT
"""

import pathlib
import re
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LIMIT_BYTES = 400 * 1024
NEWEST = (6, 0)
PROGRAMS = {"winver6003.com": 3, "winver6003.exe": 2}  # subsystem: console, windows
HIGH_ENTROPY, DYNAMIC_BASE, NX, TS_AWARE = 0x20, 0x40, 0x100, 0x8000
EXPORT, IMPORT, RESOURCE, RELOCATIONS, BOUND, DELAY = 0, 1, 2, 5, 11, 13
ICON_GROUP, VERSION, MANIFEST = 14, 16, 24


class Program:
    def __init__(self, path):
        self.bytes = path.read_bytes()
        pe = self.u32(0x3C)
        assert self.bytes[pe:pe + 4] == b"PE\0\0", "no PE file"
        self.machine, n_sections, self.timestamp = struct.unpack_from("<HHI", self.bytes, pe + 4)
        at = pe + 24
        self.wide = self.u16(at) == 0x20B
        (self.os_version, self.subsystem_version) = (
            struct.unpack_from("<HH", self.bytes, at + offset) for offset in (40, 48))
        self.subsystem, self.flags = struct.unpack_from("<HH", self.bytes, at + 68)
        directories = at + (112 if self.wide else 96)
        self.directories = [struct.unpack_from("<II", self.bytes, directories + 8 * index)
                            for index in range(16)]
        sections = at + self.u16(pe + 20)
        self.sections = [struct.unpack_from("<IIII", self.bytes, sections + 40 * index + 8)
                         for index in range(n_sections)]

    def u16(self, at):
        return struct.unpack_from("<H", self.bytes, at)[0]

    def u32(self, at):
        return struct.unpack_from("<I", self.bytes, at)[0]

    def offset(self, address):
        for virtual_size, start, size, offset in self.sections:
            if start <= address < start + max(virtual_size, size):
                return address - start + offset
        raise ValueError(f"address {address:#x} is in no section")

    def text(self, address):
        at = self.offset(address)
        return self.bytes[at:self.bytes.index(b"\0", at)].decode("ascii")

    def imports(self):
        """(library, function) of each import."""
        at = self.offset(self.directories[IMPORT][0])
        size, form, ordinal = (8, "<Q", 1 << 63) if self.wide else (4, "<I", 1 << 31)
        while any(self.bytes[at:at + 20]):
            library = self.text(self.u32(at + 12)).lower()
            thunk = self.offset(self.u32(at) or self.u32(at + 16))
            while value := struct.unpack_from(form, self.bytes, thunk)[0]:
                yield library, (f"#{value & 0xFFFF}" if value & ordinal
                                else self.text((value & 0x7FFFFFFF) + 2))
                thunk += size
            at += 20

    def resources(self):
        """{type: content of the first of them}"""
        start = self.offset(self.directories[RESOURCE][0])

        def first(at):
            named, numbered = struct.unpack_from("<HH", self.bytes, at + 12)
            return [struct.unpack_from("<II", self.bytes, at + 16 + 8 * index)
                    for index in range(named + numbered)]

        found = {}
        for kind, entry in first(start):
            while entry & 0x80000000:
                entry = first(start + (entry & 0x7FFFFFFF))[0][1]
            address, size = struct.unpack_from("<II", self.bytes, start + entry)
            at = self.offset(address)
            found[kind] = self.bytes[at:at + size]
        return found


def allowed():
    """{(library, function): minimum version}"""
    functions = {}
    for line in (HERE / "imports.tsv").read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            library, function, minimum, source = line.split("\t")
            assert source, f"{function}: no source"
            functions[library, function] = tuple(int(part) for part in minimum.split("."))
    return functions


def checks(name, program, functions):
    """Yields (what must hold, what is wrong)."""
    imports = sorted(set(program.imports()))
    yield "imports only what is listed", [
        f"{library}: {function}" for library, function in imports
        if (library, function) not in functions]
    yield "imports nothing later than NT 6.0", [
        f"{library}: {function} since {functions[library, function]}"
        for library, function in imports if functions.get((library, function), NEWEST) > NEWEST]
    yield "has neither bound nor delayed imports, and exports nothing", [
        f"directory {index}" for index in (EXPORT, BOUND, DELAY) if program.directories[index][1]]
    wrong = []
    if program.os_version != NEWEST or program.subsystem_version != NEWEST:
        wrong.append(f"system {program.os_version}, subsystem {program.subsystem_version}")
    if program.subsystem != PROGRAMS[name]:
        wrong.append(f"subsystem {program.subsystem}")
    yield "asks for Windows 6.0 and its own subsystem", wrong
    flags = DYNAMIC_BASE | NX | TS_AWARE | (HIGH_ENTROPY if program.wide else 0)
    wrong = [] if program.flags & flags == flags else [f"flags {program.flags:#x}"]
    if not program.directories[RELOCATIONS][1]:
        wrong.append("no relocations")
    yield "is placed at random, and its data is not run", wrong
    yield "has no time of its making", [f"{program.timestamp:#x}"] if program.timestamp else []
    paths = [str(ROOT).encode(), b"/usr/", b"/build/"]
    yield "names no folder of its making", [
        path.decode() for path in paths if path in program.bytes]
    size = len(program.bytes)
    yield f"has at most {LIMIT_BYTES} bytes ({size})", [str(size)] if size > LIMIT_BYTES else []
    resources = program.resources()
    version = re.search(r"version: '([0-9.]+)'", (ROOT / "meson.build").read_text())[1]
    wrong = [] if ICON_GROUP in resources else ["no icon"]
    text = resources.get(VERSION, b"").decode("utf-16-le", "replace")
    wrong += [f"no {word} in the version" for word in (version, name, "winver6003")
              if word not in text]
    manifest = resources.get(MANIFEST, b"").decode("utf-8", "replace")
    wrong += [f"no {word} in the manifest" for word in (
        'level="asInvoker"', "e2011457-1546-43c5-a5fe-008deee3d3f0",
        "8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a", "Microsoft.Windows.Common-Controls", "dpiAware",
        "longPathAware") if word not in manifest]
    yield "has icon, version and manifest", wrong


def main(folders):
    functions = allowed()
    n = failed = 0
    for folder in map(pathlib.Path, folders):
        for name in PROGRAMS:
            path = folder / name
            if not path.exists():
                n += 1
                print(f"ok {n} - {path} # SKIP not built")
                continue
            for what, wrong in checks(name, Program(path), functions):
                n += 1
                failed += bool(wrong)
                print(f"{'not ' if wrong else ''}ok {n} - {folder.name}/{name} {what}")
                for line in wrong:
                    print(f"# {line}")
    print(f"1..{n}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
