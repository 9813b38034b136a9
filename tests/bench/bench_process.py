"""A whole run on one systeminfo against grep looking for the version in the same file.

SPDX-License-Identifier: MIT
"""

import os

import measure

ROUNDS = 400
TARGET = 3.0


def run(build, sources, _work):
    program = os.path.join(build, "winver6003")
    sample = os.path.join(sources, "resources/samples/server-2008-sp2-6002.txt")
    runs = measure.take_turns({
        "ours": lambda: measure.once([program, sample], {1}),
        "grep": lambda: measure.once(["grep", "-aP", r"6\.0\.600[0-9]", sample], {0}),
    }, ROUNDS)
    ours, grep = measure.middle(runs["ours"]), measure.middle(runs["grep"])
    yield measure.Result("one systeminfo, whole process / grep -aP",
                         measure.ratio(runs["ours"], runs["grep"]), "x", TARGET,
                         f"{ours * 1000:.2f} ms / {grep * 1000:.2f} ms, "
                         f"{ROUNDS} runs each in turns")
