#!/usr/bin/python3
"""The list of many machines: the same machines as winver6003 --batch, found, ordered, copied and
exported.

SPDX-License-Identifier: MIT
"""
import csv
import io
import json
import os
import pathlib
import re
import shutil
import time
import unittest

import programs
from desk import Desk, wait_for
from tree import Node

INVENTORY = "inventory.csv"
TITLES = ["State", "Name", "Product", "Build", "Revision", "Level", "Verdict"]
# From the best to the one that asks most for a person.
BADNESS = ["Transitioned", "Not applicable", "Unknown", "Not transitioned", "Imitation",
           "Incomplete", "Conflict"]
NOTHING = "nothing was copied"
MANY = 10_000

VERSIONS = [
    ("6.0.6003", "2", "Windows Server 2008 Standard", "20489"),
    ("6.0.6003", "2", "Windows Server 2008 Enterprise", "23717"),
    ("6.0.6002", "2", "Windows Server 2008 Standard", "24565"),
    ("6.0.6001", "1", "Windows Server 2008 Datacenter", "18000"),
    ("6.0.6003", "2", "Windows Vista Business", "20605"),
    ("6.0.6003", "2", "Windows Server 2008 Standard", "24001"),
    ("", "", "", ""),
]

SCAN = """<?xml version="1.0"?>
<nmaprun scanner="nmap" args="nmap -sV 10.0.0.0/29" version="7.93">
{hosts}</nmaprun>
"""
HOST = """<host><status state="up"/><address addr="10.0.0.{n}" addrtype="ipv4"/>
<ports><port protocol="tcp" portid="53"><state state="open"/>
<service name="domain" product="Microsoft DNS" version="6.0.6003 (1773501D)"/></port>
<port protocol="tcp" portid="445"><state state="open"/><service name="microsoft-ds"/></port></ports>
<hostscript><script id="smb-os-discovery" output="&#xa;  OS: Windows Server (R) 2008 Standard 6003 Service Pack 2 (Windows Server (R) 2008 Standard 6.0)&#xa;  Computer name: scan{n}&#xa;"/></hostscript>
</host>
"""


def machine_of(row):
    """A row of the csv report as the list shows it; the level by its id."""
    word = row["state"].replace("-", " ").capitalize()
    return [word, row["name"], row["product"], row["build"], row["revision"], row["level"],
            row["headline"]]


def month(level):
    """How the list names a release, from its id; others than months are named in words."""
    months = ["January", "February", "March", "April", "May", "June", "July", "August",
              "September", "October", "November", "December"]
    found = re.fullmatch(r"(\d{4})-(\d\d)", level)
    return f"{months[int(found[2]) - 1]} {found[1]}" if found else level


def same_level(shown, level):
    return shown == month(level) or not re.fullmatch(r"\d{4}-\d\d|", level)


def matches(row, words):
    text = "\n".join(row[:5] + [month(row[5])] + row[6:]).lower()
    return all(word in text for word in words)


def batch(*arguments, form="csv"):
    return programs.terminal("--batch", "--format", form, *arguments).stdout.decode()


def batch_rows(*arguments):
    return [machine_of(row) for row in csv.DictReader(io.StringIO(batch(*arguments)))]


def natural(name):
    """Numbers in names by their value."""
    return [(int(part), "") if part.isdigit() else (0, part)
            for part in re.findall(r"\d+|\D+", name)]


class Machines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(Desk(1400, 900))
        rows = (f"SRV-{n},{','.join(VERSIONS[n * n // 3 % len(VERSIONS)])}\n"
                for n in range(1, MANY + 1))
        cls.many = cls.desk.home / "many.csv"
        cls.many.write_text("host,version,service_pack,product,revision\n" + "".join(rows),
                            encoding="ascii")

    def open(self, *arguments, **environment):
        window = self.enterContext(
            self.desk.window(programs.WINDOW, programs.AS_OF, *arguments, **environment))
        wait_for(lambda: window.frame().find("table"), "the list")
        window.focus()
        return window

    def read(self, window):
        """Waits until everything has been read."""
        wait_for(lambda: window.frame().find("table") and not window.frame().find("progress bar"),
                 "the end of reading", patience=60)

    # ---- what a person does -----------------------------------------------------------------

    def copied(self, window, *keys):
        self.desk.put_on_clipboard(NOTHING)
        window.press(*keys)
        return wait_for(lambda: self.desk.clipboard() not in ("", NOTHING)
                        and self.desk.clipboard(), "something on the clipboard")

    def shown(self, window):
        """All rows that are shown, in their order, by way of the clipboard."""
        self.read(window)
        window.frame().find("table").call("Component", "GrabFocus")
        text = self.copied(window, "ctrl+a", "ctrl+c")
        rows = [line.split("\t") for line in text.splitlines()]
        self.assertEqual(rows[0], TITLES)
        return rows[1:]

    def status(self, window):
        return [text for text in window.frame().labels()
                if re.match(r"[\d,]+( of [\d,]+)? machines?(:| shown|$)", text)][0]

    def type(self, window, text):
        window.press("ctrl+f", "ctrl+a", "BackSpace")
        self.desk.run("xdotool", "type", "--delay", "20", text)

    def filter(self, window, text, expected):
        """Types into the filter and waits until so many machines are left."""
        self.type(window, text)
        wait_for(lambda: self.n_shown(window) == expected, f"{expected} machines for {text!r}")

    def n_shown(self, window):
        return int(self.status(window).split()[0].replace(",", ""))

    def press_header(self, window, title):
        table = window.find("table")
        Node(table.tree, *table.call("Table", "GetColumnHeader", "i", TITLES.index(title))[0]).act()

    def choose_state(self, window, word):
        combo = window.find("combo box", "State")
        names = [node.name() for node in combo.below(shown=False) if node.role() == "menu item"]
        combo.call("Selection", "SelectChild", "i", names.index(word))

    def assert_rows(self, shown, expected):
        self.assertEqual(len(shown), len(expected))
        for row, other in zip(shown, expected):
            self.assertEqual(row[:5] + row[6:], other[:5] + other[6:])
            self.assertTrue(same_level(row[5], other[5]), (row, other))

    # ---- the same machines ------------------------------------------------------------------

    def test_rows_of_an_inventory(self):
        """Without --batch: an inventory is many machines by itself."""
        path = programs.sample(INVENTORY)
        window = self.open(path)
        self.assert_rows(self.shown(window), batch_rows(path))
        self.assertEqual(len(window.frames()), 1)
        self.assertEqual(window.frame().name(), "Machines: inventory.csv")

    def test_entries_of_a_folder(self):
        window = self.open("--batch", programs.SAMPLES)
        self.assert_rows(self.shown(window), batch_rows(programs.SAMPLES))
        done = programs.terminal("--batch", programs.SAMPLES)
        told = [line.removeprefix("winver6003: ") for line in done.stderr.decode().splitlines()]
        button = window.find("toggle button", f"{len(told)} remarks")
        button.act()
        text = wait_for(lambda: window.find("text", "What could not be used, and why").text(),
                        "the remarks")
        self.assertEqual(text.splitlines(), told)

    def test_hosts_of_a_scan(self):
        path = self.desk.home / "scan.xml"
        path.write_text(SCAN.format(hosts="".join(HOST.format(n=n) for n in range(1, 6))),
                        encoding="ascii")
        expected = batch_rows(path)
        self.assertEqual(len(expected), 5)
        window = self.open(path)
        self.assert_rows(self.shown(window), expected)

    def test_inventory_in_jsonl(self):
        path = self.desk.home / "inventory.jsonl"
        path.write_text('{"host": "A", "version": "6.0.6003", "service_pack": 2}\nthis is no row\n'
                        '{"host": "=B", "version": "6.0.6002"}\n', encoding="ascii")
        window = self.open(path)
        shown = self.shown(window)
        self.assert_rows([[cell.removeprefix("'") for cell in row] for row in shown],
                         [[cell.removeprefix("'") for cell in row] for row in batch_rows(path)])
        # No spreadsheet must take a name for a formula.
        self.assertEqual(shown[2][1], "'=B")

    def test_nothing_in_it(self):
        path = self.desk.home / "header.csv"
        path.write_text("host,version\n", encoding="ascii")
        window = self.open(path)
        message = programs.terminal("--batch", path).stderr.decode().splitlines()[0]
        wait_for(lambda: message.removeprefix("winver6003: ") in window.frame().labels(),
                 "what is wrong")
        self.assertFalse(window.find("push button", "Export\u2026").has("sensitive"))

    # ---- ten thousand of them ---------------------------------------------------------------

    def test_many(self):
        window = self.open(self.many)
        everything = batch_rows(self.many)
        self.read(window)
        self.assertEqual(self.n_shown(window), MANY)
        counts = self.status(window).partition(": ")[2]
        for word in BADNESS:
            count = sum(row[0] == word for row in everything)
            self.assertEqual(f"{count:,} {word.lower()}" in counts, count > 0, word)
        self.assert_rows(self.shown(window), everything)

        wanted = [row for row in everything if "srv-99" in row[1].lower()]
        self.filter(window, "sRv-99", len(wanted))
        self.assert_rows(self.shown(window), wanted)
        self.press_header(window, "Name")
        ascending = sorted(wanted, key=lambda row: natural(row[1]))
        wait_for(lambda: self.shown(window)[0][1] == ascending[0][1], "the order of names")
        self.assert_rows(self.shown(window), ascending)
        self.filter(window, "", MANY)
        self.assert_rows(self.shown(window), sorted(everything, key=lambda row: natural(row[1])))
        self.press_header(window, "State")
        by_state = sorted(everything, key=lambda row: BADNESS.index(row[0]))
        self.assert_rows(self.shown(window), by_state)

    # ---- filter and order -------------------------------------------------------------------

    def test_filter_matches_any_column(self):
        path = programs.sample(INVENTORY)
        window = self.open(path)
        everything = batch_rows(path)
        self.read(window)
        for text, column in (("file", 1), ("enterprise", 2), ("20489", 4), ("april", 5),
                             ("does not state", 6), ("NOT APPLICABLE", 0)):
            with self.subTest(text=text):
                lower = text.lower()
                wanted = [row for row in everything if matches(row, lower.split())]
                self.assertTrue(0 < len(wanted) < len(everything))
                self.assertIn(lower, [month(row[5]).lower() if column == 5 else row[column].lower()
                                      for row in wanted][0])
                self.filter(window, text, len(wanted))
                self.assert_rows(self.shown(window), wanted)
        self.filter(window, "no machine is called so", 0)
        self.assertIn("No machine matches the filter.", window.frame().labels())
        window.focus()
        window.press("ctrl+f", "Escape")
        wait_for(lambda: self.n_shown(window) == len(everything), "Escape to clear the filter")

    def test_typing_in_the_list_filters(self):
        window = self.open(programs.sample(INVENTORY))
        self.read(window)
        window.frame().find("table").call("Component", "GrabFocus")
        self.desk.run("xdotool", "type", "--delay", "40", "web")
        wait_for(lambda: self.n_shown(window) == 1, "one machine")
        self.assertEqual(window.find("text", "Filter").text(), "web")

    def test_state_filter(self):
        path = programs.sample(INVENTORY)
        window = self.open(path)
        self.read(window)
        everything = batch_rows(path)
        for word in ("Not transitioned", "Conflict"):
            self.choose_state(window, word)
            wanted = [row for row in everything if row[0] == word]
            wait_for(lambda wanted=wanted: self.n_shown(window) == len(wanted), word)
            self.assert_rows(self.shown(window), wanted)
        self.choose_state(window, "All states")
        wait_for(lambda: self.n_shown(window) == len(everything), "all of them")

    def test_every_column_sorts(self):
        path = programs.sample(INVENTORY)
        window = self.open(path)
        everything = self.shown(window)
        dates = [row["level_date"] for row in csv.DictReader(io.StringIO(batch(path)))]
        date_of = {tuple(row): date for row, date in zip(everything, dates)}
        keys = {
            "State": lambda row: BADNESS.index(row[0]),
            "Name": lambda row: natural(row[1]),
            "Product": lambda row: row[2],
            "Build": lambda row: int(row[3] or -1),
            "Revision": lambda row: int(row[4] or -1),
            "Level": lambda row: date_of[tuple(row)],
            "Verdict": lambda row: row[6],
        }
        for title, key in keys.items():
            with self.subTest(title=title):
                self.press_header(window, title)
                self.assertEqual(list(map(key, self.shown(window))),
                                 sorted(map(key, everything)))
                self.press_header(window, title)
                self.assertEqual(list(map(key, self.shown(window))),
                                 sorted(map(key, everything), reverse=True))
                self.press_header(window, title)
                self.assertEqual(self.shown(window), everything, "as they were read")

    # ---- the selected machine ---------------------------------------------------------------

    def select(self, window, name):
        self.filter(window, name, 1)
        window.press("Return", "Home")

    def test_selection_shows_details(self):
        path = programs.sample(INVENTORY)
        reports = [json.loads(line) for line in batch(path, form="jsonl").splitlines()]
        window = self.open(path)
        self.read(window)
        for report in reports[:5]:
            with self.subTest(name=report["machine"]["name"]):
                self.select(window, report["machine"]["name"])
                labels = wait_for(lambda report=report: report["verdict"]["headline"] in
                                  window.frame().labels() and window.frame().labels(),
                                  "the verdict")
                self.assertIn(report["machine"]["name"], labels)
                self.assertIn(report["version"]["display"], labels)
                self.assertIsNotNone(window.frame().find("page tab", "Findings"))
                self.assertTrue(window.frame().find("text", "What every rule found").text())

    def test_details_of_a_folder_and_a_host(self):
        scan = self.desk.home / "two.xml"
        scan.write_text(SCAN.format(hosts=HOST.format(n=1) + HOST.format(n=2)), encoding="ascii")
        window = self.open("--batch", scan, programs.sample("half-installed.reg"))
        reports = [json.loads(line) for line in
                   batch(scan, programs.sample("half-installed.reg"), form="jsonl").splitlines()]
        rows = self.shown(window)
        self.assertEqual(len(rows), len(reports))
        window.press("End", "Home")
        for report in reports:
            wait_for(lambda report=report: report["verdict"]["headline"] in window.frame().labels()
                     and report["machine"]["name"] in window.frame().labels(),
                     f"the details of {report['machine']['name']}")
            window.press("Down")

    def test_several_selected(self):
        window = self.open(programs.sample(INVENTORY))
        self.read(window)
        text = self.copied(window, "Home", "shift+Down", "shift+Down", "ctrl+c")
        self.assertEqual(len(text.splitlines()), 1 + 3)
        wait_for(lambda: "3 machines selected" in window.frame().labels(), "how many are selected")
        self.assertEqual(window.find("statusbar").text(), "3 rows copied")

    def test_selection_survives_filter_and_order(self):
        window = self.open(programs.sample(INVENTORY))
        self.read(window)
        one = self.copied(window, "Home", "Down", "Down", "ctrl+c").splitlines()[1]
        self.press_header(window, "Build")
        window.frame().find("table").call("Component", "GrabFocus")
        self.assertEqual(self.copied(window, "ctrl+c").splitlines()[1:], [one])
        self.filter(window, one.split("\t")[1], 1)
        window.press("Return")
        self.assertEqual(self.copied(window, "ctrl+c").splitlines()[1:], [one])

    def test_return_opens_a_window(self):
        path = programs.sample(INVENTORY)
        name = batch_rows(path)[1][1]
        window = self.open(path)
        self.select(window, name)
        window.press("Return")
        frame = wait_for(lambda: window.frames()[1:], "a second window")[0]
        wait_for(lambda: frame.name() == f"About Windows: {name}", "the machine in it")

    # ---- export -----------------------------------------------------------------------------

    def export(self, window, path):
        window.focus()
        window.press("ctrl+s")
        wait_for(lambda: [node for node in window.application().children()
                          if node.role() == "file chooser"], "the file chooser")
        handle = wait_for(lambda: self.desk.run("xdotool", "search", "--onlyvisible", "--name",
                                                "^Export", check=False).split(), "its window")[-1]
        self.desk.run("xdotool", "windowfocus", "--sync", handle)
        time.sleep(0.3)
        self.desk.run("xdotool", "key", "ctrl+a")
        self.desk.run("xdotool", "type", "--delay", "5", str(path))
        self.desk.run("xdotool", "key", "Return")
        return wait_for(lambda: "copied" not in window.find("statusbar").text()
                        and window.find("statusbar").text(), "what came of it")

    def test_export_csv(self):
        for source in ([programs.sample(INVENTORY)], ["--batch", programs.SAMPLES]):
            with self.subTest(source=source):
                target = self.desk.home / f"{len(source)}.csv"
                window = self.open(*source)
                self.read(window)
                self.assertEqual(self.export(window, target), "Exported")
                self.assertEqual(target.read_text(encoding="utf-8"), batch(source[-1]))

    def test_export_jsonl(self):
        scan = self.desk.home / "three.xml"
        scan.write_text(SCAN.format(hosts="".join(HOST.format(n=n) for n in (1, 2, 3))),
                        encoding="ascii")
        sources = [programs.sample(INVENTORY), scan, programs.sample("half-installed.reg")]
        target = self.desk.home / "out.jsonl"
        window = self.open("--batch", *sources)
        self.read(window)
        self.assertEqual(self.export(window, target), "Exported")
        expected = batch(*sources, form="jsonl")
        self.assertEqual(target.read_text(encoding="utf-8"), expected)
        # What is shown, in the order in which it is shown.
        self.filter(window, "6003", sum(matches(row, ["6003"]) for row in batch_rows(*sources)))
        self.press_header(window, "Name")
        self.press_header(window, "Name")
        names = [row[1] for row in self.shown(window)]
        target.unlink()
        self.assertEqual(self.export(window, target), "Exported")
        lines = target.read_text(encoding="utf-8").splitlines()
        self.assertEqual([json.loads(line)["machine"]["name"] for line in lines], names)
        self.assertLessEqual(set(lines), set(expected.splitlines()))

    def test_evidence_is_not_written_to(self):
        copy = self.desk.home / "evidence.csv"
        copy.write_bytes(programs.sample(INVENTORY).read_bytes())
        folder = self.desk.home / "folder"
        folder.mkdir()
        (folder / "a.txt").write_bytes(programs.sample("vista-6003.txt").read_bytes())
        window = self.open("--batch", folder)
        self.read(window)
        self.assertIn("is not written to", self.export(window, folder / "out.csv"))
        self.assertEqual([path.name for path in folder.iterdir()], ["a.txt"])

    def test_no_room(self):
        window = self.open(programs.sample(INVENTORY))
        self.read(window)
        self.assertIn("cannot be written", self.export(window, "/proc/nowhere.csv"))

    # ---- while it is read -------------------------------------------------------------------

    def test_cancel(self):
        path = self.desk.home / "long.csv"
        with open(path, "w", encoding="ascii") as file:
            file.write("host,version,service_pack,product,revision\n")
            for n in range(300_000):
                file.write(f"SRV-{n},{','.join(VERSIONS[n % len(VERSIONS)])}\n")
        self.addCleanup(path.unlink)
        window = self.open(path)
        window.find("progress bar")
        wait_for(lambda: self.n_shown(window) > 0, "the first rows", patience=5)
        window.press("alt+n")
        wait_for(lambda: not window.frame().find("progress bar"), "the end of reading", patience=5)
        self.assertIn("cancelled", window.find("statusbar").text())
        self.assertLess(self.n_shown(window), 300_000)
        self.assertEqual(window.said(), "")

    def test_close_while_reading(self):
        window = self.open("--batch", self.many, self.many, self.many)
        window.press("ctrl+w")
        self.assertEqual(window.ended(), 0)
        self.assertEqual(window.said(), "")

    def test_keys_reach_everything(self):
        window = self.open(programs.sample(INVENTORY))
        self.read(window)
        names = set()
        for _ in range(32):
            window.press("Tab")
            # Nothing while a cell of the list has it.
            focused = window.frame().focused()
            names.add(focused.name() if focused else "")
        for name in ("Machines", "Filter", "Open\u2026", "Copy", "Export\u2026", "Close"):
            self.assertIn(name, names)

    def test_state_filter_from_the_keyboard(self):
        path = programs.sample(INVENTORY)
        window = self.open(path)
        self.read(window)
        window.press("alt+s", "space", "Down", "Return")
        wanted = [row for row in batch_rows(path) if row[0] == "Conflict"]
        wait_for(lambda: self.n_shown(window) == len(wanted), "the conflicts")

    def test_looks(self):
        """No text cut off, and everything on the screen."""
        for name, environment, size in (
                ("light", {}, (1366, 768)), ("dark", {"GTK_THEME": "Adwaita:dark"}, (1366, 768)),
                ("contrast", {"GTK_THEME": "HighContrast"}, (1920, 1080)),
                ("large", {"GDK_DPI_SCALE": "1.5"}, (1366, 768)),
                ("right-to-left", {"PROBE_RTL": "1"}, (1366, 768)),
                ("small", {}, (800, 600)), ("low", {}, (1024, 600))):
            with self.subTest(name=name), Desk(*size) as desk:
                with desk.window(programs.WINDOW, programs.AS_OF, "--batch", programs.SAMPLES,
                                 probe=programs.PROBE, **environment) as window:
                    window.find("text", "What every rule found")
                    x, y, width, height = window.frame().extents()
                    shots, labels = window.shoot()
                    self.assertEqual(window.said(), "")
                if "LOOKS" in os.environ:
                    shutil.copy(shots[0], pathlib.Path(os.environ["LOOKS"], f"list-{name}.png"))
                self.assertEqual([text for mark, _, text in labels if mark != "whole"], [])
                self.assertGreater(len(labels), 12)
                self.assertLessEqual((x + width, y + height), size)
                self.assertLessEqual(y + height, size[1])

    def test_no_control_without_a_name(self):
        window = self.open(programs.sample(INVENTORY))
        self.read(window)
        nameless = [node.role() for node in window.frame().below()
                    if node.has("focusable") and not node.name() and not node.text()]
        self.assertEqual(nameless, [])


programs.main()
