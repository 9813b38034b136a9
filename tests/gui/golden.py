#!/usr/bin/python3
"""The window as a screen reader tells it: role, name, key and states of every widget, compared
with window.golden as text.

After a wanted change: golden.py ... --update, and read the difference.

SPDX-License-Identifier: MIT
"""
import difflib
import pathlib
import sys

import programs
from desk import Desk

GOLDEN = pathlib.Path(__file__).with_name("window.golden")
TOLD = ("focusable", "selectable-text", "expanded", "selected", "default")


def lines(node, depth):
    name = node.name().replace("\n", "\\n")
    told = [node.key()] + [state for state in TOLD if node.has(state)]
    yield "  " * depth + " ".join(filter(None, [node.role(), f'"{name}"' if name else "", *told]))
    if node.role() == "list box":
        # Which samples there are is not the window's doing.
        yield "  " * (depth + 1) + node.children()[0].role() + " \"(a sample)\" focusable"
        return
    children = node.children()
    if node.role() == "table":
        # The titles and one row tell how all rows are told.
        children = children[:2 * node.get("Table", "NColumns")]
    for child in children:
        # What is hidden is not there for anybody; what is on another page is.
        if child.has("showing") or node.role() == "page tab":
            yield from lines(child, depth + 1)


def controls_without(tree):
    """Controls that a screen reader could not name."""
    for line in tree:
        words = line.split()
        if "focusable" in words and '"' not in line:
            yield line.strip()


def main(*options):
    tree = []
    with Desk() as desk:
        for title, arguments in (
                ("A machine, details open", ["ubr-lags-behind-lab.reg"]),
                ("A list of machines", ["inventory.csv"]),
                ("The empty start", [])):
            paths = [programs.sample(name) for name in arguments]
            with desk.window(programs.WINDOW, programs.AS_OF, *paths) as window:
                window.frame()
                window.focus()
                if arguments:
                    window.press("alt+d")
                    window.find("text", "What every rule found")
                tree += [f"# {title}", *lines(window.frame(), 0), ""]
    nameless = list(controls_without(tree))
    if nameless:
        print("controls without a name:", *nameless, sep="\n  ")
        return 1
    text = "\n".join(tree)
    if "--update" in options:
        GOLDEN.write_text(text, encoding="utf-8")
    wanted = GOLDEN.read_text(encoding="utf-8").splitlines()
    difference = list(difflib.unified_diff(wanted, text.splitlines(), "window.golden",
                                           "this window", n=2, lineterm=""))
    print(*difference, sep="\n")
    return 1 if difference else 0


sys.exit(main(*sys.argv[5:]))
