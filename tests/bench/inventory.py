#!/usr/bin/python3
"""Makes the inventories that --batch is measured with: always the same bytes.

usage: inventory.py FILE ROWS [--worst]

Usual: a fleet of some 40 different machines' states in uneven shares, as asset databases have
them. --worst: no two rows say the same, so that none of them can be a copy of another.

SPDX-License-Identifier: MIT
"""

import random
import sys

HEADER = "host,version,service_pack,product,revision\n"
SERVERS = ["Windows Server 2008 Standard", "Windows Server 2008 Enterprise",
           "Windows Server 2008 Web", "Windows Server 2008 Foundation"]
REVISIONS_6003 = [20489, 20512, 20555, 20605, 20706, 20997, 21251, 21481, 22464, 22918, 23317,
                  23717]
REVISIONS_6002 = [18005, 23045, 24499, 24564, 24566]


def states():
    """(share, "version,service_pack,product,revision")"""
    for i, revision in enumerate(REVISIONS_6003):
        for product in SERVERS[:2]:
            yield 30 - i, f"6.0.6003,2,{product},{revision}"
    for revision in REVISIONS_6002:
        yield 8, f"6.0.6002,2,{SERVERS[0]},{revision}"
        yield 3, f"6.0.6002,2,{SERVERS[1]},{revision}"
    for product in SERVERS[2:]:
        yield 2, f"6.0.6003,2,{product},23717"
    yield 2, f"6.0.6001,1,{SERVERS[0]},18000"
    yield 2, "6.0.6003,2,Windows Vista Business,20605"
    yield 1, "6.1.7601,1,Windows Server 2008 R2 Standard,24545"
    yield 1, f"6.0.6003,,{SERVERS[0]},"


def usual(rows):
    rng = random.Random(6003)
    shares, texts = zip(*states())
    for i, text in enumerate(rng.choices(texts, shares, k=rows)):
        yield f"SRV-{i:07d},{text}\n"


def worst(rows):
    rng = random.Random(6003)
    for i in range(rows):
        revision = rng.choice(REVISIONS_6003)
        yield f"SRV-{i:07d},6.0.6003.{revision},2,Windows Server 2008 Standard {i},{revision}\n"


def make(path, rows, kind=usual):
    with open(path, "w", encoding="ascii", newline="") as file:
        file.write(HEADER)
        file.writelines(kind(rows))


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), worst if "--worst" in sys.argv else usual)
