#!/usr/bin/python3
"""Makes registry hives and their transaction logs, of every shape that the reader knows.

usage: hivemake.py FILE                an empty hive, for hivexregedit --merge to fill
       hivemake.py --corpus FOLDER     what the fuzz targets hive and hive_logs begin with

As a module: Key is a tree, build() its hive, old_log() and new_log() what a machine leaves behind
that stopped in the middle of a write, for which the hive before and after is known.

Layout after M. Suhanov, "Windows registry file format specification" (github.com/msuhanov/regf).

SPDX-License-Identifier: MIT
"""

import struct
import sys

NONE, SZ, EXPAND_SZ, BINARY, DWORD, MULTI_SZ, QWORD = 0, 1, 2, 3, 4, 7, 11
NIL = 0xFFFFFFFF
PAGE, SECTOR, SEGMENT = 4096, 512, 16344
WRITTEN = 0x01D4FA0000000000  # a FILETIME in spring 2019


def text(string):
    """The data of a REG_SZ."""
    return (string + "\0").encode("utf-16-le")


def number(value):
    """The data of a REG_DWORD."""
    return struct.pack("<I", value)


class Key:
    """A key: name, values (name, type, data), keys below it."""

    def __init__(self, name="", values=(), keys=()):
        self.name = name
        self.values = list(values)
        self.keys = list(keys)

    def at(self, path):
        """The key at a path below this one, made where it is missing."""
        key = self
        for name in filter(None, path.split("\\")):
            found = next((k for k in key.keys if k.name.lower() == name.lower()), None)
            if not found:
                found = Key(name)
                key.keys.append(found)
            key = found
        return key

    def set(self, name, kind, data):
        """Sets a value; returns the key."""
        self.values = [v for v in self.values if v[0].lower() != name.lower()]
        self.values.append((name, kind, data))
        return self

    def lines(self, path=""):
        """The same lines as hive_dump prints, without their order among siblings."""
        yield "K " + path
        for name, kind, data in self.values:
            yield f"V {path}\\{escape(name)} {kind} {data.hex()}"
        for key in self.keys:
            yield from key.lines(path + "\\" + escape(key.name))


def escape(name):
    """As hive_dump writes names."""
    return "".join(chr(c) if 0x20 < c < 0x7F and c != 0x25 else f"%{c:02X}"
                   for c in name.encode("utf-8", "replace"))


def name_bytes(name):
    """The name as it is stored, and whether as Latin-1."""
    try:
        return name.encode("latin-1"), True
    except UnicodeEncodeError:
        return name.encode("utf-16-le"), False


def name_hash(name):
    """Of a hash leaf."""
    value = 0
    for char in name.upper():
        value = (value * 37 + ord(char)) & 0xFFFFFFFF
    return value


class Bins:
    """Cells laid one behind the other into bins."""

    def __init__(self):
        self.bytes = bytearray()
        self.end = 0  # of the current bin
        self.at = 0   # where its next cell goes

    def cell(self, size):
        """Allocates a cell for so many bytes of content; returns its offset."""
        size = (size + 4 + 7) & ~7
        if self.at + size > self.end:
            self.close()
            start = len(self.bytes)
            length = (32 + size + PAGE - 1) // PAGE * PAGE
            self.bytes += struct.pack("<4sIIQQI", b"hbin", start, length, 0, WRITTEN, 0)
            self.bytes += bytes(length - 32)
            self.at, self.end = start + 32, start + length
        offset = self.at
        struct.pack_into("<i", self.bytes, offset, -size)
        self.at += size
        return offset

    def put(self, offset, content):
        """Writes content into a cell."""
        self.bytes[offset + 4:offset + 4 + len(content)] = content

    def add(self, content):
        """A cell with that content."""
        offset = self.cell(len(content))
        self.put(offset, content)
        return offset

    def close(self):
        """What is left of the bin is a free cell."""
        if self.at < self.end:
            struct.pack_into("<i", self.bytes, self.at, self.end - self.at)
        self.at = self.end


def checksum(block):
    """Of the first 508 bytes of a base block."""
    total = 0
    for value in struct.unpack("<127I", block[:508]):
        total ^= value
    return {0: 1, 0xFFFFFFFF: 0xFFFFFFFE}.get(total, total)


def base_block(root, length, minor=3, sequences=(5, 5), kind=0, written=WRITTEN,
               size=PAGE):
    """A base block, of a hive or (kind 1 or 6) a log."""
    name = "\\SystemRoot\\System32\\Config\\X".encode("utf-16-le")[-62:]
    block = bytearray(struct.pack("<4sIIQIIIIIII64s", b"regf", *sequences, written, 1, minor,
                                  kind, 1, root, length, 1, name))
    block += bytes(508 - len(block))
    block += struct.pack("<I", checksum(block))
    return bytes(block + bytes(size - len(block)))


class Writer:
    """Lays a tree of keys into bins."""

    def __init__(self, minor, leaf, leaf_keys):
        self.bins = Bins()
        self.minor = minor
        self.leaf = leaf            # b"lf", b"lh" or b"li"
        self.leaf_keys = leaf_keys  # more subkeys than that are divided by an index root
        self.security = None

    def data(self, data):
        """The cell of a value's data, in segments where it is large."""
        if len(data) <= SEGMENT or self.minor < 4:
            return self.bins.add(data)
        segments = [self.bins.add(data[i:i + SEGMENT] + bytes(4))
                    for i in range(0, len(data), SEGMENT)]
        places = self.bins.add(struct.pack(f"<{len(segments)}I", *segments))
        return self.bins.add(struct.pack("<2sHI", b"db", len(segments), places))

    def value(self, name, kind, data):
        raw, latin = name_bytes(name)
        if len(data) <= 4:
            length, place = len(data) | 0x80000000, data.ljust(4, b"\0")
        else:
            length, place = len(data), struct.pack("<I", self.data(data))
        return self.bins.add(struct.pack("<2sHI4sIHH", b"vk", len(raw), length, place, kind,
                                         latin, 0) + raw)

    def one_leaf(self, items):
        content = self.leaf + struct.pack("<H", len(items))
        for name, offset in items:
            content += struct.pack("<I", offset)
            if self.leaf == b"lh":
                content += struct.pack("<I", name_hash(name))
            elif self.leaf == b"lf":
                hint = name[:4].encode("latin-1", "ignore")
                content += (hint if len(hint) == len(name[:4]) else b"").ljust(4, b"\0")
        return self.bins.add(content)

    def leaves(self, items):
        if len(items) <= self.leaf_keys:
            return self.one_leaf(items)
        parts = [self.one_leaf(items[i:i + self.leaf_keys])
                 for i in range(0, len(items), self.leaf_keys)]
        return self.bins.add(struct.pack("<2sH", b"ri", len(parts)) +
                             struct.pack(f"<{len(parts)}I", *parts))

    def key(self, key, parent=None):
        raw, latin = name_bytes(key.name)
        offset = self.bins.cell(76 + len(raw))
        if self.security is None:
            descriptor = struct.pack("<BBHIIII", 1, 0, 0x8000, 0, 0, 0, 0)
            self.security = self.bins.cell(20 + len(descriptor))
            self.bins.put(self.security, struct.pack("<2sHIIII", b"sk", 0, self.security,
                                                     self.security, 1, len(descriptor))
                          + descriptor)
        values = [self.value(*value) for value in key.values]
        value_list = self.bins.add(struct.pack(f"<{len(values)}I", *values)) if values else NIL
        below = sorted(key.keys, key=lambda k: k.name.upper())
        items = [(k.name, self.key(k, offset)) for k in below]
        key_list = self.leaves(items) if items else NIL
        flags = (0x20 if latin else 0) | (0x0C if parent is None else 0)
        self.bins.put(offset, struct.pack(
            "<2sHQIIIIIIIIIIIIIIIHH", b"nk", flags, WRITTEN, 0, parent or 0, len(items), 0,
            key_list, NIL, len(values), value_list, self.security, NIL, 0, 0, 0, 0, 0, len(raw), 0)
            + raw)
        return offset


def build(root, minor=3, leaf=b"lh", leaf_keys=511, sequences=(5, 5), written=WRITTEN):
    """The hive of a tree."""
    writer = Writer(minor, leaf, leaf_keys)
    place = writer.key(root if root.name else Key("ROOT", root.values, root.keys))
    writer.bins.close()
    return base_block(place, len(writer.bins.bytes), minor, sequences, 0, written) + \
        bytes(writer.bins.bytes)


def dirty(hive, sequences, good_checksum=True):
    """The hive as a machine leaves it that stopped in the middle of a write."""
    block = bytearray(hive[:PAGE])
    struct.pack_into("<II", block, 4, *sequences)
    struct.pack_into("<I", block, 508, checksum(block) ^ (0 if good_checksum else 0x55))
    return bytes(block) + hive[PAGE:]


def changed_pages(before, after):
    """Offsets in the bins of the pages that differ."""
    before, after = before[PAGE:], after[PAGE:]
    return [at for at in range(0, len(after), PAGE)
            if before[at:at + PAGE] != after[at:at + PAGE]]


def old_log(before, after, sequence=6, written=WRITTEN):
    """A log with a dirty vector that leads from one hive to the other."""
    root, length = struct.unpack_from("<II", after, 36)
    minor = struct.unpack_from("<I", after, 24)[0]
    log = base_block(root, length, minor, (sequence, sequence), 1, written, SECTOR)
    vector = bytearray(length // SECTOR // 8)
    pages = changed_pages(before, after)
    for at in pages:
        vector[at // PAGE] = 0xFF
    log += (b"DIRT" + vector).ljust((4 + len(vector) + SECTOR - 1) // SECTOR * SECTOR, b"\0")
    return log + b"".join(after[PAGE + at:PAGE + at + PAGE] for at in pages)


def marvin(data):
    """The hash over log entries."""
    low, high = 0x7A4E55C5, 0x82EF4D88
    mask = 0xFFFFFFFF
    words = list(struct.unpack(f"<{len(data) // 4}I", data)) + [0x80, 0]
    for word in words:
        low = (low + word) & mask
        high ^= low
        low = ((low << 20 | low >> 12) + high) & mask
        high = ((high << 9 | high >> 23) & mask) ^ low
        low = ((low << 27 | low >> 5) + high) & mask
        high = (high << 19 | high >> 13) & mask
    return high << 32 | low


def entry(before, after, sequence):
    """A log entry that leads from one hive to the other."""
    length = struct.unpack_from("<I", after, 40)[0]
    pages = changed_pages(before, after)
    body = b"".join(struct.pack("<II", at, PAGE) for at in pages)
    body += b"".join(after[PAGE + at:PAGE + at + PAGE] for at in pages)
    size = (40 + len(body) + SECTOR - 1) // SECTOR * SECTOR
    body = body.ljust(size - 40, b"\0")
    head = struct.pack("<4sIIIIIQ", b"HvLE", size, 0, sequence, length, len(pages), marvin(body))
    return head + struct.pack("<Q", marvin(head)) + body


def new_log(states, sequence):
    """A log of entries through a series of hives; the first entry has the number given."""
    root = struct.unpack_from("<I", states[0], 36)[0]
    length = struct.unpack_from("<I", states[0], 40)[0]
    minor = struct.unpack_from("<I", states[0], 24)[0]
    log = base_block(root, length, minor, (sequence, sequence), 6, WRITTEN, SECTOR)
    for i in range(len(states) - 1):
        log += entry(states[i], states[i + 1], sequence + i)
    return log


def small_tree(build_number):
    """A SOFTWARE hive with one of everything."""
    root = Key()
    version = root.at("Microsoft\\Windows NT\\CurrentVersion")
    for name, value in (("CurrentVersion", "6.0"), ("CurrentBuild", build_number),
                        ("ProductName", "Windows Server (R) 2008 Standard"),
                        ("BuildLabEx", f"{build_number}.18005.x86fre.lh_sp2rtm.090410-1830"),
                        ("CSDVersion", "Service Pack 2"), ("\u0411", "wide")):
        version.set(name, SZ, text(value))
    version.set("UBR", DWORD, number(20489))
    version.set("InstallDate", DWORD, number(1553000000))
    servicing = "Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\"
    for kb in ("4493730", "4493471"):
        root.at(f"{servicing}Packages\\Package_for_KB{kb}~31bf3856ad364e35~x86~~6.0.1.0").set(
            "CurrentState", DWORD, number(7))
    root.at(servicing + "RebootPending")
    return root


def system_tree():
    """A SYSTEM hive."""
    root = Key()
    root.at("Select").set("Current", DWORD, number(1))
    control = "ControlSet001\\Control\\"
    root.at(control + "ProductOptions").set("ProductType", SZ, text("ServerNT"))
    root.at(control + "Session Manager").set("PendingFileRenameOperations", MULTI_SZ,
                                             "a\0\0".encode("utf-16-le"))
    return root


def corpus(folder):
    """Writes the files that the fuzz targets begin with."""
    trees = small_tree("6002"), small_tree("6003")
    for leaf in (b"lf", b"lh", b"li"):
        with open(f"{folder}/hive/software-{leaf.decode()}", "wb") as out:
            out.write(build(trees[1], 3, leaf))
    with open(f"{folder}/hive/software-divided", "wb") as out:
        out.write(build(trees[1], 5, b"lh", 1))
    with open(f"{folder}/hive/system", "wb") as out:
        out.write(build(system_tree()))
    states = [build(tree) for tree in (trees[0], trees[1], small_tree("6001"))]
    dirty_hive = dirty(states[0], (6, 5))
    for name, files in (("old", (dirty_hive, old_log(*states[:2]), b"")),
                        ("new", (dirty_hive, new_log(states, 5), b"")),
                        ("both", (dirty_hive, new_log(states[1:], 6), new_log(states[:2], 5))),
                        ("torn", (dirty(states[0], (6, 5), False), old_log(*states[:2]), b""))):
        with open(f"{folder}/hive_logs/{name}", "wb") as out:
            for content in files:
                out.write(struct.pack("<I", len(content)) + content)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--corpus":
        corpus(sys.argv[2])
    elif len(sys.argv) == 2:
        with open(sys.argv[1], "wb") as new_file:
            new_file.write(build(Key()))
    else:
        sys.exit(__doc__)
