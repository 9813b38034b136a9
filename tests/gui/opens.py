#!/usr/bin/python3
"""How evidence gets into the window: the start page, dropping, long reads, and what goes wrong.

SPDX-License-Identifier: MIT
"""
import os
import pathlib
import sys
import time
import unittest

import programs
from desk import Desk, wait_for

HERE = pathlib.Path(__file__).resolve().parent
# Far more than can be read before the test has looked; it takes no room on the disk.
LONG_BYTES = 3 << 30
# What a person takes for at once.
RESPONSIVE_SECONDS = 2.0


class Opens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(Desk())

    def open(self, *arguments, **environment):
        window = self.enterContext(
            self.desk.window(programs.WINDOW, programs.AS_OF, *arguments, **environment))
        window.frame()
        return window

    def shown(self, window, sample):
        """Waits until one of the windows shows that machine."""
        report = programs.report(sample)
        return wait_for(lambda: [frame for frame in window.frames()
                                 if report["version"]["display"] in "\n".join(frame.labels())
                                 and report["verdict"]["headline"] in frame.labels()],
                        f"the verdict on {sample}")[0]

    # ---- the empty start --------------------------------------------------------------------

    def test_empty_start(self):
        window = self.open()
        labels = "\n".join(window.frame().labels())
        self.assertIn("systeminfo > ", labels)
        self.assertIn("drop it here", labels)
        names = [node.name() for node in window.frame().below(shown=False)
                 if node.role() == "list item"]
        self.assertEqual(names, [path.name for path in programs.machine_samples()])
        self.assertIsNone(window.frame().find("push button", "Copy"))
        self.assertEqual(window.frame().focused().name(), "Open\u2026")

    def test_sample_from_the_keyboard(self):
        window = self.open()
        window.focus()
        first, second = programs.machine_samples()[:2]
        window.press("alt+s", "Home", "Down", "Return")
        self.shown(window, second)
        self.assertEqual(len(window.frames()), 1, "the empty window takes the sample")
        self.assertNotEqual(first, second)

    def test_installed_samples_come_first(self):
        folder = self.desk.home / "data" / "winver6003" / "samples"
        folder.mkdir(parents=True)
        (folder / "mine.txt").write_bytes(programs.sample("vista-6003.txt").read_bytes())
        try:
            window = self.open()
            items = [node.name() for node in window.frame().below() if node.role() == "list item"]
            self.assertEqual(items, ["mine.txt"])
        finally:
            (folder / "mine.txt").unlink()
            folder.rmdir()

    def test_open_dialog(self):
        window = self.open()
        # What the chooser says of its own entry and list while it is still filling them.
        window.tolerated = ("WIDGET_REALIZED_FOR_EVENT", "GTK_IS_TREE_MODEL")
        window.focus()
        self.desk.put_on_clipboard(str(programs.sample("half-installed.reg")))
        window.press("ctrl+o")
        wait_for(lambda: [node for node in window.application().children()
                          if node.role() == "file chooser"], "the file chooser")
        self.desk.run("xdotool", "windowfocus", "--sync", wait_for(
            lambda: self.desk.run("xdotool", "search", "--onlyvisible", "--name",
                                  "^Open evidence", check=False).split(), "its window")[-1])
        time.sleep(1)
        window.press("ctrl+l", "ctrl+a", "ctrl+v")
        time.sleep(1)
        # The chooser completes names beside the keyboard: a Return may go to its list first.
        for _ in range(5):
            window.press("Return")
            time.sleep(1)
            if not [node for node in window.application().children()
                    if node.role() == "file chooser"]:
                break
        self.shown(window, programs.sample("half-installed.reg"))
        self.assertEqual(len(window.frames()), 1)

    # ---- what cannot be used ----------------------------------------------------------------

    def refused(self, path, said=None):
        window = self.open(path)
        error = programs.terminal(path)
        self.assertEqual(error.returncode, 66)
        message = (said or error.stderr.decode().strip()).removeprefix("winver6003: ")
        self.assertIn(message, window.frame().labels())
        self.assertIn("No verdict", window.frame().labels())
        self.assertEqual(window.said(), "")
        return window

    def test_missing_file(self):
        self.refused(self.desk.home / "nowhere.txt")

    def test_empty_file(self):
        path = self.desk.home / "empty.txt"
        path.touch()
        self.refused(path)

    def test_unrecognised_file(self):
        path = self.desk.home / "poem.txt"
        path.write_text("The boy stood on the burning deck\n" * 9, encoding="ascii")
        self.refused(path)

    def test_file_without_rights(self):
        if os.geteuid() == 0:
            self.skipTest("root may read everything")
        path = self.desk.home / "locked.txt"
        path.write_bytes(programs.sample("vista-6003.txt").read_bytes())
        path.chmod(0)
        self.refused(path)

    def test_device(self):
        self.refused("/dev/zero")

    def test_one_piece_of_two(self):
        missing = self.desk.home / "nowhere.txt"
        sample = programs.sample("vista-6003.txt")
        window = self.open("--together", sample, missing)
        frame = self.shown(window, sample)
        message = programs.terminal(missing).stderr.decode().strip()
        self.assertIn(message.removeprefix("winver6003: "), frame.labels())

    def test_goes_on_after_an_error(self):
        window = self.refused(self.desk.home / "nowhere.txt")
        window.focus()
        window.press("alt+s", "Home", "Return")
        self.shown(window, programs.machine_samples()[0])

    # ---- long reads -------------------------------------------------------------------------

    def long_file(self, name):
        path = self.desk.home / name
        with open(path, "wb") as file:
            file.write(b"Windows Registry Editor Version 5.00\r\n\r\n"
                       b"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Example]\r\n\"a\"=\"b\"\r\n")
            file.truncate(LONG_BYTES)
        self.addCleanup(path.unlink)
        return path

    def test_long_read(self):
        window = self.open(self.long_file("long.reg"))
        bar = window.find("progress bar")
        self.assertIn("Reading long.reg", window.frame().labels())
        start = time.monotonic()
        first = bar.get("Value", "CurrentValue")
        wait_for(lambda: bar.get("Value", "CurrentValue") > first, "progress", patience=10)
        # The window answers meanwhile.
        self.assertTrue(window.find("push button", "OK").has("sensitive"))
        for _ in range(5):
            asked = time.monotonic()
            window.frame().labels()
            self.assertLess(time.monotonic() - asked, RESPONSIVE_SECONDS)
        window.focus()
        window.press("alt+n")
        wait_for(lambda: "Reading long.reg was cancelled." in window.frame().labels(),
                 "the read to be cancelled", patience=5)
        self.assertIsNone(window.frame().find("progress bar"))
        self.assertLess(time.monotonic() - start, 30)

    def test_close_during_a_long_read(self):
        window = self.open(self.long_file("longer.reg"))
        window.find("progress bar")
        window.focus()
        window.press("Escape")
        self.assertEqual(window.ended(), 0)

    # ---- dropping ---------------------------------------------------------------------------

    def drop(self, window, *paths):
        """Drags files from another program onto the window, with the mouse."""
        x, y, width, height = window.frame().extents()
        with self.desk.window(sys.executable, HERE / "drag.py", *paths) as source:
            self.drag(source, x + width // 2, y + height // 2)

    def drag(self, source, x, y):
        handle = wait_for(lambda: self.desk.run("xdotool", "search", "--onlyvisible", "--name",
                                                "drag source", check=False).split(),
                          "the program to drag from")[-1]
        self.desk.run("xdotool", "windowmove", "--sync", handle, "1000", "800")
        self.desk.run("xdotool", "mousemove", "1040", "840", "mousedown", "1")
        # A drag begins after some way, and is followed in steps as a hand would move.
        for step in range(1, 11):
            to_x = 1040 + (x - 1040) * step // 10
            to_y = 840 + (y - 840) * step // 10
            self.desk.run("xdotool", "mousemove", str(to_x), str(to_y))
            time.sleep(0.05)
        time.sleep(0.3)
        self.desk.run("xdotool", "mouseup", "1")
        wait_for(lambda: "dropped" in source.said(), "the drop to be taken")

    def test_drop_of_a_file(self):
        window = self.open()
        self.drop(window, programs.sample("vista-6003.txt"))
        self.shown(window, programs.sample("vista-6003.txt"))

    def test_drop_of_a_folder_on_a_machine(self):
        window = self.open(programs.sample("vista-6003.txt"))
        self.drop(window, programs.sample("edited-registry"))
        self.shown(window, programs.sample("edited-registry"))
        self.shown(window, programs.sample("vista-6003.txt"))
        self.assertEqual(len(window.frames()), 2)

    def test_drop_on_the_details(self):
        window = self.open(programs.sample("vista-6003.txt"))
        window.focus()
        window.press("alt+d")
        window.find("text")
        x, y, width, height = window.frame().find("text").extents()
        frame = window.frame().extents()
        self.assertTrue(y < frame[1] + frame[3] and height > 50 and x >= 0 and width > 0)
        self.drop(window, programs.sample("edited-registry"))
        self.shown(window, programs.sample("edited-registry"))

    def test_drop_of_several(self):
        samples = [programs.sample("edited-registry") / "registry.reg",
                   programs.sample("edited-registry") / "kernel-file.txt"]
        for button, windows in (("One machine", 1), ("One window each", 2)):
            with self.subTest(button=button):
                window = self.open()
                self.drop(window, *samples)
                dialog = wait_for(
                    lambda: [node for node in window.application().children()
                             if node.role() in ("dialog", "alert")], "the question")[0]
                wait_for(lambda: dialog.find("push button", button), button).act()
                wait_for(lambda: len(window.frames()) == windows
                         and all("Revision" in frame.labels() for frame in window.frames()),
                         f"{windows} windows")
                window.process.terminate()

    def test_drop_of_several_as_a_list(self):
        samples = [programs.sample("vista-6003.txt"), programs.sample("half-installed.reg")]
        window = self.open()
        self.drop(window, *samples)
        dialog = wait_for(lambda: [node for node in window.application().children()
                                   if node.role() in ("dialog", "alert")], "the question")[0]
        wait_for(lambda: dialog.find("push button", "A list"), "the button").act()
        wait_for(lambda: any(frame.name() == "Machines: vista-6003.txt, half-installed.reg"
                             and "2 machines: 1 incomplete, 1 not applicable" in frame.labels()
                             for frame in window.frames()), "the list")

    def test_drop_of_an_inventory(self):
        """Many machines take the place of the empty window."""
        window = self.open()
        self.drop(window, programs.sample("inventory.csv"))
        wait_for(lambda: [frame.name() for frame in window.frames()] == ["Machines: inventory.csv"],
                 "the list")

    def test_drop_on_a_list(self):
        window = self.open(programs.sample("inventory.csv"))
        wait_for(lambda: window.frame().find("table"), "the list")
        self.drop(window, programs.sample("vista-6003.txt"))
        self.shown(window, programs.sample("vista-6003.txt"))
        self.assertEqual(len(window.frames()), 2)


programs.main()
