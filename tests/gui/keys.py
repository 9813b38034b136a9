#!/usr/bin/python3
"""The window from the keyboard alone, and what lands on the clipboard.

SPDX-License-Identifier: MIT
"""
import time
import unittest

import programs
from desk import Desk, wait_for

SAMPLE = "ubr-lags-behind-lab.reg"
NOTHING = "nothing was copied"


class Keys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(Desk())

    def setUp(self):
        self.window = self.enterContext(
            self.desk.window(programs.WINDOW, programs.AS_OF, programs.sample(SAMPLE)))
        self.window.frame()
        self.window.focus()
        self.ticket = programs.terminal(programs.sample(SAMPLE)).stdout.decode()
        self.desk.put_on_clipboard(NOTHING)

    def copied(self):
        return wait_for(lambda: self.desk.clipboard() not in ("", NOTHING)
                        and self.desk.clipboard(), "something on the clipboard")

    def focused(self):
        node = wait_for(self.window.frame().focused, "something with the keyboard focus")
        return node.name()

    def test_return_is_ok(self):
        self.assertEqual(self.focused(), "OK")
        self.window.press("Return")
        self.assertEqual(self.window.ended(), 0)

    def test_escape_closes(self):
        self.window.press("Escape")
        self.assertEqual(self.window.ended(), 0)

    def test_return_is_ok_from_a_line(self):
        self.window.press("Tab", "Tab", "Return")
        self.assertEqual(self.window.ended(), 0)

    def test_close_key(self):
        self.window.press("ctrl+w")
        self.assertEqual(self.window.ended(), 0)

    def test_mnemonic_of_ok(self):
        self.window.press("alt+k")
        self.assertEqual(self.window.ended(), 0)

    def test_tab_reaches_everything(self):
        reachable = [node.name() for node in self.window.frame().below() if node.has("focusable")]
        order = []
        for _ in reachable:
            self.window.press("Tab")
            order.append(self.focused())
        self.assertCountEqual(order, reachable)
        self.assertEqual(order[-1], "OK")
        # As a person reads: down the lines, then the buttons from the left.
        self.assertEqual(order, reachable)

    def test_copy_button(self):
        self.window.press("alt+c")
        self.assertEqual(self.copied(), self.ticket)
        self.assertTrue(self.window.frame().find("statusbar").text())

    def test_copy_key(self):
        self.window.press("ctrl+c")
        self.assertEqual(self.copied(), self.ticket)

    def test_copy_key_from_a_line_without_selection(self):
        self.window.press("Tab", "Tab", "ctrl+c")
        self.assertEqual(self.copied(), self.ticket)

    def test_copy_of_a_selection(self):
        while self.focused() != "Windows Server 2008":
            self.window.press("Tab")
        self.window.press("ctrl+a", "ctrl+c")
        self.assertEqual(self.copied(), "Windows Server 2008")

    def test_copy_of_a_selection_in_the_details(self):
        self.window.press("alt+d", "alt+p", "Tab", "ctrl+a", "ctrl+c")
        text = wait_for(lambda: self.window.frame().find("text"), "the plan").text()
        self.assertEqual(self.copied(), text)

    def test_details_open_and_close(self):
        self.window.press("alt+d")
        self.window.find("page tab list")
        self.window.press("alt+d")
        wait_for(lambda: self.window.frame().find("page tab list") is None, "the details to close")

    def test_open_key(self):
        for key in ("ctrl+o", "alt+o", "ctrl+shift+o"):
            with self.subTest(key=key):
                self.window.focus()
                self.window.press(key)
                chooser = wait_for(
                    lambda: [node for node in self.window.application().children()
                             if node.role() == "file chooser"], "the file chooser")[0]
                self.desk.run("xdotool", "windowfocus", "--sync", self.desk.run(
                    "xdotool", "search", "--onlyvisible", "--name", "^Open").split()[-1])
                time.sleep(0.3)
                self.window.press("Escape")
                wait_for(lambda: chooser not in self.window.application().children(),
                         "the file chooser to go")
        self.assertIsNone(self.window.process.poll())

    def test_menu_key_does_nothing(self):
        self.window.press("F10")
        self.assertEqual(self.focused(), "OK")
        self.assertIsNone(self.window.process.poll())

    def test_clipboard_outlives_the_window(self):
        """As far as there is a clipboard manager; without one nothing must go wrong."""
        self.window.press("ctrl+c")
        self.copied()
        self.window.press("Escape")
        self.assertEqual(self.window.ended(), 0)


programs.main()
