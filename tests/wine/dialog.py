#!/usr/bin/python3
"""The dialog of Windows shows what the program for Linux says of the same evidence.

usage: dialog.py WINVER6003.EXE WINVER6003 SAMPLES

Runs under Wine on an X server of its own. The texts are read from the window's controls, as a
screen reader would; what each needs is held against the room that it has. Skipped (77) where Wine,
Xvfb or the cross compiler is missing.

SPDX-License-Identifier: MIT
"""

import json
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

sys.dont_write_bytecode = True
import wine_desk  # noqa: E402

AS_OF = "2026-06-01"
STATES = wine_desk.STATES
# Of the word and the edge of the strip: gui/win32/look.c, resources/ui/winver6003.css.
COLORS = {
    "transitioned": 0x1b6b34, "not-transitioned": 0x7a4f00, "incomplete": 0x7a4f00,
    "conflict": 0xa3161b, "imitation": 0x7a2f93, "unknown": 0x27557f, "not-applicable": 0x4c5154,
}
ESCAPE, ENTER, TAB, LETTER_C = 27, 13, 9, 67
LONG_NAME = "Abteilung für außerordentlich lange Namen " * 8 + "W" * 300
IDS = wine_desk.NAMES


def png(path):
    """Width, height, dots to the metre and the pixels of a picture that says what it is."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    at, found = 8, {}
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8:at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length)[0] == zlib.crc32(kind + body), kind
        found[kind] = body
        at += 12 + length
    width, height = struct.unpack_from(">II", found[b"IHDR"])
    rows = zlib.decompress(found[b"IDAT"])
    assert len(rows) == (3 * width + 1) * height, "rows are missing"
    pixels = {bytes(rows[i:i + 3]) for y in range(height)
              for i in range(y * (3 * width + 1) + 1, (y + 1) * (3 * width + 1), 3)}
    return width, height, struct.unpack_from(">I", found[b"pHYs"])[0], pixels


class Dialog(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(wine_desk.Desk())
        cls.place = cls.desk.machine.folder
        for sample in SAMPLES.iterdir():
            copy = shutil.copytree if sample.is_dir() else shutil.copy
            copy(sample, cls.place / sample.name)

    def linux(self, *arguments):
        return subprocess.run([WINVER6003, "--as-of", AS_OF, *arguments], cwd=self.place,
                              capture_output=True, check=False)

    def report(self, *arguments):
        return json.loads(self.linux("--format", "json", *arguments).stdout)

    def dialog(self, arguments, *steps, where=None):
        line = f'"{wine_desk.windows_path(DIALOG)}" --as-of {AS_OF} {arguments}'
        return (where or self.desk).read(line, *steps)

    def nothing_cut(self, seen, what):
        for control in seen.controls.values():
            if not control.visible or not control.text or control.kind == "Edit" or \
                    control.id in (IDS["tabs"], IDS["page_title"]):
                continue
            self.assertGreaterEqual(control.width, control.needs_width, f"{what}: {control}")
            self.assertGreaterEqual(control.height, control.needs_height, f"{what}: {control}")

    def shows(self, seen, name):
        control = seen.controls[IDS[name]]
        return control.text if control.visible else None

    def says_the_same(self, seen, report):
        machine, version = report["machine"], report["version"]
        self.assertEqual(seen.title, "About Windows: " + report["machine"]["name"]
                         if machine["name"] else seen.title)
        if version["display"]:
            self.assertEqual(self.shows(seen, "version"),
                             "Microsoft\u00ae Windows\n" + version["display"])
        licence = [n for n in (machine["owner"], machine["organization"]) if n]
        self.assertEqual((self.shows(seen, "licence") or "").split("\n")[1:], licence)
        memory = machine["memory_kb"]
        self.assertEqual(self.shows(seen, "memory"), memory and
                         f"Physical memory available to Windows: {memory:,} KB")
        self.assertEqual(self.shows(seen, "revision").split()[0],
                         str(version["revision"] or "not"))
        self.assertEqual(self.shows(seen, "lab"),
                         report["lab"]["string"] if report["lab"] else "not recorded")
        product = " ".join(filter(None, (self.shows(seen, "product"),
                                         self.shows(seen, "edition"))))
        self.assertIn(machine["product"] or "Product not recorded",
                      (product, product.split(", Server Core")[0]))
        self.assertEqual(self.shows(seen, "headline"), report["verdict"]["headline"])
        self.assertEqual(self.shows(seen, "word"),
                         report["verdict"]["state"].replace("-", " ").capitalize())

    def test_each_state_in_the_same_words(self):
        for state, sample in STATES.items():
            with self.subTest(state):
                report = self.report(sample)
                self.assertEqual(report["verdict"]["state"], state)
                told, code = self.dialog(sample, "answer", "list", f"click:{IDS['copy']}",
                                         "clipboard", f"key:{ESCAPE}")
                self.says_the_same(told[0], report)
                self.nothing_cut(told[0], state)
                self.assertEqual(told[1].replace("\r\n", "\n").encode(),
                                 self.linux(sample).stdout)
                self.assertNotIn("\n", told[1].replace("\r\n", ""))
                self.assertEqual(code, report["verdict"]["exit_code"])

    def test_a_json_report_is_evidence(self):
        (self.place / "report.json").write_bytes(
            self.linux("--format", "json", STATES["conflict"]).stdout)
        told, code = self.dialog("report.json", "answer", "list", f"key:{ENTER}")
        self.says_the_same(told[0], self.report("report.json"))
        self.assertEqual(code, 2)

    def test_details_say_what_the_report_says(self):
        report = self.report("--redact", STATES["conflict"])
        steps = []
        for _ in range(4):
            steps += ["list", f"ctrl:{TAB}"]
        told, _ = self.dialog("--redact " + STATES["conflict"], "answer", "tabs",
                              f"click:{IDS['details']}", "wait:300", "tabs", *steps, "list",
                              f"click:{IDS['details']}", "list", f"key:{ESCAPE}")
        closed, opened, *pages = told
        self.assertEqual(closed, [IDS[n] for n in ("ok", "open", "copy", "details")])
        self.assertEqual(opened, [IDS[n] for n in ("ok", "tabs", "page", "open", "copy",
                                                   "details")])
        texts = {self.shows(p, "page_title"): self.shows(p, "page") for p in pages[:4]}
        self.assertEqual(list(texts), ["Findings", "Facts", "Plan", "Evidence"])
        self.assertEqual(self.shows(pages[4], "page_title"), "Findings", "the round closes")
        for finding in report["findings"]:
            self.assertIn(finding["title"], texts["Findings"])
            self.assertIn(finding["detail"], texts["Findings"])
        for fact in report["facts"]:
            self.assertIn(fact["value"] or "", texts["Facts"])
        for step in report["plan"]:
            self.assertIn(step["title"], texts["Plan"])
        for piece in report["evidence"]:
            self.assertIn(piece["name"], texts["Evidence"])
        for page in pages:
            self.nothing_cut(page, "details")
        self.assertIsNone(self.shows(pages[5], "page"), "the pages do not close")

    def test_ctrl_c_copies(self):
        told, _ = self.dialog(STATES["unknown"], "answer", f"ctrl:{LETTER_C}", "clipboard", "list",
                              f"key:{ESCAPE}")
        self.assertEqual(told[0].replace("\r\n", "\n").encode(),
                         self.linux(STATES["unknown"]).stdout)
        self.assertEqual(self.shows(told[1], "feedback"), "Report copied")
        self.nothing_cut(told[1], "feedback")

    def test_a_file_that_is_not_there(self):
        told, code = self.dialog("nowhere.txt", "answer", "list", f"key:{ESCAPE}")
        self.assertEqual(self.shows(told[0], "notice"), "nowhere.txt: no such file or folder")
        self.assertIsNone(self.shows(told[0], "word"))
        self.assertIsNone(self.shows(told[0], "copy"))
        self.assertEqual(code, 66)

    def test_a_list_of_machines_is_for_the_console(self):
        told, code = self.dialog("inventory.csv", "answer", "list", f"key:{ESCAPE}")
        self.assertIn("winver6003.com --batch", self.shows(told[0], "notice"))
        self.nothing_cut(told[0], "list")
        self.assertEqual(code, 66)

    def test_mistakes_on_the_command_line(self):
        for arguments, words in (("--stirct", "did you mean '--strict'?"),
                                 ("--batch x", "winver6003.com"),
                                 ("--picture", "--picture needs a value"),
                                 ("--format json x", "winver6003.com")):
            with self.subTest(arguments):
                if arguments == "--picture":
                    done = self.desk.run(DIALOG, "--picture")
                    self.assertIn(words.encode(), done.stderr)
                    self.assertEqual(done.returncode, 64)
                    continue
                told, code = self.dialog(arguments, "answer", "list", f"key:{ESCAPE}")
                self.assertIn(words, self.shows(told[0], "notice"))
                self.nothing_cut(told[0], arguments)
                self.assertEqual(code, 64)

    def test_help_fits(self):
        told, code = self.dialog("--help", "answer", "list", f"key:{ESCAPE}")
        self.assertIn("--trust-imitation", self.shows(told[0], "notice"))
        self.nothing_cut(told[0], "help")
        self.assertEqual(code, 0)

    def test_this_machine_is_wine(self):
        told, code = self.dialog("", "answer", "list", "key:116", "wait:1500", "list",
                                 f"key:{ESCAPE}")
        for seen in told:
            self.assertEqual(self.shows(seen, "word"), "Imitation")
            self.nothing_cut(seen, "live")
        self.assertEqual(code, 2)

    def test_names_without_end_wrap(self):
        text = (self.place / STATES["not-transitioned"]).read_text("utf-8")
        (self.place / "long.txt").write_text(text.replace("Musterwerk IT", LONG_NAME), "utf-8")
        told, _ = self.dialog("long.txt", "answer", "list", f"key:{ESCAPE}")
        self.assertIn(LONG_NAME[:200], self.shows(told[0], "licence"))
        self.nothing_cut(told[0], "long")

    def test_from_right_to_left(self):
        if not shutil.which("localedef"):
            self.skipTest("no localedef here")
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        made = subprocess.run(["localedef", "-i", "he_IL", "-f", "UTF-8", folder / "he_IL.UTF-8"],
                              capture_output=True, check=False)
        if made.returncode:
            self.skipTest("no Hebrew locale can be made here")
        locale = {"LOCPATH": str(folder), "LC_ALL": "he_IL.UTF-8"}
        with wine_desk.Desk(locale=locale) as hebrew:
            shutil.copy(SAMPLES / STATES["unknown"], hebrew.machine.folder)
            told, _ = self.dialog(STATES["unknown"], "answer", "list", "mirrored",
                                  f"key:{ESCAPE}", where=hebrew)
        controls = told[0].controls
        self.assertEqual(told[1], [1])
        self.assertLess(controls[IDS["open"]].x, controls[IDS["ok"]].x, "as the dialog counts")
        self.nothing_cut(told[0], "from the right")

    def picture(self, where, name, sample):
        target = self.place / name
        done = where.run(DIALOG, "--as-of", AS_OF, "--picture", wine_desk.windows_path(target),
                         wine_desk.windows_path(SAMPLES / sample))
        self.assertEqual(done.stderr, b"")
        return png(target), done.returncode

    def test_pictures(self):
        for state, sample in STATES.items():
            with self.subTest(state):
                told, shown = self.dialog(f'"{wine_desk.windows_path(SAMPLES / sample)}"', "answer",
                                          "size", f"key:{ESCAPE}")
                (width, height, dots, pixels), code = self.picture(self.desk, state + ".png",
                                                                   sample)
                self.assertEqual(code, shown)
                self.assertEqual([width, height], told[0][:2], "not the size of the dialog")
                self.assertAlmostEqual(dots, 96 / 0.0254, delta=1)
                self.assertIn(COLORS[state].to_bytes(3, "big"), pixels)

    def test_pictures_grow_with_the_resolution(self):
        (width, height, *_), _ = self.picture(self.desk, "96.png", STATES["conflict"])
        for dpi in (144, 192):
            with self.subTest(dpi), wine_desk.Desk(dpi) as sharp:
                (wide, high, dots, pixels), _ = self.picture(sharp, f"{dpi}.png",
                                                             STATES["conflict"])
                self.assertAlmostEqual(wide / width, dpi / 96, delta=0.15)
                self.assertAlmostEqual(high / height, dpi / 96, delta=0.15)
                self.assertAlmostEqual(dots, dpi / 0.0254, delta=1)
                self.assertIn(COLORS["conflict"].to_bytes(3, "big"), pixels)
                shutil.copytree(SAMPLES / STATES["conflict"],
                                sharp.machine.folder / STATES["conflict"])
                told, _ = self.dialog(STATES["conflict"], "answer", "list", "size",
                                      f"click:{IDS['details']}", "wait:300", "list",
                                      f"key:{ESCAPE}", where=sharp)
                self.nothing_cut(told[0], f"{dpi} dots")
                self.nothing_cut(told[2], f"{dpi} dots, details")

    def test_a_picture_that_cannot_be_written(self):
        done = self.desk.run(DIALOG, "--picture", "Z:\\nowhere\\a.png",
                             wine_desk.windows_path(SAMPLES / STATES["unknown"]))
        self.assertEqual(done.returncode, 74)
        self.assertIn(b"no picture was left there", done.stderr)

    def test_a_picture_needs_no_screen(self):
        target = self.place / "service.png"
        done = self.desk.machine.run(DIALOG, "--picture", wine_desk.windows_path(target),
                                     wine_desk.windows_path(SAMPLES / STATES["unknown"]))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn(COLORS["unknown"].to_bytes(3, "big"), png(target)[3])


if __name__ == "__main__":
    DIALOG, WINVER6003, SAMPLES = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
    reason = wine_desk.missing()
    if not reason and not DIALOG.exists():
        reason = f"no {DIALOG}: ./dev build makes it"
    if reason:
        print("skipped:", reason)
        sys.exit(77)
    unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
