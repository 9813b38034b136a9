#!/usr/bin/python3
"""What the window shows is what the terminal program says of the same evidence.

SPDX-License-Identifier: MIT
"""
import unittest

import programs
from desk import Desk, wait_for

PAGES = ["Findings", "Facts", "Plan", "Evidence"]


def squeezed(text):
    return " ".join(text.split())


class Shows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(Desk())

    def pages(self, window):
        """The text of each page behind the expander; opening it fills it."""
        window.focus()
        window.press("alt+d")
        texts = {}
        for page, key in zip(PAGES, "fape"):
            window.press("alt+" + key)
            view = wait_for(lambda: window.frame().find("text"), f"the page {page}")
            texts[page] = squeezed(wait_for(view.text, f"text on {page}"))
        self.assertEqual(len(set(texts.values())), len(PAGES), "two pages show the same")
        return texts

    def same_machine(self, frame, report):
        labels = frame.labels()
        everything = "\n".join(labels)
        machine, version = report["machine"], report["version"]
        if version["display"]:
            self.assertIn("Microsoft\u00ae Windows\n" + version["display"], everything)
        for field in ("owner", "organization"):
            if machine[field]:
                self.assertIn("\n" + machine[field], everything)
        if machine["memory_kb"]:
            self.assertIn(f"Physical memory available to Windows: {machine['memory_kb']:,} KB",
                          labels)
        if version["revision"]:
            revision = labels[labels.index("Revision") + 1]
            self.assertTrue(revision.startswith(str(version["revision"])), revision)
        if report["lab"]:
            self.assertEqual(labels[labels.index("Build lab") + 1], report["lab"]["string"])
        if machine["product"]:
            # Family above, edition below.
            self.assertIn(machine["product"], (labels[0], f"{labels[0]} {labels[1]}",
                                               f"{labels[0]} {labels[1].split(', Server Core')[0]}"))

    def same_verdict(self, frame, report):
        strip = frame.find("panel", "Verdict")
        state = report["verdict"]["state"].replace("-", " ").capitalize()
        icon = strip.find("icon")
        self.assertEqual(icon.name(), state)
        self.assertEqual(strip.labels(), [state, report["verdict"]["headline"]])

    def same_details(self, texts, report):
        for finding in report["findings"]:
            self.assertIn(finding["title"], texts["Findings"])
            self.assertIn(squeezed(finding["detail"]), texts["Findings"])
        for conflict in report["conflicts"]:
            for value in conflict["values"]:
                self.assertIn(squeezed(value["value"]), texts["Findings"])
        for fact in report["facts"]:
            if fact["value"]:
                self.assertIn(squeezed(str(fact["value"])), texts["Facts"])
            self.assertIn("grade " + fact["grade"], texts["Facts"])
        for step in report["plan"]:
            self.assertIn(squeezed(step["title"]), texts["Plan"])
            self.assertIn(squeezed(step["why"] or ""), texts["Plan"])
        for piece in report["evidence"]:
            self.assertIn(piece["name"].rpartition("/")[2], texts["Evidence"])
            for problem in piece["problems"]:
                self.assertIn(squeezed(problem), texts["Evidence"])

    def test_samples(self):
        samples = programs.machine_samples()
        self.assertGreater(len(samples), 8)
        for sample in samples:
            with self.subTest(sample=sample.name):
                report = programs.report(sample)
                with self.desk.window(programs.WINDOW, programs.AS_OF, sample) as window:
                    frame = window.frame()
                    self.assertIn(report["machine"]["name"] or sample.name, frame.name())
                    self.same_machine(frame, report)
                    self.same_verdict(frame, report)
                    self.same_details(self.pages(window), report)
                    self.assertEqual(window.said(), "")

    def test_options_as_in_the_terminal(self):
        sample = programs.sample("ubr-lags-behind-lab.reg")
        policy = self.desk.home / "policy.ini"
        policy.write_text("[policy]\nfail-on = revision-agrees\n", encoding="ascii")
        for options in (["--redact"], ["--strict"], ["--policy", policy]):
            with self.subTest(options=options):
                report = programs.report(*options, sample)
                with self.desk.window(programs.WINDOW, programs.AS_OF, *options, sample) as window:
                    self.same_machine(window.frame(), report)
                    self.same_verdict(window.frame(), report)
                    self.same_details(self.pages(window), report)
        with self.desk.window(programs.WINDOW, "--redact", sample) as window:
            self.assertNotIn("SRV-LAB32", window.frame().name())
            self.assertNotIn("Musterwerk", "".join(window.frame().labels()))

    def test_several(self):
        samples = [programs.sample("server-2008-6003-april-2019.reg"),
                   programs.sample("vista-6003.txt")]
        with self.desk.window(programs.WINDOW, programs.AS_OF, *samples) as window:
            frames = wait_for(lambda: len(window.frames()) == 2 and window.frames(), "two windows")
            for sample in samples:
                name = programs.report(sample)["machine"]["name"]
                self.assertEqual(sum(name in frame.name() for frame in frames), 1)
        with self.desk.window(programs.WINDOW, programs.AS_OF, "--together", *samples) as window:
            self.same_verdict(window.frame(), programs.report("--together", *samples))
            self.assertEqual(len(window.frames()), 1)

    def test_command_line(self):
        for arguments, code in ((["--as-of=yesterday"], 64), (["--stict"], 64),
                                (["--policy", "/nonexistent"], 66), (["--version"], 0),
                                (["--help"], 0)):
            with self.subTest(arguments=arguments):
                with self.desk.window(programs.WINDOW, *arguments) as window:
                    self.assertEqual(window.ended(), code)
                    self.assertNotEqual(window.said(), "")
        with self.desk.window(programs.WINDOW, DISPLAY=":4711") as window:
            self.assertEqual(window.ended(), 70)
            self.assertIn("winver6003", window.said())


programs.main()
