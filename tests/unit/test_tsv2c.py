#!/usr/bin/python3
"""The generator of the knowledge tables: that it makes the same file twice, and that a malformed
row ends it with the file and the line named and nothing written.

    test_tsv2c.py TSV2C.py FOLDER_OF_TABLES

SPDX-License-Identifier: MIT
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

TSV2C = FOLDER = None


class Tsv2c(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="tsv2c-")
        self.addCleanup(shutil.rmtree, self.folder)
        for name in os.listdir(FOLDER):
            if name.endswith(".tsv"):
                shutil.copyfile(os.path.join(FOLDER, name), os.path.join(self.folder, name))

    def run_it(self, output="out.c", backwards=False):
        tables = sorted(name for name in os.listdir(self.folder) if name.endswith(".tsv"))
        if backwards:
            tables.reverse()
        paths = [os.path.join(self.folder, name) for name in tables]
        return subprocess.run([sys.executable, TSV2C, os.path.join(self.folder, output)] + paths,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def read(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8", newline="") as file:
            return file.read()

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def row(self, name, start):
        """The line that starts so, and its number."""
        for number, line in enumerate(self.read(name).split("\n"), 1):
            if line.startswith(start):
                return line, number
        self.fail("%s has no row %s" % (name, start))

    def refuses(self, name, line, *messages):
        done = self.run_it()
        self.assertEqual(done.returncode, 1)
        place = name if line is None else "%s:%d:" % (name, line)
        for message in (place,) + messages:
            self.assertIn(message, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "out.c")))

    def refuses_cell(self, name, start, column, value, *messages):
        """The table with one cell replaced; put back afterwards."""
        text = self.read(name)
        line, number = self.row(name, start)
        header = next(l for l in text.split("\n") if not l.startswith("#")).split("\t")
        cells = line.split("\t")
        self.assertNotEqual(cells[header.index(column)], value)
        cells[header.index(column)] = value
        self.write(name, text.replace(line + "\n", "\t".join(cells) + "\n"))
        self.refuses(name, number, *messages)
        self.write(name, text)

    def refuses_line(self, name, start, replacement, *messages):
        text = self.read(name)
        line, number = self.row(name, start)
        self.write(name, text.replace(line + "\n", replacement(line)))
        self.refuses(name, number, *messages)
        self.write(name, text)

    def test_takes_the_tables_and_repeats_itself(self):
        for name in ("one.c", "two.c"):
            done = self.run_it(name, backwards=name == "two.c")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(self.read("one.c"), self.read("two.c"))
        self.assertNotIn(self.folder, self.read("one.c"))
        self.assertTrue(self.read("one.c").isascii())

    def test_dates(self):
        for value in ("2019-02-30", "2019-4-9", "09.04.2019", "2019-04-09T00:00", "yesterday"):
            self.refuses_cell("releases.tsv", "2019-04\t", "date", value, "date: not a date", value)
        self.refuses_cell("releases.tsv", "2019-04\t", "date", "", "date: empty")
        self.refuses_cell("packages.tsv", "KB4493471\t", "month", "2019-13", "not a month")
        self.refuses_cell("packages.tsv", "KB4493471\t", "month", "2019-05", "date is not in month")
        self.refuses_cell("lifecycle.tsv", "extended\t", "last", "2014-01-14",
                          "ends before it begins")
        self.refuses_cell("esu.tsv", "date\tESU year 1", "last", "", "half a period")
        self.refuses_cell("esu.tsv", "date\tESU year 1", "value", "2020-01-14/2021-01-11",
                          "value is not first/last")
        self.refuses_cell("esu.tsv", "date\tSHA-2", "value", "2019-03-16",
                          "value is not first/last")
        self.refuses_cell("labs.tsv", "6002.vistasp2_gdr", "timestamp", "0908032339",
                          "not yymmdd-hhmm")

    def test_sources(self):
        for name in sorted(os.listdir(FOLDER)):
            if not name.endswith(".tsv"):
                continue
            lines = self.read(name).split("\n")
            header = next(line for line in lines if not line.startswith("#"))
            first = lines[lines.index(header) + 1]
            self.refuses_cell(name, first, "source", "", "source: empty")

    def test_words(self):
        self.refuses_cell("releases.tsv", "2019-04\t", "kind", "rollup", "kind: unknown word")
        self.refuses_cell("releases.tsv", "2019-04\t", "kind", "Patch-Tuesday", "unknown word")
        self.refuses_cell("releases.tsv", "2019-04\t", "programme", "esu-year4", "unknown word")
        self.refuses_cell("releases.tsv", "2019-04\t", "package_level", "true", "neither yes nor")
        self.refuses_cell("packages.tsv", "KB4493471\t", "kind", "update", "unknown word")
        self.refuses_cell("packages.tsv", "KB4493471\t", "kind", "", "kind: empty")
        self.refuses_cell("branches.tsv", "vistasp2_gdr\t", "role", "gdr2", "unknown word")
        self.refuses_cell("branches.tsv", "vistasp2_gdr\t", "basis", "guess", "unknown word")
        self.refuses_cell("lifecycle.tsv", "extended\t", "id", "extra", "unknown word")

    def test_numbers_and_kbs(self):
        for value in ("-1", "0x5009", "20489.", "1e4", "020489", "12345678901"):
            self.refuses_cell("releases.tsv", "2019-04\t", "revision", value, "not a number")
        for value in ("4493471", "kb4493471", "KB0493471", "KB44934711", "KB4493471 KB4493458"):
            self.refuses_cell("releases.tsv", "2019-04\t", "kb_rollup", value, "not a KB")
        self.refuses_cell("packages.tsv", "KB4493471\t", "supersedes", "KB4489880, KB4489876",
                          "not a KB")
        self.refuses_cell("packages.tsv", "KB4493471\t", "build", "", "revision without build")

    def test_order(self):
        self.refuses_cell("releases.tsv", "2019-05\t", "date", "2019-04-01", "out of order by date")
        self.refuses_cell("releases.tsv", "2019-05\t", "build", "6002", "build went down")
        self.refuses_cell("releases.tsv", "2019-05\t", "id", "2019-04", "id twice")
        self.refuses_cell("releases.tsv", "2019-05\t", "revision_min", "20489",
                          "revision_min does not rise")
        self.refuses_cell("releases.tsv", "2019-05\t", "revision_min", "20513",
                          "revision outside")
        self.refuses_cell("releases.tsv", "2019-05\t", "revision_max", "20511",
                          "revision outside")
        self.refuses_cell("releases.tsv", "2024-05\t", "kernel_revision", "22669",
                          "kernel above its package")
        self.refuses_cell("releases.tsv", "2024-05\t", "kernel_revision", "22616",
                          "kernel_revision does not rise")
        self.refuses_cell("skus.tsv", "7\t", "sku", "6", "out of order, or twice")
        twice = lambda line: line + "\n" + line + "\n"
        text = self.read("packages.tsv")
        line, number = self.row("packages.tsv", "KB4493471\t")
        self.write("packages.tsv", text.replace(line + "\n", twice(line)))
        self.refuses("packages.tsv", number + 1, "or twice")
        self.write("packages.tsv", text)
        line, number = self.row("revisions.tsv", "2019-04\t")
        lines = self.read("revisions.tsv").split("\n")
        lines.remove(line)
        self.write("revisions.tsv", "\n".join(lines[:-1] + [line, ""]))
        self.refuses("revisions.tsv", len(lines), "out of order by month")

    def test_tables_agree(self):
        self.refuses_cell("releases.tsv", "2019-04\t", "kb_rollup", "KB4493472",
                          "not in packages.tsv")
        self.refuses_cell("cves.tsv", "2019-04\t", "release", "2019-04-oob", "not in releases.tsv")
        self.refuses_cell("cves.tsv", "2019-05\t", "release", "2019-04", "or twice")
        self.refuses_cell("cves.tsv", "2019-05\t", "kev_os", "3", "does not count")
        self.refuses_cell("cves.tsv", "2019-05\t", "cves_total", "99", "above its parts")
        self.refuses_cell("upgrades.tsv", "Windows Server 2016\t", "from", "Windows Server 2019",
                          "does not follow on")

    def test_shape(self):
        self.refuses_line("releases.tsv", "2019-04\t", lambda line: line + "\tmore\n",
                          "15 columns, not 14")
        self.refuses_line("releases.tsv", "2019-04\t",
                          lambda line: line.rsplit("\t", 1)[0] + "\n", "13 columns, not 14")
        self.refuses_line("releases.tsv", "2019-04\t", lambda line: "# aside\n" + line + "\n",
                          "1 columns")
        self.refuses_line("releases.tsv", "2019-04\t", lambda line: "\n" + line + "\n",
                          "1 columns")
        self.refuses_line("releases.tsv", "id\t", lambda line: line.replace("date", "day") + "\n",
                          "the header is not")
        self.refuses_cell("releases.tsv", "2019-04\t", "name", " April 2019", "blanks around")
        text = self.read("releases.tsv")
        self.write("releases.tsv", text[:-1])
        self.refuses("releases.tsv", None, "last line does not end")
        self.write("releases.tsv", text.replace("\n", "\r\n"))
        self.refuses("releases.tsv", None, "carriage returns")
        self.write("releases.tsv", "")
        self.refuses("releases.tsv", None)
        os.unlink(os.path.join(self.folder, "releases.tsv"))
        self.refuses("releases.tsv", None, "missing")

    def test_no_utf8(self):
        with open(os.path.join(self.folder, "esu.tsv"), "ab") as file:
            file.write(b"date\t\xff\n")
        self.refuses("esu.tsv", None, "not UTF-8 at byte")


if __name__ == "__main__":
    TSV2C, FOLDER = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
