#!/usr/bin/python3
"""Packs evidence in every way and holds what is read of it against the same evidence unpacked.

usage: run.py PROGRAM SAMPLES

Skipped where the program was built without the library that looks into archives.
Formats that only other programs make (7z, cab) are left out where these are missing. Output is TAP.

SPDX-License-Identifier: MIT
"""

import bz2
import gzip
import importlib.util
import io
import json
import lzma
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
MEGABYTE = 1 << 20


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hivemake = load("hivemake", HERE.parent / "hive" / "hivemake.py")


# ---- Packing ----

def zipped(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def by_program(files, *command):
    """An archive that a program makes of a folder; None where it is missing."""
    if not shutil.which(command[0]):
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = pathlib.Path(folder) / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        target = pathlib.Path(folder) / "out"
        subprocess.run([*command, str(target), *files], cwd=pathlib.Path(folder) / "in",
                       check=True, capture_output=True)
        return target.read_bytes()


FORMATS = {
    "zip": zipped,
    "stored.zip": lambda files: zipped(files, zipfile.ZIP_STORED),
    "lzma.zip": lambda files: zipped(files, zipfile.ZIP_LZMA),
    "tar": tarred,
    "tar.gz": lambda files: tarred(files, "w:gz"),
    "tar.bz2": lambda files: tarred(files, "w:bz2"),
    "tar.xz": lambda files: tarred(files, "w:xz"),
    "7z": lambda files: by_program(files, "bsdtar", "--format", "7zip", "-cf"),
    "cab": lambda files: by_program(files, "gcab", "-c"),
    "packed.cab": lambda files: by_program(files, "gcab", "-cz"),
}
ALONE = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zip": lambda content: zipped({"folder/file": content}),
    "tar.gz": lambda content: tarred({"file": content}, "w:gz"),
}


# ---- Running ----

class Program:
    def __init__(self, path, scratch):
        self.path = pathlib.Path(path).resolve()
        self.scratch = pathlib.Path(scratch)

    def run(self, *arguments, stdin=None):
        done = subprocess.run([self.path, "--as-of", "2026-06-01", "--format", "jsonl", *arguments],
                              cwd=self.scratch, input=stdin, capture_output=True, timeout=60,
                              check=False)
        reports = [json.loads(line) for line in done.stdout.splitlines()]
        return done.returncode, reports, done.stderr.decode("utf-8", "replace")

    def read(self, name, content, *arguments):
        """What is said of a file with that content. Nothing may be written beside it."""
        path = self.scratch / name
        path.write_bytes(content)
        before = sorted(str(found) for found in self.scratch.parent.rglob("*"))
        result = self.run(*arguments, name)
        after = sorted(str(found) for found in self.scratch.parent.rglob("*"))
        path.unlink()
        if before != after:
            raise ValueError(f"written: {set(after) ^ set(before)}")
        return result


def comparable(report):
    facts = sorted((fact["field"], fact["value"], fact["witness"], fact["note"] or "")
                   for fact in report["facts"])
    return (report["verdict"]["state"], report["version"], report["level"] and
            report["level"]["release"], facts)


def same(first, second):
    """Yields how two results differ."""
    if first[0] != second[0]:
        yield f"exit code {first[0]} and {second[0]}: {second[2][:300]}"
    elif len(first[1]) != len(second[1]):
        yield f"{len(first[1])} machines and {len(second[1])}"
    for one, other in zip(first[1], second[1]):
        if comparable(one) != comparable(other):
            yield f"{comparable(one)} and {comparable(other)}"


def refused(result, pattern, code=66):
    if result[0] != code or pattern not in result[2]:
        yield f"exit code {result[0]}, {result[2][:400]!r}, not {pattern!r}"


def problems(report):
    return " ".join(text for piece in report["evidence"] for text in piece["problems"])


# ---- What is tested: each yields (name, list of what is wrong or None to skip) ----

def formats(program, samples):
    files = {f"fs/{path.name}": path.read_bytes()
             for path in sorted((samples / "server-2008-6003-final").iterdir())}
    for name, pack in FORMATS.items():
        content = pack(files)
        if content is None:
            yield name, None
            continue
        packed = program.read(f"fs.{name}", content)
        wrong = list(same(program.run(samples / "server-2008-6003-final"), packed))
        names = [piece["name"] for report in packed[1] for piece in report["evidence"]]
        if names != [f"fs.{name}", *(f"fs.{name}/{inner}" for inner in files)]:
            wrong.append(f"pieces {names}")
        yield name, wrong


def alone(program, samples):
    sample = samples / "server-2008-6003-april-2019.reg"
    for name, pack in ALONE.items():
        content = pack(sample.read_bytes())
        packed = program.read(f"alone.{name}", content, "--digest")
        wrong = list(same(program.run(sample), packed))
        piece = packed[1][0]["evidence"][0] if packed[1] else {}
        if (piece.get("name"), piece.get("reader"), piece.get("bytes")) != \
                (f"alone.{name}", "reg", len(content)):
            wrong.append(f"piece {piece}")
        yield f"a file alone in {name}", wrong
        yield f"{name} as a stream", list(same(packed, program.run("-", stdin=content)))


def many(program, samples):
    reports = subprocess.run([program.path, "--as-of", "2026-06-01", "--format", "jsonl",
                              samples / "ver-banner.txt", samples / "vista-6003.txt"],
                             capture_output=True, check=False).stdout
    packed = program.read("fleet.jsonl.gz", gzip.compress(reports))
    wrong = [] if len(packed[1]) == 2 else [f"{packed}"]
    yield "the reports of many machines in one packed file", wrong
    packed = program.read("fleet.zip", zipped({"fleet.jsonl": reports, "text": b"nothing"}))
    yield "many machines among several files", list(refused(packed, "nothing states"))


def together(program, samples):
    """One machine with other evidence, several in a batch, one inside a folder."""
    files = {path.name: path.read_bytes()
             for path in sorted((samples / "server-2008-6003-final").iterdir())}
    folder = program.scratch / "folder"
    folder.mkdir()
    for name in ("a.zip", "b.zip"):
        (folder / name).write_bytes(zipped(files))
    result = program.run("--batch", "folder")
    yield "a batch of archives", [] if len(result[1]) == 2 else [f"{result}"]
    result = program.run("folder")
    pieces = [piece["name"] for report in result[1] for piece in report["evidence"]]
    yield "archives in a folder", [] if len(result[1]) == 1 and len(pieces) == 6 else [f"{pieces}"]
    result = program.run("--together", "folder/a.zip", samples / "ver-banner.txt")
    yield "an archive and a file", [] if len(result[1]) == 1 else [f"{result}"]
    shutil.rmtree(folder)


def hives(program, samples):
    """A hive whose logs lie beside it in the archive, in front of it and behind."""
    del samples
    before, after = (hivemake.build(hivemake.small_tree(build)) for build in ("6002", "6003"))
    dirty = hivemake.dirty(before, (6, 5))
    files = {"config/software.log1": hivemake.old_log(before, after), "config/SOFTWARE": dirty,
             "text": b"nothing"}
    for name in ("zip", "tar.gz"):
        for order in (files, dict(reversed(files.items()))):
            packed = program.read(f"hive.{name}", FORMATS[name](order))
            report = packed[1][0] if packed[1] else None
            values = [fact["value"] for fact in report["facts"]
                      if fact["field"] == "hive"] if report else packed
            wrong = [] if values == ["replayed"] and report["version"]["build"] == 6003 \
                else [f"{values}"]
            yield f"a hive and its log in {name}, {'first' if order is files else 'last'}", wrong
    packed = program.read("hive.zip", zipped({"config/SOFTWARE": dirty, "text": b"nothing"}))
    values = [fact["value"] for fact in packed[1][0]["facts"] if fact["field"] == "hive"]
    yield "a hive without its log", [] if values == ["dirty"] else [f"{values}"]


def limits(program, samples):
    sample = (samples / "server-2008-6003-april-2019.reg").read_bytes()
    much = b"x" * (64 * MEGABYTE)
    packed = program.read("bomb.zip", zipped({"much": much, "a.reg": sample}))
    yield "an archive that unpacks to far more than itself", \
        list(refused(packed, "more than 300 times"))
    packed = program.read("after.zip", zipped({"a.reg": sample, "much": much}))
    wrong = [] if packed[0] == 0 and "more than 300 times" in problems(packed[1][0]) \
        else [f"{packed}"]
    yield "what was read before that stands", wrong
    packed = program.read("skip.tar.gz", FORMATS["tar.gz"]({"zeros": bytes(len(much)),
                                                            "a.reg": sample}))
    yield "one whose file need not be read", list(refused(packed, "more than 300 times"))
    packed = program.read("bomb.xz", lzma.compress(much))
    yield "a packed file that unpacks to far more", list(refused(packed, "more than 300 times"))
    nested = sample
    for level in range(4):
        nested = zipped({f"{level}": nested, "text": b"nothing"})
    packed = program.read("nested.zip", nested)
    yield "archives in archives in archives", list(refused(packed, "nothing states"))
    many_files = zipped({f"{number:05}": b"x" for number in range(2100)} | {"z.reg": sample})
    packed = program.read("many.zip", many_files)
    yield "more files than are read", list(refused(packed, "were not read"))


def names(program, samples):
    sample = (samples / "server-2008-6003-april-2019.reg").read_bytes()
    bad = {"../../outside.reg": sample, "/absolute.reg": b"x", "C:\\drive.reg": b"x",
           "control\x1b[2J.txt": b"x", "\u202etxt.reg": b"x", "n" * 2000: b"x"}
    packed = program.read("names.zip", zipped(bad))
    wrong = [] if packed[0] == 0 else [f"{packed}"]
    for piece in packed[1][0]["evidence"] if packed[1] else []:
        if any(ord(character) < 32 or character == "\u202e" for character in piece["name"]):
            wrong.append(f"{piece['name']!r}")
    if packed[1] and "longer than" not in problems(packed[1][0]):
        wrong.append("the long name is not told")
    yield "names that lead elsewhere or play tricks", wrong


def damage(program, samples):
    files = {path.name: path.read_bytes()
             for path in sorted((samples / "server-2008-6003-final").iterdir())}
    content = zipped(files)
    packed = program.read("cut.zip", content[:len(content) - 500])
    wrong = [] if packed[0] == 0 and "damaged" in problems(packed[1][0]) else [f"{packed}"]
    yield "an archive that was cut off", wrong
    yield "nothing of an archive but its mark", \
        list(refused(program.read("mark.zip", content[:20]), "damaged"))
    yield "an empty archive", list(refused(program.read("empty.zip", zipped({})), "0 files"))
    flipped = bytearray(gzip.compress(files["registry.reg"]))
    flipped[len(flipped) // 2] ^= 0xFF
    result = program.read("flipped.gz", bytes(flipped))
    wrong = [] if result[0] in (0, 2, 3, 66) and (result[0] == 66 or problems(result[1][0])) \
        else [f"{result}"]
    yield "a byte that is wrong in the middle", wrong
    secret = by_program(files, "bsdtar", "--format", "zip", "--options",
                        "zip:encryption=zipcrypt", "--passphrase", "x", "-cf")
    if secret:
        secret = list(refused(program.read("secret.zip", secret), "nothing states"))
    yield "an archive that is locked", secret


def updates(program, samples):
    kernel = (samples / "ver-banner.txt").read_bytes()
    inner = FORMATS["cab"]({"ver.txt": kernel, "update.mum": b"<assembly/>"})
    if inner is None:
        yield "a package of an update", None
        return
    yield "a package of an update", \
        list(refused(program.read("update.cab", inner), "package of an update"))
    outer = FORMATS["cab"]({"Windows6.0-KB4493471-x64.cab": inner, "notes.txt": kernel})
    packed = program.read("update.msu", outer)
    builds = [fact for report in packed[1] for fact in report["facts"] if fact["field"] == "build"]
    wrong = [] if len(builds) == 1 else [f"{packed}"]
    yield "a package inside other evidence says nothing", wrong


def main(path, samples):
    samples = pathlib.Path(samples).resolve()
    number = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder) / "scratch"
        scratch.mkdir()
        program = Program(path, scratch)
        probe = program.read("probe.zip", zipped({"a": b"b"}))
        if "built without" in probe[2]:
            print("1..0 # SKIP this build does not look into archives")
            return 0
        for test in (formats, alone, many, together, hives, limits, names, damage, updates):
            for name, wrong in test(program, samples):
                number += 1
                if wrong is None:
                    print(f"ok {number} - {name} # SKIP the program that packs it is missing")
                    continue
                failed += bool(wrong)
                print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
                for line in wrong:
                    print(f"# {name}: {line}", file=sys.stderr)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
