"""A million rows through --batch into a file against mawk comparing one column.

Ours writes a row for each row and syncs the file; mawk writes one number. Both read the file from
memory. The output is a new file each time, as in the first run of a user; what replacing an old
one costs (the file system frees its blocks) is shown beside it.

SPDX-License-Identifier: MIT
"""

import os

import inventory
import measure

ROWS = 1_000_000
WORST_ROWS = 200_000
ROUNDS = 15
TARGET = 1.0
TARGET_MIB = 64.0
AWK = '$2=="6.0.6003"{n++} END{print n}'


def remove(path):
    if os.path.exists(path):
        os.remove(path)


def count_lines(path):
    with open(path, "rb") as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))


def run(build, _sources, work):
    program = os.path.join(build, "winver6003")
    usual = os.path.join(work, "usual.csv")
    worst = os.path.join(work, "worst.csv")
    out = os.path.join(work, "out.csv")
    inventory.make(usual, ROWS)
    inventory.make(worst, WORST_ROWS, inventory.worst)
    size = os.path.getsize(usual) / ROWS

    def ours(path, target=out):
        return measure.once([program, "--batch", "--as-of", "2026-01-20", "--format", "csv",
                             "-o", target, path], {0, 1, 2})

    runs = measure.take_turns({
        "ours": lambda: ours(usual),
        "mawk": lambda: measure.once(["mawk", "-F,", AWK, usual], {0}),
    }, ROUNDS, before=lambda: remove(out))
    ours(usual)
    rows = count_lines(out) - 1
    if rows != ROWS:
        raise RuntimeError(f"{ROWS} rows in, {rows} rows out")
    mine, mawk = measure.middle(runs["ours"]), measure.middle(runs["mawk"])
    yield measure.Result("a million rows, --batch -o / mawk",
                         measure.ratio(runs["ours"], runs["mawk"]), "x", TARGET,
                         f"{mine * 1000:.0f} ms / {mawk * 1000:.0f} ms, {size:.0f} bytes a row, "
                         f"{os.path.getsize(out) / ROWS:.0f} bytes a row out, {os.cpu_count()} "
                         "cores")
    yield measure.Result("a million rows, peak memory", measure.peak(runs["ours"]), " MiB",
                         TARGET_MIB)

    replaced = measure.middle([ours(usual) for _ in range(5)])
    yield measure.Result("  the same over an old output / mawk", replaced / mawk, "x")
    nowhere = measure.middle([ours(usual, os.devnull) for _ in range(5)])
    yield measure.Result("  the same into /dev/null / mawk", nowhere / mawk, "x")
    remove(out)
    different = [ours(worst) for _ in range(3)]
    seconds = measure.middle(different)
    yield measure.Result("rows that all differ, a million of them", seconds * ROWS / WORST_ROWS,
                         " s", note=f"measured on {WORST_ROWS}")
    yield measure.Result("rows that all differ, peak memory", measure.peak(different), " MiB",
                         TARGET_MIB)
    cpu = min(run.cpu for run in different)
    yield measure.Result("the judge, thousand machines a second and core",
                         WORST_ROWS / cpu / 1000, "",
                         note="reading the row and writing its report included")
