#!/usr/bin/python3
"""Contrast of every text colour of the style sheets with what lies behind it: at least 4.5 to 1.

usage: css.py STYLESHEET...

Text over the banner's drawing is measured on the window itself, in looks.py.

SPDX-License-Identifier: MIT
"""
import pathlib
import re
import sys

LEAST = 4.5
# What the details stand on: text backgrounds of Adwaita in light and dark.
PAPER = {"": "#ffffff", "dark_": "#2d2d2d"}
STATES = ["transitioned", "not-transitioned", "incomplete", "conflict", "imitation", "unknown",
          "not-applicable", "trouble"]


def channels(color):
    return [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(rgb):
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def rules(text):
    """(selector, {property: value}) for each selector of each rule."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    for selectors, body in re.findall(r"([^{};]+)\{([^{}]*)\}", text):
        declared = dict((part.strip() for part in line.split(":", 1))
                        for line in body.split(";") if ":" in line)
        for selector in selectors.split(","):
            yield " ".join(selector.split()), declared


class Check:
    def __init__(self):
        self.worst, self.failed, self.count = 99, 0, 0

    def pair(self, what, text, back):
        ratio = contrast(text, back)
        self.count += 1
        self.worst = min(self.worst, ratio)
        if ratio < LEAST:
            self.failed += 1
            print(f"not ok: {what}: {ratio:.2f} to 1")


def main(*stylesheets):
    text = "".join(pathlib.Path(path).read_text(encoding="utf-8") for path in stylesheets)
    known = dict(rules(text))
    named = dict(re.findall(r"@define-color (\S+) (#[0-9a-fA-F]{6});", text))
    check = Check()

    for theme in ("", "window.dark "):
        for state in STATES:
            strip = f"{theme}.verdict.{state}"
            back = channels(known[strip]["background-color"])
            for part in (" label", " picture", " label.word"):
                check.pair(strip + part, channels(known[strip + part]["color"]), back)
    for name, color in named.items():
        check.pair("@" + name, channels(color),
                   channels(PAPER["dark_" if name.startswith("dark_") else ""]))
    # High contrast takes the theme's own two colours, and only those.
    for selector, declared in known.items():
        if "contrast" in selector:
            for key, value in declared.items():
                if "color" in key and value not in ("@theme_fg_color", "@theme_bg_color"):
                    check.failed += 1
                    print(f"not ok: {selector}: {key} is {value}")
    print(f"{check.count} pairs, the least contrast {check.worst:.2f} to 1")
    return 1 if check.failed or not check.count else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
