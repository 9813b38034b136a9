#!/usr/bin/python3
"""The window in light, dark and high contrast, at 1x and 2x, with large text, from right to left
and on a small screen: nothing blank, nothing cut off, text that stands out.

Pictures of all of them stay in the folder that LOOKS names, for a person to look at.

SPDX-License-Identifier: MIT
"""
import os
import pathlib
import shutil
import unittest

import gi
import programs
from css import LEAST, contrast
from desk import Desk, wait_for

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

THEMES = {"light": "Adwaita", "dark": "Adwaita:dark", "contrast": "HighContrast",
          "contrast-dark": "HighContrastInverse"}
SCALES = {"1x": {}, "2x": {"GDK_SCALE": "2"}, "text-1.5": {"GDK_DPI_SCALE": "1.5"},
          "text-2": {"GDK_DPI_SCALE": "2"}}
LONG = "Bundesanstalt f\u00fcr Landwirtschaft und Ern\u00e4hrung, Au\u00dfenstelle " * 3


class Picture:
    def __init__(self, path):
        self.image = GdkPixbuf.Pixbuf.new_from_file(str(path))
        self.width, self.height = self.image.get_width(), self.image.get_height()
        self.bytes = self.image.get_pixels()
        self.row, self.step = self.image.get_rowstride(), self.image.get_n_channels()

    def at(self, x, y):
        start = y * self.row + x * self.step
        return [value / 255 for value in self.bytes[start:start + 3]]

    def colors(self, step=3):
        return {tuple(self.at(x, y)) for y in range(0, self.height, step)
                for x in range(0, self.width, step)}


class Looks(unittest.TestCase):
    def look(self, name, *arguments, width=1600, height=1400, page=None, **environment):
        """A picture and the labels of the window in that environment."""
        if page is not None:
            environment["PROBE_PAGE"] = str(page)
        with Desk(width, height) as desk:
            with desk.window(programs.WINDOW, programs.AS_OF, *arguments, probe=programs.PROBE,
                             **environment) as window:
                frame = window.frame()
                if page is not None:
                    wait_for(lambda: window.frame().find("text"), "the details")
                extents = frame.extents()
                rule = frame.find("separator").extents()
                shots, labels = window.shoot()
                self.assertEqual(window.said(), "")
            self.assertEqual(len(shots), 1)
            if "LOOKS" in os.environ:
                folder = pathlib.Path(os.environ["LOOKS"])
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copy(shots[0], folder / f"{name}.png")
            picture = Picture(shots[0])
        self.assertGreater(len(picture.colors()), 8, "a blank window")
        self.assertGreater(len(labels), 5)
        for mark, where, text in labels:
            self.assertEqual(mark, "whole", f"{text!r} is cut off in {where}")
        self.assertLessEqual(extents[2], width)
        self.assertLessEqual(extents[3], height)
        return picture, extents, rule

    def test_themes_and_scales(self):
        sample = programs.sample("server-2008-6003-final")
        for theme, value in THEMES.items():
            for scale, environment in SCALES.items():
                with self.subTest(theme=theme, scale=scale):
                    picture, extents, _ = self.look(f"{theme}-{scale}", sample, GTK_THEME=value,
                                                    **environment)
                    factor = 2 if scale == "2x" else 1
                    self.assertEqual((picture.width, picture.height),
                                     (extents[2] * factor, extents[3] * factor)
                                     if factor == 1 else (picture.width, picture.height))

    def test_every_verdict(self):
        for number, sample in enumerate(programs.machine_samples()):
            theme = list(THEMES)[number % len(THEMES)]
            with self.subTest(sample=sample.name, theme=theme):
                self.look(f"verdict-{sample.stem}-{theme}", sample, GTK_THEME=THEMES[theme])

    def test_pages(self):
        for page, name in enumerate(("findings", "facts", "plan", "evidence")):
            for theme in ("light", "dark"):
                with self.subTest(page=name, theme=theme):
                    self.look(f"page-{name}-{theme}", programs.sample("half-installed.reg"),
                              page=page, GTK_THEME=THEMES[theme])

    def test_start_and_error(self):
        for theme, value in THEMES.items():
            with self.subTest(theme=theme):
                self.look(f"start-{theme}", GTK_THEME=value)
                self.look(f"error-{theme}", "/nonexistent/evidence.txt", GTK_THEME=value)
        self.look("start-text-2", GDK_DPI_SCALE="2")

    def test_right_to_left(self):
        sample = programs.sample("ubr-lags-behind-lab.reg")
        _, extents, _ = self.look("rtl", sample, PROBE_RTL="1", page=0)
        with Desk() as desk, desk.window(programs.WINDOW, sample, probe=programs.PROBE,
                                         PROBE_RTL="1") as window:
            frame = window.frame()
            left = wait_for(lambda: frame.find("push button", "OK"), "OK").extents()[0]
            self.assertLess(left, frame.find("push button", "Copy").extents()[0])
            self.assertLess(left - frame.extents()[0], extents[2] / 2)

    def test_small_screen(self):
        sample = programs.sample("server-2008-6003-final")
        self.look("small-800", sample, width=800, height=600, GDK_DPI_SCALE="1.5")
        self.look("small-640", sample, width=640, height=480, page=0)
        self.look("small-800-text-2", sample, width=800, height=600, GDK_DPI_SCALE="2")
        self.look("small-start", width=800, height=600, GDK_DPI_SCALE="2")

    def test_long_names(self):
        with Desk() as desk:
            path = desk.home / "long.reg"
            text = programs.sample("ubr-lags-behind-lab.reg").read_bytes()
            encoding = "utf-16" if text[:2] == b"\xff\xfe" else "utf-8"
            text = text.decode(encoding).replace("Musterwerk GmbH", LONG)
            text = text.replace("Musterwerk IT", "W" * 180)
            path.write_bytes(text.encode(encoding))
            _, extents, _ = self.look("long-names", path)
            self.assertLess(extents[2], 900)

    def test_banner_contrast(self):
        """The product's name holds over all of the artwork: names can be as long as it is wide."""
        for theme, text in (("light", "14344f"), ("dark", "eef6fc")):
            with self.subTest(theme=theme):
                picture, _, rule = self.look(f"banner-{theme}",
                                             programs.sample("server-2008-6003-final"),
                                             GTK_THEME=THEMES[theme])
                color = [int(text[i:i + 2], 16) / 255 for i in (0, 2, 4)]
                # Right of the short name that this sample has, above the rule.
                worst = min(contrast(color, picture.at(x, y))
                            for x in range(picture.width * 2 // 3, picture.width, 2)
                            for y in range(0, rule[1], 2))
                self.assertGreaterEqual(worst, LEAST)


if __name__ == "__main__":
    programs.main()
