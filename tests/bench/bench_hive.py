"""A whole run on a SOFTWARE hive against programs that look a single value up in it.

The hive is that of a real machine where ../shared/evidence has it (38 MB), else a made one of the
same number of packages. The one ten times as large has the bins of the same hive again behind its
own, as what a machine installs over the years: it has to be read in the same time.

SPDX-License-Identifier: MIT
"""

import lzma
import multiprocessing
import os
import pathlib
import shutil
import struct
import sys

import measure

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "hive"))

import hivemake  # noqa: E402

REAL = "../shared/evidence/hives/plaso__SOFTWARE.xz"
KEY = r"Microsoft\Windows NT\CurrentVersion"
ROUNDS = 60
SLOW_ROUNDS = 3
TARGET = 0.25
SLOW_TARGET = 0.05
NOISE = 1.15
TIMES = 10
PAGE = 4096


def made_hive():
    """As many packages as a patched server has, and twenty thousand other keys."""
    root = hivemake.small_tree("6003")
    for i in range(1000):
        root.at("Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages\\"
                f"Package_for_KB{4000000 + i}~31bf3856ad364e35~amd64~~6.0.1.0").set(
                    "CurrentState", hivemake.DWORD, hivemake.number(7))
    others = root.at("Classes")
    others.keys = [hivemake.Key(f"Class{i:06}", [("", hivemake.SZ, hivemake.text("x" * 100))])
                   for i in range(20000)]
    return hivemake.build(root, 5)


def larger(hive):
    """The same hive with its bins again and again behind them, each telling its new place."""
    length = struct.unpack_from("<I", hive, 40)[0]
    bins = bytearray(hive[PAGE:PAGE + length])
    parts = [bytes(bins)]
    for i in range(1, TIMES):
        at = 0
        while at < length:
            size = struct.unpack_from("<I", bins, at + 8)[0]
            struct.pack_into("<I", bins, at + 4, i * length + at)
            at += size
        parts.append(bytes(bins))
    base = bytearray(hive[:PAGE])
    struct.pack_into("<I", base, 40, length * TIMES)
    struct.pack_into("<I", base, 508, hivemake.checksum(base))
    return bytes(base) + b"".join(parts)


def quiet(*command):
    """The command without its many warnings."""
    return ["sh", "-c", 'exec "$0" "$@" 2>/dev/null', *command]


def write_hives(sources, small, large):
    real = pathlib.Path(sources) / REAL
    hive = lzma.decompress(real.read_bytes()) if real.is_file() else made_hive()
    pathlib.Path(small).write_bytes(hive)
    pathlib.Path(large).write_bytes(larger(hive))


def run(build, sources, work):
    program = os.path.join(build, "winver6003")
    small, large = os.path.join(work, "SOFTWARE"), os.path.join(work, "LARGER")
    # In a process of its own: what this one holds counts for those that it starts.
    maker = multiprocessing.Process(target=write_hives, args=(sources, small, large))
    maker.start()
    maker.join()

    def ours(path):
        return lambda: measure.once([program, path], {0, 1, 2, 3, 4})

    runs = measure.take_turns({"ours": ours(small), "larger": ours(large)}, ROUNDS)
    yield measure.Result(f"a hive {TIMES} times as large / the hive",
                         measure.ratio(runs["larger"], runs["ours"]), "x", NOISE,
                         f"{measure.middle(runs['larger']) * 1000:.2f} ms / "
                         f"{measure.middle(runs['ours']) * 1000:.2f} ms")
    yield measure.Result("peak memory on the larger hive", measure.peak(runs["larger"]), " MiB",
                         None, "with what of the mapped file was touched")
    for name, command, rounds, target in (
            ("hivexget", ["hivexget", small, KEY, "CurrentBuild"], ROUNDS, TARGET),
            ("reglookup", quiet("reglookup", small), SLOW_ROUNDS, SLOW_TARGET),
            # All that it knows of such a hive, as ours; and, to know, one plugin of eight values.
            ("regripper -a", quiet("regripper", "-r", small, "-a"), SLOW_ROUNDS, SLOW_TARGET),
            ("regripper -p winver", quiet("regripper", "-r", small, "-p", "winver"), ROUNDS,
             None)):
        if not shutil.which(name.split()[0]):
            print(f"{name} is not installed: left out")
            continue
        runs = measure.take_turns(
            {"ours": ours(small), "theirs": lambda: measure.once(command, {0})}, rounds)
        yield measure.Result(f"SOFTWARE hive, whole process / {name}",
                             measure.ratio(runs["ours"], runs["theirs"]), "x", target,
                             f"{measure.middle(runs['ours']) * 1000:.2f} ms / "
                             f"{measure.middle(runs['theirs']) * 1000:.2f} ms, in turns")
