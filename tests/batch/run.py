#!/usr/bin/python3
"""Tests of --batch on the real program: order, sameness, bad rows, bounds.

usage: run.py PROGRAM SAMPLES [TEST...]

SPDX-License-Identifier: MIT
"""

import csv
import io
import json
import os
import pathlib
import pty
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = SAMPLES = None
AS_OF = ["--as-of", "2026-06-01"]
HEADER = "host,version,service_pack,product,revision\n"
SERVER = "Windows Server 2008 Standard"
SECONDS = 120
MEMORY_MIB = 64


class Run:
    def __init__(self, *arguments, stdin=b"", cwd=None, limit=None):
        self.done = subprocess.run([PROGRAM, "--batch", *AS_OF, *arguments], input=stdin,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd,
                                   timeout=SECONDS, preexec_fn=limit, check=False)
        self.code = self.done.returncode
        self.out = self.done.stdout
        self.errors = self.done.stderr.decode("utf-8", "replace")

    @property
    def rows(self):
        return list(csv.DictReader(io.StringIO(self.out.decode("utf-8"))))

    @property
    def names(self):
        return [row["name"] for row in self.rows]

    @property
    def states(self):
        return [row["state"] for row in self.rows]


def judged(text, *arguments):
    """The run of an inventory given as standard input, as CSV."""
    if isinstance(text, str):
        text = text.encode("utf-8")
    return Run("--format", "csv", *arguments, "-", stdin=text)


def mixed_inventory(n_rows, seed=6003):
    """Good and bad rows of every kind, quoted line ends among them. Returns text and row count."""
    rng = random.Random(seed)
    rows = [HEADER]
    for i in range(n_rows):
        kind = rng.randrange(40)
        host = f"SRV{i:06d}"
        version = rng.choice(["6.0.6001", "6.0.6002", "6.0.6003", "10.0.14393"])
        revision = rng.choice(["", "20489", "22918", "24566", "23717", str(i)])
        if kind == 0:
            rows.append(f'"{host} ""quoted"", with\nline end",{version},2,{SERVER},{revision}\n')
        elif kind == 1:
            rows.append(f"{host},{version}\n")
        elif kind == 2:
            rows.append(f"{host},{version},2,{SERVER},{revision},more\n")
        elif kind == 3:
            rows.append(f"{host},six,2,{SERVER},{revision}\n")
        elif kind == 4:
            rows.append(f'"{host}"x,{version},2,{SERVER},{revision}\n')
        elif kind == 5:
            rows.append(f"=host{i},{version},2,{SERVER},{revision}\r\n")
        elif kind == 6:
            rows.append(f'"{host}","{version}","2","{SERVER}","{revision}"\n')
        elif kind == 7 and i % 10 == 0:
            rows.append(f"{host},{version},2,{'x' * 70000},{revision}\n")
        else:
            rows.append(f"{host},{version},2,{SERVER},{revision}\n")
    return "".join(rows), n_rows


class Inventories(unittest.TestCase):
    def test_order_and_states(self):
        run = judged(HEADER + "C,6.0.6002,2," + SERVER + ",24566\n"
                     "A,6.0.6003,Service Pack 2," + SERVER + ",20489\n"
                     "B,10.0.14393,,Windows Server 2016 Standard,0\n"
                     "D,6.0.6003,SP2,Windows Vista Business,20489\n"
                     "E,,,,\n")
        self.assertEqual(run.names, list("CABDE"))
        self.assertEqual(run.states, ["not-transitioned", "transitioned", "not-applicable",
                                      "not-applicable", "unknown"])
        self.assertEqual(run.code, 1)

    def test_exit_code_is_the_worst(self):
        rows = {"transitioned": f"A,6.0.6003,2,{SERVER},20489\n",
                "not-applicable": "A,10.0.14393,,Windows Server 2016 Standard,\n",
                "unknown": "A,,,,\n",
                "not-transitioned": f"A,6.0.6002,2,{SERVER},24566\n",
                "conflict": f"A,6.0.6003,2,{SERVER},24001\n"}
        codes = [0, 4, 3, 1, 2]
        text = HEADER
        for (state, row), code in zip(rows.items(), codes):
            text += row
            run = judged(text)
            self.assertEqual(run.states[-1], state)
            self.assertEqual(run.code, code)

    def test_shapes_of_the_header(self):
        shapes = [
            ("revision,product,service_pack,version,host\n", "20489,{s},2,6.0.6003,A\n"),
            ("Site,HOST,Notes,Version,Service_Pack,PRODUCT,Revision,x\n",
             "Nord,A,,6.0.6003,2,{s},20489,\n"),
            ("host;version;service_pack;product;revision\r\n", "A;6.0.6003;2;{s};20489\r\n"),
            ("host\tversion\tservice_pack\tproduct\trevision\n", "A\t6.0.6003\t2\t{s}\t20489\n"),
            ("\ufeff\"host\",\"version\",\"service_pack\",\"product\",\"revision\"\n",
             "\"A\",\"6.0.6003\",\"2\",\"{s}\",\"20489\"\n"),
            ("product,host,revision,version,service_pack\n", "{s},A,20489,6.0.6003,2"),
            ("sep=;\r\nhost;version;service_pack;product;revision\r\n", "A;6.0.6003;2;{s};20489"),
            ('#TYPE Selected.ADComputer\n"host","version","service_pack","product","revision"\n',
             "A,6.0.6003,2,{s},20489"),
        ]
        wanted = judged(HEADER + f"A,6.0.6003,2,{SERVER},20489\n").out
        for header, row in shapes:
            with self.subTest(header=header):
                self.assertEqual(judged(header + row.replace("{s}", SERVER)).out, wanted)

    def test_jsonl(self):
        wanted = judged(HEADER + f"A,6.0.6003,2,{SERVER},20489\n" * 2).out
        row = {"product": SERVER, "revision": 20489, "version": "6.0.6003", "host": "A",
               "service_pack": 2, "other": [{"host": "no"}]}
        texts = {**row, "revision": "20489", "service_pack": "Service Pack 2"}
        self.assertEqual(judged(json.dumps(row) + "\n" + json.dumps(texts) + "\r\n").out, wanted)

    def test_row_for_row(self):
        bad = [
            ("A\n", "1 of the header's 5 columns"),
            ("A,6.0.6003,2,Windows, Server,20489\n", "more than the header's 5 columns"),
            ("A,banana,2,x,1\n", 'version "banana"'),
            ("A,6.0.6003,second,x,1\n", 'service_pack "second"'),
            ("A,6.0.6003,2,x,1e5\n", 'revision "1e5"'),
            ('"A,6.0.6003,2,x,1\n', "bad quoting"),
            ('"A"B,6.0.6003,2,x,1\n', "bad quoting"),
            ('A,"6.0.6003" ,2,x,1\n', "bad quoting"),
            ("A\0,6.0.6003,2,x,1\n", "NUL"),
            ("A,6.0.6003,2," + "x" * 70000 + ",1\n", "longer"),
            ("A,6.0.6003,2," + "x" * 3000000 + ",1\n", "longer"),
            ("A,6.0.6003,2," + "x" * 2000 + ",1\n", "more text"),
        ]
        good = f"G,6.0.6003,2,{SERVER},20489\n"
        run = judged(HEADER + good + good.join(row for row, _ in bad) + good)
        self.assertEqual(len(run.rows), 2 * len(bad) + 1)
        for i, (_, reason) in enumerate(bad):
            row = run.rows[2 * i + 1]
            with self.subTest(reason=reason):
                self.assertEqual(row["state"], "unknown")
                self.assertEqual(row["exit_code"], "3")
                self.assertIn(reason, row["headline"])
                self.assertEqual(row["name"], "A" if reason != "NUL" else row["name"])
                self.assertIn(f"line {2 * i + 3})", row["headline"])
        self.assertEqual({row["state"] for row in run.rows[::2]}, {"transitioned"})
        self.assertEqual(run.code, 3)

    def test_bad_json(self):
        good = json.dumps({"host": "G", "version": "6.0.6003"}) + "\n"
        bad = ["{\n", "nonsense\n", '{"host":"A"}\n', '{"host":"A","version":"6.0.6003"\n',
               '{"host":"A","version":[]}\n', '"text"\n', '{"host":"A","version":"6.0.6003"}}\n',
               '{"host":"A","version":"' + "6" * 70000 + '"}\n', '{"host":"\\x","version":6.0}\n']
        run = judged(good + good.join(bad) + good)
        self.assertEqual(len(run.rows), 2 * len(bad) + 1)
        self.assertTrue(all("cannot be read" in row["headline"] for row in run.rows[1::2]))
        self.assertTrue(all("cannot be read" not in row["headline"] for row in run.rows[::2]))

    def test_quoted_line_ends_over_blocks(self):
        """A million bytes of columns with line ends, so that every cut meets one."""
        rows = [f'"H{i}",6.0.6003,2,"{SERVER}{chr(10) * (i % 50)}",2048{i % 10}\r\n'
                for i in range(20000)]
        run = judged(HEADER + "".join(rows))
        self.assertEqual(run.names, [f"H{i}" for i in range(20000)])
        self.assertNotIn("unknown", run.states)

    def test_empty_lines_are_no_rows(self):
        run = judged(HEADER + "\n\r\n" + f"A,6.0.6003,2,{SERVER},20489\n\n\n")
        self.assertEqual(run.names, ["A"])

    def test_without_rows(self):
        for text in (HEADER, HEADER.rstrip("\n"), HEADER + "\n\n"):
            run = judged(text)
            self.assertEqual(run.code, 66)
            self.assertIn("row", run.errors)
            self.assertEqual(run.rows, [])

    def test_without_needed_columns(self):
        for text, column in (("host,product\nA,x\n", "version"),
                             ("version,product\n6.0,x\n", "host")):
            run = judged(text)
            self.assertEqual(run.code, 66)
            self.assertIn(f'no column "{column}"', run.errors)
            self.assertEqual(run.out, b"")

    def test_utf16_is_told(self):
        text = HEADER + f"A,6.0.6003,2,{SERVER},20489\n"
        for encoding in ("utf-16-le", "utf-16-be"):
            run = judged("\ufeff".encode(encoding) + text.encode(encoding))
            self.assertEqual((run.code, run.out), (66, b""))
            self.assertIn("save it as UTF-8", run.errors)

    def test_line_numbers_behind_a_header_of_two_lines(self):
        run = judged('host,version,"a\nb"\nA,6.0,x\nB,six,x\n')
        self.assertIn("line 4", run.rows[1]["headline"])

    def test_copied_reports_are_exact(self):
        """A host with a blank is judged on its own, a plain one may get a copied report."""
        layouts = ["{host},{v},{s},{p},{r}\n", "{v},{s},{p},{r},{host}\n",
                   "{p},{host},{v},note {host},{s},{r}\n", "note,{host},{r},{p},{s},{v}\n"]
        combos = [{"v": f"6.0.{build}", "s": sp, "p": product, "r": revision}
                  for build in (6001, 6002, 6003) for sp in ("", "2")
                  for product in ("", SERVER, "Windows Vista Business")
                  for revision in ("", "20489", "24566", "99999")]
        for form in ("csv", "json", "jsonl", "nagios", "text"):
            for layout in layouts if form == "csv" else layouts[:1]:
                names = {"host": "host", "v": "version", "s": "service_pack", "p": "product",
                         "r": "revision"}
                plain = own = layout.replace("note {host}", "note").format(**names)
                for i, combo in enumerate(combos * 3):
                    plain += layout.format(host=f"H{i}xY", **combo)
                    own += layout.format(host=f"H{i} Y", **combo)
                options = ["--format", form, "--verbose", "-"]
                got = Run(*options, stdin=plain.encode()).out.decode()
                wanted = Run(*options, stdin=own.encode()).out.decode()
                self.assertGreater(len(got), 1000)
                self.assertEqual(re.sub(r"(H\d+)x", r"\1 ", got), wanted)

    def test_rows_that_hold_a_stand_in(self):
        for word in ("zQ6003hostQz", "zQ6003lineQz", "600397310036"):
            run = judged(HEADER + f"A,6.0.6003,2,{SERVER} {word},20489\n"
                                  f"{word},6.0.6003,2,{SERVER},20489\n" * 2)
            self.assertEqual(run.names, ["A", word] * 2)
            self.assertIn(word, run.rows[0]["product"])

    def test_redact(self):
        run = judged(HEADER + f"GEHEIM,6.0.6003,2,{SERVER},20489\n" * 3, "--redact")
        self.assertNotIn(b"GEHEIM", run.out)
        self.assertEqual(run.states, ["transitioned"] * 3)

    def test_quiet(self):
        run = judged(HEADER + f"A,6.0.6002,2,{SERVER},24566\n", "--quiet")
        self.assertEqual((run.code, run.out, run.errors), (1, b"", ""))

    def test_nagios_puts_the_summary_first(self):
        rows = f"A,6.0.6003,2,{SERVER},20489\n" * 20000 + f"B,6.0.6002,2,{SERVER},24566\n"
        run = Run("--format", "nagios", "-", stdin=(HEADER + rows).encode())
        lines = run.out.decode().splitlines()
        self.assertEqual(run.code, 1)
        self.assertIn("20001 machines: 20000 ok, 1 warning", lines[0])
        self.assertLess(len(run.out), 1200000)
        self.assertRegex(lines[-1], r"^\d+ more$")
        self.assertEqual(len(lines) - 2 + int(lines[-1].split()[0]), 20001)


class Folders(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="winver6003-batch-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.sample = pathlib.Path(SAMPLES) / "server-2008-sp2-6002.txt"

    def test_each_entry_is_a_machine(self):
        for name in ("b.txt", "a.txt", "C.txt"):
            shutil.copy(self.sample, self.folder / name)
        shutil.copytree(pathlib.Path(SAMPLES) / "server-2008-6003-final", self.folder / "aa")
        run = Run("--format", "csv", ".", cwd=self.folder)
        self.assertEqual([row["source"].split("/")[1] for row in run.rows],
                         ["C.txt", "a.txt", "aa", "b.txt"])
        self.assertEqual(run.states, ["not-transitioned", "not-transitioned", "transitioned",
                                      "not-transitioned"])
        self.assertEqual((run.code, run.errors), (1, ""))

    def test_what_cannot_be_read_is_told_and_counted(self):
        shutil.copy(self.sample, self.folder / "b.txt")
        (self.folder / "a.bin").write_bytes(bytes(range(256)) * 10)
        (self.folder / "c.empty").write_bytes(b"")
        (self.folder / "d.csv").write_text(HEADER + "A,6.0.6003,,,\n", encoding="utf-8")
        os.symlink(self.sample, self.folder / "e.link")
        os.mkfifo(self.folder / "f.pipe")
        run = Run("--format", "csv", str(self.folder), str(self.folder / "missing"))
        self.assertEqual(run.code, 66)
        self.assertEqual(len(run.rows), 1)
        told = [line for line in run.errors.splitlines() if line]
        self.assertEqual(len(told), 6)
        for line, name in zip(told, ("a.bin", "c.empty", "d.csv", "e.link", "f.pipe", "missing")):
            self.assertIn(name, line)
        self.assertIn("inventory", told[2])

    def test_empty_folder(self):
        run = Run("--format", "csv", str(self.folder))
        self.assertEqual((run.code, run.out), (66, b""))
        self.assertIn("empty folder", run.errors)

    def test_arguments_of_every_kind_in_order(self):
        inventory = self.folder / "inv.csv"
        inventory.write_text(HEADER + f"X,6.0.6003,2,{SERVER},20489\nY,,,,\n", encoding="utf-8")
        inside = self.folder / "inside"
        inside.mkdir()
        shutil.copy(self.sample, inside / "one")
        run = Run("--format", "csv", str(inventory), str(self.sample), str(inside), "-",
                  str(inventory), stdin=(HEADER + "Z,,,,\n").encode())
        self.assertEqual(run.names, ["X", "Y", "SRV-FILE01", "SRV-FILE01", "Z", "X", "Y"])

    def test_same_as_without_batch(self):
        files = sorted(str(path) for path in pathlib.Path(SAMPLES).iterdir()
                       if path.suffix in (".txt", ".reg"))
        for form in ("csv", "json", "jsonl", "text", "nagios"):
            single = subprocess.run([PROGRAM, *AS_OF, "--format", form, *files],
                                    stdout=subprocess.PIPE, check=False)
            run = Run("--format", form, *files)
            self.assertEqual(run.out, single.stdout)
            self.assertEqual(run.code, single.returncode)


class Bounds(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="winver6003-batch-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def test_the_number_of_threads_changes_nothing(self):
        text, n_rows = mixed_inventory(5000)
        inventory = self.folder / "inv.csv"
        inventory.write_bytes(text.encode())
        arguments = [str(inventory), str(SAMPLES), str(inventory)]
        for form in ("csv", "jsonl", "text", "nagios"):
            runs = {jobs: Run("--format", form, "--jobs", str(jobs), *arguments)
                    for jobs in (1, 2, 8)}
            for run in runs.values():
                self.assertEqual(run.out, runs[1].out)
                self.assertEqual(run.errors, runs[1].errors)
                self.assertEqual(run.code, 3 if form == "nagios" else 66)
            if form == "csv":
                self.assertEqual(len([name for name in runs[1].names
                                      if re.match(r"SRV\d{6}|'?=host", name)]), 2 * n_rows)

    def test_a_pipe_gives_what_a_file_gives(self):
        text, _ = mixed_inventory(5000, seed=1)
        inventory = self.folder / "inv.csv"
        inventory.write_bytes(text.encode())
        whole = Run("--format", "csv", "-", stdin=text.encode())
        with subprocess.Popen([PROGRAM, "--batch", *AS_OF, "--format", "csv", "-"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            if os.fork() == 0:
                rng = random.Random(2)
                at = 0
                data = text.encode()
                process.stdout.close()
                while at < len(data):
                    size = rng.randrange(1, 9000)
                    os.write(process.stdin.fileno(), data[at:at + size])
                    at += size
                os._exit(0)
            process.stdin.close()
            out = process.stdout.read()
        os.wait()
        self.assertEqual(out, whole.out)
        named = Run("--format", "csv", str(inventory)).out.decode()
        self.assertEqual(named.replace("," + str(inventory) + "\n", ",'-\n"),
                         whole.out.decode().replace(",-\n", ",'-\n"))

    def peak(self, *arguments, stdin=None):
        """(exit code, peak memory in MiB)"""
        with open(stdin or os.devnull, "rb") as source:
            process = subprocess.Popen([PROGRAM, "--batch", *AS_OF, *arguments], stdin=source,
                                       stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, usage.ru_maxrss / 1024

    def test_memory(self):
        if b"__asan_init" in pathlib.Path(PROGRAM).read_bytes():
            self.skipTest("the sanitizer's own memory would be counted")
        rng = random.Random(1)
        inventory = self.folder / "inv.csv"
        with open(inventory, "w", encoding="utf-8") as file:
            file.write(HEADER)
            for i in range(200000):
                file.write(f"SRV{i:06d},6.0.6003,2,{SERVER},{20480 + rng.randrange(60)}\n")
        short = self.folder / "short.csv"
        short.write_text("host,version\n" + "a,6.0\n" * 60000, encoding="utf-8")
        wide = self.folder / "wide.csv"
        with open(wide, "w", encoding="utf-8") as file:
            file.write("host,version,note\n")
            for i in range(300):
                file.write(f"SRV{i:06d},6.0.6003,{'x' * 60000}\n")
        different = self.folder / "different.csv"
        with open(different, "w", encoding="utf-8") as file:
            file.write(HEADER)
            for i in range(20000):
                file.write(f"SRV{i:06d},6.0.6003,2,{SERVER} {i},20489\n")
        endless = self.folder / "endless.csv"
        with open(endless, "wb") as file:
            file.write(b"host,version\nA,6.0.6003\n\"")
            file.truncate(150 * 1024 * 1024)
        for path, form, jobs in ((inventory, "csv", 2), (inventory, "csv", 32),
                                 (inventory, "nagios", 2), (short, "csv", 8),
                                 (short, "text", 4), (wide, "csv", 32), (wide, "jsonl", 8),
                                 (different, "jsonl", 2), (different, "jsonl", 32),
                                 (endless, "csv", 2)):
            with self.subTest(path=path.name, form=form, jobs=jobs):
                code, peak = self.peak("--format", form, "--jobs", str(jobs), "-o",
                                       str(self.folder / "out"), str(path))
                self.assertIn(code, (0, 2, 3))
                self.assertLess(peak, MEMORY_MIB)

    def test_full_disk(self):
        text, _ = mixed_inventory(5000)
        run = Run("--format", "csv", "-o", "/dev/full", "-", stdin=text.encode())
        self.assertEqual(run.code, 74)
        self.assertEqual(len(run.errors.splitlines()), 1)

    def test_file_size_limit(self):
        out = self.folder / "out.csv"
        out.write_bytes(b"old")
        text, _ = mixed_inventory(20000)
        run = Run("--format", "csv", "-o", str(out), "-", stdin=text.encode(),
                  limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300000, 300000)))
        self.assertEqual(run.code, 74)
        self.assertEqual(out.read_bytes(), b"old")
        self.assertEqual(os.listdir(self.folder), ["out.csv"])

    def test_reader_of_a_pipe_goes_away(self):
        text, _ = mixed_inventory(50000)
        inventory = self.folder / "inv.csv"
        inventory.write_bytes(text.encode())
        process = subprocess.Popen([PROGRAM, "--batch", *AS_OF, "--format", "jsonl",
                                    str(inventory)], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        process.stdout.read(1000)
        process.stdout.close()
        process.stderr.read()
        process.stderr.close()
        self.assertNotEqual(process.wait(SECONDS), 0)

    def test_output_file(self):
        out = self.folder / "out.csv"
        text, n_rows = mixed_inventory(3000)
        run = Run("--format", "csv", "-o", str(out), "-", stdin=text.encode())
        self.assertEqual((run.out, run.errors), (b"", ""))
        self.assertEqual(out.read_bytes(), judged(text).out)


class Progress(unittest.TestCase):
    def on_terminal(self, *arguments):
        """What --batch writes to a terminal that is its error channel."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([PROGRAM, "--batch", *AS_OF, *arguments],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=theirs)
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
        process.wait(SECONDS)
        os.close(ours)
        return seen.decode()

    def test_line(self):
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write(HEADER + f"A,6.0.6003,2,{SERVER},20489\n" * 60000)
            file.flush()
            seen = self.on_terminal("--format", "csv", file.name)
        self.assertIn("machines, 100%", seen)
        self.assertNotIn("\n", seen)
        self.assertRegex(seen, r"\r +\r$")
        self.assertGreater(len(seen.split("\r")), 5)

    def test_no_line_when_quiet(self):
        self.assertEqual(self.on_terminal("--quiet", str(SAMPLES) + "/inventory.csv"), "")

    def test_no_line_in_a_file(self):
        run = judged(HEADER + f"A,6.0.6003,2,{SERVER},20489\n" * 60000)
        self.assertEqual(run.errors, "")


if __name__ == "__main__":
    PROGRAM, SAMPLES = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
